"""octavo story merge|split|let-go: an editor's word on what is one story."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import stories
from octavo.cli.main import load_settings
from octavo.text.slugs import short_id

story_app = typer.Typer(no_args_is_help=True, help="An editor's word on what is one story.")
Story = Annotated[str, typer.Argument(help="A story's address, or its id.")]
Note = Annotated[str, typer.Option(help="Why: every reader may see it.")]


@story_app.command()
def merge(context: typer.Context, story: Story, into: Story, note: Note = "") -> None:
    """Fold the first story into the second: its address leads there from now on."""
    with wiring.open_tools(load_settings(context)) as tools:
        kept = stories.merge(tools, OPERATOR, story, into, note)
    typer.echo(f"both are story {short_id(kept)} now")


@story_app.command()
def split(
    context: typer.Context,
    story: Story,
    articles: Annotated[list[str], typer.Argument(help="Articles that are another story: addresses here, or ids.")],
    note: Note = "",
) -> None:
    """Make a story of its own of some of a story's articles."""
    with wiring.open_tools(load_settings(context)) as tools:
        made = stories.split(tools, OPERATOR, story, articles, note)
    typer.echo(f"they are story {short_id(made)} now")


@story_app.command("let-go")
def let_go(context: typer.Context, story: Story) -> None:
    """Let the machine see to a story again that was merged or split."""
    with wiring.open_tools(load_settings(context)) as tools:
        kept = stories.let_go(tools, OPERATOR, story)
    typer.echo(f"the machine sees to story {short_id(kept)} again")
