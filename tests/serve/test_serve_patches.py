"""Pages packed before they are filled: whatever a reader's own is, they unpack to the page it makes."""

import secrets

import pytest
import zstandard

from octavo.serve import patches, stencils
from octavo.serve.patches import MOST_LOOKS, Looks, pack
from octavo.serve.stencils import Text, choice, read, text, written

FIXED = "".join(f"<p>The tide at pier {number} rose again, and again. Прилив у причала.</p>" for number in range(400))


def page() -> stencils.Stencil:
    saved = choice(("saved", 1), {False: "<i>save</i>", True: f"<b>saved by {text('name')}</b>"})
    return read(
        f"<b>{text('name')}</b>{FIXED}{saved}<i value='{text('token')}'>{FIXED[:900]}{text('token')}{text('no')}"
    )


def unpacked(body: bytes) -> bytes:
    with zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=False) as reader:
        whole = reader.read()
    assert zstandard.frame_content_size(body) == len(whole)  # one frame: any decoder reads it
    return whole


@pytest.mark.parametrize("saved", [False, True])
@pytest.mark.parametrize("name", ["a", "ada", "Ада", "a & b <i>", "ada" * 80])
def test_a_page_filled_when_packed_is_the_page_packed_when_filled(name: str, *, saved: bool) -> None:
    looks, stencil = Looks(), page()
    facts: dict[stencils.Key, stencils.Value] = {("saved", 1): saved}
    for _ in range(20):
        texts = {"name": name, "token": secrets.token_hex(24), "no": ""}
        made = looks.get(stencil, facts, written(texts))
        assert made is not None
        assert unpacked(made.fill(written(texts))) == stencil.fill(facts, texts)


def test_it_is_packed_once_for_all_who_see_it_alike_and_few_looks_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[int] = []

    def noted(pieces: list[bytes | Text], said: dict[str, bytes]) -> patches.Patched | None:
        times.append(len(said["name"]))
        return pack(pieces, said)

    monkeypatch.setattr(patches, "pack", noted)
    looks, stencil = Looks(), page()
    for _ in range(2):
        for length in range(1, MOST_LOOKS + 1):
            looks.get(stencil, {}, {"name": b"a" * length, "token": b"t" * 40, "no": b""})
    assert times == list(range(1, MOST_LOOKS + 1))
    looks.get(stencil, {}, {"name": b"a" * 90, "token": b"t" * 40, "no": b""})
    looks.get(stencil, {}, {"name": b"a", "token": b"t" * 40, "no": b""})
    assert times[-2:] == [90, 1]


def test_a_packed_page_is_as_long_whatever_is_secret() -> None:
    """No length tells how much of a token is like something else on the page (the BREACH attack)."""
    said = {"name": b"ada", "token": b"t" * 48, "no": b""}
    made = pack(page().chosen({}), said)
    assert made is not None
    like, unlike = FIXED.encode()[:48], secrets.token_bytes(48)
    assert len(made.fill(said | {"token": like})) == len(made.fill(said | {"token": unlike}))
    assert made.fill(said | {"token": unlike}).count(unlike) == 2


def test_where_noise_is_taken_for_a_piece_of_the_page_nothing_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "token_bytes", lambda count: FIXED.encode()[:count])
    said = {"name": b"ada", "token": b"t" * 48, "no": b""}
    assert pack(page().chosen({}), said) is None
