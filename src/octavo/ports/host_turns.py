"""HostTurns: which process of an instance may ask a host now; the others wait until it is done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Turns:
    """What became of the wish to ask hosts: all are given but the `refused`, with the seconds until to wish again.

    `wanted` are those given that another process waits for: they should be let go of soon.
    """

    refused: Mapping[str, float] = field(default_factory=dict)
    wanted: frozenset[str] = frozenset()


class HostTurns(Protocol):
    """Turns at hosts, for all processes of an instance on all its machines. Safe to use from many threads."""

    def take(self, hosts: Collection[str], for_s: float) -> Turns:
        """Take these hosts for so many seconds, or keep those one has for as much longer; whoever dies loses them then.

        Raises StoreBusy and StoreError.
        """
        ...

    def give_back(self, hosts: Mapping[str, float]) -> None:
        """Let go of hosts; each may be asked again, by whomever, in so many seconds. Raises StoreBusy, StoreError."""
        ...


class NobodyElse:
    """For a process that is alone: every turn is its own."""

    def take(self, hosts: Collection[str], for_s: float) -> Turns:
        """Give all."""
        return Turns()

    def give_back(self, hosts: Mapping[str, float]) -> None:
        """Nobody waits."""
