"""What a reader's question asks the index for: names of publishers, hashtags, places and sections become facets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from octavo.domain import facets
from octavo.enrich.hashtags import make_tag
from octavo.ports.search_index import SearchQuery
from octavo.relate.query import SINCE, UNTIL, Part, Question, newest_first, span
from octavo.serve import languages
from octavo.serve.visit import Visit
from octavo.store import hashtags, vocabulary
from octavo.text.folding import fold, split

_MOST = 24
_NOBODY = "nothing/"
"""What no article is: asked for where editors hide all that a name stands for."""

_LETTERS = 2


def ask(visit: Visit, question: Question) -> SearchQuery:
    """Turn a question into what the index understands. A name nobody knows stays as it is, and finds nothing."""
    needed: list[tuple[str, ...]] = []
    refused: list[str] = []
    for part in question.parts:
        groups = facets_of(visit, part)
        if part.wanted:
            needed += groups
        else:
            refused += [one for group in groups[-1:] for one in group]
    moments = {kind: _moments(visit, question.of(kind)) for kind in (SINCE, UNTIL)}
    return SearchQuery(
        question.text,
        either=question.either,
        without=question.without,
        facets=tuple(needed),
        without_facets=tuple(refused),
        since=max(moments[SINCE], default=None),
        until=min(moments[UNTIL]) - timedelta(seconds=1) if moments[UNTIL] else None,
        newest=newest_first(question),
    )


def _moments(visit: Visit, parts: Sequence[Part]) -> list[datetime]:
    moments = [span(one, visit.here.now, visit.here.zone) for one in parts]
    return [one for one in moments if one is not None]


def facets_of(visit: Visit, part: Part) -> list[tuple[str, ...]]:
    """Give the facets a part stands for, as groups of which each must be met; none for words and dates."""
    if part.kind == "by":
        whole = [facets.author(value) for value in part.values]
        # Of several authors the last word of each name is looked for, of one every word.
        return [tuple(words[-1] for words in whole if words)] if len(whole) > 1 else [(one,) for one in whole[0]]
    if part.kind == "has":
        return [(facets.PICTURE,)]
    find = _FINDERS.get(part.kind)
    if find is None:
        return []
    found = [one for value in part.values for one in find(visit, value)]
    return [tuple(dict.fromkeys(found))[:_MOST] or (_NOBODY,)]


def _sources(visit: Visit, value: str) -> Iterable[str]:
    return [facets.publisher(key) for key in sources(visit.known.names, value)] or [facets.publisher(value)]


def sources(names: Sequence[tuple[str, str]], value: str) -> list[str]:
    """Find publishers by key or name: exactly, else those whose name has words that begin so."""
    wanted = " ".join(split(value))
    exact = [key for key, name in names if value in (key, name) or " ".join(split(name)) == wanted]
    if exact or not wanted:
        return exact
    return [key for key, name in names if begins(wanted, name) or fold(key).startswith(wanted)]


def begins(wanted: str, name: str) -> bool:
    """Say whether folded words begin at a word of a name."""
    return f" {wanted}" in f" {' '.join(split(name))}"


def _tags(visit: Visit, value: str) -> Iterable[str]:
    tags = {make_tag(value) or value}
    tags |= {one.key for one in vocabulary.exactly(visit.view, " ".join(split(value)), ["tag"])}
    rules = hashtags.rules(visit.view)
    folded = {fold(tag) for tag in tags}
    shown = {into for tag, into in rules.into.items() if fold(tag) in folded} | tags
    spelt = {one for tag in shown for one in rules.spellings(tag)} | shown
    return sorted({facets.hashtag(one) for one in spelt if not rules.hidden(one)})


def _places(visit: Visit, value: str) -> Iterable[str]:
    found = [facets.place(one.key) for one in vocabulary.exactly(visit.view, " ".join(split(value)), ["place"])]
    code = value.upper() if len(value) == _LETTERS and value.isascii() else value
    return [*found, facets.place(code)]


def _sections(visit: Visit, value: str) -> Iterable[str]:
    wanted = " ".join(split(value))
    titles = [(one.topic, " ".join(split(one.title))) for one in visit.plan.sections if one.topic]
    exact = [topic for topic, title in titles if value == topic or title == wanted]
    begun = [topic for topic, title in titles if wanted and begins(wanted, title)]
    return [facets.topic(topic) for topic in exact or begun or [value]]


def _languages(visit: Visit, value: str) -> Iterable[str]:
    wanted = fold(value)
    for tag in visit.known.languages:
        called = (visit.here.language.language_name(tag), languages.own_name(tag))
        if any(fold(name) == wanted for name in called):
            return [facets.language(tag)]
    return [facets.language(value)]


_FINDERS: Mapping[str, Callable[[Visit, str], Iterable[str]]] = {
    "source": _sources,
    "tag": _tags,
    "place": _places,
    "section": _sections,
    "language": _languages,
}
