"""This process alone: a piece of work is done when it is waited for."""

from collections.abc import Callable
from functools import partial

from octavo.ports.crew import Given, Result


class Alone:
    """Does everything itself."""

    def start(self, make: Callable[[], Callable[[Given], Result]]) -> Callable[[Given], Callable[[], Result]]:
        """Give a function that takes work; see the port."""
        do = make()
        return lambda piece: partial(do, piece)

    def close(self) -> None:
        """Nothing is kept."""
