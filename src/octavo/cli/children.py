"""The processes of `octavo serve`: octavo web, octavo newswire (and octavo work); each loads only what it needs."""

import asyncio
import signal
import threading
from datetime import datetime
from typing import Annotated

import typer
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.watch import end_with_parent


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(hidden=True)(web)
    app.command(hidden=True)(newswire)


def web(context: typer.Context, parent: Annotated[int | None, typer.Option()] = None) -> None:
    """Serve the website alone, in this process."""
    settings = load_settings(context)
    end_with_parent(parent)
    with wiring.open_tools(settings) as tools:
        site = wiring.make_web(tools)
        server = Server(
            site,
            address=settings.web.host,
            port=settings.web.port,
            interface=Interfaces.RSGI,
            log_level=LogLevels.warning,
            websockets=False,
        )

        async def run() -> None:
            loop = asyncio.get_running_loop()

            def stop() -> None:
                site.end()
                server.stop()  # type: ignore[no-untyped-call]

            for name in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(name, stop)
            await server.serve()

        asyncio.run(run())


def newswire(
    context: typer.Context,
    began: Annotated[str, typer.Option(help="When its news began, ISO 8601.")],
    parent: Annotated[int | None, typer.Option()] = None,
) -> None:
    """Serve the sample newswire's invented publishers alone, on loopback."""
    settings = load_settings(context)
    end_with_parent(parent)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    running = wiring.start_newswire(settings, datetime.fromisoformat(began))
    stop.wait()
    running.stop()
