"""Pictures for link previews: set in every script there are fonts for, never as boxes; asked for by known ids only."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image as Picture
from PIL import features

from octavo.config import PictureSettings
from octavo.serve.previews.card import SIZE, Said, draw_card
from octavo.serve.previews.letters import Letters, find_letters, scripts
from octavo.serve.previews.lines import broken, runs, words
from octavo.text.slugs import short_id

from .conftest import Reader, png

HOUSE = Letters({})


def drawn(said: Said, letters: Letters = HOUSE) -> Picture.Image:
    return Picture.open(io.BytesIO(draw_card(said, letters))).convert("L")


def ink(picture: Picture.Image, top: int = 120, bottom: int = 500) -> int:
    """Count dark pixels between the masthead and the foot."""
    return sum(picture.crop((0, top, SIZE[0], bottom)).histogram()[:110])


def test_a_headline_is_set_in_the_house_type() -> None:
    made = drawn(Said("Tide ledger found in drowned archive", "en", rtl=False, source="The Harbour"))
    assert made.size == SIZE
    assert ink(made) > 5_000
    assert ink(made) != ink(drawn(Said("Tide ledger", "en", rtl=False, source="The Harbour")))


@pytest.mark.parametrize(
    "headline", ["سجل المد والجزر", "潮汐台帳", "समाचार", "\U00010380\U00010381", "Ledger \U0001f6a2"]
)
def test_where_no_font_has_the_letters_there_are_no_words_and_no_boxes(headline: str) -> None:
    assert ink(drawn(Said(headline, "xx", rtl=False, source="x"))) == 0
    with_picture = drawn(Said(headline, "xx", rtl=False, source="x", picture=png(1280, 800)))
    assert len(with_picture.crop((0, 0, 1200, 500)).getcolors(9999) or ()) < 4, "the picture alone"


def test_a_line_of_two_directions_stands_as_it_is_read() -> None:
    letters = find_letters((Path("/usr/share/fonts"),))
    line = words(letters, "قالت NASA Ames أمس", 40, rtl=True, language="ar")
    if line is None or not features.check("raqm"):
        pytest.skip("no font for Arabic, or no shaping, on this machine")
    assert [run.text.strip() for run in runs(line)] == ["أمس", "NASA Ames", "قالت"]


def test_lines_break_between_words_and_where_a_script_has_none() -> None:
    text = words(HOUSE, "One two three four five six", 40, rtl=False, language="en")
    assert text is not None
    made = broken(text, 200, 9)
    assert made is not None
    assert " ".join(line.text for line in made) == text.text
    assert broken(text, 200, 1) is None
    assert broken(text, 20, 99) is None, "a word wider than the line does not fit"


def test_scripts_are_named_by_their_letters() -> None:
    assert scripts("NASA قال و 12") == ["LATIN", "ARABIC"]
    assert scripts("12 — !") == []


def test_previews_are_of_what_is_kept_and_drawn_once(reader: Reader) -> None:
    name = short_id(reader.ids["ledger"])
    first = reader.get(f"/card/article/{name}.jpg?v=1")
    assert (first.status_code, first.headers["content-type"]) == (200, "image/jpeg")
    assert Picture.open(io.BytesIO(first.content)).size == SIZE
    assert first.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert len(list(reader.tools.blobs.under("previews"))) == 1
    assert reader.get(f"/card/article/{name}.jpg", **{"if-none-match": first.headers["etag"]}).status_code == 304
    assert len(list(reader.tools.blobs.under("previews"))) == 1
    assert reader.get("/card/edition/ar-ae.jpg").status_code == 200
    assert reader.get(f"/card/story/{short_id(reader.story)}.en-gb.jpg").status_code == 200
    for path in ("article/zzzz", "article/é", "story/zzz.en-gb", "edition/xx-xx", "other/1", "article/" + "z" * 40):
        assert reader.get(f"/card/{path}.jpg").status_code == 404, path


def test_previews_can_be_turned_off(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(settings={"pictures": PictureSettings(previews=False)})
    assert reader.get("/card/edition/en-gb.jpg").status_code == 404
    assert "og:image" not in reader.get("/en-gb").text
