"""What devices share with the newspaper: the article kept under its address, or what comes near; never a request."""

import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest

from octavo.errors import InputError
from octavo.serve import links
from octavo.serve.sending import server_link

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


def test_an_article_can_be_handed_on_without_scripts(reader: Reader) -> None:
    path = links.article("en-gb", reader.ids["ledger"], ARTICLES["ledger"].headline)
    page = reader.get(path).text
    assert 'href="mailto:?subject=Tide%20ledger%20found%20in%20drowned%20archive&amp;body=' in page
    assert "/send" in page
    [more] = re.findall(r'href="(/en-gb/article/\w+/send)"', page)
    sent = reader.get(more)
    assert sent.status_code == 200
    assert quote("https://harbour.example/ledger", safe="") in sent.text, "the publisher's own page is what is sent"
    assert f'value="{re.findall(r"data-address=.(.*?).[ >]", page)[0]}"' in sent.text
    assert "iframe" not in sent.text, "an article has no card"
    named = reader.get(f"{path}/send")
    assert (named.status_code, named.headers["location"]) == (301, more)
    for link in re.findall(r'<a [^>]*href="https://[^>]*>', sent.text):
        if 'rel="' in link and "external" in link:
            assert "noopener noreferrer" in link


@pytest.mark.parametrize(
    ("kind", "server", "leads"),
    [
        ("wallabag", "https://bag.example/", "https://bag.example/bookmarklet?url=https%3A%2F%2Fa.example%2Fx%3Fy%3D1"),
        ("wallabag", "bag.example/sub", "https://bag.example/sub/bookmarklet?url=https%3A%2F%2Fa.example%2Fx%3Fy%3D1"),
        (
            "linkding",
            "http://10.0.0.2:9090",
            "http://10.0.0.2:9090/bookmarks/new?url=https%3A%2F%2Fa.example%2Fx%3Fy%3D1&title=A%20%26%20B",
        ),
        ("karakeep", "https://keep.example", "https://keep.example/dashboard/bookmarks"),
        ("other", "https://o.example/save?u={url}&t={title}", "https://o.example/save?u=https%3A%2F%2Fa.example%2Fx%3Fy%3D1&t=A%20%26%20B"),
    ],
)  # fmt: skip
def test_a_readers_own_server_is_linked_to(kind: str, server: str, leads: str) -> None:
    assert server_link(kind, server, "https://a.example/x?y=1", "A & B") == leads


@pytest.mark.parametrize(
    ("kind", "server"),
    [
        ("wallabag", "javascript:alert(1)//{url}"),
        ("wallabag", "javascript://bag.example/%0aalert(1)"),
        ("other", "javascript:alert('{url}')"),
        ("other", "data:text/html,{url}"),
        ("other", "{url}"),
        ("other", "https://o.example/"),
        ("wallabag", ""),
        ("nothing", "https://bag.example"),
        ("wallabag", "https://" + "x" * 600),
        ("linkding", "https://[::"),
    ],
)
def test_only_web_addresses_are_servers(kind: str, server: str) -> None:
    with pytest.raises(InputError):
        server_link(kind, server, "javascript:alert(1)", "x")


def test_a_server_that_is_given_is_linked_to_or_said_to_be_none(make_reader: Callable[..., Reader]) -> None:
    class Nobody:
        """Fails whoever asks it, whatever is asked."""

        def __getattr__(self, name: str) -> object:
            raise AssertionError(f"the network was asked: {name}")

    reader = make_reader(fetcher=Nobody())
    path = f"{links.article_root('en-gb', reader.ids['ledger'])}/send"
    page = reader.get(f"{path}?kind=linkding&server=https%3A%2F%2Flinks.example").text
    assert 'data-made href="https://links.example/bookmarks/new?url=' in page
    assert 'target="_blank" rel="noopener noreferrer nofollow external"' in page
    page = reader.get(f"{path}?kind=other&server={quote(ATTACK)}").text
    assert "data-made href" not in page
    assert 'role="alert"' in page
    assert ATTACK not in page
    assert reader.get("/en-gb/article/0/send").status_code == 404


def test_a_story_is_handed_on_from_either_of_its_addresses(reader: Reader) -> None:
    root = links.story_root("en-gb", reader.story)
    there = reader.get(f"{root}/any-words-at-all/send")
    assert (there.status_code, there.headers["location"]) == (301, f"{root}/send")
    assert reader.get(f"{root}/send").status_code == 200
    assert reader.get("/en-gb/story/%2F%2Felsewhere.example/words/send").status_code == 404
    assert reader.get("/en-gb/story/Not-An-Id/words/send").status_code == 404
