"""What came before a story: earlier ones about the same, with the reason; none rather than filler."""

from dataclasses import replace
from datetime import timedelta

from octavo.domain.ids import StoryId
from octavo.domain.relation import Candidate
from octavo.relate.threads import AT_MOST, earlier_stories

from .samples import FIRST, NAMES, NOW, OTHER, SECOND, THIRD, candidate

WARNING = candidate(
    81,
    "Tessaly Isles warned of Storm Ilva as Varn rises at Harrow dam",
    "Ada Corrigan, the interior minister, told people in Millbrook to be ready to leave as Storm Ilva neared the "
    "Tessaly Isles. The river Varn stood a metre under the crest of Harrow dam, the National Emergency Office said.",
    names=NAMES,
    at=NOW - timedelta(days=4),
)


def story(number: int, *articles: Candidate) -> dict[StoryId, list[Candidate]]:
    return {StoryId(number): list(articles)}


def test_an_earlier_story_of_the_same_people_and_places_is_given_with_what_is_shared() -> None:
    stranger = replace(OTHER, at=WARNING.at)
    [earlier] = earlier_stories([FIRST, SECOND], story(7, WARNING) | story(8, stranger))
    assert earlier.story_id == 7
    assert set(earlier.why) <= {name for _, name in NAMES}
    assert len(earlier.why) == 3


def test_what_came_later_or_at_the_same_time_is_not_earlier() -> None:
    assert earlier_stories([FIRST], story(7, replace(WARNING, at=FIRST.at + timedelta(days=1)))) == ()
    assert earlier_stories([FIRST], story(7, replace(WARNING, at=FIRST.at - timedelta(hours=1)))) == ()


def test_one_shared_name_is_not_enough() -> None:
    assert earlier_stories([FIRST], story(7, replace(WARNING, names=NAMES[:1]))) == ()


def test_nothing_rather_than_filler() -> None:
    assert earlier_stories([], story(7, WARNING)) == ()
    assert earlier_stories([FIRST], {StoryId(7): []}) == ()
    assert earlier_stories([FIRST], story(7, replace(THIRD, at=WARNING.at))) == ()


def test_at_most_five() -> None:
    many = {StoryId(number): [replace(WARNING, id=candidate(90 + number, "x").id)] for number in range(9)}
    assert len(earlier_stories([FIRST], many)) == AT_MOST
