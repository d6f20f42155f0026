"""What a story is part of: events over weeks about the same names and the same matter; nothing vague."""

from dataclasses import replace
from datetime import timedelta

from octavo.domain.ids import StoryId
from octavo.relate.sagas import AT_MOST, Chapter, saga_of

from .samples import NOW, candidate, vector

ABOUT = ("person/ada", "org/harrow", "other/inquiry")


def chapter(number: int, day: float, about: tuple[str, ...] = ABOUT, *, topic: str = "02000000") -> Chapter:
    """Make one day's story of the inquiry into Harrow dam."""
    day_told = f"On its day {number} the inquiry into Harrow dam heard Ada Corrigan about the night of the flood."
    lead = candidate(number, f"Harrow dam inquiry, day {number}", day_told, vector=vector(1.0, 0.2), model="m")
    return Chapter(StoryId(number), NOW + timedelta(days=day), about, frozenset({topic}), lead)


HEARD = [chapter(number, 3 * number) for number in range(1, 6)]


def test_a_story_is_part_of_what_goes_on_for_weeks_about_the_same_two_names() -> None:
    found = saga_of(HEARD[2], HEARD)
    assert found is not None
    assert set(found.about) == {"person/ada", "org/harrow"}
    assert found.stories == (1, 2, 4, 5)
    assert found.since == HEARD[0].first_at


def test_three_stories_or_a_few_days_are_no_saga() -> None:
    assert saga_of(HEARD[0], HEARD[:3]) is None
    assert saga_of(HEARD[0], [replace(one, first_at=NOW + timedelta(days=n)) for n, one in enumerate(HEARD)]) is None
    at_once = [HEARD[0], *(replace(one, first_at=NOW + timedelta(days=20)) for one in HEARD[1:])]
    assert saga_of(at_once[0], at_once) is None
    assert saga_of(HEARD[0], []) is None


def test_one_name_alone_or_what_is_no_name_is_too_vague() -> None:
    one_name = [replace(one, about=("person/ada", f"org/{one.story_id}")) for one in HEARD]
    assert saga_of(one_name[0], one_name) is None
    a_word = [replace(one, about=("person/ada", "other/inquiry")) for one in HEARD]
    assert saga_of(a_word[0], a_word) is None


def test_another_topic_or_another_matter_is_no_chapter() -> None:
    elsewhere = [HEARD[0], *(replace(one, topics=frozenset({"15000000"})) for one in HEARD[1:])]
    assert saga_of(elsewhere[0], elsewhere) is None
    unlike = [
        replace(one, lead=replace(one.lead, headline="Bees", lead=f"swarm{one.story_id}", vector=vector(0.0, 1.0)))
        for one in HEARD[1:]
    ]
    assert saga_of(HEARD[0], unlike) is None


def test_two_places_are_a_saga_in_a_war_alone() -> None:
    def between(topic: str, *places: str) -> list[Chapter]:
        return [replace(one, about=places, topics=frozenset({topic})) for one in HEARD]

    assert saga_of(between("16000000", "place/TS", "place/VN")[0], between("16000000", "place/TS", "place/VN"))
    for given in (between("04000000", "place/TS", "place/VN"), between("16000000", "place/TS", "place/12345")):
        assert saga_of(given[0], given) is None


def test_a_long_silence_ends_it() -> None:
    later = [chapter(number, 60 + 3 * number) for number in range(6, 9)]
    found = saga_of(HEARD[0], [*HEARD, *later])
    assert found is not None
    assert found.stories == (2, 3, 4, 5)
    assert saga_of(later[0], [*HEARD, *later]) is None


def test_the_newest_chapters_are_kept() -> None:
    many = [chapter(number, number) for number in range(1, 50)]
    found = saga_of(many[0], many)
    assert found is not None
    assert len(found.stories) == AT_MOST
    assert found.stories[-1] == 49
    assert found.since == many[0].first_at
