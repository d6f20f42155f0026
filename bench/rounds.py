"""Paired timing: every tool does the same work in turn, round after round, and only ratios within a round count."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence


def pair(tools: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Run each tool once to warm it, then `rounds` times in turn; CPU seconds by tool, one number a round.

    The order turns with every round, so that none always runs after the same other.
    """
    names = list(tools)
    for name in names:
        tools[name]()
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            gc.collect()
            begun = time.process_time()
            tools[name]()
            seconds[name].append(time.process_time() - begun)
    return seconds


def show(title: str, unit: str, count: int, seconds: Mapping[str, Sequence[float]]) -> None:
    """Print `unit` a CPU second for each tool and how many times the first is as fast: median and range of rounds."""
    names = list(seconds)
    ours = seconds[names[0]]
    print(f"{title}: {count} {unit}, {len(ours)} rounds, one process, CPU time")
    for name in names:
        ratios = [theirs / mine for theirs, mine in zip(seconds[name], ours, strict=True)]
        rate = count / statistics.median(seconds[name])
        told = f"{statistics.median(ratios):6.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        print(f"  {name:36}{rate:>9.1f} {unit} a second   {names[0]} is {told} times as fast")
