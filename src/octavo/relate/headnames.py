"""A name in a headline that its text does not hold, where the text tells the same of another name."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.telling import HEADLINE, Passage, Telling
from octavo.relate.occasion import said_again
from octavo.relate.tellings import READ
from octavo.relate.whereabouts import countries
from octavo.text.rarity import rarities
from octavo.text.tokens import Token, tokenise
from octavo.text.words import sentences

_CAPITALISING = frozenset(
    "en fr es pt it nl ca ro pl cs sk sl hr sr bg ru uk be sv da no nb fi et lv lt hu el tr az id".split()
)
"""Languages in which a capital within a sentence marks a name; German puts one on every noun."""

_RARE = 4.0
"""Zipf value below which a word with a capital is taken for a name."""

_RAREST = 3.0
"""The same where the headline begins, or puts capitals on every word."""

_STEM = 5
"""Letters by which a name is known in its other forms."""

_SHORTEST = 4
_LEAD = 1500
"""Characters of a text among which the sentence is looked for that says again what the headline says."""

_AGAIN = 0.4
"""Share of the headline's words that this sentence must hold, the name itself not counted."""

_LONG = 600
"""Characters of the shortest text that a name can be said to be missing from."""


@lru_cache(READ)
def headline_names(telling: Telling) -> tuple[Difference, ...]:
    """Find the names of a headline that stand nowhere in its text, and the sentence that has another in their place."""
    language = telling.language.partition("-")[0]
    length = sum(map(len, telling.paragraphs))
    if language not in _CAPITALISING or not telling.whole or length < _LONG:
        return ()
    tokens = tokenise(telling.headline, language)
    names = _names(telling.headline, tokens, language)
    if not names:
        return ()
    held = {
        token.key[:_STEM]
        for part in telling.parts
        if part != HEADLINE
        for token in tokenise(telling.part(part), language)
    }
    missing = [token for token in names if token.key[:_STEM] not in held]
    if len(missing) != 1:
        return ()  # several names missing: the headline speaks in its own words, and none is a slip
    name = missing[0]
    rest = telling.headline[: name.start] + telling.headline[name.end :]
    told = max(_sentences(telling), key=lambda passage: said_again(rest, passage.text, language), default=None)
    if told is None or said_again(rest, told.text, language) < _AGAIN:
        return ()
    other = _other(told, tokens, language)
    if other is None:
        return ()
    passage = Passage(telling.id, HEADLINE, name.start, name.end, telling.headline[name.start : name.end])
    reason = f"name:{passage.text}:{told.text[other.start : other.end]}"
    return (Difference(DifferenceKind.HEADLINE_NAME, reason, (passage, told), (telling.publisher_id,), 0.6),)


def _names(headline: str, tokens: Sequence[Token], language: str) -> list[Token]:
    """Give the names of a headline: capitals on rare words, countries and abbreviations left out."""
    common = rarities(language)
    long = [token for token in tokens if len(token.key) > 3 and token.key.isalpha()]
    titled = sum(token.capital for token in long) > 0.6 * len(long)
    places = {place for place, _ in countries(language).among(tokens)}
    found = []
    for here, token in enumerate(tokens):
        shouted = headline[token.start : token.end].isupper()
        if not token.capital or len(token.key) < _SHORTEST or here in places or shouted:
            continue
        if common.zipf(token.key) < (_RAREST if titled or _starts(tokens, here) else _RARE):
            found.append(token)
    return found


def _starts(tokens: Sequence[Token], here: int) -> bool:
    """Say whether a sentence or a quotation may begin at a token."""
    return here == 0 or not (tokens[here - 1].key[0].isalnum() or tokens[here - 1].key in {",", "-"})


def _sentences(telling: Telling) -> Iterator[Passage]:
    """Give the sentences of a text's beginning."""
    length = 0
    for part in telling.parts:
        text = telling.part(part)
        if part == HEADLINE:
            continue
        here = 0
        for piece in sentences(text):
            start = text.find(piece, here)
            here = start + len(piece)
            yield Passage(telling.id, part, start, here, piece)
            length += len(piece)
            if length > _LEAD:
                return


def _other(told: Passage, headline: Sequence[Token], language: str) -> Token | None:
    """Find a name in a sentence that the headline has not."""
    held = {token.key[:_STEM] for token in headline}
    tokens = tokenise(told.text, language)
    places = {place for place, _ in countries(language).among(tokens)}
    common = rarities(language)
    for here, token in enumerate(tokens):
        name = token.capital and len(token.key) >= _SHORTEST and here not in places and not _starts(tokens, here)
        if name and token.key[:_STEM] not in held and common.zipf(token.key) < _RARE:
            return token
    return None
