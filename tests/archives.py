"""Archives of fictional pages, as crawlers write them."""

import gzip
from collections.abc import Sequence
from pathlib import Path

STORY = (
    "The ferry Star of Kalden number {n} ran aground off Port Ember on Monday with {people} people on board, the coast "
    "guard said in its report {part}. All passengers were brought ashore by the evening. The captain, Ilse Brandt, "
    "told reporters that the steering failed in high seas."
)


def warc(kind: str, url: str, block: bytes, *, length: int | None = None, version: str = "1.0") -> bytes:
    """One record; `length` is what it says of its own."""
    stated = len(block) if length is None else length
    head = (
        f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-05-04T03:02:01Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {stated}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, *fields: str, status: str = "200 OK") -> bytes:
    """What a web server sent."""
    lines = (f"HTTP/1.1 {status}", *(fields or ("Content-Type: text/html; charset=utf-8",)))
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def address(number: int) -> str:
    return f"https://www.paper{number % 5}.example/{number}/ferry-aground.html"


def page(number: int) -> bytes:
    """A page with an article in it."""
    title = f"Ferry number {number} runs aground off Port Ember"
    told = "".join(f"<p>{STORY.format(n=number, people=200 + number, part=part)}</p>" for part in range(7))
    return (
        f"<!doctype html><html lang=en><head><title>{title} - Paper</title>"
        f"<meta property='article:published_time' content='2026-03-{1 + number % 28:02d}T08:00:00Z'></head><body>"
        f"<header><nav><a href=/>Home</a></nav></header><main><article><h1>{title}</h1><p class=byline>By Ada Quill</p>"
        f"{told}</article></main><footer>All rights kept by the paper</footer></body></html>"
    ).encode()


def responses(numbers: Sequence[int]) -> list[bytes]:
    """Requests and their answers, as a crawler writes them."""
    return [
        one
        for number in numbers
        for one in (
            warc("request", address(number), b"GET / HTTP/1.1\r\n\r\n"),
            warc("response", address(number), answer(page(number))),
        )
    ]


def members(records: Sequence[bytes]) -> bytes:
    """Gzip as WARC wants it: a member a record."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def write_warc(file: Path, numbers: Sequence[int]) -> Path:
    file.write_bytes(members([warc("warcinfo", "urn:x", b"software: a test\r\n"), *responses(numbers)]))
    return file
