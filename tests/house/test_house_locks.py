"""The locks pin every dependency, with hashes, and say nothing about where it came from."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .tree import ROOT, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)", re.MULTILINE)
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(lock: str) -> dict[str, list[str]]:
    """Read the versions a lock allows; a package may have one for each version of Python."""
    found: dict[str, list[str]] = {}
    for name, version in PIN.findall((ROOT / lock).read_text()):
        found.setdefault(name, []).append(version)
    return found


def asked(lock: str) -> list[Requirement]:
    """What pyproject.toml asks for, in a lock."""
    wanted = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    if lock == "requirements-dev.lock":
        wanted = wanted + PROJECT["project"]["optional-dependencies"]["dev"]
    return [Requirement(one) for one in wanted]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_what_is_asked_for(lock: str) -> None:
    pinned = pins(lock)
    unmet = [
        str(one)
        for one in asked(lock)
        if not all(
            one.specifier.contains(version, prereleases=True)
            for version in pinned.get(canonicalize_name(one.name), ["none"])
        )
    ]
    assert unmet == [], "the lock is older than pyproject.toml: make lock"


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-uv.lock", "requirements-weights.lock"])
def test_every_line_of_a_lock_is_a_pin_or_a_hash(lock: str) -> None:
    odd = [
        line
        for line in (ROOT / lock).read_text().splitlines()
        if not re.fullmatch(
            r"[a-z0-9-]+(\[[a-z,-]+\])?==[^ ;]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line
        )
    ]
    assert odd == []


def test_both_locks_agree() -> None:
    tests = pins("requirements-dev.lock")
    assert {
        name: (versions, tests.get(name)) for name, versions in pins(LOCKS[0]).items() if tests.get(name) != versions
    } == {}


def test_every_package_that_is_imported_is_asked_for() -> None:
    """What `make run` installs is what the program imports; the tests' own packages must not stand in for one."""
    asked_for = {canonicalize_name(Requirement(one).name) for one in PROJECT["project"]["dependencies"]}
    providers = packages_distributions()
    lacking = {
        f"{module.path}: {name}"
        for module in modules("src/octavo/")
        for name in imported(module.tree)
        if name not in sys.stdlib_module_names
        and name != "octavo"
        and not asked_for & {canonicalize_name(one) for one in providers.get(name, [])}
    }
    by_an_extra = {
        "src/octavo/adapters/crews/over_ray.py: ray",
        "src/octavo/adapters/tracers/otlp.py: opentelemetry",
        "src/octavo/adapters/vector_indexes/milvus_server.py: grpc",
        "src/octavo/adapters/vector_indexes/milvus_server.py: pymilvus",
    }
    assert lacking == by_an_extra, "it comes by an extra, for who asks for it"


def imported(tree: ast.Module) -> set[str]:
    """The top-level packages a module imports."""
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.partition(".")[0] for name in found}
