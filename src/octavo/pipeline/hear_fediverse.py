"""fediverse_inbox -> followers, comments: what other servers sent is checked for who sent it, then done.

Looking at one activity asks one address at most, the one its sender lives at, and only where that is not known yet:
nothing that is sent here makes this instance ask anything else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import structlog

from octavo.actions import fediverse as actions
from octavo.actions import replies
from octavo.domain.fediverse import Arrival, Delivery, KeyPair, RemoteActor, Stance
from octavo.domain.web import Request
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
        for one in waiting:
            _end(tools, one, _look(here, one), now)
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


def _look(here: _Here, one: Arrival) -> Came:
    """Look at one activity: is it signed by who speaks, and what is to be done."""
    try:
        heard = reading.activity(reading.parse(one.body))
        signed = signatures.read(one.fields.get("signature", ""))
        # Our own host, whatever the request said: what was sent to somebody else is not for us.
        said = {**one.fields, "host": names.host_of(here.origin)}
        text = signatures.string("post", one.path, signed.fields, said)
        actor = _author(here, heard, signed, text)
        if actor is None:
            return "done"
        with here.tools.database.transaction() as tx:
            if fediverse_hosts.get(tx, actor.host).stance is not Stance.BLOCKED:
                _do(here, tx, actor, heard)
    except FetchError as error:
        log.info("sender not found", said=str(error))
        return "done" if error.status in _GONE else "later"
    except OctavoError as error:
        log.info("activity left alone", said=str(error))
    return "done"


def _author(here: _Here, heard: Heard, signed: signatures.Signed, text: bytes) -> RemoteActor | None:
    """Give who signed this, asking their server where they are not known, or may have another key; None for nobody."""
    with here.tools.database.read() as view:
        known = fediverse.get(view, heard.actor)
    if known is not None and known.key_id == signed.key_id and keys.is_signed(known.key, text, signed.signature):
        return known
    if (known is not None and here.now - known.fetched_at < FRESH) or heard.deed is Deed.LEAVE:
        log.info("signature does not fit", actor=heard.actor)
        return None
    found = fetch_actor(here.tools, here.pair, heard.actor, here.now)
    if found.key_id != signed.key_id or not keys.is_signed(found.key, text, signed.signature):
        log.info("signature does not fit", actor=heard.actor)
        return None
    with here.tools.database.transaction() as tx:
        fediverse.save(tx, found)
        return fediverse.get(tx, heard.actor)


def fetch_actor(tools: Tools, pair: KeyPair, address: str, now: datetime) -> RemoteActor:
    """Ask for an actor's document, signed as some servers want it; one request. Raises FetchError, InputError."""
    unsigned = signatures.prepare("get", address, None, now)
    name = next(iter(tools.postings.plans()), "")
    signature = signatures.field(
        names.key(origin_of(tools), name), unsigned.signed, keys.sign(pair.private, unsigned.text)
    )
    fields = (*(one for one in unsigned.fields if one[0] != "Host"), ("Signature", signature))
    asked = Request(
        address,
        accept=f"{writing.CONTENT}, {writing.MEDIA_TYPE}",
        max_bytes=reading.MOST_BYTES,
        prompt=True,
        fields=fields,
    )
    found = tools.strangers.fetch(asked)
    if names.host_of(found.url) != names.host_of(address):
        raise FetchError("an actor's document was found at another server", url=address, status=404)
    return reading.actor(reading.parse(found.body), address, now)


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
