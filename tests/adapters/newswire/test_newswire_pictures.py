"""The newswire's pictures: every scene can be drawn, and always looks the same for the same article."""

import io

import pytest
from PIL import Image, ImageStat

from octavo.adapters.newswire.pictures import SCENES, SIZE, PictureShelf, draw_picture


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_a_picture(scene: str) -> None:
    jpeg = draw_picture(scene, "post/slug")
    picture = Image.open(io.BytesIO(jpeg))
    assert (picture.format, picture.size) == ("JPEG", SIZE)
    assert max(ImageStat.Stat(picture.convert("L")).stddev) > 15, "all of one tone"
    assert len(jpeg) < 300_000


def test_the_same_article_has_the_same_picture() -> None:
    assert draw_picture("harbour", "a/b") == draw_picture("harbour", "a/b")


def test_two_articles_have_two_pictures() -> None:
    assert draw_picture("harbour", "a/b") != draw_picture("harbour", "a/c")


def test_no_part_of_a_picture_is_left_unpainted() -> None:
    """Unpainted canvas is pure black; a picture by day has next to none."""
    for scene in ("court", "vineyard", "desert-solar", "school", "market", "factory"):
        picture = Image.open(io.BytesIO(draw_picture(scene, "day"))).convert("L")
        dark = sum(picture.histogram()[:6])
        assert dark < 0.01 * SIZE[0] * SIZE[1], scene


def test_a_picture_is_drawn_once() -> None:
    shelf = PictureShelf()
    assert shelf.take("coral", "a/b") is shelf.take("coral", "a/b")
