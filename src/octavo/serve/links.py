"""Every address inside the site, built in one place."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, urlencode

from octavo.domain.article import ArticleCard
from octavo.text.slugs import short_id, slug

FORMATS: Mapping[str, tuple[str, str]] = {
    "atom": ("application/atom+xml", "Atom"),
    "rss": ("application/rss+xml", "RSS"),
    "json": ("application/feed+json", "JSON Feed"),
}
"""Feeds going out: file ending to media type and name."""


def front(edition: str) -> str:
    """An edition's front page."""
    return f"/{edition}"


def section(edition: str, topic: str) -> str:
    """A section by its topic code."""
    return f"/{edition}/section/{quote(topic, safe='')}"


def article(edition: str, number: int, headline: str) -> str:
    """One article; the words after its id are for people only."""
    return _named(f"/{edition}/article/{short_id(number)}", headline)


def card(edition: str, shown: ArticleCard) -> str:
    """One article, from its card."""
    return article(edition, shown.id, shown.headline)


def story(edition: str, number: int, headline: str) -> str:
    """One story."""
    return _named(f"/{edition}/story/{short_id(number)}", headline)


def article_root(edition: str, number: int) -> str:
    """Where an article's own pages begin, whatever its headline."""
    return f"/{edition}/article/{short_id(number)}"


def story_root(edition: str, number: int) -> str:
    """Where a story's own pages begin, whatever its headline."""
    return f"/{edition}/story/{short_id(number)}"


def story_card(edition: str, number: int) -> str:
    """A story's card, for frames on other sites."""
    return f"{story_root(edition, number)}/card"


def send(root: str) -> str:
    """Every way to hand an article or a story on, by where its own pages begin."""
    return f"{root}/send"


def oembed(address: str) -> str:
    """The description of a story for other sites, by the full address of its page."""
    return f"/oembed?{urlencode({'url': address})}"


def hashtag(edition: str, tag: str) -> str:
    """Everything under one hashtag."""
    return f"/{edition}/hashtag/{quote(tag, safe='')}"


def hashtags(edition: str) -> str:
    """The hashtags that rise."""
    return f"/{edition}/hashtags"


def differing(edition: str, name: str) -> str:
    """One of the lists of corrections, contradictions, or what stands in one outlet alone."""
    return f"/{edition}/{name}"


ENTITIES = {"person": "person", "org": "organisation"}
"""What stands in addresses for the kinds of entities that are no places."""


def place(edition: str, place: str) -> str:
    """A place's news, by the place's key: a country's code or a number of GeoNames."""
    return f"/{edition}/place/{quote(place, safe='')}"


def entity(edition: str, key: str) -> str:
    """Who, what or where articles name, by the key of its entity; "" for what has no page."""
    kind, _, name = key.partition("/")
    if kind == "place":
        return place(edition, name)
    return f"/{edition}/{ENTITIES[kind]}/{quote(name, safe='')}" if kind in ENTITIES else ""


def source(edition: str, publisher: str) -> str:
    """One publisher."""
    return f"/{edition}/source/{quote(publisher, safe='')}"


def health(edition: str, publisher: str) -> str:
    """How well one publisher's articles are read."""
    return f"{source(edition, publisher)}/health"


def search(edition: str, **query: str) -> str:
    """Search, with its question when there is one."""
    kept = {name: value for name, value in query.items() if value}
    return f"/{edition}/search?{urlencode(kept)}" if kept else f"/{edition}/search"


def preview(kind: str, name: str, shown: str) -> str:
    """A picture for link previews: of an article, a story ("id.edition") or an edition; `shown` is what it depends on.

    Sites that keep previews fetch one anew when its address changes.
    """
    version = hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:8]
    return f"/card/{kind}/{name}.jpg?v={version}"


def podcast(edition: str) -> str:
    """The podcast of an edition's briefing."""
    return f"/{edition}/podcast.rss"


def episode(edition: str, day: str, kind: str) -> str:
    """One file of a day's episode, by its ending: mp3, vtt (what is said, and when), json (chapters)."""
    return f"/{edition}/podcast/{day}.{kind}"


def feed(path: str, kind: str) -> str:
    """The feed that belongs to a page, as `kind`: a key of FORMATS."""
    bare, _, query = path.partition("?")
    return f"{bare}.{kind}?{query}" if query else f"{bare}.{kind}"


def _named(path: str, headline: str) -> str:
    return f"{path}/{_words(headline)}"


@lru_cache(maxsize=16_384)
def _words(headline: str) -> str:
    words = quote(slug(headline)) or "-"
    return f"{words}-" if words in _TAKEN else words


_TAKEN = frozenset({"send", "card"})
"""What stands where the words of a headline do, and means a page of its own."""


def comment(edition: str, number: int) -> str:
    """One comment, with what it answers and what answers it."""
    return f"/{edition}/comment/{short_id(number)}"


def comments(path: str) -> str:
    """All that is said about an article or a story, by the path of its page."""
    return f"{path}/comments"


def anchor(number: int) -> str:
    """Where a comment stands on a page that shows it."""
    return f"c-{short_id(number)}"
