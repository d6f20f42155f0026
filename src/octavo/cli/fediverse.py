"""octavo fediverse status|followers|block|allow|forget: who follows from other servers, and which are spoken with."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import fediverse as actions
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.fediverse import Stance
from octavo.store import fediverse

fediverse_app = typer.Typer(no_args_is_help=True, help="Followers at other servers, and which servers are blocked.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Host = Annotated[str, typer.Argument(help="The server, such as social.example.")]
Note = Annotated[str, typer.Option(help="Why, for the log of the desk.")]


@fediverse_app.command()
def status(context: typer.Context, json: Json = False) -> None:
    """Say how many follow which actor, what waits, and which servers are blocked, allowed or failing."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        found = actions.standing(tools, OPERATOR, view)
    if json:
        known = [
            {"host": one.host, "stance": str(one.stance), "failing_since": one.failing_since, "told": one.told}
            for one in found.known
        ]
        as_json(
            {
                "followers": found.followers,
                "hosts": found.hosts,
                "known": known,
                "posts": found.posts,
                "to_send": found.to_send,
                "to_look_at": found.to_look_at,
            }
        )
        return
    typer.echo(f"articles told of: {found.posts}; to send: {found.to_send}; to look at: {found.to_look_at}")
    as_table(("actor", "followers"), list(found.followers.items()))
    as_table(
        ("server", "decided", "fails since"),
        [(one.host, str(one.stance) or "-", one.failing_since or "-") for one in found.known],
    )


@fediverse_app.command()
def followers(
    context: typer.Context,
    actor: Annotated[str, typer.Argument(help="An edition, such as en-gb, or tag_ and a hashtag.")],
    limit: Annotated[int, typer.Option(min=1, max=5000, help="How many at most.")] = 100,
    json: Json = False,
) -> None:
    """List who follows an actor."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        found = fediverse.followers(view, actor, limit)
    if json:
        as_json([{"name": one.name, "address": one.address} for one in found])
    else:
        as_table(("name", "address"), [(one.name, one.address) for one in found])


@fediverse_app.command()
def block(context: typer.Context, host: Host, note: Note = "") -> None:
    """Take nothing from a server, and send nothing there; its followers are dropped."""
    _decide(context, host, Stance.BLOCKED, note)


@fediverse_app.command()
def allow(context: typer.Context, host: Host, note: Note = "") -> None:
    """Let replies from a server be shown without waiting for a moderator, as the rules allow."""
    _decide(context, host, Stance.ALLOWED, note)


@fediverse_app.command()
def forget(context: typer.Context, host: Host, note: Note = "") -> None:
    """Treat a server as any other again."""
    _decide(context, host, Stance.NONE, note)


def _decide(context: typer.Context, host: str, stance: Stance, note: str) -> None:
    with wiring.open_tools(load_settings(context)) as tools:
        found = actions.decide(tools, OPERATOR, host, stance, note)
    typer.echo(f"{found.host}: {found.stance or 'as any other'}")
