"""Newsboat 2.21 at a website: by Miniflux's API, by Google Reader's, and as a reader of the site's own feeds."""

from collections.abc import Callable

import pytest

from .conftest import NEWSBOAT, Newsboat
from .newsroom import HEADLINES, Newsroom, soon

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not NEWSBOAT, reason="newsboat is not installed: apt-get install newsboat"),
]

Make = Callable[..., Newsboat]

PLAIN = 'auto-reload no\nconfirm-exit no\narticle-sort-order "date-asc"\n'


def miniflux(room: Newsroom, token: str) -> str:
    return f"""{PLAIN}urls-source "miniflux"
miniflux-url "{room.address}"
miniflux-login "ada"
miniflux-password "{token}"
"""


def feedhq(room: Newsroom, token: str, base: str = "") -> str:
    return f"""{PLAIN}urls-source "feedhq"
feedhq-url "{room.address}{base}"
feedhq-login "ada"
feedhq-password "{token}"
feedhq-show-special-feeds no
feedhq-flag-star "s"
"""


def read_some(app: Newsboat, room: Newsroom) -> None:
    """Open an article, mark it as unread, mark its feed as read; the website follows each time."""
    app.open()
    app.see("Harbour news")
    app.press("\n")
    app.see("Crane falls")
    app.press("\n")
    app.see("harbour office")
    app.press("q")
    soon(lambda: room.unread() == room.ids[1:], "opening an article did not mark it as read")
    app.press("N")
    soon(lambda: room.unread() == room.ids, "N did not mark the article as unread")


def mark_the_feed(app: Newsboat, room: Newsroom) -> None:
    app.press("A")
    soon(lambda: room.unread() == [], "A did not mark the feed as read")


def test_by_miniflux(newsroom: Newsroom, newsboat: Make) -> None:
    app = newsboat(miniflux(newsroom, newsroom.token))
    assert app.run("reload", "print-unread").strip() == "4 unread articles"
    assert sorted(title for title, _ in app.articles()) == sorted(HEADLINES)
    assert all("harbour office" in text for _, text in app.articles())
    read_some(app, newsroom)
    mark_the_feed(app, newsroom)


@pytest.mark.parametrize("base", ["", "/api/greader.php", "/api/greader"])
def test_by_google_reader(newsroom: Newsroom, newsboat: Make, base: str) -> None:
    app = newsboat(feedhq(newsroom, newsroom.token, base))
    assert app.run("reload", "print-unread").strip() == "4 unread articles"
    assert all("harbour office" in text for _, text in app.articles())
    if base:
        return
    read_some(app, newsroom)
    app.press("\x05")
    app.see("Flags")
    app.press("s\n")
    soon(lambda: len(newsroom.starred()) == 1, "the flag did not star the article")
    app.press("\x05")
    app.press("\x7f\n")
    soon(lambda: newsroom.starred() == [], "taking the flag away left the star")
    mark_the_feed(app, newsroom)


@pytest.mark.parametrize("config", [miniflux, feedhq])
def test_a_wrong_token_shows_nothing(
    newsroom: Newsroom, newsboat: Make, config: Callable[[Newsroom, str], str]
) -> None:
    app = newsboat(config(newsroom, "octavo_wrong"))
    with pytest.raises(AssertionError):
        app.run("reload", "print-unread")


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_as_a_reader_of_our_feeds(newsroom: Newsroom, newsboat: Make, kind: str) -> None:
    app = newsboat(PLAIN, f"{newsroom.address}/en-gb/latest.{kind}\n")
    assert app.run("reload", "print-unread").strip() == "4 unread articles"
    assert sorted(title for title, _ in app.articles()) == sorted(HEADLINES)
    assert all("harbour office" in text for _, text in app.articles())
