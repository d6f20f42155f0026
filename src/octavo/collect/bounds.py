"""Feeds built to keep a reader busy, told before it begins: too many tags, too deep, too crowded."""

import re

MAX_TAGS = 200_000
MAX_DEPTH = 5_000
MAX_ATTRIBUTES = 256
MAX_NAME = 2_000
MAX_REFERENCES = 1_000_000
"""Each ampersand is a text of its own to the parser that reads what is not well-formed: 140 bytes of memory."""
MAX_KEYWORDS = 50_000
"""Characters of one list of keywords, which is split at its commas before anybody counts them."""
MAX_VALUES = 600_000
"""Of JSON: each may take a hundred bytes and more of memory, where three bytes of a feed are enough to ask for it."""

_SKIPPED = (("<![CDATA[", "]]>"), ("<!--", "-->"))
_LONG_TAG = 2_000  # characters; shorter ones cannot hold too many attributes to matter
_QUOTE = re.compile("[\"']")
_VALUE = re.compile("\"[^\"<]*+\"|'[^'<]*+'")
_NAMED = "author|creator|contributor|publisher|owner|managingeditor|webmaster|name|email"
_LONG_NAME = re.compile(
    rf"<(?:[\w.-]{{1,40}}:)?(?:{_NAMED})(?:\s[^<>]{{0,200}})?>\s{{0,20}}(?:<!\[CDATA\[)?[^<]{{{MAX_NAME}}}",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"<(?:[\w.-]{1,40}:)?keywords[\s>]", re.IGNORECASE)
_KEYWORDS_END = re.compile(r"keywords\s{0,9}>", re.IGNORECASE)


def excess(text: str) -> str:
    """Say what there is too much of in an XML feed, as "holds …"; "" when it may be read. Takes linear time."""
    position = tags = depth = 0
    if text.count("&") > MAX_REFERENCES:
        return f"holds more than {MAX_REFERENCES} references to characters"
    while (start := text.find("<", position)) >= 0:
        ending = next((end for begin, end in _SKIPPED if text.startswith(begin, start)), "")
        if ending:
            end = text.find(ending, start)
            position = end + 1 if end >= 0 else len(text)
            continue
        following = text.find("<", start + 1)
        position = following if following >= 0 else len(text)
        end = text.find(">", start + 1, position)
        tags += 1
        depth = max(0, depth + _step(text, start, end))
        if tags > MAX_TAGS:
            return f"holds more than {MAX_TAGS} tags"
        if depth > MAX_DEPTH:
            return f"holds more than {MAX_DEPTH} open elements"
        if position - start > _LONG_TAG and _crowded(text[start:position]):
            return f"holds an element with more than {MAX_ATTRIBUTES} attributes"
    return _long(text)


def _long(text: str) -> str:
    if _LONG_NAME.search(text):
        return f"holds a name of more than {MAX_NAME} characters"
    end = None
    for found in _KEYWORDS.finditer(text):
        if end is None or end.start() < found.end():  # else the same end is looked for again from each beginning
            end = _KEYWORDS_END.search(text, found.end())
        if (end.start() if end else len(text)) - found.end() > MAX_KEYWORDS:
            return f"holds keywords of more than {MAX_KEYWORDS} characters"
        if end is None:
            break
    return ""


def _crowded(piece: str) -> bool:
    """Tell whether a tag, with the text after it, has too many attributes. A ">" or "<" within a value ends no tag."""
    if not piece[1].isalpha():  # the rest of a value, where a tag goes on
        return piece.count("=") > MAX_ATTRIBUTES
    end, quote = piece.find(">"), _QUOTE.search(piece)
    if quote and quote.start() < end:
        piece = _VALUE.sub("", piece)
    return piece.partition(">")[0].count("=") > MAX_ATTRIBUTES


def excess_of_json(text: str) -> str:
    """Say what there is too much of in a JSON feed; "" when it may be read. Marks within its texts count as well."""
    values = text.count(",") + text.count("{") + text.count("[")
    return f"holds more than {MAX_VALUES} values" if values > MAX_VALUES else ""


def _step(text: str, start: int, end: int) -> int:
    """Tell whether the tag from `start` to `end` leads down, up or neither."""
    if end < 0 or text[start + 1] in "?!" or text[end - 1] == "/":
        return 0
    return -1 if text[start + 1] == "/" else 1
