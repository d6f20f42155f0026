"""Finds of one text brought to identities: short forms to full names, spellings to one, each with its key."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from octavo.domain.enrichment import Mention
from octavo.domain.entity import EntityKind
from octavo.enrich.bodies import bodies
from octavo.enrich.gazetteer import Place
from octavo.enrich.people import people, plain
from octavo.enrich.words import Word, fold
from octavo.text.scripts import consonants

_LEAST_HEARD = 3
"""Consonants a lone family name must share with a full name's to be taken for it."""


@dataclass(frozen=True, slots=True)
class Named:
    """One find before names are settled: words first..last (inclusive), and what is known of it."""

    first: int
    last: int
    name: str
    kind: EntityKind | None
    place: Place | None = None
    key: str = ""


def settled(found: Sequence[Word], kept: Sequence[Named], language: str) -> tuple[Mention, ...]:
    """Give later short forms the full name they stand for, and what is still unknown the kind OTHER."""
    keyed = [_keyed(named, language) for named in _spelt_alike(_without_genitive(kept))]
    families = _families(found, keyed, language)
    linked = [_linked(named, families, language) for named in keyed]
    shown = _shown(linked)
    return tuple(
        Mention(
            shown.get(named.key, named.name),
            named.kind or EntityKind.OTHER,
            found[named.first].start,
            found[named.last].end,
            named.key,
        )
        for named in linked
    )


def _spelt_alike(kept: Sequence[Named]) -> list[Named]:
    """Write a name set in capitals as it is written elsewhere in the text."""
    spelt: dict[str, str] = {}
    for named in kept:
        if not named.name.isupper():
            spelt.setdefault(fold(named.name), named.name)
    return [replace(named, name=" ".join(spelt.get(fold(named.name), named.name).split())) for named in kept]


def _without_genitive(kept: Sequence[Named]) -> list[Named]:
    """Give "Stines" and "Klöckners" the name they are the genitive of, where the text has that too."""
    kinds_of = {named.name: named.kind for named in kept}
    result = []
    for named in kept:
        base = named.name[:-1] if named.name.endswith("s") and len(named.name) > 4 else ""
        result.append(replace(named, name=base, kind=kinds_of[base]) if base in kinds_of else named)
    return result


def _keyed(named: Named, language: str) -> Named:
    """Give a find its key: a place's and a body's from their tables, a full name's by how it sounds."""
    if named.place:
        return replace(named, key=f"place/{named.place.key}")
    if named.key:
        return named
    body = bodies().find(named.name, language.split("-")[0]) if named.kind is not EntityKind.PERSON else ""
    if body:
        return replace(named, name=bodies().names[body], kind=EntityKind.ORGANISATION, key=f"org/{body}")
    if named.kind is EntityKind.ORGANISATION:
        return replace(named, key=f"org/{plain(named.name)}")
    key, known = people().find(named.name, language)
    if known or (key and named.kind is EntityKind.PERSON and named.last > named.first):
        return replace(named, name=known or named.name, kind=EntityKind.PERSON, key=f"person/{key}")
    return replace(named, key=f"other/{plain(named.name)}")


def _families(found: Sequence[Word], keyed: Sequence[Named], language: str) -> dict[str, Named]:
    """Give the one person each family name means in this text, by its letters and by its sound."""
    meant: dict[str, Named] = {}
    twice: set[str] = set()
    full = [named for named in keyed if named.kind is EntityKind.PERSON and named.last > named.first]
    for named in full:
        last = fold(found[named.last].text).removesuffix("'s")
        heard = consonants(last, language)
        for form in {last, f"/{heard}"} if len(heard) >= _LEAST_HEARD else {last}:
            if meant.setdefault(form, named).key != named.key:
                twice.add(form)
    return {form: named for form, named in meant.items() if form not in twice}


def _linked(named: Named, families: dict[str, Named], language: str) -> Named:
    """Link a lone family name to the full one; one that nobody bears here to the person it means everywhere."""
    if named.first != named.last or named.place or named.kind not in (EntityKind.PERSON, None):
        return named
    if named.key.startswith("person/"):
        return named
    name = fold(named.name)
    owner = families.get(name) or families.get(f"/{consonants(name, language)}")
    if owner:
        return replace(named, name=owner.name, kind=EntityKind.PERSON, key=owner.key)
    known = people().by_family(name)
    if known:
        return replace(named, name=known, kind=EntityKind.PERSON, key=f"person/{people().key_of(known)}")
    if named.kind is EntityKind.PERSON:
        return replace(named, key=f"surname/{consonants(name, language) or name}")
    return named


def _shown(linked: Sequence[Named]) -> dict[str, str]:
    """Choose how to write each person: in full, the most frequent form; the shortest where names take endings."""
    forms: dict[str, Counter[str]] = {}
    for named in linked:
        if named.key.startswith("person/"):
            forms.setdefault(named.key, Counter())[named.name] += 1
    return {
        key: min(count, key=lambda name: (-len(name.split()), len(name) if _cyrillic(name) else -count[name], name))
        for key, count in forms.items()
    }


def _cyrillic(name: str) -> bool:
    return "\u0400" <= name[:1] <= "\u04ff"
