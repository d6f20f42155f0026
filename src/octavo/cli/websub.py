"""octavo websub subscribers|hubs: who our hub brings feeds to, and the hubs that bring us feeds."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.store import feed_hubs, hub

websub_app = typer.Typer(no_args_is_help=True, help="Feeds brought at once: to others, and to us.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")]


@websub_app.command()
def subscribers(context: typer.Context, limit: Limit = 100, json: Json = False) -> None:
    """List who is brought which of our feeds, and why some are no more."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        found = hub.listed(view, limit)
    if json:
        keys = ("topic", "callback", "made_at", "lease_until", "failing_since", "ended_at", "told")
        as_json([{key: str(value) if (value := getattr(one, key)) else "" for key in keys} for one in found])
    else:
        cells = [
            (one.topic, one.callback, "ended" if one.ended_at else f"until {one.lease_until:%Y-%m-%d}", one.told)
            for one in found
        ]
        as_table(("feed", "brought to", "holds", "said"), cells)


@websub_app.command()
def hubs(context: typer.Context, limit: Limit = 100, json: Json = False) -> None:
    """List the hubs of the feeds that are read, and whether they bring what is new."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        now, found = tools.now(), feed_hubs.listed(view, limit)
    if json:
        as_json(
            [
                {"feed": url, "hub": one.hub, "state": str(one.state), "delivers": one.delivers(now), "said": one.told}
                for one, url in found
            ]
        )
    else:
        cells = [(url, one.hub, one.state, "yes" if one.delivers(now) else "no", one.told) for one, url in found]
        as_table(("feed", "hub", "state", "brings what is new", "said"), cells)
