"""octavo export: everything, as NDJSON."""

import json
from pathlib import Path
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.actions import archive
from octavo.cli.batches import write_lines
from octavo.cli.main import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to; standard output when none.")] = None,
) -> None:
    """Write every article as NDJSON, the form `octavo import` reads."""
    with wiring.open_tools(load_settings(context)) as tools:
        rows = archive.export_lines(tools)
        if file is None:
            for row in rows:
                typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            write_lines(file, rows)
