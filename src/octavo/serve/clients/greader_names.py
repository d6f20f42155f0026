"""Names in Google Reader's API: of streams, of states, of items; every form in which clients send them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from octavo.domain.ids import ArticleId
from octavo.serve.clients.shelf import Shelf, Source
from octavo.serve.clients.streams import Stream
from octavo.text.inert import inert

STATE = "user/-/state/com.google/"
LABEL = "user/-/label/"
READ = f"{STATE}read"
STARRED = f"{STATE}starred"
KEPT_UNREAD = f"{STATE}kept-unread"
READING_LIST = f"{STATE}reading-list"
_ITEM = "tag:google.com,2005:reader/item/"
_USER = re.compile(r"^user/[^/]+/")
_HEX = re.compile(r"[0-9a-f]{1,16}", re.ASCII | re.IGNORECASE)
_EPOCH = datetime.fromtimestamp(0, UTC)
_LEAST = 13
"""Digits of our numbers as hexadecimal ones; as decimal ones they have 16."""


def item_name(article: ArticleId) -> str:
    """Name an item in full."""
    return f"{_ITEM}{article:016x}"


def item_number(said: str) -> ArticleId | None:
    """Read an item's name: in full, sixteen or fewer hexadecimal digits, or a decimal number; None for no item."""
    text = said.strip()
    short = text.removeprefix(_ITEM)
    if not _HEX.fullmatch(short):
        return None
    plain = short.isdecimal()
    hexadecimal = short != text or not plain or (len(short) == 16 and short[0] == "0") or len(short) == _LEAST
    number = int(short, 16) if hexadecimal else int(short)
    return ArticleId(number) if 0 < number < 2**53 else None


def item_numbers(said: Iterable[str]) -> list[ArticleId]:
    """Read the names of many; what names no item is left out."""
    found = (item_number(one) for one in said)
    return list(dict.fromkeys(one for one in found if one is not None))


def tidy(name: str) -> str:
    """Write the name of a stream or state as it is written here: whosever it is, and however it was escaped."""
    text = unquote(name) if "%2f" in name.lower() else name
    text = _USER.sub("user/-/", text.strip())
    while text.startswith("feed/feed/"):
        text = text.removeprefix("feed/")
    return text


def stream_of(shelf: Shelf, name: str) -> Stream:
    """Find the stream of a name; one that is unknown here holds nothing."""
    text = tidy(name) or READING_LIST
    if text in (READING_LIST, READ, KEPT_UNREAD, f"{STATE}tracking-kept-unread", f"{STATE}fresh"):
        return Stream()
    if text == STARRED:
        return Stream(starred_only=True)
    if text.startswith("feed/"):
        found = source_of(shelf, text)
        return Stream((found,)) if found else Stream(nothing=True)
    if text.startswith(LABEL):
        return _labelled(shelf, text.removeprefix(LABEL))
    return Stream(nothing=True)


def source_of(shelf: Shelf, name: str) -> Source | None:
    """Find a feed by its stream's name: with its number, or its address."""
    key = tidy(name).removeprefix("feed/")
    if key.isascii() and key.isdecimal() and len(key) < 16:
        return shelf.by_number.get(int(key))
    wanted = {key, key.replace(":/", "://", 1) if "://" not in key else key}
    return next((one for one in shelf.sources if one.url in wanted), None)


def _labelled(shelf: Shelf, label: str) -> Stream:
    if inert(label) in shelf.folders:
        return Stream(tuple(shelf.within(inert(label))))
    topic = next((one for one, name in shelf.sections.items() if name == label), "")
    hashtag = next((one for one, name in shelf.hashtags.items() if name == label), "")
    return Stream(topic=topic, hashtag=hashtag, nothing=not topic and not hashtag)


def moment(said: str) -> datetime | None:
    """Read a moment in seconds, or thousandths, millionths or billionths of them; None for none."""
    micros, _ = _micros(said)
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)


def up_to(said: str) -> datetime | None:
    """Read a moment up to which something is meant: all of the second, or thousandth of one, that is named.

    Apps name the moment an article came in as they were told it, cut to their own unit.
    """
    micros, unit = _micros(said)
    return None if micros is None else _EPOCH + timedelta(microseconds=micros + unit - 1)


def _micros(said: str) -> tuple[int | None, int]:
    """Read a moment as millionths of seconds, and how many of them the unit it was given in has."""
    if not (said.isascii() and said.isdecimal() and len(said) < 21):
        return None, 1
    number = int(said)
    for most, unit in ((10**11, 10**6), (10**14, 10**3), (10**17, 1)):
        if number < most:
            return number * unit, unit
    return number // 1_000, 1
