"""Copies told from rewrites and from other reports, by sketches of their words."""

import zlib

import pytest

from octavo.domain.relation import RelationKind
from octavo.enrich.fingerprint import SIZE, fingerprint
from octavo.relate.duplicates import copied, find_duplicates, groups, overlap

from .samples import FIRST, FLOOD, FLOOD_AGAIN, OTHER, SECOND, candidate


def text_of(words: int, seed: int) -> str:
    return " ".join(f"w{zlib.crc32(f'{seed}/{number}'.encode()) % 5000}" for number in range(words))


LONG = text_of(900, 1)


def test_the_same_text_elsewhere_is_a_copy() -> None:
    copy = candidate(9, "Flood toll hits 17", FLOOD, source="Meridian")
    found = find_duplicates(candidate(1, "Storm kills 17", FLOOD, source="Meridian"), [copy, SECOND, OTHER])
    assert [(one.other_id, one.kind, one.score, one.why) for one in found] == [
        (9, RelationKind.DUPLICATE, 1.0, ("Meridian",))
    ]


def test_two_reports_in_their_own_words_are_no_copies() -> None:
    assert copied(FIRST, SECOND) == 0.0
    assert find_duplicates(FIRST, [FIRST]) == (), "nothing copies itself"


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_a_copy_cut_short_is_found(share: float) -> None:
    words = LONG.split()
    cut = " ".join(words[: int(len(words) * share)])
    assert copied(candidate(1, "a", LONG), candidate(2, "b", cut)) > 0.5


def test_a_light_rewrite_is_found_and_a_heavy_one_is_not() -> None:
    words = LONG.split()
    light = " ".join("new" if number % 20 == 0 else word for number, word in enumerate(words))
    heavy = " ".join("new" if number % 4 == 0 else word for number, word in enumerate(words))
    assert copied(candidate(1, "a", LONG), candidate(2, "b", light)) > 0.5
    assert copied(candidate(1, "a", LONG), candidate(2, "b", heavy)) == 0.0


def test_a_shared_quotation_makes_no_copy() -> None:
    quotation = text_of(60, 7)
    one, two = f"{quotation} {text_of(500, 8)}", f"{text_of(500, 9)} {quotation}"
    assert copied(candidate(1, "a", one), candidate(2, "b", two)) == 0.0


@pytest.mark.parametrize(("one", "two"), [(200, 900), (400, 400), (100, 100)])
def test_the_estimate_is_near_the_truth(one: int, two: int) -> None:
    words = text_of(1000, 3).split()
    left, right = " ".join(words[:one]), " ".join(words[one // 2 : one // 2 + two])
    runs = [{" ".join(text.split()[i : i + 4]) for i in range(len(text.split()) - 3)} for text in (left, right)]
    true_jaccard = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    true_containment = len(runs[0] & runs[1]) / min(map(len, runs))
    jaccard, containment = overlap(fingerprint(left), fingerprint(right))
    assert jaccard == pytest.approx(true_jaccard, abs=0.15)
    assert containment == pytest.approx(true_containment, abs=0.25)


def test_no_sketch_no_overlap() -> None:
    full = fingerprint(LONG)
    assert overlap((), full) == overlap(full, ()) == overlap((), ()) == (0.0, 0.0)
    assert overlap(full, full) == (1.0, 1.0)
    assert len(full) == SIZE


def test_short_texts_must_be_nearly_the_same() -> None:
    one = "the harbour opens on friday says the mayor of the town"
    assert copied(candidate(1, "a", one), candidate(2, "b", one)) == 1.0
    other = "the harbour opens on friday says the owner of a boat today"
    assert copied(candidate(1, "a", one), candidate(2, "b", other)) == 0.0


def test_groups_gather_around_the_first_and_never_chain() -> None:
    words = text_of(900, 5).split()
    first, middle, last = (" ".join(words[start : start + 450]) for start in (0, 225, 450))
    members = [candidate(3, "c", last), candidate(1, "a", first), candidate(2, "b", middle)]
    found = groups(members)
    assert [[one.id for one in group] for group in found] == [[1, 2], [3]]
    assert groups([]) == []


def test_the_surest_copy_comes_first() -> None:
    part = " ".join(LONG.split()[:560])
    near = [candidate(2, "b", f"{part} {text_of(300, 11)}"), candidate(3, "c", LONG), candidate(4, "d", FLOOD_AGAIN)]
    assert [one.other_id for one in find_duplicates(candidate(1, "a", LONG), near)] == [3, 2]
