"""octavo briefs reported|withdraw."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import briefs
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.brief import KeptBrief

briefs_app = typer.Typer(no_args_is_help=True, help="What AI features said, and what readers reported of it.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@briefs_app.command()
def reported(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 50,
    json: Json = False,
) -> None:
    """List what readers reported, the newest report first."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = briefs.reported(tools, limit)
    if json:
        as_json([_described(one) for one in found])
    else:
        rows = [(one.name, one.reports, ", ".join(one.reasons), one.path, _state(one)) for one in found]
        as_table(("name", "reports", "reasons", "page", "state"), rows)
        for one in found:
            typer.echo(f"\n{one.name}")
            for statement in one.brief.statements:
                typer.echo(f"  {statement.text}")


@briefs_app.command()
def withdraw(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Its name, as `reported` lists it.")],
    note: Annotated[str, typer.Option(help="Why, for those who look at it later.")] = "",
) -> None:
    """Let what was reported be shown no more; it stays listed for a year."""
    with wiring.open_tools(load_settings(context)) as tools:
        one = briefs.withdraw(tools, OPERATOR, name, note)
    typer.echo(f"{one.name} is shown no more")


def _state(one: KeptBrief) -> str:
    return f"withdrawn: {one.note}" if one.withdrawn_at else "shown"


def _described(one: KeptBrief) -> dict[str, object]:
    return {
        "name": one.name,
        "page": one.path,
        "reports": one.reports,
        "reasons": list(one.reasons),
        "reported_at": one.reported_at.isoformat() if one.reported_at else None,
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
        "note": one.note,
        "model": one.brief.model,
        "prompt": one.brief.prompt,
        "question": one.brief.question,
        "statements": [statement.text for statement in one.brief.statements],
    }
