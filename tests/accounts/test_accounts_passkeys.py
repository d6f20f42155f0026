"""Answers of browsers about passkeys: what is none is refused, whatever it is."""

import pytest

from octavo.accounts import passkeys
from octavo.errors import NotAllowed

ORIGIN = "https://news.example"


@pytest.mark.parametrize("answer", ["", "null", "1", "[]", "é", "\ud800", "[" * 5_000, '{"a":' * 3_000, "x" * 30_000])
def test_what_is_no_answer_is_refused_whatever_its_depth(answer: str) -> None:
    with pytest.raises(NotAllowed):
        passkeys.credential_in(answer)
    with pytest.raises(NotAllowed):
        passkeys.check_answer(answer, b"c" * 32, ORIGIN, b"", 0)
    with pytest.raises(NotAllowed):
        passkeys.read_new(answer, b"c" * 32, ORIGIN)
