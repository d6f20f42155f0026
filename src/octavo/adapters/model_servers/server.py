"""One server of models, named in settings: sends JSON, gives the answer's bytes as they come (libcurl).

The address is the owner's and may be on this machine or network. Nothing that feeds, pages or readers say reaches it,
redirects are not followed, and no message repeats what the server said, or the key.
"""

import json
import re
import time
from collections import deque
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

import pycurl

from octavo.adapters.fetchers.answers import read_head
from octavo.adapters.fetchers.http import ca_bundle
from octavo.adapters.fetchers.loop import Loop
from octavo.errors import ModelBusy, ModelError, ModelRefused

BEAT_S = 1.0
"""Seconds after which an empty chunk says that nothing has come: the caller may want to stop."""

MOST_BYTES = 4_000_000
"""Bytes of one answer, wrapping included: a thousand tokens come in some 300,000."""

OK = 200
_MOST_OF_ERROR = 20_000
_GONE_S, _BUSY_S, _LONGEST_S = 15.0, 30.0, 600.0
_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_REFUSALS = frozenset({"content_filter", "content_policy_violation", "responsible_ai_policy_violation"})
_UNREACHABLE = frozenset({pycurl.E_COULDNT_CONNECT, pycurl.E_COULDNT_RESOLVE_HOST, pycurl.E_COULDNT_RESOLVE_PROXY})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a connection, for the first byte of an answer, for all of it."""

    connect_s: float = 5.0
    first_s: float = 60.0
    whole_s: float = 180.0


class ModelServer:
    """A server at `address` ("http://127.0.0.1:11434/v1"). Safe to use from many threads; keeps no connection."""

    def __init__(self, name: str, address: str, fields: Mapping[str, str], patience: Patience, proxy: str = "") -> None:
        self.name = name
        self.address = address.rstrip("/")
        self.patience = patience
        self.proxy = proxy
        self._fields = dict(fields)

    def __repr__(self) -> str:
        return f"ModelServer({self.name!r}, {self.address!r})"

    def stream(self, path: str, body: Mapping[str, Any]) -> Generator[bytes]:
        """Send `body` as JSON and give the answer's bytes; b"" each second in which none came.

        Closing the iterator ends the connection. Raises ModelError, ModelBusy or ModelRefused.
        """
        exchange = _Exchange(self, path, json.dumps(body, ensure_ascii=False).encode(), self._fields)
        try:
            yield from exchange.run()
        finally:
            exchange.close()

    def ask(self, path: str, body: Mapping[str, Any]) -> Any:
        """Send `body` as JSON and read the whole answer as JSON. Raises as `stream` does."""
        answer = b"".join(self.stream(path, body))
        try:
            return json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise ModelError(f"{self.name} answers with something that is not JSON") from error


class _Exchange:
    """One request and its answer."""

    def __init__(self, server: ModelServer, path: str, body: bytes, fields: Mapping[str, str]) -> None:
        self._server = server
        self._chunks: deque[bytes] = deque()
        self._lines: list[bytes] = []
        self._status = 0
        self._size = 0
        self._error_body = bytearray()
        self._loop: Loop[_Exchange] = Loop(1)
        self.curl = pycurl.Curl()
        curl = self.curl
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.FOLLOWLOCATION, 0)
        curl.setopt(pycurl.HTTP09_ALLOWED, 0)
        curl.setopt(pycurl.CAINFO, ca_bundle())
        curl.setopt(pycurl.NOPROXY, "")  # with an empty PROXY: the environment has no say
        curl.setopt(pycurl.PROXY, server.proxy)
        curl.setopt(pycurl.URL, server.address + path)
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, max(1, int(server.patience.connect_s * 1000)))
        curl.setopt(pycurl.POST, 1)
        curl.setopt(pycurl.POSTFIELDS, body)
        sent = {"Content-Type": "application/json", "User-Agent": "Octavo", "Expect": "", **fields}
        curl.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" if value else f"{name}:" for name, value in sent.items()])
        curl.setopt(pycurl.WRITEFUNCTION, self._write)
        curl.setopt(pycurl.HEADERFUNCTION, self._lines.append)

    def run(self) -> Generator[bytes]:
        """Give the answer's bytes as they come. Time is counted only while this side waits for the server."""
        patience, waited, first = self._server.patience, 0.0, True
        self._loop.add(self)
        ended: list[tuple[_Exchange, int, str]] = []
        beat = time.monotonic()
        while not ended:
            began = time.monotonic()
            most = min(patience.first_s, patience.whole_s) if first else patience.whole_s
            left = most - waited
            if left <= 0:
                what = "sent nothing" if first else "was not done"
                raise ModelError(f"{self._server.name} {what} within {most:g} s", wait_s=_GONE_S if first else 0.0)
            ended = self._loop.step(min(left, BEAT_S))
            waited += time.monotonic() - began
            while self._chunks:
                first = False
                beat = time.monotonic()
                yield self._chunks.popleft()
            if time.monotonic() - beat >= BEAT_S and not ended:
                beat = time.monotonic()
                yield b""
        self._judge(ended[0][1])

    def close(self) -> None:
        """End the connection."""
        self._loop.close()
        self.curl.close()

    def _write(self, data: bytes) -> int | None:
        if not self._status:
            self._status = read_head(self._lines)[0]
        if self._status != OK:
            self._error_body += data[: _MOST_OF_ERROR - len(self._error_body)]
            return None if len(self._error_body) < _MOST_OF_ERROR else 0
        self._size += len(data)
        if self._size > MOST_BYTES:
            return 0
        self._chunks.append(data)
        return None

    def _judge(self, code: int) -> None:
        """Say what went wrong, if anything did, in our own words: the server's may hold anything, and are not shown."""
        name = self._server.name
        status, fields = read_head(self._lines)
        if self._size > MOST_BYTES:
            raise ModelError(f"{name} sends more than an answer")
        if status not in (0, OK):
            raise self._refusal(status, fields)
        if code in _UNREACHABLE:
            raise ModelError(f"{name} cannot be reached at {self._server.address}", wait_s=_GONE_S)
        if code == pycurl.E_OPERATION_TIMEDOUT:
            raise ModelError(f"{name} did not take the connection within {self._server.patience.connect_s:g} s",
                             wait_s=_GONE_S)  # fmt: skip
        if code != pycurl.E_OK or not status:
            raise ModelError(f"{name} broke off (curl error {code})")

    def _refusal(self, status: int, fields: Mapping[str, str]) -> ModelError:
        name = self._server.name
        word = _error_word(bytes(self._error_body))
        told = f"{status} {word}".strip()
        if word in _REFUSALS:
            return ModelRefused(f"{name} will not answer this ({told})")
        if status in (429, 503, 529):
            return ModelBusy(f"{name} is busy ({told})", wait_s=_retry_after(fields.get("retry-after", "")))
        if 300 <= status < 400:
            return ModelError(f"{name} redirects elsewhere ({status}), which is not followed: set its own address")
        if status in (401, 403):
            return ModelError(f"{name} does not take the key ({told})", wait_s=_BUSY_S)
        if status == 404:
            return ModelError(f"{name} knows no such model or address ({told})")
        return ModelError(f"{name} answers with an error ({told})", wait_s=_GONE_S if status >= 500 else 0.0)


def _error_word(body: bytes) -> str:
    """Read the one word APIs give an error ("context_length_exceeded"); "" for anything that is not such a word."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = told.get("error") if isinstance(told, dict) else None
    for key in ("code", "type"):
        word = error.get(key) if isinstance(error, dict) else None
        if isinstance(word, str) and _WORD.fullmatch(word):
            return word
    return ""


def _retry_after(field: str) -> float:
    """Read Retry-After (RFC 9110 §10.2.3): seconds or a date; half a minute where it says nothing."""
    if field.isascii() and field.isdigit():
        return min(float(field[:9]), _LONGEST_S)
    try:
        until = parsedate_to_datetime(field)
    except (ValueError, TypeError, OverflowError):
        return _BUSY_S
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(aware.timestamp() - time.time(), 1.0), _LONGEST_S)
