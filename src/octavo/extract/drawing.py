"""A publisher's picture, bytes in, our own drawing out: checked, first frame, upright, sRGB, small."""

import io
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from octavo.errors import UnusablePicture

Format = Literal["webp", "jpg"]

MEDIA_TYPES: dict[Format, str] = {"webp": "image/webp", "jpg": "image/jpeg"}

MAX_PIXELS = 50_000_000
"""Pixels a JPEG may say it has: it is decoded at a fraction of them."""

MAX_WHOLE = 12_000_000
"""Pixels any other picture may say it has: all of them are decoded, and copied twice: 150 MB."""

MAX_SCANS = 64
"""Passes over a JPEG. One of 75 bytes costs as much as drawing all of it; a progressive picture has about ten."""

MAX_SIDE = 16_383
"""Pixels: WebP knows no more."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_BROKEN = (OSError, ValueError, SyntaxError, RuntimeError)
"""What Pillow says of broken files, by their format: of AVIF (libavif) RuntimeError."""

_SCAN = b"\xff\xda"
_QUALITY: dict[Format, int] = {"webp": 72, "jpg": 78}
_PAPER = (240, 238, 232)
"""What lies under what is transparent, where a format has no transparency."""

_SMALLEST = (200, 110)  # pixels: sides below which a picture is no lead
_WIDEST = 4.0  # sides' ratio from which it is a banner
_CLEAR = 0.12  # share of transparent pixels from which it is a logo
_FLAT = 0.93  # share of one colour from which it is a placeholder

PALETTE: tuple[tuple[int, int, int], ...] = (
    (0x16, 0x16, 0x17), (0x3C, 0x3C, 0x3D), (0x6B, 0x6A, 0x69), (0x9C, 0x9A, 0x97), (0xC9, 0xC7, 0xC2),
    (0xEE, 0xEC, 0xE8), (0x45, 0x24, 0x21), (0x87, 0x50, 0x48), (0xC9, 0x9A, 0x8F), (0x42, 0x31, 0x1D),
    (0x85, 0x69, 0x47), (0xC8, 0xB1, 0x8C), (0x2A, 0x38, 0x20), (0x5F, 0x73, 0x4B), (0xA6, 0xB5, 0x8F),
    (0x1C, 0x3A, 0x3A), (0x47, 0x75, 0x78), (0x93, 0xB8, 0xB8), (0x1F, 0x2F, 0x4A), (0x4B, 0x69, 0x93),
    (0x9A, 0xB2, 0xCE), (0x35, 0x27, 0x43), (0x6E, 0x58, 0x82), (0xB4, 0xA5, 0xC0),
)  # fmt: skip
"""The colours that stand where a picture will be: cards.css has a class t1, t2, … for each."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture in memory, at most as wide as was asked; `size` is what the publisher's had, upright."""

    picture: Image.Image
    size: tuple[int, int]


def decode(body: bytes, width: int) -> Decoded:
    """Read a raster picture by its bytes, whatever its name says. Raises UnusablePicture.

    Its first frame alone, turned as its EXIF says, in sRGB, as RGB or RGBA, at most `width` pixels wide.
    """
    try:
        with Image.open(io.BytesIO(body), formats=_FORMATS) as opened:
            sides = opened.size
            most = MAX_PIXELS if opened.format == "JPEG" else MAX_WHOLE
            if sides[0] * sides[1] > most or min(sides) < 2:
                raise UnusablePicture(f"a picture of {sides[0]} × {sides[1]} pixels is not shown")
            if opened.format == "JPEG" and body.count(_SCAN) > MAX_SCANS:
                raise UnusablePicture("a picture drawn in more passes than any needs is not shown")
            opened.draft("RGB", (width, width))
            turned = ImageOps.exif_transpose(opened)
            picture = _in_srgb(turned)
            size = sides if (turned.width > turned.height) == (opened.width > opened.height) else sides[::-1]
    except (*_BROKEN, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UnusablePicture("these bytes are no picture") from error
    small = narrowed(picture, width)
    if small.height > MAX_SIDE:
        raise UnusablePicture(f"a picture of {sides[0]} × {sides[1]} pixels is not shown")
    return Decoded(small, size)


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Bring colours to sRGB by the profile that came along; one that cannot be used is as good as none."""
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return picture.point(lambda level: level / 257).convert("L").convert("RGB")
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            made = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
            return made if made is not None else picture.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return picture.convert("RGBA" if clear else "RGB")


def narrowed(picture: Image.Image, width: int) -> Image.Image:
    """Give a picture at most `width` pixels wide, of the same shape."""
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def encode(picture: Image.Image, kind: Format) -> bytes:
    """Write a picture in a format, with nothing but its pixels."""
    out = io.BytesIO()
    if kind == "webp":
        picture.save(out, "WEBP", quality=_QUALITY[kind], method=2, exif=b"", icc_profile=None)
    else:
        opaque(picture).save(out, "JPEG", quality=_QUALITY[kind], optimize=True, progressive=True)
    return out.getvalue()


def opaque(picture: Image.Image) -> Image.Image:
    """Lay what is transparent on paper."""
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    paper = Image.new("RGB", picture.size, _PAPER)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def why_unfit(decoded: Decoded) -> str:
    """Say why a picture is no lead: too small, a banner, a logo, a placeholder; "" for one that is fit."""
    width, height = decoded.size
    if width < _SMALLEST[0] or height < _SMALLEST[1]:
        return "small"
    if max(width / height, height / width) > _WIDEST:
        return "banner"
    small = decoded.picture.resize((48, 48), Image.Resampling.BILINEAR)
    if small.mode == "RGBA" and small.getchannel("A").histogram()[:128] != [0] * 128:
        clear = sum(small.getchannel("A").histogram()[:128]) / (48 * 48)
        if clear > _CLEAR:
            return "logo"
    levels = opaque(small).quantize(12).histogram()
    return "flat" if max(levels) / (48 * 48) > _FLAT else ""


def tint_of(picture: Image.Image) -> int:
    """Number the palette's colour that is nearest to a picture's mean colour, from 1."""
    mean = opaque(picture.resize((8, 8), Image.Resampling.BOX)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    if not isinstance(mean, tuple):
        return 0
    # Eyes tell greens apart best and blues least (weights of the luma of BT.601, softened).
    apart = [sum(w * (a - b) ** 2 for w, a, b in zip((3, 5, 2), mean, one, strict=True)) for one in PALETTE]
    return apart.index(min(apart)) + 1
