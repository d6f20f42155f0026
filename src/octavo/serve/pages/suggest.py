"""What could be meant by what is being typed: hashtags, places, people, publishers and stories that begin so."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from octavo.relate.query import LONGEST, WORD, operator, unfinished
from octavo.serve import links
from octavo.serve.asking import begins
from octavo.serve.contexts import Frame, SuggestPage
from octavo.serve.searched import Offer
from octavo.serve.visit import Visit
from octavo.store import hashtags, reading, vocabulary
from octavo.store.vocabulary import Named
from octavo.text.folding import split, unspaced

_EACH = 4
_OF_ONE_KIND = 8
_STORIES = 300
"""Stories looked through: those that moved last."""

_SHORTEST = 2


def load(visit: Visit) -> SuggestPage:
    """Offer what fits the end of a question; nothing for one that has hardly begun."""
    line = visit.query.get("q", "")[:LONGEST]
    before, kind, value = unfinished(line)
    offers = _values(visit, before, kind, value) if kind != WORD else _words(visit, value)
    return SuggestPage(
        frame=Frame(
            title=visit.t("Search"),
            description=visit.t("Search every article, in any language."),
            path=f"/{visit.plan.key}/suggest",
            kind="suggest",
            index=False,
        ),
        offers=list(offers),
    )


def _values(visit: Visit, before: str, kind: str, value: str) -> Iterator[Offer]:
    """Offer the values of an operator: the question goes on with the one chosen."""
    wanted = " ".join(split(value))
    finders = {"tag": _tags, "place": _entities, "source": _sources, "section": _sections, "language": _languages}
    if kind not in finders:
        return
    for one, shown in islice(finders[kind](visit, wanted), _OF_ONE_KIND):
        line = f"{before} {operator(kind, one).written} ".lstrip()
        yield Offer(kind, shown, links.search(visit.plan.key, q=line))


def _tags(visit: Visit, wanted: str) -> Iterator[tuple[str, str]]:
    for one in _known_tags(visit, wanted, _OF_ONE_KIND):
        yield one[0], one[1]


def _entities(visit: Visit, wanted: str) -> Iterator[tuple[str, str]]:
    for one in vocabulary.starting(visit.view, wanted, ["place"], _OF_ONE_KIND):
        yield one.label, visit.here.place_name(one.key, one.label)


def _sources(visit: Visit, wanted: str) -> Iterator[tuple[str, str]]:
    for key, name in visit.known.names:
        if not wanted or begins(wanted, name):
            yield key, name


def _sections(visit: Visit, wanted: str) -> Iterator[tuple[str, str]]:
    for one in visit.plan.sections:
        if one.topic and (not wanted or begins(wanted, one.title)):
            yield one.title, one.title


def _languages(visit: Visit, wanted: str) -> Iterator[tuple[str, str]]:
    for tag in visit.known.languages:
        name = visit.here.language.language_name(tag)
        if not wanted or tag.startswith(wanted) or begins(wanted, name):
            yield tag, name


def _known_tags(visit: Visit, wanted: str, most: int) -> list[tuple[str, str]]:
    """Give (tag, label) as editors let them be seen, in the reader's language where it has a label."""
    rules = hashtags.rules(visit.view)
    found = vocabulary.starting(visit.view, wanted, ["tag"], most * 2)
    shown = list(dict.fromkeys(rules.canonical(one.key) for one in found if not rules.hidden(one.key)))[:most]
    labels = hashtags.labels(visit.view, shown, visit.plan.language.split("-")[0])
    return [(tag, labels.get(tag, tag)) for tag in shown]


def _words(visit: Visit, typed: str) -> Iterator[Offer]:
    """Offer pages: hashtags, places, people, publishers and stories."""
    folded = split(typed)
    wanted = "".join(folded) if folded and unspaced(folded[0]) else " ".join(folded)
    if len(wanted) < _SHORTEST and not unspaced(wanted):
        return
    key = visit.plan.key
    for tag, label in _known_tags(visit, wanted, _EACH):
        yield Offer("tag", label, links.hashtag(key, tag))
    for one in vocabulary.starting(visit.view, wanted, ["place"], _EACH):
        name = visit.here.place_name(one.key, one.label)
        yield Offer("place", name, links.place(key, one.key.removeprefix("place/")))
    for one in _once(vocabulary.starting(visit.view, wanted, ["person", "organisation"], _EACH)):
        yield Offer(one.kind, one.label, links.search(key, q=f'"{one.label}"'))
    for publisher, name in islice(_sources(visit, wanted), _EACH):
        yield Offer("source", name, links.source(key, publisher))
    yield from islice(_stories(visit, folded), _EACH)


def _once(found: Iterable[Named]) -> list[Named]:
    return list({one.label: one for one in found}.values())


def _stories(visit: Visit, wanted: Sequence[str]) -> Iterator[Offer]:
    """Find stories whose headline has every word typed, as the beginning of one of its own."""
    for story, headline, _ in reading.widely_reported(visit.view, _STORIES):
        words = split(headline)
        if all(any(word.startswith(one) for word in words) for one in wanted):
            yield Offer("story", headline, links.story(visit.plan.key, story, headline))
