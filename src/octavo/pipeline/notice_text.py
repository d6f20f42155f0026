"""A notice in words: what a browser shows, small enough to be sealed into one message."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from octavo.domain.ids import StoryId
from octavo.domain.push import Message, Notice, NoticeKind, Subscription
from octavo.store import starter
from octavo.text.slugs import short_id
from octavo.text.words import clip

Headlines = Mapping[StoryId, Sequence[tuple[str, str]]]
"""Each story's headlines with their languages, its own first."""

_LONGEST = 160
_LONGEST_LINE = 110
_LINES = 5
_MOST_BYTES = 3500
"""Of the text; 3993 would fit (RFC 8291 §4)."""

_HOUR = 3600
_TTL_S = {NoticeKind.BREAKING: 4 * _HOUR, NoticeKind.TEST: _HOUR // 6}
_DAY = 24 * _HOUR
_URGENCY: Mapping[NoticeKind, Literal["low", "normal", "high"]] = {
    NoticeKind.BREAKING: "high",
    NoticeKind.TEST: "high",
    NoticeKind.HASHTAG: "low",
    NoticeKind.PLACE: "low",
}
_WEIGHT = (NoticeKind.TEST, NoticeKind.BREAKING, NoticeKind.MERGED, NoticeKind.STORY, NoticeKind.HASHTAG)
"""What a story is mentioned for when several kinds of notice are about it: the first of these, else any."""


ABOUT_NO_STORY = frozenset(
    {
        NoticeKind.REPLY,
        NoticeKind.MENTION,
        NoticeKind.WATCHED,
        NoticeKind.DECISION,
        NoticeKind.APPEAL,
        NoticeKind.LIST,
    }
)


_ELSE = {"organisation": "person"}
"""Which words say it in a browser that was given its words before that could be followed."""


def message(to: Subscription, noted: Sequence[Notice], headlines: Headlines) -> Message | None:
    """Write one message of everything noted: a story in full, several as a list; None when nothing of it is kept.

    `id` in it stays the same when a crash has it sent again, so that the browser shows it once; the moment in it keeps
    ids apart that a restored backup gives out anew.
    """
    told = _one_each(noted, headlines)
    if not told:
        return None
    shown = _one(to, told[0], headlines) if len(told) == 1 else _several(to, told, headlines)
    topic = _topic("+".join(one.dedupe if one.kind in ABOUT_NO_STORY else str(one.story_id) for one in told))
    first = told[0] if len(told) == 1 else None
    urgency = _URGENCY.get(told[0].kind, "normal") if first or told[0].kind is NoticeKind.BREAKING else "normal"
    ttl_s = _TTL_S.get(first.kind, _DAY) if first else _DAY
    last = max(noted, key=lambda one: one.id)
    once = f"{last.id}.{last.at.timestamp():.0f}"
    return Message(to, _fitted(shown | {"tag": topic, "id": once}), topic, ttl_s, urgency)


def _one_each(noted: Sequence[Notice], headlines: Headlines) -> list[Notice]:
    """Choose one notice for each story, breaking news first, then the newest; what is about none stands for itself."""
    order = {kind: place for place, kind in enumerate(_WEIGHT)}
    best: dict[StoryId | str, Notice] = {}
    for one in sorted(noted, key=lambda one: (order.get(one.kind, len(order)), -one.id)):
        if one.kind in ABOUT_NO_STORY:
            best.setdefault(one.dedupe, one)
        elif one.kind is NoticeKind.TEST or one.story_id in headlines:
            best.setdefault(one.story_id, one)
    return list(best.values())


def _one(to: Subscription, one: Notice, headlines: Headlines) -> dict[str, Any]:
    edition = to.wishes.edition
    if one.kind is NoticeKind.TEST:
        path = f"/{edition}/notifications"
        return {"title": to.words.get("test_title", "Octavo"), "body": to.words.get("test", ""), "url": path}
    if one.kind in ABOUT_NO_STORY:
        path = f"/{edition}/{one.given.get('path', 'notices')}"
        return {
            "title": clip(_happened(to, one), _LONGEST) or "Octavo",
            "body": one.given.get("about", ""),
            "url": path,
        }
    language, headline = _headline(to, headlines[one.story_id])
    body = _filled(to, one.kind, n=one.n, name=one.name)
    path = f"/{edition}/story/{short_id(one.story_id)}"
    return {"title": clip(headline, _LONGEST), "body": body, "lang": language, "url": path}


def _several(to: Subscription, told: Sequence[Notice], headlines: Headlines) -> dict[str, Any]:
    lines = [clip(_line(to, one, headlines), _LONGEST_LINE) for one in told[:_LINES]]
    title = _filled(to, "several", n=len(told))
    path = f"/{to.wishes.edition}" + ("/notices" if to.account_id is not None else "")
    return {"title": title, "body": "\n".join(f"• {line}" for line in lines), "url": path}


def _line(to: Subscription, one: Notice, headlines: Headlines) -> str:
    if one.kind in ABOUT_NO_STORY:
        return _happened(to, one)
    return _headline(to, headlines[one.story_id])[1]


def _happened(to: Subscription, one: Notice) -> str:
    """Say what happened, with what moderators decided where the browser was given words for that."""
    kind = f"{one.kind} {one.given.get('decision', '')}"
    return _filled(to, kind if kind in to.words else one.kind, n=one.n, name=one.name)


def _headline(to: Subscription, said: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Choose the story's own headline, or, to readers of other languages, the newest they can read."""
    return next((one for one in said if starter.reads(to.wishes.languages, one[0])), said[0])


def _filled(to: Subscription, key: str, *, n: int = 0, name: str = "") -> str:
    """Write one of the edition's sentences with its digits and its name."""
    digits = to.words.get("digits", "")
    written = str(n).translate(str.maketrans("0123456789", digits)) if len(digits) == len("0123456789") else str(n)
    said = to.words.get(key) or to.words.get(_ELSE.get(key, ""), "")
    return said.replace("{n}", written).replace("{name}", name)


def _fitted(shown: Mapping[str, Any]) -> bytes:
    """Write JSON; a body too long for one message loses its end."""
    body = str(shown["body"])
    while True:
        text = json.dumps(dict(shown) | {"body": body}, ensure_ascii=False, separators=(",", ":")).encode()
        if len(text) <= _MOST_BYTES or not body:
            return text
        body = body[: len(body) * 3 // 4]


def _topic(named: str) -> str:
    """Name what a message is about in at most 32 letters of base64url (RFC 8030 §5.4)."""
    return base64.urlsafe_b64encode(hashlib.sha256(named.encode()).digest()[:18]).decode()
