"""Run the evaluations and hold them to their floors.

python evals/run.py [NAME ...] [--accept] [--allow-regression] [--shared PATH]

Every evaluation is a module beside this one with `DATA`, the files and folders it reads below the shared folder, and
`measure(shared) -> {score name: value}`, in which more is better. floors.json pins each score and the SHA-256 of the
data it was measured on; datasets.lock names every file or folder with its own. Exit 1 below a floor, 2 without data.
"""

import argparse
import hashlib
import importlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
LOCK = HERE / "datasets.lock"
EVALUATIONS = (
    *("extraction", "articles", "boilerplate", "feeds", "hashtags", "names", "stories", "related", "sagas", "copies"),
    *("figures", "timeline", "quotations", "edits", "search", "ranking", "grounding"),
    *("summaries", "ask", "define", "addressed", "translation"),
)
DIGITS = 4
SLACK = 0.002  # sums of single precision differ a little from one processor to another


def digest(path: Path) -> str:
    """Hash a file, or a folder's names and files."""
    total = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            total.update(file.relative_to(path.parent).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def missing(shared: Path, names: Iterable[str]) -> list[str]:
    """List the data that the evaluations need and the folder lacks."""
    wanted = {path for name in names for path in importlib.import_module(name).DATA}
    return sorted(path for path in wanted if not (shared / path).exists())


def compare(scores: Mapping[str, float], pinned: Mapping[str, Any], data: str) -> list[tuple[str, str, str, str]]:
    """Set each score beside its floor: name, score, floor, verdict ("" when it holds)."""
    floors = pinned.get("scores", {})
    table = []
    for name in sorted({*scores, *floors}):
        score, floor = scores.get(name), floors.get(name)
        if score is None:
            verdict = "no longer measured"
        elif floor is None:
            verdict = "no floor yet"
        elif pinned.get("data") != data:
            verdict = "other data than the floor's"
        else:
            verdict = "BELOW THE FLOOR" if round(score, DIGITS) < floor - SLACK else ""
        table.append((name, _number(score), _number(floor), verdict))
    return table


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.{DIGITS}f}"


def accepted(scores: Mapping[str, float], pinned: Mapping[str, Any], *, lower: bool) -> dict[str, float]:
    """Give the floors to write: the scores now, and where they fell the old floor unless it may be lowered."""
    old = {} if lower else pinned.get("scores", {})
    return {name: max(round(score, DIGITS), old.get(name, 0.0)) for name, score in sorted(scores.items())}


def write(floors: Mapping[str, Any], shared: Path) -> None:
    """Write floors.json, and datasets.lock for what it was measured on."""
    FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=2) + "\n", encoding="utf-8")
    paths = sorted({path for name in floors for path in importlib.import_module(name).DATA})
    LOCK.write_text("".join(f"{digest(shared / path)}  {path}\n" for path in paths), encoding="utf-8")


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which ({', '.join(EVALUATIONS)}); all when none")
    parser.add_argument("--accept", action="store_true", help="write scores that rose as the new floors")
    parser.add_argument("--allow-regression", action="store_true", help="with --accept: lower floors too")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("OCTAVO_SHARED", "../shared")))
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.names) - set(EVALUATIONS))
    if unknown:
        parser.error(f"there is no evaluation {', '.join(unknown)}; there are {', '.join(EVALUATIONS)}")
    return chosen


def main() -> int:
    """Measure, compare, say."""
    chosen = options()
    names = chosen.names or list(EVALUATIONS)
    lacking = missing(chosen.shared, names)
    if lacking:
        print(
            f"The data sets are not at {chosen.shared} ({', '.join(lacking)} missing): set OCTAVO_SHARED to the folder "
            "that holds them; evals/README.md says what they are.",
            file=sys.stderr,
        )
        return 2
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    failed = False
    for name in names:
        module = importlib.import_module(name)
        data = hashlib.sha256("".join(digest(chosen.shared / path) for path in module.DATA).encode()).hexdigest()
        scores = module.measure(chosen.shared)
        table = compare(scores, pinned.get(name, {}), data)
        print(f"{name}\n  {'score':38}{'now':>9}{'floor':>9}")
        for row in table:
            print(f"  {row[0]:38}{row[1]:>9}{row[2]:>9}  {row[3]}".rstrip())
        failed |= any(row[3] not in ("", "no floor yet") for row in table)
        if chosen.accept:
            kept = accepted(scores, pinned.get(name, {}), lower=chosen.allow_regression)
            pinned[name] = {"data": data, "scores": kept}
    if chosen.accept:
        write(pinned, chosen.shared)
        failed = failed and not chosen.allow_regression
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
