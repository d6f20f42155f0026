"""octavo push status|rotate: notifications, and the keys push services know this instance by."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.actions import push as actions
from octavo.cli.main import load_settings
from octavo.cli.output import as_json
from octavo.store import notices, push

push_app = typer.Typer(no_args_is_help=True, help="Notifications: how many, and their keys.")


@push_app.command()
def status(context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say how many browsers are subscribed, what waits to be sent, and the public key."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        found = {
            "subscriptions": push.count(view),
            "failing": push.failing(view, 1),
            "waiting": notices.waiting(view),
            "keys": [one.public for one in actions.key_pairs(view)],
        }
    if json:
        as_json(found)
        return
    for name, value in found.items():
        typer.echo(f"{name}: {', '.join(value) or 'none' if isinstance(value, list) else value}")


@push_app.command()
def rotate(
    context: typer.Context,
    forget: Annotated[
        bool, typer.Option("--forget", help="Drop the old keys at once, and every browser subscribed with them.")
    ] = False,
) -> None:
    """Make new keys. Browsers come over to them when their reader next changes something; none is lost."""
    with wiring.open_tools(load_settings(context)) as tools:
        forgotten = actions.rotate_keys(tools, forget=forget)
    typer.echo(f"new keys made; {forgotten} browsers forgotten")
