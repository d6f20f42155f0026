"""One reusable curl handle: asks for one URL, checks every address it connects to, gathers a bounded answer."""

import socket
from typing import Any

import pycurl

from octavo.adapters.fetchers.addresses import Guard
from octavo.adapters.fetchers.answers import netloc, read_head
from octavo.adapters.fetchers.unpack import Body
from octavo.config import FetchSettings
from octavo.domain.web import Request
from octavo.errors import FetchError, UnsafeAddress

CODINGS = "gzip, br, zstd"
_MAX_UNREAD = 65_536  # bytes of an answer nobody reads (a redirect's, an error's) before the connection is dropped
_BUFFER = 131_072


class _Handed(socket.socket):
    """A socket curl makes its own copy of (pycurl duplicates the descriptor): ours is closed once it is let go."""

    def __del__(self) -> None:
        self.close()


class Seat:
    """A curl handle and what its present request has brought so far. Used by one thread at a time."""

    def __init__(self, settings: FetchSettings, guard: Guard, ca_bundle: str) -> None:
        self._guard = guard
        self._proxy = settings.proxy
        self._lines: list[bytes] = []
        self._request = Request("")
        self._url = ""
        self._direct = True
        self._body: Body | None = None
        self._unread = 0
        self._refused = ""
        self._opened = False
        self._failure: FetchError | None = None
        self.curl = pycurl.Curl()
        self._set_up(settings, ca_bundle)

    def _set_up(self, settings: FetchSettings, ca_bundle: str) -> None:
        curl = self.curl
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.FOLLOWLOCATION, 0)
        curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
        curl.setopt(pycurl.HTTP09_ALLOWED, 0)
        curl.setopt(pycurl.SSL_VERIFYPEER, 1)
        curl.setopt(pycurl.SSL_VERIFYHOST, 2)
        curl.setopt(pycurl.CAINFO, ca_bundle)
        curl.setopt(pycurl.USERAGENT, settings.user_agent.encode("ascii", "replace"))
        curl.setopt(pycurl.BUFFERSIZE, _BUFFER)
        curl.setopt(pycurl.NOPROXY, "")  # with an empty PROXY: the environment has no say
        curl.setopt(pycurl.COOKIEFILE, "")  # cookies live as long as one chain of redirects, which often needs them
        curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        curl.setopt(pycurl.WRITEFUNCTION, self._write)
        curl.setopt(pycurl.HEADERFUNCTION, self._lines.append)

    def begin(self) -> None:
        """Forget what an earlier request left behind."""
        self.curl.setopt(pycurl.COOKIELIST, "ALL")

    def aim(self, request: Request, url: str, direct: bool) -> None:
        """Get ready to ask `url` for what `request` wants: one hop. `direct` leaves the proxy out."""
        self._lines.clear()
        self._request, self._url, self._direct = request, url, direct or not self._proxy
        self._body, self._failure, self._refused, self._opened, self._unread = None, None, "", False, 0
        fields = [f"Accept: {request.accept}", f"Accept-Encoding: {CODINGS}"]
        if request.etag:
            fields.append(f"If-None-Match: {request.etag}")
        if request.last_modified:
            fields.append(f"If-Modified-Since: {request.last_modified}")
        fields += [f"{name}: {value}" for name, value in request.fields]
        if request.sent is None:
            self.curl.setopt(pycurl.HTTPGET, 1)
        else:
            self.curl.setopt(pycurl.POST, 1)
            self.curl.setopt(pycurl.POSTFIELDS, request.sent)
        self.curl.setopt(pycurl.HTTPHEADER, [_one_line(field) for field in fields])
        self.curl.setopt(pycurl.PROXY, "" if self._direct else self._proxy)
        self.curl.setopt(pycurl.URL, url)

    def head(self) -> tuple[int, dict[str, str]]:
        """Read status and fields of the answer."""
        return read_head(self._lines)

    def body(self) -> bytes:
        """Give the unpacked body. Raises FetchError when it was cut off."""
        return self._body.whole() if self._body is not None else b""

    def broken_off(self, code: int) -> FetchError | None:
        """Say why this side broke off, when it did."""
        if self._failure is not None:
            return self._failure
        if self._refused and not self._opened and code == pycurl.E_COULDNT_CONNECT:
            return unsafe(self._url, self._refused)
        return None

    def has_enough(self) -> bool:
        """Tell whether only bytes nobody wants were cut off."""
        return self._unread > _MAX_UNREAD

    def close(self) -> None:
        """Let go of the handle."""
        self.curl.close()

    def _open_socket(self, _purpose: int, address: Any) -> Any:
        family, kind, protocol, place = address
        if self._direct and not self._guard.permits(str(place[0]), int(place[1])):
            self._refused = str(place[0])
            return pycurl.SOCKET_BAD
        self._opened = True
        return _Handed(family, kind, protocol)

    def _write(self, data: bytes) -> int | None:
        if self._unread or (self._body is None and not self._open_body()):
            self._unread += len(data)
            return 0 if self.has_enough() else None
        try:
            if self._body is not None:
                self._body.feed(data)
        except FetchError as error:
            self._failure = error
        return 0 if self._failure is not None else None

    def _open_body(self) -> bool:
        """Decide at its first bytes whether a body is wanted; a length that says too much is believed."""
        status, fields = self.head()
        if not 200 <= status < 300:
            return False
        body = Body(fields.get("content-encoding", ""), self._request.max_bytes, netloc(self._url), self._url)
        length = fields.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > self._request.max_bytes:
            self._failure = body.too_large()
        self._body = body
        return True


def unsafe(url: str, address: str) -> UnsafeAddress:
    """Say that an address is refused, and how its owner may allow it."""
    told = f"{netloc(url)} leads to {address}, which is not a public address"
    return UnsafeAddress(f"{told}; if it is yours, allow it in the setting fetch.allow_networks", url=url)


def _one_line(field: str) -> bytes:
    return "".join(char for char in field if char >= " " and char != "\x7f").encode("latin-1", "replace")
