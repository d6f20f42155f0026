"""octavo feeds add|list|pause|resume|remove|check|import|export."""

from pathlib import Path
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import feeds as actions
from octavo.actions import sources
from octavo.cli.batches import read_file
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.feed import Feed, FeedState
from octavo.domain.ids import EditionKey
from octavo.errors import InputError, UnreadableFile
from octavo.ports.tools import Tools
from octavo.store import feeds as feed_store
from octavo.store import starter

feeds_app = typer.Typer(no_args_is_help=True, help="The feeds this instance follows.")
Addresses = Annotated[list[str], typer.Argument(help="The feeds' addresses or numbers.")]
Note = Annotated[str, typer.Option(help="Why, for the log.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@feeds_app.command()
def add(
    context: typer.Context,
    address: Annotated[list[str] | None, typer.Argument(help="A feed's or a site's address.")] = None,
    edition: Annotated[str | None, typer.Option(help="Follow the starter feeds of an edition, such as ar-eg.")] = None,
    why: Annotated[str, typer.Option(help="Why: stands in the public ledger of its source.")] = "",
    json: Json = False,
) -> None:
    """Follow feeds: by address, by the address of a site that has one, or a whole starter edition."""
    if not address and not edition:
        raise InputError("name at least one address, or an edition with --edition")
    with wiring.open_tools(load_settings(context)) as tools:
        added = [sources.follow(tools, OPERATOR, one, why) for one in address or []]
        if edition:
            plans = starter.read(tools.settings.data_dir).editions
            key = EditionKey(edition.lower())
            if key not in plans:
                raise InputError(f"there is no edition {edition}: there are {', '.join(sorted(plans))}")
            added += sources.follow_edition(tools, OPERATOR, plans[key])
    _show(added, json)


@feeds_app.command("list")
def list_feeds(context: typer.Context, json: Json = False) -> None:
    """Show every feed and how it does."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        feeds = feed_store.all(view)
    _show(feeds, json)


@feeds_app.command()
def pause(context: typer.Context, address: Addresses, note: Note = "") -> None:
    """Poll feeds no more for a while."""
    with wiring.open_tools(load_settings(context)) as tools:
        for one in address:
            feed = sources.set_state(tools, OPERATOR, one, FeedState.PAUSED, note)
            typer.echo(f"{feed.url} is paused")


@feeds_app.command()
def resume(context: typer.Context, address: Addresses, note: Note = "") -> None:
    """Poll feeds again, at once, their failures forgiven."""
    with wiring.open_tools(load_settings(context)) as tools:
        for one in address:
            feed = sources.set_state(tools, OPERATOR, one, FeedState.ACTIVE, note)
            typer.echo(f"{feed.url} is polled again")


@feeds_app.command()
def remove(context: typer.Context, address: Addresses, note: Note = "") -> None:
    """Stop following feeds; their articles stay."""
    with wiring.open_tools(load_settings(context)) as tools:
        for one in address:
            feed = sources.remove(tools, OPERATOR, one, note)
            typer.echo(f"no longer following {feed.url}")


@feeds_app.command()
def check(
    context: typer.Context,
    address: Annotated[
        list[str] | None, typer.Argument(help="Feeds to check; all that are followed when none.")
    ] = None,
    starters: Annotated[bool, typer.Option("--starter", help="Check the whole starter data instead.")] = False,
    json: Json = False,
) -> None:
    """Look at feeds without keeping anything. Exit code 1 when any has a problem."""
    with wiring.open_tools(load_settings(context)) as tools:
        if starters:
            feeds = [feed for one in starter.read(tools.settings.data_dir).publishers.values() for feed in one.feeds]
        elif address:
            feeds = [actions.find(tools, one) for one in address]
        else:
            with tools.database.read() as view:
                feeds = feed_store.all(view)
        found = list(actions.check(tools, feeds))
    rows = [(one.feed.url, one.entries, one.problem or "ok") for one in found]
    if json:
        as_json([{"url": url, "entries": entries, "problem": said} for url, entries, said in rows])
    else:
        as_table(("feed", "entries", "health"), rows)
    if any(one.problem for one in found):
        raise typer.Exit(1)


@feeds_app.command("import")
def import_file(context: typer.Context, file: Path, json: Json = False) -> None:
    """Follow every feed of an OPML file."""
    data = read_file(file)
    with wiring.open_tools(load_settings(context)) as tools:
        added = follow_opml(tools, file, data)
    if json:
        _show(added, json)
    else:
        typer.echo(f"following {len(added)} feeds of {file.name}")


def follow_opml(tools: Tools, file: Path, data: bytes) -> list[Feed]:
    """Follow the feeds of an OPML file that was read. Raises UnreadableFile naming it."""
    try:
        return sources.bring(tools, OPERATOR, data)
    except UnreadableFile as error:
        raise UnreadableFile(f"{file}: {error}") from error


@feeds_app.command("export")
def export_file(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to; standard output when none.")] = None,
) -> None:
    """Write the followed feeds as OPML."""
    with wiring.open_tools(load_settings(context)) as tools:
        data = actions.export_opml(tools)
    if file:
        try:
            file.write_bytes(data)
        except OSError as error:
            raise UnreadableFile(f"{file} cannot be written: {error.strerror}") from error
    else:
        typer.echo(data.decode("utf-8"), nl=False)


def _show(feeds: list[Feed], json: bool) -> None:
    if json:
        as_json([_row(feed) for feed in feeds])
        return
    as_table(
        ("id", "feed", "state", "entries/day", "last success", "failures", "last error"),
        [
            (
                feed.id,
                feed.url,
                feed.state,
                f"{feed.poll.entries_per_day:.1f}",
                feed.poll.last_success_at.isoformat(timespec="minutes") if feed.poll.last_success_at else "never",
                feed.poll.failures,
                feed.poll.last_error,
            )
            for feed in feeds
        ],
    )


def _row(feed: Feed) -> dict[str, object]:
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "publisher": feed.publisher_id,
        "state": feed.state,
        "entries_per_day": round(feed.poll.entries_per_day, 2),
        "next_poll_at": feed.poll.next_poll_at,
        "last_success_at": feed.poll.last_success_at,
        "failures": feed.poll.failures,
        "last_error": feed.poll.last_error,
    }
