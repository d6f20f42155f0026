"""The figures of an instance in Prometheus' text format (exposition format 0.0.4).

What the store knows is the same whichever process is asked: it has no label of a process. What a process counts it
writes to the store with its vitals; each is given with the label of its process, so a sum over them adds up right,
whichever of several websites answered.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from octavo.domain.feed import FeedState
from octavo.domain.vitals import Vitals
from octavo.errors import StoreError
from octavo.ports.database import Read
from octavo.ports.meter import sample
from octavo.ports.tools import Tools
from octavo.store import articles, changes, feeds, mail_outbox, model_spending, notices, pages, storage, vitals

HELP = {
    "store_up": "1 while the store answers.",
    "articles": "Articles kept.",
    "stories": "Stories kept.",
    "database_bytes": "Room the database takes.",
    "pages": "Pages by state.",
    "feeds": "Feeds by state.",
    "feeds_failing": "Feeds that are polled and failed the last time.",
    "feed_lag_seconds": "How long the feed that waits longest is overdue.",
    "feeds_late": "Feeds overdue by more than ten minutes.",
    "newest_page_seconds": "How long ago the newest page that gave an article was fetched.",
    "backlog": "Changes to articles that a step has yet to look at.",
    "outbox_letters": "Letters that wait.",
    "outbox_oldest_seconds": "How long the oldest letter waits.",
    "notices_waiting": "Notifications that wait for their browser's push service.",
    "model_answers_total": "Answers asked of a language model.",
    "model_tokens_total": "Tokens a language model read and wrote.",
    "model_price_total": "What a language model cost, by the prices in settings.",
    "worker_silent_seconds": "How long ago a worker was heard of.",
    "jobs_waiting": "Jobs that are not finished, by kind and state.",
    "jobs_quarantined": "Jobs that failed as often as they may be tried.",
    "jobs_total": "Jobs done, by kind and outcome.",
    "job_seconds_total": "Time jobs took, by kind.",
    "job_running_seconds": "How long a job that runs has been running.",
    "errors_total": "Errors by their code.",
    "requests_total": "Requests answered, by status.",
    "requests_from_memory_total": "Requests answered from memory: kept pages and static files.",
    "proxied_total": "Requests that came through a proxy, by their headers.",
    "process_resident_bytes": "Memory the process takes.",
    "process_cpu_seconds_total": "Processor time the process took.",
    "process_open_files": "Descriptors the process holds.",
    "process_start_seconds": "When the process began, in seconds since 1970.",
}
"""Every figure there is, and what it says; those whose name ends in _total are counters, all others gauges."""

_OF_QUEUE = ("jobs_waiting", "jobs_quarantined")
"""What each worker says of the one queue they share: the newest word counts."""

_LATE = timedelta(minutes=10)
_SHOWN = timedelta(minutes=2)
"""A process that said nothing for so long is left out."""

Samples = Mapping[str, float]


def written(tools: Tools) -> str:
    """Write all figures. This process's own are as they are now, and there even when the store is not."""
    now, process = tools.now(), tools.meter.process
    found: dict[str, float] = {_labelled(key, process): value for key, value in tools.meter.figures().items()}
    try:
        with tools.database.read() as view:
            found |= dict(_of_others(vitals.all(view), process, now))
            found |= dict(_of_store(view, now))
        found["store_up"] = 1
    except StoreError:
        found["store_up"] = 0
    return "".join(_lines(found))


def _lines(found: Samples) -> Iterator[str]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for key, value in sorted(found.items()):
        by_name[key.partition("{")[0]].append(f"octavo_{key} {_number(value)}\n")
    for name in HELP:
        if name in by_name:
            kind = "counter" if name.endswith("_total") else "gauge"
            yield f"# HELP octavo_{name} {HELP[name]}\n# TYPE octavo_{name} {kind}\n"
            yield from by_name[name]


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _labelled(key: str, process: str) -> str:
    name, _, labels = key.partition("{")
    more = f",{labels[:-1]}" if labels else ""
    return f"{sample(name, process=process)[:-1]}{more}}}"


def _of_others(known: Sequence[Vitals], process: str, now: datetime) -> Iterator[tuple[str, float]]:
    lately = [one for one in known if now - one.at < _SHOWN]
    for one in lately:
        own = () if one.process == process else one.figures.items()
        yield from ((_labelled(key, one.process), value) for key, value in own if not key.startswith(_OF_QUEUE))
    newest = next((one for one in lately if one.kind == "work"), None)
    if newest is not None:
        yield from ((key, value) for key, value in newest.figures.items() if key.startswith(_OF_QUEUE))


def _of_store(view: Read, now: datetime) -> Iterator[tuple[str, float]]:
    yield "articles", articles.count(view)
    yield "stories", storage.counts(view)["stories"]
    yield "database_bytes", storage.size(view)
    for page_state, count in pages.counts(view).items():
        yield sample("pages", state=str(page_state)), count
    yield from _of_feeds(view, now)
    last = changes.last_seq(view)
    for name, seq in changes.all_positions(view).items():
        yield sample("backlog", step=name), max(0, last - seq)
    newest = pages.last_read(view)
    if newest is not None:
        yield "newest_page_seconds", max(0.0, (now - newest).total_seconds())
    waiting = mail_outbox.waiting(view)
    yield "outbox_letters", waiting.count
    yield "outbox_oldest_seconds", (now - waiting.since).total_seconds() if waiting.since else 0
    yield "notices_waiting", notices.waiting(view)
    yield from _of_models(view)
    heard = vitals.last_heard(view).get("work")
    if heard is not None:
        yield "worker_silent_seconds", max(0.0, (now - heard).total_seconds())


def _of_feeds(view: Read, now: datetime) -> Iterator[tuple[str, float]]:
    every = feeds.all(view)
    for state in FeedState:
        yield sample("feeds", state=str(state)), sum(feed.state is state for feed in every)
    polled = [feed for feed in every if feed.state is FeedState.ACTIVE]
    late = [now - feed.poll.next_poll_at for feed in polled if feed.poll.next_poll_at]
    yield "feeds_failing", sum(feed.poll.failures > 0 for feed in polled)
    yield "feed_lag_seconds", max([0.0, *(one.total_seconds() for one in late)])
    yield "feeds_late", sum(one > _LATE for one in late)


def _of_models(view: Read) -> Iterator[tuple[str, float]]:
    total: dict[str, float] = defaultdict(float)
    for spent in model_spending.since(view, date.min):
        total[sample("model_answers_total", model=spent.model)] += spent.asked
        total[sample("model_tokens_total", model=spent.model, way="in")] += spent.tokens_in
        total[sample("model_tokens_total", model=spent.model, way="out")] += spent.tokens_out
        total[sample("model_price_total", model=spent.model)] += spent.millionths / 1e6
    yield from total.items()
