"""octavo doctor: is this installation healthy?"""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Annotated

import typer

from octavo import __version__
from octavo import app as wiring
from octavo.cli import mistakes
from octavo.cli.main import load_settings
from octavo.cli.mistakes import Finding
from octavo.cli.output import as_json, as_table
from octavo.config import Settings
from octavo.errors import ModelError, VectorsAway
from octavo.ports.language_model import Prompt
from octavo.ports.tools import Tools
from octavo.ports.translator import Pair
from octavo.store import articles as article_store
from octavo.store import facts, mail_outbox, vitals
from octavo.store import feeds as feed_store
from octavo.store import health as health_store
from octavo.store import pages as page_store
from octavo.store import push as push_store

LONG_WAIT = timedelta(hours=1)
LONG_SILENCE = timedelta(days=1)
YEAR = "2027"
HERE = "on this machine: nothing leaves it"
ASKED = Prompt("doctor/1", "Answer with one word.", "Are you there?", most_tokens=16)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Look for the usual mistakes. Exit code 1 when something should be done."""
    settings = load_settings(context)
    findings = list(mistakes.machine(settings))
    if findings[0].well:
        with wiring.open_tools(settings) as tools:
            findings += _instance(tools)
    if json:
        as_json([{"name": one.name, "well": one.well, "found": one.found, "advice": one.advice} for one in findings])
    else:
        typer.echo(f"Octavo {__version__}")
        as_table(
            ("", "", "", ""),
            [("ok" if one.well else "LOOK", one.name, one.found, one.advice) for one in findings],
        )
    if not all(one.well for one in findings):
        raise typer.Exit(1)


def _instance(tools: Tools) -> list[Finding]:
    settings, now = tools.settings, tools.now()
    with tools.database.read() as view:
        feeds, known = feed_store.active(view), vitals.all(view)
        subscribed, articles = push_store.count(view), article_store.count(view)
        backed_up = facts.get(view, facts.BACKED_UP)
    return [
        *_settings(settings),
        mistakes.public_address(settings, subscribed),
        mistakes.proxy(settings, known, now),
        mistakes.worker(known, len(feeds), now),
        mistakes.network(feeds),
        mistakes.clock(tools.fetcher, feeds, known, now),
        mistakes.backups(backed_up, settings.backup_days, articles, now),
        *_store(tools),
        *_notifications(tools),
        *_mail(tools),
        *_jobs(tools),
        *vectors(tools),
        *_models(tools),
        *translators(tools),
    ]


def _settings(settings: Settings) -> Iterator[Finding]:
    contact = settings.fetch.contact
    yield Finding(
        "contact", bool(contact), contact or "none",
        "" if contact else "set OCTAVO_FETCH__CONTACT, so that publishers can reach you",
    )  # fmt: skip


def _store(tools: Tools) -> Iterator[Finding]:
    with tools.database.read() as view:
        feeds = feed_store.active(view)
        articles = article_store.count(view)
        pages = page_store.counts(view)
        queued = health_store.queued(view, tools.now(), tools.settings.quality.yardstick)
    lately = tools.now() - LONG_SILENCE
    silent = [feed for feed in feeds if not feed.poll.last_success_at or feed.poll.last_success_at < lately]
    yield Finding("feeds", bool(feeds), f"{len(feeds)} followed", "" if feeds else "octavo feeds add ADDRESS")
    yield Finding(
        "silent feeds", not silent, f"{len(silent)} without success for a day",
        "octavo feeds list says why" if silent else "",
    )  # fmt: skip
    yield Finding("articles", True, f"{articles} kept")
    yield Finding("pages", True, ", ".join(f"{count} {state}" for state, count in pages.items()) or "none")
    yield Finding(
        "publishers to repair", not queued, f"{len(queued)} queued",
        "octavo publishers health --queued says why" if queued else "",
    )  # fmt: skip
    yield Finding("database", True, tools.database.dialect)


def _notifications(tools: Tools) -> Iterator[Finding]:
    settings = tools.settings
    if not settings.push.on:
        yield Finding("notifications", True, "off")
        return
    with tools.database.read() as view:
        subscribed, failing = push_store.count(view), push_store.failing(view, 3)
    named = bool(settings.push_contact) or not subscribed
    advice = "" if named else "set OCTAVO_PUSH__CONTACT: some push services refuse messages that name nobody"
    if failing * 2 > subscribed:
        advice = "most push services do not take messages: see the worker's log for what they say"
    yield Finding("notifications", not advice, f"{subscribed} browsers subscribed, {failing} not reached", advice)


def _mail(tools: Tools) -> Iterator[Finding]:
    if not tools.mailer.on:
        yield Finding("mail", True, "off")
        return
    with tools.database.read() as view:
        waiting = mail_outbox.waiting(view)
    late = waiting.since is not None and tools.now() - waiting.since > LONG_WAIT
    advice = f"the server says: {waiting.told}" if waiting.told else "is the worker running?"
    well = not late and not waiting.told
    yield Finding("mail", well, f"{waiting.count} letters wait", "" if well else advice)


def _jobs(tools: Tools) -> Iterator[Finding]:
    engine = wiring.make_worker(tools)
    try:
        failed = engine.failed()
        waiting = engine.waiting()
    finally:
        engine.stop()
    yield Finding("jobs waiting", True, str(len(waiting)))
    last = f"last: {failed[-1].kind}: {(failed[-1].error or '')[-200:]}" if failed else ""
    yield Finding("jobs failed", not failed, str(len(failed)), last)


def vectors(tools: Tools) -> Iterator[Finding]:
    """Ask the engine of vectors that workers share, where there is one, how far it has been told of changes."""
    name = tools.settings.vector_index
    if name == "exact":
        return
    try:
        yield Finding("vectors", True, f"{name}, told of {tools.vector_index.position} changes")
    except VectorsAway as error:
        yield Finding("vectors", False, str(error), "nothing is related to stories until it answers again")


def _models(tools: Tools) -> Iterator[Finding]:
    """Ask each language model for one word."""
    if not tools.settings.models.order:
        yield Finding("language model", True, "none")
    hosts = {one.name: one.elsewhere for one in tools.settings.models.order}
    for name, model in wiring.make_models(tools.settings, tools.database, tools.now).items():
        try:
            with closing(model.write(ASKED)) as pieces:
                written = "".join(piece.text for piece in pieces).strip()
        except ModelError as error:
            yield Finding(f"model {name}", False, str(error), f'octavo models try --model {name} "hello"')
        else:
            where = f"at {hosts[name]}" if hosts[name] else HERE
            yield Finding(f"model {name}", bool(written), f"{'answers' if written else 'answers nothing'}, {where}")
        finally:
            model.close()


def translators(tools: Tools) -> Iterator[Finding]:
    """Have each translator say a year in each of its pairs of languages."""
    translator = tools.translator
    if not tools.settings.ai.translators:
        yield Finding("translators", True, "none")
        return
    try:
        named: dict[str, list[Pair]] = {}
        for pair, name in translator.pairs.items():
            named.setdefault(name, []).append(pair)
        for name, pairs in named.items():
            mute = [_said(one) for one in pairs if YEAR not in "".join(translator.translate([YEAR], one))]
            advice = f"it says nothing: {', '.join(mute)}" if mute else ""
            yield Finding(f"translator {name}", not mute, f"{', '.join(map(_said, pairs))}, {HERE}", advice)
    except ModelError as error:
        yield Finding("translators", False, str(error), "see docs/howto/translators.md")
        return
    if not named:
        said = f"{', '.join(tools.settings.ai.translators)}: no languages"
        yield Finding(
            "translators", False, said, "see docs/howto/translators.md: a pair of languages is to be installed"
        )


def _said(pair: Pair) -> str:
    return "-".join(pair)
