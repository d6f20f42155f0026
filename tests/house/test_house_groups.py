"""Tests that share a fixture are run by one process: its name stands behind each of theirs (tests/conftest.py)."""

import pytest


def test_tests_of_a_module_stay_together(request: pytest.FixtureRequest) -> None:
    """A pytest that xdist does not know yet runs them anywhere, and starts every costly fixture twice."""
    beside_others = hasattr(request.config, "workerinput")
    assert request.node.nodeid.endswith("@house/test_house_groups.py") == beside_others
