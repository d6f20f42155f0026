"""The text of a newsletter's issue: written anew from what its HTML shows, without what only tracks or leads away.

Mails are laid out with tables, and hide things. Nothing of their markup is kept: each block is read as text with its
links and pictures, and written as a few plain elements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from selectolax.lexbor import LexborNode

from octavo.collect.letter_links import as_it_is, clean_link, page_of_sender
from octavo.collect.letter_words import LEAVING, VIEWING
from octavo.domain.newsletter import Issue, Letter
from octavo.text.html import parse
from octavo.text.unseen import tidy

_NEVER = frozenset(
    "script style head title template noscript svg math iframe object embed form input button select textarea audio "
    "video canvas map area link meta base xml".split()
)
_BLOCKS = frozenset(
    "p div table tbody thead tfoot tr td th ul ol li dl dt dd blockquote section article header footer main aside nav "
    "center h1 h2 h3 h4 h5 h6 figure figcaption pre hr address fieldset details summary body".split()
)
_KINDS = {
    "h1": "h2",
    "h2": "h2",
    "h3": "h3",
    "h4": "h3",
    "h5": "h4",
    "h6": "h4",
    "li": "li",
    "blockquote": "blockquote",
}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|(?:max-height|max-width|font-size|line-height)\s*:\s*[01](?:px|pt|em)?\s*(?:!important\s*)?(?:;|$)",
    re.IGNORECASE,
)
_PREVIEW = re.compile(r"pre-?header|preview-?text|hidden-?preview", re.IGNORECASE)
_TRACKS = re.compile(r"/(?:open|o|track|pixel|beacon|wf/open|e2t/to|trk)(?:[/.?]|$)|[?&](?:open|pixel)=", re.IGNORECASE)
_MOST_BLOCKS = 3_000
_SHORT = 400  # characters of a line that only says how to leave, or where to read
_WORDS = 80  # characters from which a line is text


@dataclass
class _Block:
    """One block as it is read: the kind of element it becomes, its words and what they lead to."""

    kind: str
    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    picture: tuple[str, str] | None = None
    html: str = ""


def read_issue(letter: Letter, secret: str) -> Issue:
    """Clean a letter. `secret` stands before the @ of the address it was sent to, and is taken out of it."""
    blocks = list(_of_html(letter.html)) if letter.html.strip() else []
    if not any(block.text for block in blocks):
        blocks = list(_of_plain(letter.plain))
    blocks = [block for block in blocks if not secret or secret not in block.text.lower()]
    domain = letter.sender.rpartition("@")[2]
    view = next(
        (
            page
            for block in blocks
            if len(block.text) < _SHORT
            for href, words in block.links
            if VIEWING.search(words) or (VIEWING.search(block.text) and len(block.links) == 1)
            if (page := page_of_sender(href, domain, secret))
        ),
        "",
    )
    kept = _without_ends(blocks)
    links = [(url, words) for block in blocks for href, words in block.links if (url := as_it_is(href))]
    return Issue(
        html=_written(kept, secret),
        text="\n".join(block.text for block in kept if block.text),
        view=view,
        links=tuple(dict.fromkeys(links)),
    )


def _of_html(html: str) -> Iterator[_Block]:
    body = parse(html).body
    if body is None:
        return
    reading = _Reading()
    reading.walk(body, "p")
    reading.end()
    yield from reading.blocks[:_MOST_BLOCKS]


def _of_plain(plain: str) -> Iterator[_Block]:
    """Read plain text: paragraphs stand between empty lines, addresses in them are links."""
    for paragraph in re.split(r"\n\s*\n", plain.replace("\r", ""))[:_MOST_BLOCKS]:
        text = tidy(paragraph)
        links = [(url.rstrip(".,;:!?)]>"), "") for url in re.findall(r"https?://[^\s<>\"]{1,2000}", paragraph)]
        shown = tidy(re.sub(r"[<(\[]?https?://[^\s<>\"]+[>)\]]?", " ", paragraph)) if links else text
        if shown.strip("-=_*~#· ") or links:
            yield _Block("p", shown.strip("-=_*~ "), links, html=escape(shown.strip("-=_*~ ")))


class _Reading:
    """Walks a mail's elements and gathers its blocks; `parse` has bounded how deep they stand."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self._open = _Block("p")

    def walk(self, node: LexborNode, kind: str) -> None:
        """Read what is inside an element that becomes a block of this kind."""
        for child in node.iter(include_text=True):
            name = child.tag or ""
            if name == "-text":
                self._say(child.text_content or "")
            elif name in _NEVER or name.startswith(("-", "!", "_")) or _is_hidden(child):
                continue
            elif name == "img":
                self._show(child)
            elif name == "br":
                self._say("\n")
            elif name == "a":
                self._lead(child)
            elif name == "table" and (rows := _rows(child)):
                self._tabulate(rows)
            elif name in _BLOCKS:
                self.end()
                inner = _KINDS.get(name, kind if name not in ("td", "th", "table") else "p")
                self._open = _Block(inner)
                self.walk(child, inner)
                self.end()
                self._open = _Block(kind)
            else:
                self.walk(child, kind)

    def end(self) -> None:
        """End the block that is open; an empty one was none."""
        block, self._open = self._open, _Block(self._open.kind)
        block.text = tidy(block.text)
        if block.text or block.links:
            self.blocks.append(block)

    def _say(self, text: str) -> None:
        self._open.text += text
        self._open.html += escape(text)

    def _show(self, image: LexborNode) -> None:
        src, alt = clean_link(image.attributes.get("src") or ""), tidy(image.attributes.get("alt") or "")
        if not src or _is_pixel(image, image.attributes.get("src") or ""):
            return
        self.end()
        self.blocks.append(_Block("figure", picture=(src, alt)))

    def _lead(self, anchor: LexborNode) -> None:
        inside = _Reading()
        inside.walk(anchor, self._open.kind)
        inside.end()
        href = anchor.attributes.get("href") or ""
        words = tidy(" ".join(block.text for block in inside.blocks))
        for block in inside.blocks:
            if block.picture:
                self.end()
                self.blocks.append(block)
        if not words:
            return
        self._open.links.append((href, words))
        self._open.text += words
        url = clean_link(href)
        shown = escape(words)
        self._open.html += f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{shown}</a>' if url else shown

    def _tabulate(self, rows: list[list[str]]) -> None:
        self.end()
        html = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        self.blocks.append(_Block("table", "\n".join(" ".join(row) for row in rows), html=html))


def _is_hidden(node: LexborNode) -> bool:
    given = node.attributes
    if "hidden" in given or (given.get("aria-hidden") == "true" and not node.css_first("img")):
        return True
    named = f"{given.get('class') or ''} {given.get('id') or ''}"
    return bool(_HIDDEN.search(given.get("style") or "")) or bool(_PREVIEW.search(named))


def _is_pixel(image: LexborNode, src: str) -> bool:
    """Tell whether a picture is there to be asked for, not to be seen."""
    given = image.attributes
    sizes = [given.get(name) or "" for name in ("width", "height")]
    sizes += re.findall(r"(?<!-)\b(?:width|height)\s*:\s*(\d+)", given.get("style") or "")
    numbers = [int(found[0]) for size in sizes if (found := re.match(r"\d{1,4}", size))]
    small = any(number <= 3 for number in numbers)
    untold = not numbers and not (given.get("alt") or "").strip()
    return small or (untold and bool(_TRACKS.search(src)))


def _rows(table: LexborNode) -> list[list[str]]:
    """Read a table that holds figures; [] for one that only lays things out."""
    nested = (table.html or "").lower().count("<table") > 1
    if nested or not table.css_first("th") or table.css_first("img, p, h1, h2, h3, ul"):
        return []
    rows = [[tidy(cell.text()) for cell in row.css("th, td")] for row in table.css("tr")][:100]
    rows = [row for row in rows if any(row)]
    return rows if len(rows) > 1 and all(1 < len(row) <= 12 for row in rows) else []


def _without_ends(blocks: list[_Block]) -> list[_Block]:
    """Leave out what stands before the text and after it: where else to read it, how to leave, whose it is."""
    foot = [number for number, block in enumerate(blocks) if _is_foot(block)]
    end = len(blocks)
    long = [number for number, block in enumerate(blocks) if len(block.text) >= _WORDS and not _is_foot(block)]
    if foot and long:
        after = [number for number in foot if number > long[-1] or 3 * number > 2 * len(blocks)]
        end = min(after, default=end)
    kept = [block for number, block in enumerate(blocks) if number < end and not _is_foot(block)]
    while kept and not kept[-1].picture and _leads_away(kept[-1]):
        kept.pop()
    return kept


def _is_foot(block: _Block) -> bool:
    return len(block.text) < _SHORT and bool(LEAVING.search(block.text) or VIEWING.search(block.text))


def _leads_away(block: _Block) -> bool:
    linked = sum(len(words) for _, words in block.links)
    return not block.text or (len(block.text) < _WORDS and 2 * linked > len(block.text))


def _written(blocks: list[_Block], secret: str) -> str:
    """Write blocks as plain HTML."""
    out: list[str] = []
    in_list = False
    for block in blocks:
        if (block.kind == "li") != in_list:
            in_list = not in_list
            out.append("<ul>" if in_list else "</ul>")
        if block.picture:
            src, alt = (escape(one) for one in block.picture)
            out.append(f'<figure><img src="{src}" alt="{alt}"></figure>' if not secret or secret not in src else "")
        elif block.kind == "table":
            out.append(f"<table>{block.html}</table>")
        elif block.kind == "blockquote":
            out.append(f"<blockquote><p>{_lines(block.html)}</p></blockquote>")
        else:
            out.append(f"<{block.kind}>{_lines(block.html)}</{block.kind}>")
    whole = "\n".join(one for one in (*out, "</ul>" if in_list else "") if one)
    return re.sub(re.escape(secret), "", whole, flags=re.IGNORECASE) if secret else whole


def _lines(html: str) -> str:
    return " ".join(html.replace("\x00", "").split())
