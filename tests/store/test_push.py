"""Subscriptions, what they follow, and notices: kept, changed, moved, forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from octavo.domain.article import Article
from octavo.domain.enrichment import Enrichment, Hashtag
from octavo.domain.ids import ArticleId, EditionKey, StoryId
from octavo.domain.push import Follow, Notice, NoticeKind, Quiet, Subscription, SubscriptionId, Wishes
from octavo.domain.story import Placement
from octavo.ports.database import Database
from octavo.store import articles, notices, noticing, push, stories
from octavo.store.noticing import Arrival
from octavo.store.push import Alarm, Told

from .examples import DAY, GAZETTE, HOUR, NOON, article, keep

TIDE = Follow(NoticeKind.HASHTAG, "tide", "Tide")
VARN = Follow(NoticeKind.PLACE, "place/1", "Varn")
WISHES = Wishes(EditionKey("en-gb"), ("en",), 5, 6, 3, "Europe/London", Quiet(1320, 420), (), (TIDE, VARN))


def subscription(number: int = 1, **wishes: Any) -> Subscription:
    endpoint = f"https://push.example/{number}"
    return Subscription(endpoint, "point", "secret", "server", replace(WISHES, **wishes), {"story": "{n}"})


def save(database: Database, *given: Subscription) -> list[SubscriptionId]:
    with database.transaction() as tx:
        return [push.save(tx, one, NOON) for one in given]


def known(database: Database, endpoint: str = "https://push.example/1") -> Subscription:
    with database.read() as read:
        found = push.by_endpoint(read, endpoint)
    assert found
    return found


@pytest.fixture
def told(database: Database) -> list[StoryId]:
    """Two stories of two articles each, with two reports; tagged, the first seen at noon."""
    kept = keep(database, [article(n) for n in range(4)])
    with database.transaction() as tx:
        rows = [Enrichment(one.id, one.language, hashtags=(Hashtag("tide", "Tide", 0.9),)) for one in kept]
        articles.save_enrichments(tx, rows)
        found = []
        for one, other in (kept[:2], kept[2:]):
            story = stories.place(tx, Placement(one.id, None, 1.0), NOON)
            stories.place(tx, Placement(other.id, story, 1.0), NOON)
            stories.describe(tx, story, lead=one.id, reports=2)
            found.append(story)
    return found


def test_a_subscription_comes_back_whole(database: Database, told: list[StoryId]) -> None:
    [number] = save(database, subscription(stories=tuple(told)))
    assert known(database) == replace(subscription(stories=tuple(told)), id=number)
    with database.read() as read:
        assert (push.count(read), push.any_kept(read), push.server_keys(read)) == (1, True, {"server"})
        assert push.by_endpoint(read, "https://push.example/2") is None


def test_saved_again_it_is_the_same_with_other_wishes(database: Database, told: list[StoryId]) -> None:
    [number] = save(database, subscription(stories=tuple(told)))
    again = subscription(stories=(told[1],), follows=(VARN,), quiet=None, breaking=0, edition="ar-ae")
    assert save(database, again) == [number]
    assert known(database) == replace(again, id=number)


def test_a_story_nobody_keeps_is_not_followed(database: Database) -> None:
    save(database, subscription(stories=(StoryId(5),)))
    assert known(database).wishes.stories == ()


def test_one_that_moves_takes_its_wishes_along(database: Database, told: list[StoryId]) -> None:
    number, other = save(database, subscription(1, stories=(told[0],)), subscription(2))
    to = replace(subscription(2), p256dh="new", server_key="newer")
    with database.transaction() as tx:
        push.set_failures(tx, number, 3, NOON)
        push.move(tx, number, to)
    moved = known(database, to.endpoint)
    assert (moved.id, moved.p256dh, moved.server_key, moved.failures) == (number, "new", "newer", 0)
    assert moved.wishes.stories == (told[0],)
    with database.read() as read:
        assert push.get_many(read, [other]) == {}


def test_forgotten_nothing_of_it_is_left(database: Database, told: list[StoryId]) -> None:
    number, other = save(database, subscription(1, stories=tuple(told)), subscription(2))
    with database.transaction() as tx:
        notices.add(tx, [_notice(number), _notice(other)])
        push.remove(tx, [number])
        assert [one.subscription_id for one in push.followers(tx, NoticeKind.HASHTAG, ["tide"])] == [other]
        assert list(notices.due(tx, NOON, 9)) == [other]
        assert push.remove_of_other_keys(tx, "another") == 1
        assert (push.count(tx), notices.waiting(tx)) == (0, 0)


def test_stories_that_grew_or_were_folded_are_found(database: Database, told: list[StoryId]) -> None:
    [number] = save(database, subscription(stories=(told[0],)))
    with database.transaction() as tx:
        assert push.told_otherwise(tx, 9) == []
        stories.set_reports(tx, told[0], 3)
        assert push.told_otherwise(tx, 9) == [(Told(number, told[0], 2), 3)]
        push.tell(tx, Told(number, told[0], 2), 3)
        assert push.told_otherwise(tx, 9) == []
        moved = stories.article_ids(tx, told[0])[0]
        stories.place(tx, Placement(moved, told[1], 1.0, merged=(told[0],)), NOON)
        [(old, to)] = push.folded(tx, 9)
        assert (old, to) == (Told(number, told[0], 3), told[1])
        push.follow_on(tx, old, to)
        assert push.folded(tx, 9) == []
        assert push.told_otherwise(tx, 9) == []
        assert noticing.former_ids(tx, told) == {told[1]: [told[0]]}
    assert known(database).wishes.stories == (told[1],)


def test_lost_stories_are_unfollowed_folded_ones_not(database: Database, told: list[StoryId]) -> None:
    save(database, subscription(stories=tuple(told)))
    with database.transaction() as tx:
        push.forget_lost_stories(tx)
    assert known(database).wishes.stories == tuple(sorted(told))


def test_who_follows_what_since_when(database: Database) -> None:
    one, other = save(database, subscription(1), subscription(2, follows=(VARN,), languages=("ar",)))
    with database.transaction() as tx:
        push.save(tx, subscription(1), NOON + DAY)
        tagged = push.followers(tx, NoticeKind.HASHTAG, ["tide", "storm"])
        placed = push.followers(tx, NoticeKind.PLACE, ["place/1"])
        assert push.followers(tx, NoticeKind.PLACE, ["tide"]) == []
        alarms = push.alarms(tx)
    assert [(who.subscription_id, who.follow, who.since) for who in tagged] == [(one, TIDE, NOON)]
    assert [(who.subscription_id, who.languages) for who in placed] == [(one, ("en",)), (other, ("ar",))]
    assert alarms == [Alarm(one, ("en",), 5, 6, NOON), Alarm(other, ("ar",), 5, 6, NOON)]


@pytest.mark.parametrize(
    ("changed", "since"),
    [
        ({}, NOON),
        ({"breaking": 8}, NOON),
        ({"within_h": 3}, NOON),
        ({"breaking": 3}, NOON + DAY),
        ({"within_h": 12}, NOON + DAY),
    ],
)
def test_a_lower_threshold_counts_from_when_it_was_set(database: Database, changed: Any, since: datetime) -> None:
    save(database, subscription())
    with database.transaction() as tx:
        push.save(tx, subscription(**changed), NOON + DAY)
        assert [one.since for one in push.alarms(tx)] == [since]


def test_turned_off_and_on_again_it_counts_anew(database: Database) -> None:
    save(database, subscription())
    with database.transaction() as tx:
        push.save(tx, subscription(breaking=0), NOON + HOUR)
        assert push.alarms(tx) == []
        push.save(tx, subscription(), NOON + DAY)
        assert [one.since for one in push.alarms(tx)] == [NOON + DAY]


def _notice(to: SubscriptionId, number: int = 1, **given: Any) -> Notice:
    made = Notice(to, NoticeKind.STORY, f"story {number} 3", NOON, StoryId(number), n=3)
    return replace(made, **given)


def _due(database: Database, hours: float = 0) -> list[Sequence[str]]:
    with database.read() as read:
        found = notices.due(read, NOON + timedelta(hours=hours), 9)
    return [[one.dedupe for one in noted] for noted in found.values()]


def test_a_notice_is_noted_once_and_sent_once(database: Database) -> None:
    [number] = save(database, subscription())
    with database.transaction() as tx:
        for _ in range(2):
            notices.add(tx, [_notice(number), _notice(number, 2)])
        assert notices.known(tx, ["story 1 3", "story 9 3"]) == {(number, "story 1 3")}
        noted = notices.due(tx, NOON, 9)[number]
        assert [replace(one, id=0) for one in noted] == [_notice(number), _notice(number, 2)]
        ids = [one.id for one in noted]
        notices.begin(tx, ids)
        assert [one.batch for one in notices.due(tx, NOON, 9)[number]] == [max(ids)] * 2
        notices.sent(tx, ids, NOON)
        notices.add(tx, [_notice(number)])
    assert _due(database, 99) == []
    with database.read() as read:
        assert notices.messages_since(read, number, NOON) == 1, "two notices, one message"
        assert notices.messages_since(read, number, NOON + HOUR) == 0


def test_what_a_reader_knows_already_is_noted_and_no_message(database: Database) -> None:
    [number] = save(database, subscription())
    with database.transaction() as tx:
        notices.add(tx, [_notice(number)], told_at=NOON)
        assert notices.known(tx, ["story 1 3"]) == {(number, "story 1 3")}
        assert notices.messages_since(tx, number, NOON) == 0
    assert _due(database, 99) == []


def test_tests_do_not_count(database: Database) -> None:
    [number] = save(database, subscription())
    with database.transaction() as tx:
        notices.add(tx, [_notice(number, kind=NoticeKind.TEST)])
        ids = [one.id for one in notices.due(tx, NOON, 9)[number]]
        notices.begin(tx, ids)
        notices.sent(tx, ids, NOON)
        assert notices.messages_since(tx, number, NOON) == 0


def test_what_is_held_waits_until_its_hour_or_other_wishes(database: Database) -> None:
    [number] = save(database, subscription())
    with database.transaction() as tx:
        notices.add(tx, [_notice(number)])
        notices.hold(tx, [one.id for one in notices.due(tx, NOON, 9)[number]], NOON + 5 * HOUR)
    assert (_due(database, 4), _due(database, 5)) == ([], [["story 1 3"]])
    with database.transaction() as tx:
        notices.release(tx, number, NOON)
    assert _due(database) == [["story 1 3"]]


def test_a_subscription_that_failed_rests(database: Database) -> None:
    [number] = save(database, subscription())
    with database.transaction() as tx:
        notices.add(tx, [_notice(number)])
        push.set_failures(tx, number, 2, NOON + HOUR)
        assert push.failing(tx, 2) == 1
    assert (_due(database), _due(database, 1)) == ([], [["story 1 3"]])


def test_old_notices_are_forgotten(database: Database) -> None:
    [number] = save(database, subscription())
    with database.transaction() as tx:
        given = [_notice(number, days, at=NOON - days * DAY) for days in (1, 3, 20)]
        notices.add(tx, given)
        ids = {one.dedupe: one.id for one in notices.due(tx, NOON, 9)[number]}
        notices.sent(tx, [ids["story 20 3"]], NOON)
        assert notices.forget_before(tx, noticed=NOON - 14 * DAY, unsent=NOON - 2 * DAY) == 2
    assert _due(database) == [["story 1 3"]]


def test_what_notices_are_told_from(database: Database, told: list[StoryId]) -> None:
    with database.read() as read:
        first = stories.article_ids(read, told[0])[-1]
        lone: Article | None = articles.get(read, first)
        assert lone
        assert lone.published_at
        assert noticing.arrivals(read, [first, ArticleId(9)], lone.published_at) == [
            Arrival(first, told[0], "en", frozenset({"tide"}), frozenset(), frozenset(), GAZETTE, "Headline 0\n")
        ]
        assert noticing.arrivals(read, [first], NOON) == []
        assert noticing.first_seen(read, told) == dict.fromkeys(told, NOON)
        assert noticing.widely_reported_since(read, NOON - DAY, 2, 9) == dict.fromkeys(told, 2)
        assert noticing.widely_reported_since(read, NOON - DAY, 3, 9) == {}
        said = noticing.headlines(read, [told[0], StoryId(9)])
    assert said == {told[0]: [("en", "Headline 0"), ("en", "Headline 1"), ("en", "Headline 0")]}
