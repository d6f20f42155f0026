"""The shelf of drawn pictures: each fetched once, drawn in a few widths, kept on the disk, failures too.

The worker fills it ahead, the website takes from it; both may be many processes.
"""

import hashlib
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from octavo.domain.picture import Fitness, Picture
from octavo.domain.web import Request
from octavo.errors import FetchError, NotFound, UnusablePicture
from octavo.extract.drawing import MEDIA_TYPES, Decoded, Format, decode, encode, narrowed, tint_of, why_unfit
from octavo.ports.blobs import Blobs
from octavo.ports.fetcher import Fetcher

WIDTHS = (160, 240, 320, 480, 640, 960, 1280)
"""Widths a picture can be asked for, in pixels: each at most 1.5 times the one before."""

LARGEST = WIDTHS[-1]

FOLDERS = ("pictures", "previews")
"""Where drawings are kept among the blobs: publishers' pictures, and those made for link previews."""

_MAX_BYTES = 12_000_000
_ACCEPT = "image/webp,image/avif,image/jpeg,image/png,image/gif;q=0.8"
_FORGET_FAILURE = timedelta(minutes=10)
_LONGEST_MEMORY = timedelta(days=1)
_AT_ONCE, _OF_ONE_HOST = 8, 4  # pictures fetched for waiting readers at a time
_PATIENCE_S = 5.0  # seconds a reader's picture waits for its turn
_DECODED_AT_ONCE = 2  # each may take 150 MB


@dataclass(slots=True)
class Turns:
    """Lets one thread at a time work on one name, and any number on different names."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _busy: dict[str, tuple[threading.Lock, int]] = field(default_factory=dict)

    @contextmanager
    def take(self, name: str) -> Iterator[None]:
        """Wait for the turn of `name`."""
        with self._lock:
            mine, waiting = self._busy.get(name, (threading.Lock(), 0))
            self._busy[name] = (mine, waiting + 1)
        try:
            with mine:
                yield
        finally:
            with self._lock:
                waiting = self._busy[name][1] - 1
                if waiting:
                    self._busy[name] = (mine, waiting)
                else:
                    del self._busy[name]


@dataclass(slots=True)
class Lanes:
    """Lets a few fetch at a time, and fewer from one host: one that drips leaves room for the others."""

    _changed: threading.Condition = field(default_factory=threading.Condition)
    _hosts: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def take(self, host: str) -> Iterator[None]:
        """Wait for a lane, not for long. Raises UnusablePicture."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._is_free(host), _PATIENCE_S):
                raise UnusablePicture("many pictures are being fetched just now")
            self._hosts[host] += 1
        try:
            yield
        finally:
            with self._changed:
                self._hosts[host] -= 1
                self._hosts += Counter()  # forgets the hosts nobody fetches from
                self._changed.notify_all()

    def _is_free(self, host: str) -> bool:
        return self._hosts[host] < _OF_ONE_HOST and self._hosts.total() < _AT_ONCE


@dataclass(frozen=True, slots=True)
class Pictures:
    """Gives publishers' pictures by address, width and format; nobody is asked twice for one, or in vain for long.

    `on_demand` says whether a picture that is not kept is fetched for the reader who asks for it.
    """

    fetcher: Fetcher
    blobs: Blobs
    on_demand: bool = True
    turns: Turns = field(default_factory=Turns)
    lanes: Lanes = field(default_factory=Lanes)
    decoding: threading.Semaphore = field(default_factory=lambda: threading.BoundedSemaphore(_DECODED_AT_ONCE))

    def get(self, url: str, width: int, now: datetime, kind: Format = "webp") -> bytes:
        """Give a picture at most `width` wide; its publisher may have to be waited for, and then others' are drawn.

        Raises FetchError, UnusablePicture.
        """
        name = name_of(url)
        with self.turns.take(name):
            kept = self.kept(url, width, kind)
            if kept is not None:
                return kept
            original = self._original(url, name, now)
            with self.decoding:
                drawn = encode(narrowed(original.picture, width), kind)
            self.blobs.put(_key(name, width, kind), drawn)
            return drawn

    def add(self, url: str, body: bytes, now: datetime) -> Picture:
        """Draw a picture that was just fetched in every width, and say what it is. Raises UnusablePicture."""
        name = name_of(url)
        with self.decoding:
            decoded = decode(body, LARGEST)
            why = why_unfit(decoded)
            if not why:
                drawn = decoded.picture
                for width in (LARGEST, *(width for width in WIDTHS[-2::-1] if width < drawn.width)):
                    drawn = narrowed(drawn, width)  # from the one before, which is smaller than what was sent
                    self.blobs.put(_key(name, width, "webp"), encode(drawn, "webp"))
        width, height = decoded.size
        fitness = Fitness.UNFIT if why else Fitness.READY
        return Picture(url, fitness, now, tint_of(decoded.picture), width, height, why)

    def has(self, url: str) -> bool:
        """Tell whether a picture is kept, if only in its largest width."""
        return self._read(_key(name_of(url), LARGEST, "webp")) is not None

    def remember_failure(self, url: str, now: datetime) -> None:
        """Remember that a picture could not be had: for ten minutes, longer each time, a day at most."""
        name = name_of(url)
        failed = self._failure(name)
        times = failed[1] + 1 if failed else 1
        self.blobs.put(f"pictures/{name}/failed", f"{now.isoformat()} {times}".encode())

    def kept(self, url: str, width: int, kind: Format = "webp") -> bytes | None:
        """Give a picture at most `width` wide where it is kept: nobody is waited for."""
        name = name_of(url)
        found = self._read(_key(name, width, kind))
        if found is None and width < LARGEST and kind == "webp":
            largest = self._read(_key(name, LARGEST, kind))
            if largest is not None and decode(largest, LARGEST).size[0] <= width:
                return largest
        return found

    def _read(self, key: str) -> bytes | None:
        try:
            return self.blobs.get(key)
        except NotFound:
            return None

    def _original(self, url: str, name: str, now: datetime) -> Decoded:
        """Fetch once; what is kept is our own largest drawing, not the publisher's bytes."""
        largest = self._read(_key(name, LARGEST, "webp"))
        if largest is not None:
            return self._decoded(largest)
        self._refuse_known_failure(name, now)
        if not self.on_demand:
            raise UnusablePicture("this picture was not fetched ahead, and none is fetched on demand here")
        request = Request(url=url, accept=_ACCEPT, max_bytes=_MAX_BYTES, prompt=True)
        with self.lanes.take(urlsplit(url).netloc):
            try:
                decoded = self._decoded(self.fetcher.fetch(request).body)
            except (FetchError, UnusablePicture):
                self.remember_failure(url, now)
                raise
        self.blobs.put(_key(name, LARGEST, "webp"), encode(decoded.picture, "webp"))
        return decoded

    def _decoded(self, body: bytes) -> Decoded:
        with self.decoding:
            return decode(body, LARGEST)

    def _refuse_known_failure(self, name: str, now: datetime) -> None:
        failed = self._failure(name)
        if failed and now - failed[0] < min(_FORGET_FAILURE * 4 ** (failed[1] - 1), _LONGEST_MEMORY):
            raise UnusablePicture("this picture could not be had a moment ago; it is tried again later")

    def _failure(self, name: str) -> tuple[datetime, int] | None:
        said = self._read(f"pictures/{name}/failed")
        if said is None:
            return None
        at, _, times = said.decode().partition(" ")
        return datetime.fromisoformat(at), min(int(times), 9)


def asked_ahead(url: str) -> Request:
    """Ask for a picture politely: nobody waits for it."""
    return Request(url=url, accept=_ACCEPT, max_bytes=_MAX_BYTES)


def name_of(url: str) -> str:
    """Name a picture among the blobs: 128 bits of the SHA-256 of its address."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def forget(blobs: Blobs, url: str) -> None:
    """Delete every drawing of a picture; previews made with it go with their age."""
    name = name_of(url)
    for key in (f"pictures/{name}/failed", *(_key(name, width, kind) for width in WIDTHS for kind in MEDIA_TYPES)):
        blobs.delete(key)


def trim(blobs: Blobs, most: int) -> int:
    """Delete the oldest drawings until all of them take at most `most` bytes; gives how many went."""
    kept = sorted((one for folder in FOLDERS for one in blobs.under(folder)), key=lambda one: one.written)
    total = sum(one.size for one in kept)
    gone = 0
    for one in kept:
        if total <= most:
            break
        blobs.delete(one.key)
        total -= one.size
        gone += 1
    return gone


def _key(name: str, width: int, kind: Format) -> str:
    return f"pictures/{name}/{width}.{kind}"
