"""People, places and organisations a text names, found by rules that hold in many languages.

Where a script has capitals a name is a run of capitalised words; a word that opens a sentence counts only with other
evidence. Elsewhere names are found by what stands beside them: a title before a person, the kind of body before an
organisation, quotation marks, and what the publisher itself put among its keywords. Places come from the gazetteer, the
bodies and people often in the news from tables.
"""

from collections import Counter
from collections.abc import Sequence

from octavo.domain.enrichment import Mention
from octavo.domain.entity import EntityKind
from octavo.enrich.bodies import bodies, body_phrases, demonyms
from octavo.enrich.caseless import caseless_spans
from octavo.enrich.gazetteer import gazetteer
from octavo.enrich.kinds import bare, kinds, strip_titles
from octavo.enrich.lexicon import Lexicon, lexicon
from octavo.enrich.names import cased, name_spans
from octavo.enrich.people import people
from octavo.enrich.places import find_places
from octavo.enrich.settling import Named, settled
from octavo.enrich.words import Word

_ZONES = frozenset(
    "UTC GMT WET CET CEST EET EEST MSK BST IST JST KST EST EDT CST CDT MST MDT PST PDT AEST AEDT".split()
)
"""What hours are given in: capitals that name nobody."""


def find_mentions(
    text: str, found: Sequence[Word], language: str, keywords: Sequence[str] = (), country: str = ""
) -> tuple[Mention, ...]:
    """Name who and what a text mentions, in order; a person's later surname alone is given the full name.

    `country` is where the publisher is, for places that share a name.
    """
    known = lexicon(language)
    listed = _listed(text, found, language)
    covered = _covered(listed)
    others = [named for named in _others(text, found, language, known, keywords) if not _touches(named, covered)]
    persons = {bare(word) for named in others if named.kind is EntityKind.PERSON for word in _words(found, named)}
    places = [named for named in find_places(found, language, known, persons, country) if not _touches(named, covered)]
    taken = _covered(places)
    ends = {named.last for named in places}
    kept = [named for named in others if not _inside(named, taken) and not _opens_before_a_place(found, named, ends)]
    names = _covered(kept)
    kept += [named for named in places if not _touches(named, names)]
    kept = _with_countries(text, found, kept, _covered(listed), language)
    kept += _lone_people(found, _covered([*kept, *listed]))
    return settled(found, sorted([*kept, *listed], key=lambda named: named.first), language)


def _others(text: str, found: Sequence[Word], language: str, known: Lexicon, keywords: Sequence[str]) -> list[Named]:
    """Find the names no table has."""
    if cased(text):
        capitals = [
            (first, last)
            for first, last in name_spans(found, language, known)
            if first < last or found[first].text not in _ZONES
        ]
        names = [strip_titles(text, found, span, known) for span in capitals]
        told = kinds(found, names, known, language)
        return [Named(name.first, name.last, name.shown, kind) for name, kind in zip(names, told, strict=True)]
    spans = caseless_spans(text, found, language, known, keywords)
    return [
        Named(span.first, span.last, text[found[span.first].start : found[span.last].end], span.kind) for span in spans
    ]


def _listed(text: str, found: Sequence[Word], language: str) -> list[Named]:
    """Find the bodies and people that the tables list."""
    named = []
    for one in body_phrases(language.split("-")[0]).find(text, found):
        kind, _, what = one.meaning.partition("/")
        if kind == "org":
            named.append(Named(one.first, one.last, bodies().names[what], EntityKind.ORGANISATION, key=one.meaning))
        else:
            key = f"person/{people().key_of(what)}"
            named.append(Named(one.first, one.last, what, EntityKind.PERSON, key=key))
    return named


def _with_countries(
    text: str, found: Sequence[Word], kept: Sequence[Named], covered: set[int], language: str
) -> list[Named]:
    """Read "Ukrainian" as a mention of Ukraine, where it is no part of a longer name."""
    book = demonyms(language.split("-")[0])
    if book is None:
        return list(kept)
    words = {one.first: one for one in book.find(text, found)}
    longer = covered | _covered([named for named in kept if not (named.first == named.last in words)])
    names = gazetteer(language)
    meant = [(one, names.country(one.meaning)) for one in words.values()]
    countries = [
        Named(one.first, one.last, place.name, EntityKind.PLACE, place)
        for one, place in meant
        if place and longer.isdisjoint(range(one.first, one.last + 1))
    ]
    taken = _covered(countries)
    return [*(named for named in kept if not _touches(named, taken)), *countries]


def _lone_people(found: Sequence[Word], covered: set[int]) -> list[Named]:
    """Find the family names that mean one person everywhere, in words no other name has."""
    by_family = people().by_family
    return [
        Named(index, index, bare(word), None)
        for index, word in enumerate(found)
        if index not in covered and not word.text[0].islower() and len(word.key) > 3 and by_family(bare(word))
    ]


def _words(found: Sequence[Word], named: Named) -> Sequence[Word]:
    return found[named.first : named.last + 1] if named.last > named.first else ()


def _covered(listed: Sequence[Named]) -> set[int]:
    return {index for named in listed for index in range(named.first, named.last + 1)}


def ranked_names(mentions: Sequence[Mention]) -> tuple[tuple[str, str], ...]:
    """List each entity once as (kind, name), the most mentioned and earliest first."""
    count = Counter((mention.kind.value, mention.name) for mention in mentions)
    first: dict[tuple[str, str], int] = {}
    for mention in mentions:
        first.setdefault((mention.kind.value, mention.name), mention.start)
    return tuple(sorted(count, key=lambda name: (-count[name] / (1 + first[name] / 600), first[name], name)))


def _opens_before_a_place(found: Sequence[Word], named: Named, ends: set[int]) -> bool:
    """Say whether a "name" is the first word of a sentence and the place after it."""
    return named.last - named.first == 1 and found[named.first].starts and named.last in ends


def _inside(named: Named, taken: set[int]) -> bool:
    """Say whether every word of a name is already part of a place."""
    return all(index in taken for index in range(named.first, named.last + 1))


def _touches(named: Named, covered: set[int]) -> bool:
    return any(index in covered for index in range(named.first, named.last + 1))
