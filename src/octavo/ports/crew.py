"""Crew: pure work done elsewhere, in this process or on many machines."""

from collections.abc import Callable
from typing import Protocol, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")


class Crew(Protocol):
    """Does work that needs nothing but what it is handed: values in, values out, as often as it takes."""

    def start(self, make: Callable[[], Callable[[Given], Result]]) -> Callable[[Given], Callable[[], Result]]:
        """Give a function that hands one piece of work over, and gives a function that waits for what comes of it.

        `make` is called once in each process that works, and what it gives is called for every piece; both it and the
        pieces can be sent to another machine. A piece whose process or machine is lost is done again elsewhere. What
        the work raises is raised by waiting, as is CrewFailed.
        """
        ...

    def close(self) -> None:
        """Let go of the processes; what is not done is dropped."""
        ...
