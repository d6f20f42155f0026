"""Search: the words asked for, where they were found, and what to try when nothing was."""

import unicodedata
from collections.abc import Sequence

from octavo.domain.article import Article, ArticleCard
from octavo.domain.enrichment import Hashtag
from octavo.domain.ids import PublisherId
from octavo.domain.publisher import DisplayPolicy
from octavo.errors import StoreError
from octavo.ports.search_index import SearchHit, SearchQuery
from octavo.serve import links
from octavo.serve.contexts import Found, Frame, SearchPage
from octavo.serve.display import excerpt_of, snippet
from octavo.serve.finding import Finds, find
from octavo.serve.visit import Visit
from octavo.store import articles, hashtags, reading
from octavo.text.folding import root
from octavo.text.words import clip, words

SIZE = 20
DEEPEST = 200
"""Finds a reader can page through: past them, better words find better."""

MAX_QUERY = 300
_SNIPPET = 220
_SUGGESTIONS = 12
_SAMPLE = 200

Pieces = list[tuple[str, bool]]


def load(visit: Visit) -> SearchPage:
    """Search. Odd words find nothing, and a search that fails says so: neither is an error."""
    query = " ".join(visit.query.get("q", "").split())[:MAX_QUERY]
    names = dict(visit.known.names)
    source = visit.query.get("source", "")
    source = source if source in names else ""
    language = visit.query.get("language", "")
    language = language if language in visit.known.languages else ""
    start = _start(visit.query.get("from", ""))
    asked = SearchQuery(query, limit=SIZE + 1, offset=start, language=language, publisher=source)
    finds, failed = _search(visit, asked) if query else (Finds((), 0), False)
    hits = finds.hits
    more = len(hits) > SIZE and start + SIZE < DEEPEST
    found = _found(visit, hits[:SIZE], query)
    path = links.search(visit.plan.key, q=query, source=source, language=language)
    following = links.search(visit.plan.key, q=query, source=source, language=language, **{"from": str(start + SIZE)})
    title = visit.t("Search")
    return SearchPage(
        frame=Frame(
            title=visit.t("Search: {query}", query=query) if query else title,
            description=visit.t("Search every article, in any language."),
            path=path,
            kind="search",
            feed=path if query else "",
            index=False,
        ),
        query=query,
        source=source,
        language=language,
        found=found,
        exact=finds.exact,
        sources=sorted(names.items(), key=lambda pair: pair[1].casefold()),
        languages=visit.known.languages,
        suggestions=() if found else _suggestions(visit),
        older=following if more else "",
        failed=failed,
    )


def _search(visit: Visit, asked: SearchQuery) -> tuple[Finds, bool]:
    languages = [asked.language] if asked.language else list(visit.plan.languages or (visit.plan.language,))
    try:
        found = find(visit.site.tools.search_index, visit.view, asked, languages, visit.known.display.bar)
    except StoreError:
        return Finds((), 0), True
    return found, False


def _start(text: str) -> int:
    return min(int(text), DEEPEST - SIZE) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _suggestions(visit: Visit) -> Sequence[Hashtag]:
    newest = reading.latest_ids(visit.view, visit.languages, None, _SAMPLE) if visit.languages else []
    own = visit.plan.language.split("-")[0]
    return hashtags.common(visit.view, newest, _SUGGESTIONS, own) if newest else []


def _found(visit: Visit, hits: Sequence[SearchHit], query: str) -> list[Found]:
    ids = [hit.id for hit in hits]
    whole = {article.id: article for article in articles.get_many(visit.view, ids)}
    wanted = {root(fold(word)) for word in words(query)}
    return [
        Found(card, mark(card.headline, wanted), mark(_snippet(visit, whole[card.id], card, wanted), wanted))
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
