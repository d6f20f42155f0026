"""Pusher: sealed messages to browsers, by way of their push services (RFC 8030)."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from octavo.domain.push import Message, Sent, ServerKeys


class Pusher(Protocol):
    """Seals messages so that only the browser can read them, and hands them to its push service. The addresses come
    from readers: public ones alone are asked, over https. Safe to use from many threads."""

    def make_keys(self) -> ServerKeys:
        """Make a new pair of keys to speak for this instance with."""
        ...

    def takes(self, endpoint: str) -> bool:
        """Tell whether messages may be sent to this address at all, as far as that shows without asking it."""
        ...

    def send(self, messages: Iterable[Message], keys: Iterable[ServerKeys]) -> Iterator[tuple[Message, Sent]]:
        """Send messages side by side; yields each with what came of it. `keys` are all pairs in use; a subscription
        made with none of them is gone."""
        ...

    def close(self) -> None:
        """Let go of every connection."""
        ...
