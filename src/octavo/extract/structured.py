"""What a page says of itself for machines: JSON-LD, microdata, RDFa, meta and link elements."""

import html
import json
import re
from dataclasses import dataclass, field, fields
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from octavo.extract.microdata import read_items
from octavo.text.html import text_of
from octavo.text.unseen import tidy
from octavo.text.urls import path_of

_MAX_THINGS = 600
_LONGEST = 5_000  # characters of a stated fact that is not the body
_LONGEST_TITLE = 1_000
_LONGEST_BODY = 300_000
_MANY = 50  # values of one meta name
_MAX_DEPTH = 12
_LINKS = frozenset({"license", "amphtml", "copyright", "print"})
_TRAILING_COMMA = re.compile(r",(?=\s{0,40}[}\]])")
_FIRST, _SECOND = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = re.compile(rf"{_FIRST}(?!{_SECOND})|(?<!{_FIRST}){_SECOND}")
ARTICLE_TYPES = frozenset(
    "article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle liveblogposting "
    "backgroundnewsarticle reviewnewsarticle asknewsarticle satiricalarticle techarticle scholarlyarticle "
    "advertisercontentarticle socialmediaposting review report webcontent medicalscholarlyarticle newsarticl "
    "interview howto recipe discussionforumposting".split()
)
_PAGE_TYPES = frozenset({"webpage", "itempage", "medicalwebpage", "videoobject", "podcastepisode"})


@dataclass(slots=True)
class Thing:
    """One object, of JSON-LD or of the markup, that describes the article, its fields already text."""

    types: frozenset[str] = frozenset()
    headline: str = ""
    description: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    """(name, type in lower case: person, organization or "")."""
    published: str = ""
    modified: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""
    images: tuple[dict[str, Any], ...] = ()
    language: str = ""
    publisher: str = ""
    free: bool | None = None
    url: str = ""
    backstory: str = ""
    holder: str = ""
    """Who holds the copyright."""
    licences: tuple[str, ...] = ()
    """Addresses of licences and terms of use."""
    correction: str = ""

    @property
    def is_article(self) -> bool:
        """Whether the page calls it an article, and not only a page."""
        return bool(self.types & ARTICLE_TYPES)


@dataclass(slots=True)
class Statements:
    """Everything the page states: its article objects, best first, and its meta elements by lower-case name."""

    things: list[Thing] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    language: str = ""
    canonical: str = ""
    links: list[tuple[str, str, str]] = field(default_factory=list)
    """Licences and other forms of the page: (relation in lower case, media type, address), at most 50."""
    amp: bool = False
    """Whether the page is written in AMP HTML."""
    types: frozenset[str] = frozenset()
    """Every JSON-LD type on the page, lower case."""
    ratings: list[Any] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """The first non-empty content among meta elements of these names."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return ""


def read_statements(tree: LexborHTMLParser) -> Statements:
    """Collect what the page states about itself."""
    statements = Statements()
    for node in tree.css("meta"):
        attributes = node.attributes
        content = attributes.get("content")
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if content and name:
            values = statements.meta.setdefault(name.lower(), [])
            if len(values) < _MANY:
                values.append(tidy(content[:_LONGEST]))
    title = tree.css_first("title")
    statements.title = tidy(title.text()[:_LONGEST_TITLE]) if title else ""
    root = tree.css_first("html")
    statements.language = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
    statements.amp = root is not None and ("amp" in root.attributes or "⚡" in root.attributes)
    _read_links(tree, statements)
    by_id = _read_json_ld(tree, statements)
    _read_markup(tree, statements, by_id)
    return statements


def _read_links(tree: LexborHTMLParser, statements: Statements) -> None:
    for node in tree.css('link[rel],a[rel~="license"]'):
        attributes = node.attributes
        address = (attributes.get("href") or "").strip()[:_LONGEST_TITLE]
        for relation in (attributes.get("rel") or "").lower().split()[:4]:
            if relation == "canonical" and not statements.canonical:
                statements.canonical = address
            elif relation == "alternate" and "print" in (attributes.get("media") or "").lower():
                relation = "print"
            if relation in _LINKS and address and len(statements.links) < _MANY:
                statements.links.append((relation, (attributes.get("type") or "").lower(), address))


def _read_markup(tree: LexborHTMLParser, statements: Statements, by_id: dict[str, Any]) -> None:
    """Take in the article the markup describes.

    Where JSON-LD describes the same one, the markup fills in what that leaves out; where it does not, an object of the
    markup counts when it is the only article there or bears the page's title: others are teasers.
    """
    found = [thing for item in read_items(tree)[:_MANY] if (thing := _thing(item, by_id)).is_article]
    title = _letters(f"{statements.first('og:title')} {statements.title}")
    for thing in found[:20]:
        same = next((other for other in statements.things if _same(thing, other)), None)
        if same is not None:
            _fill(same, thing)
        elif len(found) == 1 or (thing.headline and _letters(thing.headline) in title):
            statements.things.append(thing)
            statements.types |= thing.types


def _same(one: Thing, other: Thing) -> bool:
    if one.headline and other.headline:
        return _letters(one.headline) == _letters(other.headline)
    return bool(one.url) and path_of(one.url) == path_of(other.url) and len(path_of(one.url)) > 1


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _fill(thing: Thing, other: Thing) -> None:
    """Take from another object of the same article what the first leaves out."""
    for one in fields(Thing):
        mine = getattr(thing, one.name)
        if one.name != "types" and (mine is None or mine in ("", ())):
            setattr(thing, one.name, getattr(other, one.name))


def _read_json_ld(tree: LexborHTMLParser, statements: Statements) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    for node in tree.css('script[type*="ld+json"]'):
        loaded = load_json(node.text())
        if loaded is not None:
            _flatten(loaded, found, 0)
    by_id = {thing["@id"]: thing for thing in found if isinstance(thing.get("@id"), str) and len(thing) > 2}
    articles, pages = [], []
    for thing in found:
        types = types_of(thing)
        if types & ARTICLE_TYPES:
            articles.append(thing)
        elif types & _PAGE_TYPES:
            pages.append(thing)
    statements.types = frozenset().union(*(types_of(thing) for thing in found))
    statements.things = [_thing(thing, by_id) for thing in articles[:20] + pages[:5]]
    return by_id


def load_json(source: str) -> Any:
    """Read JSON as pages carry it: comment wrappers, stray control characters, trailing commas. None when hopeless."""
    source = whole_escapes(source).strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    source = source.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    for attempt in (source, _TRAILING_COMMA.sub("", source), html.unescape(source)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def whole_escapes(source: str) -> str:
    """Replace escaped halves of characters in JSON, which no text can hold, by the replacement character."""
    return _HALF.sub(r"\\ufffd", source) if "\\u" in source else source


def _flatten(value: Any, found: list[dict[str, Any]], depth: int) -> None:
    if depth > _MAX_DEPTH or len(found) > _MAX_THINGS:
        return
    if isinstance(value, list):
        for part in value:
            _flatten(part, found, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value or "@id" in value:
            found.append(value)
        for key, part in value.items():
            if isinstance(part, (dict, list)) and key not in ("itemListElement", "comment", "review"):
                _flatten(part, found, depth + 1)


def types_of(thing: dict[str, Any]) -> frozenset[str]:
    """The types of a JSON-LD object, lower case, without their vocabulary."""
    types = thing.get("@type")
    listed = types if isinstance(types, list) else [types]
    return frozenset(str(name).rpartition("/")[2].rpartition(":")[2].lower() for name in listed if name)


def _thing(thing: dict[str, Any], by_id: dict[str, Any]) -> Thing:
    free = thing.get("isAccessibleForFree")
    body = thing.get("articleBody") or thing.get("text")
    part_of = thing.get("isPartOf")
    publisher = resolve(thing.get("publisher"), by_id)
    return Thing(
        types=types_of(thing),
        headline=_text(thing.get("headline") or thing.get("name")),
        description=_text(thing.get("description")),
        authors=tuple(_people(thing.get("author") or thing.get("creator"), by_id, 0)),
        published=_text(thing.get("datePublished") or thing.get("dateCreated") or thing.get("uploadDate")),
        modified=_text(thing.get("dateModified")),
        section=_text(_first(thing.get("articleSection"))),
        keywords=tuple(_keywords(thing.get("keywords"))),
        body=_markup_text(body) if isinstance(body, str) else "",
        images=tuple(_images(thing.get("image"), by_id)),
        language=_text(_first(thing.get("inLanguage"))) if not isinstance(thing.get("inLanguage"), dict) else "",
        publisher=_text(publisher.get("name")) if isinstance(publisher, dict) else _text(publisher),
        free=None if free is None else str(free).lower().rpartition("/")[2] not in ("false", "0", "no"),
        url=_text(thing.get("url") or _id_of(thing.get("mainEntityOfPage")) or _id_of(part_of)),
        backstory=_text(thing.get("backstory")),
        holder=_text(resolve(thing.get("copyrightHolder"), by_id)),
        correction=_correction(thing.get("correction")),
        licences=tuple(_addresses([thing.get("license"), thing.get("usageInfo")])),
    )


def _correction(value: Any) -> str:
    """What a `correction` says: its text, or that of the CorrectionComment it is; not an address."""
    value = _first(value)
    said = value.get("text") or value.get("description") if isinstance(value, dict) else value
    text = _text(said)
    return "" if text.startswith(("http:", "https:", "/")) else text


def _addresses(values: list[Any]) -> list[str]:
    """The web addresses among the values of a property, or in the objects they are."""
    listed = [part for value in values for part in (value if isinstance(value, list) else [value])]
    found = [_id_of(part) for part in listed[:10]]
    return [
        part.strip()[:_LONGEST_TITLE] for part in found if isinstance(part, str) and part.strip().startswith("http")
    ]


def _id_of(value: Any) -> Any:
    return value.get("@id") or value.get("url") if isinstance(value, dict) else value


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def resolve(value: Any, by_id: dict[str, Any]) -> Any:
    """Follow a reference to another object of the same page."""
    value = _first(value)
    if isinstance(value, dict) and "name" not in value and "url" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _text(value: Any) -> str:
    value = _first(value)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return ""
    text = str(value)[:_LONGEST]
    text = html.unescape(html.unescape(text)) if "&" in text else text
    return tidy(text_of(text) if "<" in text and ">" in text else text)


def _markup_text(body: str) -> str:
    body = html.unescape(body[:_LONGEST_BODY]) if "&" in body else body[:_LONGEST_BODY]
    return text_of(body) if "</" in body else "\n".join(filter(None, map(tidy, body.split("\n"))))


def _people(value: Any, by_id: dict[str, Any], depth: int) -> list[tuple[str, str]]:
    if depth > 3 or value is None:
        return []
    if isinstance(value, list):
        return [person for part in value[:30] for person in _people(part, by_id, depth + 1)]
    if isinstance(value, dict):
        value = resolve(value, by_id)
        kinds = types_of(value)
        kind = "organization" if any("organi" in kind for kind in kinds) else "person" if "person" in kinds else ""
        name = value.get("name")
        if isinstance(name, (list, dict)):
            return _people(name, by_id, depth + 1)
        return [(_text(name), kind)] if name else []
    text = _text(value)
    return [(text, "")] if text and not text.startswith(("http:", "https:", "#")) else []


def _keywords(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [part for text in listed for part in map(tidy, _text(text).split(",")) if part]


def _images(value: Any, by_id: dict[str, Any]) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else [value]
    found = []
    for image in listed[:10]:
        image = resolve(image, by_id)
        if isinstance(image, str):
            found.append({"url": image})
        elif isinstance(image, dict) and isinstance(_first(image.get("url") or image.get("contentUrl")), str):
            found.append({**image, "url": _first(image.get("url") or image.get("contentUrl"))})
    return found
