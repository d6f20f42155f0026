"""Addresses: one form each, trackers gone, unsafe ones refused."""

import pytest

from octavo.errors import UnusableUrl
from octavo.text.urls import absolute_url, canonical_url, host_of, origin_of, path_of, publisher_host

BASE = "https://news.example/a/b?c=d"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("HTTP://News.Example:80/A", "http://news.example/A"),
        ("https://news.example", "https://news.example/"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("https://news.example/a#part", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&id=7&fbclid=y", "https://news.example/a?id=7"),
        ("https://news.example/a/../b/./c", "https://news.example/b/c"),
        ("https://news.example/%7Euser/%e4%bd", "https://news.example/~user/%E4%BD"),
        ("https://news.example/ä b", "https://news.example/%C3%A4%20b"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://news.example./a", "https://news.example/a"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_canonical_form(url: str, wanted: str) -> None:
    assert canonical_url(url) == wanted
    assert canonical_url(wanted) == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("../x", "https://news.example/x"),
        ("?e=f", "https://news.example/a/b?e=f"),
        ("//other.example/x", "https://other.example/x"),
        ("/x?cid=9", "https://news.example/x?cid=9"),
    ],
)
def test_relative_addresses(url: str, wanted: str) -> None:
    assert canonical_url(url, BASE) == wanted


def test_absolute_keeps_what_it_was_given() -> None:
    assert absolute_url("/a?utm_source=x#p", BASE) == "https://news.example/a?utm_source=x#p"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://news.example/",
        "https://",
        "https:///a",
        "https://news.example:0/",
        "https://news.example:99999/",
        "https://exa mple.example/",
        "https://a..example/",
        "https://[::1",
        "https://" + "a" * 64 + ".example/",
        "https://news.example/" + "a" * 3000,
        "",
    ],
)
def test_unusable_addresses(url: str) -> None:
    with pytest.raises(UnusableUrl):
        canonical_url(url)


def test_scripts_do_not_hide_behind_a_base() -> None:
    with pytest.raises(UnusableUrl):
        absolute_url("java\tscript:alert(1)", BASE)


@pytest.mark.parametrize(
    ("host", "wanted"),
    [
        ("www.news.example", "news.example"),
        ("m.news.example", "news.example"),
        ("feeds.news.example", "news.example"),
        ("www.example", "www.example"),
    ],
)
def test_publisher_hosts(host: str, wanted: str) -> None:
    assert publisher_host(host) == wanted


def test_hosts_and_origins() -> None:
    assert host_of("https://News.Example:8080/a") == "news.example"
    assert host_of("no address") == ""
    assert host_of("https://[::1") == ""
    assert path_of("https://news.example/a/b?c") == "/a/b"
    assert path_of("https://[x]/a") == ""
    assert origin_of("https://News.Example:8080/a?b") == "https://news.example:8080"
