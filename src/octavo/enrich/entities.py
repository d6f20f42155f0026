"""People, places and organisations a text names, found by rules that hold in many languages.

Where a script has capitals a name is a run of capitalised words; a word that opens a sentence counts only with other
evidence. Elsewhere names are found by what stands beside them: a title before a person, the kind of body before an
organisation, quotation marks, and what the publisher itself put among its keywords. Places come from the gazetteer.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from octavo.domain.enrichment import EntityKind, Mention
from octavo.enrich.caseless import caseless_spans
from octavo.enrich.gazetteer import Gazetteer, Place, gazetteer
from octavo.enrich.kinds import bare, kinds, strip_titles
from octavo.enrich.lexicon import Lexicon, lexicon
from octavo.enrich.names import cased, name_spans
from octavo.enrich.words import Word, fold


@dataclass(frozen=True, slots=True)
class Named:
    """One find before names are settled: words first..last (inclusive), and what is known of its kind."""

    first: int
    last: int
    name: str
    kind: EntityKind | None
    place: Place | None = None


def find_mentions(text: str, found: Sequence[Word], language: str, keywords: Sequence[str] = ()) -> tuple[Mention, ...]:
    """Name who and what a text mentions, in order; a person's later surname alone is given the full name."""
    known = lexicon(language)
    places = _places(found, language, known)
    taken = {index for named in places for index in range(named.first, named.last + 1)}
    if cased(text):
        names = [strip_titles(text, found, span, known) for span in name_spans(found, language, known)]
        told = kinds(found, names, known, language)
        others = [Named(name.first, name.last, name.shown, kind) for name, kind in zip(names, told, strict=True)]
    else:
        others = [
            Named(span.first, span.last, text[found[span.first].start : found[span.last].end], span.kind)
            for span in caseless_spans(text, found, language, known, keywords)
        ]
    ends = {named.last for named in places}
    kept = [named for named in others if not _inside(named, taken) and not _opens_before_a_place(found, named, ends)]
    covered = {index for named in kept for index in range(named.first, named.last + 1)}
    kept += [named for named in places if not _inside_longer(named, covered)]
    return _settle(found, sorted(kept, key=lambda named: named.first))


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


def _inside_longer(named: Named, covered: set[int]) -> bool:
    return any(index in covered for index in range(named.first, named.last + 1))


def _places(found: Sequence[Word], language: str, known: Lexicon) -> list[Named]:
    names = gazetteer(language)
    keys = [bare(word) for word in found]
    result = []
    index = 0
    while index < len(found):
        if _may_begin(found[index]) and names.may_begin(keys[index], known.places):
            named = _place_at(found, keys, index, names, known)
            if named:
                result.append(named)
                index = named.last
        index += 1
    return result


def _may_begin(word: Word) -> bool:
    """Refuse a lower-case word where the script has capitals: no name of a place begins with it ("us", "turkey")."""
    head = word.text[0]
    return head.isupper() or head.lower() == head.upper()


def _place_at(found: Sequence[Word], keys: Sequence[str], index: int, names: Gazetteer, known: Lexicon) -> Named | None:
    """Find the longest name of a place that begins with this word."""
    spaceless = names.spaceless()
    end = index + 1
    while end < min(len(found), index + names.longest) and (spaceless or found[end].joined):
        end += 1
    joint = "" if spaceless else " "
    for last in range(end - 1, index - 1, -1):
        key = joint.join(keys[index : last + 1])
        place = names.find(key) or names.by_code(known.places.get(key, ""), key)
        if place and _is_name(found[index], key, names.ambiguous(key), last - index + 1):
            return Named(index, last, place.name, EntityKind.PLACE, place)
    return None


def _is_name(word: Word, key: str, ambiguous: bool, length: int) -> bool:
    """Refuse short names that are not all capitals ("Us"), and doubtful ones opening a sentence."""
    head = word.text[0]
    if head.lower() == head.upper():
        return True
    if len(key) <= 3 and not word.text.isupper():
        return False
    return not (ambiguous and word.starts and length == 1)


def _settle(found: Sequence[Word], kept: Sequence[Named]) -> tuple[Mention, ...]:
    """Give later short forms the full name they stand for, and what is still unknown the kind OTHER."""
    full: dict[str, Named] = {}
    for named in kept:
        if named.kind is EntityKind.PERSON and named.last > named.first:
            full.setdefault(fold(found[named.last].text).removesuffix("'s").removesuffix("’s"), named)
    mentions = []
    spelt: dict[str, str] = {}
    for named in kept:
        if not named.name.isupper():
            spelt.setdefault(fold(named.name), named.name)
    for named in kept:
        owner = full.get(fold(named.name)) if named.first == named.last and named.place is None else None
        start, end = found[named.first].start, found[named.last].end
        source = owner or named
        mentions.append(
            Mention(
                " ".join(spelt.get(fold(source.name), source.name).split()), source.kind or EntityKind.OTHER, start, end
            )
        )
    return _without_genitive(mentions)


def _without_genitive(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Give "Stines" and "Klöckners" the name they are the genitive of, where the text has that too."""
    kinds_of = {mention.name: mention.kind for mention in mentions}
    settled = []
    for mention in mentions:
        base = mention.name[:-1] if mention.name.endswith("s") and len(mention.name) > 4 else ""
        kind = kinds_of.get(base)
        settled.append(replace(mention, name=base, kind=kind) if kind else mention)
    return tuple(settled)
