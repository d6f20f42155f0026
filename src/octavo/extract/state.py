"""The body that a page's scripts carry, where its markup shows none: JSON of single-page sites, streamed or not."""

import json
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from octavo.extract.structured import whole_escapes
from octavo.text.html import text_of
from octavo.text.unseen import tidy

# A string that never ends is taken whole too: else it would be read anew from every quotation mark in it.
_STRING = re.compile(r'"((?:[^"\\]|\\.){80,}+)("|\\?\Z)', re.DOTALL)
_LEAST = 600  # characters of a body worth taking
_PARAGRAPH = 80
_PROSE = re.compile(r"[.!?…。！？؟।][\"”»]?(?:\s|$)")
_CODE = re.compile(r"function\s?\(|=>|[{};]\s*\w+\(|https?://\S{80}|^[\w+/=-]+$|\bvar\s")
_MOST = 2_000_000  # characters of scripts that are read
_DEEPEST = 2  # a streamed page writes JSON in a string in JSON


def find_state_body(tree: LexborHTMLParser) -> tuple[str, ...]:
    """The paragraphs of the longest text in the page's scripts; none when they carry no article."""
    whole: list[str] = []
    pieces: list[str] = []
    budget = _MOST
    for node in tree.css("script"):
        if "ld+json" in (node.attributes.get("type") or "") or budget <= 0:
            continue
        source = node.text()[:budget]
        budget -= len(source)
        for text in _strings(source, _DEEPEST):
            if "</p>" in text:
                whole.append(text)
            elif _is_prose(text):
                pieces.append(tidy(text_of(text)))
    longest = max((text_of(text) for text in whole), key=len, default="")
    joined = "\n".join(dict.fromkeys(pieces))
    body = longest if len(longest) * 2 >= len(joined) else joined
    return tuple(body.split("\n")) if len(body) >= _LEAST else ()


def _strings(source: str, depth: int) -> Iterator[str]:
    for match in _STRING.finditer(source):
        if match.group(2) != '"':
            continue
        try:
            text = json.loads(whole_escapes(f'"{match.group(1)}"'), strict=False)
        except ValueError:
            continue
        if depth and '"' in text and "{" in text:
            yield from _strings(text, depth - 1)
        else:
            yield text


def _is_prose(text: str) -> bool:
    return len(text) >= _PARAGRAPH and _PROSE.search(text) is not None and not _CODE.search(text)
