"""What turns at hosts cost a lone process on SQLite: 10,000 hosts in rounds of 200, as the worker polls feeds.

python bench/turns.py
"""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from octavo.actions.turns import KeptTurns
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.store import migrations_path

HOSTS, ROUND, GIVEN_BACK = 10_000, 200, 64


def main() -> None:
    """Take and give back, twice: the second time the hosts are known."""
    with tempfile.TemporaryDirectory() as folder:
        database = SqliteDatabase(Path(folder) / "octavo.sqlite", migrations_path())
        database.migrate()
        turns = KeptTurns(database, lambda: datetime.now(UTC))
        for told in ("new", "known"):
            begun = time.process_time()
            transactions = sum(one_round(turns, first) for first in range(0, HOSTS, ROUND))
            took = time.process_time() - begun
            print(f"{told}: {took / HOSTS * 1e6:.0f} µs of processor a host, {transactions} transactions")
        database.close()


def one_round(turns: KeptTurns, first: int) -> int:
    """Take the turns of one round, and give them back as a fetcher does; gives how many transactions that were."""
    hosts = [f"h{number}.example:443" for number in range(first, first + ROUND)]
    turns.take(hosts, 40)
    parts = [hosts[at : at + GIVEN_BACK] for at in range(0, ROUND, GIVEN_BACK)]
    for part in parts:
        turns.give_back(dict.fromkeys(part, 0.0))
    return 1 + len(parts)


if __name__ == "__main__":
    main()
