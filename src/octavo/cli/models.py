"""octavo models list|try: the language models this instance may ask, and what they say."""

import time
from contextlib import closing
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.errors import InputError, ModelError, ModelOff
from octavo.ports.language_model import LanguageModel, Piece, Prompt
from octavo.store import model_spending

models_app = typer.Typer(no_args_is_help=True, help="The language models this instance may ask.")
RULES = "Answer in a few sentences."


@models_app.command("list")
def list_models(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Show the models in the order they are tried, and what each took today (UTC)."""
    with wiring.open_tools(load_settings(context)) as tools:
        today = tools.now().date()
        with tools.database.read() as view:
            spent = {one.model: one for one in model_spending.since(view, today)}
    rows = []
    for one in tools.settings.models.order:
        took = spent.get(one.name)
        rows.append(
            {
                "name": one.name,
                "adapter": one.adapter,
                "model": one.model,
                "address": one.address,
                "key": bool(one.key.get_secret_value() or one.key_name),
                "asked": took.asked if took else 0,
                "tokens": took.tokens_in + took.tokens_out if took else 0,
                "daily_tokens": one.daily_tokens,
                "price": took.millionths / 1_000_000 if took else 0.0,
                "daily_price": one.daily_price,
            }
        )
    if json:
        as_json(rows)
    elif rows:
        as_table([*rows[0]], [[*row.values()] for row in rows])
    else:
        typer.echo("none: docs/howto/language-models.md says how to name one")


@models_app.command("try")
def try_model(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What to ask.")],
    model: Annotated[str, typer.Option(help="Ask this one; without, all of them in order.")] = "",
    most_tokens: Annotated[int, typer.Option(min=1, max=4000, help="The most tokens the answer may have.")] = 200,
) -> None:
    """Ask a model: its answer as it comes, and on standard error how long it took. Exit code 1 when it fails."""
    with wiring.open_tools(load_settings(context)) as tools:
        models = wiring.make_models(tools.settings, tools.database, tools.now)
        if model and model not in models:
            raise InputError(f"there is no model {model}: there are {', '.join(models) or 'none'}")
        _ask(models[model] if model else tools.language_model, Prompt("try/1", RULES, question, most_tokens))


def _ask(model: LanguageModel, prompt: Prompt) -> None:
    began = time.monotonic()
    first = 0.0
    last = Piece()
    try:
        with closing(model.write(prompt)) as pieces:
            for last in pieces:
                first = first or (time.monotonic() - began if last.text else 0.0)
                typer.echo(last.text, nl=False)
    except ModelOff:
        raise InputError("there is no language model: the setting models.order names none") from None
    except ModelError as error:
        typer.echo(f"\n{error}", err=True)
        raise typer.Exit(1) from error
    finally:
        typer.echo()
        model.close()
    typer.echo(
        f"{last.model}: first words after {first:.2f} s, all after {time.monotonic() - began:.2f} s, "
        f"{last.tokens_in} tokens read, {last.tokens_out} written"
        f"{'' if last.finished else ', cut off at its bound'}",
        err=True,
    )
