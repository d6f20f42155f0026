"""octavo publishers lines."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.actions import boilerplate
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.boilerplate import RepeatedLine

publishers_app = typer.Typer(no_args_is_help=True, help="The publishers whose pages this instance reads.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@publishers_app.callback()
def _publishers() -> None:
    """Have a name before every command of the group, also while there is one."""


@publishers_app.command()
def lines(
    context: typer.Context,
    publisher: Annotated[str, typer.Argument(help="The publisher's id or host.")],
    keep: Annotated[
        list[str] | None, typer.Option(help="A line, by its key or its words, that articles are to keep.")
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option(help="A line, by its key or its words, that articles are to lose.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show lines that are repeated and stay, too.")] = False,
    json: Json = False,
) -> None:
    """Show what a publisher repeats from page to page and what is dropped from its articles for it; overrule that."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = boilerplate.find_publisher(tools, publisher)
        again = 0
        for named, kept in [*((one, True) for one in keep or []), *((one, False) for one in drop or [])]:
            again = max(again, boilerplate.set_kept(tools, found, named, kept=kept))
        shown = [line for line in boilerplate.lines_of(tools, found) if every or line.dropped or line.kept is not None]
    if json:
        as_json([_row(line) for line in shown])
        return
    if again:
        typer.echo(f"{again} of the publisher's newest articles are read again by the next `octavo fetch` or worker")
    as_table(
        ("key", "pages", "status", "line"),
        [(_key(line), f"{line.pages}/{line.of_pages}", status(line), line.text) for line in shown],
    )


def status(line: RepeatedLine) -> str:
    """Say what becomes of a line, and who decided that."""
    if line.kept is not None:
        return "kept by you" if line.kept else "dropped by you"
    return "dropped" if line.learned else "stays"


def _key(line: RepeatedLine) -> str:
    return f"{line.key:016x}"


def _row(line: RepeatedLine) -> dict[str, object]:
    return {
        "key": _key(line),
        "line": line.text,
        "pages": line.pages,
        "of_pages": line.of_pages,
        "status": status(line),
        "first_seen_at": line.first_seen_at,
        "last_seen_at": line.last_seen_at,
    }
