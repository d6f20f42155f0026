"""The places a story is about, by what its articles are about, and where they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from octavo.domain.digest import Located
from octavo.domain.ids import ArticleId, PublisherId
from octavo.enrich.salience import where_is

PLACES = 12
"""Places of one story that are kept: more would be a list, not a map."""

_SHARE = 0.2
"""Share of a story's articles that have to be about a place: a single text is about places the event is not."""

_OUTLETS = 2
"""Outlets that have to be: one alone may have taken a name for another."""


def locate(
    about: Sequence[tuple[ArticleId, str, str]], publishers: Mapping[ArticleId, PublisherId]
) -> tuple[Located, ...]:
    """Give the places of a story that have coordinates, the most told of first.

    `about` is (article, key, name) of every place an article is about, `publishers` names every article of the story.
    """
    articles: dict[str, set[ArticleId]] = defaultdict(set)
    names: dict[str, str] = {}
    for article_id, key, name in about:
        if article_id in publishers:
            articles[key].add(article_id)
            names.setdefault(key, name)
    found = []
    for key, told in articles.items():
        enough = len(told) >= _SHARE * len(publishers) and len({publishers[one] for one in told}) >= _OUTLETS
        where = where_is(key) if enough else None
        if where is not None and where.latitude is not None and where.longitude is not None:
            found.append(Located(key, names[key], where.country, where.latitude, where.longitude, len(told)))
    return tuple(sorted(found, key=lambda one: (-one.articles, one.key))[:PLACES])
