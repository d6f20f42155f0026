"""A mail's bytes become a letter: who sent it, what it says. Bounded, and never trusted."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parsedate_to_datetime
from functools import partial

from octavo.domain.newsletter import Letter
from octavo.errors import MailUnwanted
from octavo.text.hashes import content_hash
from octavo.text.html import decode
from octavo.text.unseen import tidy

MOST_PARTS = 60
"""Parts of one mail: reading them takes time for each line and each part around it."""

MOST_LINES = 250_000
MOST_BODY = 2_000_000
"""Bytes of a body that are read; mail programs cut off far shorter ones."""

_MOST_HEAD = 100_000  # bytes of headers
_LONGEST_HEADER = 2_000
_LONGEST_SUBJECT = 300
_PART = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?", re.IGNORECASE)
_MADE_BY_PROGRAMS = ("mailer-daemon@", "postmaster@")
_BROKEN = (MessageError, LookupError, ValueError, AttributeError, TypeError, RecursionError)
"""What the standard library raises on headers nobody foresaw."""


def read_letter(raw: bytes) -> Letter:
    """Read a mail. Raises MailUnwanted where it is none that can be read, or one nobody should."""
    _within_bounds(raw)
    message = message_from_bytes(raw, policy=default)
    if not isinstance(message, EmailMessage):
        raise MailUnwanted("this is no mail", "550 5.6.0")
    sender, name = _sender(message)
    if not sender:
        raise MailUnwanted("the mail does not say whom it is from", "550 5.6.0")
    html, plain = _bodies(message)
    if not html and not plain:
        raise MailUnwanted("there is no text in the mail", "550 5.6.0")
    subject = _header(message, "Subject")[:_LONGEST_SUBJECT]
    said = _header(message, "Message-ID").strip("<>")
    return Letter(
        message_id=said or content_hash(f"{sender}\n{_header(message, 'Date')}\n{subject}\n{html}{plain}"),
        sender=sender,
        name=name,
        subject=subject,
        at=_date(_header(message, "Date")),
        html=html,
        plain=plain,
        automatic=_is_automatic(message, sender),
        vouched=tuple(" ".join(str(one).split()) for one in _all(message, "Authentication-Results")),
    )


def recipients(raw: bytes) -> list[str]:
    """List the addresses a mail in a folder may have been delivered to, the surest first."""
    head = _BLANK.split(raw[:_MOST_HEAD], maxsplit=1)[0]
    message = message_from_bytes(head + b"\n\n", policy=default)
    found: list[str] = []
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc"):
        for one in _all(message, name):
            found += [address.lower() for address in _ADDRESS.findall(str(one)[:_LONGEST_HEADER])]
    return list(dict.fromkeys(found))


def _within_bounds(raw: bytes) -> None:
    """Refuse what would take long to read, before anything reads it. Raises MailUnwanted."""
    parts = sum(1 for _ in _PART.finditer(raw))
    head = _BLANK.search(raw)
    if parts > MOST_PARTS or raw.count(b"\n") > MOST_LINES or (head.start() if head else len(raw)) > _MOST_HEAD:
        raise MailUnwanted("the mail has too many parts, lines or headers", "550 5.6.0")


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Give the address in From, lower case, and the name beside it; ("", "") where there is not exactly one."""
    given = _all(message, "From")
    if len(given) != 1:
        return "", ""
    text = str(given[0])[:_LONGEST_HEADER]
    found = _ADDRESS.findall(text)
    if not found:
        return "", ""
    name = tidy(text[: text.rfind(found[-1])]).strip("<\"' ")
    return found[-1].lower(), name[:200]


def _bodies(message: EmailMessage) -> tuple[str, str]:
    """Give the HTML and the plain text of a mail: the first of each that is no attachment."""
    html = plain = ""
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind == "text/html" and not html:
            html = _text(part)
        elif kind == "text/plain" and not plain:
            plain = _text(part)
    return html, plain


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something, in order; not what is attached, nor what is inside another mail."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        try:
            attached = str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")
        except _BROKEN:
            attached = False
        if attached or part.get_content_maintype() == "message":
            continue
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            waiting += [one for one in reversed(inner) if isinstance(one, Message)]
        else:
            yield part


def _text(part: Message) -> str:
    """Decode a part as browsers do: a label that lies or is unknown costs a few characters, never the text."""
    try:
        kind = str(part.get("Content-Type", ""))
    except _BROKEN:
        kind = ""
    try:
        body = part.get_payload(decode=True)
    except _BROKEN:
        return ""
    return decode(body[:MOST_BODY], kind) if isinstance(body, bytes) else ""


def _header(message: Message, name: str) -> str:
    """Read a header as one line of text, "" where it is not there or cannot be read."""
    for one in _all(message, name):
        return tidy("".join(char if char.isprintable() else " " for char in str(one)))[:_LONGEST_HEADER]
    return ""


def _all(message: Message, name: str) -> list[object]:
    """Give every header of this name; one the standard library cannot read is left out."""
    found: list[object] = []
    for said, raw in message.raw_items():
        if said.lower() != name.lower():
            continue
        for read in (partial(default.header_fetch_parse, said), _plainly):
            try:
                found.append(read(raw[: 4 * _LONGEST_HEADER]))
            except _BROKEN:
                continue
            break
    return found


def _plainly(raw: str) -> str:
    """Decode a header word by word, where it is not what a header of its kind should be."""
    return str(make_header(decode_header(raw)))


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _is_automatic(message: EmailMessage, sender: str) -> bool:
    if message.get_content_type() in ("multipart/report", "message/delivery-status"):
        return True
    said = _header(message, "Auto-Submitted").lower()
    return said.startswith("auto-replied") or sender.startswith(_MADE_BY_PROGRAMS)
