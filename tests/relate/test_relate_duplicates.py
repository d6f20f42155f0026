"""Copies told from rewrites and from other reports, by sketches of their words."""

import zlib

import pytest

from octavo.domain.relation import Candidate, RelationKind
from octavo.enrich.fingerprint import SIZE, fingerprint
from octavo.relate.duplicates import copied, find_duplicates, groups, is_copy, resemblance
from octavo.text.shingles import overlap, shingles

from .samples import FIRST, FLOOD, FLOOD_AGAIN, OTHER, SECOND, candidate


def text_of(words: int, seed: int) -> str:
    """Make up a text of four-letter words, drawn from 5,000."""
    drawn = (zlib.crc32(f"{seed}/{number}".encode()) % 5000 for number in range(words))
    letters = "bdfgklmnprstvaeiou"
    return " ".join("".join(letters[value // power % 18] for power in (1, 18, 324)) + "o" for value in drawn)


LONG = text_of(900, 1)


def whole(number: int, text: str) -> Candidate:
    """Make a candidate as the store does: the beginning of its text, and the sketch of all of it."""
    return candidate(number, "a", text[:1000], fingerprint=fingerprint(text))


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


@pytest.mark.parametrize(("every", "share"), [(20, 0.8), (5, 0.3)])
def test_a_light_rewrite_is_found_and_a_heavy_one(every: int, share: float) -> None:
    words = LONG.split()
    changed = " ".join("new" if number % every == 0 else word for number, word in enumerate(words))
    assert copied(whole(1, LONG), whole(2, changed)) > share


def test_words_changed_everywhere_are_another_text() -> None:
    changed = " ".join("new" if number % 2 else word for number, word in enumerate(LONG.split()))
    assert copied(whole(1, LONG), whole(2, changed)) == 0.0


def test_a_text_read_by_a_machine_is_still_a_copy() -> None:
    misread = "".join("#" if number % 23 == 0 else char for number, char in enumerate(LONG))
    assert copied(whole(1, LONG), whole(2, misread.replace("#", "c"))) > 0.5


def test_an_excerpt_of_a_tenth_is_a_copy_and_a_tenth_in_common_is_not() -> None:
    long = text_of(3000, 1)
    tenth = " ".join(long.split()[:300])
    assert copied(whole(1, long), whole(2, tenth)) > 0.8
    assert copied(whole(1, long), whole(2, f"{tenth} {text_of(900, 21)}")) == 0.0


def test_of_texts_alike_in_part_the_beginnings_decide() -> None:
    assert not is_copy(0.1, 0.4)
    assert is_copy(0.1, 0.4, 0.6)
    assert is_copy(0.02, 0.9), "an excerpt"
    assert is_copy(0.25, 0.4), "half of each"
    assert not is_copy(0.25, 0.2, 1.0)


def test_a_hash_or_two_in_common_prove_nothing() -> None:
    line, long = text_of(20, 41), text_of(1500, 42).split()
    within = whole(2, " ".join([*long[:700], line, *long[700:]]))
    short = whole(1, line)
    assert 0 < resemblance(short.fingerprint, within.fingerprint)[2] < 4
    assert copied(short, within) == 0.0
    assert copied(short, whole(3, f"{line} {' '.join(long)}")) > 0.8, "unless it opens the text"


def forecast(*figures: int) -> str:
    days = ("Monday", "Tuesday", "Wednesday")
    return " ".join(
        f"{day} begins dry along the coast of the Tessaly Isles, with highs of {high} degrees, lows of {high - 7} and "
        f"winds of up to {3 * high} km/h from the west."
        for day, high in zip(days, figures, strict=True)
    )


def test_a_form_filled_in_with_other_figures_is_no_copy() -> None:
    one, other = whole(1, forecast(11, 14, 17)), whole(2, forecast(23, 28, 9))
    jaccard, containment, _ = resemblance(one.fingerprint, other.fingerprint)
    assert is_copy(jaccard, containment, overlap(shingles(one.lead), shingles(other.lead))[1]), "but for its figures"
    assert copied(one, other) == 0.0
    assert copied(one, whole(3, forecast(11, 14, 17))) == 1.0


def test_what_two_pages_have_around_them_makes_no_copy() -> None:
    frame = text_of(60, 31)
    assert copied(whole(1, f"{frame} {text_of(150, 32)}"), whole(2, f"{frame} {text_of(150, 33)}")) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "受风暴影响，瓦恩河水漫过哈罗大坝，特萨利群岛已有十七人遇难，国家应急办公室说。"
        "内政部长称，一万九千五百人离开了米尔布鲁克及周边村庄。救援人员乘船抵达自周一以来与外界隔绝的农场，接出二百一十二人。",
        "พายุอิลวาพัดแม่น้ำวาร์นล้นเขื่อนแฮร์โรว์ในหมู่เกาะเทสซาลี มีผู้เสียชีวิตสิบเจ็ดคน "
        "สำนักงานฉุกเฉินแห่งชาติกล่าว รัฐมนตรีมหาดไทยกล่าวว่าประชาชนอพยพออกจากเมืองแล้ว",
        "أودت العاصفة إيلفا بحياة سبعة عشر شخصا بعد أن فاض نهر فارن فوق سد هارو، "
        "وقالت وزيرة الداخلية إن آلاف السكان غادروا ميلبروك والقرى المحيطة بها.",
    ],
)
def test_copies_are_found_in_scripts_with_and_without_spaces(text: str) -> None:
    cut = text[: len(text) * 2 // 3]
    assert copied(whole(1, text), whole(2, f"{cut}…")) > 0.8
    assert copied(whole(1, text), whole(2, text[::-1])) == 0.0


def test_a_shared_quotation_makes_no_copy() -> None:
    quotation = text_of(60, 7)
    one, two = f"{quotation} {text_of(500, 8)}", f"{text_of(500, 9)} {quotation}"
    assert copied(candidate(1, "a", one), candidate(2, "b", two)) == 0.0


@pytest.mark.parametrize(("one", "two"), [(200, 900), (400, 400), (100, 100)])
def test_the_estimate_is_near_the_truth(one: int, two: int) -> None:
    words = text_of(1000, 3).split()
    left, right = " ".join(words[:one]), " ".join(words[one // 2 : one // 2 + two])
    true_jaccard, true_containment = overlap(shingles(left), shingles(right))
    jaccard, containment, both = resemblance(fingerprint(left), fingerprint(right))
    assert jaccard == pytest.approx(true_jaccard, abs=0.1)
    assert containment == pytest.approx(true_containment, abs=0.15)
    assert both > 10


def test_no_sketch_no_overlap() -> None:
    full = fingerprint(LONG)
    assert resemblance((), full) == resemblance(full, ()) == resemblance((), ()) == (0.0, 0.0, 0)
    assert resemblance(full, full) == (1.0, 1.0, SIZE)
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
