"""The five to eight labels an editor would choose: names, places and what it is about; no filler."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from octavo.domain.article import Article
from octavo.domain.enrichment import EntityKind, Hashtag, Mention
from octavo.enrich.entities import ranked_names
from octavo.enrich.gazetteer import gazetteer
from octavo.enrich.keyphrases import Phrase, keyphrases
from octavo.enrich.lexicon import lexicon
from octavo.enrich.words import Word, fold

AT_MOST = 8

_LEAST = 0.12
"""Share of the best label's weight under which a label is filler, once there are five."""

_ENOUGH = 5
_LONGEST_KEYWORD = 40
_KEYWORDS = 12
"""The publisher's own labels: how many are looked at, and how long one may be."""

_SURNAME = re.compile(r"(?<=[a-z])sk(?:iy|yy|yi|ij|yj|ii)\b")
"""Ways to write one ending of Slavic surnames in Latin letters: Zelenskiy, Zelenskyy, Zelenskyi."""

_SPLIT = re.compile(r"[^\w]+")


@dataclass(slots=True)
class _Choice:
    """A label being weighed: `words` as printed, `tag` canonical."""

    words: str
    tag: str
    weight: float
    place: bool = False


def article_hashtags(
    article: Article, text: str, found: Sequence[Word], language: str, mentions: Sequence[Mention]
) -> tuple[Hashtag, ...]:
    """Choose the labels of one article, best first; `text` is headline, newline, body, and `found` its words."""
    known = lexicon(language)
    choices: dict[str, _Choice] = {}
    headline_end = len(article.headline)
    phrases = keyphrases(text, found, language, headline_end=headline_end, filler=known.filler)[:40]
    top = phrases[0].weight if phrases else 1.0
    weights = {phrase.key: phrase.weight / top for phrase in phrases}
    outlets = _outlets(article)
    for name_kind, name in ranked_names(mentions)[:24]:
        words, tag = _name_tag(name, name_kind, language)
        _choose(choices, words, tag, _name_weight(name, mentions, weights, headline_end))
        if name_kind == EntityKind.PLACE.value and fold(tag) in choices:
            choices[fold(tag)].place = True
    whole = [f" {fold(mention.name)} " for mention in mentions]
    surnames = _surnames(mentions)
    for phrase in phrases:
        person = surnames.get(phrase.key, "")
        if person:
            _choose(choices, *_name_tag(person, EntityKind.PERSON.value, language), phrase.weight / top)
        elif not _part_of_a_name(phrase, whole):
            _choose(choices, phrase.text, make_tag(phrase.text), phrase.weight / top)
    folded = fold(text) if article.keywords else ""
    for keyword in article.keywords[:_KEYWORDS]:
        if 2 <= len(keyword) <= _LONGEST_KEYWORD and fold(keyword) in folded:
            _choose(choices, keyword, make_tag(keyword), 0.25)
    kept = [choice for key, choice in choices.items() if key not in outlets]
    return _pick(sorted(kept, key=lambda choice: (-choice.weight, choice.tag)))


def _surnames(mentions: Sequence[Mention]) -> dict[str, str]:
    """Give the full name of each person by its last word; none for a word that two people share."""
    people = dict.fromkeys(mention.name for mention in mentions if mention.kind is EntityKind.PERSON)
    full = [name for name in people if " " in name]
    count = Counter(fold(name.split()[-1]) for name in full)
    return {last: name for name in full if count[last := fold(name.split()[-1])] == 1}


def _part_of_a_name(phrase: Phrase, names: Sequence[str]) -> bool:
    """Say whether a phrase is some words of a longer name: "Strait Lines" of "Blue Strait Lines"."""
    if phrase.size < 2 or not phrase.text[0].isupper():
        return False
    return any(f" {phrase.key} " in name and len(name) > len(phrase.key) + 2 for name in names)


def _outlets(article: Article) -> frozenset[str]:
    """Give the folded names of those who wrote and carry the article: nobody follows a story by them."""
    host = urlsplit(article.url).hostname or ""
    labels = [label.replace("-", "") for label in host.split(".")[:-1] if len(label) > 3]
    return frozenset([fold(make_tag(article.source)), *labels])


def make_tag(phrase: str) -> str:
    """Write a phrase as one tag: CamelCase where the script has capitals, underscores where it has none.

    "central bank" gives "CentralBank", "OPEC+" "OPEC", "وزارة الدفاع" "وزارة_الدفاع"; "" when no letter is left.
    """
    parts = [
        part for part in _SPLIT.split(unicodedata.normalize("NFC", phrase).replace("'s", "").replace("’s", "")) if part
    ]
    if not parts or not any(map(str.isalpha, "".join(parts))):
        return ""
    if any(part.lower() != part.upper() for part in parts):
        return "".join(part if part[0].isupper() else part[0].upper() + part[1:] for part in parts)
    return "_".join(parts)


def _name_tag(name: str, kind: str, language: str) -> tuple[str, str]:
    """Give a name as printed and its tag: a place's tag is its English name, its label the local one."""
    if kind == EntityKind.PLACE.value:
        return gazetteer(language).label(name), make_tag(name)
    return name, make_tag(_SURNAME.sub("sky", name) if kind == EntityKind.PERSON.value else name)


def _name_weight(name: str, mentions: Sequence[Mention], weights: dict[str, float], headline_end: int) -> float:
    """Weigh a name by where and how often it stands, and by its weight as a phrase."""
    places = [mention.start for mention in mentions if mention.name == name]
    kind = next(mention.kind for mention in mentions if mention.name == name)
    early = sum(1.0 / (1.0 + start / 1500) for start in places)
    headline = any(start < headline_end for start in places)
    if kind is EntityKind.OTHER and len(places) < 2 and not headline:
        return 0.0
    known = max(weights.get(fold(name), 0.0), max((weights.get(part, 0.0) for part in fold(name).split()), default=0.0))
    return 0.12 + 0.08 * min(early, 6.0) + (0.3 if headline else 0.0) + 0.5 * known


def _choose(choices: dict[str, _Choice], words: str, tag: str, weight: float) -> None:
    """Add a label, or strengthen it where it is already among the choices."""
    if len(tag) < 2 or weight <= 0.0:
        return
    key = fold(tag)
    held = choices.get(key)
    if held is None:
        choices[key] = _Choice(words, tag, weight)
    else:
        held.weight = max(held.weight, weight) + 0.3 * min(held.weight, weight)


def _pick(ranked: Sequence[_Choice]) -> tuple[Hashtag, ...]:
    """Take the best, leaving out what another label already says and, after five, what is weak."""
    if not ranked:
        return ()
    best = ranked[0].weight
    picked: list[_Choice] = []
    for choice in ranked:
        if len(picked) == AT_MOST or (len(picked) >= _ENOUGH and choice.weight < _LEAST * best):
            break
        if not any(_says_the_same(choice, other) or _of_the_place(choice, other) for other in picked):
            picked.append(choice)
    return tuple(
        Hashtag(choice.tag, make_tag(choice.words) or choice.tag, round(max(0.001, choice.weight / best), 3))
        for choice in picked
    )


def _says_the_same(choice: _Choice, other: _Choice) -> bool:
    """Say whether one label's words are all in the other's, or differ only in their endings."""
    one, two = (set(_SPLIT.split(fold(item.words))) for item in (choice, other))
    if one <= two or two <= one:
        return True
    short, long = sorted((fold(choice.words), fold(other.words)), key=len)
    if short.upper() == short and short in long and not short.isascii():
        return True
    short, long = sorted((fold(choice.tag), fold(other.tag)), key=len)
    return len(short) >= 5 and long.startswith(short[: max(5, len(short) - 2)]) and len(long) - len(short) <= 3


def _of_the_place(choice: _Choice, other: _Choice) -> bool:
    """Say whether a label is only another form of a place's: "ukrainienne" beside "Ukraine"."""
    if not other.place or choice.place or len(choice.words.split()) > 1:
        return False
    one, two = fold(choice.words), fold(other.words)
    shared = max(4, min(len(one), len(two)) - 2)
    return one[:shared] == two[:shared] and abs(len(one) - len(two)) <= 5
