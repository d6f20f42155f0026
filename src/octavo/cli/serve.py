"""octavo serve: the website, and by default a worker too; octavo demo: the same on the sample newswire."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import structlog
import typer
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from octavo import app as wiring
from octavo.cli.first_run import prepare
from octavo.cli.main import load_settings
from octavo.cli.watch import end_with_parent
from octavo.config import Settings, as_environment
from octavo.errors import SettingsError

log = structlog.get_logger()

RESTART_S = 1.0
STOP_S = 12.0


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.command()(demo)
    app.command(hidden=True)(web)


Host = Annotated[str | None, typer.Option(help="Address to listen on (default 127.0.0.1).")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on (default 8000).")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Processes that extract pages side by side (default 2).")]


def serve(
    context: typer.Context,
    host: Host = None,
    port: Port = None,
    worker: Annotated[bool, typer.Option(help="Run a worker beside the website.")] = True,
    jobs: Jobs = None,
    edition: Annotated[str | None, typer.Option(help="Edition to start with on a first run, such as ar-eg.")] = None,
) -> None:
    """Serve the website on http://127.0.0.1:8000 and keep it fed.

    On a first start with no feeds it follows the starter edition of your language (see --edition). Where none of
    those feeds can be reached it says so and shows the sample newswire, which is fictional, instead. Everything is
    kept in ./octavo-data (see --data-dir before the command). Stop with Ctrl-C. Every setting has an OCTAVO_*
    variable and a line in octavo.toml: docs/reference/settings.md lists them.
    """
    _serve(context, _flags(host, port, jobs, edition), worker=worker)


def demo(context: typer.Context, host: Host = None, port: Port = None, jobs: Jobs = None) -> None:
    """Serve the sample newswire: fictional publishers on loopback, collected, read and related for real.

    Kept apart from your own feeds in ./octavo-data/demo. Needs no network.
    """
    flags = _flags(host, port, jobs, None)
    base = Path((context.obj or {}).get("data_dir", "octavo-data"))
    context.obj = {**(context.obj or {}), "data_dir": base / "demo"}
    flags["newswire"] = {"mode": "always"}
    _serve(context, flags, worker=True)


def web(
    context: typer.Context, host: Host = None, port: Port = None, parent: Annotated[int | None, typer.Option()] = None
) -> None:
    """Serve the website alone, in this process."""
    settings = load_settings(context, **_flags(host, port, None, None))
    end_with_parent(parent)
    with wiring.open_tools(settings) as tools:
        server = Server(
            wiring.make_web(tools),
            address=settings.web.host,
            port=settings.web.port,
            interface=Interfaces.ASGI,
            log_level=LogLevels.warning,
            websockets=False,
        )

        async def run() -> None:
            loop = asyncio.get_running_loop()
            for name in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(name, server.stop)
            await server.serve()

        asyncio.run(run())


def _flags(host: str | None, port: int | None, jobs: int | None, edition: str | None) -> dict[str, object]:
    site = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    return {"web": site or None, "work": {"jobs": jobs} if jobs else None, "edition": edition}


def _serve(context: typer.Context, flags: dict[str, object], *, worker: bool) -> None:
    settings = load_settings(context, **flags)
    check_port(settings)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with prepare(settings):
        children = [Child("web", _command(settings, "web"), settings)]
        if worker:
            children.append(Child("work", _command(settings, "work"), settings))
        typer.echo(f"Octavo is at http://{settings.web.host}:{settings.web.port}  (Ctrl-C stops it)")
        watch_over(children, stop)


def check_port(settings: Settings) -> None:
    """Refuse to start on a port somebody else listens on. Raises SettingsError."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.web.host, settings.web.port))
        except OSError as error:
            where = f"{settings.web.host}:{settings.web.port}"
            raise SettingsError(
                f"cannot listen on {where}: {error.strerror}; choose another port with --port"
            ) from error


def _command(settings: Settings, name: str) -> list[str]:
    return [sys.executable, "-m", "octavo", name, "--parent", str(os.getpid())]


@dataclass(slots=True)
class Child:
    """One process this one watches over."""

    name: str
    command: list[str]
    settings: Settings
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it with the settings this process has."""
        self.process = subprocess.Popen(self.command, env=as_environment(self.settings))  # noqa: S603

    def ended(self) -> bool:
        """Tell whether it has stopped running."""
        return self.process is not None and self.process.poll() is not None


def watch_over(children: Sequence[Child], stop: threading.Event) -> None:
    """Start the children, restart any that ends, and stop them all when told to."""
    for child in children:
        child.start()
    while not stop.wait(RESTART_S):
        for child in children:
            if child.ended() and child.process is not None:
                log.error("process ended and is started again", name=child.name, code=child.process.returncode)
                child.start()
    for child in children:
        if child.process is not None:
            child.process.terminate()
    for child in children:
        if child.process is not None:
            try:
                child.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                child.process.kill()
