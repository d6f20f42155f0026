"""What the generated client stands on: requests, ETags, problems, pages of lists. Python's own library alone."""

import json
import types
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, ParamSpec, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import quote, urlencode, urlsplit

T = TypeVar("T")
Item = TypeVar("Item", covariant=True)
P = ParamSpec("P")

_KEPT = 256
"""Answers that are remembered to be asked for again by ETag."""


class Page(Protocol[Item]):
    """A page of a list."""

    @property
    def items(self) -> Sequence[Item]:
        """What is on it."""
        ...

    @property
    def next(self) -> str | None:
        """The cursor of the page after it; None on the last."""
        ...


class ProblemError(Exception):
    """What the API says is wrong (RFC 9457)."""

    def __init__(self, status: int, title: str, detail: str, type: str, retry_after: float) -> None:  # noqa: A002
        super().__init__(f"{status} {title}: {detail}" if detail else f"{status} {title}")
        self.status = status
        self.title = title
        self.detail = detail
        self.type = type
        self.retry_after = retry_after
        """Seconds after which to ask again; 0 where nobody said."""


@dataclass
class Connection:
    """An instance of Octavo, and whose token is sent along; what was asked before is asked for by its ETag."""

    origin: str
    token: str = ""
    timeout: float = 30.0
    agent: str = "octavo-client"

    def __post_init__(self) -> None:
        """Refuse what is no address of the web."""
        if urlsplit(self.origin).scheme not in ("http", "https"):
            raise ValueError(f"{self.origin!r} is no address of the web")
        self.origin = self.origin.rstrip("/")
        self._held: dict[str, tuple[str, Any]] = {}

    def every(self, ask: Callable[P, Page[T]], *given: P.args, **named: P.kwargs) -> Iterator[T]:
        """Go through all pages of a list: `for article in paper.every(paper.list_articles, language="de")`."""
        cursor: str | None = str(named.get("cursor") or "")
        while cursor is not None:
            page = ask(*given, **named | {"cursor": cursor} if cursor else named)  # type: ignore[arg-type]
            yield from page.items
            cursor = page.next

    def read(self, kind: type[T], path: str, names: Mapping[str, str], query: Mapping[str, Any]) -> T:
        """Ask for something. Raises ProblemError, and OSError where nobody answers."""
        found: T = decoded(kind, self._asked("GET", self._address(path, names, query), None))
        return found

    def send(
        self, kind: type[T], method: str, path: str, names: Mapping[str, str], query: Mapping[str, Any], body: Any
    ) -> T:
        """Send something, and read what became of it. Raises ProblemError, and OSError where nobody answers."""
        found: T = decoded(kind, self._asked(method, self._address(path, names, query), encoded(body)))
        return found

    def change(
        self, method: str, path: str, names: Mapping[str, str], query: Mapping[str, Any], body: Any = None
    ) -> None:
        """Change something of one's own. Raises ProblemError, and OSError where nobody answers."""
        self._asked(method, self._address(path, names, query), encoded(body))

    def _address(self, path: str, names: Mapping[str, str], query: Mapping[str, Any]) -> str:
        filled = path.format(**{name: quote(value, safe="") for name, value in names.items()})
        asked = {name: _said(value) for name, value in query.items() if value not in ("", None)}
        return f"{self.origin}{filled}?{urlencode(asked)}" if asked else f"{self.origin}{filled}"

    def _asked(self, method: str, address: str, body: Any) -> Any:
        headers = {"accept": "application/json", "user-agent": self.agent}
        held = self._held.get(address) if method == "GET" else None
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        if held:
            headers["if-none-match"] = held[0]
        sent = None
        if body is not None:
            headers["content-type"] = "application/json"
            sent = json.dumps(body).encode()
        request = urllib.request.Request(address, data=sent, headers=headers, method=method)  # noqa: S310
        try:
            with _opener().open(request, timeout=self.timeout) as answer:
                text = answer.read()
                found = json.loads(text) if text else None
                if method == "GET" and answer.headers.get("etag"):
                    self._remember(address, answer.headers["etag"], found)
                return found
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 304 and held:
                    return held[1]
                raise _problem(error) from None

    def _remember(self, address: str, etag: str, found: Any) -> None:
        self._held[address] = (etag, found)
        while len(self._held) > _KEPT:
            del self._held[next(iter(self._held))]


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a token goes to nobody else."""

    def redirect_request(self, *_: Any) -> None:
        """Stay."""


@cache
def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_Stay)


def _problem(error: urllib.error.HTTPError) -> ProblemError:
    try:
        told = json.loads(error.read())
    except ValueError:
        told = {}
    told = told if isinstance(told, dict) else {}
    after = error.headers.get("retry-after", "")
    return ProblemError(
        error.code,
        str(told.get("title", error.reason)),
        str(told.get("detail", "")),
        str(told.get("type", "about:blank")),
        float(after) if after.isdigit() else 0.0,
    )


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def encoded(value: Any) -> Any:
    """Write what is sent as JSON can hold it."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def decoded(kind: Any, value: Any) -> Any:
    """Read JSON as what it is declared to be; fields that are not known are left out."""
    if kind is Any or value is None:
        return value
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        known = {one.name for one in fields(kind)}
        return kind(**{name: decoded(hints[name], one) for name, one in value.items() if name in known})
    origin = get_origin(kind)
    if origin is list:
        return [decoded(get_args(kind)[0], one) for one in value]
    if origin is dict:
        return {name: decoded(get_args(kind)[1], one) for name, one in value.items()}
    if origin in (Union, types.UnionType):
        return decoded(next(one for one in get_args(kind) if one is not type(None)), value)
    if origin is Literal:
        return value
    if kind is datetime or kind is date:
        return kind.fromisoformat(value)
    return kind(value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
