"""The headline that names a story: central, plain, in the reader's language where there is one."""

import pytest

from octavo.relate.headline import choose_lead, plainness

from .samples import FIRST, FLOOD, GERMAN, OTHER, SECOND, candidate


def test_the_central_report_speaks() -> None:
    assert choose_lead([OTHER, FIRST, SECOND]).id in (FIRST.id, SECOND.id)


def test_the_language_is_the_readers_where_there_is_one() -> None:
    assert choose_lead([FIRST, SECOND, GERMAN], "de").id == GERMAN.id
    assert choose_lead([FIRST, SECOND], "de").language == "en"


def test_a_plain_headline_beats_a_loud_one() -> None:
    plain = candidate(1, "Flood toll rises to 17 in Tessaly Isles", FLOOD)
    loud = candidate(2, "LIVE: What we know about the flood?!", FLOOD)
    assert choose_lead([loud, plain]).id == 1


def test_a_story_without_articles_has_no_lead() -> None:
    with pytest.raises(ValueError, match="at least one article"):
        choose_lead([])


@pytest.mark.parametrize(
    ("headline", "worse"),
    [
        ("Flood toll rises to 17 in Tessaly Isles", "Is the flood toll rising in Tessaly Isles?"),
        ("Flood toll rises to 17 in Tessaly Isles", "Flood"),
        ("Flood toll rises to 17 in Tessaly Isles", "FLOOD TOLL RISES TO 17 IN TESSALY ISLES"),
        ("Flood toll rises to 17 in Tessaly Isles", "Opinion: the flood toll in Tessaly Isles is too high"),
        ("暴雨造成十七人死亡，救援继续", "暴雨"),
    ],
)
def test_plainness(headline: str, worse: str) -> None:
    assert plainness(candidate(1, headline)) > plainness(candidate(2, worse))


def test_opinion_and_unknown_genres_stand_back() -> None:
    by_genre = {
        genre: plainness(candidate(1, FIRST.headline, genre=genre)) for genre in ("news", "analysis", "opinion", "x")
    }
    assert by_genre["news"] == by_genre["x"] > by_genre["analysis"] > by_genre["opinion"]


def test_the_same_lead_whatever_the_order() -> None:
    members = [FIRST, SECOND, GERMAN, OTHER]
    assert choose_lead(members) == choose_lead(members[::-1])
