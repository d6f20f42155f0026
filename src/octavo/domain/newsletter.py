"""Newsletter, Letter: an address that brings a feed's entries by mail, and one mail as it was read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import FeedId


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A feed that comes by mail. `local` is what stands before the @: whoever knows it may send, so it is a secret."""

    feed_id: FeedId
    local: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a newsletter: the first who sent an issue, until an editor `confirmed` it, and those editors added."""

    address: str
    confirmed: bool
    since: datetime


class Noted(StrEnum):
    """Why a mail is shown to editors."""

    CONFIRMATION = "confirmation"  # it asks whether the subscription is wanted
    REFUSED = "refused"  # it came from somebody who is not a sender of this newsletter


@dataclass(frozen=True, slots=True)
class NotedMail:
    """A mail that brought no entry; `links` are addresses to be read, which nothing here ever opens."""

    kind: Noted
    at: datetime
    sender: str
    subject: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it was read. `html` is the body as it came, raw and untrusted; `plain` is text that had no HTML.

    `at` is what its Date says, None where it says nothing that can be read; `automatic` that a program sent it about
    another mail (a bounce, an answer from somebody away).
    """

    message_id: str
    sender: str
    name: str
    subject: str
    at: datetime | None
    html: str
    plain: str
    automatic: bool = False
    vouched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A letter's text, cleaned: `html` is of our own making. `view` is the page it says it can be read on, or "".

    `links` are (address, words) in order, each address as it stands in the mail.
    """

    html: str
    text: str
    view: str
    links: tuple[tuple[str, str], ...] = ()
