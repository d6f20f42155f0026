"""What an HTTP answer means: unchanged, moved, or bytes."""

import re
from dataclasses import dataclass

from octavo.domain.feed import Feed
from octavo.domain.web import Response
from octavo.text.hashes import bytes_hash

_RIGHTS = ("x-robots-tag", "tdm-reservation", "tdm-policy", "link")
_LICENSE = re.compile(r"\brel\s{0,4}=\s{0,4}[\"']?[^\"',;]{0,100}\blicense\b", re.IGNORECASE)
_MOST, _LONGEST = 20, 1_000  # lines, and characters of each


@dataclass(frozen=True, slots=True)
class Answer:
    """A feed's answer: `body` is None when it has not changed; `moved_to` is its permanent new address, or ""."""

    body: bytes | None
    content_type: str
    etag: str
    last_modified: str
    body_hash: str
    moved_to: str


def read(feed: Feed, response: Response) -> Answer:
    """Read a successful answer (2xx or 304) to a feed's conditional request.

    Many servers ignore conditions and send the same bytes again: those count as unchanged too.
    """
    moved = response.permanent_url if response.permanent_url and response.permanent_url != feed.url else ""
    etag = response.headers.get("etag", "")[:1024]
    modified = response.headers.get("last-modified", "")[:128]
    kind = response.headers.get("content-type", "")
    if response.status == 304:
        poll = feed.poll
        return Answer(None, kind, etag or poll.etag, modified or poll.last_modified, poll.content_hash, moved)
    digest = bytes_hash(response.body)
    unchanged = digest == feed.poll.content_hash
    return Answer(None if unchanged else response.body, kind, etag, modified, digest, moved)


def rights_said(response: Response) -> str:
    """What a page's headers say may be done with it, for extraction to read: lines such as "x-robots-tag: noai".

    X-Robots-Tag, TDMRep's two fields, and Link where it names a licence. Each line of a field that came in several is a
    line.
    """
    said = []
    for name in _RIGHTS:
        for value in response.headers.get(name, "").split("\n")[:_MOST]:
            value = " ".join(value.split())[:_LONGEST]
            if value and (name != "link" or _LICENSE.search(value)):
                said.append(f"{name}: {value}")
    return "\n".join(said)
