"""What pages ask of notifications: JSON from this site's own pages in, a word out. Nothing else here takes a POST."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.actions import push
from octavo.domain.edition import EditionPlan
from octavo.domain.ids import EditionKey, SessionId, StoryId
from octavo.domain.notification import Why
from octavo.domain.push import Follow, NoticeKind, Quiet, Subscription, Wishes
from octavo.errors import InputError, OctavoError
from octavo.serve import readers
from octavo.serve.allowance import Allowance, reader_at
from octavo.serve.bodies import is_own, read_body
from octavo.serve.errors import headers_of, status_of
from octavo.serve.here import Here
from octavo.serve.reasons import says
from octavo.serve.site import Site
from octavo.text.slugs import read_short_id

MOST_BYTES = 65_536
"""Of a request's body."""

_DAY = 24 * 60


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Keys(_Given):
    p256dh: str = Field(max_length=100)
    auth: str = Field(max_length=40)


class _Address(_Given):
    """A PushSubscription as its toJSON writes it (W3C Push API), and the key it was made with."""

    endpoint: str = Field(max_length=push.LONGEST_ENDPOINT)
    keys: _Keys
    server_key: str = Field(max_length=100)

    def noun(self, wishes: Wishes, words: Mapping[str, str]) -> Subscription:
        """Give the subscription."""
        return Subscription(self.endpoint, self.keys.p256dh, self.keys.auth, self.server_key, wishes, words)


class _Followed(_Given):
    kind: Literal["story", "hashtag", "place"]
    key: str = Field(min_length=1, max_length=120)
    name: str = Field(max_length=160)


class _Quiet(_Given):
    begin: int = Field(ge=0, lt=_DAY)
    end: int = Field(ge=0, lt=_DAY)


class _Subscribe(_Given):
    subscription: _Address
    edition: str = Field(max_length=20)
    breaking: int = Field(0, ge=0, le=100)
    within_h: Literal[1, 3, 6, 12, 24] = 6
    most_a_day: int = Field(10, ge=1, le=100)
    zone: str = Field("UTC", max_length=64)
    quiet: _Quiet | None = None
    follows: Annotated[tuple[_Followed, ...], Field(max_length=400)] = ()

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, said: str) -> str:
        try:
            ZoneInfo(said)
        except (ValueError, OSError, KeyError) as error:
            raise ValueError("no time zone of IANA") from error
        return said


class _Move(_Given):
    endpoint: str = Field(max_length=push.LONGEST_ENDPOINT)
    subscription: _Address


class _Named(_Given):
    endpoint: str = Field(max_length=push.LONGEST_ENDPOINT)


Act = Callable[[Site, bytes, SessionId | None], None]
"""Does what a page asks for, in a browser that is signed in by this session, if it is."""


def key(site: Site, request: Request) -> Response:
    """Answer with the key browsers subscribe with (RFC 8292 §4.1); "" while there is none."""
    with site.tools.database.read() as view:
        found = push.present_key(view) if site.tools.settings.push.on else ""
    return JSONResponse({"key": found}, headers={"cache-control": "no-store"})


async def answer(site: Site, allowance: Allowance, request: Request, *, act: Act) -> Response:
    """Do what a page of this site asks for; say no to everybody else's, to too much and to too often."""
    if not is_own(request.headers, site.origin):
        return _no(403, "only this site's own pages may ask for that")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return _no(415, "this takes JSON")
    body = await read_body(request, MOST_BYTES)
    if body is None:
        return _no(413, f"this takes {MOST_BYTES} bytes at most")
    host = request.client.host if request.client else ""
    try:
        allowance.take(reader_at(host, request.headers), site.tools.now())
        await run_in_threadpool(_do, site, request, act, body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return _no(422, f"{'.'.join(map(str, first['loc'])) or 'the body'}: {first['msg']}")
    except OctavoError as error:
        status = status_of(error)
        return _no(status, str(error) if status < 500 or status == 503 else "", headers_of(status, error))
    return Response(status_code=204, headers={"cache-control": "no-store"})


def _do(site: Site, request: Request, act: Act, body: bytes) -> None:
    token = readers.token_in(request.headers.get("cookie", ""), site.origin)
    with site.tools.database.read() as view:
        signed = readers.find(view, token, site.tools.now(), site.tools.settings.accounts.second_factor)
    act(site, body, signed.session.id if signed else None)


def _no(status: int, said: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"error": said}, status, headers={"cache-control": "no-store", **(headers or {})})


def subscribe(site: Site, body: bytes, session_id: SessionId | None) -> None:
    """Keep what a browser wants to be told. Raises InputError, NotFound, NoRoom, ValidationError."""
    said = _Subscribe.model_validate_json(body)
    plan = site.plans.get(EditionKey(said.edition))
    if plan is None:
        raise InputError("there is no such edition")
    push.subscribe(site.tools, said.subscription.noun(_wishes(said, plan), _words(site, plan)), session_id)


def move(site: Site, body: bytes, _: SessionId | None) -> None:
    """Take a browser's new address in place of the old one. Raises InputError, NotFound, ValidationError."""
    said = _Move.model_validate_json(body)
    push.move(site.tools, said.endpoint, said.subscription.noun(Wishes(EditionKey("")), {}))


def forget(site: Site, body: bytes, _: SessionId | None) -> None:
    """Forget a browser. Raises ValidationError."""
    push.forget(site.tools, _Named.model_validate_json(body).endpoint)


def test(site: Site, body: bytes, _: SessionId | None) -> None:
    """Have a test message sent. Raises NotFound, SlowDown, ValidationError."""
    push.ask_test(site.tools, _Named.model_validate_json(body).endpoint)


ACTS: Mapping[str, Act] = {"subscribe": subscribe, "move": move, "forget": forget, "test": test}


def _wishes(said: _Subscribe, plan: EditionPlan) -> Wishes:
    numbers = [read_short_id(one.key) for one in said.follows if one.kind == "story"]
    quiet = said.quiet
    return Wishes(
        edition=plan.key,
        languages=plan.languages or (plan.language,),
        breaking=said.breaking,
        within_h=said.within_h,
        most_a_day=said.most_a_day,
        zone=said.zone,
        quiet=Quiet(quiet.begin, quiet.end) if quiet and quiet.begin != quiet.end else None,
        stories=tuple(StoryId(one) for one in dict.fromkeys(numbers) if one is not None and one < 2**62),
        follows=tuple(_follows(said)),
    )


def _follows(said: _Subscribe) -> list[Follow]:
    found: dict[tuple[Any, str], Follow] = {}
    for one in said.follows:
        name = " ".join(one.name.split())
        if one.kind == "hashtag":
            found[(one.kind, one.key)] = Follow(NoticeKind.HASHTAG, one.key, name)
        elif one.kind == "place":
            found[(one.kind, one.key)] = Follow(NoticeKind.PLACE, f"place/{one.key}", name)
    return list(found.values())


def _words(site: Site, plan: EditionPlan) -> dict[str, str]:
    """Write what messages say in the edition's language, their {fields} left open: a worker knows no languages."""
    here: Here = site.here(plan, site.tools.now())
    return {
        "story": here.t("A new independent report. Independent reports so far: {n}"),
        "merged": here.t("The story you follow turned out to be part of this one."),
        "hashtag": here.t("A new story with #{name}"),
        "place": here.t("A new story about {name}"),
        "person": here.t("A new story about {name}"),
        "organisation": here.t("A new story about {name}"),
        "publisher": here.t("A new story from {name}"),
        "word": here.t("A new story with “{name}”"),
        "reply": here.t("{name} answered you"),
        "mention": here.t("{name} mentioned you"),
        "watched": here.t("A new comment in a discussion you watch"),
        "decision": here.t("Moderators decided on your comment"),
        "decision removed": says(here, Why.DECISION, "", 1, decision="removed"),
        "decision restored": says(here, Why.DECISION, "", 1, decision="restored"),
        "appeal upheld": says(here, Why.APPEAL, "", 1, decision="upheld"),
        "appeal denied": says(here, Why.APPEAL, "", 1, decision="denied"),
        "appeal": here.t("Your appeal was answered"),
        "list": here.t("{name} shared a list with you"),
        "breaking": here.t("Breaking. Independent reports: {n}"),
        "several": here.t("News for you: {n}"),
        "test_title": here.t("Notifications work"),
        "test": here.t("This is the test message you asked for."),
        "digits": here.language.digits("0123456789"),
    }
