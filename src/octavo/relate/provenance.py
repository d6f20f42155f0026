"""Who reported it first-hand, and who carries another's text: a story's independent reports, with the evidence."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from octavo.domain.ids import ArticleId
from octavo.domain.provenance import Carrier, Evidence, Provenance, Sign, Voice
from octavo.domain.relation import Candidate
from octavo.domain.telling import Telling
from octavo.relate.agency import Extent
from octavo.relate.duplicates import groups
from octavo.relate.texts import Reading, Shared, read_telling, same_sentences, shared_text

MOST = 200
"""Tellings of a story that are compared with each other; of more, the first in time."""

REWORKED = 0.8
"""Share of its text in common from which an outlet that signs an agency's report has added nothing of its own."""


@dataclass(frozen=True, slots=True)
class Report:
    """One independent voice: the article that speaks for it, those that only repeat it, and why they count as one.

    `why` holds "agency:NAME", "owner:NAME", "copy" or "publisher" for each way members were joined.
    """

    head: ArticleId
    members: tuple[ArticleId, ...]
    why: tuple[str, ...] = ()


def independent_reports(members: Sequence[Candidate]) -> tuple[Report, ...]:
    """Count each agency's text once however many carry it, each copy once, and publishers of one owner once."""
    parts = groups(members)
    joined = list(range(len(parts)))
    reasons: list[set[str]] = [{"copy"} if len(part) > 1 else set() for part in parts]
    holders: dict[str, int] = {}
    for index, part in enumerate(parts):
        for reason in sorted({reason for member in part for reason in _voices(member)}):
            home = _root(joined, holders.setdefault(reason, index))
            mine = _root(joined, index)
            if home != mine:
                joined[mine] = home
                reasons[home] |= reasons[mine] | {reason.split("/")[0] if reason.startswith("publisher") else reason}
    result: dict[int, list[Candidate]] = {}
    for index, part in enumerate(parts):
        result.setdefault(_root(joined, index), []).extend(part)
    return tuple(_report(found, reasons[root]) for root, found in result.items())


def count_publishers(members: Sequence[Candidate]) -> int:
    """Count the outlets."""
    return len({member.publisher_id for member in members})


def _voices(member: Candidate) -> list[str]:
    """Name what makes two articles one voice: the agency both carry, else the owner or the publisher."""
    if member.source:
        return [f"agency:{member.source.lower()}"]
    return [f"owner:{member.owner.lower()}"] if member.owner else [f"publisher/{member.publisher_id}"]


def _root(joined: list[int], index: int) -> int:
    while joined[index] != index:
        index = joined[index]
    return index


def _report(found: Sequence[Candidate], why: set[str]) -> Report:
    ordered = sorted(found, key=lambda one: (bool(one.source), one.at, one.id))
    return Report(ordered[0].id, tuple(one.id for one in ordered), tuple(sorted(why)))


def provenance(tellings: Sequence[Telling]) -> Provenance:
    """Say whose reporting a story rests on.

    Texts that are the same are gathered around the first of them, and never by way of a third; a gathering is the
    agency's that any of it credits, else the owner's or the outlet's whose article came first. An outlet that signs a
    report with an agency's text in it speaks for itself, unless hardly a word of it is its own.
    """
    read = [read_telling(one) for one in sorted(tellings, key=_in_time)[:MOST]]
    gathered: dict[tuple[str, str], list[tuple[Reading, Shared | None]]] = defaultdict(list)
    for group in _gather(read):
        home = _home(group)
        for reading, shared in group:
            alone = _speaks_for_itself(reading, shared) if home[0] == "agency" else False
            gathered[_outlet(reading.telling) if alone else home].append((reading, shared))
    said = {key: _voice(key, members) for key, members in gathered.items()}
    shown = _with_sentences(tuple(said.values()), read)
    ordered = sorted(shown, key=lambda voice: (-voice.outlets, -len(voice.carriers), voice.head))
    outlets = len({one.publisher_id for one in tellings})
    return Provenance(outlets, tuple(ordered), next((one.telling.id for one in read if one.telling.dated), None))


def _in_time(telling: Telling) -> tuple[bool, float, int]:
    """Put those whose time is known first, by time: what is undated is never taken for the first."""
    return (not telling.dated, telling.at.timestamp(), int(telling.id))


def _gather(read: Sequence[Reading]) -> list[list[tuple[Reading, Shared | None]]]:
    """Gather texts around their heads: an agency's own page first, then by time."""
    found: list[list[tuple[Reading, Shared | None]]] = []
    for reading in sorted(read, key=lambda one: not one.publishes_itself):
        homes = ((group, shared_text(group[0][0], reading)) for group in found)
        home = max(((group, shared) for group, shared in homes if shared), key=lambda one: one[1].share, default=None)
        if home is None:
            found.append([(reading, None)])
        else:
            home[0].append((reading, home[1]))
    return found


def _home(group: Sequence[tuple[Reading, Shared | None]]) -> tuple[str, str]:
    """Name whose text a group is: (kind, name)."""
    credited = Counter(
        one.agency.casefold() for reading, _ in group for one in reading.credits if one.extent is Extent.WHOLE
    )
    parts = Counter(
        one.agency.casefold()
        for reading, shared in group
        for one in reading.credits
        if one.extent is Extent.PART and one.agency and (shared or not reading.own_author)
    )
    named = (credited or parts).most_common(1)
    return ("agency", named[0][0]) if named else _outlet(group[0][0].telling)


def _outlet(telling: Telling) -> tuple[str, str]:
    return ("owner", telling.owner.casefold()) if telling.owner else ("publisher", str(telling.publisher_id))


def _speaks_for_itself(reading: Reading, shared: Shared | None) -> bool:
    """Tell own reporting with an agency's text in it from the agency's text alone."""
    if not reading.own_author or any(one.extent is Extent.WHOLE for one in reading.credits):
        return False
    return bool(reading.credits) and (shared is None or shared.share < REWORKED)


def _voice(key: tuple[str, str], members: Sequence[tuple[Reading, Shared | None]]) -> Voice:
    kind, name = key
    ordered = sorted(members, key=lambda one: (not one[0].publishes_itself, bool(one[1]), _in_time(one[0].telling)))
    head = ordered[0][0].telling
    carriers = tuple(_carrier(reading, shared, head, key) for reading, shared in ordered)
    publishers = {reading.telling.publisher_id for reading, _ in ordered if _outlet(reading.telling) == key}
    shared_owner = kind == "owner" and len(publishers) > 1
    return Voice(
        _agency(name, ordered) if kind == "agency" else head.owner if shared_owner else head.publisher,
        carriers,
        agency=kind == "agency",
        owner=shared_owner,
    )


def _agency(name: str, members: Sequence[tuple[Reading, Shared | None]]) -> str:
    """Write an agency's name as the first that credits it does."""
    credited = (one.agency for reading, _ in members for one in reading.credits)
    return next(agency for agency in credited if agency.casefold() == name)


def _carrier(reading: Reading, shared: Shared | None, head: Telling, key: tuple[str, str]) -> Carrier:
    telling = reading.telling
    evidence = [
        Evidence(Sign.LINE if one.passage else Sign.SOURCE, one.agency, passages=(one.passage,) if one.passage else ())
        for one in reading.credits
    ]
    if shared:
        evidence.append(Evidence(Sign.COPY, shared.publisher, shared.other_id, round(shared.share, 2)))
    elif key[0] != "agency" and telling.id != head.id:
        same = telling.publisher_id == head.publisher_id
        name = telling.publisher if same else telling.owner
        evidence.append(Evidence(Sign.PUBLISHER if same else Sign.OWNER, name, head.id))
    return Carrier(
        telling.id,
        telling.publisher_id,
        telling.publisher,
        tuple(evidence),
        mixed=key[0] != "agency" and bool(reading.credits),
        later=bool(shared and shared.later),
    )


def _with_sentences(voices: Sequence[Voice], read: Sequence[Reading]) -> list[Voice]:
    """Add to each article the sentences that stand word for word in an earlier one of another voice; they join none."""
    home = {one.article_id: number for number, voice in enumerate(voices) for one in voice.carriers}
    shown = same_sentences([one.telling for one in read], home)
    return [
        replace(
            voice,
            carriers=tuple(
                replace(one, evidence=(*one.evidence, *shown.get(one.article_id, ()))) for one in voice.carriers
            ),
        )
        for voice in voices
    ]
