"""Standfirst, summary, section, keywords, canonical URL; which of the stated objects is the article."""

from octavo.extract.evidence import Known, key
from octavo.extract.headline import strip_site
from octavo.extract.hints import Hint
from octavo.extract.images import absolute
from octavo.extract.layout import HEADINGS, Layout
from octavo.extract.structured import Statements, Thing
from octavo.text.unseen import tidy
from octavo.text.urls import host_of, is_of_host, path_of

_SUMMARY = 20  # characters of a summary worth knowing
_ABOVE = 12  # pieces between a standfirst and the body: byline, date, sharing


def choose_main(statements: Statements, layout: Layout, url: str) -> Thing | None:
    """The JSON-LD object that is this page's article, not one of a list of others."""
    if not statements.things:
        return None
    heads = {key(mark.text) for mark in layout.marked if mark.kind == "h1"}
    heads |= {key(statements.first("og:title")), key(strip_site(statements.title, ()))}
    path = path_of(url).rstrip("/")

    def fit(thing: Thing) -> float:
        score = 3.0 * (bool(thing.headline) and key(thing.headline) in heads)
        score += 1.0 * (bool(path) and path_of(thing.url).rstrip("/") == path)
        score += 0.5 * bool(thing.published) + 0.5 * bool(thing.authors) + 0.5 * bool(thing.body)
        return score + 1.0 * any("article" in kind or "posting" in kind for kind in thing.types)

    return max(statements.things, key=fit)


def find_standfirst(layout: Layout, chosen: tuple[int, ...], known: Known) -> int | None:
    """The piece that is printed as the summary under the headline, by number, when the page sets it apart.

    It is marked as one, or it is set as a heading and the page's own summary says the same.
    """
    if not chosen:
        return None
    around = layout.around
    described = {mark.piece for mark in layout.marked if mark.kind.lower() in ("description", "alternativeheadline")}
    for number in range(max(0, chosen[0] - _ABOVE), min(chosen[0] + 1, len(layout.pieces))):
        piece = layout.pieces[number]
        box = layout.boxes[piece.box]
        apart = around.local[piece.box] & Hint.STANDFIRST or box.tag in HEADINGS or number in described
        if not apart or piece.linked or len(piece.text) < _SUMMARY:
            continue
        plain = key(piece.text)
        if number in described:
            return number
        if any(plain in summary or summary in plain for summary in known.summaries) and plain not in known.titles:
            return number
    return None


def find_summary(statements: Statements, main: Thing | None) -> str:
    """The summary the publisher gives for lists and search engines."""
    offers = [statements.first("og:description"), main.description if main else "", statements.first("description")]
    return next((offer for offer in offers if len(offer) > _SUMMARY), "")


def find_section(statements: Statements, main: Thing | None) -> str:
    """The section the publisher files it under."""
    section = (main.section if main else "") or statements.first("article:section", "section", "parsely-section")
    return section if len(section) < 60 else ""


def find_keywords(statements: Statements, main: Thing | None) -> tuple[str, ...]:
    """The keywords the publisher gave, each once, at most 30."""
    found = list(main.keywords) if main else []
    found += statements.meta.get("article:tag", []) if not found else []
    if not found:
        given = statements.first("news_keywords", "keywords", "parsely-tags")
        found = [part.strip() for part in given.split(",")]
    unique: dict[str, str] = {}
    for word in found:
        if 1 < len(word) < 60 and key(word):
            unique.setdefault(key(word), word)
    return tuple(unique.values())[:30]


def find_canonical(statements: Statements, url: str) -> str:
    """The address the publisher prefers, when it is on the same site and not its front page."""
    for offer in (statements.canonical, statements.first("og:url")):
        found = absolute(url, offer)
        if found and len(path_of(found)) > 1 and is_of_host(host_of(found), host_of(url)):
            return found
    return url


def site_name(statements: Statements, main: Thing | None, given: str) -> str:
    """What the site calls itself."""
    return tidy(given or statements.first("og:site_name", "application-name") or (main.publisher if main else ""))
