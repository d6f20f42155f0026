"""What every keeper of bytes must do."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from octavo.adapters.blobs.disk import DiskBlobs
from octavo.errors import InputError, NotFound, StoreError, StoreFull


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "inner" / "blobs"


@pytest.fixture
def blobs(root: Path) -> DiskBlobs:
    return DiskBlobs(root)


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"page " * 100_000, os.urandom(100_000)], ids=["none", "nul", "pages", "noise"]
)
def test_bytes_come_back_as_they_were_given(blobs: DiskBlobs, data: bytes) -> None:
    blobs.put("pages/ab12", data)
    assert blobs.get("pages/ab12") == data


def test_putting_again_replaces(blobs: DiskBlobs, root: Path) -> None:
    blobs.put("a", b"one")
    blobs.put("a", b"two")
    assert blobs.get("a") == b"two"
    assert len(_files(root)) == 1


def test_text_is_kept_small(blobs: DiskBlobs, root: Path) -> None:
    blobs.put("a", b"<p>The same line again.</p>\n" * 10_000)
    assert sum(path.stat().st_size for path in _files(root)) < 2_000


def test_what_is_deleted_is_gone_and_may_be_deleted_again(blobs: DiskBlobs) -> None:
    blobs.put("a", b"one")
    blobs.put("b", b"two")
    blobs.delete("a")
    blobs.delete("a")
    with pytest.raises(NotFound, match="'a'"):
        blobs.get("a")
    assert blobs.get("b") == b"two"


def test_names_that_look_alike_are_kept_apart(blobs: DiskBlobs) -> None:
    names = ["a/b", "a_b", "a-b", "a.b", "ab", "a/b/c", "a/b.c", "x" * 200, "a--b", "a/b.zst"]
    for name in names:
        blobs.put(name, name.encode())
    assert {name: blobs.get(name) for name in names} == {name: name.encode() for name in names}


CLIMBING = [
    "", ".", "..", "../a", "a/../../b", "a/..", "/etc/passwd", "/", "a/", "a//b", ".hidden", "a/.hidden", "A", "a b",
    "a\x00b", "a\\b", "..\\a", "é", "a~b", "a\n", "a:b", "x" * 201, "%2e%2e/a", "a/./b", "~", "~/a",
]  # fmt: skip


def test_names_that_climb_out_are_refused(blobs: DiskBlobs, root: Path, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"not ours")
    for name in CLIMBING:
        with pytest.raises(InputError, match="cannot name a blob"):
            blobs.put(name, b"x")
        with pytest.raises(InputError):
            blobs.get(name)
        with pytest.raises(InputError):
            blobs.delete(name)
    assert not root.exists()
    assert (tmp_path / "a").read_bytes() == b"not ours"


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, StoreFull), (errno.EDQUOT, StoreFull), (errno.EIO, StoreError)]
)
def test_a_disk_that_fails_leaves_what_was_there(
    blobs: DiskBlobs, root: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[StoreError]
) -> None:
    blobs.put("a", b"one")

    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(error):
        blobs.put("a", b"two" * 1000)
    with pytest.raises(error):
        blobs.put("b", b"new")
    monkeypatch.undo()
    assert blobs.get("a") == b"one"
    with pytest.raises(NotFound):
        blobs.get("b")
    assert len(_files(root)) == 1


def test_what_is_cut_short_or_changed_is_told(blobs: DiskBlobs, root: Path) -> None:
    blobs.put("a", os.urandom(5_000))
    (path,) = _files(root)
    whole = path.read_bytes()
    for damaged in (whole[:-100], whole[:2000] + b"\xff\x00\xff" + whole[2003:], b"", b"no archive"):
        path.write_bytes(damaged)
        with pytest.raises(StoreError, match="is damaged"):
            blobs.get("a")


def test_a_reader_never_meets_half_a_blob(blobs: DiskBlobs) -> None:
    versions = [bytes([number]) * 200_000 for number in range(4)]
    blobs.put("a", versions[0])

    def write(version: bytes) -> None:
        for _ in range(10):
            blobs.put("a", version)

    with ThreadPoolExecutor(len(versions)) as pool:
        writing = [pool.submit(write, version) for version in versions]
        while not all(one.done() for one in writing):
            assert blobs.get("a") in versions
        for one in writing:
            one.result()
    assert blobs.get("a") in versions
