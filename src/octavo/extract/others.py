"""What stands on an article's page and is by others: readers' comments, the next article, a machine's summary."""

import re
from collections.abc import Iterator

from octavo.extract.evidence import key
from octavo.extract.layout import Layout

_REPLY = frozenset(
    map(
        key,
        "reply|antworten|répondre|responder|rispondi|svara|svar|vastaa|odpowiedz|ответить|відповісти|yanıtla|cevapla|رد|"
        "回复|回覆|返信|답글|trả lời|balas|reageer|reageren|beantwoorden|odpovědět|válasz|răspunde|απάντηση|הגב".split(
            "|"
        ),
    )
)
_BUTTON = 60  # characters; what asks for a reply may name who is replied to
_REPLIES = 2
_ENDS = ".!?…"
_OWN = 400  # characters of running text; with less a box is a teaser

_MACHINE = re.compile(
    r"\b(?:chatgpt|openai|k\.?i|a\.?i|i\.?a|künstlich\w*|artificial intelligence|intelligence artificielle|"
    r"inteligencia artificial|inteligência artificial|intelligenza artificiale|kunstig intelligens|tekoäly\w*|"
    r"sztuczn\w+ inteligencj\w+|искусственн\w+ интеллект\w*|yapay zek\w+)\b|AI\s?요약|人工智能|生成AI|AI(?:要約|摘要)",
    re.IGNORECASE,
)
_SUMMARY = (
    *("summar", "zusammenfass", "zusammengefasst", "résum", "resum", "riassun", "sammendrag", "oppsummer", "opsummer"),
    *("sammanfatt", "samenvat", "tiivistel", "streszcz", "podsumow", "özet", "резюме", "сводк"),
    *("요약", "要約", "摘要", "总结"),
)
_SPEAKING = 3  # pieces of running text that speak of machines; with more the article is on them
_NOTE, _BOX = 300, 20  # characters of a note that says who summed up; pieces of the box it stands in


def of_others(layout: Layout, titles: frozenset[str]) -> Iterator[int]:
    """Find the pieces that are readers' or another article's."""
    yield from _comments(layout)
    yield from _next_articles(layout, titles)
    yield from _summaries(layout)


def _comments(layout: Layout) -> Iterator[int]:
    """Find the pieces of the smallest box that holds all buttons to reply by, when the article stands before it."""
    pieces = layout.pieces
    short = (number for number, piece in enumerate(pieces) if len(piece.text) < _BUTTON and not piece.prose)
    asking = [number for number in short if _asks(pieces[number].text)]
    if len(asking) < _REPLIES:
        return
    head = next((mark.piece for mark in layout.marked if mark.kind == "h1"), 0)
    for box in layout.chain(pieces[asking[0]].box):
        first, end = layout.boxes[box].first, layout.boxes[box].first + layout.boxes[box].pieces
        if end > asking[-1]:
            if sum(len(piece.text) for piece in pieces[head:first] if piece.prose) >= _OWN:
                yield from range(first, end)
            return


def _asks(text: str) -> bool:
    if text[-1] in _ENDS:
        return False
    first, last = text.split(None, 1)[0], text.rsplit(None, 1)[-1]
    return key(last) in _REPLY or (len(first) < len(text) and key(first) in _REPLY)


def _next_articles(layout: Layout, titles: frozenset[str]) -> Iterator[int]:
    """Find the pieces of every <article> with a headline of its own that follows the one the page is about."""
    headed: dict[int, set[str]] = {}
    for mark in layout.marked:
        if mark.kind == "h1":
            articles = [box for box in layout.chain(mark.box) if layout.boxes[box].tag == "article"]
            if articles and layout.boxes[articles[-1]].prose >= _OWN:
                headed.setdefault(articles[-1], set()).add(key(mark.text))
    if len(headed) < 2:
        return
    own = next((box for box, heads in headed.items() if heads & titles), min(headed))
    for box in headed:
        if box > own:
            yield from range(layout.boxes[box].first, layout.boxes[box].first + layout.boxes[box].pieces)


def _summaries(layout: Layout) -> Iterator[int]:
    """Find the pieces of a box that says of itself that a machine summed the article up."""
    lines = layout.lowered.split("\n")
    if not any(stem in layout.lowered for stem in _SUMMARY):
        return
    brief = (number for number, line in enumerate(lines) if len(line) <= _NOTE)
    notes = [number for number in brief if any(stem in lines[number] for stem in _SUMMARY)]
    notes = [number for number in notes if _MACHINE.search(lines[number])]
    told = (line for line, piece in zip(lines, layout.pieces, strict=True) if piece.prose) if notes else ()
    if notes and sum(_MACHINE.search(line) is not None for line in told) <= _SPEAKING:
        for number in notes:
            yield from _box_of(layout, number)


def _box_of(layout: Layout, number: int) -> Iterator[int]:
    """The pieces of the largest box around a note that is small, and no part of the headline or the body."""
    yield number
    boxes = layout.boxes
    heads = {mark.piece for mark in layout.marked if mark.kind == "h1"}
    for box in layout.chain(layout.pieces[number].box):
        within = range(boxes[box].first, boxes[box].first + boxes[box].pieces)
        if len(within) > _BOX or 4 * boxes[box].prose > boxes[0].prose or not heads.isdisjoint(within):
            return
        yield from within
