"""Who wrote it: people only, apart and clean."""

import re
from collections.abc import Iterable

from octavo.domain.article import Byline
from octavo.extract.credit import find_agency
from octavo.extract.hints import Hint
from octavo.extract.layout import Layout
from octavo.extract.structured import Statements, Thing

_PREFIX = re.compile(
    r"^(?:(?:written|reported|words|story|posted|published|reviewed|medically reviewed|article|text|interview|analysis|report|"  # noqa: E501
    r"opinion|edited|created|authored|geschrieben|aufgezeichnet|ein (?:kommentar|gastbeitrag|interview)|eine analyse|"
    r"kommentar|essay|propos recueillis|publié|écrit|escrito|scritto|par|af|av)\s{1,3})?"
    r"(?:by|von|vom|door|por|par|di|de|av|af|przez|autor(?:in|en|es|a)?|auteurs?|author(?:s|\(s\))?|text|texte?|foto|written by|"  # noqa: E501
    r"автор(?:ы)?|автор|yazan|oleh|tekst|teks|skrevet av|von unserem redakteur|aus \w{3,20} von)"
    r"\s{0,3}[:：]?\s{1,3}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:author|autor|autoren|auteur|by|von|text|posted by|written by|story by|journalist|文|記者|记者)\s{0,2}[:：]\s{0,2}",  # noqa: E501
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s{0,2}(?:[;|/•·、，]|,\s(?:and\s|und\s|et\s|y\s|e\s)?|\s(?:and|und|et|y|og|och|en|i|ve|и|та|dan|with|mit|avec|con|&|＆)\s|\s-\s|\s[–—]\s|\n)\s{0,2}",
)
_TRAILER = re.compile(
    r"\s{0,2}(?:\(.{0,80}\)|<.{0,80}>|\[.{0,80}\]|(?:\bfor|für|pour|in|aus)\s[A-Z].{0,60}|,? (?:updated|published|posted|last updated)\b.{0,80}|"  # noqa: E501
    r"@\S{1,60}|https?:\S{1,200}|\S{1,60}@\S{1,60})$",
    re.IGNORECASE,
)
_HONOURS = re.compile(
    r"^(?:dr|prof|mr|mrs|ms|sir|dame|rev|hon|ing|mag|dipl|dott|sen|rep)\.?\s{1,2}(?=\S{2,}\s)|"
    r",?\s{1,2}(?:ph\.?d\.?|m\.?d\.?|mba|rdn?|r\.d\.n?\.?|rn|msc|m\.sc\.|bsc|ms|ma|m\.a\.|esq\.?|cpa|cfp®?|facp|do|lcsw|mph|jr\.?|cscs|"
    r"psy\.?d\.?|dds|dvm|ldn|cssd|cpt|np|pa-c|pharmd|j\.d\.|jd)(?=,|\s|$)",
    re.IGNORECASE,
)
_NOT_PEOPLE = frozenset(
    "news editor editors editorial team staff desk redaktion redaktionen redaction rédaction redacción redazione redakcja "  # noqa: E501
    "redaksi redactie editör editörü newsroom agency agencies agence agencia agenzia agentur press media contributor contributors correspondent "  # noqa: E501
    "reporter reporters writer writers journal times post online magazine network group inc llc ltd gmbh corp company "
    "admin administrator guest author authors user webmaster office university institute department association "
    "foundation service services wire studio studios blog community support marketing content board bureau channel "
    "tv radio zeitung verlag ag se co the our experts nachrichten presse digital web www center centre council agentschap "  # noqa: E501
    "administrateur équipe equipo society committee club solutions partners technologies software labs consulting "
    "newswire nachrichtenagentur presseagentur haber merkezi servisi редакция редакції редакція новости report special journalist publisher published updated "  # noqa: E501
    "produced read more minutes min view all posts profile follow share bio about home latest video photo photos".split()  # noqa: E501
)
_DIGIT = re.compile(r"\d")
_MAX_PEOPLE = 25


def find_byline(
    statements: Statements, main: Thing | None, layout: Layout, publisher: str, feed: Iterable[str]
) -> Byline:
    """Choose the best-attested author line: JSON-LD, meta elements, the page's own marks, the feed."""
    offers = [offer for offer in _offers(statements, main, layout, tuple(feed)) if any(offer)]
    printed = ""
    for offer in offers:
        people = clean_people(offer, publisher)
        text = ", ".join(dict.fromkeys(tidy_names(offer)))
        if people:
            return Byline(text[:300], people)
        if not printed and len(text) < 120:
            printed = text
    return Byline(printed)


def _offers(statements: Statements, main: Thing | None, layout: Layout, feed: tuple[str, ...]) -> list[list[str]]:
    offers: list[list[str]] = []
    if main:
        offers.append([name for name, kind in main.authors if kind != "organization"])
    offers.append(_meta_names(statements))
    offers.extend(_marked_names(layout))
    offers.append(list(feed))
    if main:
        offers.append([name for name, kind in main.authors if kind == "organization"])
    return offers


def _meta_names(statements: Statements) -> list[str]:
    for name in (
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "byl",
        "dcterms.creator",
        "citation_author",
        "cxenseparse:author",
        "article:author_name",
        "twitter:data1",
    ):
        values = [value for value in statements.meta.get(name, ()) if not value.startswith("http")]
        if values and name == "twitter:data1" and "writ" not in statements.first("twitter:label1").lower():
            continue
        if values:
            return values
    return []


def _marked_names(layout: Layout) -> list[list[str]]:
    for kind in ("author", "byline"):
        found = []
        for mark in layout.marked:
            if mark.kind != kind or mark.hints & (Hint.BIO | Hint.COMMENTS | Hint.RELATED | Hint.MEDIA | Hint.CAPTION):
                continue
            text = mark.text
            if 3 < len(text) < 160:
                found.append(text)
        if found:
            yield_all = list(dict.fromkeys(found))
            return [yield_all[:1]] if kind == "byline" else [yield_all[:6]]
    return []


def tidy_names(offer: Iterable[str]) -> list[str]:
    """Take "By" and its kin off each printed name."""
    return [strip_prefix(text) for text in offer if text]


def strip_prefix(text: str) -> str:
    """Remove a leading "By", "Von", "Par", … from an author line."""
    text = _LABEL.sub("", text.strip())
    shorter = _PREFIX.sub("", text)
    return shorter.strip(" ,;:|-–—\u2022") or text


def clean_people(offer: Iterable[str], publisher: str) -> tuple[str, ...]:
    """Split author lines into people's names; outlets, agencies, roles, addresses are dropped."""
    people: list[str] = []
    outlet = _key(publisher)
    for line in offer:
        for part in _SPLIT.split(strip_prefix(_HONOURS.sub("", line))):
            name = _clean_name(part)
            if name and is_person(name) and _key(name) != outlet and _key(name) not in map(_key, people):
                people.append(name)
    return tuple(people[:_MAX_PEOPLE])


def _clean_name(part: str) -> str:
    name = strip_prefix(part)
    name = _TRAILER.sub("", name)
    name = _HONOURS.sub("", name).strip(" ,;:.|-–—\"'“”")
    return " ".join(name.split())


def is_person(name: str) -> bool:
    """Tell a person's name from a role, an outlet or a sentence by its shape."""
    if _DIGIT.search(name) or len(name) > 50 or any(mark in name for mark in "@/:!?©™"):
        return False
    parts = name.split()
    if find_agency(name) or any(part.lower().strip(".,()") in _NOT_PEOPLE for part in parts):
        return False
    if not name.isascii() and len(parts) == 1:
        return 2 <= len(name) <= 12 and not name[0].islower()
    if not 2 <= len(parts) <= 6:
        return False
    return parts[0][0].isupper() or not parts[0][0].isalpha() or not parts[0][0].islower()


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))
