"""What commands print: tables for people, JSON for programs, progress for the patient."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from octavo.pipeline.passes import Progress as Done
from octavo.pipeline.passes import Report


def as_json(value: Any) -> None:
    """Print one JSON document on one line."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def as_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows as a table as wide as the terminal; whole cells when output goes to a file."""
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    width = None if sys.stdout.isatty() else 400
    Console(width=width, soft_wrap=not sys.stdout.isatty()).print(table)


@contextmanager
def stages(quiet: bool = False) -> Iterator[Report]:
    """Show how far each stage has come, on standard error."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def report(done: Done) -> None:
            if done.stage not in tasks:
                tasks[done.stage] = bars.add_task(done.stage, total=None)
            bars.update(tasks[done.stage], completed=done.done)

        yield report
