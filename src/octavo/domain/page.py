"""Page: what came back when we fetched a URL."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.entry import Entry
from octavo.domain.ids import FeedId, PageKey, PublisherId
from octavo.domain.site_rule import SiteRule


class PageState(StrEnum):
    """How far a page has come; every waiting state is found again by the worker's sweep."""

    PENDING = "pending"  # to be fetched
    FETCHED = "fetched"  # bytes kept, to be extracted
    DONE = "done"  # an article stands
    REFUSED = "refused"  # never will be: `reason` says why


MAILED = 250
"""The status of a page that was never fetched: its bytes came by mail."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came back when we fetched a URL; the bytes lie in Blobs under `blob`, compressed.

    `rights_said` holds the lines of its headers that say what may be done with it (collect.response.rights_said).
    `reason` is a sentence: why it was refused, or why it waits.
    """

    key: PageKey
    url: str
    host: str
    publisher_id: PublisherId
    feed_id: FeedId | None = None
    state: PageState = PageState.PENDING
    final_url: str = ""
    status: int = 0
    content_type: str = ""
    rights_said: str = ""
    blob: str = ""
    size: int = 0
    attempts: int = 0
    next_attempt_at: datetime | None = None
    first_seen_at: datetime | None = None
    fetched_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PageSource:
    """All that is known of a page when its article is to be read out of it; can be sent to another process.

    `html` is the body as it came, `content_type` the header it came with, `rights_said` what other headers say of its
    rights, `entry` the feed's word on it.
    `boilerplate` holds hashes of the lines this publisher repeats from page to page, `barred` of those that the
    instance's owner wants in none of its articles. `rule` is the owner's exception for the page's host; without one,
    that which comes with the program holds.
    """

    url: str
    html: bytes
    content_type: str = ""
    rights_said: str = ""
    entry: Entry | None = None
    publisher_id: PublisherId = PublisherId("")
    publisher_name: str = ""
    feed_id: FeedId | None = None
    page_key: PageKey | None = None
    first_seen_at: datetime | None = None
    boilerplate: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    rule: SiteRule | None = None
