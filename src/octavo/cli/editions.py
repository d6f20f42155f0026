"""octavo editions list|check|places|pin|bury|release|pins."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import editions
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.edition import EditionPlan
from octavo.enrich.cities import cities, place_fold
from octavo.store import starter
from octavo.text.slugs import short_id

editions_app = typer.Typer(no_args_is_help=True, help="Editions, and an editor's word on their front pages.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Key = Annotated[str, typer.Argument(help="An edition, such as en-gb.")]
Note = Annotated[str, typer.Option(help="Why: every reader may see it.")]
Story = Annotated[str, typer.Argument(help="A story's address, or its id.")]


@editions_app.command("list")
def list_editions(context: typer.Context, json: Json = False) -> None:
    """List every edition: those that come along and those in the data folder."""
    found = starter.read(load_settings(context).data_dir)
    rows = [_row(plan, own=plan.key in found.own) for plan in found.editions.values()]
    if json:
        as_json(rows)
    else:
        heads = ("edition", "title", "languages", "own publishers", "world", "from")
        as_table(heads, [tuple(row.values()) for row in rows])


@editions_app.command()
def check(context: typer.Context) -> None:
    """Read the editions and publishers of the data folder, and say what is wrong with the first that is."""
    settings = load_settings(context)
    found = starter.read(settings.data_dir)
    for key in sorted(found.own):
        papers = found.feeds_of(found.editions[key])
        feeds = sum(len(one.feeds) for one in papers)
        typer.echo(f"{key}: {len(papers)} publishers with {feeds} feeds in its languages")
    typer.echo(f"{len(found.own)} editions in {settings.data_dir / 'editions'}, nothing wrong")


@editions_app.command()
def places(name: Annotated[str, typer.Argument(help="A city's name, in any language.")], json: Json = False) -> None:
    """Find the keys of places, for an edition's `places`."""
    found = sorted(cities().named(place_fold(name)), key=lambda one: -one.population)
    rows = [(f"place/{one.number}", one.name, one.country, one.region, one.population) for one in found]
    if json:
        as_json([dict(zip(("key", "name", "country", "region", "people"), row, strict=True)) for row in rows])
    else:
        as_table(("key", "name", "country", "region", "people"), rows)


@editions_app.command()
def pin(context: typer.Context, edition: Key, story: Story, note: Note = "") -> None:
    """Let a story stand first on a front page, after those pinned before."""
    with wiring.open_tools(load_settings(context)) as tools:
        editions.pin(tools, OPERATOR, edition, story, note)
    typer.echo(f"pinned in {edition}, from the next time the page is laid out")


@editions_app.command()
def bury(context: typer.Context, edition: Key, story: Story, note: Note = "") -> None:
    """Keep a story off a front page."""
    with wiring.open_tools(load_settings(context)) as tools:
        editions.bury(tools, OPERATOR, edition, story, note)
    typer.echo(f"kept off {edition}, from the next time the page is laid out")


@editions_app.command()
def release(context: typer.Context, edition: Key, story: Story) -> None:
    """Take back what was decided on a story: it stands where its score puts it."""
    with wiring.open_tools(load_settings(context)) as tools:
        editions.release(tools, OPERATOR, edition, story)
    typer.echo(f"nothing is decided on it in {edition} any more")


@editions_app.command()
def pins(context: typer.Context, edition: Key, json: Json = False) -> None:
    """List what was decided for a front page."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = editions.pins(tools, edition)
    found.sort(key=lambda one: one.stance, reverse=True)
    if json:
        as_json([{"story": one.story_id, "decided": one.stance, "note": one.note} for one in found])
    else:
        as_table(("decided", "story", "note"), [(one.stance, short_id(one.story_id), one.note) for one in found])


def _row(plan: EditionPlan, *, own: bool) -> dict[str, object]:
    return {
        "key": plan.key,
        "title": plan.title,
        "languages": " ".join(plan.languages),
        "own publishers": len(plan.local_publishers),
        "world": len(plan.global_publishers),
        "from": "data folder" if own else "Octavo",
    }
