"""octavo moderation queue|decide|standing|lock|note|rules|rule|slow|close|reopen|appeals|judge|letter."""

from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import accounts, discussion, moderation, reports
from octavo.actions.moderation import Because, Decision
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.account import Standing
from octavo.domain.ids import CommentId
from octavo.domain.moderation import Does, Reason, Rule
from octavo.errors import InputError
from octavo.store import discussion as comment_store
from octavo.store import moderation as queue_store
from octavo.store import screening as rule_store
from octavo.text.slugs import read_short_id, short_id

moderation_app = typer.Typer(no_args_is_help=True, help="The discussion: what waits, what is decided, the rules.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Why = Annotated[Reason | None, typer.Option(help="Why, for the public log.")]
Note = Annotated[str, typer.Option(help="A note for the public log.")]
_WIDE = 80


@moderation_app.command()
def queue(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=5000, help="How many at most.")] = 100,
    json: Json = False,
) -> None:
    """List the comments that wait for a moderator, the oldest first."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        waiting = queue_store.waiting(view, limit)
        said = {one.id: one for one in comment_store.get_many(view, [one.comment_id for one in waiting])}
    rows = [(short_id(one.comment_id), one, said[one.comment_id]) for one in waiting if one.comment_id in said]
    if json:
        as_json(
            [
                {"comment": key, "by": one.name, "why": why.why, "reported": list(why.reasons), "text": one.text}
                for key, why, one in rows
            ]
        )
    else:
        shown = [
            (key, one.name, why.why or ", ".join(why.reasons), " ".join(one.text.split())[:_WIDE])
            for key, why, one in rows
        ]
        as_table(("comment", "by", "why", "text"), shown)


@moderation_app.command()
def decide(  # noqa: PLR0913 - an option each
    context: typer.Context,
    decision: Annotated[Decision, typer.Argument(help="show or remove.")],
    comment: Annotated[list[str] | None, typer.Argument(help="Comments, as `queue` names them.")] = None,
    alike: Annotated[str, typer.Option(help="All that wait for this reason instead, such as wave.")] = "",
    authors: Annotated[Standing | None, typer.Option(help="How their authors stand from now on.")] = None,
    others: Annotated[bool, typer.Option(help="Remove what their authors said within a day as well.")] = False,
    why: Why = None,
    note: Note = "",
) -> None:
    """Show or remove comments; what is removed keeps its words for an appeal."""
    ids = [CommentId(number) for one in comment or () if (number := read_short_id(one)) is not None]
    if not ids and not alike:
        raise InputError("name comments, or --alike and why they wait")
    because = Because(str(why or ""), note, authors, others)
    with wiring.open_tools(load_settings(context)) as tools:
        if alike:
            done = moderation.decide_alike(tools, OPERATOR, alike, decision, because)
        else:
            done = moderation.decide(tools, OPERATOR, ids, decision, because)
    typer.echo(f"changed: {done}")


@moderation_app.command()
def standing(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The account's name.")],
    to: Annotated[Standing, typer.Argument(help="good, limited or banned.")],
    why: Why = None,
    note: Note = "",
) -> None:
    """Limit or ban an account, or pardon it."""
    with wiring.open_tools(load_settings(context)) as tools:
        with tools.database.read() as view:
            account = accounts.named(view, name)
        moderation.stand(tools, OPERATOR, account.id, to, Because(str(why or ""), note))
    typer.echo(f"{account.name}: {to}")


@moderation_app.command()
def lock(
    context: typer.Context,
    comment: Annotated[str, typer.Argument(help="The comment, as `queue` or its address names it.")],
    off: Annotated[bool, typer.Option("--off", help="Take answers again instead.")] = False,
    note: Note = "",
) -> None:
    """Let a comment, and what is below it, take no more answers."""
    number = read_short_id(comment)
    if number is None:
        raise InputError("this names no comment")
    with wiring.open_tools(load_settings(context)) as tools:
        moderation.lock(tools, OPERATOR, CommentId(number), Because(note=note), on=not off)


@moderation_app.command("note")
def leave_note(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The account's name.")],
    text: Annotated[str, typer.Argument(help="What other moderators should know.")],
) -> None:
    """Tell other moderators something of an account; its owner can read it when they export."""
    with wiring.open_tools(load_settings(context)) as tools:
        with tools.database.read() as view:
            account = accounts.named(view, name)
        moderation.note(tools, OPERATOR, account.id, text)


@moderation_app.command()
def rules(context: typer.Context, json: Json = False) -> None:
    """List the words and hosts that are not wanted, and where comments are slowed or closed."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        found, slow = rule_store.rules(view), rule_store.slow_places(view)
        closed = discussion.closed_places(tools)
    if json:
        as_json(
            {
                "rules": [{"number": one.id, one.kind: one.pattern, "does": one.does} for one in found],
                "slow": dict(slow),
                "closed": {one.key: one.note for one in closed},
            }
        )
        return
    rows = [(str(one.id), one.kind, one.pattern, str(one.does)) for one in found]
    rows += [("", "slow", place, f"{seconds} s") for place, seconds in slow]
    as_table(("number", "kind", "what", "does"), [*rows, *(("", "closed", one.key, one.note) for one in closed)])


@moderation_app.command()
def rule(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="word or host.")],
    pattern: Annotated[str, typer.Argument(help="The word or phrase, or the host.")],
    does: Annotated[Does, typer.Option(help="What happens with comments that have it.")] = Does.HOLD,
    drop: Annotated[bool, typer.Option("--drop", help="Take the rule back instead.")] = False,
    note: Note = "",
) -> None:
    """Hold or refuse comments with a word, or with links to a host."""
    with wiring.open_tools(load_settings(context)) as tools:
        if not drop:
            moderation.make_rule(tools, OPERATOR, Rule(kind, pattern, does, note))
            return
        with tools.database.read() as view:
            number = next((one.id for one in rule_store.rules(view) if (one.kind, one.pattern) == (kind, pattern)), 0)
        moderation.drop_rule(tools, OPERATOR, number, note)


@moderation_app.command()
def slow(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="site, edition/KEY, publisher/ID, article/ID or story/ID.")],
    seconds: Annotated[int, typer.Argument(min=0, max=3600, help="Seconds between two comments; 0 ends it.")],
    note: Note = "",
) -> None:
    """Let some seconds lie between two comments of one reader."""
    with wiring.open_tools(load_settings(context)) as tools:
        moderation.slow(tools, OPERATOR, place, seconds, note)


@moderation_app.command()
def close(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="edition/KEY, publisher/ID, article/ID or story/ID.")],
    note: Annotated[str, typer.Option(help="Why, for readers to see.")] = "",
) -> None:
    """Take no comments somewhere; what was said stays."""
    with wiring.open_tools(load_settings(context)) as tools:
        discussion.close(tools, OPERATOR, place, note)


@moderation_app.command()
def reopen(context: typer.Context, place: Annotated[str, typer.Argument(help="As it was closed.")]) -> None:
    """Take comments somewhere again."""
    with wiring.open_tools(load_settings(context)) as tools:
        discussion.reopen(tools, OPERATOR, place)


@moderation_app.command()
def appeals(context: typer.Context, json: Json = False) -> None:
    """List the appeals nobody has decided on."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        found = [(one, queue_store.get_act(view, one.act_id)) for one in queue_store.open_appeals(view, 500)]
    if json:
        as_json([{"number": one.id, "against": act.act if act else "", "text": one.text} for one, act in found])
    else:
        rows = [(str(one.id), str(act.act) if act else "", " ".join(one.text.split())[:_WIDE]) for one, act in found]
        as_table(("number", "against", "text"), rows)


@moderation_app.command()
def judge(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The appeal's number.")],
    answer: Annotated[str, typer.Argument(help="The answer, for all to see.")],
    upheld: Annotated[bool, typer.Option("--upheld/--denied", help="Whether the decision is taken back.")] = False,
) -> None:
    """Answer an appeal."""
    with wiring.open_tools(load_settings(context)) as tools:
        moderation.judge(tools, OPERATOR, number, answer, upheld=upheld)


@moderation_app.command()
def letter(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Whose account is banned.")],
    text: Annotated[str, typer.Argument(help="What they wrote.")],
) -> None:
    """Take down the appeal of somebody who is banned, and so can only write to you."""
    with wiring.open_tools(load_settings(context)) as tools:
        reports.appeal_banned(tools, name, text)
