"""Turns at hosts, kept in the database: all processes of an instance, on all its machines, take them by one table."""

import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from octavo.ports.database import Database
from octavo.ports.host_turns import Turns
from octavo.store import host_turns


class KeptTurns:
    """Turns of one process; the name it takes them under is its own, and new with each start."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._holder = secrets.token_hex(8)

    def take(self, hosts: Collection[str], for_s: float) -> Turns:
        """Take or keep hosts; see the port."""
        now = self._now()
        with self._database.transaction() as tx:
            refused, wanted = host_turns.take(tx, hosts, self._holder, now, now + timedelta(seconds=for_s))
        waits = {host: max(0.0, (free_at - now).total_seconds()) for host, free_at in refused.items()}
        return Turns(waits, frozenset(wanted))

    def give_back(self, hosts: Mapping[str, float]) -> None:
        """Let go of hosts; see the port."""
        now = self._now()
        with self._database.transaction() as tx:
            host_turns.give_back(tx, self._holder, {host: now + timedelta(seconds=s) for host, s in hosts.items()})
