"""What a worker does, as jobs: collect, extract, catch up, lay out, tidy (in one go, for commands: once.py)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from importlib import import_module

from octavo.actions.push import make_first_keys
from octavo.pipeline import steps
from octavo.pipeline.ask_hubs import ask_hubs
from octavo.pipeline.confirm_subscribers import confirm_subscribers
from octavo.pipeline.embed_anew import embed_anew
from octavo.pipeline.fetch_pictures import fetch_pictures
from octavo.pipeline.jobs import Engine
from octavo.pipeline.lay_out_edition import lay_out_editions, lay_out_first
from octavo.pipeline.learn_vocabulary import learn_vocabulary
from octavo.pipeline.notice_followed import notice_followed
from octavo.pipeline.passes import Progress, catch_up, extract_waiting, fetch_waiting, poll_due, repair, settle_all
from octavo.pipeline.plan import JobKind, JobPlan, count_workers
from octavo.pipeline.publish_feeds import publish_feeds
from octavo.pipeline.read_maildir import read_maildir
from octavo.pipeline.record_episode import record_episodes
from octavo.pipeline.reindex import reindex
from octavo.pipeline.repair_publisher import publishers_to_repair
from octavo.pipeline.send_mail import send_mail
from octavo.pipeline.send_notices import send_notices
from octavo.pipeline.send_webhooks import send_webhooks
from octavo.pipeline.take_brought import take_brought
from octavo.pipeline.tell_followers import tell_followers
from octavo.pipeline.tell_programs import tell_programs
from octavo.pipeline.tidy import tidy
from octavo.pipeline.write_digests import write_digests
from octavo.ports.tools import Tools
from octavo.store import pages as page_store

COLLECT, EXTRACT, RELATE, PICTURES, SEND, MAIL = "collect", "extract", "relate", "pictures", "send", "mail"
PROGRAMS, SPEAK, TRANSLATE = "programs", "speak", "translate"
FEDIVERSE = "fediverse"
_AT_ONCE = {COLLECT: 2, PROGRAMS: 2, FEDIVERSE: 2} | dict.fromkeys(
    (EXTRACT, RELATE, PICTURES, SEND, MAIL, SPEAK, TRANSLATE), 1
)
_UNHURRIED = dict.fromkeys((PROGRAMS, FEDIVERSE, SEND, MAIL, SPEAK, TRANSLATE), 2.0)
"""Seconds between two looks at queues whose jobs come by a schedule of several seconds, or may well wait."""

_FEDIVERSE = ((5, "hear_fediverse"), (60, "post_fediverse"), (15, "deliver_fediverse"))

_MANY = 30
"""Articles related at once from which stories are settled right after: a first start, or a burst after a pause."""

Enqueue = Callable[[str], None]
"""Asks for a job of a kind, where one does not wait already."""


def make_engine(tools: Tools, jobs_url: str) -> Engine:
    """Make the engine that runs the steps as durable jobs; it does nothing until it is started."""
    steps.check_order(steps.STEPS)
    engines: list[Engine] = []

    def enqueue(kind: str) -> None:
        engines[0].ask_for(kind)

    kinds = (
        JobKind("poll_feeds", partial(_poll_job, enqueue), queue=COLLECT, shared=True),
        JobKind("fetch_pages", partial(_fetch_job, enqueue), queue=COLLECT, shared=True),
        JobKind("extract_pages", partial(_extract_job, enqueue), queue=EXTRACT, shared=True),
        JobKind("catch_up", lambda t, _: _catch_up_job(t, enqueue), queue=RELATE),
        JobKind("settle_stories", lambda t, _: _settle_job(t, enqueue), queue=RELATE),
        JobKind("lay_out_editions", lambda t, _: _lay_out_job(t, enqueue), queue=RELATE),
        JobKind("fetch_pictures", lambda t, _: _pictures_job(t, enqueue), queue=PICTURES),
        JobKind("notice_followed", lambda t, _: _notice_job(t, enqueue), queue=RELATE),
        JobKind("tell_followers", lambda t, _: _tell_job(t, enqueue), queue=RELATE),
        JobKind("send_notices", lambda t, _: _send_job(t), queue=SEND),
        *_program_kinds(enqueue),
        JobKind("write_digests", lambda t, _: _digest_job(t, enqueue), queue=MAIL),
        JobKind("send_mail", lambda t, _: _do(send_mail, t), queue=MAIL),
        *_other_kinds(enqueue),
    )
    plan = JobPlan(
        kinds=kinds,
        workers=partial(count_workers, tools),
        concurrency=_AT_ONCE,
        unhurried=_UNHURRIED,
        schedules=(
            (15, "poll_feeds"),
            (30, "sweep"),
            (180, "settle_stories"),
            (300, "lay_out_editions"),
            (300, "learn_vocabulary"),
            (60, "fetch_pictures"),
            ("23 * * * *", "repair_publishers"),
            ("17 3 * * *", "tidy"),
            (120, "tell_followers"),
            (120, "tell_programs"),
            (20, "send_webhooks"),
            *_some_schedules(tools),
            *(((120, "notice_followed"), (20, "send_notices")) if tools.settings.push.on else ()),
            *(_FEDIVERSE if tools.settings.fediverse.on else ()),
            *(((10, "send_mail"), (60, "write_digests")) if tools.mailer.on else ()),
            *(((60, "read_maildir"),) if tools.settings.newsletters.maildir else ()),
        ),
    )
    engines.append(Engine(jobs_url, plan, tools))
    return engines[0]


def _other_kinds(enqueue: Enqueue) -> tuple[JobKind, ...]:
    return (
        JobKind("sweep", lambda t, _: _sweep(t, enqueue), queue=RELATE),
        JobKind("learn_vocabulary", lambda t, _: _learn_job(t), queue=RELATE),
        JobKind("repair_publishers", lambda t, _: _repair_job(t, enqueue), queue=EXTRACT),
        JobKind("tidy", lambda t, _: _do(tidy, t), queue=RELATE),
        JobKind("translate_headlines", lambda t, _: _headlines_job(t), queue=TRANSLATE),
        JobKind("record_episodes", lambda t, _: _do(record_episodes, t), queue=SPEAK),
        JobKind("read_maildir", lambda t, _: _maildir_job(t, enqueue), queue=MAIL),
        *(JobKind(name, partial(_fediverse_job, enqueue, name), queue=FEDIVERSE) for _, name in _FEDIVERSE),
    )


def _poll_job(enqueue: Enqueue, tools: Tools, parts: tuple[str, ...]) -> None:
    if poll_due(tools, parts=[*map(int, parts)]).entries:
        enqueue("fetch_pages")


def _fetch_job(enqueue: Enqueue, tools: Tools, parts: tuple[str, ...]) -> None:
    for _ in fetch_waiting(tools, [*map(int, parts)]):
        enqueue("extract_pages")


def _extract_job(enqueue: Enqueue, tools: Tools, parts: tuple[str, ...]) -> None:
    for _ in extract_waiting(tools, [*map(int, parts)]):
        enqueue("catch_up")


def _catch_up_job(tools: Tools, enqueue: Enqueue) -> None:
    def show(so_far: Progress) -> None:
        if so_far.done:
            lay_out_first(tools)

    if related := catch_up(tools, show):
        enqueue("lay_out_editions")
        _enqueue_tellers(tools, enqueue)
        if related >= _MANY:
            enqueue("settle_stories")


def _settle_job(tools: Tools, enqueue: Enqueue) -> None:
    if settle_all(tools):
        enqueue("lay_out_editions")
        _enqueue_tellers(tools, enqueue)


def _enqueue_tellers(tools: Tools, enqueue: Enqueue) -> None:
    enqueue("tell_followers")
    enqueue("tell_programs")
    if tools.settings.hub:
        enqueue("publish_feeds")
    if tools.settings.push.on:
        enqueue("notice_followed")


def _notice_job(tools: Tools, enqueue: Enqueue) -> None:
    if notice_followed(tools):
        enqueue("send_notices")


def _tell_job(tools: Tools, enqueue: Enqueue) -> None:
    if tell_followers(tools) and tools.settings.push.on:
        enqueue("send_notices")


def _send_job(tools: Tools) -> None:
    make_first_keys(tools)
    send_notices(tools)


def _digest_job(tools: Tools, enqueue: Enqueue) -> None:
    if write_digests(tools):
        enqueue("send_mail")


def _program_kinds(enqueue: Enqueue) -> tuple[JobKind, ...]:
    """List what is done for other programs: webhooks, our hub, and the hubs of feeds."""
    return (
        JobKind("tell_programs", lambda t, _: _programs_job(t, enqueue), queue=RELATE),
        JobKind("send_webhooks", lambda t, _: _do(send_webhooks, t), queue=PROGRAMS),
        JobKind("confirm_subscribers", lambda t, _: _do(confirm_subscribers, t), queue=PROGRAMS),
        JobKind("publish_feeds", lambda t, _: _do(publish_feeds, t), queue=PROGRAMS),
        JobKind("ask_hubs", lambda t, _: _do(ask_hubs, t), queue=PROGRAMS),
        JobKind("take_brought", lambda t, _: _brought_job(t, enqueue), queue=COLLECT),
    )


def _some_schedules(tools: Tools) -> tuple[tuple[str | int, str], ...]:
    """Say how often what WebSub, the podcast and headlines need is done, where they are on at all."""
    settings, podcast = tools.settings, ((300, "record_episodes"),) if tools.speaker.voice else ()
    own = ((10, "confirm_subscribers"), (60, "publish_feeds")) if settings.hub else ()
    ahead = ((60, "translate_headlines"),) if settings.ai.translates_headlines else ()
    return (*podcast, *ahead, *own, *(((60, "ask_hubs"), (10, "take_brought")) if settings.called_back else ()))


def _do(step: Callable[[Tools], int], tools: Tools) -> None:
    step(tools)


def _programs_job(tools: Tools, enqueue: Enqueue) -> None:
    if tell_programs(tools):
        enqueue("send_webhooks")


def _brought_job(tools: Tools, enqueue: Enqueue) -> None:
    if take_brought(tools):
        enqueue("fetch_pages")


def _maildir_job(tools: Tools, enqueue: Enqueue) -> None:
    if read_maildir(tools):
        enqueue("extract_pages")


# Brought in by the first job of theirs, as what the fediverse needs is, ten megabytes of cryptography: few workers do.
def _headlines_job(tools: Tools) -> None:
    import_module("octavo.pipeline.translate_headlines").translate_headlines(tools)


def _fediverse_job(enqueue: Enqueue, name: str, tools: Tools, _: tuple[str, ...]) -> None:
    if getattr(import_module(f"octavo.pipeline.{name}"), name)(tools) and name != "deliver_fediverse":
        enqueue("deliver_fediverse")


def _lay_out_job(tools: Tools, enqueue: Enqueue) -> None:
    lay_out_editions(tools)
    enqueue("fetch_pictures")


def _pictures_job(tools: Tools, enqueue: Enqueue) -> None:
    if fetch_pictures(tools) >= tools.settings.pictures.per_round:
        enqueue("fetch_pictures")


def _learn_job(tools: Tools) -> None:
    learn_vocabulary(tools)
    reindex(tools)
    embed_anew(tools)


def _repair_job(tools: Tools, enqueue: Enqueue) -> None:
    for publisher in publishers_to_repair(tools):
        if repair(tools, publisher, since=tools.now() - timedelta(days=tools.settings.quality.days)).pages:
            enqueue("catch_up")


def _sweep(tools: Tools, enqueue: Enqueue) -> None:
    """Look for work the tables know of and no job does: after a crash, an import, a reprocess."""
    with tools.database.read() as view:
        waiting = bool(page_store.pending(view, tools.now(), 1))
        fetched = bool(page_store.fetched(view, 1))
    if waiting:
        enqueue("fetch_pages")
    if fetched:
        enqueue("extract_pages")
    enqueue("catch_up")
