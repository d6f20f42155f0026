"""The fuzzer's corpus, and what it found once, given to its targets again: nothing fails, nothing takes long."""

import importlib.util
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SPEC = importlib.util.spec_from_file_location("fuzz_targets", ROOT / "fuzz" / "targets.py")
assert _SPEC is not None
assert _SPEC.loader is not None
targets = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(targets)


@pytest.mark.parametrize("name", targets.TARGETS)
def test_what_is_kept_of_fuzzing_is_read(name: str) -> None:
    seeds = sorted((targets.CORPUS / name).iterdir())
    assert seeds, "a target without a corpus finds little"
    for seed in seeds:
        began = time.process_time()
        targets.run(name, seed.read_bytes())
        targets.run(name, seed.read_bytes()[::-1])
        assert time.process_time() - began < 5, seed.name


def test_a_target_that_fails_is_seen() -> None:
    with pytest.raises(SystemError):
        targets._demand(False, "no")
