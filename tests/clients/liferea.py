"""Liferea, driven over its message bus: it lets all its menus be chosen from there."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from .newsroom import soon
from .screens import Screen

NEEDS = ("liferea", "Xvfb", "dbus-daemon", "gdbus")
_NAME = "net.sourceforge.liferea"
_PATH = "/net/sourceforge/liferea"
_READER = "/org/gnome/feed/Reader"


def account(ident: str, address: str, name: str, token: str) -> str:
    """Describe an account of the Google Reader kind, for its list of feeds."""
    told = {"id": ident, "xmlUrl": address, "username": name, "password": token}
    return f'<outline type="source" sourceType="fl_google_reader" title="{ident}" text="{ident}" {_written(told)}/>'


def plain(ident: str, address: str) -> str:
    """Describe a feed, for its list of feeds."""
    return f'<outline type="rss" title="{ident}" text="{ident}" {_written({"id": ident, "xmlUrl": address})}/>'


def _written(told: dict[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in told.items())


@dataclass
class Liferea:
    """Liferea with these outlines as its list of feeds."""

    screen: Screen

    def open(self, outlines: Sequence[str]) -> None:
        """Write its list of feeds, start it, and wait until it can be told something."""
        settings = self._file(".config/glib-2.0/settings/keyfile")
        settings.write_text("[org/gnome/liferea]\nconfirm-mark-all-read=false\n")
        head = "<head><title>Liferea Feed List Export</title></head>"
        listed = f'<opml version="1.0">{head}<body>{"".join(outlines)}</body></opml>'
        self._file(".config/liferea/feedlist.opml").write_text(f'<?xml version="1.0"?>\n{listed}')
        self.screen.start("liferea", "--debug-parsing")
        soon(lambda: _NAME in self._names(), "Liferea did not come to the message bus")

    def choose(self, item: str) -> None:
        """Choose an item of its menus."""
        self._call(_NAME, _PATH, "org.gtk.Actions.Activate", item, "[]", "{}")

    def unread(self) -> int:
        """Give how many articles it says are unread."""
        said = self._call("org.gnome.feed.Reader", _READER, "org.gnome.feed.Reader.GetUnreadItems")
        return int("".join(one for one in said if one.isdecimal()))

    def articles(self, columns: str = "title", of: str = "") -> list[Any]:
        """List what it keeps, in the order of headlines; `of` is the end of a feed's address."""
        of_feeds = "node_id IN (SELECT node_id FROM subscription WHERE orig_source LIKE ?)"
        query = f"SELECT {columns} FROM items WHERE {of_feeds} ORDER BY title"  # noqa: S608 - the test's own words
        kept = self.screen.home / ".local/share/liferea/liferea.db"
        try:
            with closing(sqlite3.connect(f"file:{kept}?mode=ro", uri=True)) as view:
                found = view.execute(query, (f"%{of}",)).fetchall()
        except sqlite3.OperationalError:  # not there yet, or just being written
            return []
        return [row[0] if len(row) == 1 else row for row in found]

    def feeds_of(self, ident: str) -> str:
        """Give the feeds of an account as it keeps them: an outline of folders; "" where it never came to that."""
        kept = self.screen.home / f".cache/liferea/plugins/{ident}.opml"
        return kept.read_text() if kept.exists() else ""

    def warnings(self) -> list[str]:
        """List what its parser said about feeds, but that it began, and that it has no use for atom:source."""
        said = self.screen.said("liferea").read_text(errors="replace").splitlines()
        fine = ("Registering", "JSON API: found", 'unknown entry element "source"')
        return [one for one in said if one.startswith("PARSING:") and not any(told in one for told in fine)]

    def _names(self) -> str:
        return self._call("org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames")

    def _call(self, name: str, path: str, method: str, *words: str) -> str:
        call = ("gdbus", "call", "--session", "--dest", name, "--object-path", path, "--method", method)
        return self.screen.tell(*call, *words)

    def _file(self, name: str) -> Path:
        found = self.screen.home / name
        found.parent.mkdir(parents=True, exist_ok=True)
        return found
