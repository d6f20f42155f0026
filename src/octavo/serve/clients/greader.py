"""Google Reader's API, as FreshRSS and Miniflux answer it: every address, and who may ask."""

from collections.abc import Callable, Mapping
from functools import partial

import anyio
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from octavo.domain.account import Person
from octavo.errors import OctavoError, SignInRequired, SlowDown
from octavo.serve.clients import greader_read as read
from octavo.serve.clients import greader_write as write
from octavo.serve.clients.asked import Act, Asked, as_json, endpoint, said, turns
from octavo.serve.clients.door import Door
from octavo.serve.errors import status_of
from octavo.serve.site import Site

BASES = ("", "/api/greader.php", "/api/greader")

TOKEN_LENGTH = 57
"""Characters of the token that writing asks for: some clients count them."""

_BAD_TOKEN = {"google-bad-token": "true", "x-reader-google-bad-token": "true"}
"""Without these clients never ask for a new token."""

_SCHEME = "googlelogin"

Answer = Callable[[Asked, Person], Response]


def _empty(asked: Asked, person: Person, *, told: object) -> Response:
    return as_json(asked, told)


READS: Mapping[str, Answer] = {
    "user-info": read.user_info,
    "subscription/list": read.subscriptions,
    "subscription/export": read.export,
    "tag/list": read.tags,
    "unread-count": read.unread,
    "stream/items/ids": read.ids,
    "stream/items/count": read.count,
    "stream/items/contents": read.chosen,
    "preference/list": partial(_empty, told={"prefs": []}),
    "preference/stream/list": partial(_empty, told={"streamprefs": {}}),
    "friend/list": partial(_empty, told={"friends": []}),
}

WRITES: Mapping[str, Answer] = {
    "subscription/edit": write.edit,
    "subscription/quickadd": write.quick_add,
    "subscription/import": write.bring,
    "rename-tag": write.rename_tag,
    "disable-tag": write.disable_tag,
    "edit-tag": write.edit_tag,
    "mark-all-as-read": write.mark_all,
}


def routes(site: Site) -> list[BaseRoute]:
    """List the addresses of the API."""
    door, limiter = Door(site), turns()
    return [one for base in BASES for one in _under(site, door, limiter, base)]


def _under(site: Site, door: Door, limiter: anyio.CapacityLimiter, base: str) -> list[BaseRoute]:
    kinds: dict[str, Act] = {
        "/accounts/ClientLogin": partial(_sign_in, door),
        "/reader/{rest:path}": partial(_answer, door),
        "/check/compatibility": _check,
    }
    if base:
        kinds[""] = _about
    else:
        del kinds["/check/compatibility"]
    return [Route(base + path, endpoint(site, limiter, act), methods=["GET", "POST"]) for path, act in kinds.items()]


def _about(asked: Asked) -> Response:
    return said("Google Reader's API of Octavo: enter this address in a reader app.")


def _check(asked: Asked) -> Response:
    """Tell whether the Authorization header comes through the proxies in between: some drop it."""
    arrived = "authorization" in asked.headers
    return said("PASS" if arrived else "FAIL: the Authorization header does not come through")


def _sign_in(door: Door, asked: Asked) -> Response:
    token = asked.get("Passwd").strip()
    try:
        door.by_name(asked, asked.get("Email"), token)
    except OctavoError as error:
        return _refused(error)
    if asked.get("output") == "json":
        return as_json(asked, {"SID": token, "LSID": "null", "Auth": token})
    return said(f"SID={token}\nLSID=null\nAuth={token}\n")


def _answer(door: Door, asked: Asked) -> Response:
    try:
        token = _token(asked)
        if not token:
            raise SignInRequired("send the token of a sign-in")
        return _done(asked, door.by_token(asked, token), token)
    except OctavoError as error:
        return _refused(error)


def _token(asked: Asked) -> str:
    """Read who asks: from the header, or from the field that guards what is written; clients send one or both."""
    kind, _, told = asked.headers.get("authorization", "").partition(" ")
    if kind.lower() == _SCHEME:
        return told.strip().removeprefix("auth=").strip()
    if kind.lower() == "bearer":
        return told.strip()
    return _unpadded(asked.get("T"))


def padded(token: str) -> str:
    """Write a token as long as clients expect one."""
    return token + "." * max(0, TOKEN_LENGTH - len(token))


def _unpadded(token: str) -> str:
    return token.strip().rstrip(".")


def _done(asked: Asked, person: Person, token: str) -> Response:
    rest = asked.rest
    if rest.startswith("atom/"):
        return read.atom(asked, person, rest.removeprefix("atom/"))
    name = rest.removeprefix("api/0/")
    if name == "token":
        return said(padded(token))
    if name.startswith("stream/contents"):
        return read.contents(asked, person, name.removeprefix("stream/contents").lstrip("/"))
    if name in READS:
        return READS[name](asked, person)
    if name in WRITES:
        return WRITES[name](asked, person) if asked.method == "POST" else said("Error=PostOnly", 405)
    return as_json(asked, [])


def _refused(error: OctavoError) -> Response:
    if isinstance(error, SlowDown):
        return said("Error=TooManyTries", 429, {"retry-after": "3600"})
    if isinstance(error, SignInRequired):
        return said("Error=BadAuthentication", 401, _BAD_TOKEN)
    return said(str(error) if status_of(error) < 500 else "Error=Unavailable", status_of(error))
