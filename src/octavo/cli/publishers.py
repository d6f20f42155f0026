"""octavo publishers health|repair|settle|lines."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.actions import boilerplate, repairs
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table, stages
from octavo.domain.boilerplate import RepeatedLine
from octavo.domain.health import Health
from octavo.domain.ids import PublisherId
from octavo.pipeline.passes import repair as read_again
from octavo.store import health as health_store
from octavo.store import publishers as publisher_store

publishers_app = typer.Typer(no_args_is_help=True, help="The publishers whose pages this instance reads.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@publishers_app.command()
def health(
    context: typer.Context,
    publisher: Annotated[str | None, typer.Argument(help="A publisher's id or host; all when none.")] = None,
    queued: Annotated[bool, typer.Option("--queued", help="Only those that wait for repair.")] = False,
    json: Json = False,
) -> None:
    """Show how well publishers' articles are read of late, those that wait for repair first."""
    with wiring.open_tools(load_settings(context)) as tools:
        only = boilerplate.find_publisher(tools, publisher).id if publisher else None
        with tools.database.read() as view:
            found = health_store.all(view, tools.now(), tools.settings.quality.yardstick)
            names = {one.id: one.name for one, _ in publisher_store.all(view)}
    shown = [one for one in found if (only is None or one.publisher_id == only) and (one.queued or not queued)]
    shown.sort(
        key=lambda one: (not one.queued, -one.recent.share(one.recent.below), names[one.publisher_id].casefold())
    )
    if json:
        as_json([_health_row(one, names[one.publisher_id]) for one in shown])
    else:
        as_table(_HEALTH, [_health_cells(one, names[one.publisher_id]) for one in shown])


_HEALTH = (
    *("publisher", "name", "articles", "below the bar", "mean", "change", "behind a paywall"),
    *("no date", "no author", "no picture", "failed pages", "newest article", "repair"),
)


def _health_cells(one: Health, name: str) -> Sequence[object]:
    recent = one.recent
    share = "{:.0%}".format
    counts = (recent.below, recent.undated, recent.unsigned, recent.pictureless)
    below, undated, unsigned, pictureless = (share(recent.share(n)) if recent.articles else "" for n in counts)
    return (
        one.publisher_id,
        name,
        recent.articles,
        below,
        f"{recent.complete:.2f}" if recent.articles else "",
        "" if one.change is None else f"{one.change:+.0%}",
        recent.locked or "",
        undated,
        unsigned,
        pictureless,
        one.failed or "",
        one.last_at.isoformat(timespec="minutes") if one.last_at else "never",
        "queued" if one.queued else "",
    )


def _health_row(one: Health, name: str) -> dict[str, object]:
    recent = one.recent
    return {
        "publisher": one.publisher_id,
        "name": name,
        "articles": recent.articles,
        "below": recent.below,
        "paywalled_below": recent.locked,
        "complete": round(recent.complete, 4),
        "change": None if one.change is None else round(one.change, 4),
        "undated": recent.undated,
        "unsigned": recent.unsigned,
        "pictureless": recent.pictureless,
        "failed_pages": one.failed,
        "last_at": one.last_at,
        "queued": one.queued,
        "read_again_at": one.repair.read_at if one.repair else None,
        "settled_at": one.repair.settled_at if one.repair else None,
    }


@publishers_app.command()
def repair(
    context: typer.Context,
    publisher: Annotated[str, typer.Argument(help="The publisher's id or host.")],
    days: Annotated[int | None, typer.Option(min=1, help="Only pages first seen so many days ago or later.")] = None,
    json: Json = False,
) -> None:
    """Read a publisher's kept pages again, now, with this extractor; says what that changed."""
    with wiring.open_tools(load_settings(context)) as tools, stages(quiet=json) as report:
        found = boilerplate.find_publisher(tools, publisher)
        since = tools.now() - timedelta(days=days) if days else None
        done = read_again(tools, found.id, since=since, report=report)
        wiring.finish(tools, report)
    if json:
        before, after = (_health_row(one, found.name) for one in (done.before, done.after))
        as_json({"publisher": found.id, "pages": done.pages, "before": before, "after": after})
        return
    typer.echo(f"{done.pages} pages of {found.name} were read again")
    as_table(
        ("", "articles", "below the bar", "mean", "repair"),
        [(said, *_short(one)) for said, one in (("before", done.before), ("after", done.after))],
    )


def _short(one: Health) -> tuple[object, ...]:
    recent = one.recent
    share = f"{recent.share(recent.below):.0%}"
    return recent.articles, f"{recent.below} ({share})", f"{recent.complete:.2f}", "queued" if one.queued else "fine"


@publishers_app.command()
def settle(
    context: typer.Context, publisher: Annotated[str, typer.Argument(help="The publisher's id or host.")]
) -> None:
    """Take a publisher off the repair queue: only articles first seen from now on can queue it again."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = boilerplate.find_publisher(tools, publisher)
        repairs.settle(tools, PublisherId(found.id))
    typer.echo(f"{found.name} is off the queue until new articles say otherwise")


@publishers_app.command()
def lines(
    context: typer.Context,
    publisher: Annotated[str, typer.Argument(help="The publisher's id or host.")],
    keep: Annotated[
        list[str] | None, typer.Option(help="A line, by its key or its words, that articles are to keep.")
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option(help="A line, by its key or its words, that articles are to lose.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show lines that are repeated and stay, too.")] = False,
    json: Json = False,
) -> None:
    """Show what a publisher repeats from page to page and what is dropped from its articles for it; overrule that."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = boilerplate.find_publisher(tools, publisher)
        again = 0
        for named, kept in [*((one, True) for one in keep or []), *((one, False) for one in drop or [])]:
            again = max(again, boilerplate.set_kept(tools, found, named, kept=kept))
        shown = [line for line in boilerplate.lines_of(tools, found) if every or line.dropped or line.kept is not None]
    if json:
        as_json([_row(line) for line in shown])
        return
    if again:
        typer.echo(f"{again} of the publisher's newest articles are read again by the next `octavo fetch` or worker")
    as_table(
        ("key", "pages", "status", "line"),
        [(_key(line), f"{line.pages}/{line.of_pages}", status(line), line.text) for line in shown],
    )


def status(line: RepeatedLine) -> str:
    """Say what becomes of a line, and who decided that."""
    if line.kept is not None:
        return "kept by you" if line.kept else "dropped by you"
    return "dropped" if line.learned else "stays"


def _key(line: RepeatedLine) -> str:
    return f"{line.key:016x}"


def _row(line: RepeatedLine) -> dict[str, object]:
    return {
        "key": _key(line),
        "line": line.text,
        "pages": line.pages,
        "of_pages": line.of_pages,
        "status": status(line),
        "first_seen_at": line.first_seen_at,
        "last_seen_at": line.last_seen_at,
    }
