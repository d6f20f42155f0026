"""RSS Guard 4.0 at a website: by Google Reader's API, and as a reader of the site's own feeds."""

import pytest

from .newsroom import HEADLINES, Newsroom, soon
from .rssguard import FRESHRSS, NEEDS, OTHER, RssGuard
from .screens import Screen, lacking

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(bool(lacking(*NEEDS)), reason=lacking(*NEEDS)),
]


def test_by_google_reader(newsroom: Newsroom, screen: Screen) -> None:
    """As FreshRSS, with folders and labels: marks and stars go both ways."""
    newsroom.label()
    app = RssGuard(screen)
    app.prepare()
    app.add_account(newsroom.address, "ada", newsroom.token, FRESHRSS)
    app.open()
    soon(lambda: "feed/1" in app.rows("SELECT custom_id FROM Feeds"), "RSS Guard did not bring the feeds")
    assert app.rows("SELECT title FROM Categories ORDER BY title") == ["Followed", "United Kingdom"]
    app.update()
    assert tuple(app.articles()) == HEADLINES
    assert all("harbour office" in text for text in app.articles("contents"))
    assert all("/en-gb/article/" in page for page in app.articles("url"))
    labels = app.rows("SELECT l.name FROM Labels l JOIN LabelsInMessages m ON m.label = l.custom_id ORDER BY 1")
    assert labels == ["#Tide", "Business"]
    app.choose("SelectNextItem", "SelectNextUnreadMessage", "SwitchImportanceOfSelectedMessages")
    app.update()
    assert (len(newsroom.unread()), len(newsroom.starred())) == (3, 1)
    app.choose("MarkSelectedMessagesAsUnread", "SwitchImportanceOfSelectedMessages")
    app.update()
    assert (newsroom.unread(), newsroom.starred()) == (newsroom.ids, [])
    newsroom.mark_elsewhere("a", "starred")
    app.choose("MarkAllItemsRead")
    app.update()
    assert (newsroom.unread(), app.articles("is_important")) == ([], [1] * 4)
    newsroom.mark_elsewhere("r", "read")
    app.update()
    assert sum(app.articles("is_read")) <= 1, "the one that lies open is read again at once"
    assert app.faults() == []


def test_as_a_reader_of_our_feeds(newsroom: Newsroom, screen: Screen) -> None:
    """Atom, RSS and JSON Feed are taken without a fault, and lead to our pages; a wrong token shows nothing."""
    app = RssGuard(screen)
    app.prepare()
    app.add_account(newsroom.address, "ada", "octavo_wrong", OTHER)
    app.add_feeds({kind: f"{newsroom.address}/en-gb/latest.{kind}" for kind in ("atom", "rss", "json")})
    app.open()
    app.update()
    for kind in ("atom", "rss", "json"):
        assert tuple(app.articles(feed=kind)) == HEADLINES, kind
        assert all("harbour office" in text for text in app.articles("contents", kind))
        assert all("/en-gb/article/" in page for page in app.articles("url", kind))
    assert app.faults() == []
    assert app.rows("SELECT id FROM Feeds WHERE account_id <> 99") == []
