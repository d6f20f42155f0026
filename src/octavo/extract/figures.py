"""A picture of the body: which of the files offered is best, its caption, and who is credited."""

import re
from collections.abc import Sequence

from octavo.domain.article import Block, BlockKind
from octavo.extract.hints import Hint
from octavo.extract.images import absolute, is_picture, split_credit
from octavo.extract.layout import Layout, Media, Piece
from octavo.text.unseen import tidy
from octavo.text.urls import path_of

PICTURES = frozenset({"img", "amp-img"})
_SMALL = 120  # pixels; a smaller picture is an icon or a portrait
_WIDE = 1_600  # pixels; a wider file is larger than any column
_LONGEST = 500
_LONGEST_ALT = 300
_CREDIT = 60  # characters; a longer last line of a caption is part of it
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_PLAIN = ("data-src", "data-lazy-src", "data-original", "data-lazy", "src")
_MOST_OFFERS = 40
_OFFER = re.compile(r"(?<=[wx]),|,\s")
_WIDTH = re.compile(r"(\d{1,5})w")
_ORNAMENT = re.compile(r"(?:^|[/_-])(?:icon|icons|button|emoji|badge|rating|stars|loader|loading|spinner)(?=[._/-])")
_ENDS = ".!?。！？…"


def of_picture(layout: Layout, number: int, base: str) -> Block | None:
    """Make a figure of the picture that is the layout's media `number`; None when it is an ornament or has no file."""
    media = layout.media[number]
    address = best_file(layout, number, base)
    if not address or not is_picture(address) or _ORNAMENT.search(path_of(address)) or _too_small(media.attributes):
        return None
    caption, credit = caption_of(layout, media)
    caption = caption or tidy(media.attributes.get("alt") or "")[:_LONGEST_ALT]
    return Block(BlockKind.FIGURE, caption, url=address, credit=credit)


def best_file(layout: Layout, number: int, base: str) -> str:
    """The file to show: the widest offered up to 1,600 pixels, else what stands in the picture's plain attributes."""
    attributes = [layout.media[number].attributes, *_sources(layout.media, number)]
    offers = [offer for one in attributes for name in _SETS for offer in _offers(one.get(name) or "")]
    for _, offer in sorted(offers, key=_fitness, reverse=True):
        address = absolute(base, offer)
        if address:
            return address
    for one in attributes:
        for name in _PLAIN:
            address = absolute(base, one.get(name) or "")
            if address:
                return address
    return ""


def _sources(media: Sequence[Media], number: int) -> list[dict[str, str | None]]:
    """The attributes of the <source> elements of the same <picture>."""
    found: list[dict[str, str | None]] = []
    for before in reversed(media[max(0, number - 12) : number]):
        if before.tag == "picture":
            return found
        if before.tag != "source" or before.before != media[number].before:
            break
        found.append(before.attributes)
    return []


def _offers(srcset: str) -> list[tuple[int, str]]:
    """The files of a srcset that state their width, in pixels (HTML Standard, section 4.8.4.2.1)."""
    found = []
    for offer in _OFFER.split(srcset[:20_000])[:_MOST_OFFERS]:
        address, _, told = offer.strip().rpartition(" ")
        width = _WIDTH.fullmatch(told)
        if width and address:
            found.append((int(width.group(1)), address.strip()))
    return found


def _fitness(offer: tuple[int, str]) -> tuple[bool, int]:
    """Wider is better, up to what a column can show; beyond it narrower is."""
    width, _ = offer
    return width <= _WIDE, width if width <= _WIDE else -width


def _too_small(attributes: dict[str, str | None]) -> bool:
    sides = [side for side in map(attributes.get, ("width", "height")) if side and side.isdecimal() and len(side) < 6]
    return any(0 < int(side) < _SMALL for side in sides)


def caption_of(layout: Layout, media: Media) -> tuple[str, str]:
    """The caption of a picture and the credit at its end: of its figure, else of the small box that names a caption."""
    lines = _caption_lines(layout, media)
    if len(lines) > 1 and _is_name(lines[-1].text) and lines[-1].box != lines[0].box:
        caption, credit = " ".join(line.text for line in lines[:-1]), lines[-1].text
        return caption[:_LONGEST], split_credit(credit)[1] or credit
    return split_credit(" ".join(line.text for line in lines)[:_LONGEST])


def _is_name(text: str) -> bool:
    return len(text) <= _CREDIT and text[-1] not in _ENDS


def _caption_lines(layout: Layout, media: Media) -> list[Piece]:
    around = layout.chain(media.box)[:6]
    figure = next((number for number in around if layout.boxes[number].tag == "figure"), -1)
    if figure < 0:
        figure = next((box for box in around[:3] if layout.boxes[box].hints & (Hint.CAPTION | Hint.MEDIA)), -1)
        if figure < 0 or layout.boxes[figure].pieces > 3:
            return []
    inside = [
        (piece, layout.chain(piece.box))
        for piece in layout.pieces[media.before : media.before + 4]
        if figure in layout.chain(piece.box)
    ]
    named = [
        piece for piece, chain in inside if any(layout.boxes[box].tag == "figcaption" for box in chain)
    ]  # beside it stand buttons
    named = named or [piece for piece, chain in inside if layout.boxes[chain[0]].hints & Hint.CAPTION]
    return (named or [piece for piece, _ in inside])[:3]
