"""What a page says may be done with it: licences, reservations, directives for robots."""

import re
from collections.abc import Iterable

from octavo.domain.article import Rights
from octavo.extract.images import absolute
from octavo.extract.structured import Statements, Thing
from octavo.text.html import tidy

_FOR_US = ("robots", "octavo")
_MOST = 20
_LONGEST = 120  # characters of a directive or a name
_ADDRESSES = ("dcterms.license", "dcterms:license", "dc.rights.license", "cc:license", "license")
_HOLDERS = (
    "dcterms.rightsholder",
    "dcterms:rightsholder",
    "copyright",
    "dc.rights",
    "dcterms.rights",
    "dcterms:rights",
)
_DIRECTIVE = re.compile(r"(?:none|(?:no|max-|unavailable_|indexif)[a-z_-]{2,30})(?::|$)")
_SAYS_NOTHING = frozenset(
    "noodp noydir nocache max-snippet:-1 max-video-preview:-1 max-image-preview:large "
    "max-image-preview:standard".split()
)
_YEAR = r"(?:19|20)\d\d"
_SIGN = re.compile(
    rf"^(?:copyright|\(c\)|©)?[\s:©]{{0,4}}(?:\(c\)\s?)?(?:{_YEAR}(?:\s?[-–,]\s?{_YEAR})?[\s,.:–-]{{0,3}}(?:by\s)?)?",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    rf"[\s,.–-]{{0,4}}(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|版权所有|版權所有|"
    r"todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|wszelkie prawa zastrzeżone|"
    r"все права защищены|tüm hakları saklıdır|alle rechten voorbehouden|無断転載).{0,40}$|"
    rf"[\s,]{{1,3}}(?:\(c\)|©)?\s?{_YEAR}(?:\s?[-–]\s?{_YEAR})?$",
    re.IGNORECASE,
)


def find_rights(statements: Statements, main: Thing | None, url: str) -> Rights:
    """Collect what the page says of its rights.

    RSL 1.0 (rel=license of type application/rsl+xml), schema.org license, usageInfo and copyrightHolder, rel=license,
    Dublin Core, TDMRep (W3C Community Group report, 2024), and the robots meta elements meant for all robots or for us.
    A directive for another robot ("googlebot") is not ours.
    """
    licences = [address for relation, _, address in statements.links if relation == "license"]
    licences += main.licences if main else ()
    licences += [statements.first(name) for name in _ADDRESSES if "/" in statements.first(name)]
    addresses = dict.fromkeys(filter(None, (absolute(url, address) for address in licences)))
    reserved = statements.first("tdm-reservation")
    return Rights(
        licences=tuple(addresses)[:5],
        holder=_holder([main.holder if main else "", *map(statements.first, _HOLDERS)]),
        tdm_reserved={"1": True, "0": False}.get(reserved),
        tdm_policy=absolute(url, statements.first("tdm-policy")),
        robots=_directives(value for name in _FOR_US for value in statements.meta.get(name, ())),
    )


def _holder(offers: Iterable[str]) -> str:
    """Who holds the copyright, without the sign, the years and the formulas around the name."""
    for offer in offers:
        name = tidy(_FORMULA.sub("", _SIGN.sub("", offer[: 2 * _LONGEST]))).strip(" .,;|-–")
        if any(map(str.isalpha, name)) and len(name) <= _LONGEST and "://" not in name:
            return name
    return ""


def _directives(contents: Iterable[str]) -> tuple[str, ...]:
    """The directives, each once; a date behind "unavailable_after" keeps the commas it may hold."""
    found: list[str] = []
    for content in contents:
        for part in content.lower().split(","):
            directive = "".join(part.split()) if "unavailable" not in part else tidy(part)
            if directive in _SAYS_NOTHING:
                continue
            if _DIRECTIVE.match(directive):
                found.append(directive[:_LONGEST])
            elif directive and found and found[-1].startswith("unavailable_after"):
                found[-1] = f"{found[-1]}, {tidy(part)}"[:_LONGEST]
    return tuple(dict.fromkeys(found))[:_MOST]
