"""Tracer: where the time of a page or a job goes, for whoever looks at traces (OpenTelemetry's word for it).

A span is a piece of work with a name, what is told of it, and the spans within. Nothing told ever holds anything of a
reader: routes, kinds and codes alone, as with the meter's labels.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Span(Protocol):
    """A piece of work that is being done."""

    def call(self, name: str) -> None:
        """Name it, where its name is known only later."""
        ...

    def tell(self, **facts: str | int) -> None:
        """Say something of it."""
        ...


class Tracer(Protocol):
    """Takes spans down. Safe to use from many threads; never raises, and never waits for whoever takes them."""

    def span(self, name: str, **facts: str | int) -> AbstractContextManager[Span]:
        """Do something as a span: within the one that is open here, if any. An exception marks it as failed."""
        ...

    def close(self) -> None:
        """Send what was not sent yet, for some seconds at most."""
        ...


class NoSpan:
    """A span nobody takes down."""

    def call(self, name: str) -> None:
        """Forget it."""

    def tell(self, **facts: str | int) -> None:
        """Forget it."""


_NOBODY = NoSpan()


class NoTracer:
    """For instances without traces."""

    @contextmanager
    def span(self, name: str, **facts: str | int) -> Iterator[Span]:
        """Take nothing down."""
        yield _NOBODY

    def close(self) -> None:
        """Nothing is open."""
