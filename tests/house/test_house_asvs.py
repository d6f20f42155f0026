"""The page about the ASVS says of each requirement what holds: by tests that exist, or by a reason."""

import re
from collections import Counter
from dataclasses import dataclass

from .tree import DOCS, ROOT

PAGE = DOCS / "explanation" / "asvs.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
VERDICTS = {"met", "in part", "not met", "not applicable"}
REQUIREMENTS = {
    1: (2, 9, 11, 3, 2),
    2: (3, 3, 4, 1),
    3: (0, 2, 4, 6, 5, 0, 2),
    4: (3, 1, 2, 4),
    5: (1, 3, 2, 3),
    6: (3, 12, 4, 4, 5, 3, 0, 4),
    7: (3, 4, 2, 5, 2, 2),
    8: (2, 3, 1, 1),
    9: (3, 4),
    10: (2, 2, 4, 11, 5, 2, 3),
    11: (2, 3, 3, 4, 1, 1),
    12: (3, 2, 4),
    13: (1, 5, 2, 5),
    14: (2, 4, 3),
    15: (3, 3, 7),
    16: (1, 5, 4, 3, 3),
    17: (1, 4, 2),
}
"""How many requirements of levels 1 and 2 each section of each chapter has: in ASVS 5.0.0 they come first in each."""


@dataclass(frozen=True)
class Row:
    """One line of the page."""

    number: str
    verdict: str
    said: str

    @property
    def tests(self) -> list[tuple[str, str]]:
        """The tests it names."""
        return TEST.findall(self.said)

    @property
    def reason(self) -> str:
        """What it says besides."""
        return TEST.sub("", self.said).strip(" ,.")


TEXT = PAGE.read_text(encoding="utf-8")
ROWS = [Row(number, verdict.strip(), said) for number, _, verdict, said in ROW.findall(TEXT)]


def test_each_requirement_has_its_line() -> None:
    wanted = [
        f"{chapter}.{section}.{number}"
        for chapter, sections in REQUIREMENTS.items()
        for section, count in enumerate(sections, 1)
        for number in range(1, count + 1)
    ]
    assert len(wanted) == 253
    assert sorted(row.number for row in ROWS) == sorted(wanted)


def test_each_line_has_a_test_or_a_reason() -> None:
    for row in ROWS:
        assert row.verdict in VERDICTS, row
        assert row.tests or len(row.reason) > 10, row
        assert row.verdict == "met" or len(row.reason) > 10, row


def test_every_test_that_is_named_exists() -> None:
    missing = [
        f"{row.number}: {path}::{name}"
        for row in ROWS
        for path, name in row.tests
        if not (ROOT / path).exists() or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert missing == []
    assert sum(len(row.tests) for row in ROWS) > 250


def test_the_sums_on_the_page_are_right() -> None:
    found = Counter(row.verdict for row in ROWS)
    said = re.search(r"Met: (\d+)\. In part: (\d+)\. Not met: (\d+)\. Not applicable: (\d+)\.", TEXT)
    assert said
    assert [int(one) for one in said.groups()] == [
        found[one] for one in ("met", "in part", "not met", "not applicable")
    ]
