"""fediverse_inbox -> followers, comments: what other servers sent is checked for who sent it, then done.

Looking at one activity asks one address at most, the one its sender lives at, and only where that is not known yet:
nothing that is sent here makes this instance ask anything else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import structlog

from octavo.actions import fediverse as actions
from octavo.actions import replies
from octavo.domain.fediverse import Arrival, Delivery, KeyPair, RemoteActor, Stance
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, OctavoError
from octavo.federate import keys, names, reading, signatures, writing
from octavo.federate.reading import Deed, Heard
from octavo.pipeline.deliver_fediverse import KEPT_FOR, written
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import fediverse, fediverse_hosts, fediverse_inbox, fediverse_outbox

log = structlog.get_logger()

AT_ONCE = 50
MOST_TRIES = 6
_FIRST_PAUSE = timedelta(minutes=1)
FRESH = timedelta(minutes=10)
"""How old what is known of an actor is before it is asked for again where a signature does not fit: keys change."""

_GONE = (404, 410)

Came = Literal["done", "later"]


@dataclass(frozen=True, slots=True)
class _Here:
    """This instance: its address, its key, and the time."""

    tools: Tools
    origin: str
    pair: KeyPair
    now: datetime


@dataclass(frozen=True, slots=True)
class _Read:
    """An activity, what its signature says, and the text that was signed."""

    heard: Heard
    signed: signatures.Signed
    text: bytes


Found = Mapping[str, RemoteActor | OctavoError]
"""What came of asking for actors, by their addresses."""


def hear_fediverse(tools: Tools) -> int:
    """Look at what came in; gives how many activities were looked at."""
    make_keys(tools)
    tools.postings.plans()  # brought in before a transaction needs it
    heard = 0
    while True:
        now = tools.now()
        with tools.database.read() as view:
            waiting = fediverse_inbox.due(view, now, AT_ONCE)
            pair = actions.keys(view)
        if not waiting or pair is None:
            return heard
        here = _Here(tools, origin_of(tools), pair, now)
        found = find_actors(tools, pair, _strangers(here, waiting), now)
        for one in waiting:
            _end(tools, one, _look(here, one, found), now)
        heard += len(waiting)


def _end(tools: Tools, one: Arrival, came: Came, now: datetime) -> None:
    with tools.database.transaction() as tx:
        if came == "later" and one.tries + 1 < MOST_TRIES:
            fediverse_inbox.later(tx, one.id, now + _FIRST_PAUSE * 2**one.tries)
        else:
            fediverse_inbox.end(tx, one.id, now)


def make_keys(tools: Tools) -> None:
    """Make the key of the actors here, unless there is one."""
    with tools.database.read() as view:
        known = actions.keys(view)
    if known is None:
        actions.keep_keys(tools, keys.make_pair())


def origin_of(tools: Tools) -> str:
    """Give this site's address, without a path."""
    return tools.settings.web.origin


def _read(here: _Here, one: Arrival) -> _Read:
    """Read an activity and what was signed. Raises InputError, NotAllowed."""
    heard = reading.activity(reading.parse(one.body))
    signed = signatures.read(one.fields.get("signature", ""))
    # Our own host, whatever the request said: what was sent to somebody else is not for us.
    said = {**one.fields, "host": names.host_of(here.origin)}
    return _Read(heard, signed, signatures.string("post", one.path, signed.fields, said))


def _strangers(here: _Here, waiting: Sequence[Arrival]) -> list[str]:
    """List the actors that have to be asked for before these activities can be looked at."""
    found: list[str] = []
    for one in waiting:
        try:
            read = _read(here, one)
        except OctavoError:
            continue  # said when it is looked at
        known = _known(here, read)
        if not _is_by(known, read) and _may_ask(here, known, read):
            found.append(read.heard.actor)
    return list(dict.fromkeys(found))


def _look(here: _Here, one: Arrival, found: Found) -> Came:
    """Look at one activity: is it signed by who speaks, and what is to be done."""
    try:
        read = _read(here, one)
        actor = _author(here, read, found)
        if actor is None:
            return "done"
        with here.tools.database.transaction() as tx:
            if fediverse_hosts.get(tx, actor.host).stance is not Stance.BLOCKED:
                _do(here, tx, actor, read.heard)
    except FetchError as error:
        log.info("sender not found", said=str(error))
        return "done" if error.status in _GONE else "later"
    except OctavoError as error:
        log.info("activity left alone", said=str(error))
    return "done"


def _known(here: _Here, read: _Read) -> RemoteActor | None:
    with here.tools.database.read() as view:
        return fediverse.get(view, read.heard.actor)


def _is_by(actor: RemoteActor | None, read: _Read) -> bool:
    signed = read.signed
    return (
        actor is not None and actor.key_id == signed.key_id and keys.is_signed(actor.key, read.text, signed.signature)
    )


def _may_ask(here: _Here, known: RemoteActor | None, read: _Read) -> bool:
    fresh = known is not None and here.now - known.fetched_at < FRESH
    return not fresh and read.heard.deed is not Deed.LEAVE


def _author(here: _Here, read: _Read, found: Found) -> RemoteActor | None:
    """Give who signed this: somebody known, or found where they live; None for nobody. Raises what was found wrong."""
    known = _known(here, read)
    if _is_by(known, read):
        return known
    told = found.get(read.heard.actor) if _may_ask(here, known, read) else None
    if isinstance(told, OctavoError):
        raise told
    if told is None or not _is_by(told, read):
        log.info("signature does not fit", actor=read.heard.actor)
        return None
    with here.tools.database.transaction() as tx:
        fediverse.save(tx, told)
        return fediverse.get(tx, read.heard.actor)


def find_actors(tools: Tools, pair: KeyPair, addresses: Iterable[str], now: datetime) -> Found:
    """Ask for the documents of actors, side by side: servers that say nothing hold nobody up but themselves."""
    asked = {id(request): (request, one) for one in addresses for request in [_request(tools, pair, one, now)]}
    found: dict[str, RemoteActor | OctavoError] = {}
    for request, answer in tools.strangers.fetch_all([request for request, _ in asked.values()]):
        address = asked[id(request)][1]
        try:
            found[address] = _actor_in(answer, address, now)
        except OctavoError as error:
            found[address] = error
    return found


def _request(tools: Tools, pair: KeyPair, address: str, now: datetime) -> Request:
    """Write the request of an actor's document, signed as some servers want it."""
    unsigned = signatures.prepare("get", address, None, now)
    name = next(iter(tools.postings.plans()), "")
    signature = signatures.field(
        names.key(origin_of(tools), name), unsigned.signed, keys.sign(pair.private, unsigned.text)
    )
    fields = (*(one for one in unsigned.fields if one[0] != "Host"), ("Signature", signature))
    return Request(
        address,
        accept=f"{writing.CONTENT}, {writing.MEDIA_TYPE}",
        max_bytes=reading.MOST_BYTES,
        prompt=True,
        fields=fields,
    )


def _actor_in(answer: Response | FetchError, address: str, now: datetime) -> RemoteActor:
    """Read an actor's document. Raises FetchError, InputError."""
    if isinstance(answer, FetchError):
        raise answer
    if names.host_of(answer.url) != names.host_of(address):
        raise FetchError("an actor's document was found at another server", url=address, status=404)
    return reading.actor(reading.parse(answer.body), address, now)


def _do(here: _Here, tx: Transaction, actor: RemoteActor, heard: Heard) -> None:
    """Do what somebody asks for, who is who they say they are."""
    match heard.deed:
        case Deed.FOLLOW:
            _follow(here, tx, actor, heard)
        case Deed.UNFOLLOW:
            name = names.actor_of(here.origin, heard.object)
            fediverse.unfollow(tx, actor.address, actor=name, by="" if name else heard.object)
        case Deed.REPLY if heard.said is not None:
            replies.take(here.tools, tx, here.origin, actor, heard.said, here.now)
        case Deed.EDIT if heard.said is not None:
            replies.reword(here.tools, tx, here.origin, actor, heard.said, here.now)
        case Deed.DELETE:
            replies.take_back(tx, actor, heard.object)
        case Deed.LEAVE:
            replies.take_all_back(tx, actor.address)
            fediverse.forget(tx, actor.address)
        case Deed.CHANGE:
            # Asked for again when a signature does not fit: nobody can have us ask by saying so.
            return
        case _:
            return


def _follow(here: _Here, tx: Transaction, actor: RemoteActor, heard: Heard) -> None:
    """Let somebody follow an actor here, and tell them so."""
    name = names.actor_of(here.origin, heard.object)
    if not name or not here.tools.postings.is_actor(tx, name) or not heard.id:
        return
    if fediverse.count(tx) >= here.tools.settings.fediverse.most_followers:
        log.warning("as many follow as may", actor=name)
        return
    fediverse.follow(tx, name, actor.address, heard.id, here.now)
    said = writing.accept(names.actor(here.origin, name), heard.id, actor.address)
    to = Delivery(actor.inbox, actor.host, name, written(said), here.now, here.now + KEPT_FOR)
    fediverse_outbox.add(tx, [to])
