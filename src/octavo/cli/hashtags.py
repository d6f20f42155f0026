"""octavo hashtags rising|merge|mute|restore|rules."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import hashtags
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table

hashtags_app = typer.Typer(no_args_is_help=True, help="The hashtags readers see, and an editor's word on them.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Tag = Annotated[str, typer.Argument(help="A hashtag, with or without its sign.")]
Note = Annotated[str, typer.Option(help="Why, for those who look at it later.")]


@hashtags_app.command()
def rising(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 30,
    json: Json = False,
) -> None:
    """List the hashtags used more in the last 24 hours than on a usual day."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = hashtags.rising(tools, limit)
    if json:
        as_json([{"tag": one.tag, "label": one.label, "last_day": one.last_day, "usual": one.usual} for one in found])
    else:
        cells = [(f"#{one.tag}", one.label, one.last_day, f"{one.usual:.1f}") for one in found]
        as_table(("hashtag", "label", "last 24 hours", "a usual day"), cells)


@hashtags_app.command()
def merge(context: typer.Context, tag: Tag, into: Tag, note: Note = "") -> None:
    """Show everything under the first hashtag as under the second, from now on and backwards."""
    with wiring.open_tools(load_settings(context)) as tools:
        rule = hashtags.merge(tools, OPERATOR, tag, into, note)
    typer.echo(f"#{rule.tag} is shown as #{rule.into}")


@hashtags_app.command()
def mute(context: typer.Context, tag: Tag, note: Note = "") -> None:
    """Show a hashtag nowhere."""
    with wiring.open_tools(load_settings(context)) as tools:
        rule = hashtags.mute(tools, OPERATOR, tag, note)
    typer.echo(f"#{rule.tag} is shown nowhere")


@hashtags_app.command()
def restore(context: typer.Context, tag: Tag) -> None:
    """Take back a merge or a mute: the hashtag is shown as it was found."""
    with wiring.open_tools(load_settings(context)) as tools:
        hashtags.restore(tools, OPERATOR, tag)
    typer.echo(f"#{tag.lstrip('#')} is shown as it was found")


@hashtags_app.command()
def rules(context: typer.Context, json: Json = False) -> None:
    """List what was decided on hashtags, latest first."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = hashtags.rules(tools)
    rows = [
        {"tag": one.tag, "into": one.into, "muted": one.muted, "note": one.note, "made_at": one.made_at.isoformat()}
        for one in found
    ]
    if json:
        as_json(rows)
    else:
        cells = [(f"#{one.tag}", f"#{one.into}" if one.into else "nowhere", one.note) for one in found]
        as_table(("hashtag", "is shown as", "note"), cells)
