"""Publishers' pictures redrawn: what is read, what is refused, what is no lead."""

import io
import struct
import time
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw

from octavo.errors import UnusablePicture
from octavo.extract.drawing import MAX_PIXELS, MAX_SCANS, PALETTE, decode, encode, tint_of, why_unfit


def written(picture: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def scene(width: int = 800, height: int = 500) -> Image.Image:
    made = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    pen = ImageDraw.Draw(made)
    for step in range(0, width, 40):
        pen.ellipse((step, step % height, step + 90, step % height + 60), fill=(step % 255, 90, 200 - step % 200))
    return made


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_read_by_its_bytes_and_drawn_small(kind: str) -> None:
    found = decode(written(scene(), kind), 320)
    assert (found.size, found.picture.size) == ((800, 500), (320, 200))
    for form in ("webp", "jpg"):
        drawn = Image.open(io.BytesIO(encode(found.picture, form)))
        assert drawn.size == (320, 200)
        assert not drawn.info.get("exif")
        assert not drawn.info.get("icc_profile")


@pytest.mark.parametrize("body", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"BM" + bytes(60), b"GIF89a"])
def test_what_is_no_raster_picture_is_refused(body: bytes) -> None:
    with pytest.raises(UnusablePicture):
        decode(body, 320)


@pytest.mark.parametrize("broken", [b"mdat", b"iloc", b"av1C", b"pitm"])
def test_a_broken_avif_is_no_picture(broken: bytes) -> None:
    body = written(scene(64, 48), "AVIF")
    at = body.index(broken) + 4
    assert decode(body, 320).size == (64, 48)
    with pytest.raises(UnusablePicture):
        decode(body[:at] + bytes(40) + body[at + 40 :], 320)


def test_what_is_decoded_whole_may_be_a_third_as_large() -> None:
    """A file of some kilobytes would take hundreds of megabytes otherwise."""
    large = Image.new("L", (3001, 4000))
    with pytest.raises(UnusablePicture, match="not shown"):
        decode(written(large, "PNG"), 320)
    assert decode(written(large, "JPEG"), 320).size == (3001, 4000)


def test_a_jpeg_that_is_drawn_again_and_again_is_refused() -> None:
    """Ten megabytes of passes over seven thousand pixels square would take half an hour."""
    body = written(Image.new("L", (900, 900), 128), "JPEG", progressive=True)
    last = body[body.rfind(b"\xff\xda") : -2]
    assert decode(body, 320).size == (900, 900)
    with pytest.raises(UnusablePicture, match="passes"):
        decode(body[:-2] + last * MAX_SCANS + b"\xff\xd9", 320)


def test_a_picture_higher_than_any_format_is_refused() -> None:
    with pytest.raises(UnusablePicture, match="not shown"):
        decode(written(Image.new("L", (200, 20_000)), "JPEG"), 320)


@pytest.mark.parametrize("kind", [b"zTXt", b"iCCP"])
def test_what_unpacks_to_megabytes_beside_the_pixels_is_refused(kind: bytes) -> None:
    began = time.process_time()
    packed = kind + b"a\0\0" + zlib.compress(bytes(200_000_000))
    bomb = struct.pack(">I", len(packed) - 4) + packed + struct.pack(">I", zlib.crc32(packed))
    body = written(Image.new("RGB", (300, 200)), "PNG")
    with pytest.raises(UnusablePicture):
        decode(body[:33] + bomb + body[33:], 320)
    assert time.process_time() - began < 3


def test_a_small_file_that_says_it_is_huge_is_refused() -> None:
    side = int(MAX_PIXELS**0.5) + 1
    with pytest.raises(UnusablePicture, match="not shown"):
        decode(written(Image.new("1", (side, side))), 320)
    with pytest.raises(UnusablePicture):
        decode(written(Image.new("RGB", (1, 1))), 320)


def test_exif_turns_the_picture_and_goes() -> None:
    picture = Image.new("RGB", (400, 200), "red")
    picture.paste("blue", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn clockwise
    exif[0x010F] = "Camera"
    found = decode(written(picture, "JPEG", exif=exif, quality=95), 1280)
    assert found.size == found.picture.size == (200, 400)
    top, bottom = found.picture.getpixel((100, 50)), found.picture.getpixel((100, 350))
    assert isinstance(top, tuple) and top[2] > 200 and isinstance(bottom, tuple) and bottom[0] > 200  # noqa: PT018
    assert b"Camera" not in encode(found.picture, "webp")


def test_the_first_frame_stands_for_a_film() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("lime", "red", "red")]
    body = written(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decode(body, 320).picture.getpixel((5, 5)) == (0, 255, 0)


def test_colours_are_brought_to_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = decode(written(scene(), "PNG"), 320).picture
    same = decode(written(scene(), "PNG", icc_profile=lab), 320).picture
    apart = max(abs(a - b) for a, b in zip(plain.tobytes(), same.tobytes(), strict=True))
    assert apart <= 2
    assert decode(written(scene(), "PNG", icc_profile=b"no profile"), 320).picture.tobytes() == plain.tobytes()
    assert decode(written(scene().convert("CMYK"), "JPEG"), 320).picture.mode == "RGB"


def _logo() -> Image.Image:
    made = Image.new("RGBA", (600, 400))
    ImageDraw.Draw(made).ellipse((200, 100, 400, 300), fill="navy")
    return made


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (scene(), ""),
        (scene(1, 1).resize((3, 3)), "small"),
        (scene(180, 400), "small"),
        (scene(1000, 120), "banner"),
        (_logo(), "logo"),
        (Image.new("RGB", (800, 500), "silver"), "flat"),
    ],
)
def test_what_is_no_lead_says_why(picture: Image.Image, why: str) -> None:
    assert why_unfit(decode(written(picture), 1280)) == why


def test_a_tint_is_the_palettes_nearest() -> None:
    for number, colour in enumerate(PALETTE, 1):
        assert tint_of(Image.new("RGB", (30, 20), colour)) == number
    assert PALETTE[tint_of(Image.new("RGB", (9, 9), (20, 50, 120))) - 1] == (0x1F, 0x2F, 0x4A)
