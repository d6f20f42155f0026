"""The starter data: publishers and editions anyone can edit, so every rule of data/README.md is checked here."""

import re
import tomllib
import unicodedata
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from babel import Locale

Table = dict[str, Any]

DATA = Path(str(files("octavo"))) / "data"
PUBLISHER_FILES = sorted((DATA / "publishers").glob("*.toml"))
EDITION_FILES = sorted((DATA / "editions").glob("*.toml"))
ENGLISH = Locale("en")
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
TOPICS = {f"{number:02}000000" for number in range(1, 18)}
KINDS = {
    "newspaper",
    "broadcaster",
    "public-broadcaster",
    "agency",
    "magazine",
    "local",
    "digital",
    "blog",
    "state-media",
}
PUBLISHER_FIELDS = {"key", "name", "name_en", "country", "languages", "owner", "kind", "hosts", "feeds"}
OF_A_PLACE = {"places", "zone"}
EDITION_FIELDS = {"key", "language", "country", "title", "languages", "local_weight", "local", "global", "section"}
SCRIPTS = {  # the first words of the Unicode names of a language's letters; Latin where a language is not here
    "ar": {"ARABIC"},
    "he": {"HEBREW"},
    "hi": {"DEVANAGARI"},
    "ja": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "uk": {"CYRILLIC", "MODIFIER"},
    "zh": {"CJK"},
}
ASKED_FOR = (
    "en-us en-gb en-in ar-eg ar-ae es-es es-mx de-de de-at fr-fr uk-ua tr-tr pt-br it-it pl-pl he-il az-az ja-jp zh-tw "
    "hi-in"
).split()


def read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def publishers_in(path: Path) -> list[Table]:
    return list(read(path)["publisher"])


def all_publishers() -> list[Table]:
    return [publisher for path in PUBLISHER_FILES for publisher in publishers_in(path)]


def reads(edition_language: str, feed_language: str) -> bool:
    """Whether feeds in one language belong in an edition in the other: same language, and no other script."""
    wanted, given = edition_language.split("-"), feed_language.split("-")
    return wanted[0] == given[0] and (len(wanted) == 1 or len(given) == 1 or wanted[1] == given[1])


def is_language(tag: str) -> bool:
    return tag.split("-")[0] in ENGLISH.languages and str(Locale.parse(tag, sep="-")).replace("_", "-") == tag


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_there_is_enough_to_start_with() -> None:
    languages = {feed["language"].split("-")[0] for publisher in all_publishers() for feed in publisher["feeds"]}
    assert len(all_publishers()) >= 110
    assert len(languages) >= 12
    assert {"en", "ar"} <= languages
    assert set(ASKED_FOR) <= {path.stem for path in EDITION_FILES}


@pytest.mark.parametrize("path", PUBLISHER_FILES, ids=lambda path: path.stem)
def test_publisher_file(path: Path) -> None:
    assert set(read(path)) == {"publisher"}
    assert path.stem.upper() in ENGLISH.territories
    for publisher in publishers_in(path):
        key = publisher["key"]
        assert KEY.fullmatch(key), key
        assert set(publisher) <= PUBLISHER_FIELDS, key
        assert publisher["country"] == path.stem, key
        assert publisher["kind"] in KINDS, key
        assert publisher["name"].strip(), key
        assert all(publisher.get(optional, "-").strip() for optional in ("name_en", "owner")), key
        assert publisher["hosts"], key
        assert all(HOST.fullmatch(host) for host in publisher["hosts"]), key


@pytest.mark.parametrize("path", PUBLISHER_FILES, ids=lambda path: path.stem)
def test_feeds_of_publishers(path: Path) -> None:
    for publisher in publishers_in(path):
        key, feeds = publisher["key"], publisher["feeds"]
        assert feeds, key
        assert sorted(publisher["languages"]) == sorted({feed["language"] for feed in feeds}), key
        for feed in feeds:
            assert set(feed) <= {"url", "language", "section", "name"}, key
            assert is_language(feed["language"]), feed
            assert feed.get("section", "01000000") in TOPICS, feed
            assert feed.get("name", "-").strip(), feed
            parts = urlsplit(feed["url"])
            assert parts.scheme in {"http", "https"}, feed
            assert HOST.fullmatch(parts.netloc), feed
            assert not parts.fragment, feed
            assert feed["url"].isascii(), feed


def test_nothing_is_named_twice() -> None:
    publishers = all_publishers()
    assert repeated([publisher["key"] for publisher in publishers]) == []
    hosts = [host.removeprefix("www.") for publisher in publishers for host in publisher["hosts"]]
    assert repeated(hosts) == []
    urls = [feed["url"] for publisher in publishers for feed in publisher["feeds"]]
    assert repeated([url.split("://")[1].rstrip("/").lower() for url in urls]) == []


def test_one_owner_is_written_in_one_way() -> None:
    owners = {publisher["owner"] for publisher in all_publishers() if "owner" in publisher}
    bare = [re.sub(r"\(.*\)|\b(?:Ltd|Inc|SE|S\.A|Group|Media|Pvt)\b|\W", "", owner).lower() for owner in owners]
    assert repeated([name for name in bare if name]) == []


@pytest.mark.parametrize("path", EDITION_FILES, ids=lambda path: path.stem)
def test_edition(path: Path) -> None:
    edition = read(path)
    local = "places" in edition
    assert set(edition) == (EDITION_FIELDS | OF_A_PLACE if local else EDITION_FIELDS)
    begin = f"{edition['language'].split('-')[0]}-{edition['country']}"
    assert edition["key"] == path.stem
    assert path.stem.startswith(f"{begin}-") if local else path.stem == begin
    assert is_language(edition["language"])
    assert edition["country"].upper() in ENGLISH.territories
    assert edition["languages"][0] == edition["language"]
    assert all(is_language(language) for language in edition["languages"])
    assert 1 <= edition["local_weight"] <= 3
    assert {section["code"] for section in edition["section"]} == (TOPICS | {"local"} if local else TOPICS)
    assert repeated([section["code"] for section in edition["section"]]) == []
    assert repeated([section["label"] for section in edition["section"]]) == []


@pytest.mark.parametrize("path", EDITION_FILES, ids=lambda path: path.stem)
def test_edition_has_publishers_it_can_read(path: Path) -> None:
    edition = read(path)
    known = {publisher["key"]: publisher for publisher in all_publishers()}
    named = [*edition["local"], *edition["global"]]
    assert repeated(named) == []
    assert len(named) >= 8
    assert len(edition["local"]) >= (1 if "places" in edition else 3)
    for key in named:
        assert key in known, key
        at_home = known[key]["country"] == edition["country"]
        assert at_home or key not in edition["local"], key
        assert not at_home or key in edition["local"] or "places" in edition, key
        spoken = known[key]["languages"]
        assert any(reads(language, given) for language in edition["languages"] for given in spoken), key


@pytest.mark.parametrize("path", EDITION_FILES, ids=lambda path: path.stem)
def test_edition_is_written_in_its_own_script(path: Path) -> None:
    edition = read(path)
    script = SCRIPTS.get(edition["language"].split("-")[0], {"LATIN"})
    for text in (edition["title"], *(section["label"] for section in edition["section"])):
        letters = {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}
        assert letters, text
        assert letters <= script, text


@pytest.mark.parametrize(
    ("edition", "feed", "expected"),
    [
        ("en", "en", True),
        ("en", "de", False),
        ("zh-Hant", "zh-Hant", True),
        ("zh-Hant", "zh-Hans", False),
        ("zh", "zh-Hans", True),
        ("zh-Hant", "zh", True),
    ],
)
def test_which_feeds_an_edition_reads(edition: str, feed: str, *, expected: bool) -> None:
    assert reads(edition, feed) is expected
