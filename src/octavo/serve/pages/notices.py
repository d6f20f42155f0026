"""What somebody was told, and how they want to be told; made for each reader, and kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time
from functools import cache
from zoneinfo import available_timezones

from octavo.accounts.permissions import Act, demand
from octavo.domain.comment import Comment
from octavo.domain.follow import Follow, FollowKind, Stance
from octavo.domain.ids import AccountId, CommentId, EditionKey, StoryId
from octavo.domain.notification import CHOSEN_BY_KIND, FOLLOWED, USUAL, Notification, Why
from octavo.serve.frame import Frame
from octavo.serve.noticed import Entry, FollowWays, Line, NoticesPage, NoticeWishesPage
from octavo.serve.reasons import called, leads, says
from octavo.serve.visit import Visit
from octavo.store import discussion, follows, noticing, notifications, starter, wishes
from octavo.text.words import clip

MOST_SHOWN = 300
"""Notifications that are put together to entries."""

FOLLOWS_SHOWN = 100
_LINES = 3
_LONGEST = 200

Headlines = Mapping[StoryId, Sequence[tuple[str, str]]]
ABOUT_A_COMMENT = frozenset({Why.REPLY, Why.MENTION, Why.WATCHED})


def load(visit: Visit) -> NoticesPage:
    """Give what one was told. Raises SignInRequired."""
    who = demand(visit.person, Act.KEEP)
    told = notifications.of(visit.view, who.id, MOST_SHOWN)
    entries = entries_of(visit, told)
    return NoticesPage(
        frame=_frame(visit, visit.t("Notifications"), "notices"),
        entries=entries,
        last=max((one.id for one in told), default=0),
        unread=sum(one.unread for one in entries),
    )


def entries_of(visit: Visit, told: Sequence[Notification]) -> list[Entry]:
    """Put what was told together: one entry for each topic, and one more for what of it was read before."""
    numbers = {StoryId(int(one.given["story"])) for one in told if "story" in one.given}
    headlines = noticing.headlines(visit.view, numbers)
    ids = [CommentId(int(one.given["comment"])) for one in told if one.why in ABOUT_A_COMMENT]
    comments = {one.id: one for one in discussion.get_many(visit.view, ids)} if ids else {}
    grouped: dict[tuple[str, bool], list[Notification]] = {}
    for one in told:
        grouped.setdefault((one.topic, one.read_at is None), []).append(one)
    return [_entry(visit, some, headlines, comments) for some in grouped.values()]


def _entry(
    visit: Visit, told: Sequence[Notification], headlines: Headlines, comments: Mapping[CommentId, Comment]
) -> Entry:
    newest = told[0]
    if newest.why in ABOUT_A_COMMENT:
        lines = [_of_comment(visit, newest, comments)]
    elif "story" in newest.given:
        lines = [found for one in told if (found := _of_story(visit, one, headlines)) is not None]
    else:
        about = clip(str(newest.given.get("about", "")), _LONGEST)
        lines = [Line(about, "", _path(visit, newest))] if about else []
    shown = lines[:_LINES]
    return Entry(
        why=newest.why,
        says=_says(visit, newest, len(told)),
        lines=shown,
        more=len(lines) - len(shown),
        path=_leads(visit, newest, shown),
        at=newest.at,
        unread=newest.read_at is None,
        topic=newest.topic,
        last=max(one.id for one in told),
    )


def _of_story(visit: Visit, one: Notification, headlines: Headlines) -> Line | None:
    story = StoryId(int(one.given["story"]))
    said = headlines.get(story)
    if not said:
        return None
    language, headline = next((some for some in said if starter.reads(visit.plan.languages, some[0])), said[0])
    return Line(clip(headline, _LONGEST), language, visit.here.story(story, headline))


def _of_comment(visit: Visit, one: Notification, comments: Mapping[CommentId, Comment]) -> Line:
    found = comments.get(CommentId(int(one.given["comment"])))
    if found is None or not found.live:
        return Line("", "", "")
    return Line(clip(found.text, _LONGEST), "", f"/{visit.plan.key}/{one.given['path']}")


def _says(visit: Visit, one: Notification, n: int) -> str:
    name = called(visit.here, one.why, str(one.given.get("key", "")), str(one.given.get("name", "")))
    reports, decision = int(one.given.get("n", 1)), str(one.given.get("decision", ""))
    return says(visit.here, one.why, name, n, reports, decision)


def _leads(visit: Visit, one: Notification, lines: Sequence[Line]) -> str:
    """Give where an entry leads: to the page of what is followed, else to what it is about."""
    page = leads(visit.here, one.why, str(one.given.get("key", "")))
    return page or (lines[0].path if lines else _path(visit, one))


def _path(visit: Visit, one: Notification) -> str:
    return f"/{visit.plan.key}/{one.given['path']}" if one.given.get("path") else ""


def load_wishes(visit: Visit) -> NoticeWishesPage:
    """Give how one wants to be told. Raises SignInRequired."""
    who = demand(visit.person, Act.KEEP)
    chosen = wishes.of(visit.view, who.id)
    fresh = not chosen.edition
    if fresh:
        chosen = replace(chosen, edition=EditionKey(visit.plan.key), zone=visit.here.zone.key)
    settings, language = visit.site.tools.settings, visit.here.language
    followed, older = _followed(visit, who.id)
    quiet = (chosen.quiet.begin, chosen.quiet.end) if chosen.quiet else (22 * 60, 7 * 60)
    return NoticeWishesPage(
        frame=_frame(visit, visit.t("How you are told"), "notices/settings"),
        problem=visit.problem,
        wishes=chosen,
        kinds=[(why, _kind_name(visit, why), chosen.channels(why)) for why in CHOSEN_BY_KIND],
        follows=followed,
        older=older,
        fresh=fresh,
        zones=_zones(),
        weekdays=language.weekdays(),
        hours=[language.hour(time(one)) for one in range(24)],
        quiet=(_clock(quiet[0]), _clock(quiet[1])),
        address=who.account.email,
        confirmed=who.account.email_verified,
        mail=visit.site.tools.mailer.on,
        push=settings.push.on,
    )


@cache
def _zones() -> list[str]:
    """List the time zones that are named for a place."""
    return sorted(one for one in available_timezones() if "/" in one and not one.startswith(("Etc/", "SystemV/")))


def _followed(visit: Visit, account_id: AccountId) -> tuple[list[FollowWays], str]:
    all_ = [one for one in follows.of(visit.view, account_id) if one.stance is Stance.FOLLOW]
    said = visit.query.get("from", "")
    begin = int(said) if said.isdecimal() and len(said) < 6 else 0
    chosen = wishes.follows_of(visit.view, account_id)
    found = [
        FollowWays(
            one.kind,
            follow_name(visit, one.kind),
            one.key,
            _shown_name(visit, one),
            chosen.get((one.kind, one.key), USUAL[FOLLOWED[one.kind]]),
        )
        for one in all_[begin : begin + FOLLOWS_SHOWN]
    ]
    more = begin + FOLLOWS_SHOWN
    return found, f"{visit.here.at('notices/settings')}?from={more}" if len(all_) > more else ""


def _shown_name(visit: Visit, one: Follow) -> str:
    if one.kind is FollowKind.PLACE:
        return visit.here.place_name(one.key, one.name)
    return f"#{one.name}" if one.kind is FollowKind.HASHTAG else one.name


def follow_name(visit: Visit, kind: FollowKind) -> str:
    """Name a kind of thing that is followed."""
    return {
        FollowKind.STORY: visit.t("Story"),
        FollowKind.HASHTAG: visit.t("Hashtag"),
        FollowKind.PERSON: visit.t("Person"),
        FollowKind.ORGANISATION: visit.t("Organisation"),
        FollowKind.PLACE: visit.t("Place"),
        FollowKind.PUBLISHER: visit.t("Publisher"),
        FollowKind.WORD: visit.t("Word"),
    }[kind]


def _kind_name(visit: Visit, why: Why) -> str:
    return {
        Why.REPLY: visit.t("Somebody answers you"),
        Why.MENTION: visit.t("Somebody mentions you"),
        Why.WATCHED: visit.t("A comment in a discussion you watch"),
        Why.LIST: visit.t("Somebody shares a list with you"),
    }[why]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _frame(visit: Visit, title: str, rest: str) -> Frame:
    return Frame(title=title, description=title, path=f"/{visit.plan.key}/{rest}", kind="notices", index=False)
