"""Every feed in tests/cases/feeds is read as the file beside it says."""

import gzip
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from octavo.collect.parse import parse_feed
from octavo.domain.entry import Enclosure, Entry
from octavo.domain.feed import FeedUpdate
from octavo.errors import UnreadableFeed

CASES = Path(__file__).parent.parent / "cases" / "feeds"
NAMES = sorted(path.name.removesuffix(".expected.toml") for path in CASES.glob("*.expected.toml"))
CHECKED = {"url", "content_type", "error", "feed", "entries"}


def expected_of(name: str) -> dict[str, Any]:
    expected = tomllib.loads((CASES / f"{name}.expected.toml").read_text(encoding="utf-8"))
    known = {"feed": {one.name for one in fields(FeedUpdate)}, "entries": {one.name for one in fields(Entry)}}
    assert set(expected) <= CHECKED
    assert set(expected.get("feed", {})) <= known["feed"]
    assert all(set(entry) <= known["entries"] for entry in expected.get("entries", []))
    return expected


def data_of(name: str) -> bytes:
    (path,) = [path for path in CASES.glob(f"{name}.*") if path.suffix != ".toml"]
    return path.read_bytes()


def shown(noun: object, names: dict[str, Any]) -> dict[str, Any]:
    """Give these fields of a noun as TOML would hold them."""
    found = {}
    for name in names:
        value = getattr(noun, name)
        if isinstance(value, tuple):
            value = [_file(one) if isinstance(one, Enclosure) else one for one in value]
        found[name] = value
    return found


def _file(one: Enclosure) -> dict[str, Any]:
    return {"url": one.url, "kind": one.kind, "length": one.length}


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_is_read_as_its_case_says(name: str) -> None:
    expected, data = expected_of(name), data_of(name)
    url, kind = expected["url"], expected.get("content_type", "")
    if "error" in expected:
        with pytest.raises(UnreadableFeed) as caught:
            parse_feed(data, url=url, content_type=kind)
        assert expected["error"] in str(caught.value)
        assert str(caught.value).startswith(url)
        return
    update, entries = parse_feed(data, url=url, content_type=kind)
    assert shown(update, expected.get("feed", {})) == expected.get("feed", {})
    assert len(entries) == len(expected["entries"])
    for entry, one in zip(entries, expected["entries"], strict=True):
        assert shown(entry, one) == one
    assert parse_feed(gzip.compress(data), url=url, content_type=kind) == (update, entries)


def test_every_feed_has_its_case() -> None:
    data = {path.name.rsplit(".", 1)[0] for path in CASES.iterdir() if path.suffix in (".xml", ".json", ".html")}
    assert data == set(NAMES)
    assert len(NAMES) >= 19
