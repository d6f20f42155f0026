"""What one reader is offered, why, and what their mutes leave out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from octavo.domain.follow import Follow, FollowKind, Stance, Taste
from octavo.domain.ids import ArticleId, PublisherId
from octavo.relate.foryou import Habit, How, Offer, Reason, for_reader, learn
from octavo.relate.muting import Facts, wishes, word_key

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERALD = PublisherId("herald.example")
ODESA = Follow(FollowKind.HASHTAG, "odesa", "Odesa", NOON)
TIDE = Follow(FollowKind.HASHTAG, "tide", "Tide", NOON)


def offer(number: int, *tags: str, hours: float = 1, reports: int = 1, **given: object) -> Offer:
    facts = Facts(ArticleId(number), PublisherId("gazette.example"), f"Headline {number}", tags, story=f"s{number}")
    facts = replace(facts, **given)  # type: ignore[arg-type]
    names = {(FollowKind.HASHTAG, tag): tag.title() for tag in facts.hashtags}
    names[FollowKind.PUBLISHER, facts.publisher_id] = str(facts.publisher_id)
    return Offer(facts, NOON - hours * HOUR, reports, names)


def numbers(offers: list[Offer], *follows: Follow, tastes: list[Taste] | None = None) -> list[int]:
    return [one.offer.facts.id for one in for_reader(offers, follows, tastes or [], [], NOON)]


def test_what_is_followed_is_there_and_says_so() -> None:
    [pick] = for_reader([offer(1, "odesa"), offer(2, "tide")], [ODESA], [], [], NOON)
    assert pick.offer.facts.id == 1
    assert pick.why == (Reason(How.FOLLOW, FollowKind.HASHTAG, "odesa", "Odesa"),)


def test_what_is_muted_is_no_wish() -> None:
    assert numbers([offer(1, "odesa")], replace(ODESA, stance=Stance.MUTE)) == []


def test_more_reports_newer_and_more_wishes_come_first() -> None:
    assert numbers([offer(1, "odesa"), offer(2, "odesa", reports=9)], ODESA) == [2, 1]
    assert numbers([offer(1, "odesa", hours=50), offer(2, "odesa")], ODESA) == [2, 1]
    assert numbers([offer(1, "odesa"), offer(2, "odesa", "tide")], ODESA, TIDE) == [2, 1]


def test_one_of_each_story() -> None:
    assert numbers([offer(1, "odesa", story="s"), offer(2, "odesa", story="s", reports=2)], ODESA) == [2]
    assert numbers([offer(1, "odesa", story=""), offer(2, "odesa", story="")], ODESA) == [2, 1]


def test_no_wish_drowns_the_others() -> None:
    many = [offer(n, "odesa", reports=4) for n in range(1, 30)]
    found = numbers([*many, offer(50, "tide", reports=3)], ODESA, TIDE)
    assert 0 < found.index(50) < 6


def test_more_and_less_of_something() -> None:
    offers = [offer(1, "odesa"), offer(2, "odesa", "tide"), offer(3, "ebb")]
    less = Taste(FollowKind.HASHTAG, "tide", "Tide", -2)
    more = Taste(FollowKind.HASHTAG, "ebb", "Ebb", 1)
    assert numbers(offers, ODESA, tastes=[less]) == [1, 2]
    [first, *_] = for_reader([offers[2]], [], [more], [], NOON)
    assert first.why == (Reason(How.MORE, FollowKind.HASHTAG, "ebb", "Ebb"),)
    assert numbers([offers[1]], tastes=[less]) == [], "less of something is no reason to be there"


def test_the_same_again_gives_the_same() -> None:
    offers = [offer(n, "odesa", hours=n % 3) for n in range(1, 20)]
    assert numbers(offers, ODESA) == numbers(list(reversed(offers)), ODESA)


def test_habits_are_what_is_read_more_than_it_is_written() -> None:
    offered = [offer(n, "port") for n in range(10)] + [offer(n, "tide") for n in range(10, 90)]
    read = [offer(n, "port", "tide", publisher_id=HERALD) for n in range(100, 104)]
    habits = learn(read, offered)
    assert [(one.kind, one.key) for one in habits] == [
        (FollowKind.HASHTAG, "port"),
        (FollowKind.PUBLISHER, HERALD),
    ], "everything is about the tide"
    [pick] = for_reader([offer(1, "port")], [], [], habits, NOON)
    assert pick.why == (Reason(How.READ, FollowKind.HASHTAG, "port", "Port"),)
    assert learn(read[:2], offered) == [], "twice is no habit"


def test_what_is_followed_says_more_than_a_habit() -> None:
    habit = Habit(FollowKind.HASHTAG, "tide", "Tide", 1.5)
    picks = for_reader([offer(1, "tide"), offer(2, "odesa"), offer(3, "odesa", "tide")], [ODESA], [], [habit], NOON)
    assert [one.offer.facts.id for one in picks] == [3, 2, 1]
    assert [one.how for one in picks[0].why] == [How.FOLLOW, How.READ]


FACTS = Facts(
    ArticleId(1), HERALD, "Transfer window: Ferries’ new OWNER", ("tide",), ("person/ns", "place/7"), story="9x"
)


@pytest.mark.parametrize(
    ("kind", "key", "met"),
    [
        (FollowKind.STORY, "9x", True),
        (FollowKind.STORY, "9y", False),
        (FollowKind.HASHTAG, "tide", True),
        (FollowKind.PERSON, "person/ns", True),
        (FollowKind.PLACE, "place/7", True),
        (FollowKind.PLACE, "place/8", False),
        (FollowKind.PUBLISHER, HERALD, True),
        (FollowKind.WORD, "transfer window", True),
        (FollowKind.WORD, "owner", True),
        (FollowKind.WORD, "own", False),
        (FollowKind.WORD, "a.c", False),
    ],
)
def test_what_is_muted_is_left_out_and_by_what(kind: FollowKind, key: str, met: bool) -> None:
    one = Follow(kind, key, "", NOON, Stance.MUTE)
    assert wishes([one], Stance.MUTE).met_by(FACTS) == ([one] if met else [])
    assert not wishes([one], Stance.FOLLOW)


def test_the_most_particular_wish_is_named_first() -> None:
    mutes = [Follow(kind, key, "", NOON, Stance.MUTE) for kind, key in (
        (FollowKind.WORD, "owner"), (FollowKind.PUBLISHER, HERALD), (FollowKind.HASHTAG, "tide"))]  # fmt: skip
    found = wishes(mutes, Stance.MUTE).met_by(FACTS)
    assert [one.kind for one in found] == [FollowKind.HASHTAG, FollowKind.PUBLISHER, FollowKind.WORD]


@pytest.mark.parametrize(
    ("word", "text", "met"),
    [
        ("港口", "今天港口很忙", True),
        ("ميناء", "الميناء مزدحم", True),
        ("Ｆｅｒｒｙ", "the ferry", True),
        ("ferry", "ferryman", False),
    ],
)
def test_words_of_scripts_that_write_them_together(word: str, text: str, met: bool) -> None:
    one = Follow(FollowKind.WORD, word_key(word), word, NOON, Stance.MUTE)
    assert bool(wishes([one], Stance.MUTE).met_by(replace(FACTS, text=text))) is met


def test_a_words_key_is_the_same_however_it_is_written() -> None:
    assert word_key("  Transfer   WINDOW ") == "transfer window"
