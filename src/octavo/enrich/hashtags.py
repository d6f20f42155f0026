"""The five to eight labels an editor would choose: names, places and what it is about; no filler."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from octavo.domain.article import Article
from octavo.domain.enrichment import Hashtag, Mention
from octavo.domain.entity import Entity, EntityKind
from octavo.enrich.keyphrases import Phrase, keyphrases
from octavo.enrich.lexicon import lexicon
from octavo.enrich.marked import Marked
from octavo.enrich.themes import theme_words
from octavo.enrich.words import fold

AT_MOST = 8

_LEAST = 0.12
"""Share of the best label's weight under which a label is filler, once there are five."""

_ENOUGH = 5
_LONGEST_KEYWORD = 40
_KEYWORDS = 12
"""The publisher's own labels: how many are looked at, and how long one may be."""

_NAMES = 24
"""Names of an article that are weighed."""

_THEME = 0.03
_THEME_MOST = 4.0
_THEME_HEADLINE = 0.1
"""What a theme weighs for its mentions and for standing in the headline, beside its weight as a phrase."""

_SHORT = 150
"""Words under which a text has only the themes of its headline."""

_BRIEF = 30
"""Words under which a text is a headline and little more."""

_SURNAME = re.compile(r"(?<=[a-z])sk(?:iy|yy|yi|ij|yj|ii)\b")
"""Ways to write one ending of Slavic surnames in Latin letters: Zelenskiy, Zelenskyy, Zelenskyi."""

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
"""Vowel marks and stretching of Arabic, which part no words."""

_SPLIT = re.compile(r"[^\w]+")


@dataclass(slots=True)
class _Choice:
    """A label being weighed: `words` as printed, `tag` canonical."""

    words: str
    tag: str
    weight: float
    place: bool = False
    key: str = ""


def article_hashtags(article: Article, marked: Marked) -> tuple[Hashtag, ...]:
    """Choose the labels of one article, best first: names, themes, then words and phrases of its own."""
    known = lexicon(marked.language)
    phrases = keyphrases(
        marked.text, marked.found, marked.language, headline_end=marked.headline_end, filler=known.filler
    )[:40]
    top = phrases[0].weight if phrases else 1.0
    weights = {phrase.key: phrase.weight / top for phrase in phrases}
    choices: dict[str, _Choice] = {}
    _add_names(choices, marked, weights)
    claimed = _add_themes(choices, marked, weights)
    _add_phrases(choices, marked, [phrase for phrase in phrases if not _claims(phrase, claimed, marked)], top)
    folded = fold(marked.text) if article.keywords else ""
    for keyword in article.keywords[:_KEYWORDS]:
        if 2 <= len(keyword) <= _LONGEST_KEYWORD and fold(keyword) in folded:
            _choose(choices, _Choice(keyword, make_tag(keyword), 0.25))
    outlets = _outlets(article)
    kept = [choice for key, choice in choices.items() if key not in outlets]
    return _pick(sorted(kept, key=lambda choice: (-choice.weight, choice.tag)))


def _add_names(choices: dict[str, _Choice], marked: Marked, weights: Mapping[str, float]) -> None:
    """Weigh those the article names."""
    by_key: dict[str, list[Mention]] = {}
    for mention in marked.mentions:
        by_key.setdefault(mention.key, []).append(mention)
    for entity in marked.entities[:_NAMES]:
        weight = _name_weight(entity, by_key[entity.key], weights, marked.headline_end)
        name = _SURNAME.sub("sky", entity.name) if entity.kind is EntityKind.PERSON else entity.name
        key = "" if entity.key.startswith(("surname/", "other/")) else entity.key
        place = entity.kind is EntityKind.PLACE
        _choose(choices, _Choice(entity.label, make_tag(name), weight, place, key))


def _add_themes(choices: dict[str, _Choice], marked: Marked, weights: Mapping[str, float]) -> set[str]:
    """Weigh the themes of the text; give the phrases that they stand for."""
    known = theme_words(marked.language.split("-")[0])
    claimed: set[str] = set()
    if known is None or not marked.themes:
        return claimed
    short = len(marked.found) < _SHORT
    for theme in marked.themes.values():
        printed = max(sorted(theme.words), key=lambda words: weights.get(words, 0.0))
        weight = (
            weights.get(printed, 0.0)
            + _THEME * min(theme.weight, _THEME_MOST)
            + (_THEME_HEADLINE if theme.headline else 0.0)
        )
        if theme.headline if short else theme.count > 1 or theme.headline:
            claimed |= theme.words
            label = known.label(theme.key, printed)
            _choose(choices, _Choice(label, theme.key, weight, key=f"theme/{theme.key}"))
    return claimed


def _claims(phrase: Phrase, claimed: set[str], marked: Marked) -> bool:
    """Say whether a theme stands for a phrase; where there is but a headline, for all phrases with a word of it."""
    brief = len(marked.found) < _BRIEF
    return phrase.key in claimed or (brief and not claimed.isdisjoint(phrase.key.split()))


def _add_phrases(choices: dict[str, _Choice], marked: Marked, phrases: Sequence[Phrase], top: float) -> None:
    """Weigh the words and phrases that are neither names nor themes; a person's last word stands for the person."""
    whole = [f" {fold(mention.name)} " for mention in marked.mentions]
    whole += [f" {fold(entity.label)} " for entity in marked.entities]
    surnames = _surnames(marked.entities)
    for phrase in phrases:
        person = surnames.get(phrase.key)
        if person:
            tag = make_tag(_SURNAME.sub("sky", person.name))
            _choose(choices, _Choice(person.label, tag, phrase.weight / top, key=person.key))
        elif not _part_of_a_name(phrase, whole):
            _choose(choices, _Choice(phrase.text, make_tag(phrase.text), phrase.weight / top))


def _surnames(entities: Sequence[Entity]) -> dict[str, Entity]:
    """Give each person by the last word of their name; none for a word that two people share."""
    full = [one for one in entities if one.kind is EntityKind.PERSON and " " in one.label]
    count = Counter(fold(one.label.split()[-1]) for one in full)
    return {last: one for one in full if count[last := fold(one.label.split()[-1])] == 1}


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
        part
        for part in _SPLIT.split(
            _MARKS.sub("", unicodedata.normalize("NFC", phrase)).replace("'s", "").replace("’s", "")
        )
        if part
    ]
    if not parts or not any(map(str.isalpha, "".join(parts))):
        return ""
    if any(part.lower() != part.upper() for part in parts):
        return "".join(part if part[0].isupper() else part[0].upper() + part[1:] for part in parts)
    return "_".join(parts)


def _name_weight(entity: Entity, mentions: Sequence[Mention], weights: Mapping[str, float], headline_end: int) -> float:
    """Weigh a name by where and how often it stands, and by its weight as a phrase."""
    early = sum(1.0 / (1.0 + mention.start / 1500) for mention in mentions)
    headline = any(mention.start < headline_end for mention in mentions)
    if entity.kind is EntityKind.OTHER and len(mentions) < 2 and not headline:
        return 0.0
    shown = fold(entity.label)
    known = max(weights.get(shown, 0.0), max((weights.get(part, 0.0) for part in shown.split()), default=0.0))
    return 0.12 + 0.08 * min(early, 6.0) + (0.3 if headline else 0.0) + 0.5 * known


def _choose(choices: dict[str, _Choice], choice: _Choice) -> None:
    """Add a label, or strengthen it where it is already among the choices."""
    if len(choice.tag) < 2 or choice.weight <= 0.0:
        return
    held = choices.setdefault(fold(choice.tag), choice)
    if held is not choice:
        held.weight = max(held.weight, choice.weight) + 0.3 * min(held.weight, choice.weight)
        held.key = held.key or choice.key


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
        Hashtag(
            choice.tag, make_tag(choice.words) or choice.tag, round(max(0.001, choice.weight / best), 3), choice.key
        )
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
