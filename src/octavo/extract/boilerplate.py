"""What a publisher repeats on every page, learned from its own pages, and never shown again.

Lines are counted as Manku and Motwani count frequent items ("Approximate frequency counts over data streams", VLDB
2002): after every WIDTH pages those are forgotten that would have come up less than once in as many, so what is kept of
a publisher stays small however long it is read.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from zlib import crc32

import numpy as np
import numpy.typing as npt

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.boilerplate import RepeatedLine, Topic
from octavo.domain.ids import PublisherId
from octavo.domain.page import PageSource
from octavo.extract.agencies import find_agency
from octavo.extract.body import Body
from octavo.extract.dateline import find_dateline
from octavo.extract.evidence import Known
from octavo.extract.evidence import key as letters_of
from octavo.extract.layout import HEADINGS, Layout, Piece
from octavo.extract.phrases import NAMES, phrases_in
from octavo.text.hashes import small_hash

KINDS = ("", "head", "caption", "summary")
WIDTH = 60  # pages
MOST_LINES = 200  # of one page
LONGEST = 600  # characters; a publisher's furniture is shorter
SHOWN = 300  # characters of a line that are kept, to show

_KEY_BITS = 63  # a signed integer to both databases
_LIKELY = 0.05  # a piece less likely to belong to a body never gets into one
_STATED, _CAPTION, _SUMMARY = 0.9, 0.5, 0.3  # what is no piece of the body has no probability of its own
_STEP, _SHARE, _ABOUT, _PLAIN = 1.5, 2.0, 10.0, 0.25
_ENOUGH, _STAYS = 1.0, 0.0  # log-odds to learn a line by, and to go on dropping it
_SURE = 0.98
_SEEN_TWICE = 0.3  # a line less likely in bodies can wait for a third page
_OWN, _OWN_WORDS = 0.8, 0.4
_UNLIKE, _UNLIKE_TEXT, _TOPICS = 0.34, 0.25, 5
_SAMPLE = 16  # words of a text: the smallest hashes, as Broder's sketches take them
_SHORT, _BRIEF = 15, 40  # letters
_SHORT_PAGES = 5
_REFRAIN = 3  # times on one page: a label of the text's own parts
_DATE_LINE = 40  # characters
_LABEL = re.compile(r"[^\d:：]{2,40}[:：](?!//)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_NUMBER = re.compile(r"\d(?:[\d.,:]{0,30}\d)?")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STEM = 6  # letters that words of one stem share, in most languages
_TELLING, _CASELESS = 5, 3  # letters from which a word says what a text is about, with cases and without
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FURNITURE = sum(
    1 << number for number, name in enumerate(NAMES) if name in ("signup", "related", "advert", "share", "comments")
)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of one page that may reach its article; the fields as in RepeatedLine."""

    key: int
    text: str
    likely: float
    about: float = 0.0
    heads: bool = False


@dataclass(frozen=True, slots=True)
class PageLines:
    """What one page adds to what is known of its publisher."""

    lines: tuple[PageLine, ...] = ()
    topic: Topic = field(default_factory=Topic)


def line_key(text: str, kind: str = "") -> int:
    """Name a line, whatever its numbers, case, spaces and marks; 0 for one that cannot be told from others.

    `kind` keeps apart what only looks alike: "head" for headings, "caption", "summary" for what the page says it is
    about, "label" for words such as "Read also:" before a link.
    """
    if len(text) > LONGEST or _ADDRESS.match(text):
        return 0
    if _is_date(text):
        return small_hash("date:", _KEY_BITS)
    folded = " ".join(_NUMBER.sub("0", text.casefold()).split())
    plain = letters_of(folded)
    if sum(map(str.isalpha, plain)) < 2:
        return 0
    return small_hash(f"{kind}:{plain}", _KEY_BITS) or 1


def keys_of_text(text: str) -> set[int]:
    """Every key the text may have had on its page, where its place and its links are no longer known."""
    label = _LABEL.match(text)
    keys = {line_key(text, kind) for kind in KINDS} | {line_key(label.group(), "label") if label else 0}
    return keys - {0}


def keys_of_block(block: Block) -> set[int]:
    """Every key that lines of a block may have had on their page."""
    texts = [block.text, *block.items] if block.kind is not BlockKind.TABLE else []
    return {key for text in texts if text for key in keys_of_text(text)}


def _is_date(text: str) -> bool:
    """Tell a line that is a date and little else."""
    if len(text) > _DATE_LINE or not _YEAR.search(text):
        return False
    tokens = _TOKEN.findall(text)
    numbers = [token for token in tokens if token[0].isdecimal()]
    days = [token for token in numbers if len(token) < 3 and 0 < int(token) < 32]
    return bool(days) and len(tokens) - len(numbers) <= min(3, len(numbers)) and any(map(_YEAR.fullmatch, numbers))


def _key_of(layout: Layout, piece: Piece) -> int:
    if layout.boxes[piece.box].tag in HEADINGS:
        return line_key(piece.text, "head")
    label = _LABEL.match(piece.text) if piece.linked else None
    if label and 2 * piece.linked > len(piece.text) - label.end() > 0:
        return line_key(label.group(), "label")
    return line_key(piece.text)


def without(layout: Layout, body: Body, known: Known, source: PageSource) -> Body:
    """Take the lines a publisher is known to repeat out of the body chosen.

    A line stays on the page it comes from, as other pages' boxes print the first words of an article, too; unless the
    owner bars it.
    """
    dropped = source.boilerplate | source.barred
    if not dropped or body.likely is None:
        return body
    theirs = {
        number: key
        for number in body.chosen
        if (key := _key_of(layout, layout.pieces[number])) in dropped
        and not _is_set_apart(layout, layout.pieces[number])
    }
    if not theirs:
        return body
    words = {number: _telling(layout.pieces[number].text) for number in body.chosen}
    text = Counter(word for number in body.chosen for word in words[number])
    likely = body.likely.copy()
    for number, key in theirs.items():
        own = _is_own(float(likely[number]), _about(words[number], text, 1))
        if key in source.barred or not (own or _is_stated(layout.pieces[number].text, known)):
            likely[number] = 0.0
    chosen = tuple(number for number in body.chosen if number not in theirs or likely[number])
    return Body(chosen, likely, max(body.expected, _promised(layout, likely, chosen)) if chosen else 0.0)


def _promised(layout: Layout, likely: npt.NDArray[np.float64], chosen: Sequence[int]) -> float:
    """The F1 to be expected of these pieces."""
    sizes = np.array([len(piece.text) for piece in layout.pieces], np.float64)
    right = likely * sizes
    numbers = list(chosen)
    return float(2 * right[numbers].sum() / (sizes[numbers].sum() + right.sum()))


def is_dropped(text: str, kind: str, dropped: frozenset[int]) -> bool:
    """Tell whether a text that is no piece of the page (a "caption", a "summary", "" a stated line) is a known line."""
    return bool(dropped) and line_key(text, kind) in dropped


def _is_own(likely: float, about: float) -> bool:
    """Tell a line of this page's article, whatever other pages carry: it looks like one and is about the same."""
    return likely > _OWN and about >= _OWN_WORDS


def _is_stated(text: str, known: Known) -> bool:
    """Tell whether the page states a line as its summary."""
    plain = letters_of(text)
    return len(plain) > _BRIEF and any(plain in summary for summary in known.summaries)


def lines_of(layout: Layout, body: Body, article: Article, summary: str) -> PageLines:
    """Gather what may turn out to be the publisher's: likely pieces outside tables, captions, the page's summary.

    `body` is as the page alone had it chosen. What states where, by whom or with what mistake the article was written
    is never the publisher's furniture: datelines, agencies, corrections.
    """
    if body.likely is None:
        return PageLines()
    words = {number: _telling(layout.pieces[number].text) for number in body.chosen}
    text = Counter(word for number in body.chosen for word in words[number])
    text.update(2 * [*_telling(article.headline)])
    found: dict[int, PageLine] = {}
    for number in _countable(layout, body.likely):
        piece = layout.pieces[number]
        own = int(number in words)
        about = _about(words[number] if own else _telling(piece.text), text, own)
        if _is_own(float(body.likely[number]), about) or _is_set_apart(layout, piece, article.correction):
            continue
        opens = _opens(layout, body, number)
        line = PageLine(_key_of(layout, piece), piece.text, float(body.likely[number]), about, opens)
        if line.key and (line.key not in found or line.likely > found[line.key].likely):
            found[line.key] = line
    shown = {layout.pieces[number].text for number in body.chosen}
    for said, kind, likely in _beside(article, summary, shown):
        about = _about(_telling(said), text, 0)
        if not _is_own(likely, about):
            key = line_key(said, kind)
            found.setdefault(key, PageLine(key, said, likely, about))
    found.pop(0, None)
    topic = Topic(frozenset(map(_small, _telling(article.headline))), frozenset(sorted(map(_small, text))[:_SAMPLE]))
    return PageLines(tuple(found.values())[:MOST_LINES], topic)


def _beside(article: Article, summary: str, shown: Set[str]) -> Iterator[tuple[str, str, float]]:
    """What is no piece of the page's body, its kind, and how likely it is taken to be the article's."""
    for block in article.blocks:
        if block.kind is BlockKind.FIGURE:
            yield block.text, "caption", _CAPTION
        elif block.kind is BlockKind.PARAGRAPH and block.text not in shown and len(block.text) <= LONGEST:
            yield block.text, "", _STATED
    yield summary, "summary", _SUMMARY


def _is_credit(text: str, correction: str) -> bool:
    if correction and (text in correction or correction in text):
        return True
    return len(text) < _BRIEF and bool(find_dateline([text]).place or find_agency(text))


def _countable(layout: Layout, likely: npt.NDArray[np.float64]) -> Iterator[int]:
    for number in np.flatnonzero(likely > _LIKELY):
        if len(layout.pieces[number].text) <= LONGEST:
            yield int(number)


def _is_set_apart(layout: Layout, piece: Piece, correction: str = "") -> bool:
    """Tell credits, and the cells of tables and lines of code, which repeat what they have to."""
    if layout.table_of(piece.box) >= 0 or _is_credit(piece.text, correction):
        return True
    return any(layout.boxes[number].tag == "pre" for number in layout.chain(piece.box))


def _opens(layout: Layout, body: Body, number: int) -> bool:
    """Tell a heading of the article's own: text of the body follows it; or a label its parts repeat."""
    text = layout.pieces[number].text
    if phrases_in(text) & _FURNITURE:
        return False
    piece = layout.pieces[number]
    if sum(layout.pieces[other].text == text for other in body.chosen) >= _REFRAIN:
        return True
    if layout.boxes[piece.box].tag not in HEADINGS and piece.bold < 0.9 * len(text):
        return False
    following = next((other for other in body.chosen if other > number), -1)
    return 0 <= following <= number + 2 and layout.pieces[following].prose


def _telling(text: str) -> set[str]:
    """Words that say what a text is about, cut to what their forms share; pairs of characters in wide scripts."""
    lowered = text.casefold()
    words = _WORD.findall(lowered)
    if lowered.isascii():
        return {word[:_STEM] for word in words if len(word) >= _TELLING}
    found = set()
    for word in words:
        if not word[0].isascii() and _WIDE.match(word):
            found |= {word[at : at + 2] for at in range(len(word) - 1)}
        elif len(word) >= (_CASELESS if word[0].upper() == word[0] else _TELLING):
            found.add(word[:_STEM])
    return found


def _about(words: Set[str], article: Counter[str], own: int) -> float:
    """The share of a line's telling words that the article has elsewhere; `own` is 1 where the line is counted in."""
    return sum(article[word] > own for word in words) / len(words) if words else 0.0


def _small(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) >> 8  # any stable hash would do; this one is quick


def add_page(
    lines: dict[int, RepeatedLine], page: PageLines, number: int, publisher_id: PublisherId, at: datetime
) -> None:
    """Count one page, the publisher's `number`th, into what is known of its lines."""
    for line in page.lines:
        known = lines.get(line.key)
        if known is None:
            known = RepeatedLine(publisher_id, line.key, "", 0, 0, at, at, since=number - 1)
        pages = known.pages + 1
        lines[line.key] = replace(
            known,
            text=line.text[:SHOWN] if known.pages else "",
            pages=pages,
            last_seen_at=max(at, known.last_seen_at),
            likely=known.likely + (line.likely - known.likely) / pages,
            about=known.about + (line.about - known.about) / pages,
            heads=known.heads + line.heads,
            topics=_with_topic(known.topics, page.topic),
        )


def _with_topic(known: tuple[Topic, ...], topic: Topic) -> tuple[Topic, ...]:
    """Add a topic that is like none of those known: in its headline's words, or in its text's."""
    if len(known) >= _TOPICS or any(_alike(topic, other) for other in known):
        return known
    return (*known, topic)


def _alike(one: Topic, other: Topic) -> bool:
    headline = len(one.headline & other.headline) >= _UNLIKE * min(len(one.headline), len(other.headline))
    return headline and len(one.text & other.text) >= _UNLIKE_TEXT * min(len(one.text), len(other.text))


def judged(lines: Mapping[int, RepeatedLine], number: int) -> tuple[RepeatedLine, ...]:
    """Judge lines after the publisher's `number`th page; those that came up too rarely to stay are left out."""
    found = []
    for line in lines.values():
        line = replace(line, of_pages=max(line.pages, number - line.since, min(number, WIDTH)))
        line = replace(line, learned=is_theirs(line))
        if line.learned or line.kept is not None or not is_rare(line, number):
            found.append(line)
    return tuple(found)


def is_rare(line: RepeatedLine, number: int) -> bool:
    """Tell a line that need not be kept (Manku and Motwani's rule, with buckets of WIDTH pages)."""
    return line.pages + line.since // WIDTH <= number // WIDTH


def is_theirs(line: RepeatedLine) -> bool:
    """Tell whether a line is the publisher's furniture and no part of what its journalists wrote."""
    if line.pages < 2 or len(line.topics) < min(line.pages, 3) or 2 * line.heads > line.pages:
        return False
    letters = sum((2 if _WIDE.match(letter) else 1) for letter in line.text if letter.isalpha())
    if letters < _SHORT and line.pages < _SHORT_PAGES:
        return False
    twice = line.pages == 2
    if twice and line.likely < _SEEN_TWICE:
        return False
    least = 0.5 if twice else _least_share(letters)
    return line.pages / line.of_pages >= least and weight(line) >= (_STAYS if line.learned else _ENOUGH)


def _least_share(letters: int) -> float:
    """The share of pages below which a line of so many letters is not looked at: short ones are subheads and names."""
    if letters < _SHORT:
        return 0.4
    return 0.1 if letters < _BRIEF else 0.03


def weight(line: RepeatedLine) -> float:
    """The log-odds that a line is the publisher's.

    For it: pages about different things that carry it, and their share. Against it: that its words are those of the
    articles it stands in, as a running story's background is; and how surely it looks like body text.
    """
    likely = min(max(line.likely, 1 - _SURE), _SURE)
    share = line.pages / line.of_pages if line.pages > 2 else 0.0
    own_words = max(0.0, line.about - _PLAIN)
    return _STEP * (len(line.topics) - 1) + _SHARE * share - _ABOUT * own_words - math.log(likely / (1 - likely))


def newly_dropped(before: Mapping[int, RepeatedLine], after: Sequence[RepeatedLine]) -> frozenset[int]:
    """The keys of lines that are dropped from now on, and were not before."""
    old = {key for key, line in before.items() if line.dropped}
    return frozenset(line.key for line in after if line.dropped) - old
