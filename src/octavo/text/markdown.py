"""A small part of Markdown (CommonMark) to safe HTML: no pictures, no raw HTML, no headings, no tables.

Bounds first (length, levels), then Markdown, and last an allow-list over what came of it: whatever a text holds, no
other element, attribute or address than those named here leaves.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from octavo.text.html import text_of

LONGEST = 20_000
"""Characters that are read at all."""

_LEVELS = 20
_RULES = "strikethrough emphasis link autolink backticks escape entity newline blockquote list fence code".split()
_TAGS = frozenset("p br em strong s code pre blockquote ul ol li a".split())
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
_SCHEMES = ("http://", "https://", "mailto:")
_REL = "nofollow ugc noopener"

_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
"""Controls, what turns the direction of all that follows, and what is no character."""

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILES = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
"""Marks piled on one letter until they cover the lines above."""

_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_BARE = re.compile(r"https?://[^\s<>\"“”«»]{3,1000}", re.IGNORECASE)
_ENDS = ".,;:!?'’)]}»"


def tidied(text: str) -> str:
    """Give a text as it is kept: line ends as one character, no controls, no piles of marks, no gaps at its ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _EMPTY_LINES.sub("\n\n", _PILES.sub(r"\1", _NEVER.sub("", lines))).strip()


@lru_cache(maxsize=4096)
def to_html(text: str) -> str:
    """Write a text as HTML that is safe to show among other people's."""
    made = _parser().render(tidied(text[:LONGEST]))
    return nh3.clean(
        made,
        tags=set(_TAGS),
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={one.rstrip(":/") for one in _SCHEMES},
        link_rel=_REL,
        strip_comments=True,
    ).strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Leave out what `attributes` lets through by default, and addresses that begin with none of the schemes."""
    if name == "href":
        return value if value.lower().startswith(_SCHEMES) else None
    return value if value == _REL or name in _ATTRIBUTES.get(tag, ()) else None


def plain(text: str) -> str:
    """Give the words alone, on one line."""
    return " ".join(text_of(to_html(text)).split())


@cache
def _parser() -> MarkdownIt:
    made = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": _LEVELS}).enable(_RULES)
    made.core.ruler.push("bare_links", _link_bare)
    return made


def _link_bare(state: StateCore) -> None:
    """Make links of addresses that stand in a text as they are."""
    for block in state.tokens:
        if block.type != "inline" or not block.children or "://" not in block.content:
            continue
        inside, made = 0, []
        for token in block.children:
            inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            made += [token] if inside or token.type != "text" else list(_parted(token))
        block.children = made


def _parted(token: Token) -> Iterator[Token]:
    done = 0
    for found in _BARE.finditer(token.content):
        address = _ended(found.group())
        yield _text(token.content[done : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": address}, markup="linkify", info="auto")
        yield _text(address)
        yield Token("link_close", "a", -1, markup="linkify", info="auto")
        done = found.start() + len(address)
    yield _text(token.content[done:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _ended(address: str) -> str:
    """Leave off what ends a sentence, not an address; a bracket that was opened in it is its own."""
    while address and address[-1] in _ENDS and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return address
