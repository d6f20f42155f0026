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
            begun, transactions = time.process_time(), 0
            for first in range(0, HOSTS, ROUND):
                hosts = [f"h{number}.example:443" for number in range(first, first + ROUND)]
                turns.take(hosts, 40)
                for at in range(0, ROUND, GIVEN_BACK):
                    turns.give_back(dict.fromkeys(hosts[at : at + GIVEN_BACK], 0.0))
                    transactions += 1
                transactions += 1
            took = time.process_time() - begun
            print(f"{told}: {took / HOSTS * 1e6:.0f} µs of processor a host, {transactions} transactions")
        database.close()


if __name__ == "__main__":
    main()
