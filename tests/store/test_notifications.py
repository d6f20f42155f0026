"""What people are told and how they want it: once by subject, counted by topic, seen by nobody else."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from octavo.domain.account import Account, Role
from octavo.domain.follow import Follow, FollowKind, Stance
from octavo.domain.ids import AccountId, EditionKey, StoryId
from octavo.domain.notification import EVERYWHERE, Channel, DigestWishes, Rhythm, Told, Why, Wishes
from octavo.domain.push import Quiet
from octavo.domain.story import Placement
from octavo.ports.database import Database
from octavo.store import accounts, followed_stories, follows, notifications, stories, wishes
from octavo.text.slugs import short_id

from .examples import HOUR, NOON, article, keep
from .people import people

DAY = timedelta(days=1)


def told(who: AccountId, subject: str, **changes: object) -> Told:
    return replace(Told(who, Why.REPLY, subject, subject, {"name": "eve"}), **changes)  # type: ignore[arg-type]


def test_once_by_subject_unless_it_is_new_again(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    with database.transaction() as tx:
        notifications.add(tx, [told(ada, "comment 1"), told(eve, "comment 1"), told(ada, "story 1", again=True)], NOON)
        assert notifications.read_all(tx, ada, NOON, 2**60) == 2
        again = [told(ada, "comment 1", given={"name": "x"}), told(ada, "story 1", again=True, given={"n": 3})]
        notifications.add(tx, again, NOON + HOUR)
        first, second = notifications.of(tx, ada, 9)
        assert (first.subject, first.given, first.read_at, first.at) == ("story 1", {"n": 3}, None, NOON + HOUR)
        assert (second.subject, second.given, second.read_at) == ("comment 1", {"name": "eve"}, NOON)
        assert (notifications.unread(tx, ada), notifications.unread(tx, eve)) == (1, 1)


def test_topics_are_counted_and_read_as_far_as_they_were_seen(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    with database.transaction() as tx:
        notifications.add(tx, [told(ada, f"new {n}", topic="hashtag tide") for n in range(3)], NOON)
        notifications.add(tx, [told(ada, "comment 1"), told(eve, "new 1", topic="hashtag tide")], NOON)
        assert notifications.unread(tx, ada) == 2
        seen = max(one.id for one in notifications.of(tx, ada, 9) if one.topic == "hashtag tide")
        notifications.add(tx, [told(ada, "new 9", topic="hashtag tide")], NOON + HOUR)
        assert notifications.read_topic(tx, ada, "hashtag tide", NOON, seen) == 3
        assert notifications.unread(tx, ada) == 2, "one came later"
        assert notifications.read_topic(tx, ada, "hashtag tide", NOON) == 1
        assert notifications.unread(tx, eve) == 1
        notifications.add(tx, [told(ada, f"many {n}") for n in range(150)], NOON)
        assert notifications.unread(tx, ada) == notifications.MOST_COUNTED


def test_nobody_sees_what_others_were_told(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    with database.transaction() as tx:
        notifications.add(tx, [told(ada, "comment 1")], NOON)
        [mine] = notifications.of(tx, ada, 9)
        assert notifications.get(tx, ada, mine.id) == mine
        assert notifications.get(tx, eve, mine.id) is None
        assert notifications.read_topic(tx, eve, "comment 1", NOON) == 0
        assert notifications.known(tx, eve, ["comment 1"]) == set()
        assert notifications.known(tx, ada, ["comment 1", "comment 2"]) == {"comment 1"}
        assert [row["subject"] for row in notifications.export(tx, ada)] == ["comment 1"]
        assert notifications.export(tx, eve) == []


def test_by_channel(database: Database) -> None:
    (ada,) = people(database, "ada")
    channels = {"s": Channel.SITE, "p": Channel.PUSH, "d": Channel.DIGEST, "a": EVERYWHERE}
    with database.transaction() as tx:
        notifications.add(tx, [told(ada, name, channels=one) for name, one in channels.items()], NOON)
        assert {one.subject for one in notifications.of(tx, ada, 9)} == {"s", "a"}
        assert notifications.unread(tx, ada) == 2
        assert {one.subject for one in notifications.for_digest(tx, ada, NOON, NOON + HOUR, 9)} == {"d", "a"}
        assert notifications.for_digest(tx, ada, NOON - HOUR, NOON, 9) == []
        assert notifications.for_digest(tx, ada, NOON + HOUR, NOON + DAY, 9) == []
        assert notifications.forget_before(tx, NOON) == 0
        assert notifications.forget_before(tx, NOON + HOUR) == 3


def test_wishes_come_back_as_they_were_made(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    made = Wishes(
        EditionKey("de-de"),
        "Europe/Berlin",
        DigestWishes(Rhythm.WEEKLY, 6, 5, pictures=True),
        Quiet(1320, 420),
        {Why.REPLY: Channel.NONE, Why.LIST: EVERYWHERE},
    )
    with database.transaction() as tx:
        assert wishes.of(tx, ada) == Wishes()
        wishes.save(tx, ada, made, NOON + DAY, NOON)
        assert (wishes.of(tx, ada), wishes.of(tx, eve)) == (made, Wishes())
        assert wishes.of(tx, ada).channels(Why.REPLY) is Channel.NONE
        assert wishes.of(tx, ada).channels(Why.MENTION) is EVERYWHERE
        assert wishes.export(tx, ada)[0]["quiet"] == [1320, 420]


def test_a_digest_is_due_once_and_tells_from_when_it_was_asked_for(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    daily = Wishes(digest=DigestWishes(Rhythm.DAILY))
    with database.transaction() as tx:
        accounts.set_email(tx, ada, "ada@reader.example", verified=True)
        accounts.set_email(tx, eve, "eve@reader.example", verified=False)
        for who in (ada, eve):
            wishes.save(tx, who, daily, NOON + HOUR, NOON)
        assert wishes.due(tx, NOON, 9) == []
        first, second = wishes.due(tx, NOON + HOUR, 9)
        assert (first.account_id, first.address, first.told_until, first.due) == (
            ada, "ada@reader.example", NOON, NOON + HOUR,
        )  # fmt: skip
        assert second.address == "", "nobody confirmed it"
        wishes.digested(tx, ada, NOON + HOUR, NOON + DAY)
        wishes.save(tx, ada, replace(daily, zone="Asia/Tokyo"), NOON + DAY, NOON + 2 * HOUR)
        [again] = [one for one in wishes.due(tx, NOON + DAY, 9) if one.account_id == ada]
        assert again.told_until == NOON + HOUR, "another setting loses nothing"
        assert wishes.stop_digest(tx, ada)
        assert not wishes.stop_digest(tx, ada)
        assert [one.account_id for one in wishes.due(tx, NOON + DAY, 9)] == [eve]
        wishes.save(tx, ada, daily, NOON + DAY, NOON + 5 * HOUR)
        [anew] = [one for one in wishes.due(tx, NOON + DAY, 9) if one.account_id == ada]
        assert anew.told_until == NOON + 5 * HOUR, "what came while none was wanted is not told"
        wishes.put_off(tx, ada, NOON + 2 * DAY)
        assert [one.account_id for one in wishes.due(tx, NOON + DAY, 9)] == [eve]


def test_followers_and_the_ways_they_chose(database: Database) -> None:
    ada, eve, mo, nell = people(database, "ada", "eve", "mo", "nell")
    with database.transaction() as tx:
        for who, stance in ((ada, Stance.FOLLOW), (eve, Stance.FOLLOW), (mo, Stance.MUTE), (nell, Stance.FOLLOW)):
            follows.save(tx, who, Follow(FollowKind.HASHTAG, "tide", "Tide", NOON, stance))
        wishes.set_follow(tx, eve, FollowKind.HASHTAG, "tide", EVERYWHERE)
        wishes.set_follow(tx, nell, FollowKind.HASHTAG, "tide", Channel.NONE)
        found = wishes.followers(tx, FollowKind.HASHTAG, ["tide", "storm"])
        usual = Channel.SITE | Channel.DIGEST
        assert [(one.account_id, one.since, one.channels) for one in found] == [
            (ada, NOON, usual),
            (eve, NOON, EVERYWHERE),
        ]
        assert wishes.followers(tx, FollowKind.PLACE, ["tide"]) == []
        assert wishes.follows_of(tx, eve) == {(FollowKind.HASHTAG, "tide"): EVERYWHERE}
        wishes.set_follow(tx, eve, FollowKind.HASHTAG, "tide", usual)
        assert wishes.follows_of(tx, eve) == {}
        assert wishes.followed_keys(tx, FollowKind.HASHTAG) == ["tide"]


def test_what_followers_of_a_story_know(database: Database) -> None:
    ada, eve = people(database, "ada", "eve")
    [one, two] = keep(database, [article(0), article(1)])
    with database.transaction() as tx:
        story = stories.place(tx, Placement(one.id, None, 1.0), NOON)
        other = stories.place(tx, Placement(two.id, None, 1.0), NOON)
        assert not followed_stories.any_followed(tx)
        follows.save(tx, ada, Follow(FollowKind.STORY, short_id(story), "S", NOON))
        follows.save(tx, eve, Follow(FollowKind.STORY, short_id(story), "S", NOON, Stance.MUTE))
        follows.save(tx, eve, Follow(FollowKind.STORY, "not an id", "S", NOON))
        assert followed_stories.any_followed(tx)
        assert (followed_stories.take_up(tx, 9), followed_stories.take_up(tx, 9)) == (2, 0)
        assert followed_stories.otherwise(tx, 9) == []
        stories.set_reports(tx, story, 5)
        [grown] = followed_stories.otherwise(tx, 9)
        assert (grown.account_id, grown.story_id, grown.reports) == (ada, story, 5)
        followed_stories.tell(tx, grown)
        assert followed_stories.otherwise(tx, 9) == []
        stories.place(tx, Placement(one.id, other, 1.0, merged=(story,)), NOON)
        stories.set_reports(tx, other, 7)
        followed_stories.follow_on(tx)
        assert [(one.story_id, one.reports) for one in followed_stories.otherwise(tx, 9)] == [(other, 7)]
        follows.remove(tx, ada, FollowKind.STORY, short_id(story))
        followed_stories.let_go(tx)
        assert followed_stories.otherwise(tx, 9) == []
        assert StoryId(0) != other


def test_they_go_with_the_account(database: Database) -> None:
    (ada,) = people(database, "ada")
    with database.transaction() as tx:
        notifications.add(tx, [told(ada, "comment 1")], NOON)
        wishes.save(tx, ada, Wishes(), None, NOON)
        wishes.set_follow(tx, ada, FollowKind.WORD, "x", EVERYWHERE)
        accounts.remove(tx, ada)
        again = accounts.add(tx, Account(AccountId(0), "ada", Role.READER, NOON), "").id
        assert again != ada
        assert notifications.export(tx, ada) == []
        assert wishes.follows_of(tx, ada) == {}


def berlin(hour: int, rhythm: Rhythm = Rhythm.DAILY, weekday: int = 0) -> DigestWishes:
    return DigestWishes(rhythm, hour, weekday)


def test_the_hour_of_the_readers_clock() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert NOON.isoformat() == "2026-03-01T12:00:00+00:00"
    found = berlin(7).next_after(NOON, zone)
    assert found is not None
    assert found.isoformat() == "2026-03-02T06:00:00+00:00"
    assert berlin(14).next_after(NOON, zone) == NOON + HOUR
    assert berlin(13).next_after(NOON, zone) == NOON + DAY, "not at once"
    assert berlin(13, Rhythm.WEEKLY, 6).next_after(NOON, zone) == NOON + 7 * DAY, "it is a Sunday"
    assert berlin(13, Rhythm.WEEKLY, 0).next_after(NOON, zone) == NOON + DAY
    assert berlin(13, Rhythm.OFF).next_after(NOON, zone) is None


def test_an_hour_skipped_in_spring_and_shown_twice_in_autumn() -> None:
    zone, two = ZoneInfo("Europe/Berlin"), berlin(2)
    moments = []
    at = NOON.replace(month=3, day=27)
    for _ in range(3):
        found = two.next_after(at, zone)
        assert found is not None
        at = found
        moments.append(at.astimezone(zone).isoformat())
    assert moments == ["2026-03-28T02:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:00:00+02:00"]
    at, moments = NOON.replace(month=10, day=24), []
    for _ in range(2):
        found = two.next_after(at, zone)
        assert found is not None
        at = found
        moments.append(at.astimezone(zone).isoformat())
    assert moments == ["2026-10-25T02:00:00+02:00", "2026-10-26T02:00:00+01:00"], "once on the day it comes twice"
