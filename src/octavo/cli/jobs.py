"""octavo jobs list|failed|retry, octavo storage, octavo log: the queue, the room things take, who did what."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import desk
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.job import JobRow

jobs_app = typer.Typer(no_args_is_help=True, help="The worker's queue, and its quarantine.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_ERROR = 200
"""Characters of an error in a table: its last ones, which say most."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(storage)
    app.command()(log)


@jobs_app.command("list")
def listed(context: typer.Context, json: Json = False) -> None:
    """List the jobs that wait, are put off or run, oldest first."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = desk.jobs(tools, OPERATOR).waiting
    _show(found, json)


@jobs_app.command()
def failed(context: typer.Context, json: Json = False) -> None:
    """List the quarantine: jobs that failed as often as they may be tried."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = desk.jobs(tools, OPERATOR).failed
    _show(found, json)


@jobs_app.command()
def retry(
    context: typer.Context,
    job: Annotated[list[str] | None, typer.Argument(help="Jobs by their id; all in quarantine when none.")] = None,
) -> None:
    """Do jobs in quarantine again."""
    with wiring.open_tools(load_settings(context)) as tools:
        for one in job or ():
            desk.retry(tools, OPERATOR, one)
        done = len(job) if job else desk.retry_all(tools, OPERATOR)
    typer.echo(f"{done} {'job' if done == 1 else 'jobs'} to be done again")


def storage(context: typer.Context, json: Json = False) -> None:
    """Measure the room the database, pages and pictures take, and count what is kept."""
    with wiring.open_tools(load_settings(context)) as tools:
        room = desk.measure(tools, OPERATOR)
        with tools.database.read() as view:
            counts = desk.counts(view)
    rows = [("database", "", room.database), *((name, count, size) for name, (count, size) in room.folders.items())]
    if json:
        as_json({"whole": room.whole, "counts": counts, "bytes": {name: size for name, _, size in rows}})
        return
    as_table(("", "files", "MB"), [(name, count, f"{size / 1e6:.1f}") for name, count, size in rows])
    as_table(("", "kept"), list(counts.items()))


def log(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
    json: Json = False,
) -> None:
    """Show what those with a role did, and the command line in their place, the newest first."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = desk.log(tools, OPERATOR, limit)
    if json:
        as_json(
            [
                {"at": one.at.isoformat(), "by": one.actor, "act": one.act, "subject": one.subject, "note": one.note}
                for one in found
            ]
        )
    else:
        rows = [(one.at.isoformat(timespec="seconds"), one.actor, one.act, one.subject, one.note) for one in found]
        as_table(("when", "who", "what", "to what", "note"), rows)


def _show(found: tuple[JobRow, ...], json: bool) -> None:
    if json:
        as_json([{"id": one.id, "kind": one.kind, "state": one.state, "error": one.error} for one in found])
    else:
        rows = [
            (one.id, one.kind, one.state, one.enqueued_at.isoformat(timespec="seconds"), (one.error or "")[-_ERROR:])
            for one in found
        ]
        as_table(("id", "job", "state", "since", "error"), rows)
