"""Tables on a file: the same numbers, before and after they are let go, and where no file can be written."""

import tempfile
from pathlib import Path

import numpy as np
import py3langid
import pytest

from octavo.text import telling
from octavo.text.mapped import Mapped


def test_a_mapped_table_holds_what_it_was_given() -> None:
    table = np.arange(60_000, dtype=np.uint16).reshape(-1, 300)
    mapped = Mapped(table)
    assert np.array_equal(mapped.array, table)
    mapped.release()
    assert np.array_equal(mapped.array, table)
    assert not mapped.array.flags.writeable


def test_a_table_stays_in_memory_where_no_file_can_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    mapped = Mapped(np.ones((3, 4), dtype=np.float16))
    mapped.release()
    assert mapped.array.sum() == 12


@pytest.mark.parametrize("text", ["The tide ledger was found on Monday.", "عُثر على السجل في الأرشيف.", "Le registre"])
def test_languages_are_ranked_as_the_package_ranks_them(text: str) -> None:
    assert telling.ranked(text) == py3langid.rank(text)
    telling.release()
    assert telling.likeliest(text) == py3langid.classify(text)[0]
