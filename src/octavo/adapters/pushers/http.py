"""Notifications over HTTP: sealed here, sent through the guarded way out, public addresses only."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from importlib import import_module
from multiprocessing import get_context
from typing import Any
from urllib.parse import urlsplit

from octavo.adapters.fetchers.addresses import Guard
from octavo.adapters.fetchers.http import HttpFetcher
from octavo.config import Settings
from octavo.domain.push import Message, Sent, ServerKeys
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, HostBusy, UnsafeAddress

_MAX_ANSWER = 65_536
_GONE = (404, 410)  # RFC 8030 §7.3
_RESERVED = frozenset(range(1024)) - {443}  # a stranger's address shall not have mail servers and the like called
_NOBODY = "https://localhost"  # a contact has to be given; services that read it will say so


class HttpPusher:
    """Pusher over libcurl. Cryptography is loaded when the first message is sealed, connections with the first sent.

    Raises SettingsError when `push.allow_networks` cannot be read.
    """

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        networks = settings.push.allow_networks
        self._guard = Guard(networks)
        self._polite = settings.fetch.model_copy(update={"allow_networks": networks, "delay_s": 0.0})
        self._contact = _contact(settings.push_contact)
        self._now = now
        self._fetcher: HttpFetcher | None = None
        self._lock = threading.Lock()

    def make_keys(self) -> ServerKeys:
        """Make a new pair of keys, in a process of its own: it is done once in years, and what it loads is large."""
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(_make_keys).result()

    def takes(self, endpoint: str) -> bool:
        """Tell whether this is an https address that does not name a private place; what a name leads to is seen at
        the socket, each time anew."""
        try:
            parts = urlsplit(endpoint)
            port = parts.port or 443
        except ValueError:
            return False
        host = parts.hostname or ""
        # A push service of one's own, to try.
        own = parts.scheme in ("http", "https") and self._guard.is_inside(host, port)
        named = bool(host) and not parts.username and not parts.password and not parts.fragment
        written = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
        https = parts.scheme == "https" and port not in _RESERVED
        return named and written and (https or own) and self._guard.permits_name(host, port)

    def send(self, messages: Iterable[Message], keys: Iterable[ServerKeys]) -> Iterator[tuple[Message, Sent]]:
        """Seal and send, several at a time."""
        sealing, known, tokens = _sealing(), {one.public: one for one in keys}, {}
        asked: dict[int, tuple[Request, Message]] = {}
        for one in messages:
            to, pair = one.subscription, known.get(one.subscription.server_key)
            if pair is None or not self.takes(to.endpoint):
                yield one, Sent("gone", "its key is no longer in use, or its address may not be asked")
                continue
            try:
                sealed = sealing.seal(one.text, to)
            except sealing.Unsealable as error:
                yield one, Sent("gone", str(error))
                continue
            audience = (urlsplit(to.endpoint).netloc, pair.public)
            if audience not in tokens:
                tokens[audience] = sealing.signed(to.endpoint, pair, self._contact, self._now())
            request = _request(one, sealed, tokens[audience])
            asked[id(request)] = (request, one)
        for request, answer in self._open().fetch_all([request for request, _ in asked.values()]):
            yield asked[id(request)][1], _meaning(answer)

    def close(self) -> None:
        """Let go of every connection."""
        with self._lock:
            if self._fetcher is not None:
                self._fetcher.close()
                self._fetcher = None

    def _open(self) -> HttpFetcher:
        with self._lock:
            if self._fetcher is None:
                self._fetcher = HttpFetcher(self._polite, self._now)
            return self._fetcher


def _sealing() -> Any:
    # Ten megabytes of cryptography, which a website never needs and a worker only where somebody subscribed.
    return import_module("octavo.adapters.pushers.sealing")


def _make_keys() -> ServerKeys:
    made: ServerKeys = _sealing().make_keys()
    return made


def _request(one: Message, sealed: bytes, authorization: str) -> Request:
    """Write the request of a push (RFC 8030 §5)."""
    fields = (
        ("Content-Type", "application/octet-stream"),
        ("Content-Encoding", "aes128gcm"),
        ("TTL", str(one.ttl_s)),
        ("Urgency", one.urgency),
        ("Topic", one.topic),
        ("Authorization", authorization),
    )
    return Request(one.subscription.endpoint, max_bytes=_MAX_ANSWER, prompt=True, sent=sealed, fields=fields)


def _meaning(answer: Response | FetchError) -> Sent:
    """Say what a push service's answer means."""
    if isinstance(answer, Response):
        return Sent("taken")
    # What is written to the log names no address: whoever knows it could change what its reader is told.
    told = f"{urlsplit(answer.url).hostname} answered {answer.status}" if answer.status else str(answer)
    if answer.status in _GONE or isinstance(answer, UnsafeAddress):
        return Sent("gone", told)
    if isinstance(answer, HostBusy):
        return Sent("later", told, answer.until, blamed=False)
    return Sent("later", told)


def _contact(said: str) -> str:
    """Bring a contact to the form the signing library takes: of an https address its origin alone."""
    if not said.startswith("https://"):
        return said or _NOBODY
    return f"https://{urlsplit(said).hostname or 'localhost'}"
