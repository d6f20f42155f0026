"""feedparser keeps as many tags of an entry as are read of them, and no more: it compares each with all before it.

A hundred thousand categories in one entry, or one list of keywords with as many commas, took it minutes.
"""

from typing import Any

from feedparser.mixin import _FeedParserMixin as Mixin

from octavo.collect.fields import MAX_TAGS

MOST = 4 * MAX_TAGS
"""Some of them are the same once they are tidied."""

_add = Mixin._add_tag


def bound() -> None:
    """Have feedparser stop at that many."""
    Mixin._add_tag = _add_one


def _add_one(parser: Any, term: Any, scheme: Any, label: Any) -> None:
    if len(parser._get_context().get("tags", ())) < MOST:
        _add(parser, term, scheme, label)
