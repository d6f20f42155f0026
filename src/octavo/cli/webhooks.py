"""octavo webhooks add|list|log|again|test|pause|resume|remove: other programs that are told of the news."""

from typing import Annotated, Any

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import webhooks
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.webhook import CHOSEN, Delivery, HookState, Webhook

webhooks_app = typer.Typer(no_args_is_help=True, help="Webhooks: other programs that are told of the news.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Hook = Annotated[str, typer.Argument(help="A webhook by its number; see octavo webhooks list.")]


@webhooks_app.command()
def add(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="The address that is told, https:// as a rule.")],
    name: Annotated[str, typer.Option(help="What it is called here.")] = "",
    kind: Annotated[
        list[str] | None, typer.Option(help=f"What it is told of: {', '.join(CHOSEN)}. Without: everything.")
    ] = None,
    search: Annotated[str, typer.Option(help="Words of search.matched; phrases, OR and a minus may stand in it.")] = "",
    least: Annotated[int, typer.Option(help="Independent reports from which story.grew is told.")] = 2,
) -> None:
    """Make a webhook. Its secret is printed, and nobody can look it up later."""
    with wiring.open_tools(load_settings(context)) as tools:
        wanted = Webhook(address, (), tools.now(), name, search, least)
        made = webhooks.add(tools, OPERATOR, wanted, kind or ())
    typer.echo(f"webhook {made.id} tells {made.url} of {', '.join(made.kinds)}")
    typer.echo(f"its secret, shown this once: {made.secret}")


@webhooks_app.command("list")
def listed(context: typer.Context, json: Json = False) -> None:
    """List the webhooks."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = webhooks.every(tools, OPERATOR)
    if json:
        as_json([_hook(one) for one in found])
    else:
        cells = [(one.id, one.name, one.url, one.state, one.reason or ", ".join(one.kinds)) for one in found]
        as_table(("number", "name", "address", "state", "told of, or why it is off"), cells)


@webhooks_app.command()
def log(
    context: typer.Context,
    hook: Hook,
    before: Annotated[str, typer.Option(help="List those before this message.")] = "",
    json: Json = False,
) -> None:
    """List what a webhook was told, the newest first."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = webhooks.told(tools, OPERATOR, hook, before).messages
    if json:
        as_json([_message(one) for one in found])
    else:
        cells = [
            (one.id, one.happening.kind, one.outcome or "waiting", one.status or "", one.tries, one.told)
            for one in found
        ]
        as_table(("message", "kind", "outcome", "answer", "tries", "said"), cells)


@webhooks_app.command()
def again(
    context: typer.Context, hook: Hook, message: Annotated[str, typer.Argument(help="A message by its number.")]
) -> None:
    """Send a message once more, under the id it had."""
    with wiring.open_tools(load_settings(context)) as tools:
        webhooks.again(tools, OPERATOR, hook, message)
    typer.echo(f"message {message} is sent again within a minute")


@webhooks_app.command()
def test(context: typer.Context, hook: Hook) -> None:
    """Have a test message sent."""
    with wiring.open_tools(load_settings(context)) as tools:
        webhooks.test(tools, OPERATOR, hook)
    typer.echo("a test message is sent within a minute")


@webhooks_app.command()
def pause(context: typer.Context, hook: Hook) -> None:
    """Tell a webhook nothing until it is resumed."""
    with wiring.open_tools(load_settings(context)) as tools:
        webhooks.set_state(tools, OPERATOR, hook, HookState.PAUSED)
    typer.echo(f"webhook {hook} is paused")


@webhooks_app.command()
def resume(context: typer.Context, hook: Hook) -> None:
    """Tell a webhook things again, one that was turned off, too."""
    with wiring.open_tools(load_settings(context)) as tools:
        webhooks.set_state(tools, OPERATOR, hook, HookState.ON)
    typer.echo(f"webhook {hook} is on")


@webhooks_app.command()
def remove(context: typer.Context, hook: Hook) -> None:
    """Forget a webhook and its log."""
    with wiring.open_tools(load_settings(context)) as tools:
        webhooks.remove(tools, OPERATOR, hook)
    typer.echo(f"webhook {hook} is removed")


def _hook(one: Webhook) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "url": one.url,
        "kinds": [str(kind) for kind in one.kinds],
        "search": one.search,
        "least": one.least,
        "state": str(one.state),
        "reason": one.reason,
        "failing_since": one.failing_since.isoformat() if one.failing_since else None,
    }


def _message(one: Delivery) -> dict[str, Any]:
    return {
        "id": one.id,
        "type": str(one.happening.kind),
        "data": one.happening.data,
        "made_at": one.made_at.isoformat(),
        "outcome": str(one.outcome) or "waiting",
        "status": one.status,
        "tries": one.tries,
        "due": one.due.isoformat(),
        "said": one.told,
    }
