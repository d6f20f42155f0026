"""Learning what is removed here: how sure it is, what it needs to speak, what it does not hear."""

import pytest

from octavo.discuss.learning import LEAST, LEAST_OF_EACH, learn, words
from octavo.discuss.screening import SHOWN, Verdict, heed
from octavo.domain.moderation import Decided, Does, Opinion, Said

PILLS = "cheap pills order now without prescription fast delivery best discount pharmacy online bargain coupon".split()
TALK = "ferry harbour council delay timetable passengers winter weather captain ticket island quay morning".split()
MIXED = ["today", "people", "really", "city"]


def some(of: list[str], number: int) -> str:
    """Five words of these, different for each number."""
    return " ".join([*(of[(number * 3 + step * (1 + number // 13)) % len(of)] for step in range(5)), MIXED[number % 4]])


def decided(removed: int, stand: int, reason: str = "spam") -> list[Decided]:
    return [Decided(f"{some(PILLS, n)} r{chr(97 + n)}x", reason) for n in range(removed)] + [
        Decided(f"{some(TALK, n)} s{chr(97 + n)}x") for n in range(stand)
    ]


def test_it_is_sure_of_what_was_removed_and_of_what_stands() -> None:
    learned = learn(decided(24, 24))
    assert learned
    bad = learned.judge(Said("Order cheap pills online, best discount"))
    good = learned.judge(Said("The captain said the ferry waits for passengers at the quay"))
    assert bad
    assert good
    assert (bad.why, bad.label) == ("learned", "spam")
    assert bad.score > 0.97
    assert good.score < 0.03
    torn = learned.judge(Said("Pills pharmacy discount; ferry captain harbour"))
    assert torn
    assert 0.2 < torn.score < 0.8


def test_it_has_no_opinion_of_words_it_does_not_know() -> None:
    learned = learn(decided(24, 24))
    assert learned
    assert learned.judge(Said("Zwei Katzen schlafen")) is None
    assert learned.judge(Said("")) is None


def test_words_of_the_matter_are_not_held_against_a_comment() -> None:
    learned = learn(decided(24, 24))
    assert learned
    about = "Cheap pills: how to order without prescription at an online pharmacy; the discount and the delivery"
    assert learned.judge(Said("cheap pills without prescription from an online pharmacy", about)) is None


@pytest.mark.parametrize(
    ("removed", "stand"), [(LEAST_OF_EACH - 1, LEAST), (LEAST, LEAST_OF_EACH - 1), (19, LEAST - 20)]
)
def test_it_is_silent_before_it_has_seen_enough(removed: int, stand: int) -> None:
    assert learn(decided(min(removed, 26), min(stand, 26))) is None


def test_a_flood_of_one_text_is_one_decision() -> None:
    flood = [Decided("Cheap pills order now", "spam")] * 500
    assert learn([*flood, *decided(0, 26)]) is None


def test_what_is_false_or_beside_the_point_teaches_nothing() -> None:
    assert learn(decided(26, 26, "false")) is None
    assert learn(decided(26, 26, "off_topic")) is None
    assert learn(decided(26, 26, "hate"))


def test_the_same_decisions_teach_the_same() -> None:
    one, other = learn(decided(24, 24)), learn(list(decided(24, 24)))
    said = Said("cheap ferry pills council")
    assert one
    assert other
    assert one.judge(said) == other.judge(said)


def test_what_a_comment_is_compared_by() -> None:
    assert words("Pills, PILLS! 24 https://shop.example/x") >= {"pill", "host shop.example"}
    assert "24" not in words("24 pills")
    assert "安い" in words("安い薬") or "い薬" in words("安い薬")


def test_an_opinion_can_only_send_to_the_queue() -> None:
    sure = Opinion("learned", 0.971, "spam")
    assert heed(SHOWN, sure, 0.95) == Verdict(Does.HOLD, "learned", note="spam 97%")
    assert heed(SHOWN, Opinion("learned", 0.9, "spam"), 0.95) == SHOWN
    assert heed(SHOWN, Opinion("odd", float("nan")), 0.5) == SHOWN
    assert heed(SHOWN, None, 0.5) == SHOWN
    for rules in (Verdict(Does.REFUSE, "word: pills"), Verdict(Does.HOLD, "links")):
        assert heed(rules, sure, 0.5) == rules
