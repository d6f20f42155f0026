"""notice_followed and send_notices by real steps: who is told what, when, in how many messages, and never twice."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from octavo.actions import push as push_actions
from octavo.adapters.pushers.recorded import RecordedPusher
from octavo.domain.enrichment import Enrichment, Hashtag
from octavo.domain.ids import ArticleId, EditionKey, StoryId
from octavo.domain.push import Follow, NoticeKind, Quiet, Sent, Subscription, Wishes
from octavo.domain.story import Placement
from octavo.pipeline.notice_followed import notice_followed
from octavo.pipeline.send_notices import MOST_FAILURES, send_notices
from octavo.pipeline.settle_stories import CONSUMER as SETTLER
from octavo.pipeline.tidy import tidy
from octavo.ports.tools import Tools
from octavo.store import articles, changes, notices, push, stories, tables

from .conftest import NOW, Keep

POINT = "B" + "A" * 86
SECRET = "A" * 22
WORDS = {
    "story": "Reports: {n}",
    "merged": "Now part of this",
    "hashtag": "New with #{name}",
    "place": "New about {name}",
    "breaking": "Breaking: {n}",
    "several": "News: {n}",
    "test_title": "It works",
    "test": "A test",
    "digits": "0123456789",
}
TIDE = Follow(NoticeKind.HASHTAG, "tide", "Tide")
HOUR = timedelta(hours=1)


@dataclass
class Newsroom:
    """A worker's two steps, a clock, and a push service that takes everything."""

    tools: Tools
    keep: Keep
    now: list[datetime] = field(default_factory=lambda: [NOW])
    _number: int = 0

    @property
    def pusher(self) -> RecordedPusher:
        return cast("RecordedPusher", self.tools.pusher)

    def subscribe(self, number: int = 1, **wishes: Any) -> str:
        push_actions.make_first_keys(self.tools)
        wanted = replace(Wishes(EditionKey("en-gb"), ("en",), most_a_day=9), **wishes)
        made = Subscription(f"https://push.example/{number}", POINT, SECRET, "public-1", wanted, WORDS)
        push_actions.subscribe(self.tools, made)
        return made.endpoint

    def story(self, *publishers: str, reports: int = 1, tag: str = "", headline: str = "The quay opened") -> StoryId:
        """A story by these publishers, the last an hour ago, settled."""
        self._number += 1
        texts = [(one, headline, f"It opened, {one} says, number {self._number}.\nAnd more.") for one in publishers]
        ids = self.keep([(f"{one}{self._number}", *rest) for one, *rest in texts])
        with self.tools.database.transaction() as tx:
            tags = (Hashtag(tag, tag.title(), 0.9),) if tag else ()
            articles.save_enrichments(tx, [Enrichment(one, "en", hashtags=tags) for one in ids])
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
        """Run both steps, twice: the second run may do nothing. Gives what was pushed."""
        before = len(self.pusher.sent)
        notice_followed(self.tools)
        send_notices(self.tools)
        after = len(self.pusher.sent)
        notice_followed(self.tools)
        send_notices(self.tools)
        assert len(self.pusher.sent) == after, "nothing is told twice"
        return [json.loads(one.text) for one in self.pusher.sent[before:]]


@pytest.fixture
def room(tools: Tools, keep: Keep) -> Newsroom:
    made = Newsroom(tools, keep)
    made.tools = replace(tools, now=lambda: made.now[-1])
    return made


def test_a_followed_story_that_gains_a_report_is_told_once(room: Newsroom) -> None:
    story = room.story("harbour", "ledger")
    room.subscribe(stories=(story,))
    assert room.work() == []
    room.reports(story, 2)
    [shown] = room.work()
    assert (shown["title"], shown["body"], shown["lang"]) == ("The quay opened", "Reports: 2", "en")
    assert shown["url"].startswith("/en-gb/story/")
    room.reports(story, 1)
    assert room.work() == []
    room.reports(story, 3)
    assert [one["body"] for one in room.work()] == ["Reports: 3"]


def test_a_later_message_about_a_story_takes_the_earlier_ones_place(room: Newsroom) -> None:
    story = room.story("harbour")
    room.subscribe(stories=(story,))
    for count in (2, 3):
        room.reports(story, count)
        room.work()
    first, second = room.pusher.sent
    assert first.topic == second.topic
    assert json.loads(first.text)["tag"] == first.topic
    assert (len(first.topic) <= 32, first.ttl_s, first.urgency) == (True, 86_400, "normal")


def test_a_story_that_is_merged_is_followed_on(room: Newsroom) -> None:
    old, new = room.story("harbour", headline="Quay opens"), room.story("ledger", headline="The new quay")
    room.subscribe(stories=(old,))
    with room.tools.database.transaction() as tx:
        moved = stories.article_ids(tx, old)[0]
        stories.place(tx, Placement(moved, new, 1.0, merged=(old,)), NOW)
    [shown] = room.work()
    assert (shown["title"], shown["body"]) == ("The new quay", "Now part of this")
    room.reports(new, 4)
    assert [one["body"] for one in room.work()] == ["Reports: 4"]


def test_a_new_story_under_a_followed_hashtag(room: Newsroom) -> None:
    room.story("harbour", tag="tide")
    room.now.append(NOW + timedelta(minutes=1))
    endpoint = room.subscribe(follows=(TIDE,))
    assert room.work() == [], "what was there before is not new"
    keep_later(room)
    room.story("ledger", tag="tide", headline="The tide rose")
    room.story("wire", tag="storm")
    assert [(one["title"], one["body"]) for one in room.work()] == [("The tide rose", "New with #Tide")]
    push_actions.forget(room.tools, endpoint)
    room.story("echo", tag="tide")
    assert room.work() == []


def keep_later(room: Newsroom) -> None:
    """From now on articles are first seen later than they were."""
    keep = room.keep

    def later(texts: Any) -> list[ArticleId]:
        ids = keep(texts)
        with room.tools.database.transaction() as tx:
            seen = tables.articles.update().where(tables.articles.c.id.in_(ids))
            tx.execute(seen.values(first_seen_at=room.now[-1]))
        return ids

    room.keep = later


def test_old_articles_are_no_news(room: Newsroom) -> None:
    room.subscribe(follows=(TIDE,))
    room.now.append(NOW + timedelta(days=3))
    keep_later(room)
    room.story("harbour", tag="tide")
    assert room.work() == []


def test_breaking_news_passes_the_readers_own_threshold(room: Newsroom) -> None:
    room.subscribe(1, breaking=3, within_h=6)
    room.subscribe(2, breaking=5, within_h=6)
    room.subscribe(3, breaking=3, within_h=1)
    room.subscribe(4, breaking=3, within_h=6, languages=("ar",))
    room.subscribe(5)
    story = room.story("harbour", "ledger", "wire", reports=3)
    [shown] = room.work()
    assert shown["body"] == "Breaking: 3"
    assert room.pusher.sent[0].subscription.endpoint == "https://push.example/1"
    assert (room.pusher.sent[0].urgency, room.pusher.sent[0].ttl_s) == ("high", 4 * 3600)
    other = room.story("echo", reports=3)
    with room.tools.database.transaction() as tx:
        for one in stories.article_ids(tx, story):
            stories.place(tx, Placement(one, other, 1.0, merged=(story,)), NOW)
    assert room.work() == [], "merged with another it is no second event"


def test_what_broke_before_a_reader_asked_is_no_news_to_them(room: Newsroom) -> None:
    old = room.story("harbour", "ledger", "wire", reports=3)
    near = room.story("echo", "globe", reports=2)
    room.now.append(NOW + timedelta(minutes=1))
    room.subscribe(breaking=3, within_h=6)
    assert room.work() == []
    keep_later(room)
    for story in (old, near):
        extra = room.story("herald", headline="One more report")
        with room.tools.database.transaction() as tx:
            moved = stories.article_ids(tx, extra)[0]
            stories.place(tx, Placement(moved, story, 1.0), room.now[-1])
            stories.set_reports(tx, story, 4 if story == old else 3)
    assert [one["body"] for one in room.work()] == ["Breaking: 3"]


def test_quiet_hours_hold_everything_and_end_with_one_message(room: Newsroom) -> None:
    # It is noon in London; 23:00 in Sydney, which is quiet until 7:00: 20:00 UTC.
    stories_of = [room.story("harbour", headline=f"Event {n}") for n in range(3)]
    room.subscribe(stories=tuple(stories_of), quiet=Quiet(22 * 60, 7 * 60), zone="Australia/Sydney")
    for story in stories_of:
        room.reports(story, 2)
        assert room.work() == []
    room.now.append(NOW + timedelta(hours=7, minutes=59))
    assert room.work() == []
    room.now.append(NOW + timedelta(hours=8))
    [shown] = room.work()
    assert shown["title"] == "News: 3"
    assert sorted(shown["body"].split("\n")) == ["• Event 0", "• Event 1", "• Event 2"]
    assert shown["url"] == "/en-gb"


def test_a_test_message_comes_even_in_quiet_hours(room: Newsroom) -> None:
    endpoint = room.subscribe(quiet=Quiet(0, 1439))
    push_actions.ask_test(room.tools, endpoint)
    assert [(one["title"], one["url"]) for one in room.work()] == [("It works", "/en-gb/notifications")]


def test_no_more_a_day_than_wanted(room: Newsroom) -> None:
    story = room.story("harbour")
    room.subscribe(stories=(story,), most_a_day=2)
    for count in (2, 3, 4, 5):
        room.reports(story, count)
        assert len(room.work()) == (1 if count < 4 else 0)
        room.now.append(room.now[-1] + HOUR)
    room.now.append(NOW + 12 * HOUR)
    assert [one["body"] for one in room.work()] == ["Reports: 5"]


def test_changed_wishes_count_at_once(room: Newsroom) -> None:
    story = room.story("harbour")
    room.subscribe(stories=(story,), quiet=Quiet(0, 1439))
    room.reports(story, 2)
    assert room.work() == []
    room.subscribe(stories=(story,))
    assert len(room.work()) == 1


def test_browsers_that_are_gone_are_forgotten(room: Newsroom) -> None:
    endpoint = room.subscribe()
    push_actions.ask_test(room.tools, endpoint)
    room.pusher.answers[endpoint] = Sent("gone", "410")
    notice_followed(room.tools)
    assert send_notices(room.tools) == 0
    with room.tools.database.read() as view:
        assert (push.count(view), notices.waiting(view)) == (0, 0)


def test_services_that_fail_are_left_longer_and_longer_then_forgotten(room: Newsroom) -> None:
    endpoint = room.subscribe()
    push_actions.ask_test(room.tools, endpoint)
    room.pusher.answers[endpoint] = Sent("later", "500")
    pauses = []
    for _ in range(MOST_FAILURES):
        send_notices(room.tools)
        with room.tools.database.read() as view:
            known = push.by_endpoint(view, endpoint)
        if known is None:
            break
        assert known.not_before
        pauses.append((known.not_before - room.now[-1]) // timedelta(minutes=1))
        assert send_notices(room.tools) == 0, "it is left alone"
        room.now.append(known.not_before)
    assert pauses[:4] == [1, 2, 4, 8]
    assert max(pauses) == 720
    assert len(pauses) == len(room.pusher.sent) - 1 == MOST_FAILURES - 1


def test_a_busy_service_is_asked_when_it_says_and_nobody_is_blamed(room: Newsroom) -> None:
    endpoint = room.subscribe()
    push_actions.ask_test(room.tools, endpoint)
    room.pusher.answers[endpoint] = Sent("later", "429", until=NOW + HOUR, blamed=False)
    send_notices(room.tools)
    with room.tools.database.read() as view:
        known = push.by_endpoint(view, endpoint)
    assert known
    assert (known.failures, known.not_before) == (0, NOW + HOUR)
    room.pusher.answers.clear()
    room.now.append(NOW + HOUR)
    assert send_notices(room.tools) == 1


class Cut(Exception):
    """The worker was killed."""


class CutOff(RecordedPusher):
    """Pusher whose worker is killed when everything is sent, before anything of it is written down."""

    def send(self, messages: Any, keys: Any) -> Any:
        self.sent += list(messages)
        raise Cut


def test_a_crash_after_sending_sends_the_very_same_again(room: Newsroom) -> None:
    one, other = room.story("harbour"), room.story("ledger")
    room.subscribe(stories=(one, other))
    room.reports(one, 2)
    notice_followed(room.tools)
    broken = CutOff()
    with pytest.raises(Cut):
        send_notices(replace(room.tools, pusher=broken))
    room.reports(other, 2)
    notice_followed(room.tools)
    assert send_notices(room.tools) == 2, "what came up since is told by a message of its own"
    again, more = room.pusher.sent
    assert (again.topic, again.text) == (broken.sent[0].topic, broken.sent[0].text)
    ids = [json.loads(told.text)["id"] for told in (broken.sent[0], again, more)]
    assert ids[0] == ids[1] != ids[2], "by which the browser shows it once"


def test_the_most_a_day_holds_after_a_crash_too(room: Newsroom) -> None:
    one, other = room.story("harbour"), room.story("ledger")
    room.subscribe(stories=(one, other), most_a_day=1)
    room.reports(one, 2)
    notice_followed(room.tools)
    with pytest.raises(Cut):
        send_notices(replace(room.tools, pusher=CutOff()))
    room.reports(other, 2)
    assert len(room.work()) == 1


def test_a_long_backlog_is_skipped_while_nobody_listens(room: Newsroom) -> None:
    room.story("harbour", tag="tide")
    assert notice_followed(room.tools) == 0
    room.subscribe(follows=(TIDE,))
    assert notice_followed(room.tools) == 0


def test_rotated_keys_serve_old_subscriptions_until_they_are_forgotten(room: Newsroom) -> None:
    endpoint = room.subscribe()
    assert push_actions.rotate_keys(room.tools) == 0
    push_actions.ask_test(room.tools, endpoint)
    assert len(room.work()) == 1
    with room.tools.database.read() as view:
        assert [one.public for one in push_actions.key_pairs(view)] == ["public-2", "public-1"]
    assert push_actions.rotate_keys(room.tools, forget=True) == 1
    with room.tools.database.read() as view:
        assert [one.public for one in push_actions.key_pairs(view)] == ["public-3"]
        assert push.count(view) == 0


def test_tidying_forgets_what_waited_too_long(room: Newsroom) -> None:
    story = room.story("harbour")
    room.subscribe(stories=(story,), quiet=Quiet(0, 1439))
    room.reports(story, 2)
    room.work()
    room.now.append(NOW + timedelta(days=3))
    tidy(room.tools)
    with room.tools.database.read() as view:
        assert notices.waiting(view) == 0


def test_a_text_is_never_too_long_for_one_message(room: Newsroom) -> None:
    story = room.story("harbour", headline="長い見出し" * 100)
    room.subscribe(stories=(story,))
    room.reports(story, 2)
    room.work()
    assert len(room.pusher.sent[0].text) <= 3500
