"""Notifications that go nowhere and are remembered: tests."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from octavo.config import Settings
from octavo.domain.push import Message, Sent, ServerKeys


class RecordedPusher:
    """Pusher that answers from a table of endpoints; `sent` lists what was sent, in order. Its keys are none."""

    def __init__(self, settings: Settings | None = None, now: Callable[[], datetime] | None = None) -> None:
        self.answers: dict[str, Sent] = {}
        self.sent: list[Message] = []
        self._made = 0

    def make_keys(self) -> ServerKeys:
        """Count keys."""
        self._made += 1
        return ServerKeys(f"public-{self._made}", f"private-{self._made}")

    def takes(self, endpoint: str) -> bool:
        """Take any https address."""
        return endpoint.startswith("https://")

    def send(self, messages: Iterable[Message], keys: Iterable[ServerKeys]) -> Iterator[tuple[Message, Sent]]:
        """Remember each message; an endpoint without an answer takes everything."""
        known = {one.public for one in keys}
        for one in messages:
            if one.subscription.server_key not in known:
                yield one, Sent("gone", "its key is no longer in use")
                continue
            self.sent.append(one)
            yield one, self.answers.get(one.subscription.endpoint, Sent("taken"))

    def close(self) -> None:
        """Nothing is open."""
