"""The editor's desk: what needs attention; jobs, room, models, the log of acts."""

import shutil
from datetime import datetime, timedelta

from octavo.accounts.permissions import Act, may
from octavo.actions import briefs, desk
from octavo.config import ModelSettings
from octavo.domain.brief import KeptBrief
from octavo.domain.feed import Feed
from octavo.serve.desked import AskedModel, DeskJobsPage, DeskLogPage, DeskModelsPage, DeskPage, DeskStoragePage, Need
from octavo.serve.pages.desking import deed, enter, frame, path_of, tabs
from octavo.serve.visit import Visit
from octavo.store import audit, feeds, health, mail_outbox, moderation

SILENT = timedelta(days=1)
FAILING = 3
"""Polls in a row that failed from which a feed needs attention."""

LITTLE_ROOM = 1_000_000_000
_DEEDS, _LOG = 8, 60


def failing(feed: Feed) -> bool:
    """Tell whether a feed that is polled fails again and again."""
    return feed.state == "active" and feed.poll.failures >= FAILING


def silent(feed: Feed, now: datetime) -> bool:
    """Tell whether a feed that is polled brought nothing for a day."""
    last = feed.poll.last_success_at
    return feed.state == "active" and (last is None or now - last > SILENT)


def load(visit: Visit) -> DeskPage:
    """Give what needs attention. Raises SignInRequired, NotAllowed."""
    enter(visit)
    return DeskPage(
        frame=frame(visit, visit.t("Desk")),
        problem=visit.problem,
        tabs=tabs(visit, ""),
        needs=[*_feeds(visit), *_jobs(visit), *_reports(visit), *_instance(visit)],
        numbers=_numbers(visit),
        deeds=[deed(visit, one, named=True) for one in audit.newest(visit.view, _DEEDS)],
    )


def _feeds(visit: Visit) -> list[Need]:
    known = feeds.active(visit.view)
    broken = sum(map(failing, known))
    quiet = sum(silent(one, visit.here.now) for one in known)
    quality = visit.site.tools.settings.quality.yardstick
    repair = len(health.queued(visit.view, visit.here.now, quality))
    found = [
        (not known, visit.t("No feed is followed yet."), "feeds", visit.t("Add one")),
        (
            bool(broken),
            visit.tn("{n} feed fails again and again.", "{n} feeds fail again and again.", broken),
            "feeds?show=failing",
            visit.t("Look at them"),
        ),
        (
            bool(quiet),
            visit.tn("{n} feed brought nothing for a day.", "{n} feeds brought nothing for a day.", quiet),
            "feeds?show=silent",
            visit.t("Look at them"),
        ),
    ]
    needs = [Need(said, path_of(visit, rest), label) for wanted, said, rest, label in found if wanted]
    if repair:
        said = visit.tn("{n} publisher is read badly of late.", "{n} publishers are read badly of late.", repair)
        needs.append(Need(said, f"/{visit.plan.key}/sources", visit.t("See how they are read")))
    return needs


def _jobs(visit: Visit) -> list[Need]:
    failed = len(desk.jobs(visit.site.tools, visit.person).failed)
    if not failed:
        return []
    said = visit.tn("{n} job is in quarantine.", "{n} jobs are in quarantine.", failed)
    return [Need(said, path_of(visit, "jobs"), visit.t("Look at them"))]


def _reports(visit: Visit) -> list[Need]:
    needs, comments = [], moderation.count_waiting(visit.view)
    if comments:
        said = visit.tn("{n} comment waits for a moderator.", "{n} comments wait for a moderator.", comments)
        needs.append(Need(said, f"/{visit.plan.key}/moderation/queue", visit.t("Open the queue")))
    waiting = sum(one.withdrawn_at is None for one in _reported(visit))
    if waiting:
        said = visit.tn("Readers reported {n} answer of a model.", "Readers reported {n} answers of a model.", waiting)
        needs.append(Need(said, path_of(visit, "briefs"), visit.t("Judge them")))
    return needs


def _reported(visit: Visit) -> list[KeptBrief]:
    return briefs.reported(visit.site.tools)


def _instance(visit: Visit) -> list[Need]:
    settings, needs = visit.site.tools.settings, []
    if shutil.disk_usage(settings.data_dir).free < LITTLE_ROOM:
        needs.append(
            Need(visit.t("The disk is almost full."), path_of(visit, "storage"), visit.t("See what takes room"))
        )
    letters = mail_outbox.waiting(visit.view)
    if letters.count and letters.told:
        said = visit.tn(
            "{n} letter waits: the mail server did not take it.",
            "{n} letters wait: the mail server did not take them.",
            letters.count,
        )
        needs.append(Need(said, path_of(visit, "log"), visit.t("See the log")))
    if not settings.fetch.contact:
        said = visit.t("Publishers cannot reach you: the setting fetch.contact is empty.")
        needs.append(Need(said, f"/{visit.plan.key}/about", visit.t("See what readers see")))
    spent_up = [one.name for one in settings.models.order if _spent_up(visit, one)]
    if spent_up:
        said = visit.t("What {names} may take today is spent.", names=", ".join(spent_up))
        needs.append(Need(said, path_of(visit, "models"), visit.t("See what they took")))
    return needs


def _spent_up(visit: Visit, model: ModelSettings) -> bool:
    today = visit.here.now.date()
    took = [one for one in desk.spent(visit.view, visit.here.now) if (one.day, one.model) == (today, model.name)]
    tokens = sum(one.tokens_in + one.tokens_out for one in took)
    price = sum(one.millionths for one in took) / 1_000_000
    return 0 < model.daily_tokens <= tokens or 0 < model.daily_price <= price


def _numbers(visit: Visit) -> list[tuple[str, str]]:
    language, counts = visit.here.language, desk.counts(visit.view)
    room = desk.room(visit.view)
    took = desk.spent(visit.view, visit.here.now)
    numbers = [(name, language.number(counts[key])) for key, name in _names(visit).items()]
    if room:
        whole = room.database + sum(size for _, size in room.folders.values())
        numbers.append((visit.t("Room taken"), size_of(visit, whole)))
    if took:
        tokens = sum(one.tokens_in + one.tokens_out for one in took)
        numbers.append((visit.t("Tokens models took in 30 days"), language.number(tokens)))
    return numbers


def _names(visit: Visit) -> dict[str, str]:
    return {
        "articles": visit.t("Articles"),
        "stories": visit.t("Stories"),
        "pages": visit.t("Pages"),
        "publishers": visit.t("Publishers"),
        "feeds": visit.t("Feeds"),
        "accounts": visit.t("Accounts"),
    }


def size_of(visit: Visit, number: int) -> str:
    """Write bytes as people read them."""
    for least, unit in ((1e9, "GB"), (1e6, "MB")):
        if number >= least:
            return f"{visit.here.language.number(round(number / least, 1))} {unit}"
    return f"{visit.here.language.number(round(number / 1e3, 1))} kB"


def load_jobs(visit: Visit) -> DeskJobsPage:
    """Give the queue and its quarantine. Raises SignInRequired, NotAllowed."""
    found = desk.jobs(visit.site.tools, visit.person)
    return DeskJobsPage(
        frame=frame(visit, visit.t("The worker’s jobs"), "jobs"),
        problem=visit.problem,
        tabs=tabs(visit, "jobs"),
        waiting=found.waiting,
        failed=found.failed,
        may_run=may(visit.person, Act.RUN_JOBS),
    )


def load_storage(visit: Visit) -> DeskStoragePage:
    """Give how much room things take. Raises SignInRequired, NotAllowed."""
    enter(visit)
    room, counts = desk.room(visit.view), desk.counts(visit.view)
    named = {
        "pages": visit.t("Original pages"),
        "pictures": visit.t("Pictures"),
        "previews": visit.t("Pictures for link previews"),
    }
    folders = []
    if room:
        folders.append((visit.t("Database"), 0, size_of(visit, room.database)))
        folders += [(named[name], count, size_of(visit, size)) for name, (count, size) in room.folders.items()]
    return DeskStoragePage(
        frame=frame(visit, visit.t("Storage"), "storage"),
        problem=visit.problem,
        tabs=tabs(visit, "storage"),
        room=room,
        folders=folders,
        counts=[(name, counts[key]) for key, name in _names(visit).items()],
        free=size_of(visit, shutil.disk_usage(visit.site.tools.settings.data_dir).free),
    )


def load_models(visit: Visit) -> DeskModelsPage:
    """Give the models and what they took. Raises SignInRequired, NotAllowed."""
    enter(visit)
    return DeskModelsPage(
        frame=frame(visit, visit.t("Models"), "models"),
        problem=visit.problem,
        tabs=tabs(visit, "models"),
        models=[_model(visit, one) for one in visit.site.tools.settings.models.order],
        spent=desk.spent(visit.view, visit.here.now),
    )


def _model(visit: Visit, one: ModelSettings) -> AskedModel:
    number, bounds = visit.here.language.number, []
    if one.daily_tokens:
        bounds.append(visit.t("{n} tokens a day", n=number(one.daily_tokens)))
    if one.daily_price:
        bounds.append(visit.t("{price} a day", price=number(one.daily_price)))
    return AskedModel(one.name, one.model, one.address, bounds)


def load_log(visit: Visit) -> DeskLogPage:
    """Give what those with a role did, a page at a time. Raises SignInRequired, NotAllowed."""
    enter(visit)
    asked = visit.query.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    found = audit.newest(visit.view, _LOG + 1, before)
    return DeskLogPage(
        frame=frame(visit, visit.t("Log"), "log"),
        problem=visit.problem,
        tabs=tabs(visit, "log"),
        deeds=[deed(visit, one, named=True) for one in found[:_LOG]],
        more=f"{path_of(visit, 'log')}?before={found[_LOG - 1].id}" if len(found) > _LOG else "",
    )
