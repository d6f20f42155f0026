"""Notifications, for readers without an account: subscribe, change, move, forget, try; the instance's keys."""

import base64
import binascii
import json
from datetime import timedelta

from octavo.domain.ids import SessionId
from octavo.domain.push import Notice, NoticeKind, ServerKeys, Subscription
from octavo.errors import InputError, NoRoom, NotFound, SlowDown
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import facts, notices, push

LONGEST_ENDPOINT = 2000

_POINT = 65  # bytes of a P-256 public key, uncompressed; the first is 4 (SEC 1 §2.3.3)
_SECRET = 16  # RFC 8291 §3.2
_TESTS = timedelta(minutes=1)


def key_pairs(read: Read) -> list[ServerKeys]:
    """Give every pair of keys in use, the present one first; none before the first was made."""
    return [ServerKeys(**one) for one in json.loads(facts.get(read, facts.PUSH_KEYS) or "[]")]


def present_key(read: Read) -> str:
    """Give the public key that browsers subscribe with now; "" before there is one."""
    pairs = key_pairs(read)
    return pairs[0].public if pairs else ""


def make_first_keys(tools: Tools) -> None:
    """Make the instance's keys, unless there are some."""
    with tools.database.read() as view:
        if key_pairs(view):
            return
    made = tools.pusher.make_keys()
    with tools.database.transaction() as tx:
        if not key_pairs(tx):
            _keep(tx, [made])


def rotate_keys(tools: Tools, *, forget: bool = False) -> int:
    """Make a new pair of keys. Browsers subscribed with an older one keep it until they come by, unless `forget`:
    then they are forgotten with it, and have to subscribe again. Gives how many were forgotten."""
    made = tools.pusher.make_keys()
    with tools.database.transaction() as tx:
        forgotten = push.remove_of_other_keys(tx, made.public) if forget else 0
        used = push.server_keys(tx)
        _keep(tx, [made, *(one for one in key_pairs(tx) if one.public in used)])
    return forgotten


def _keep(tx: Transaction, pairs: list[ServerKeys]) -> None:
    written = [{"public": one.public, "private": one.private} for one in pairs]
    facts.set(tx, facts.PUSH_KEYS, json.dumps(written))


def subscribe(tools: Tools, one: Subscription, session_id: SessionId | None = None) -> None:
    """Keep a subscription, or what its reader changed in it; `session_id` is the sign-in of its browser, which is told
    what its account is told until that ends. Raises InputError, NotFound where there are no notifications, and NoRoom
    when as many are subscribed as the instance takes."""
    settings = tools.settings.push
    _check(tools, one)
    wishes = one.wishes
    if len(wishes.stories) > settings.follows or len(wishes.follows) > settings.follows:
        raise InputError(f"no more than {settings.follows} stories, and hashtags and places, can be followed")
    with tools.database.transaction() as tx:
        _check_key(tx, one)
        if push.by_endpoint(tx, one.endpoint) is None and push.count(tx) >= settings.subscriptions:
            raise NoRoom("as many browsers are subscribed as this newspaper can notify")
        number = push.save(tx, one, tools.now(), session_id)
        notices.release(tx, number, tools.now())


def move(tools: Tools, endpoint: str, to: Subscription) -> None:
    """Give a subscription a new endpoint and new keys. Raises InputError, NotFound."""
    _check(tools, to)
    with tools.database.transaction() as tx:
        _check_key(tx, to)
        known = _known(tx, endpoint)
        if to.endpoint != endpoint:
            push.move(tx, known.id, to)


def forget(tools: Tools, endpoint: str) -> None:
    """Forget a subscription and all that is known of it; one that is not known is forgotten already."""
    with tools.database.transaction() as tx:
        known = push.by_endpoint(tx, endpoint)
        if known is not None:
            push.remove(tx, [known.id])


def ask_test(tools: Tools, endpoint: str) -> None:
    """Have a message sent that says that notifications arrive. Raises NotFound, SlowDown when one was asked for in the
    same minute."""
    now = tools.now()
    with tools.database.transaction() as tx:
        known = _known(tx, endpoint)
        dedupe = f"test {int(now.timestamp() // _TESTS.total_seconds())}"
        if notices.known(tx, [dedupe]) & {(known.id, dedupe)}:
            raise SlowDown("a test message is on its way")
        notices.add(tx, [Notice(known.id, NoticeKind.TEST, dedupe, now)])


def _known(tx: Transaction, endpoint: str) -> Subscription:
    known = push.by_endpoint(tx, endpoint)
    if known is None:
        raise NotFound("this browser is not subscribed")
    return known


def _check(tools: Tools, one: Subscription) -> None:
    if not tools.settings.push.on:
        raise NotFound("this newspaper sends no notifications")
    if len(one.endpoint) > LONGEST_ENDPOINT or not tools.pusher.takes(one.endpoint):
        raise InputError("messages cannot be sent to this address")
    point = _bytes(one.p256dh)
    if len(point) != _POINT or point[0] != 4 or len(_bytes(one.auth)) != _SECRET:
        raise InputError("these are not the keys of a subscription")


def _check_key(read: Read, one: Subscription) -> None:
    """A subscription that was made with a key nobody has could not be sent anything."""
    if one.server_key not in {pair.public for pair in key_pairs(read)}:
        raise InputError("this subscription was made with a key that is no longer in use")


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise InputError("a key is not base64url") from error
