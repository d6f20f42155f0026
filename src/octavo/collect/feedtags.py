"""What feedparser does with an entry's tags and people, in time that does not grow faster than the entry.

It compares each tag with all before it: a hundred thousand categories in one entry, or one list of keywords with as
many commas, took it minutes. It looks for an address in a name from each of its letters on: so did a name of a
megabyte, and ten thousand of two thousand letters.
"""

import re
from typing import Any

from feedparser.mixin import _FeedParserMixin as Mixin

from octavo.collect.fields import MAX_TAGS

MOST = 4 * MAX_TAGS
"""Some of them are the same once they are tidied."""

_ADDRESS = re.compile(
    r"(?<![a-zA-Z0-9_.+-])[a-zA-Z0-9_.+-]++@(?:\[\d{1,3}\.\d{1,3}\.\d{1,3}\.|(?:[a-zA-Z0-9-]++\.)+)"
    r"(?:[a-zA-Z]{2,4}|\d{1,3})\]?(?:\?subject=\S+)?"
)

_add = Mixin._add_tag
_sync = Mixin._sync_author_detail


def bound() -> None:
    """Have feedparser stop at that many tags, and read names once."""
    Mixin._add_tag = _add_one
    Mixin._sync_author_detail = _sync_one


def _add_one(parser: Any, term: Any, scheme: Any, label: Any) -> None:
    if len(parser._get_context().get("tags", ())) < MOST:
        _add(parser, term, scheme, label)


def _sync_one(parser: Any, key: str = "author") -> None:
    """Part the last name of an entry from the address that stands with it, as feedparser does."""
    context = parser._get_context()
    people, text = context.get(f"{key}s"), context.get(key)
    if (people and people[-1]) or not text:
        _sync(parser, key)
        return
    found = _ADDRESS.search(text)
    person = people[-1] if people else {}
    if found:
        person["email"] = found.group()
        text = text.replace(found.group(), "").replace("()", "").replace("<>", "").replace("&lt;&gt;", "").strip()
        text = text.removeprefix("(").removesuffix(")").strip()
    if text:
        person["name"] = text
