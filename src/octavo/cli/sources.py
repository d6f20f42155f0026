"""octavo publishers facts|policy|note|ledger|withdraw|readmit: an editor's word on publishers."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import boilerplate, publishers
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.ports.tools import Tools
from octavo.store import ledger as ledger_store

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Publisher = Annotated[str, typer.Argument(help="The publisher's id or host.")]
Note = Annotated[str, typer.Option(help="Why: stands in the public ledger of the source.")]
_MOST = 200


def register(app: typer.Typer) -> None:
    """Add the commands to those about publishers."""
    for command in (facts, policy, note, ledger, withdraw, readmit):
        app.command()(command)


def facts(
    context: typer.Context,
    publisher: Publisher,
    fact: Annotated[list[str], typer.Argument(help="name=…, country=…, owner=…, kind=…, homepage=…, contact=…")],
) -> None:
    """Write down who a publisher is; what comes with Octavo no longer replaces it."""
    values = dict(one.split("=", 1) for one in fact if "=" in one)
    with wiring.open_tools(load_settings(context)) as tools:
        done = publishers.set_facts(tools, OPERATOR, _id(tools, publisher), values)
    typer.echo(f"{done.name}: {', '.join(sorted(values)) or 'nothing'} written down")


def policy(
    context: typer.Context,
    publisher: Publisher,
    shown: Annotated[str, typer.Argument(help="full, excerpt, headline, or default.")],
    note: Note = "",
) -> None:
    """Decide how much of a publisher's articles is shown."""
    with wiring.open_tools(load_settings(context)) as tools:
        said = "" if shown == "default" else shown
        done = publishers.set_policy(tools, OPERATOR, _id(tools, publisher), said, note)
    typer.echo(f"{done.name}: {done.policy or 'as everywhere'}")


def note(
    context: typer.Context,
    publisher: Publisher,
    said: Annotated[str, typer.Argument(help="What to write down.")],
    kind: Annotated[
        ledger_store.Kind, typer.Option(help="What it says: why it is read, an objection, a decision.")
    ] = ledger_store.Kind.REASON,
    private: Annotated[bool, typer.Option("--private", help="Only editors see it.")] = False,
) -> None:
    """Write into the ledger why a source is read, who objected, what was decided."""
    with wiring.open_tools(load_settings(context)) as tools:
        publishers.note(tools, OPERATOR, _id(tools, publisher), kind, said, public=not private)
    typer.echo("written down")


def ledger(context: typer.Context, publisher: Publisher, json: Json = False) -> None:
    """Show the ledger of a source, the newest entry first."""
    with wiring.open_tools(load_settings(context)) as tools:
        key = boilerplate.find_publisher(tools, publisher).id
        with tools.database.read() as view:
            found = ledger_store.of(view, key, _MOST)
    if json:
        as_json([{"at": one.at, "kind": one.kind, "note": one.note, "public": one.public} for one in found])
    else:
        rows = [(one.at.date(), one.kind, one.note, "public" if one.public else "editors", one.actor) for one in found]
        as_table(("when", "what", "note", "for", "who"), rows)


def withdraw(context: typer.Context, publisher: Publisher, note: Note = "") -> None:
    """Do as a publisher asks: read its feeds no more, show nothing of it but headlines that lead to it."""
    with wiring.open_tools(load_settings(context)) as tools:
        done = publishers.withdraw(tools, OPERATOR, _id(tools, publisher), note)
    typer.echo(f"{done.name} is read no more, and its texts are not shown")


def readmit(context: typer.Context, publisher: Publisher, note: Note = "") -> None:
    """Take back that a publisher asked to be left out; `octavo feeds resume` reads its feeds again."""
    with wiring.open_tools(load_settings(context)) as tools:
        done = publishers.readmit(tools, OPERATOR, _id(tools, publisher), note)
    typer.echo(f"{done.name} may be read again")


def _id(tools: Tools, named: str) -> str:
    return boilerplate.find_publisher(tools, named).id
