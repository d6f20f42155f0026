"""What editors decide on other servers, the key of this instance, and taking in what other servers send."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from octavo.accounts.permissions import Act, demand
from octavo.actions.audit import record, short_note
from octavo.domain.account import Person
from octavo.domain.comment import CommentState
from octavo.domain.fediverse import Arrival, KeyPair, Known, Stance
from octavo.errors import InputError, NoRoom
from octavo.federate import names, reading, signatures
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import (
    comment_origins,
    comments,
    facts,
    fediverse,
    fediverse_hosts,
    fediverse_inbox,
    fediverse_outbox,
    moderation,
)
from octavo.store import fediverse_posts as posts

MOST_WAITING = 20_000
"""Activities that wait to be looked at; more are asked to come later."""

KEPT = ("signature", "host", "date", "digest", "content-type", "content-length", "user-agent")
"""Fields of a request that may have been signed."""

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::\d{1,5})?")
_PUBLIC_KEY, _PRIVATE_KEY = "public", "private"


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the fediverse: followers by actor, servers by followers, what is decided, what waits."""

    followers: Mapping[str, int]
    hosts: Mapping[str, int]
    known: tuple[Known, ...]
    posts: int
    to_send: int
    to_look_at: int


def public_key(read: Read) -> str:
    """Give the public key of this instance's actors; "" before the worker made it."""
    pair = keys(read)
    return pair.public if pair else ""


def keys(read: Read) -> KeyPair | None:
    """Give the key pair of this instance's actors."""
    kept = facts.get(read, facts.FEDIVERSE_KEYS)
    said = json.loads(kept) if kept else None
    return KeyPair(said[_PRIVATE_KEY], said[_PUBLIC_KEY]) if said else None


def keep_keys(tools: Tools, pair: KeyPair) -> None:
    """Keep the key pair, unless there is one: other servers know the actors by it."""
    with tools.database.transaction() as tx:
        if keys(tx) is None:
            facts.set(tx, facts.FEDIVERSE_KEYS, json.dumps({_PRIVATE_KEY: pair.private, _PUBLIC_KEY: pair.public}))


def receive(tools: Tools, path: str, fields: Mapping[str, str], body: bytes) -> bool:
    """Take in an activity to be looked at by the worker; False for one that came before, or that nobody here wants.

    What needs no key is checked at once: date, digest, that the key lies at the server of who speaks.
    Raises InputError, NotAllowed, NoRoom.
    """
    now = tools.now()
    heard = reading.activity(reading.parse(body))
    signed = signatures.read(fields.get("signature", ""))
    signatures.check_date(fields.get("date", ""), now)
    signatures.check_digest(fields.get("digest", ""), body)
    host = names.host_of(heard.actor)
    signatures.check_speaker(signed, heard.actor, plain=_plain(tools))
    if heard.deed is reading.Deed.OTHER:
        return False
    kept = {name: fields[name] for name in KEPT if name in fields}
    number = heard.id or hashlib.sha256(body).hexdigest()
    with tools.database.transaction() as tx:
        if fediverse_hosts.get(tx, host).stance is Stance.BLOCKED:
            return False
        if heard.deed is reading.Deed.LEAVE and fediverse.get(tx, heard.actor) is None:
            return False  # servers tell everybody of every account that goes
        if fediverse_inbox.waiting(tx) >= MOST_WAITING:
            raise NoRoom("too much waits to be looked at: come again later")
        key = f"{heard.actor} {heard.deed} {number}"
        return fediverse_inbox.add(tx, Arrival(key, path, body, now, kept))


def may_ask(tools: Tools, address: str) -> bool:
    """Tell whether an address that came from elsewhere may be asked: by https, unless networks are named to try it."""
    return signatures.is_spoken_with(address, plain=_plain(tools))


def _plain(tools: Tools) -> bool:
    return bool(tools.settings.fediverse.allow_networks)


def decide(tools: Tools, person: Person | None, host: str, stance: Stance, note: str = "") -> Known:
    """Block or allow a server, or take that back. Who is blocked follows nothing here any more, and what waits of
    theirs for a moderator is removed. Raises SignInRequired, NotAllowed, InputError."""
    who, said = demand(person, Act.EDIT_RULES), short_note(note)
    name = host.strip().lower().removeprefix("https://").rstrip("/")
    if not _HOST.fullmatch(name):
        raise InputError("a host is a name such as spam.example")
    act = {Stance.BLOCKED: "server blocked", Stance.ALLOWED: "server allowed", Stance.NONE: "server as any other"}
    with tools.database.transaction() as tx:
        comments.begin(tx)
        fediverse_hosts.decide(tx, name, stance, said)
        if stance is Stance.BLOCKED:
            fediverse.drop_host(tx, name)
            fediverse_outbox.drop_host(tx, name)
            waiting = comment_origins.held_of_host(tx, name)
            comments.set_state(tx, waiting, CommentState.REMOVED)
            moderation.settle(tx, waiting, tools.now())
        record(tx, who, act[stance], f"server/{name}", said, tools.now())
        return fediverse_hosts.get(tx, name)


def standing(tools: Tools, person: Person | None, read: Read) -> Standing:
    """Tell how it stands. Raises SignInRequired, NotAllowed."""
    demand(person, Act.SEE_DESK)
    return Standing(
        followers=fediverse.counts(read),
        hosts=fediverse.hosts(read),
        known=tuple(fediverse_hosts.every(read)),
        posts=posts.count(read),
        to_send=fediverse_outbox.waiting(read).count,
        to_look_at=fediverse_inbox.waiting(read),
    )


FORGOTTEN_AFTER = timedelta(days=30)
"""How long actors that follow nothing, and activities that were looked at, are known."""

POSTS_KNOWN = timedelta(days=365)


def tidy(tools: Tools) -> None:
    """Forget who is no longer heard of, and what was looked at long ago."""
    now = tools.now()
    with tools.database.transaction() as tx:
        fediverse.forget_idle(tx, now - FORGOTTEN_AFTER)
        fediverse_inbox.forget_before(tx, now - FORGOTTEN_AFTER)
        fediverse_outbox.drop_late(tx, now)
        posts.forget_before(tx, now - POSTS_KNOWN)
