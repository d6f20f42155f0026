"""octavo serve: the website, and by default a worker too; octavo demo: the same on the sample newswire."""

import socket
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from octavo.cli import standing
from octavo.cli.main import load_settings
from octavo.cli.supervise import become
from octavo.config import Settings, as_environment
from octavo.errors import SettingsError
from octavo.serve.address import origin_of


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.command()(demo)


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


def _flags(host: str | None, port: int | None, jobs: int | None, edition: str | None) -> dict[str, object]:
    site = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    return {"web": site or None, "work": {"jobs": jobs} if jobs else None, "edition": edition}


def _serve(context: typer.Context, flags: dict[str, object], *, worker: bool) -> None:
    settings = load_settings(context, **flags)
    check_port(settings)
    environment = as_environment(settings)
    began, note = _ready(settings, environment)
    commands = [["web"], *([["work"]] if worker else [])]
    if worker and settings.newsletters.domain and settings.newsletters.lmtp_port:
        commands.append(["newsletters", "receive"])
    if began is not None:
        commands.append(["newswire", "--began", began.isoformat()])
    become(commands, environment, (settings.web.host, settings.web.port), note)


def _ready(settings: Settings, environment: Mapping[str, str]) -> tuple[datetime | None, Path | None]:
    """Make the instance ready, unless a supervisor that was killed left it so; say where it is.

    Gives when the sample newswire began, where it is to be shown, and the note that goes when all ends.
    """
    found = standing.left(settings.data_dir, environment)
    first_run = None if found else import_module("octavo.cli.first_run")  # half a second of modules
    began: datetime | None = first_run.prepare(settings) if first_run else found.began if found else None
    typer.echo(f"Octavo is at http://{settings.web.host}:{settings.web.port}  (Ctrl-C stops it)")
    ticket = first_run.offer_owner(settings) if first_run else ""
    if ticket:
        typer.echo(f"Make the owner's account at {origin_of(settings.web)}/sign-up?ticket={ticket}")
        return began, None
    return began, standing.note(settings.data_dir, environment, began)


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
