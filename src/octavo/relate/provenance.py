"""Who reported it first-hand, and who carries another's copy: the count of independent reports, with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.domain.ids import ArticleId
from octavo.domain.relation import Candidate
from octavo.relate.duplicates import groups


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
