"""What is said aloud of an article, or of an edition's Eight: words that stand there, and our own between them.

Pure: what may be said of an article at all is decided by who asks. Captions, credits, embeds and code are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId
from octavo.domain.speech import Spoken
from octavo.text.words import sentences

LONGEST = 600
"""Characters of one line, at most: a sentence that is longer is cut where it may be."""

ROWS = 20
"""Rows of a table that are read; nobody listens to more."""

_BREATH, _BREAK, _REST = 0.25, 0.6, 1.0
"""Seconds of silence after a sentence, after a paragraph, after a story."""

_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+")
_BLANK = re.compile(r"\s+")
_ENDED = re.compile(r"[.!?…。！？؟।॥:：;；,،、][\"”’»›)\]」』]*$")
_INNER = re.compile(r"(?<=[,;:—–،؛、，；：])\s*|(?<=\s)")
_STOPS = {"ja": "。", "zh": "。", "hi": "।"}


@dataclass(frozen=True, slots=True)
class Told:
    """One story of a briefing: its headline, the sentences chosen, and who reports it, in the listener's words."""

    headline: str
    language: str
    article_id: ArticleId
    sentences: tuple[tuple[str, ArticleId, str], ...]
    """(text, article it stands in, language)."""
    reported: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What is said before and after the stories, in one language, and what the beginning is called."""

    language: str
    opening: str
    closing: str
    chapter: str


def edition_lines(stories: Sequence[Told], frame: Frame) -> tuple[Spoken, ...]:
    """Tell stories one after the other: each headline, its sentences, who reports it. None of it without a story."""
    if not stories:
        return ()
    found = [Spoken(sayable(frame.opening), frame.language, chapter=frame.chapter, pause_s=_REST)]
    for one in stories:
        headline = ended(sayable(one.headline), one.language)
        found.append(Spoken(headline, one.language, one.article_id, chapter=one.headline, pause_s=_BREAK))
        for text, article_id, language in one.sentences:
            found.append(Spoken(text, language, article_id, quoted=True, pause_s=_BREATH))
        found.append(Spoken(sayable(one.reported), frame.language, one.article_id, pause_s=_REST))
    return (*found, Spoken(sayable(frame.closing), frame.language, pause_s=_BREAK))


def article_lines(article: Article, publisher: str, when: str) -> tuple[Spoken, ...]:
    """Say an article: headline, publisher and time, standfirst, body. `when` is in the words of the publisher's line.

    The article holds what may be shown of it, and nothing else.
    """
    own = article.language
    found = [Spoken(ended(sayable(article.headline), own), own, article.id, chapter=article.headline, pause_s=_BREAK)]
    by = ", ".join(one for one in (publisher, when) if one)
    found.append(Spoken(ended(sayable(by), own), own, article.id, pause_s=_BREAK))
    for paragraph in (article.standfirst, *(line for block in article.blocks for line in block_lines(block))):
        found += _paragraph(paragraph, own, article.id)
    return tuple(found)


def block_lines(block: Block) -> Iterator[str]:
    """Give what is said of one block, a paragraph each."""
    match block.kind:
        case BlockKind.FIGURE | BlockKind.EMBED | BlockKind.CODE:
            return
        case BlockKind.LIST:
            yield from block.items
        case BlockKind.TABLE:
            yield from table_lines(block.rows)
        case _:
            yield from block.text.split("\n")


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Say a table row by row: where its first row heads the others, each cell after the name of its column.

    "Port", "Ships" over "Varn", "12" is said as "Varn: Ships 12".
    """
    heads = rows[0] if _heads(rows) else ()
    for row in rows[1 if heads else 0 :][:ROWS]:
        cells = [cell.strip() for cell in row]
        named = [
            f"{heads[place].strip()} {cell}".strip() if place < len(heads) else cell
            for place, cell in enumerate(cells)
            if place and _says(cell)
        ]
        first = cells[0] if cells else ""
        said = ", ".join(named)
        if said or first:
            yield f"{first}: {said}" if said and first else said or first


def _heads(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row names columns: it has no figures, and figures stand below it."""
    if len(rows) < 2 or any(char.isdigit() for cell in rows[0][1:] for char in cell):
        return False
    return any(char.isdigit() for row in rows[1:] for cell in row[1:] for char in cell)


def _says(cell: str) -> bool:
    return any(map(str.isalnum, cell))


def _paragraph(text: str, language: str, article_id: ArticleId) -> Iterator[Spoken]:
    cut = [piece for one in sentences(sayable(text)) for piece in pieces(one)]
    for place, piece in enumerate(cut):
        last = place == len(cut) - 1
        said = ended(piece, language) if last else piece
        yield Spoken(said, language, article_id, pause_s=_BREAK if last else _BREATH)


def pieces(sentence: str, longest: int = LONGEST) -> Iterator[str]:
    """Cut a sentence that is too long for one breath: after a comma or the like, else between words, else anywhere."""
    rest = sentence.strip()
    while len(rest) > longest:
        places = [found.end() for found in _INNER.finditer(rest, longest // 3, longest) if found.end() > longest // 3]
        at = places[-1] if places else longest
        yield rest[:at].strip()
        rest = rest[at:].strip()
    if rest:
        yield rest


def sayable(text: str) -> str:
    """Leave out what nobody reads aloud: addresses of the web, runs of blanks."""
    return _BLANK.sub(" ", _ADDRESS.sub("", text)).strip()


def ended(text: str, language: str) -> str:
    """End a headline as sentences end, so that the voice falls."""
    if not text or _ENDED.search(text):
        return text
    return text + _STOPS.get(language.partition("-")[0], ".")
