"""What a name is the name of: a person, an organisation or a place, by its words and by what stands beside it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from octavo.domain.enrichment import EntityKind
from octavo.enrich.givens import is_given
from octavo.enrich.grammar import articles, place_words
from octavo.enrich.lexicon import Lexicon
from octavo.enrich.words import Word, fold
from octavo.text.rarity import rarities

_COMMON = 4.3
"""Zipf value under which one word of a name must be for the name to be a person's."""

_TITLED = 3
_SPEAKS = 2
_SURNAME = 2
_SITUATED = -3
_WITH_ARTICLE = -2
_GIVEN = 3
_BY_DEFAULT = 1
"""Evidence for a person: a title, a verb of saying beside it, its last word alone elsewhere, a given name; against it:
where, the."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in place: words first..last (inclusive) without titles, as shown; whether a title stands there."""

    first: int
    last: int
    shown: str
    titled: bool


def bare(word: Word) -> str:
    """Give a word's key without the English possessive."""
    return word.key.removesuffix("'s").removesuffix("'")


def strip_titles(text: str, found: Sequence[Word], span: tuple[int, int], known: Lexicon) -> Name:
    """Take off titles and what stands before them: "Azerbaijani President Ilham Aliyev" is Ilham Aliyev."""
    first, last = span
    inside = [index for index in range(first, last) if known.is_title(bare(found[index]))]
    if inside:
        first = inside[-1] + 1
    before = first > 0 and found[first].joined and known.is_title(bare(found[first - 1]))
    shown = text[found[first].start : found[last].end].removesuffix("’s").removesuffix("'s").rstrip("'’")
    return Name(first, last, shown, first > span[0] or before)


def kinds(found: Sequence[Word], names: Sequence[Name], known: Lexicon, language: str) -> list[EntityKind | None]:
    """Give the kind of each name, the same wherever it stands; None where nothing tells."""
    alone = {bare(found[name.first]) for name in names if name.first == name.last}
    votes: dict[str, int] = defaultdict(int)
    for name in names:
        votes[fold(name.shown)] += _evidence(found, name, known, language)
    return [_kind(found, name, votes[fold(name.shown)], alone, known, language) for name in names]


def _kind(
    found: Sequence[Word], name: Name, votes: int, alone: set[str], known: Lexicon, language: str
) -> EntityKind | None:
    keys = [bare(word) for word in found[name.first : name.last + 1]]
    if any(map(known.is_body, keys)) or acronym(name.shown):
        return EntityKind.ORGANISATION
    if len(keys) > 1 and (keys[0] in known.geography or keys[-1] in known.geography) and votes < _TITLED:
        return EntityKind.PLACE
    if len(keys) == 1:
        return EntityKind.PERSON if votes >= _SPEAKS else None
    if len(keys) > 4 or any(map(str.isdigit, name.shown)):
        return None
    rare = min(rarities(language).zipf(key) for key in keys)
    votes += _GIVEN if is_given(keys[0]) and len(keys) < 4 else 0
    votes += (_SURNAME if keys[-1] in alone else 0) + (_BY_DEFAULT if rare < _COMMON else -1)
    return EntityKind.PERSON if votes > 0 else None


def _evidence(found: Sequence[Word], name: Name, known: Lexicon, language: str) -> int:
    """Add up what stands beside one mention of a name."""
    value = _TITLED if name.titled else 0
    before = found[name.first - 1] if name.first and found[name.first].joined else None
    after = found[name.last + 1] if name.last + 1 < len(found) and found[name.last + 1].joined else None
    if (before and before.key in known.said) or (after and after.key in known.said):
        value += _SPEAKS
    if before and not name.titled:
        if before.key in place_words(language):
            value += _SITUATED
        elif before.key in articles(language):
            value += _WITH_ARTICLE
    return value


def acronym(shown: str) -> bool:
    """Say whether a name is a short word of capitals."""
    letters = shown.replace(".", "").replace("&", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()
