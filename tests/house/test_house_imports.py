"""Imports go one way; the contracts in pyproject.toml hold, and each of them would notice a breach."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .tree import PACKAGE, ROOT

CONTRACTS = [
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
]

BREACHES = {
    "Imports go one way: down this list": {"store/planted.py": "import octavo.extract.dates_planted\n",
                                           "extract/dates_planted.py": ""},
    "Only app.py knows the adapters": {"pipeline/planted.py": "import octavo.adapters.registry\n"},
    "Domain and stages do no I/O": {"domain/planted.py": "import socket\n"},
    "Only the database adapters import a database driver": {"serve/planted.py": "import sqlite3\n"},
    "Only the guarded fetcher opens a connection to the web, and one module to the models the owner names": {
        "cli/planted.py": "import httpx\n"},
    "Work is handed to a cluster by one module": {"pipeline/planted_ray.py": "import ray\n"},
    "An engine of vectors is asked by one module": {"relate/planted.py": "import pymilvus\n"},
    "Mail leaves by one module and comes in by one": {"actions/planted.py": "import smtplib\n"},
    "No cycles anywhere": {"relate/planted_a.py": "import octavo.relate.planted_b\n",
                           "relate/planted_b.py": "import octavo.relate.planted_a\n"},
}  # fmt: skip
"""For each contract, files that break it."""


def lint(source: Path) -> str:
    """Run the contracts on a copy of the project; gives what was printed."""
    program = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run(
        [program, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=source, env={"PYTHONPATH": str(source), "COLUMNS": "200"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return found.stdout + found.stderr


def test_the_contracts_hold() -> None:
    said = lint(PACKAGE.parent)
    assert f"{len(CONTRACTS)} kept, 0 broken" in said, said


def test_every_contract_has_a_breach_to_notice() -> None:
    assert set(BREACHES) == set(CONTRACTS)


@pytest.mark.slow
def test_every_contract_notices_a_breach(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "data", "static", "templates", "sites", "locale")
    shutil.copytree(PACKAGE, tmp_path / "octavo", ignore=ignored)
    for files in BREACHES.values():
        for name, text in files.items():
            (tmp_path / "octavo" / name).write_text(f'"""Planted."""\n{text}')
    said = lint(tmp_path)
    assert f"0 kept, {len(CONTRACTS)} broken" in said, said
