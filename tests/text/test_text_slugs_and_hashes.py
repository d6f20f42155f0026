"""Short ids, slugs and content hashes."""

import pytest

from octavo.text.hashes import bytes_hash, content_hash, small_hash
from octavo.text.slugs import read_short_id, short_id, slug


@pytest.mark.parametrize(("number", "wanted"), [(0, "0"), (35, "z"), (36, "10"), (2**53 - 1, "2gosa7pa2gv")])
def test_short_ids_come_back(number: int, wanted: str) -> None:
    assert short_id(number) == wanted
    assert read_short_id(wanted) == number


@pytest.mark.parametrize("text", ["", "A", "a b", "ü", "-1", "z" * 13])
def test_what_is_no_short_id(text: str) -> None:
    assert read_short_id(text) is None


def test_ids_are_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        short_id(-1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ferry strike: day one!", "ferry-strike-day-one"),
        ("L'été à Nîmes", "lété-à-nîmes"),
        ("إضراب العبّارات", "إضراب-العبّارات"),
        ("渡轮罢工", "渡轮罢工"),
        ("ＦＵＬＬ width", "full-width"),
        ("!!!", ""),
        ("a/b?c=<script>", "a-b-c-script"),
    ],
)
def test_slugs(text: str, wanted: str) -> None:
    assert slug(text) == wanted


def test_slugs_are_cut_between_words() -> None:
    assert slug("one two three four", limit=9) == "one-two"
    assert slug("x" * 100, limit=9) == "x" * 9


def test_content_hash_keeps_its_parts_apart() -> None:
    assert content_hash("ab", "c") != content_hash("a", "bc")
    assert content_hash("a") == content_hash("a")
    assert len(content_hash("\ud800")) == 32


def test_bytes_hash_is_sha_256() -> None:
    assert bytes_hash(b"") == "e3b0c44298fc1c149afbf4c8996fb924"


def test_small_hash_fits_its_bits() -> None:
    assert {small_hash(str(number), 3) for number in range(200)} == set(range(8))
    assert small_hash("a", 64) < 2**64
