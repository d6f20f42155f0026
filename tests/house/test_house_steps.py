"""The pipeline's steps stand in an order in which each finds what it reads."""

import random
from pathlib import Path

import pytest

from octavo.errors import SettingsError
from octavo.pipeline.steps import STEPS, check_order

from .tree import PACKAGE, ROOT


def test_the_order_holds() -> None:
    check_order(STEPS)


@pytest.mark.parametrize("moved", range(1, len(STEPS)))
def test_a_step_moved_to_the_front_is_refused(moved: int) -> None:
    with pytest.raises(SettingsError, match=rf"step {STEPS[moved].name} reads \w+"):
        check_order((STEPS[moved], *STEPS[:moved], *STEPS[moved + 1 :]))


def test_the_first_missing_noun_is_named() -> None:
    with pytest.raises(SettingsError, match="enrichment"):
        check_order([step for step in STEPS if step.name != "enrich_article"])


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_has_its_module_and_a_test(step: object) -> None:
    name = getattr(step, "name", "")
    assert (PACKAGE / "pipeline" / f"{name}.py").is_file()
    tests = [path for path in (ROOT / "tests" / "pipeline").rglob("*.py") if mentions(path, name)]
    assert tests, f"no test in tests/pipeline mentions {name}"


def mentions(path: Path, name: str) -> bool:
    """Tell whether a test file names a step's module or its function."""
    return name in path.read_text(encoding="utf-8")


def test_any_order_that_is_accepted_finds_what_it_reads() -> None:
    chosen = random.Random(7)  # noqa: S311 - an order to try, no secret
    for _ in range(50):
        steps = chosen.sample(STEPS, len(STEPS))
        written = {"feed"}
        sound = True
        for step in steps:
            sound = sound and step.reads <= written
            written |= step.writes
        if sound:
            check_order(steps)
        else:
            with pytest.raises(SettingsError):
                check_order(steps)
