"""The feeds a web page offers."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from octavo.errors import UnusableUrl
from octavo.text.html import decode, parse
from octavo.text.unseen import tidy
from octavo.text.urls import absolute_url

FEED_LINK_TYPES = {
    "application/rss+xml": 3,
    "application/atom+xml": 3,
    "application/feed+json": 3,
    "application/rdf+xml": 2,
    "application/json": 1,
    "text/xml": 1,
    "application/xml": 1,
}

LIKELY_PATHS = (
    "/feed",
    "/rss",
    "/feed.xml",
    "/rss.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds/posts/default",
)
"""Where feeds usually lie when a page does not say."""

MAX_OFFERS = 100
_COMMENTS = ("comment", "kommentar", "commentaire", "comentario", "تعليق")


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed a page names, best first by `rank`."""

    url: str
    title: str
    rank: int


def offered_feeds(html: bytes, url: str) -> list[Offer]:
    """Find the feeds a page names with <link rel=alternate> (RSS autodiscovery), or else links to by its text."""
    tree = parse(decode(html))
    base = _base(tree, url)
    offers: dict[str, Offer] = {}
    for link in tree.css("link[href]"):
        kind = (link.attributes.get("type") or "").split(";")[0].strip().lower()
        words = (link.attributes.get("rel") or "").lower().split()
        if kind in FEED_LINK_TYPES and ("alternate" in words or "feed" in words):
            _add(
                offers,
                base,
                link.attributes.get("href") or "",
                link.attributes.get("title") or "",
                FEED_LINK_TYPES[kind],
            )
    if not offers:
        for anchor in tree.css("a[href]"):
            href = anchor.attributes.get("href") or ""
            if _looks_like_feed(href):
                _add(offers, base, href, anchor.text(), 1)
    return sorted(offers.values(), key=lambda offer: -offer.rank)


def likely_feeds(url: str) -> list[str]:
    """Guess where the site behind `url` may keep a feed. Raises UnusableUrl."""
    guesses = [absolute_url(path, url) for path in LIKELY_PATHS]
    folder = absolute_url(".", url).partition("?")[0]
    if folder.count("/") > 3:
        guesses[:0] = [absolute_url(path.lstrip("/"), folder) for path in LIKELY_PATHS[:2]]
    return guesses


def _base(tree: LexborHTMLParser, url: str) -> str:
    base = tree.css_first("base[href]")
    if base is None:
        return url
    try:
        return absolute_url(base.attributes.get("href") or "", url)
    except UnusableUrl:
        return url


def _add(offers: dict[str, Offer], base: str, href: str, title: str, rank: int) -> None:
    try:
        address = absolute_url(href, base).partition("#")[0]
    except UnusableUrl:
        return
    told = f"{address} {title}".lower()
    if any(word in told for word in _COMMENTS):
        rank -= 5
    if "/wp-json/" in address:  # what WordPress says of every page: its own programming interface
        return
    if address not in offers and len(offers) < MAX_OFFERS:
        offers[address] = Offer(address, tidy(title)[:200], rank)


def _looks_like_feed(href: str) -> bool:
    path = href.lower().split("?")[0].rstrip("/")
    return path.endswith((".rss", ".atom", "/feed", "/rss", "/atom.xml", "/feed.xml", "/rss.xml", "/feed.json"))
