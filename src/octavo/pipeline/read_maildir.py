"""A Maildir's new mail -> entries and pages, as if handed over; what was read moves on to `cur`."""

from pathlib import Path

import structlog

from octavo.collect.letter import recipients
from octavo.errors import MailUnwanted, UnreadableFile
from octavo.pipeline.take_letter import known_address, take_letter
from octavo.ports.tools import Tools

log = structlog.get_logger()

AT_ONCE = 100
"""Mails in one job; the others wait for the next."""

_SEEN, _SET_ASIDE = ":2,S", ":2,ST"


def read_maildir(tools: Tools) -> int:
    """Take in the mail that waits in the folder the settings name; gives how many issues came.

    A mail is moved once it is kept, or refused for good; any other stays where it is. Raises UnreadableFile.
    """
    folder = tools.settings.newsletters.maildir
    if folder is None:
        return 0
    try:
        waiting = sorted(one for one in (folder / "new").iterdir() if one.is_file() and not one.is_symlink())
    except OSError as error:
        raise UnreadableFile(f"the Maildir {folder} cannot be read: {error.strerror}") from error
    return sum(_read(tools, folder, one) for one in waiting[:AT_ONCE])


def _read(tools: Tools, folder: Path, mail: Path) -> int:
    try:
        with mail.open("rb") as file:
            raw = file.read(tools.settings.newsletters.max_mail_bytes + 1)
        told = take_letter(tools, raw, _local(tools, raw))
    except MailUnwanted as error:
        if error.reply.startswith("4"):
            return 0
        log.warning("mail refused", file=mail.name, reason=str(error))
        _move(folder, mail, _SET_ASIDE)
        return 0
    except OSError as error:
        log.error("a mail in the Maildir cannot be read", file=mail.name, reason=error.strerror)
        return 0
    _move(folder, mail, _SEEN)
    return int(told == "taken")


def _local(tools: Tools, raw: bytes) -> str:
    """Find the newsletter a mail was delivered to. Raises MailUnwanted."""
    refused = MailUnwanted("no newsletter is read at any of its addresses", "550 5.1.1")
    for address in recipients(raw):
        try:
            return known_address(tools, address)
        except MailUnwanted as error:
            refused = error if error.reply.startswith("4") else refused
    raise refused


def _move(folder: Path, mail: Path, flags: str) -> None:
    try:
        (folder / "cur").mkdir(exist_ok=True)
        mail.rename(folder / "cur" / f"{mail.name.partition(':')[0]}{flags}")
    except OSError as error:
        # It is read again in a minute, and known by its Message-ID then.
        log.error("a mail in the Maildir cannot be moved", file=mail.name, reason=error.strerror)
