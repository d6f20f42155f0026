"""The podcast of the briefing: its feed, its audio in parts, its words and chapters; what may not be heard is not."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree

from octavo.config import AiSettings, WebSettings
from octavo.domain.ids import EditionKey
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.speech import Episode, Script
from octavo.serve.aloud import open_scripts
from octavo.serve.ranges import part_of
from octavo.store import articles, episodes, publishers

from .conftest import ARTICLES, ATTACK, NOW, PUBLISHERS, Reader

DAY = "2026-03-01"
AUDIO = bytes(range(256)) * 40
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ON = {"speaker": "espeak"}


@pytest.fixture
def heard(make_reader: Callable[..., Reader]) -> Reader:
    """A newspaper whose briefing was read aloud this morning."""
    return recorded(make_reader(settings=ON))


def recorded(reader: Reader, day: str = DAY) -> Reader:
    script = open_scripts(reader.tools).briefing(EditionKey("en-gb"))
    assert script is not None
    starts = tuple(float(3 * number) for number, _ in enumerate(script.lines))
    blob = f"episodes/en-gb-{day}-0123456789abcdef.mp3"
    made = Episode(
        EditionKey("en-gb"), date.fromisoformat(day), NOW - timedelta(hours=5), script, starts,
        3.0 * len(script.lines), "audio/mpeg", blob, len(AUDIO), "eSpeak NG",
    )  # fmt: skip
    reader.tools.blobs.put(blob, AUDIO)
    with reader.tools.database.transaction() as tx:
        episodes.save(tx, made)
    return reader


def kept(reader: Reader) -> Episode:
    with reader.tools.database.read() as view:
        [one] = episodes.kept(view)
    return one


def channel(reader: Reader) -> etree._Element:
    answer = reader.get("/en-gb/podcast.rss")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"
    return etree.fromstring(answer.content)[0]


def test_the_briefing_is_written_for_the_ear(heard: Reader) -> None:
    lines = kept(heard).script.lines
    assert lines[0].text == "United Kingdom, Sunday, 1 March 2026: the Eight in two minutes."
    assert lines[1].text == f"{ARTICLES['ledger'].headline}."
    quoted = [line for line in lines if line.quoted]
    assert quoted
    assert all(line.text in ARTICLES["ledger"].text for line in quoted)
    assert lines[-2].text == "Reported by The Harbour Example and 2 other publishers."
    assert kept(heard).script.articles == (heard.ids["ledger"],)


def test_a_podcast_app_finds_what_it_needs(heard: Reader) -> None:
    found = channel(heard)
    assert found.findtext("title") == "The Eight in two minutes · United Kingdom · Octavo"
    assert found.findtext("language") == "en"
    assert [one.get("text") for one in found.iter(f"{ITUNES}category")] == ["News", "Daily News"]
    assert found.find(f"{ITUNES}image").get("href").endswith("/en-gb/podcast.jpg")
    assert found.findtext(f"{ITUNES}explicit") == "false"
    assert len(found.findtext(f"{PODCAST}guid")) == 36
    [item] = found.findall("item")
    enclosure = item.find("enclosure")
    assert enclosure.get("url").endswith(f"/en-gb/podcast/{DAY}.mp3")
    assert (enclosure.get("type"), enclosure.get("length")) == ("audio/mpeg", str(len(AUDIO)))
    assert item.findtext(f"{ITUNES}duration") == str(round(kept(heard).seconds))
    assert item.find("guid").get("isPermaLink") == "false"
    notes = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert 'href="https://harbour.example/ledger"' in notes
    assert "/en-gb/article/" in notes
    assert "eSpeak NG" in notes


def test_its_cover_is_as_large_as_apps_ask_for(heard: Reader) -> None:
    answer = heard.get("/en-gb/podcast.jpg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.content == heard.get("/en-gb/podcast.jpg").content


def test_pages_lead_to_it(heard: Reader) -> None:
    link = 'type="application/rss+xml" title="The Eight in two minutes (Podcast)" href="/en-gb/podcast.rss">'
    assert link in heard.get("/en-gb").text
    page = heard.get("/en-gb/briefing").text
    assert link in page
    assert f'<audio controls preload="none" src="/en-gb/podcast/{DAY}.mp3"></audio>' in page
    assert "podcast" not in heard.get("/de-de").text.lower(), "this edition has no episode"


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("", 200, AUDIO, None),
        ("bytes=0-", 206, AUDIO, "bytes 0-10239/10240"),
        ("bytes=100-199", 206, AUDIO[100:200], "bytes 100-199/10240"),
        ("bytes=10000-99999", 206, AUDIO[10000:], "bytes 10000-10239/10240"),
        ("bytes=-40", 206, AUDIO[-40:], "bytes 10200-10239/10240"),
        ("bytes=10240-", 416, b"", "bytes */10240"),
        ("bytes=-0", 416, b"", "bytes */10240"),
        ("bytes=9-3", 200, AUDIO, None),
        ("bytes=0-1,5-6", 200, AUDIO, None),
        ("lines=1-2", 200, AUDIO, None),
        ("bytes=-", 200, AUDIO, None),
    ],
)
def test_its_audio_is_had_in_parts(heard: Reader, asked: str, status: int, part: bytes, said: str | None) -> None:
    answer = heard.get(f"/en-gb/podcast/{DAY}.mp3", range=asked) if asked else heard.get(f"/en-gb/podcast/{DAY}.mp3")
    assert (answer.status_code, answer.content, answer.headers.get("content-range")) == (status, part, said)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(len(part))
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["content-type"] == "audio/mpeg"


def test_a_part_is_of_the_file_it_was_begun_with(heard: Reader) -> None:
    path = f"/en-gb/podcast/{DAY}.mp3"
    etag = heard.get(path).headers["etag"]
    assert heard.get(path, range="bytes=5-9", if_range=etag).status_code == 206
    assert heard.get(path, range="bytes=5-9", if_range='"another"').status_code == 200
    assert heard.get(path, if_none_match=etag).status_code == 304
    head = heard.get(path, "HEAD")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(AUDIO)))


def test_a_part_of_nothing_is_none() -> None:
    assert part_of("bytes=0-", 0) == range(0)
    assert part_of(f"bytes={'9' * 18}-", 5) == range(0)
    assert part_of(f"bytes={'9' * 19}-", 5) is None


def test_what_is_said_is_had_in_writing(heard: Reader) -> None:
    answer = heard.get(f"/en-gb/podcast/{DAY}.vtt")
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    cues = answer.text.split("\n\n")
    assert cues[0] == "WEBVTT"
    assert cues[2] == f"00:00:03.000 --> 00:00:06.000\n{ARTICLES['ledger'].headline}."
    told = json.loads(heard.get(f"/en-gb/podcast/{DAY}.json").content)
    assert [(one["startTime"], one["title"]) for one in told["chapters"]] == [
        (0.0, "The Eight in two minutes"),
        (3.0, ARTICLES["ledger"].headline),
    ]
    assert "/en-gb/article/" in told["chapters"][1]["url"]


def test_markup_in_what_is_said_stays_text(heard: Reader) -> None:
    one = kept(heard)
    lines = (replace(one.script.lines[0], text=f"{ATTACK} -->"), *one.script.lines[1:])
    with heard.tools.database.transaction() as tx:
        episodes.save(tx, replace(one, script=Script(f"A {ATTACK}", "en", lines)))
    assert "<script" not in heard.get(f"/en-gb/podcast/{DAY}.vtt").text
    assert channel(heard).findtext("item/title") != f"A {ATTACK}"


@pytest.mark.parametrize("name", ["2026-03-02.mp3", "nonsense.mp3", f"{DAY}.wav", DAY, f"{DAY}.mp3.vtt"])
def test_there_is_nothing_else(heard: Reader, name: str) -> None:
    assert heard.get(f"/en-gb/podcast/{name}").status_code == 404
    assert heard.get(f"/de-de/podcast/{DAY}.mp3").status_code == 404


def left_out(reader: Reader) -> None:
    strict = replace(PUBLISHERS[0], policy=DisplayPolicy.HEADLINE)
    with reader.tools.database.transaction() as tx:
        publishers.save(tx, [strict])


def rewritten(reader: Reader) -> None:
    with reader.tools.database.transaction() as tx:
        old = articles.get_many(tx, [reader.ids["ledger"]])[0]
        other = tuple(
            replace(block, text="The ledger was lost again, the office said on Monday.") for block in old.blocks
        )
        articles.save(tx, [replace(old, blocks=other)], now=NOW)


@pytest.mark.parametrize("change", [left_out, rewritten])
def test_an_episode_stands_only_on_what_may_be_said(heard: Reader, change: Callable[[Reader], None]) -> None:
    assert open_scripts(heard.tools).stands(kept(heard))
    change(heard)
    assert not open_scripts(heard.tools).stands(kept(heard))


def test_what_may_not_be_quoted_any_more_is_not_heard(heard: Reader) -> None:
    left_out(heard)
    heard.clock.now += timedelta(seconds=10)
    assert heard.get(f"/en-gb/podcast/{DAY}.mp3").status_code == 404
    assert channel(heard).findall("item") == []


@pytest.mark.parametrize("settings", [{}, {**ON, "ai": AiSettings(on=False)}])
def test_off_is_off(make_reader: Callable[..., Reader], settings: dict[str, object]) -> None:
    recorded(make_reader(settings=ON))
    reader = make_reader(settings=settings)
    assert reader.get("/en-gb/podcast.rss").status_code == 404
    assert reader.get(f"/en-gb/podcast/{DAY}.mp3").status_code == 404
    assert "podcast" not in reader.get("/en-gb").text.lower()
    assert open_scripts(reader.tools).editions() == ()


def test_the_editions_are_those_that_were_named(make_reader: Callable[..., Reader]) -> None:
    assert open_scripts(make_reader(settings=ON).tools).editions() == (EditionKey("en-gb"),)
    assert open_scripts(make_reader(settings={**ON, "edition": "de-de"}).tools).editions() == (EditionKey("de-de"),)
    named = {**ON, "speech": {"editions": ("ar-ae", "xx-yy")}}
    assert open_scripts(make_reader(settings=named).tools).editions() == (EditionKey("ar-ae"),)


def test_an_article_is_written_within_what_its_page_shows(make_reader: Callable[..., Reader]) -> None:
    whole = open_scripts(make_reader(settings=ON).tools)
    public = open_scripts(
        make_reader(WebSettings(host="192.0.2.1", public_url="https://news.example"), settings=ON).tools
    )
    number = make_reader().ids["ledger"]
    said, less = whole.article(number), public.article(number)
    assert said is not None
    assert less is not None
    assert [line.text for line in said.lines][:2] == [
        "Tide ledger found in drowned archive.", "The Harbour Example, Sunday, 1 March 2026."
    ]  # fmt: skip
    assert len(less.lines) < len(said.lines)
    strict = whole.article(make_reader().ids["strict"])
    assert strict is not None
    assert [line.text for line in strict.lines] == [
        "Strict words about the harbour.",
        "Strict Example, Sunday, 1 March 2026.",
    ]


def test_what_is_kept_from_models_is_sent_to_no_server(make_reader: Callable[..., Reader]) -> None:
    reader = recorded(make_reader(settings={"speaker": "openai"}))
    assert open_scripts(reader.tools).stands(kept(reader))
    with reader.tools.database.transaction() as tx:
        old = articles.get_many(tx, [reader.ids["ledger"]])[0]
        articles.save(tx, [replace(old, rights=replace(old.rights, robots=("noai",)))], now=NOW)
    assert not open_scripts(reader.tools).stands(kept(reader))
    assert open_scripts(reader.tools).briefing(EditionKey("en-gb")) is None
    assert open_scripts(reader.tools).article(reader.ids["ledger"]) is None
    assert open_scripts(make_reader(settings=ON).tools).briefing(EditionKey("en-gb")) is not None


def test_it_is_as_late_there_as_there(make_reader: Callable[..., Reader]) -> None:
    scripts = open_scripts(make_reader(settings=ON).tools)
    assert scripts.there(EditionKey("ja-jp")).isoformat() == "2026-03-01T21:00:00+09:00"
    assert scripts.there(EditionKey("en-gb")) == datetime(2026, 3, 1, 12, tzinfo=UTC)
