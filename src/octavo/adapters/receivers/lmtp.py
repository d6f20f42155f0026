"""Newsletters handed over by a mail server (LMTP, RFC 2033): each is kept before it is said to be taken."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from octavo.errors import MailUnwanted, OctavoError, StoreFull

log = structlog.get_logger()

_AT_ONCE = 2
"""Mails read at a time: each may take as much memory as a few of its size."""

_CONNECTIONS = 20
_LATER = "451 4.3.0 cannot be kept just now: try again later"
_FULL = "452 4.3.1 no room left: try again later"
_ENDLESS = 6
"""Times the cap of one mail that a connection may send before it is cut, so that no line goes on for ever."""


@dataclass(frozen=True, slots=True)
class Mailroom:
    """What mail is given to. `known` gives a newsletter for an address, `take` keeps a mail that came to it.

    Both raise MailUnwanted, and StoreError where it should be tried again.
    """

    known: Callable[[str], str]
    take: Callable[[bytes, str], str]
    max_bytes: int


class _Handler:
    """Answers a mail server's commands; what takes time is done in threads."""

    def __init__(self, room: Mailroom) -> None:
        self._room = room
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Say whether a newsletter is read at an address. One at a time: each is answered for by itself."""
        if envelope.rcpt_tos:
            return "452 4.5.3 one recipient at a time"
        try:
            await asyncio.to_thread(self._room.known, address)
        except MailUnwanted as error:
            return _reply(error)
        except OctavoError:
            return _LATER
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail, and only then say that it is taken."""
        raw, [address] = bytes(envelope.original_content or b""), envelope.rcpt_tos
        async with self._turns:
            try:
                local = await asyncio.to_thread(self._room.known, address)
                told = await asyncio.to_thread(self._room.take, raw, local)
            except MailUnwanted as error:
                log.info("mail refused", reason=str(error))
                return _reply(error)
            except StoreFull:
                return _FULL
            except OctavoError as error:
                log.warning("mail could not be kept", reason=str(error))
                return _LATER
        return f"250 2.0.0 {_ascii(told)}"

    async def handle_exception(self, error: Exception) -> str:
        """Let a mail server try again after a fault nobody foresaw: nothing is lost by it."""
        log.error("a mail could not be read", fault=repr(error)[:500])
        return _LATER


class _Lmtp(LMTP):
    """One connection, cut where it sends without end."""

    def __init__(self, handler: _Handler, room: Mailroom, open_now: set[object]) -> None:
        super().__init__(handler, data_size_limit=room.max_bytes, enable_SMTPUTF8=True, ident="Octavo", timeout=120)
        self._most = _ENDLESS * room.max_bytes + 10_000_000
        self._came = 0
        self._open_now = open_now

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, where not too many have."""
        if len(self._open_now) >= _CONNECTIONS and isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 too many connections\r\n")
            transport.close()
            return
        self._open_now.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for another."""
        if self in self._open_now:
            self._open_now.discard(self)
            super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        """Take what came; a connection that sent too much is cut."""
        self._came += len(data)
        transport: Any = self.transport
        if self._came > self._most and transport is not None:
            transport.abort()
        elif self in self._open_now:
            super().data_received(data)


async def serve(room: Mailroom, host: str, port: int, started: Callable[[int], None]) -> None:
    """Take in mail until cancelled; `started` is told the port."""
    handler, open_now = _Handler(room), set[object]()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Lmtp(handler, room, open_now), host, port)
    started(server.sockets[0].getsockname()[1])
    async with server:
        await server.serve_forever()


def _reply(error: MailUnwanted) -> str:
    return f"{error.reply} {_ascii(str(error))}"


def _ascii(text: str) -> str:
    return " ".join(text.encode("ascii", "replace").decode().split())[:400]
