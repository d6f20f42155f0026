"""The desk's pages of feeds and publishers."""

from collections import Counter
from urllib.parse import urlencode

from octavo.accounts.permissions import Act
from octavo.actions import publishers as actions
from octavo.domain.article import Rights
from octavo.domain.feed import Feed
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.serve.desked import DeskFeedsPage, DeskPublisherPage, DeskPublishersPage, Tab
from octavo.serve.pages.desk import failing, silent
from octavo.serve.pages.desking import enter, entry_name, frame, path_of, policy_name, tabs
from octavo.serve.visit import Visit
from octavo.store import feeds, ledger, publishers, reading

PAGE = 50
_SAMPLE = 40
"""Newest articles of a publisher whose rights are looked at."""

_LEDGER = 200


def load_feeds(visit: Visit, checked: str = "") -> DeskFeedsPage:
    """Give the feeds, those asked for, a page at a time. Raises SignInRequired, NotAllowed."""
    enter(visit, Act.EDIT_FEEDS)
    show, asked = visit.query.get("show", ""), visit.query.get("q", "").strip()[:200]
    every = feeds.all(visit.view)
    chosen = [
        one for one in every if _shown(visit, one, show) and asked.casefold() in f"{one.url} {one.title}".casefold()
    ]
    chosen.sort(key=lambda one: (-one.poll.failures, one.id))
    start = _start(visit, len(chosen))
    found = chosen[start : start + PAGE]
    known = publishers.get_many(visit.view, {one.publisher_id for one in found})
    return DeskFeedsPage(
        frame=frame(visit, visit.t("Feeds"), "feeds"),
        problem=visit.problem,
        tabs=tabs(visit, "feeds"),
        feeds=found,
        names={key: one.name for key, one in known.items()},
        filters=_filters(visit, every, show),
        asked=asked,
        given=visit.given.get("address", ""),
        checked=checked,
        more=_more(visit, "feeds", {"show": show, "q": asked}, start + PAGE if len(chosen) > start + PAGE else 0),
    )


def _filters(visit: Visit, every: list[Feed], show: str) -> list[Tab]:
    named = {
        "": visit.t("All"),
        "failing": visit.t("Failing"),
        "silent": visit.t("Silent"),
        "paused": visit.t("Paused"),
    }
    number = visit.here.language.number
    return [
        Tab(
            path_of(visit, f"feeds?show={name}" if name else "feeds"),
            f"{label} · {number(sum(_shown(visit, one, name) for one in every))}",
            name == show,
        )
        for name, label in named.items()
    ]


def _shown(visit: Visit, feed: Feed, show: str) -> bool:
    if show == "failing":
        return failing(feed)
    if show == "silent":
        return silent(feed, visit.here.now)
    return show != "paused" or feed.state is not feed.alive


def load_publishers(visit: Visit) -> DeskPublishersPage:
    """Give the publishers, those asked for, a page at a time. Raises SignInRequired, NotAllowed."""
    enter(visit, Act.EDIT_FEEDS)
    asked = visit.query.get("q", "").strip()[:200]
    every = publishers.all(visit.view)
    chosen = [one for one in every if asked.casefold() in f"{one[0].name} {one[0].id} {one[0].owner}".casefold()]
    start = _start(visit, len(chosen))
    return DeskPublishersPage(
        frame=frame(visit, visit.t("Publishers"), "publishers"),
        problem=visit.problem,
        tabs=tabs(visit, "publishers"),
        publishers=[(one, _standing(visit, one), count) for one, count in chosen[start : start + PAGE]],
        asked=asked,
        more=_more(visit, "publishers", {"q": asked}, start + PAGE if len(chosen) > start + PAGE else 0),
    )


def _standing(visit: Visit, one: Publisher) -> str:
    """Say what was decided on a publisher; "" for nothing."""
    if one.withdrawn_at:
        return visit.t("Left out, as it asked")
    return policy_name(visit, one.policy) if one.policy else ""


def load_publisher(visit: Visit) -> DeskPublisherPage:
    """Give one publisher. Raises SignInRequired, NotAllowed, NotFound."""
    enter(visit, Act.EDIT_FEEDS)
    found = actions.known(visit.view, visit.names["publisher"])
    return DeskPublisherPage(
        frame=frame(visit, found.name, f"publishers/{found.id}"),
        problem=visit.problem,
        tabs=tabs(visit, "publishers"),
        publisher=found,
        facts=_facts(visit, found),
        policies=[(str(one), policy_name(visit, one)) for one in DisplayPolicy],
        kinds=actions.KINDS,
        default=policy_name(visit, visit.known.display.default),
        rights=_rights(visit, found),
        feeds=reading.feeds_of(visit.view, found.id),
        ledger=[(one, entry_name(visit, one.kind)) for one in ledger.of(visit.view, found.id, _LEDGER)],
        entries=[
            (str(ledger.Kind.REASON), entry_name(visit, ledger.Kind.REASON)),
            (str(ledger.Kind.OBJECTION), entry_name(visit, ledger.Kind.OBJECTION)),
            (str(ledger.Kind.DECISION), entry_name(visit, ledger.Kind.DECISION)),
        ],
    )


def _facts(visit: Visit, one: Publisher) -> list[tuple[str, str, str]]:
    named = {
        "name": visit.t("Name"),
        "country": visit.t("Country, as two letters"),
        "owner": visit.t("Owner"),
        "homepage": visit.t("Website"),
        "contact": visit.t("Contact (editors alone see it)"),
        "description": visit.t("Description"),
    }
    return [(name, words, visit.given.get(name, getattr(one, name))) for name, words in named.items()]


def _rights(visit: Visit, one: Publisher) -> list[tuple[str, int]]:
    """Count what the pages of the newest articles say of rights."""
    said: Counter[str] = Counter()
    for card in visit.cards(reading.publisher_ids(visit.view, one.id, None, _SAMPLE)):
        said.update(_said(visit, card.rights))
    return said.most_common()


def _said(visit: Visit, rights: Rights) -> list[str]:
    found = [visit.t("Licence: {address}", address=one) for one in rights.licences]
    if rights.holder:
        found.append(visit.t("Copyright: {holder}", holder=rights.holder))
    if rights.machines_barred:
        found.append(visit.t("Models may not learn from it"))
    if rights.longest_snippet is not None:
        found.append(visit.t("At most {n} characters may be shown elsewhere", n=rights.longest_snippet))
    if not rights.pictures:
        found.append(visit.t("Its pictures may not be shown elsewhere"))
    return found or [visit.t("Nothing is said of rights")]


def _start(visit: Visit, count: int) -> int:
    asked = visit.query.get("from", "")
    start = int(asked) // PAGE * PAGE if asked.isdecimal() and len(asked) < 7 else 0
    return start if start < count else 0


def _more(visit: Visit, rest: str, query: dict[str, str], start: int) -> str:
    if not start:
        return ""
    asked = urlencode({name: value for name, value in query.items() if value} | {"from": str(start)})
    return f"{path_of(visit, rest)}?{asked}"
