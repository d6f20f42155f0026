"""The source, when it is not the publisher: an agency whose copy this is."""

import re

from octavo.domain.article import Byline
from octavo.extract.structured import Thing

_AGENCIES = {
    "Reuters": "reuters|thomson reuters|рейтер",
    "AP": "associated press|the associated press|ap|ap news",
    "AFP": "afp|agence france-presse|agence france presse|afp deutschland",
    "dpa": "dpa|deutsche presse-agentur|dpa-infocom|dpa-afx",
    "APA": "apa|austria presse agentur",
    "Keystone-SDA": "sda|keystone-sda|ats|keystone-ats",
    "EFE": "efe|agencia efe|efeagro",
    "Europa Press": "europa press|ep",
    "ANSA": "ansa|agenzia ansa",
    "PA Media": "pa media|press association|pa",
    "Bloomberg": "bloomberg|bloomberg news",
    "Xinhua": "xinhua|新华社|新華社|xinhua news agency",
    "TASS": "tass|тасс|itar-tass",
    "Interfax": "interfax|интерфакс|interfax-ukraine|интерфакс-украина",
    "Ukrinform": "ukrinform|укринформ|укрінформ",
    "Unian": "unian|униан|уніан",
    "RIA Novosti": "ria novosti|риа новости",
    "Anadolu": "anadolu|anadolu agency|anadolu ajansı|aa",
    "DHA": "dha|demirören haber ajansı",
    "IHA": "iha|i̇ha|ihlas haber ajansı",
    "Kyodo": "kyodo|共同通信|kyodo news",
    "Jiji Press": "jiji press|時事通信|jiji",
    "Yonhap": "yonhap|연합뉴스",
    "PTI": "pti|press trust of india",
    "ANI": "ani|asian news international",
    "IANS": "ians",
    "Bernama": "bernama",
    "Antara": "antara",
    "AAP": "aap|australian associated press",
    "The Canadian Press": "the canadian press|canadian press",
    "UPI": "upi|united press international",
    "PAP": "pap|polska agencja prasowa",
    "ČTK": "čtk|ctk",
    "MTI": "mti",
    "NTB": "ntb",
    "TT": "tt|tt nyhetsbyrån",
    "Ritzau": "ritzau",
    "STT": "stt",
    "BNS": "bns",
    "ELTA": "elta",
    "ANP": "anp",
    "Belga": "belga",
    "Lusa": "lusa|agência lusa",
    "SID": "sid|sport-informations-dienst",
    "epd": "epd",
    "KNA": "kna",
    "CNN": "cnn newsource",
}
_BY_NAME = {name: agency for agency, names in _AGENCIES.items() for name in names.split("|")}
_LONG = {name: agency for name, agency in _BY_NAME.items() if len(name) > 4}
_BRACKETED = re.compile(r"[(（]\s?(?P<name>[\w .-]{2,40})\s?[)）]")
_DESK = re.compile(r"redak|redac|rédac|redaz|newsroom|staff|team|desk|editor|online|web|\.\w{2,4}$")
_SIGN_OFF = re.compile(r"[(\[]?\s?(?P<names>[\w.-]{2,12}(?:\s?[/,]\s?[\w.-]{1,12}){0,3})\s?[)\]]?\.?\s{0,3}$")


def find_agency(name: str) -> str:
    """The agency a name is, "" when it is none; prefixes such as "for" and "Von" are looked past."""
    key = " ".join(name.lower().replace("with ", "").replace("mit material von", "").split()).strip(" .,;:()")
    if key in _BY_NAME:
        return _BY_NAME[key]
    for part in re.split(r"[/,|&+]|\band\b|\bund\b|\bet\b", key):
        if part.strip() in _BY_NAME:
            return _BY_NAME[part.strip()]
    for long_name, agency in _LONG.items():
        if long_name in key and len(key) < len(long_name) + 12:
            return agency
    return ""


def find_credit(byline: Byline, main: Thing | None, opening: str, closing: str, publisher: str) -> str:
    """Name the agency: in the author line, in "CITY (Agency) -" at the opening, or signed off at the closing.

    An organisation that the page gives as author and that is not the publisher is one too, known or not.
    """
    own = find_agency(publisher)
    offered = [byline.text]
    bracketed = _BRACKETED.search(opening[:90])
    if bracketed:
        offered.append(bracketed["name"])
    if len(closing) < 60 or closing.endswith(")"):
        signed = _SIGN_OFF.search(closing[-60:])
        if signed:
            offered.append(signed["names"].replace("/", ","))
    for name in offered:
        agency = find_agency(name)
        if agency and agency != own:
            return agency
    organisations = {name for name, kind in main.authors if kind == "organization"} if main else set()
    named = {*organisations, bracketed["name"].strip() if bracketed else ""}
    outside = byline.text in named and not byline.people and not _same(byline.text, publisher)
    return byline.text if outside and publisher and byline.text else ""


def _same(name: str, publisher: str) -> bool:
    """Tell whether a name is the publisher's, or a desk of it."""
    first, second = name.lower(), publisher.lower()
    return first in second or second in first or bool(_DESK.search(first))
