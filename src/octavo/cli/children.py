"""The processes of `octavo serve`: octavo web, octavo newswire (and octavo work); each loads only what it needs."""

import asyncio
import signal
import threading
from datetime import datetime
from typing import Annotated, Any

import typer
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder  # type: ignore[attr-defined]  # the library gives it no __all__
from granian.server.embed import Server

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.supervise import BACKLOG
from octavo.cli.watch import PULSE_S, beating, end_with_parent, go_on, loaded

BEGUN_S = 0.3
"""After so long a website that was started takes connections."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(hidden=True)(web)
    app.command(hidden=True)(newswire)


class Website(Server):
    """Granian's server, on a socket that somebody else holds too, where one is given."""

    held: int | None = None

    def _init_shared_socket(self) -> None:
        if self.held is None:
            super()._init_shared_socket()  # type: ignore[no-untyped-call]
        else:
            holder: Any = SocketHolder
            self._ssp, self._shd = None, holder(self.held, False, BACKLOG)


Fd = Annotated[int | None, typer.Option()]


def web(context: typer.Context, parent: Fd = None, listen: Fd = None, pulse: Fd = None) -> None:
    """Serve the website alone, in this process."""
    settings = load_settings(context)
    end_with_parent(parent)
    with wiring.open_tools(settings) as tools, beating(tools, "web"):
        site = wiring.make_web(tools)
        server = Website(
            site,
            address=settings.web.host,
            port=settings.web.port,
            interface=Interfaces.RSGI,
            log_level=LogLevels.error,
            websockets=False,
        )
        server.held = listen
        loaded()

        async def run() -> None:
            loop = asyncio.get_running_loop()

            def stop() -> None:
                site.end()
                server.stop()  # type: ignore[no-untyped-call]

            for name in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(name, stop)

            def beat() -> None:
                go_on(pulse)
                loop.call_later(PULSE_S, beat)

            loop.call_later(BEGUN_S, beat)
            await server.serve()

        asyncio.run(run())


def newswire(
    context: typer.Context,
    began: Annotated[str, typer.Option(help="When its news began, ISO 8601.")],
    parent: Fd = None,
    pulse: Fd = None,
) -> None:
    """Serve the sample newswire's invented publishers alone, on loopback."""
    settings = load_settings(context)
    end_with_parent(parent)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    running = wiring.start_newswire(settings, datetime.fromisoformat(began))
    loaded()
    while not stop.wait(PULSE_S):
        go_on(pulse)
    running.stop()
