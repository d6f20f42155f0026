"""Liferea 1.14 at a website: by Google Reader's API, and as a reader of the site's own feeds."""

from functools import partial

import pytest

from .liferea import NEEDS, Liferea, account, plain
from .newsroom import HEADLINES, Newsroom, soon
from .screens import Screen, lacking

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(bool(lacking(*NEEDS)), reason=lacking(*NEEDS)),
]

FEED = "harbour.example/feed"


def test_by_google_reader(newsroom: Newsroom, screen: Screen) -> None:
    """It has our feed in its folder; reading, unreading and starring there is done here.

    Not the other way round: 1.14 looks for marks in items where no server writes them, and finds all unread.
    """
    app = Liferea(screen)
    app.open([account("octavo", newsroom.address, "ada", newsroom.token)])
    soon(lambda: tuple(app.articles()) == HEADLINES, "Liferea did not bring the articles")
    assert all("harbour office" in text for text in app.articles("description"))
    assert set(app.articles("source")) == {f"https://harbour.example/{number}" for number in range(4)}
    assert 'type="folder"' in app.feeds_of("octavo")
    assert 'text="United Kingdom"' in app.feeds_of("octavo")
    assert app.unread() == 4
    app.choose("next-unread-item")
    soon(lambda: len(newsroom.unread()) == 3, "reading an article did not mark it as read")
    app.choose("toggle-selected-item-read-status")
    soon(lambda: newsroom.unread() == newsroom.ids, "an article was not marked as unread")
    app.choose("toggle-selected-item-flag")
    soon(lambda: len(newsroom.starred()) == 1, "the flag did not star the article")
    app.choose("toggle-selected-item-flag")
    soon(lambda: newsroom.starred() == [], "taking the flag away left the star")
    app.choose("mark-selected-feed-as-read")
    soon(lambda: newsroom.unread() == [], "the feed was not marked as read")
    assert app.unread() == 0


def test_as_a_reader_of_our_feeds(newsroom: Newsroom, screen: Screen) -> None:
    """Atom and RSS come without a word of its parser; so does an account at a longer address; none by a wrong token."""
    site, app = newsroom.address, Liferea(screen)
    right = account("right", f"{site}/api/greader.php", "ada", newsroom.token)
    feeds = [plain(kind, f"{site}/en-gb/latest.{kind}") for kind in ("atom", "rss")]
    app.open([account("wrong", site, "ada", "octavo_wrong"), right, *feeds])
    soon(lambda: tuple(app.articles(of=FEED)) == HEADLINES, "the account brought nothing")
    app.choose("update-all")
    for kind in ("atom", "rss"):
        soon(partial(is_taken, app, kind), f"the {kind} feed was not taken")
        assert all("harbour office" in text for text in app.articles("description", of=kind))
        assert all("/en-gb/article/" in page for page in app.articles("source", of=kind))
    assert app.warnings() == []
    assert "Harbour news" not in app.feeds_of("wrong")


def is_taken(app: Liferea, kind: str) -> bool:
    return tuple(app.articles(of=kind)) == HEADLINES
