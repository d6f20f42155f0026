"""tell_followers by real steps: who is told on the site, in which browser, of what, and never twice."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from octavo.actions import push as push_actions
from octavo.actions.notifying import tell_as_chosen, tell_of_thread
from octavo.adapters.pushers.recorded import RecordedPusher
from octavo.domain.account import Account, Role, Session, Standing
from octavo.domain.enrichment import Enrichment, Entity, EntityKind, Hashtag, Mention
from octavo.domain.follow import Follow, FollowKind, Stance
from octavo.domain.ids import AccountId, EditionKey, SessionId, StoryId
from octavo.domain.notification import EVERYWHERE, Channel, Notification, Why
from octavo.domain.notification import Wishes as Ways
from octavo.domain.push import Follow as BrowserFollow
from octavo.domain.push import NoticeKind, Quiet, Subscription, Wishes
from octavo.domain.story import Placement
from octavo.pipeline.notice_followed import notice_followed
from octavo.pipeline.send_notices import send_notices
from octavo.pipeline.settle_stories import CONSUMER as SETTLER
from octavo.pipeline.tell_followers import tell_followers
from octavo.pipeline.tidy import tidy
from octavo.ports.tools import Tools
from octavo.store import accounts, articles, changes, follows, notifications, sessions, stories, tables, wishes
from octavo.text.slugs import short_id

from .conftest import NOW, Keep

POINT, SECRET = "B" + "A" * 86, "A" * 22
WORDS = {
    "story": "Reports: {n}",
    "hashtag": "New with #{name}",
    "place": "New about {name}",
    "person": "New about {name}",
    "organisation": "New about {name}",
    "publisher": "New from {name}",
    "word": "New with “{name}”",
    "reply": "{name} answered you",
    "watched": "New in a thread",
    "decision": "A decision",
    "decision removed": "Removed",
    "appeal": "An appeal",
    "several": "News: {n}",
    "digits": "0123456789",
}


@dataclass
class Newsroom:
    """A worker's steps, a clock, people who follow, browsers they are signed in with."""

    tools: Tools
    keep: Keep
    now: list[datetime] = field(default_factory=lambda: [NOW])
    _number: int = 0

    def later(self, **more: float) -> None:
        self.now.append(self.now[-1] + timedelta(**more))

    def person(self, name: str = "ada") -> AccountId:
        with self.tools.database.transaction() as tx:
            return accounts.add(tx, Account(AccountId(0), name, Role.READER, self.now[-1]), "").id

    def follow(self, who: AccountId, kind: FollowKind, key: str, stance: Stance = Stance.FOLLOW) -> None:
        with self.tools.database.transaction() as tx:
            follows.save(tx, who, Follow(kind, key, key.title(), self.now[-1], stance))

    def ways(self, who: AccountId, kind: FollowKind, key: str, channels: Channel) -> None:
        with self.tools.database.transaction() as tx:
            wishes.set_follow(tx, who, kind, key, channels)

    def wish(self, who: AccountId, **changes: Any) -> None:
        with self.tools.database.transaction() as tx:
            wishes.save(tx, who, replace(Ways(EditionKey("en-gb")), **changes), None, self.now[-1])

    def browser(self, who: AccountId | None, number: int = 1, **changes: Any) -> SessionId | None:
        push_actions.make_first_keys(self.tools)
        session = None
        if who is not None:
            with self.tools.database.transaction() as tx:
                now = self.now[-1]
                made = Session(SessionId(0), who, now, now, now + timedelta(days=60))
                session = sessions.add(tx, f"token {number}".encode(), made)
        wanted = replace(Wishes(EditionKey("en-gb"), ("en",), most_a_day=9), **changes)
        made_here = Subscription(f"https://push.example/{number}", POINT, SECRET, "public-1", wanted, WORDS)
        push_actions.subscribe(self.tools, made_here, session)
        return session

    def story(
        self,
        *publishers: str,
        reports: int = 1,
        tag: str = "",
        about: str = "",
        headline: str = "The quay opened",
        language: str = "en",
    ) -> StoryId:
        """A story by these publishers, the last an hour ago, settled."""
        self._number += 1
        texts = [(f"{one}{self._number}", headline, f"It opened, {one} says.\nAnd more.") for one in publishers]
        ids = self.keep(texts, language)
        with self.tools.database.transaction() as tx:
            tags = (Hashtag(tag, tag.title(), 0.9),) if tag else ()
            kinds = {"person": EntityKind.PERSON, "org": EntityKind.ORGANISATION}
            kind = kinds.get(about.partition("/")[0], EntityKind.PLACE)
            entities = (Entity(about, kind, "Name", "Name", 0.9, True),) if about else ()
            named = (Mention("Name", kind, 0, 4, about),) if about else ()
            made = [Enrichment(one, language, tags, named, entities=entities) for one in ids]
            articles.save_enrichments(tx, made)
            seen = tables.articles.update().where(tables.articles.c.id.in_(ids))
            tx.execute(seen.values(first_seen_at=self.now[-1]))
            found = stories.place(tx, Placement(ids[0], None, 1.0), self.now[-1])
            for one in ids[1:]:
                stories.place(tx, Placement(one, found, 1.0), self.now[-1])
            stories.describe(tx, found, lead=ids[0], reports=reports)
            changes.set_position(tx, SETTLER, changes.last_seq(tx))
        return found

    def reports(self, story: StoryId, count: int) -> None:
        with self.tools.database.transaction() as tx:
            stories.set_reports(tx, story, count)

    def work(self) -> list[dict[str, Any]]:
        """Run the steps, twice: the second run may do nothing. Gives what was pushed."""
        pusher = cast("RecordedPusher", self.tools.pusher)
        before = len(pusher.sent)
        self._steps()
        after, told = len(pusher.sent), self._told()
        self._steps()
        assert (len(pusher.sent), self._told()) == (after, told), "nothing is told twice"
        return [json.loads(one.text) for one in pusher.sent[before:]]

    def _steps(self) -> None:
        notice_followed(self.tools)
        tell_followers(self.tools)
        send_notices(self.tools)

    def _told(self) -> list[tuple[int, datetime]]:
        with self.tools.database.read() as view:
            return [(one.id, one.at) for who in range(1, 9) for one in notifications.of(view, AccountId(who), 99)]

    def told(self, who: AccountId) -> list[Notification]:
        with self.tools.database.read() as view:
            return notifications.of(view, who, 99)

    def unread(self, who: AccountId) -> int:
        with self.tools.database.read() as view:
            return notifications.unread(view, who)


@pytest.fixture
def room(tools: Tools, keep: Keep) -> Newsroom:
    made = Newsroom(tools, keep)
    made.tools = replace(tools, now=lambda: made.now[-1])
    return made


def test_a_story_that_grows_is_told_once_for_each_report_and_is_one_notification(room: Newsroom) -> None:
    ada, eve = room.person("ada"), room.person("eve")
    story = room.story("harbour", "ledger")
    room.follow(ada, FollowKind.STORY, short_id(story))
    room.browser(ada)
    assert room.work() == []
    room.reports(story, 2)
    [shown] = room.work()
    assert (shown["title"], shown["body"]) == ("The quay opened", "Reports: 2")
    [told] = room.told(ada)
    assert (told.why, told.given["n"], told.read_at) == (Why.STORY, 2, None)
    with room.tools.database.transaction() as tx:
        notifications.read_all(tx, ada, room.now[-1], told.id)
    assert room.unread(ada) == 0
    room.later(minutes=5)
    room.reports(story, 3)
    assert [one["body"] for one in room.work()] == ["Reports: 3"]
    [again] = room.told(ada)
    assert (again.given["n"], room.unread(ada)) == (3, 1)
    room.reports(story, 1)
    assert room.work() == []
    assert room.told(eve) == []


def test_a_story_that_is_merged_is_followed_on(room: Newsroom) -> None:
    ada = room.person()
    old, new = room.story("harbour", headline="Quay opens"), room.story("ledger", headline="The new quay")
    room.follow(ada, FollowKind.STORY, short_id(old))
    room.work()
    with room.tools.database.transaction() as tx:
        moved = stories.article_ids(tx, old)[0]
        stories.place(tx, Placement(moved, new, 1.0, merged=(old,)), NOW)
        stories.set_reports(tx, new, 4)
    room.work()
    [told] = room.told(ada)
    assert (told.given["story"], told.given["n"]) == (new, 4)


@pytest.mark.parametrize(
    ("kind", "key", "story"),
    [
        (FollowKind.HASHTAG, "tide", {"tag": "tide"}),
        (FollowKind.PLACE, "place/703448", {"about": "place/703448"}),
        (FollowKind.PERSON, "person/fltmrslnsk", {"about": "person/fltmrslnsk"}),
        (FollowKind.ORGANISATION, "org/harbour office", {"about": "org/harbour office"}),
        (FollowKind.PUBLISHER, "harbour2", {}),
        (FollowKind.WORD, "lantern", {"headline": "A Lantern on the quay"}),
        (FollowKind.WORD, "the quay", {"headline": "A lantern on THE QUAY"}),
    ],
)
def test_a_new_story_with_something_that_is_followed(
    room: Newsroom, kind: FollowKind, key: str, story: dict[str, str]
) -> None:
    ada, eve = room.person("ada"), room.person("eve")
    room.story("harbour", **story)  # type: ignore[arg-type]
    room.later(minutes=1)
    room.follow(ada, kind, key)
    room.follow(eve, kind, key, Stance.MUTE)
    assert room.work() == []
    assert room.told(ada) == [], "what was there before is not new"
    room.later(minutes=1)
    made = room.story("harbour", **story)  # type: ignore[arg-type]
    room.story("echo", tag="storm", headline="Lanterns elsewhere")
    assert room.work() == [], "such things are pushed to those alone who asked for it"
    [told] = room.told(ada)
    assert (told.why, told.given["story"], told.given["key"]) == (Why(kind.value), made, key)
    assert room.told(eve) == [], "who mutes it does not follow it"


def test_a_story_is_told_once_however_many_things_it_is_followed_for(room: Newsroom) -> None:
    ada = room.person()
    room.follow(ada, FollowKind.HASHTAG, "tide")
    room.follow(ada, FollowKind.PLACE, "place/1")
    room.ways(ada, FollowKind.HASHTAG, "tide", EVERYWHERE)
    room.browser(ada, follows=(BrowserFollow(NoticeKind.HASHTAG, "tide", "Tide"),))
    room.later(minutes=1)
    room.story("harbour", tag="tide", about="place/1")
    assert len(room.work()) == 1, "the browser follows it as well"
    assert len(room.told(ada)) == 1


def test_by_the_ways_that_were_chosen(room: Newsroom) -> None:
    people = {name: room.person(name) for name in ("push", "site", "digest", "none")}
    chosen = {"push": Channel.PUSH, "site": Channel.SITE, "digest": Channel.DIGEST, "none": Channel.NONE}
    for number, (name, who) in enumerate(people.items()):
        room.follow(who, FollowKind.HASHTAG, "tide")
        room.ways(who, FollowKind.HASHTAG, "tide", chosen[name])
        room.browser(who, number)
    room.later(minutes=1)
    room.story("harbour", tag="tide")
    assert len(room.work()) == 1
    assert {name for name, who in people.items() if room.told(who)} == {"site"}
    with room.tools.database.read() as view:
        later = room.now[-1] + timedelta(days=1)
        told = {name for name, who in people.items() if notifications.for_digest(view, who, NOW, later, 9)}
    assert told == {"digest"}


def test_only_in_languages_of_the_edition(room: Newsroom) -> None:
    ada, eve = room.person("ada"), room.person("eve")
    for who in (ada, eve):
        room.follow(who, FollowKind.PLACE, "place/1")
    room.wish(ada)
    room.later(minutes=1)
    with room.tools.database.read() as view:
        assert wishes.of(view, ada).edition == "en-gb"
    room.story("harbour", about="place/1", language="xx")
    room.work()
    assert len(room.told(eve)) == 1, "who said no edition reads them all"


def test_a_browser_that_was_signed_out_is_told_nothing_more(room: Newsroom) -> None:
    ada = room.person()
    session = room.browser(ada)
    room.browser(None, 2)
    assert session is not None
    with room.tools.database.transaction() as tx:
        tell_as_chosen(tx, Why.REPLY, "comment 1", {ada: {"name": "eve", "path": "comments/1"}}, room.now[-1])
    [shown] = room.work()
    assert (shown["title"], shown["url"]) == ("eve answered you", "/en-gb/comments/1")
    with room.tools.database.transaction() as tx:
        sessions.end(tx, ada, session)
        tell_as_chosen(tx, Why.REPLY, "comment 2", {ada: {"name": "eve", "path": "comments/2"}}, room.now[-1])
    assert room.work() == []
    assert len(room.told(ada)) == 2


def test_what_moderators_decided_is_said(room: Newsroom) -> None:
    ada = room.person()
    room.browser(ada)
    given = {"decision": "removed", "path": "moderation/mine", "name": ""}
    with room.tools.database.transaction() as tx:
        tell_as_chosen(tx, Why.DECISION, "decision 1", {ada: given}, room.now[-1])
        tell_as_chosen(tx, Why.APPEAL, "appeal 1", {ada: given | {"decision": "upheld"}}, room.now[-1])
    [shown] = room.work()
    assert shown["body"] == "• An appeal\n• Removed", "a browser without words for it is told the kind"


def test_a_session_that_ran_out_is_signed_out(room: Newsroom) -> None:
    ada = room.person()
    room.browser(ada)
    room.later(days=61)
    with room.tools.database.transaction() as tx:
        tell_as_chosen(tx, Why.REPLY, "comment 1", {ada: {"name": "eve"}}, room.now[-1])
    assert room.work() == []


def test_who_is_banned_is_told_nothing(room: Newsroom) -> None:
    ada = room.person()
    room.browser(ada)
    with room.tools.database.transaction() as tx:
        accounts.set_standing(tx, ada, Standing.BANNED)
        tell_as_chosen(tx, Why.REPLY, "comment 1", {ada: {"name": "eve"}}, room.now[-1])
    assert room.work() == []


def test_quiet_hours_of_the_account_hold_for_each_of_its_browsers(room: Newsroom) -> None:
    ada = room.person()
    room.browser(ada)
    room.wish(ada, zone="Europe/London", quiet=Quiet(11 * 60, 13 * 60))
    with room.tools.database.transaction() as tx:
        tell_as_chosen(tx, Why.REPLY, "comment 1", {ada: {"name": "eve"}}, room.now[-1])
    assert room.work() == [], "it is noon"
    room.later(hours=1, minutes=1)
    assert len(room.work()) == 1


def test_a_thread_that_is_watched_is_one_notification_until_it_was_read(room: Newsroom) -> None:
    ada = room.person()
    room.browser(ada)
    for number in (1, 2):
        room.later(minutes=1)
        with room.tools.database.transaction() as tx:
            tell_of_thread(tx, "thread 7", [ada], {"comment": number}, room.now[-1])
        assert len(room.work()) == 1
    [told] = room.told(ada)
    assert (told.given["comment"], room.unread(ada)) == (2, 1)


def test_what_somebody_wants_not_at_all_is_not_told(room: Newsroom) -> None:
    ada = room.person()
    room.browser(ada)
    room.wish(ada, chosen={Why.REPLY: Channel.NONE})
    with room.tools.database.transaction() as tx:
        tell_as_chosen(tx, Why.REPLY, "comment 1", {ada: {"name": "eve"}}, room.now[-1])
        tell_as_chosen(tx, Why.MENTION, "comment 2", {ada: {"name": "eve"}}, room.now[-1])
    room.work()
    assert [one.why for one in room.told(ada)] == [Why.MENTION]


def test_topics_are_counted_not_stories_and_old_ones_are_forgotten(room: Newsroom) -> None:
    ada = room.person()
    room.follow(ada, FollowKind.HASHTAG, "tide")
    room.later(minutes=1)
    for _ in range(3):
        room.story("harbour", tag="tide")
    room.work()
    assert (len(room.told(ada)), room.unread(ada)) == (3, 1)
    tidy(replace(room.tools, now=lambda: NOW + timedelta(days=100)))
    assert room.told(ada) == []
