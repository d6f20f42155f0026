"""What a page and its headers say may be done with it: licences, reservations, directives for robots."""

import re
from collections.abc import Iterable

from octavo.domain.article import Rights
from octavo.extract.images import absolute
from octavo.extract.structured import Statements, Thing
from octavo.text.unseen import tidy

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
_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_ROBOT = re.compile(r"\s{0,4}([a-z*][a-z0-9_*.-]{0,40})\s{0,4}:")
_LINK = re.compile(r"<([^<>]{1,1000})>([^<]{0,500})")
_RELATION = re.compile(r";\s{0,4}rel\s{0,4}=\s{0,4}[\"']?([^\"',;]{1,100})", re.IGNORECASE)
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


def find_rights(statements: Statements, main: Thing | None, url: str, said: str = "") -> Rights:
    """Collect what the page says of its rights, and what the headers it came with say.

    RSL 1.0 (rel=license of type application/rsl+xml, on a link element or in the Link header), schema.org license,
    usageInfo and copyrightHolder, rel=license, Dublin Core, TDMRep (W3C Community Group report, 2024; the page's own
    word comes before its headers'), and the robots meta elements and X-Robots-Tag meant for all robots or for us.
    A directive for another robot ("googlebot") is not ours. `said` holds the headers as collect.response.rights_said
    gives them.
    """
    sent = _Sent(said)
    licences = [address for relation, _, address in statements.links if relation == "license"]
    licences += main.licences if main else ()
    licences += [statements.first(name) for name in _ADDRESSES if "/" in statements.first(name)]
    licences += sent.licences()
    addresses = dict.fromkeys(filter(None, (absolute(url, address) for address in licences)))
    reserved = statements.first("tdm-reservation") or sent.first("tdm-reservation")
    meta = [value for name in _FOR_US for value in statements.meta.get(name, ())]
    return Rights(
        licences=tuple(addresses)[:5],
        holder=_holder([main.holder if main else "", *map(statements.first, _HOLDERS)]),
        tdm_reserved={"1": True, "0": False}.get(reserved),
        tdm_policy=absolute(url, statements.first("tdm-policy") or sent.first("tdm-policy")),
        robots=_directives([*meta, *map(_ours, sent.all("x-robots-tag"))]),
    )


class _Sent:
    """The headers that speak of rights."""

    def __init__(self, said: str) -> None:
        self._lines = [line.partition(": ") for line in said.split("\n")]

    def all(self, name: str) -> list[str]:
        return [value for named, _, value in self._lines if named == name]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "").strip('" ')

    def licences(self) -> list[str]:
        """The addresses that Link headers (RFC 8288) call a licence."""
        links = (link for value in self.all("link") for link in _LINK.finditer(value))
        found = ((link[1], _RELATION.search(link[2])) for link in links)
        return [address for address, relation in found if relation and "license" in relation[1].lower().split()]


def _ours(tag: str) -> str:
    """What one X-Robots-Tag says to all robots or to us: a robot's name holds for all that follows it."""
    kept = []
    ours = True
    for part in tag.lower().split(","):
        named = _ROBOT.match(part)
        if named and named[1] not in _VALUED:
            ours = named[1] in (*_FOR_US, "*")
            part = part[named.end() :]
        if ours:
            kept.append(part)
    return ",".join(kept)


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
