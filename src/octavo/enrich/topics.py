"""What an article is about at the top level of the IPTC Media Topics, told by words and by its section."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from octavo.domain.article import Article
from octavo.domain.enrichment import Topic
from octavo.domain.entity import Entity
from octavo.enrich.bodies import bodies
from octavo.enrich.lexicon import Lexicon, lexicon, topic_names
from octavo.enrich.marked import Marked
from octavo.enrich.people import people, plain
from octavo.enrich.themes import Theme, theme_topics
from octavo.enrich.words import Word, words

AT_MOST = 3
"""Topics given to one article."""

_LEAD_WORDS = 60
"""Words from the beginning that count double: news says first what it is about."""

_HEADLINE = 3.0
_SECTION = 6.0
"""How much more a word in the headline, or in the section's name or the publisher's keywords, says than one below."""

_LEAST = 1.0
"""Weight of evidence under which a topic is a guess, and scored lower: a plain word in the lead, or three below."""

_KEYWORDS = 12
_KEYWORD = 1.5
"""The publisher's own labels: how many are read, and what each says."""

_THEME = 1.0
"""What a theme says for its topic, for each mention as themes weigh them."""

_ENTITY = 2.0
_POLITICS = "11000000"
"""What a known body or person says at most for what news of them is about; of most people, politics."""

_SURE = 0.4
_DEEP = 2.0
_MOSTLY = 0.6
"""A second level needs so sure a first one, such weight of its own themes, and that share of the topic's themes."""

_SHARE = 0.3
"""A further topic needs this share of the first one's evidence."""


def article_topics(article: Article, marked: Marked) -> tuple[Topic, ...]:
    """Give up to three topics of the top level, best first, scored by their share of the evidence.

    Where the themes of the text agree on one, a topic of the second level follows. A text with any evidence at all gets
    its best guess, with a low score; one with none gets ().
    """
    known = lexicon(marked.language)
    votes: dict[str, float] = defaultdict(float)
    if article.section in topic_names():
        votes[article.section] += 2 * _SECTION
    for label in (article.section, *article.keywords[:_KEYWORDS]):
        _vote(votes, words(label, marked.language), known, _SECTION if label == article.section else _KEYWORD)
    below = next((place for place, word in enumerate(marked.found) if word.start > marked.headline_end), None)
    below = len(marked.found) if below is None else below
    _vote(votes, marked.found[:below], known, _HEADLINE)
    _vote(votes, words(article.standfirst, marked.language), known, _HEADLINE)
    _vote(votes, marked.found[below : below + _LEAD_WORDS], known, 1.0)
    _vote(votes, marked.found[below + _LEAD_WORDS : below + 500], known, 0.4)
    themes = list((marked.themes or {}).values())
    for theme in themes:
        votes[theme_topics()[theme.key][0]] += _THEME * theme.weight
    for entity in marked.entities:
        votes[_entity_topic(entity)] += _ENTITY * entity.salience
    votes.pop("", None)
    ranked = sorted(((c, w) for c, w in votes.items() if w > 0.0), key=lambda pair: (-pair[1], pair[0]))[:AT_MOST]
    if not ranked:
        return ()
    total, best = sum(votes.values()), ranked[0][1]
    sure = min(1.0, best / _LEAST)
    top = [
        Topic(code, round(max(0.001, sure * weight / total), 3)) for code, weight in ranked if weight >= _SHARE * best
    ]
    return (*top, *_deeper(top, themes))


def _entity_topic(entity: Entity) -> str:
    """Give what news of a known body or person is mostly about; "" for others."""
    kind, _, what = entity.key.partition("/")
    if kind == "org":
        return bodies().topics.get(what, "")
    if kind == "person" and plain(entity.name) in people().forms:
        return people().topics.get(entity.name, _POLITICS)
    return ""


def _deeper(top: Sequence[Topic], themes: Sequence[Theme]) -> list[Topic]:
    """Give the second level under the first topic, where most of its themes are of one kind."""
    weights: dict[str, float] = defaultdict(float)
    for theme in themes:
        codes = theme_topics()[theme.key]
        if codes[0] == top[0].code:
            weights[codes[-1]] += theme.weight
    code = max(sorted(weights), key=lambda one: weights[one], default="")
    if not code or code == top[0].code or top[0].score < _SURE:
        return []
    share = weights[code] / sum(weights.values())
    if weights[code] < _DEEP or share < _MOSTLY:
        return []
    return [Topic(code, round(share * top[0].score, 3))]


def _vote(votes: dict[str, float], found: Sequence[Word], known: Lexicon, weight: float) -> None:
    for key, times in Counter(word.key for word in found).items():
        codes = _codes(key, known)
        for code in codes:
            votes[code] += times * weight / len(codes)


def _codes(key: str, known: Lexicon) -> tuple[str, ...]:
    exact = known.topics.get(key)
    if exact:
        return exact
    for length in range(len(key), 2, -1):
        codes = known.stems.get(key[:length])
        if codes:
            return codes
    return ()
