"""Measure speed: every bench that compares Octavo with named peers in one run, or those named.

python bench/run.py [NAME ...] [--shared PATH] [--rounds N]

A bench listed here is a module beside this one with `measure(shared, rounds)`, which prints its table. The others
(jobs, ingest, imported) start servers or fill disks and are run by hand; each says how at its top.
"""

import argparse
import importlib
import os
import sys
from pathlib import Path

BENCHES = ("extraction", "feeds", "serving")
ON_PAGES = frozenset({"extraction", "feeds"})
"""Those that need the data sets."""

ROUNDS = 5


def main() -> int:
    """Run the benches; 2 when the pages to measure on are not there."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", metavar="NAME", help=f"which ({', '.join(BENCHES)}); all when none")
    options.add_argument("--shared", type=Path, default=Path(os.environ.get("OCTAVO_SHARED", "../shared")))
    options.add_argument("--rounds", type=int, default=ROUNDS)
    given = options.parse_args()
    unknown = sorted(set(given.names) - set(BENCHES))
    if unknown:
        options.error(f"there is no bench {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    names = given.names or BENCHES
    if ON_PAGES & set(names) and not (given.shared / "data").exists():
        print(f"The data sets are not at {given.shared}: set OCTAVO_SHARED to the folder that holds them.")
        return 2
    for name in names:
        importlib.import_module(name).measure(given.shared, given.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
