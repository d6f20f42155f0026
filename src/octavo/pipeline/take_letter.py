"""mail -> entry and page: an issue of a newsletter enters where a fetched page would."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape

import structlog

from octavo.collect.letter import read_letter
from octavo.collect.letter_kinds import confirmation_links, passed_dmarc
from octavo.collect.letter_text import read_issue
from octavo.domain.entry import Entry
from octavo.domain.feed import Feed, FeedState
from octavo.domain.ids import EntryId
from octavo.domain.journal import Event
from octavo.domain.newsletter import Issue, Letter, Newsletter, Noted, NotedMail, Sender
from octavo.domain.page import MAILED, Page, PageState
from octavo.errors import MailUnwanted
from octavo.pipeline.poll_feed import page_key
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import entries as entry_store
from octavo.store import feeds as feed_store
from octavo.store import journal, newsletters
from octavo.store import pages as page_store
from octavo.text.hashes import content_hash
from octavo.text.urls import canonical_url, host_of

log = structlog.get_logger()

_SOON = timedelta(hours=1)
"""How far ahead of ours a sender's clock may be."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Box:
    """A newsletter's address, its feed, and who sends it."""

    newsletter: Newsletter
    feed: Feed
    senders: tuple[Sender, ...]

    @property
    def known(self) -> frozenset[str]:
        """The addresses of those who send it."""
        return frozenset(one.address for one in self.senders)


def known_address(tools: Tools, address: str) -> str:
    """Give what stands before the @ of a newsletter's address. Raises MailUnwanted where it is none, or is paused."""
    local, _, domain = address.strip().lower().rpartition("@")
    if not tools.settings.newsletters.domain or domain != tools.settings.newsletters.domain:
        raise MailUnwanted("no newsletter is read at this address", "550 5.1.1")
    with tools.database.read() as view:
        _box(view, local)
    return local


def take_letter(tools: Tools, raw: bytes, local: str) -> str:
    """Take in one mail that came to a newsletter; says what became of it once that is kept.

    Raises MailUnwanted; StoreError where it should be tried again.
    """
    settings = tools.settings.newsletters
    with tools.database.read() as view:
        box = _box(view, local)
    if len(raw) > settings.max_mail_bytes:
        raise MailUnwanted(f"a mail may have {settings.max_mail_bytes} bytes at most", "552 5.3.4")
    letter = read_letter(raw)
    if letter.automatic:
        raise MailUnwanted("this address takes newsletters, no answers to mail")
    if settings.checked_by and not passed_dmarc(letter, settings.checked_by):
        raise MailUnwanted("the sender did not pass DMARC", "550 5.7.26")
    issue = read_issue(letter, local)
    asked = confirmation_links(letter, issue)
    if asked and not any(one.confirmed and one.address == letter.sender for one in box.senders):
        _note(tools, box, letter, Noted.CONFIRMATION, asked)
        return "kept for an editor, who may confirm the subscription"
    if box.senders and letter.sender not in box.known:
        _note(tools, box, letter, Noted.REFUSED, ())
        raise MailUnwanted("this address takes mail from the senders of its newsletter alone")
    return _keep(tools, box, letter, issue)


def _box(view: Read, local: str) -> _Box:
    newsletter = newsletters.by_local(view, local) if local else None
    feed = feed_store.get(view, newsletter.feed_id) if newsletter else None
    if newsletter is None or feed is None or feed.state is FeedState.RETIRED:
        raise MailUnwanted("no newsletter is read at this address", "550 5.1.1")
    if feed.state is FeedState.PAUSED:
        raise MailUnwanted("this newsletter is paused: try again later", "450 4.2.1")
    return _Box(newsletter, feed, tuple(newsletters.senders(view, feed.id)))


def _note(tools: Tools, box: _Box, letter: Letter, kind: Noted, links: tuple[str, ...]) -> None:
    now = tools.now()
    mail = NotedMail(kind, now, letter.sender, letter.subject, links)
    with tools.database.transaction() as tx:
        newsletters.note(tx, box.feed.id, mail)
        journal.add(tx, [Event(box.feed.url, "take_letter", f"{kind}: from {letter.sender}", now)])
    log.info("mail noted for editors", feed=box.feed.url, kind=str(kind), sender=letter.sender)


def _keep(tools: Tools, box: _Box, letter: Letter, issue: Issue) -> str:
    """Keep an issue: its bytes first, then all that is known of it in one transaction."""
    now, feed = tools.now(), box.feed
    with tools.database.read() as view:
        if entry_store.known(view, feed.id, [letter.message_id]):
            return "already here"
        page = _page(view, feed, letter, issue, now)
    body = _document(letter, issue)
    tools.blobs.put(page.blob, body)
    entry = Entry(
        id=EntryId(0),
        feed_id=feed.id,
        guid=letter.message_id,
        url=page.url,
        title=letter.subject or feed.title,
        content=issue.html,
        authors=(letter.name,) if letter.name and letter.name.casefold() != feed.title.casefold() else (),
        published_at=letter.at if letter.at and _EPOCH <= letter.at <= now + _SOON else None,
        content_hash=content_hash(issue.html),
        first_seen_at=now,
    )
    with tools.database.transaction() as tx:
        _pin(tx, feed, letter, now)
        entry_store.save(tx, [entry])
        page_store.save(tx, [replace(page, size=len(body))])
        poll = replace(feed.poll, last_success_at=now, last_attempt_at=now, failures=0, last_error="")
        feed_store.save_poll(tx, replace(feed, poll=poll, title=feed.title or letter.name))
        journal.add(tx, [Event(page.url, "take_letter", f"came by mail from {letter.sender}", now)])
    log.info("newsletter taken", feed=feed.url, sender=letter.sender, bytes=len(body))
    return "taken"


def _pin(tx: Transaction, feed: Feed, letter: Letter, now: datetime) -> None:
    """Remember who sent the first issue; of two that come first at once, the one that is kept first."""
    senders = newsletters.senders(tx, feed.id)
    if not senders:
        newsletters.remember(tx, feed.id, Sender(letter.sender, confirmed=False, since=now))
    elif all(one.address != letter.sender for one in senders):
        raise MailUnwanted("this address takes mail from the senders of its newsletter alone")


def _page(view: Read, feed: Feed, letter: Letter, issue: Issue, now: datetime) -> Page:
    """Name the page an issue stands for: the one its sender offers, unless something else is kept under its address.

    An issue without one is given an address of its own at its publisher's home page.
    """
    own = canonical_url(
        f"{feed.site_url.partition('#')[0]}{'&' if '?' in feed.site_url else '?'}newsletter="
        f"{content_hash(f'{feed.url} {letter.message_id}')[:16]}"
    )
    url = canonical_url(issue.view) if issue.view else own
    there = page_store.get(view, page_key(url))
    ours = there is not None and there.feed_id == feed.id and there.status == MAILED
    if not ours and (there is not None or article_store.known_urls(view, [url])):
        url = own
    key = page_key(url)
    return Page(
        key=key,
        url=url,
        host=host_of(url),
        publisher_id=feed.publisher_id,
        feed_id=feed.id,
        state=PageState.FETCHED,
        final_url=url,
        status=MAILED,
        content_type="text/html; charset=utf-8",
        blob=f"pages/{key[:2]}/mail-{key}",
        first_seen_at=now,
        fetched_at=now,
    )


def _document(letter: Letter, issue: Issue) -> bytes:
    """Write the page the other stages read: the cleaned text under its subject, and nothing else."""
    title = escape(letter.subject)
    whole = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>\n{issue.html}\n</article></body></html>"
    )
    return whole.encode("utf-8", "replace")
