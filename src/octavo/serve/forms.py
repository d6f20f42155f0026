"""What people send by forms: checked to come from this site's own pages and this session, then done, then led on.

A form is answered with 303 and the page to go to (RFC 9110 §15.4.4); what cannot be done shows the form again, with
what is wrong. Scripts that ask for JSON are told the same as JSON.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from urllib.parse import parse_qsl, quote, urlencode

import anyio
import structlog
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from octavo.accounts.tokens import is_form_token
from octavo.actions import signing
from octavo.domain.account import Person
from octavo.errors import InputError, NotAllowed, OctavoError, SignInRequired, SlowDown, VerifyAgain
from octavo.serve import answering, readers
from octavo.serve.allowance import reader_at
from octavo.serve.answering import Load
from octavo.serve.bodies import is_own, read_body, read_parts
from octavo.serve.errors import headers_of, status_of
from octavo.serve.readers import SignedIn
from octavo.serve.site import Site

log = structlog.get_logger()

MOST_BYTES = 2_000_000
"""Of a form's body: a list of subscriptions is the largest there is."""

_MOST_FIELDS = 1_000
_LONGEST_BACK = 400
_DIGITS = 17
"""Of the longest number: ids are below 2**53."""

_AT_ONCE = 6
"""Forms acted on at a time: each may take the memory of one password's hash, and one writer is at work at a time."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form that was sent, checked: by a page of this site, and in the session it came from.

    `names` are the parts of the path that vary; `network` names where the request came from, coarsely and hashed;
    `key` is what the outbox named it by, "" for none: the same key is the same deed.
    """

    site: Site
    person: Person | None
    names: Mapping[str, str]
    now: datetime
    network: str = ""
    key: str = ""
    device: str = ""
    token: str = ""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Give the first value of a field; "" when it was not sent."""
        found = self.values.get(name)
        return found[0] if found else ""

    def all(self, name: str) -> list[str]:
        """Give every value of a field."""
        return list(self.values.get(name, ()))

    @staticmethod
    def number(text: str) -> int:
        """Read a number of a field or of the path. Raises InputError for what is none."""
        if not text.isdecimal() or len(text) > _DIGITS:
            raise InputError("this is no number")
        return int(text)

    def back(self, otherwise: str = "") -> str:
        """Give the page to lead to afterwards, as the field `back` names it: whatever it says, inside the edition.

        `otherwise` is the page, inside the edition, for a form that does not say.
        """
        edition, said = self.names["edition"], self.get("back").strip().strip("/")
        rest = said.removeprefix(f"{edition}/") if said != edition else ""
        fits = len(rest) <= _LONGEST_BACK and rest.isprintable() and not set(rest) & {"\\", "#"}
        chosen = rest if said and fits and not rest.startswith("/") else otherwise
        return f"/{edition}/{chosen}".rstrip("/")

    def __contains__(self, name: str) -> bool:
        return name in self.values


@dataclass(frozen=True, slots=True)
class To:
    """The page to go to, by its path. `session` is one to begin (its token) or to end (""); None for neither."""

    path: str
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """A page shown in answer to the form, with its status; `data` is what scripts are told."""

    load: Load
    status: int = 200
    data: Mapping[str, object] = field(default_factory=dict)


Act = Callable[[Form], str | To | Again | Response]
"""Does what a form asks for. Raises OctavoError."""


@dataclass(frozen=True, slots=True)
class Post:
    """An address that takes a form: what it does, and the page that is shown again, where one is, when it cannot.

    `open` ones need no session, and so no token: they are what people sign in by.
    """

    path: str
    act: Act
    page: Load | None = None
    open: bool = False


def routes(site: Site, posts: Sequence[Post]) -> list[BaseRoute]:
    """List the addresses that take forms."""
    limiter = anyio.CapacityLimiter(_AT_ONCE)

    def taking(post: Post) -> Callable[[Request], Awaitable[Response]]:
        return partial(_answer, site, limiter, post)

    return [Route(one.path, taking(one), methods=["POST"]) for one in posts]


async def download(site: Site, request: Request, *, write: Callable[[Form], bytes]) -> Response:
    """Answer a form with a file of JSON for the one who sent it, and nobody else."""
    body = await read_body(request, MOST_BYTES) or b""
    values, _ = await _fields(request, body)

    def act(form: Form) -> Response:
        headers = {"cache-control": "no-store", "content-disposition": 'attachment; filename="octavo-export.json"'}
        return Response(write(form), headers=headers, media_type="application/json")

    return await anyio.to_thread.run_sync(_act, site, Post("", act), request, values, {})


async def _answer(site: Site, limiter: anyio.CapacityLimiter, post: Post, request: Request) -> Response:
    body = await read_body(request, MOST_BYTES)
    if body is None:
        raise InputError("this is more than a form may hold")
    values, files = await _fields(request, body)
    return await anyio.to_thread.run_sync(partial(_act, site, post, request, values, files), limiter=limiter)


async def _fields(request: Request, body: bytes) -> tuple[dict[str, list[str]], dict[str, bytes]]:
    """Read a form's fields, and the files in it. Raises InputError."""
    values: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        form = await read_parts(request, body, files=4, fields=_MOST_FIELDS)
        sent = form.multi_items()
        files = {name: await one.read() for name, one in sent if isinstance(one, UploadFile)}
        await form.close()
        for name, value in sent:
            if isinstance(value, str):
                values.setdefault(name, []).append(_clean(value))
        return values, files
    if kind not in ("application/x-www-form-urlencoded", ""):
        raise InputError("this takes a form")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise InputError("this is no form") from error
    for name, value in pairs:
        values.setdefault(name, []).append(_clean(value))
    return values, files


def _clean(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _act(
    site: Site, post: Post, request: Request, values: Mapping[str, list[str]], files: Mapping[str, bytes]
) -> Response:
    now, token = site.tools.now(), readers.token_in(request.headers.get("cookie", ""), site.origin)
    form = Form(site, None, dict(request.path_params), now, values=values, files=files)
    try:
        signed = _signed_in(site, token, now)
        if not is_own(request.headers, site.origin):
            raise NotAllowed("only this site's own pages may send this")
        if not post.open:
            _check_session(signed, form.get("token"))
        done = post.act(_whole(form, request, signed))
    except OctavoError as error:
        return _refused(site, post, request, form, error)
    with site.tools.database.read() as view:
        site.kept.heard.look(view)  # what was said, or removed, shows at once
    if isinstance(done, Response):
        return done
    if isinstance(done, Again):
        return _shown(site, done, request, form)
    to = done if isinstance(done, To) else To(done)
    response: Response = (
        JSONResponse({"path": to.path}, headers={"cache-control": "no-store"})
        if _wants_json(request)
        else RedirectResponse(quote(to.path, safe="/:@!$&'()*+,;=~%?#"), 303, {"cache-control": "no-store"})
    )
    if to.session is not None:
        hand_over(site, response, to.session, token)
    if post.open or to.session is not None or post.path.startswith("/{edition}/account"):
        log.info("account form taken", path=post.path, began=bool(to.session))
    return response


def hand_over(site: Site, response: Response, token: str, before: str) -> None:
    """Have a browser hold a session's token, or none (""); the session it held before is over."""
    if before and before != token:
        signing.leave_behind(site.tools, before)
    readers.set_cookie(response, site.origin, token, site.tools.settings.accounts.session_days)


def _signed_in(site: Site, token: str, now: datetime) -> SignedIn | None:
    with site.tools.database.read() as view:
        signed = readers.find(view, token, now, site.tools.settings.accounts.second_factor)
    if signed is not None and now - signed.session.seen_at >= signing.TOUCHED_AGAIN:
        signing.touch(site.tools, signed.session)
    return signed


def _check_session(signed: SignedIn | None, given: str) -> None:
    """Hold a form to the session it came from. Raises SignInRequired, NotAllowed."""
    if signed is None:
        raise SignInRequired("you are not signed in any more: sign in, then send it again")
    if not is_form_token(signed.token, given):
        raise NotAllowed("this page was too old, or not of this session: load it anew, then send it again")


def _whole(form: Form, request: Request, signed: SignedIn | None) -> Form:
    host = request.client.host if request.client else ""
    where = hashlib.sha256(reader_at(host, request.headers).encode()).hexdigest()[:24]
    return replace(
        form,
        person=signed.person if signed else None,
        token=signed.token if signed else "",
        network=where,
        key=request.headers.get("idempotency-key", "")[:80] or form.get("key")[:80],
        device=request.headers.get("user-agent", "")[:400],
    )


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _refused(site: Site, post: Post, request: Request, form: Form, error: OctavoError) -> Response:
    """Say what is wrong: on the form's own page where it has one."""
    status = status_of(error)
    if isinstance(error, VerifyAgain) and not _wants_json(request) and "edition" in form.names:
        asked = urlencode({"back": form.get("back") or request.url.path.partition("/")[2].partition("/")[2]})
        return RedirectResponse(f"/{form.names['edition']}/account/verify?{asked}", 303)
    if _wants_json(request):
        said = str(error) if status < 500 else ""
        return JSONResponse({"error": said}, status, headers_of(status, error))
    if post.page is None or status >= 500 or isinstance(error, SignInRequired):
        return answering.refused(site, request, error)
    return _shown(site, Again(post.page, status), request, form, error)


def _shown(site: Site, again: Again, request: Request, form: Form, error: OctavoError | None = None) -> Response:
    if _wants_json(request) and again.data:
        return JSONResponse(again.data, again.status, {"cache-control": "no-store"})
    given = {name: found[0] for name, found in form.values.items() if found and "password" not in name}
    response = answering.shown_again(site, request, load=again.load, given=given, error=error)
    response.status_code = again.status
    if isinstance(error, SlowDown):
        response.headers["retry-after"] = "60"
    return response
