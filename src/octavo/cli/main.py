"""octavo: the command line, put together."""

import gc
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from octavo import __version__, config
from octavo.cli.logs import start_logging
from octavo.errors import OctavoError

app = typer.Typer(
    name="octavo",
    help="A news platform anyone can run: many publishers' feeds in, one calm, checked, sourced newspaper out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS = (
    "serve",
    "work",
    "fetch",
    "importing",
    "backfill",
    "export",
    "extract",
    "enrich",
    "related",
    "speak",
    "trace",
    "keep",
    "doctor",
    "jobs",
    "mcp",
    "children",
)
"""Modules whose `register` adds commands, in the order help lists them."""

ALONE = {"web": "children", "newswire": "children", "work": "work", "newsletters": "newsletters"}
"""Commands that run as long as the instance does: loaded without the others' modules, for memory's sake."""

FIRST = {"serve": "serve", "demo": "serve"}
"""Commands that start others: soon on their way without the modules of the rest."""


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"octavo {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option(help="Folder for the database and kept pages.")] = None,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error.")] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    flags = {"data_dir": data_dir, "log_level": log_level}
    context.obj = {name: value for name, value in flags.items() if value is not None}


def load_settings(context: typer.Context, **flags: object) -> config.Settings:
    """Read the settings for a command, its own flags first, and start logging."""
    given = {name: value for name, value in flags.items() if value is not None}
    settings = config.load(**(context.obj or {}), **given)
    start_logging(settings.log_level, settings.log_format)
    return settings


@cache
def _register(alone: str) -> None:
    if alone in FIRST:
        import_module(f"octavo.cli.{FIRST[alone]}").register(app)
        return
    if alone in ALONE:
        gc.disable()  # until all is loaded (watch.loaded): nothing among new modules is garbage
        import_module(f"octavo.cli.{ALONE[alone]}").register(app)
        return
    for name in COMMANDS:
        import_module(f"octavo.cli.{name}").register(app)
    app.add_typer(import_module("octavo.cli.accounts").accounts_app, name="accounts")
    app.add_typer(import_module("octavo.cli.moderation").moderation_app, name="moderation")
    app.add_typer(import_module("octavo.cli.editions").editions_app, name="editions")
    app.add_typer(import_module("octavo.cli.feeds").feeds_app, name="feeds")
    app.add_typer(import_module("octavo.cli.fediverse").fediverse_app, name="fediverse")
    app.add_typer(import_module("octavo.cli.hashtags").hashtags_app, name="hashtags")
    app.add_typer(import_module("octavo.cli.jobs").jobs_app, name="jobs")
    app.add_typer(import_module("octavo.cli.mail").mail_app, name="mail")
    app.add_typer(import_module("octavo.cli.models").models_app, name="models")
    app.add_typer(import_module("octavo.cli.push").push_app, name="push")
    app.add_typer(import_module("octavo.cli.newsletters").newsletters_app, name="newsletters")
    app.add_typer(import_module("octavo.cli.briefs").briefs_app, name="briefs")
    app.add_typer(import_module("octavo.cli.webhooks").webhooks_app, name="webhooks")
    app.add_typer(import_module("octavo.cli.websub").websub_app, name="websub")
    publishers_app = import_module("octavo.cli.publishers").publishers_app
    import_module("octavo.cli.sources").register(publishers_app)
    app.add_typer(publishers_app, name="publishers")
    app.add_typer(import_module("octavo.cli.story").story_app, name="story")


def run(arguments: Sequence[str] | None = None) -> None:
    """Run `octavo` (with the process's own arguments); an error of ours becomes one sentence and its exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    first = words[0] if words else ""
    _register(first if first in FIRST or (first in ALONE and "--parent" in words) else "")
    try:
        app(args=arguments)
    except OctavoError as error:
        typer.echo(f"octavo: {error}", err=True)
        raise SystemExit(error.exit_code) from error
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our output left (`octavo export | head`): nothing more to say.
        sys.stderr.close()
        raise SystemExit(0) from None
