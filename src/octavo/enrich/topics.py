"""What an article is about at the top level of the IPTC Media Topics, told by words and by its section."""

from collections import defaultdict
from collections.abc import Sequence

from octavo.domain.article import Article
from octavo.domain.enrichment import Topic
from octavo.enrich.lexicon import Lexicon, lexicon, topic_names
from octavo.enrich.words import Word, words

AT_MOST = 3
"""Topics given to one article."""

_LEAD_WORDS = 60
"""Words from the beginning that count double: news says first what it is about."""

_HEADLINE = 3.0
_SECTION = 6.0
"""How much more a word in the headline, or in the section's name or the publisher's keywords, says than one below."""

_LEAST = 1.0
"""Weight of evidence under which nothing is said; a plain word in the lead, or three below."""

_SHARE = 0.3
"""A further topic needs this share of the first one's evidence."""


def article_topics(article: Article, body: Sequence[Word], language: str) -> tuple[Topic, ...]:
    """Give up to three topics, best first, scored by their share of the evidence; () rather than a guess."""
    known = lexicon(language)
    votes: dict[str, float] = defaultdict(float)
    if article.section in topic_names():
        votes[article.section] += 2 * _SECTION
    for label in (article.section, *article.keywords):
        _vote(votes, words(label, language), known, _SECTION if label == article.section else 1.5)
    _vote(votes, words(f"{article.headline} {article.standfirst}", language), known, _HEADLINE)
    _vote(votes, body[:_LEAD_WORDS], known, 1.0)
    _vote(votes, body[_LEAD_WORDS:500], known, 0.4)
    ranked = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))[:AT_MOST]
    if not ranked or ranked[0][1] < _LEAST:
        return ()
    total = sum(votes.values())
    best = ranked[0][1]
    return tuple(Topic(code, round(weight / total, 3)) for code, weight in ranked if weight >= _SHARE * best)


def _vote(votes: dict[str, float], found: Sequence[Word], known: Lexicon, weight: float) -> None:
    for word in found:
        codes = _codes(word.key, known)
        for code in codes:
            votes[code] += weight / len(codes)


def _codes(key: str, known: Lexicon) -> tuple[str, ...]:
    exact = known.topics.get(key)
    if exact:
        return exact
    for length in range(len(key), 2, -1):
        codes = known.stems.get(key[:length])
        if codes:
            return codes
    return ()
