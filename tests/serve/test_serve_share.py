"""What devices share with the newspaper: the article kept under its address, or what comes near; never a request."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from octavo.serve import links

from .conftest import ARTICLES, ATTACK, Reader


def shared(reader: Reader, **given: str) -> str:
    """The page shared with, or where it leads."""
    answer = reader.get(f"/en-gb/share?{urlencode(given)}")
    if answer.status_code == 200:
        return answer.text
    assert answer.status_code in (302, 303, 307)
    return answer.headers["location"]


@pytest.mark.parametrize(
    "given",
    [
        {"url": "https://harbour.example/ledger"},
        {"text": "https://harbour.example/ledger"},
        {"title": "Tide ledger", "text": "Read this: https://harbour.example/ledger."},
        {"url": "http://www.harbour.example/ledger/?utm_source=share#top"},
        {"url": "not an address", "text": "https://HARBOUR.example/ledger"},
    ],
)
def test_the_article_kept_under_the_address_opens(reader: Reader, given: dict[str, str]) -> None:
    there = links.article("en-gb", reader.ids["ledger"], ARTICLES["ledger"].headline)
    assert shared(reader, **given) == there
    assert reader.get(there).status_code == 200


def test_a_page_of_this_site_opens_itself_and_no_other_sites_does(public_reader: Reader) -> None:
    assert shared(public_reader, url="https://news.example/ar-eg/latest") == "/ar-eg/latest"
    for start in (
        "https://news.example.evil.example/en-gb",
        "https://news.example",
        "https://news.example//evil.example",
    ):
        assert f'href="{start}' in shared(public_reader, url=start)


def test_an_unknown_address_is_named_with_what_comes_near(reader: Reader) -> None:
    page = shared(reader, title="Drowned archive gives up ledger", url="https://elsewhere.example/story/1")
    assert '<a href="https://elsewhere.example/story/1" rel="noopener noreferrer nofollow external"' in page
    assert links.article("en-gb", reader.ids["second"], ARTICLES["second"].headline) in page
    assert 'value="Drowned archive gives up ledger"' in page
    assert '<meta name="robots" content="noindex' in page


def test_the_words_of_an_address_are_looked_for_when_nothing_else_came(reader: Reader) -> None:
    page = shared(reader, url="https://elsewhere.example/2026/03/tide-ledger-found-4711.html")
    assert 'value="tide ledger found"' in page
    assert "/article/" in page


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example/"]
)
def test_only_web_addresses_are_addresses(reader: Reader, address: str) -> None:
    assert f'href="{address}' not in shared(reader, url=address, text="tide ledger")


def test_what_was_shared_is_never_markup(reader: Reader) -> None:
    for name in ("title", "text", "url"):
        page = shared(reader, **{name: f"{ATTACK} https://a.example/{ATTACK}"})
        assert ATTACK not in page


def test_nothing_shared_is_said_plainly_in_every_direction(reader: Reader) -> None:
    assert "Nothing came with it." in shared(reader)
    arabic = reader.get("/ar-eg/share").text
    assert 'lang="ar' in arabic
    assert 'dir="rtl"' in arabic
    assert reader.get("/share?url=" + "x" * 5000).status_code == 200


def test_nothing_is_ever_fetched(make_reader: Callable[..., Reader]) -> None:
    class Nobody:
        """Fails whoever asks it, whatever is asked."""

        def __getattr__(self, name: str) -> object:
            raise AssertionError(f"the network was asked: {name}")

    reader = make_reader(fetcher=Nobody())
    assert "elsewhere.example" in shared(reader, url="https://elsewhere.example/a-long-story", title="A long story")
    assert shared(reader, url="https://harbour.example/ledger").startswith("/en-gb/article/")
