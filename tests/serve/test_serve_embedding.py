"""A story's card for other sites, its description (oEmbed), and that no other page may stand in a frame."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest

from octavo.serve import cardstyle, links
from octavo.serve.routes import LISTS, OWN, PAGES
from octavo.store import articles, stories
from octavo.text.slugs import short_id

from .conftest import ARTICLES, ATTACK, Reader

SITE = "https://news.example"


def card_path(reader: Reader, edition: str = "en-gb") -> str:
    return links.story_card(edition, reader.story)


def story_path(reader: Reader) -> str:
    return links.story("en-gb", reader.story, ARTICLES["ledger"].headline)


def oembed(reader: Reader, url: str, **more: str) -> str:
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in {"url": url, **more}.items())
    return f"/oembed?{query}"


def test_the_card_may_stand_in_any_frame_and_do_nothing_there(reader: Reader) -> None:
    for _ in range(2):  # made, and then from what is kept
        answer = reader.get(card_path(reader))
        assert answer.status_code == 200
        policy = dict(one.partition(" ")[::2] for one in answer.headers["content-security-policy"].split("; "))
        assert policy["frame-ancestors"] == "*"
        assert policy["default-src"] == "'none'"
        assert "script-src" not in policy
        assert policy["sandbox"] == "allow-popups allow-popups-to-escape-sandbox"
        assert "x-frame-options" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
        assert answer.headers["x-robots-tag"] == "noindex"
        reader.clock.now += timedelta(seconds=2)
    known = reader.get(card_path(reader), if_none_match=answer.headers["etag"])
    assert (known.status_code, "x-frame-options" in known.headers) == (304, False)


def test_the_card_is_small_and_asks_for_nothing(reader: Reader) -> None:
    page = reader.get(card_path(reader)).text
    assert len(page.encode()) < 10_000
    assert not re.search(r"<(script|img|link(?! rel=\"canonical\")|iframe|form|object)|url\(|@import", page)
    assert f"<style>{cardstyle.style()}</style>" in page
    assert {one.rpartition("/en-gb/")[2] for one in re.findall(r'href="([^"]+)"', page)} == {
        story_path(reader).removeprefix("/en-gb/")
    }
    assert 'target="_blank" rel="noopener"' in page
    assert ARTICLES["ledger"].headline in page


def test_the_card_follows_edition_direction_and_look(reader: Reader) -> None:
    arabic = reader.get(card_path(reader, "ar-ae")).text
    assert '<html lang="ar' in arabic
    assert 'dir="rtl"' in arabic
    assert 'data-theme="dark"' in reader.get(f"{card_path(reader)}?theme=dark").text
    assert "data-theme=" not in reader.get(f"{card_path(reader)}?theme=%22%3E").text.replace("[data-theme=", "")
    assert reader.get("/en-gb/story/0/card").status_code == 404
    missing = reader.get("/en-gb/story/0/card")
    assert "frame-ancestors 'none'" in missing.headers["content-security-policy"]
    assert missing.headers["x-frame-options"] == "DENY"


def test_a_signed_in_readers_card_is_everybodys(make_reader: Callable[..., Reader]) -> None:
    site = make_reader(settings={"accounts": {"sign_up": "open", "password_memory_kib": 7_168}})
    visitor = site.visitor().sign_up("rita")
    own, nobodys = visitor.get(card_path(site)), site.get(card_path(site))
    assert own.text == nobodys.text
    assert "rita" not in own.text
    assert "frame-ancestors *" in own.headers["content-security-policy"]


def test_every_other_page_stays_out_of_frames(reader: Reader) -> None:
    names = {
        "edition": "en-gb",
        "number": short_id(reader.story),
        "words": "x",
        "topic": "04000000",
        "tag": "tide",
        "place": "gb",
        "publisher": "harbour",
        "comment": "x",
        "account": "1",
        "token": "x",
        "name": "x",
    }
    paths = [re.sub(r"\{(\w+)(?::path)?\}", lambda found: names[found[1]], path) for path, _ in (*LISTS, *PAGES, *OWN)]
    paths += [story_path(reader), f"{links.story_root('en-gb', reader.story)}/send", "/oembed", "/", "/nowhere/at/all"]
    for path in paths:
        answer = reader.get(path)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path
        assert answer.headers["x-frame-options"] == "DENY", path


def test_a_storys_page_says_where_it_is_described(public_reader: Reader) -> None:
    page = public_reader.get(story_path(public_reader)).text
    [found] = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page)
    assert found == f"{SITE}{links.oembed(SITE + story_path(public_reader))}"
    answer = public_reader.get(found.removeprefix(SITE))
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 550, 260)
    assert told["title"] == ARTICLES["ledger"].headline
    assert f'src="{SITE}{card_path(public_reader)}"' in told["html"]
    assert "<script" not in told["html"]
    assert told["thumbnail_url"].startswith(f"{SITE}/card/story/")


def test_the_description_is_as_small_as_it_is_asked_to_be(public_reader: Reader) -> None:
    url = f"{SITE}{story_path(public_reader)}"
    told = public_reader.get(oembed(public_reader, url, maxwidth="300", maxheight="200", format="json")).json()
    assert (told["width"], told["height"]) == (300, 200)
    assert 'width="300" height="200"' in told["html"]
    told = public_reader.get(oembed(public_reader, url, maxwidth="-5", maxheight="9" * 50)).json()
    assert (told["width"], told["height"]) == (550, 260)
    assert public_reader.get(oembed(public_reader, url, format="xml")).status_code == 501


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://news.example",
        "https://news.example/en-gb/article/x/y",
        "https://news.example/xx-xx/story/{story}",
        "https://news.example/en-gb/story/zzzzzzzzzzz",
        "https://news.example.evil.example/en-gb/story/{story}",
        "https://news.example@evil.example/en-gb/story/{story}",
        "//news.example/en-gb/story/{story}",
        "javascript:alert(1)",
        "https://[/en-gb/story/x",
    ],
)
def test_only_stories_of_this_site_are_described(public_reader: Reader, url: str) -> None:
    asked = url.format(story=short_id(public_reader.story)) if "{" in url else url
    assert public_reader.get(oembed(public_reader, asked)).status_code == 404


def test_a_headline_is_text_in_the_card_and_in_what_is_copied(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader()
    with reader.tools.database.transaction() as tx:
        story = stories.stories_of(tx, [reader.ids["ledger"]])[reader.ids["ledger"]]
        evil = articles.get(tx, reader.ids["ledger"])
        assert evil is not None
        articles.save(tx, [replace(evil, headline=f'"{ATTACK}"', excerpt=ATTACK)])
    card = reader.get(links.story_card("en-gb", story.id)).text
    assert ATTACK not in card
    send = reader.get(f"{links.story_root('en-gb', story.id)}/send").text
    assert ATTACK not in send
    origin = re.findall(r'rel="canonical" href="(.*?)/en-gb', card)[0]
    told = json.loads(reader.get(oembed(reader, f"{origin}/en-gb/story/{short_id(story.id)}")).text)
    assert ATTACK not in told["html"]


def test_a_story_called_send_or_card_keeps_its_own_page() -> None:
    assert links.story("en-gb", 1, "Card").endswith("/card-")
    assert links.article("en-gb", 1, "SEND").endswith("/send-")
