"""Where a search found its words: headline and text in pieces, with what was asked for marked."""

import unicodedata
from collections.abc import Collection, Sequence

from octavo.domain.article import Article, ArticleCard
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import DisplayPolicy
from octavo.relate.query import WORD, Question
from octavo.serve.display import excerpt_of, snippet
from octavo.serve.searched import Found
from octavo.serve.visit import Visit
from octavo.store import articles
from octavo.text.folding import root
from octavo.text.words import clip, words

_SNIPPET = 220

Pieces = list[tuple[str, bool]]


def shown_finds(
    visit: Visit, ids: Sequence[ArticleId], question: Question, alike: Collection[ArticleId] = ()
) -> list[Found]:
    """Give these finds as they are shown, in this order; those `alike` have no word of the question."""
    whole = {article.id: article for article in articles.get_many(visit.view, ids)}
    asked = " ".join(value for part in question.of(WORD) if part.wanted for value in part.values)
    wanted = {root(fold(word)) for word in words(asked)}
    return [
        Found(
            card=card,
            headline=mark(card.headline, wanted),
            alike=card.id in alike,
            snippet=mark(_snippet(visit, whole[card.id], card, wanted), wanted),
        )
        for card in visit.cards(ids)
        if card.id in whole
    ]


def _snippet(visit: Visit, article: Article, card: ArticleCard, wanted: set[str]) -> str:
    """Give the piece of the text that may be shown and names most of what was asked for."""
    policy = visit.known.display.of(PublisherId(article.publisher_id), fictional=card.fictional)
    if visit.known.display.doubts(article.complete):
        return clip(card.excerpt, _SNIPPET)
    if policy is not DisplayPolicy.FULL:
        return excerpt_of(article, policy)
    best, most = article.excerpt, 0
    for line in article.text.split("\n")[:80]:
        score = len(wanted & {root(fold(word)) for word in words(line[:2000])})
        if score > most:
            best, most = line[:2000], score
    return snippet(_from_first(best, wanted), article.rights, _SNIPPET)


def _from_first(text: str, wanted: set[str]) -> str:
    """Begin a little before the first word asked for, when it stands far into a long line."""
    at = next((place for place, word in _places(text) if root(fold(word)) in wanted), 0)
    if at < _SNIPPET * 2 // 3:
        return text
    cut = text.rfind(" ", 0, at - 60)
    return f"… {text[cut + 1 :]}" if cut > 0 else text


def _places(text: str) -> list[tuple[int, str]]:
    places = []
    at = 0
    for word in words(text):
        at = text.index(word, at)
        places.append((at, word))
        at += len(word)
    return places


def mark(text: str, wanted: set[str]) -> Pieces:
    """Cut a text into pieces; True marks the words that were asked for, in whatever form; `wanted` holds roots."""
    pieces: Pieces = []
    done = 0
    for at, word in _places(text):
        if root(fold(word)) in wanted:
            if at > done:
                pieces.append((text[done:at], False))
            pieces.append((word, True))
            done = at + len(word)
    if done < len(text):
        pieces.append((text[done:], False))
    return pieces


def fold(word: str) -> str:
    """Make words comparable: no case, no accents, no vowel marks."""
    spread = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in spread if not unicodedata.combining(char))
