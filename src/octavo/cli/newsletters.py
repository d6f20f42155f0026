"""octavo newsletters add|list|accept|refuse|receive: newsletters that come in by mail."""

import asyncio
import signal
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import newsletters as actions
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.cli.watch import end_with_parent, loaded
from octavo.errors import SettingsError

newsletters_app = typer.Typer(no_args_is_help=True, help="Newsletters that come in by mail, each to its own address.")
Number = Annotated[str, typer.Argument(help="The newsletter's number, as `octavo newsletters list` shows it.")]
Who = Annotated[str, typer.Argument(help="The sender's e-mail address.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(newsletters_app, name="newsletters")


@newsletters_app.command()
def add(
    context: typer.Context,
    site: Annotated[str, typer.Argument(help="Address of the site whose newsletter it is.")],
    title: Annotated[str, typer.Argument(help="The newsletter's name.")],
    why: Annotated[str, typer.Option(help="Why: stands in the public ledger of its source.")] = "",
) -> None:
    """Make an address to subscribe to a newsletter with, and print it."""
    with wiring.open_tools(load_settings(context)) as tools:
        kept = actions.add(tools, OPERATOR, site, title, why)
    typer.echo(kept.address)


@newsletters_app.command("list")
def list_newsletters(context: typer.Context, json: Json = False) -> None:
    """Show every newsletter, its address, who sends it, and what asks to be confirmed."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        found = actions.listed(tools, view)
    rows = [
        {
            "id": one.feed.id,
            "title": one.feed.title,
            "address": one.address,
            "state": str(one.feed.state),
            "senders": [f"{sender.address}{'' if sender.confirmed else ' (first seen)'}" for sender in one.senders],
            "waiting": [f"{mail.kind}: {mail.sender}: {mail.subject} {' '.join(mail.links)}" for mail in one.mails],
        }
        for one in found
    ]
    if json:
        as_json(rows)
    else:
        as_table(tuple(rows[0]) if rows else ("id",), [tuple(map(_shown, row.values())) for row in rows])


def _shown(value: object) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value)


@newsletters_app.command()
def accept(context: typer.Context, number: Number, sender: Who) -> None:
    """Let somebody send a newsletter, or confirm who does."""
    with wiring.open_tools(load_settings(context)) as tools:
        feed = actions.accept(tools, OPERATOR, number, sender)
    typer.echo(f"{feed.title} is taken from {sender}")


@newsletters_app.command()
def refuse(context: typer.Context, number: Number, sender: Who) -> None:
    """Take a newsletter from a sender no longer."""
    with wiring.open_tools(load_settings(context)) as tools:
        feed = actions.refuse(tools, OPERATOR, number, sender)
    typer.echo(f"{feed.title} is no longer taken from {sender}")


@newsletters_app.command()
def receive(context: typer.Context, parent: Annotated[int | None, typer.Option(hidden=True)] = None) -> None:
    """Take in newsletters by LMTP, until told to stop. `octavo serve` does so too, where a port is set."""
    settings = load_settings(context)
    said = settings.newsletters
    end_with_parent(parent)
    if not said.domain or not said.lmtp_port:
        raise SettingsError("newsletters.domain and newsletters.lmtp_port have to be set to take in newsletters")

    def started(port: int) -> None:
        typer.echo(f"Newsletters to @{said.domain} are taken in by LMTP on {said.listen}:{port}")

    async def run() -> None:
        taking = asyncio.ensure_future(wiring.receive_newsletters(tools, started))
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, taking.cancel)
        try:
            await taking
        except asyncio.CancelledError:
            return
        except OSError as error:
            where = f"{said.listen}:{said.lmtp_port}"
            raise SettingsError(f"cannot take in mail on {where}: {error.strerror}") from error

    with wiring.open_tools(settings) as tools:
        loaded()
        asyncio.run(run())
