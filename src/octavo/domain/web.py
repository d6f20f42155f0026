"""Request and Response: one exchange with a web server, as values."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Request:
    """A polite, possibly conditional GET; or a POST of `sent`, which follows no redirect.

    `max_bytes` caps the body before and after decompression.

    `prompt` says that a reader waits for it: it is made as a browser would make it, without the pause between requests.
    Where it is not to `follow`, a redirect is an answer that says no.
    `pause_s` is how long its host wants to be left alone afterwards, where that is longer than the usual pause.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    accept: str = "*/*"
    max_bytes: int = 15_000_000
    prompt: bool = False
    pause_s: float = 0.0
    sent: bytes | None = None
    fields: tuple[tuple[str, str], ...] = ()
    follow: bool = True


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered, after redirects; header names are lower case, `body` is decoded.

    `permanent_url` is set when every redirect on the way was permanent (301, 308): where to look from now on.
    """

    url: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    permanent_url: str = ""
    fetched_at: datetime | None = None
