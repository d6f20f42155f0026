"""Author lines to people's names: apart, clean, without titles, roles, dates and outlets."""

import re
from collections.abc import Iterable

from octavo.extract.credit import find_agency

_BY = (
    "by|von|vom|door|por|par|di|de|av|af|przez|oleh|yazan|tekst|teks|text|texte|foto|autor(?:in|en|es|a)?|auteurs?|"
    r"authors?|author\(s\)|автори?|авторы|yazar|skrevet av|von unserem redakteur|aus \w{3,20} von"
)
_BEFORE = (
    "written|reported|words|story|posted|published|reviewed|medically reviewed|article|text|interview|analysis|report|"
    "opinion|edited|created|authored|guide|insights|geschrieben|aufgezeichnet|ein kommentar|ein gastbeitrag|"
    "ein interview|eine analyse|kommentar|essay|propos recueillis|publié|écrit|escrito|scritto|this post was written"
)
_PREFIX = re.compile(rf"^(?:(?:{_BEFORE})\s{{1,3}})?(?:{_BY}|from)\s{{0,3}}[:：]?\s{{1,3}}", re.IGNORECASE)
_LABEL = re.compile(
    rf"^(?:{_BY}|posted by|written by|story by|journalist|words|文|作者|記者|记者|责编|責編|责任编辑|編集)"
    r"\s{0,2}[:：／/]\s{0,2}",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"^.{0,60}\b(?:written by|words by|posted by|story by|geschrieben von)\s{1,3}(?=\S)", re.IGNORECASE
)
_SPLIT = re.compile(
    r"\s{0,2}(?:[;|/•·⋅●、，]|,\s(?:and\s|und\s|et\s|y\s|e\s)?|"
    r"\s(?:and|und|et|y|og|och|en|i|ve|и|та|dan|with|mit|avec|con|&|＆)\s|\s-\s|\s[–—]\s|\n)\s{0,2}"
)
_MONTHS = (
    "jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|avr|juin|juil|août|ene|abr|ago|dic|gen|mag|"
    "giu|lug|set|ott|maart|mei"
)
_DATE = re.compile(
    rf"\s{{0,2}}(?:\b(?:on|am|le|el|il|op)\s)?(?:\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th|\.)?[\s-](?:de\s)?(?:{_MONTHS})[a-zéû]{{0,7}}\b|\b(?:{_MONTHS})[a-zéû]{{0,7}}\.?\s\d{{1,2}}\b|"
    r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d{2}).*$",
    re.IGNORECASE,
)
_TRAILER = re.compile(
    r"\s{0,2}(?:\(.{0,80}\)|<.{0,80}>|\[.{0,80}\]|\b(?:for|für|pour|in|aus)\s[A-Z].{0,60}|"
    r",?\s\b(?:updated|published|posted|last updated|reviewed|is a|has been)\b.{0,120}|"
    r"@\S{1,60}|https?:\S{1,200}|\S{1,60}@\S{1,60})$",
    re.IGNORECASE,
)
_HONOURS = re.compile(
    r"^(?i:dr|prof|mr|mrs|ms|sir|dame|rev|hon|ing|mag|dipl|dott|sen|rep)\.?\s{1,2}(?=\S{2,}\s)|"
    r",?\s{1,2}(?:(?i:ph\.?d\.?|m\.d\.?|mba|r\.d\.n?\.?|msc|m\.sc\.|bsc|esq\.?|cfp®?|cepf®?|psy\.?d\.?|pharmd)|"
    r"MD|RDN?|RN|MS|MA|M\.A\.|CPA|FACP|DO|LCSW|MPH|Jr\.?|CSCS|DDS|DVM|LDN|CSSD|CPT|NP|PA-C|J\.D\.|JD|FOMA|DABOM|FACLM)"
    r"(?=,|\s|$)"
)
_ROLES = frozenset(
    "editor editors contributor contributors correspondent reporter reporters writer writers journalist columnist "
    "critic director educator expert dietitian dietician nutritionist founder co-founder ceo cto cfo president "
    "head manager specialist analyst senior chief officer professor coach therapist physician attorney lawyer "
    "nurse engineer consultant strategist producer photographer host lead executive coordinator marketing "
    "marketer content admin administrator advisor adviser researcher scientist redakteur redakteurin journalistin "
    "chefredakteur réalisateur journaliste redacteur redactor periodista giornalista dziennikarz muhabir deputy "
    "assistant associate freelance guest staff horticulturalist winemaker master instructor trainer developer "
    "designer realtor broker agent author authors".split()
)
_NOT_PEOPLE = frozenset(
    "news editorial team desk redaktion redaktionen redaction rédaction redacción redazione redakcja redaksi "
    "redactie editör editörü newsroom agency agencies agence agencia agenzia agentur agenturen press media times "
    "post online magazine network group inc llc ltd gmbh corp company user webmaster office university institute "
    "department association foundation service services wire studio studios blog community support board bureau "
    "channel tv radio zeitung verlag ag se co the our experts nachrichten presse digital web www center centre "
    "council agentschap administrateur équipe equipo society committee club solutions partners technologies "
    "software labs consulting newswire nachrichtenagentur presseagentur haber merkezi servisi редакция редакції "
    "редакція новости report special publisher published updated produced read more minutes min view all posts "
    "profile follow share bio about home latest video photo photos powered privacy policy facebook twitter "
    "whatsapp telegram instagram luxury terms conditions written by from in loop finance personal rankings".split()
)
_DIGIT = re.compile(r"\d")
_PARTICLES = frozenset("de da di do dos das del della van von der den la le el al bin ben ter te zu".split())
_MOST = 25
_LONG = 50
_LONGEST_LINE = 1_000  # characters


def clean_people(offer: Iterable[str], publisher: str, *, known_people: bool = False) -> tuple[str, ...]:
    """Split author lines into people's names; outlets, agencies, roles, dates and addresses are dropped.

    `known_people` says that the page itself calls them persons: then one name alone will do.
    """
    people: dict[str, str] = {}
    outlet = _key(publisher)
    for line in offer:
        line = _INSIDE.sub("", line[:_LONGEST_LINE].strip())
        for number, part in enumerate(_SPLIT.split(strip_prefix(_HONOURS.sub("", line)))):
            if number and _words(part) & _ROLES:
                break
            name = _clean(part)
            fit = is_person(name) or (known_people and _is_first_name(name))
            if fit and _key(name) != outlet:
                people.setdefault(_key(name), name)
    return tuple(people.values())[:_MOST]


def strip_prefix(text: str) -> str:
    """Remove a leading "By", "Von", "Par", … from an author line."""
    text = _LABEL.sub("", text.strip())
    return _PREFIX.sub("", text).strip(" ,;:|-–—\u2022") or text


def starts_byline(text: str) -> bool:
    """Tell whether a line begins as bylines do: "By", "Von", "文／"."""
    return bool(_LABEL.match(text) or _PREFIX.match(text))


def is_person(name: str) -> bool:
    """Tell a person's name from a role, an outlet or a sentence by its shape."""
    if _DIGIT.search(name) or len(name) > _LONG or any(mark in name for mark in "@/:!?©™®"):
        return False
    parts = name.split()
    if find_agency(name) or _words(name) & (_NOT_PEOPLE | _ROLES):
        return False
    if not name.isascii() and len(parts) == 1:
        return 2 <= len(name) <= 12 and not name[0].islower() and not name[0].isascii()
    if not 2 <= len(parts) <= 6:
        return False
    return all(not part[0].islower() or part.lower() in _PARTICLES or "'" in part or "’" in part for part in parts)


def _is_first_name(name: str) -> bool:
    return 2 < len(name) < 20 and name[0].isupper() and name.isalpha() and not _words(name) & (_NOT_PEOPLE | _ROLES)


def _clean(part: str) -> str:
    name = _DATE.sub("", strip_prefix(part))
    name = _HONOURS.sub("", _TRAILER.sub("", name)).strip(" ,;:.|-–—\"'“”()")
    return _without_role(" ".join(name.split()))


def _without_role(name: str) -> str:
    """Cut a role printed behind a name without a comma: "Ann Lee Senior Writer"."""
    parts = name.split()
    for number, part in enumerate(parts):
        if part.lower().strip(".,()") in _ROLES:
            if number < 2:
                return name
            return " ".join(parts[: min(number, 3 if parts[1].lower() in _PARTICLES or len(parts[1]) < 3 else 2)])
    return name


def _words(text: str) -> set[str]:
    return {part.lower().strip(".,()®") for part in text.split()}


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))
