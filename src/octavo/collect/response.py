"""What an HTTP answer means: unchanged, moved, or bytes."""

from dataclasses import dataclass

from octavo.domain.feed import Feed
from octavo.domain.web import Response
from octavo.text.hashes import bytes_hash


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
