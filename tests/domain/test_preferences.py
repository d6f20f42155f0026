"""What a reader sets, from anywhere: taken as far as it makes sense."""

from typing import Any

import pytest

from octavo.domain.preferences import LONGEST, MOST, clean_settings, muted_in

UNSET = {
    "version": 1,
    "edition": "",
    "theme": "",
    "text": "",
    "density": "",
    "motion": "",
    "ai": "",
    "headlines": "",
    "pictures": "",
    "languages": [],
}


@pytest.mark.parametrize("given", [None, 7, "x", [], {}, {"theme": "pink", "text": 4, "languages": "en"}])
def test_what_makes_no_sense_is_as_if_it_were_never_set(given: object) -> None:
    assert clean_settings(given) == UNSET
    assert muted_in(given) == ({}, {}, [])


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("theme", "contrast", "contrast"),
        ("text", "5", "5"),
        ("theme", ["dark"], ""),
        ("edition", "en-gb", "en-gb"),
        ("edition", "en-us-california", "en-us-california"),
        ("edition", "../etc", ""),
        ("edition", "en-gb\n", ""),
        ("languages", ["en", "en", "ar", "English", 5, None], ["en", "ar"]),
    ],
)
def test_each_setting(name: str, value: object, kept: object) -> None:
    assert clean_settings({name: value}) == {**UNSET, name: kept}


def test_what_is_muted_has_an_end() -> None:
    words = [f"{'x' * 200}{n}" for n in range(5)] + [f"word {n}" for n in range(3_000)]
    given: dict[str, Any] = {
        "muted": {
            "sources": {" a ": "", "": "b", "c": 7},
            "hashtags": {f"t{n}": "T" for n in range(900)},
            "words": words,
        }
    }
    sources, hashtags, kept = muted_in(given)
    assert sources == {"a": "a", "c": "c"}
    assert (len(hashtags), len(kept)) == (MOST, MOST)
    assert max(map(len, kept)) == LONGEST
    assert muted_in({"muted": {"words": {"a": "b"}, "sources": ["a"]}}) == ({}, {}, [])
