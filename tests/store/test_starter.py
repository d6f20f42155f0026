"""The owner's own publishers and editions, beside those that come along; and what is said of a wrong one."""

from pathlib import Path

import pytest

from octavo.domain.edition import LOCAL
from octavo.domain.ids import EditionKey, PublisherId
from octavo.errors import SettingsError
from octavo.store import starter

PAPER = """
[[publisher]]
key = "harbour-post"
name = "The Harbour Post"
country = "gb"
languages = ["en"]
kind = "local"
hosts = ["harbour.example"]
feeds = [
    { url = "https://harbour.example/feed", language = "en" },
    { url = "https://harbour.example/cy", language = "cy" },
]
"""
EDITION = """
key = "en-gb-varn"
language = "en"
country = "gb"
title = "Varn"
languages = ["en"]
local_weight = 2.0
local = ["harbour-post"]
global = ["bbc"]
places = ["place/2644210"]
zone = "Europe/London"

[[section]]
code = "local"
label = "Varn"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    for name, text in (("publishers/gb.toml", PAPER), ("editions/en-gb-varn.toml", EDITION)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_an_edition_of_the_data_folder_stands_beside_the_others(own: Path) -> None:
    found = starter.read(own)
    plan = found.editions[EditionKey("en-gb-varn")]
    assert (plan.title, plan.places, plan.sections[0].topic) == ("Varn", ("place/2644210",), LOCAL)
    assert found.own == {"en-gb-varn"}
    assert {"en-gb", "ar-ae"} <= set(found.editions)
    (paper, bbc) = found.feeds_of(plan)
    assert [feed.url for feed in paper.feeds] == ["https://harbour.example/feed"]
    assert bbc.publisher.id == PublisherId("bbc")
    assert "en-gb-varn" not in starter.read().editions


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("editions/en-gb-varn.toml", '["bbc"]', '["nobody"]', "no publisher has the key nobody"),
        ("editions/en-gb-varn.toml", 'title = "Varn"', "", "title: Field required"),
        ("editions/en-gb-varn.toml", 'places = ["place/2644210"]', "", "a country's edition"),
        ("editions/en-gb-varn.toml", "Europe/London", "Europe/Varn", "no time zone"),
        ("editions/en-gb-varn.toml", 'key = "en-gb-varn"', 'key = "en-gb-bay"', "kept in en-gb-bay.toml"),
        ("editions/en-gb-varn.toml", 'code = "local"', 'code = "sport"', "section.0.code"),
        ("editions/en-gb-varn.toml", "local_weight = 2.0", "local_weight = 2.0\nweight = 1", "weight: Extra inputs"),
        ("publishers/gb.toml", "https://harbour.example/feed", "file:///etc/passwd", "publisher.0.feeds.0.url"),
        ("publishers/gb.toml", "[[publisher]]", "[[publisher", "cannot be read as TOML"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(own: Path, file: str, old: str, new: str, said: str) -> None:
    text = (own / file).read_text("utf-8")
    assert old in text
    (own / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError, match=said):
        starter.read(own)
