"""Parse HTML within bounds, in the right character set, and read its text."""

import codecs
import re
from functools import cache
from itertools import islice, product

import numpy as np
import numpy.typing as npt
from selectolax.lexbor import LexborHTMLParser

from octavo.text.unseen import tidy

Codes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

MAX_CHARS = 8_000_000
"""Characters of one page that are read; the rest is cut."""

MAX_TAGS = 300_000
"""Tags of one page that are read; the page is cut at the next: a parsed tag takes a hundred times its size."""

_MANY_TAGS = 6_000  # above this a page is walked once more to cap depth: parsing is quadratic in it
_MANY_REOPENED = 400  # formatting elements with attributes: each may be reopened in every later block
_MAX_DEPTH = 250
_LONG_TAG = 3_000
_MAX_ATTRIBUTES = 256

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE
)
_HEADER_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s{0,9}<\?xml[^>]{0,100}encoding=[\"']([a-zA-Z0-9_:.-]{2,40})[\"']")
_TAG = re.compile(r"<(/?+)([a-zA-Z][^\s/>]{0,60}+)([^>]*+)>")
_REOPENED = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE)
_OPENING = re.compile("<")
_FORMATTED = re.compile(rb"(<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u))[\s/][^>]*+>", re.IGNORECASE)
_LESS, _GREATER, _SLASH, _A, _Z = map(ord, "<>/az")
_NAME = 8  # letters of a name that are told apart: all void elements have fewer
_TAG_START = re.compile(rb"</?+[a-zA-Z][^\s/>]{0,60}+")

_LONGEST_END = 20
_CLOSING = re.compile(rb"</(?:script|style|textarea|title)\s{0,9}\Z", re.IGNORECASE)

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# What the WHATWG Encoding Standard makes of labels that Python reads more narrowly.
_LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "utf-16": "utf-8",  # a meta element cannot be read in UTF-16, so it lies
    "unicode": "utf-8",
    "utf8": "utf-8",
}

_CHARSETS = frozenset(
    "utf-8 big5 big5hkscs cp949 cp932 euc_jis_2004 euc_jp euc_kr gb18030 gb2312 gbk johab shift_jis shift_jis_2004 "
    "iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr "
    "cp437 cp720 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 "
    "cp1125 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859-1 iso8859-2 iso8859-3 iso8859-4 "
    "iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 "
    "iso8859-16 koi8-r koi8-t koi8-u kz1048 mac-cyrillic mac-greek mac-iceland mac-latin2 mac-roman mac-turkish "
    "ptcp154 tis-620".split()
)
"""What a page may be written in. Python knows more under such names: UTF-7, which hides markup, codings of bytes into
bytes, escapes, and Punycode, which takes minutes for a megabyte."""

_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))
"""How texts in UTF-16 begin that have no byte-order mark."""

_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr path circle rect use line p li".split()
)
_FORMATTING = frozenset("b big code em font i nobr s small strike strong tt u".split())


def decode(html: bytes, content_type: str = "") -> str:
    """Turn a page's bytes into text: byte-order mark, valid UTF-8, header, meta element, windows-1252, in that order.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever the page says: other text almost never is.
    """
    for mark, name in _BOMS:
        if html.startswith(mark):
            return html[len(mark) :].decode(name, "replace")[:MAX_CHARS]
    for mark, name in _WIDE:
        if html.startswith(mark):
            return html.decode(name, "replace")[:MAX_CHARS]
    declared = _declared(html, content_type)
    if not declared.startswith("iso2022"):  # seven-bit: its bytes are valid UTF-8 too
        try:
            return html.decode("utf-8")[:MAX_CHARS]
        except UnicodeDecodeError:
            pass
    return html.decode(declared or "cp1252", "replace")[:MAX_CHARS]


def _declared(html: bytes, content_type: str) -> str:
    head = html[:4096]
    found = _HEADER_CHARSET.search(content_type)
    in_page = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    labels = [found.group(1)] if found else []
    labels += [in_page.group(1).decode("ascii")] if in_page else []
    for label in labels:
        name = _LABELS.get(label.lower(), label.lower())
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        if known in _CHARSETS:
            return known
    return ""


def parse(source: str) -> LexborHTMLParser:
    """Parse a page after capping what makes that slow: tags, depth, attributes of one, open formatting elements."""
    source = source[:MAX_CHARS]
    encoded = source.encode("utf-8", "ignore")
    codes = np.frombuffer(encoded, np.uint8)
    closed = np.flatnonzero(codes == _GREATER)
    slim = _uncrowded(encoded, closed)
    if slim is not encoded:
        encoded, codes, source = slim, np.frombuffer(slim, np.uint8), slim.decode()
        closed = np.flatnonzero(codes == _GREATER)
    opened = np.flatnonzero(codes[:-2] == _LESS)
    if len(opened) > MAX_TAGS:
        return LexborHTMLParser(_bounded(source))
    formatting = _may_reopen()[codes[opened + 1], codes[opened + 2]]
    reopened = np.count_nonzero(formatting) > _MANY_REOPENED and len(_REOPENED.findall(source)) > _MANY_REOPENED
    if not reopened and (len(opened) < _MANY_TAGS or source.count("<") <= _MANY_TAGS):
        return LexborHTMLParser(encoded)
    tags = _tags(codes, opened, closed)
    if _is_deep(codes, tags, closed):
        return LexborHTMLParser(_bounded(source))
    return LexborHTMLParser(_slimmed(encoded, tags, codes))


def _tags(codes: Codes, opened: Places, closed: Places) -> Places:
    """Where tags begin: at a "<" before a letter, or before "/" and a letter, that stands in no other tag."""
    first, second = codes[opened + 1] | 32, codes[opened + 2] | 32
    letter = (first >= _A) & (first <= _Z) | (codes[opened + 1] == _SLASH) & (second >= _A) & (second <= _Z)
    tags = opened[letter]
    _, earliest = np.unique(np.searchsorted(closed, tags), return_index=True)
    tags = tags[earliest]
    whole: Places = tags[: np.searchsorted(tags, closed[-1])] if len(closed) else tags[:0]
    return whole


def _is_deep(codes: Codes, tags: Places, closed: Places) -> bool:
    """Tell whether elements may stand too deep in each other: counted as `_bounded` does, but for all tags at once."""
    closing = codes[tags + 1] == _SLASH
    names = _names(codes, tags + 1 + closing)
    if names is None:
        return True
    alone = codes[closed[np.searchsorted(closed, tags)] - 1] == _SLASH
    steps = np.where(closing, -1, 1) * ~(np.isin(names, _void_names()) | alone)
    depth = np.cumsum(steps)
    return bool((depth - np.minimum(np.minimum.accumulate(depth), 0)).max(initial=0) > _MAX_DEPTH)


def _names(codes: Codes, starts: Places) -> Words | None:
    """The first eight letters of names, lower case, each as a number; None where one is not plain."""
    padded = np.concatenate([codes, np.full(_NAME, _GREATER, np.uint8)])
    letters = padded[starts[:, None] + np.arange(_NAME)]
    letters[np.logical_or.accumulate(_ends_name()[letters], axis=1)] = 0
    if (letters >= 128).any():
        return None
    letters |= np.where((letters >= ord("A")) & (letters <= ord("Z")), 32, 0).astype(np.uint8)
    whole: Words = letters.view(np.uint64).ravel()
    return whole


@cache
def _ends_name() -> npt.NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[[*map(ord, " \t\n\r\f\v\x1c\x1d\x1e\x1f/>")]] = True
    return table


@cache
def _void_names() -> Words:
    return np.frombuffer(b"".join(name.encode().ljust(_NAME, b"\0") for name in _VOID), np.uint64)


def _slimmed(encoded: bytes, tags: Places, codes: Codes) -> bytes:
    """Take the attributes from formatting elements."""
    kept, last = [], 0
    for start in tags[_may_reopen()[codes[tags + 1], codes[tags + 2]]].tolist():
        match = _FORMATTED.match(encoded, start)
        if match:
            kept += [encoded[last : match.end(1)], b">"]
            last = match.end()
    end = encoded.rfind(b">") + 1
    return b"".join([*kept, encoded[last:end], encoded[end:].partition(b"<")[0]])


def _bounded(source: str) -> str:
    source = _cut(source)
    end = source.rfind(">") + 1  # a tag that is never closed is no tag
    kept, last = [], 0
    depth = 0
    for match in _TAG.finditer(source, 0, end):
        closing, name, attributes = match.groups()
        name = name.lower()
        deep = False
        if name not in _VOID and not attributes.endswith("/"):
            depth = max(0, depth - 1) if closing else depth + 1
            deep = depth >= _MAX_DEPTH if closing else depth > _MAX_DEPTH
            if closing and not deep:
                continue
        slim = "" if deep else _slim(match, name) if attributes else None
        if slim is not None:
            kept += [source[last : match.start()], slim]
            last = match.end()
    return "".join(kept) + source[last:end] + source[end:].partition("<")[0]


def _cut(source: str) -> str:
    if source.count("<") <= MAX_TAGS:
        return source
    after = next(islice(_OPENING.finditer(source), MAX_TAGS, None), None)
    return source[: after.start()] if after else source


@cache
def _may_reopen() -> npt.NDArray[np.bool_]:
    """For two characters after "<": whether a formatting element may begin with them, a quick look before the slow."""
    table = np.zeros((256, 256), np.bool_)
    for name in _FORMATTING:
        for first, second in product({name[0], name[0].upper()}, {*name[1:2], *name[1:2].upper()} or " /\t\n\r\f\v"):
            table[ord(first), ord(second)] = True
    return table


def _uncrowded(encoded: bytes, closed: Places) -> bytes:
    """Take the attributes from a tag that has too many; the same bytes where none has.

    What looks like a tag may be a script's "a <b": the end of the script that follows it in the same breath stays.
    """
    ends = np.append(closed, len(encoded))
    starts = np.insert(closed + 1, 0, 0)
    kept, last = [], 0
    for number in np.flatnonzero(ends - starts >= _LONG_TAG).tolist():
        tag = _TAG_START.search(encoded, int(starts[number]), int(ends[number]))
        if tag and len(encoded[tag.start() : ends[number]].split(None, _MAX_ATTRIBUTES)) > _MAX_ATTRIBUTES:
            kept.append(encoded[last : tag.end()])
            closing = _CLOSING.search(encoded, int(ends[number]) - _LONGEST_END, int(ends[number]))
            last = closing.start() if closing else int(ends[number])
    return b"".join([*kept, encoded[last:]]) if kept else encoded


def _slim(match: re.Match[str], name: str) -> str | None:
    """Drop attributes where they are too many, and from formatting elements, which parsers reopen at every block.

    None when the tag stays as it is.
    """
    attributes = match.group(3)
    crowded = len(attributes) > _LONG_TAG and len(attributes.split(None, _MAX_ATTRIBUTES)) > _MAX_ATTRIBUTES
    return f"<{match.group(1)}{match.group(2)}>" if crowded or name in _FORMATTING else None


_BLOCK_END = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|pre|hr)\b[^<>]*+>", re.IGNORECASE
)


def text_of(fragment: str) -> str:
    """Read the plain text of an HTML fragment, one block a line; scripts and styles are left out."""
    if "<" not in fragment and "&" not in fragment:
        return tidy(fragment)
    tree = parse(_BLOCK_END.sub(r"\n\g<0>", fragment))
    tree.strip_tags(["script", "style", "template", "noscript", "svg"])
    body = tree.body
    raw = body.text() if body else ""
    return "\n".join(line for line in map(tidy, raw.split("\n")) if line)
