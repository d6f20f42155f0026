"""Which word a reader may have meant."""

import pytest

from octavo.relate.spelling import meant

KNOWN = [("harbour", "harbour", 64), ("arbour", "arbour", 2), ("climate", "climate", 32), ("flood", "flood", 8),
         ("blood", "blood", 64), ("minister", "minister", 128), ("الحكومه", "الحكومة", 4)]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("harbuor", "harbour"),
        ("harbr", ""),
        ("climat", ""),
        ("flod", "flood"),
        ("floood", "flood"),
        ("ministre", "minister"),
        ("minnistre", "minister"),
        ("mniistrex", ""),
        ("harbour", ""),
        ("car", ""),
        ("12345", ""),
        ("الحكوهم", "الحكومة"),
        ("xylophone", ""),
    ],
)
def test_the_nearest_word_is_meant(word: str, right: str) -> None:
    assert meant(word, KNOWN) == right


def test_of_two_as_near_the_one_that_begins_alike_then_the_one_used_more() -> None:
    assert meant("glood", [("flood", "flood", 1), ("blood", "blood", 9)]) == "blood"
    assert meant("flqod", [("flood", "flood", 1), ("alqod", "alqod", 9)]) == "flood"
