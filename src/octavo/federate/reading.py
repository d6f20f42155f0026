"""What activities of other servers mean: JSON in, nouns out; who says it must own it, and nothing is looked up."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from octavo.domain.fediverse import RemoteActor
from octavo.errors import InputError
from octavo.federate.names import host_of

MOST_BYTES = 262_144
"""Of an activity, and of an actor's document."""

_DEEPEST = 32
_LONGEST_ADDRESS = 2_000
_LONGEST_HANDLE = 100
_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_SAID = frozenset({"Note", "Article", "Page", "Question"})
_ACTORS = frozenset({"Person", "Service", "Application", "Group", "Organization"})

Json = Mapping[str, Any]


class Deed(StrEnum):
    """What somebody at another server does."""

    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    REPLY = "reply"
    EDIT = "edit"
    DELETE = "delete"
    """One thing they said."""
    LEAVE = "leave"
    """Their account is gone."""
    CHANGE = "change"
    """Their account changed."""
    OTHER = "other"
    """Nothing that is of use here, such as a like."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote: `html` as they sent it, under a warning if they gave one; what it answers."""

    address: str
    answers: str
    html: str
    page: str = ""
    warning: str = ""
    public: bool = True


@dataclass(frozen=True, slots=True)
class Heard:
    """An activity: who does what to what. `object` is an address; `said` what was written, where something was."""

    deed: Deed
    id: str
    actor: str
    object: str = ""
    said: Said | None = None


def parse(body: bytes) -> Json:
    """Read JSON within bounds. Raises InputError."""
    if len(body) > MOST_BYTES:
        raise InputError("this is more than an activity may hold")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError("this is no JSON") from error
    if not isinstance(found, dict) or _depth(found) > _DEEPEST:
        raise InputError("this is no activity")
    return found


def activity(data: Json) -> Heard:
    """Say what an activity means. Raises InputError for one that names nobody, or speaks for another server."""
    who, number = _address(data.get("actor")), _address(data.get("id"))
    if not who:
        raise InputError("an activity says who does it")
    if number and host_of(number) != host_of(who):
        raise InputError("an activity lies at the server of who does it")
    inner = data.get("object")
    within: Json = inner if isinstance(inner, dict) else {}
    about = _address(inner)
    deed, said = _meaning(data, within, who, about)
    if deed is Deed.UNFOLLOW and _type(within) == "Follow":
        about = _address(within.get("object"))
    return Heard(deed, number, who, about, said)


def _meaning(data: Json, within: Json, who: str, about: str) -> tuple[Deed, Said | None]:
    """Say what is done, and what was written."""
    kind, inner = _type(data), _type(within)
    if kind in ("Create", "Update") and inner in _SAID and _owned(within, who):
        return (Deed.REPLY if kind == "Create" else Deed.EDIT), _said(within, data)
    if kind == "Update" and inner in _ACTORS and about == who:
        return Deed.CHANGE, None
    if kind == "Undo" and (inner == "Follow" or (about and not inner)):
        return Deed.UNFOLLOW, None  # by what was followed, or by the address of what is undone
    if kind == "Delete" and about and host_of(about) == host_of(who):
        return (Deed.LEAVE if about == who else Deed.DELETE), None
    return {"Follow": Deed.FOLLOW, "Block": Deed.UNFOLLOW}.get(kind, Deed.OTHER), None


def actor(data: Json, address: str, now: datetime) -> RemoteActor:
    """Read an actor's document as it was found at `address`. Raises InputError for one that is not its own.

    Its inboxes lie at its own server: nobody can have us send to somebody else.
    """
    key = data.get("publicKey")
    key = key if isinstance(key, dict) else {}
    endpoints = data.get("endpoints")
    host, inbox = host_of(address), _address(data.get("inbox"))
    shared = _address(endpoints.get("sharedInbox")) if isinstance(endpoints, dict) else ""
    key_id, pem = _address(key.get("id")), key.get("publicKeyPem")
    if _address(data.get("id")) != address or _type(data) not in _ACTORS:
        raise InputError("this is not the actor that was looked for")
    if not isinstance(pem, str) or len(pem) > 8_000 or key.get("owner", address) != address:
        raise InputError("this actor has no key of its own")
    if any(host_of(one) != host for one in (inbox, key_id)):
        raise InputError("the inbox and the key of an actor lie at its own server")
    return RemoteActor(
        address=address,
        host=host,
        handle=_handle(data.get("preferredUsername")),
        inbox=inbox,
        key_id=key_id,
        key=pem,
        fetched_at=now,
        shared_inbox=shared if host_of(shared) == host else "",
        page=_page(data.get("url"), host),
        known_at=now,
    )


def _said(note: Json, around: Json) -> Said:
    told = {one for data in (note, around) for name in ("to", "cc") for one in _list(data.get(name))}
    content = note.get("content")
    if not isinstance(content, str):
        texts = note.get("contentMap")
        content = next((one for one in texts.values() if isinstance(one, str)), "") if isinstance(texts, dict) else ""
    warning = note.get("summary")
    return Said(
        address=_address(note.get("id")),
        answers=_address(note.get("inReplyTo")),
        html=content,
        page=_page(note.get("url"), host_of(_address(note.get("id")))),
        warning=warning if isinstance(warning, str) else "",
        public=bool(told & _PUBLIC),
    )


def _owned(note: Json, who: str) -> bool:
    """Tell whether what was written is by who sends it, and lies at their server."""
    by = _list(note.get("attributedTo"))
    return by == [who] and host_of(_address(note.get("id"))) == host_of(who)


def _type(data: Json) -> str:
    """Name what an object is; "" for none, and for several: a list is no name, and cannot be looked up as one."""
    said = data.get("type")
    return said if isinstance(said, str) else ""


def _list(value: Any) -> list[str]:
    found = [_address(one) or one for one in value] if isinstance(value, list) else [_address(value) or value]
    return [one for one in found[:1_000] if isinstance(one, str)]


def _address(value: Any) -> str:
    """Give the address a value is or has; "" for none of the web."""
    found = value.get("id") if isinstance(value, dict) else value
    fits = isinstance(found, str) and len(found) <= _LONGEST_ADDRESS and found.isprintable() and " " not in found
    return found if fits and isinstance(found, str) and host_of(found) else ""


def _page(value: Any, host: str) -> str:
    """Give the page people look at something on, where it lies at the same server."""
    some: Sequence[Any] = value if isinstance(value, list) else [value]
    found = [_address(one.get("href") if isinstance(one, dict) else one) for one in some[:10]]
    return next((one for one in found if one and host_of(one) == host), "")


def _handle(value: Any) -> str:
    fits = isinstance(value, str) and 0 < len(value) <= _LONGEST_HANDLE
    kept = "".join(one for one in value if one.isalnum() or one in "._-") if fits else ""
    return kept or "somebody"


def _depth(value: Any) -> int:
    """Count how deep lists and dictionaries lie in one another, without going deeper than is allowed."""
    level, deep = [value], 0
    while level and deep <= _DEEPEST:
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        deep += 1
    return deep
