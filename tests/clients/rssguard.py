"""RSS Guard: accounts and feeds written into its database, then driven by keys."""

import base64
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .newsroom import soon
from .screens import Screen

NEEDS = ("rssguard", "Xvfb", "dbus-daemon", "xdotool")
FRESHRSS = 1
"""The kind of server that has Google Reader's API at /api/greader.php."""

OTHER = 1024
KINDS = {"rss": 1, "atom": 3, "json": 4}
KEYS = {
    "UpdateAllItems": "ctrl+F1",
    "SelectNextItem": "ctrl+F2",
    "SelectNextUnreadMessage": "ctrl+F3",
    "SwitchImportanceOfSelectedMessages": "ctrl+F4",
    "MarkSelectedMessagesAsUnread": "ctrl+F5",
    "MarkAllItemsRead": "ctrl+F6",
}
"""What is chosen by keys: by F-keys, which no field of its windows takes for itself."""

_DONE = "Finished feed updates"
_SECRET = 0x0C7A_7057_9CD3_0110
"""The key it hides passwords with, as we write it into its settings."""


@dataclass
class RssGuard:
    """RSS Guard in a folder of its own."""

    screen: Screen
    window: str = ""

    @property
    def _folder(self) -> Path:
        return self.screen.home / "rssguard"

    def prepare(self) -> None:
        """Write its settings, and have it make its database."""
        config = self._folder / "config"
        config.mkdir(parents=True)
        keys = "".join(f"m_action{name}={key.replace('ctrl', 'Ctrl')}\n" for name, key in KEYS.items())
        config.joinpath("config.ini").write_text(
            f"[main]\nfirst_run=false\nfirst_run_4.0.4=false\n\n[keyboard]\n{keys}"
        )
        config.joinpath("key.private").write_text(str(_SECRET))
        began = self.screen.start(*self._command())
        soon(lambda: self.rows("SELECT inf_value FROM Information") != [], "RSS Guard made no database")
        began.terminate()
        began.wait(20)

    def add_account(self, address: str, name: str, token: str, service: int) -> None:
        """Give it an account of the Google Reader kind."""
        told = {"service": service, "username": name, "password": hidden(token), "url": address, "batch_size": 100}
        told |= {"download_only_unread": False, "intelligent_synchronization": True}
        self._write("INSERT INTO Accounts (type, custom_data) VALUES ('greader', ?)", json.dumps(told))

    def add_feeds(self, feeds: Mapping[str, str]) -> None:
        """Give it feeds by the kind of each, beside its accounts."""
        self._write("INSERT INTO Accounts (id, type) VALUES (99, 'std-rss')")
        for kind, address in feeds.items():
            told = {"source_type": 0, "type": KINDS[kind], "encoding": "UTF-8", "post_process": "", "protected": False}
            self._write(
                """INSERT INTO Feeds
                (title, date_created, category, source, update_type, account_id, custom_id, custom_data)
                VALUES (?, 0, -1, ?, 0, 99, ?, ?)""",
                *(kind, address, kind, json.dumps(told | {"username": "", "password": ""})),
            )

    def open(self) -> None:
        """Start it, and wait until its window takes keys."""
        self.screen.start(*self._command())
        search = ("xdotool", "search", "--sync", "--onlyvisible", "--name", r"^RSS Guard 4")
        self.window = self.screen.tell(*search).split()[0]
        self.screen.tell("xdotool", "windowfocus", "--sync", self.window)

    def choose(self, *names: str) -> None:
        """Choose items of its menus, one after the other."""
        self.screen.tell("xdotool", "key", "--delay", "200", *(KEYS[name] for name in names))

    def update(self) -> None:
        """Have it send what was marked and fetch what there is, and wait until it is done."""
        before = self._said().count(_DONE)
        self.choose("UpdateAllItems")
        soon(lambda: self._said().count(_DONE) > before, "RSS Guard did not finish")

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Ask its database; rows of one column come as their values. Gives nothing before there is one."""
        kept = self._folder / "database/database.db"
        try:
            with closing(sqlite3.connect(f"file:{kept}?mode=ro", uri=True)) as view:
                found = view.execute(query, values).fetchall()
        except sqlite3.OperationalError:  # not there yet, or just being written
            return []
        return [row[0] if len(row) == 1 else row for row in found]

    def articles(self, column: str = "title", feed: str = "feed/1") -> list[Any]:
        """List what it keeps of a feed, in the order of headlines."""
        return self.rows(f"SELECT {column} FROM Messages WHERE feed = ? ORDER BY title", feed)  # noqa: S608

    def faults(self) -> list[str]:
        """List what it found wrong with what it fetched, but that a wrong token is one."""
        wrong = [one for one in self._said().splitlines() if 'type="critical"' in one]
        return [one for one in wrong if "-> core: Notification for event" not in one and "-> greader" not in one]

    def _said(self) -> str:
        return self.screen.said("rssguard").read_text(errors="replace")

    def _write(self, query: str, *values: Any) -> None:
        with closing(sqlite3.connect(self._folder / "database/database.db")) as kept, kept:
            kept.execute(query, values)

    def _command(self) -> tuple[str, ...]:
        return ("rssguard", "-d", str(self._folder))


def hidden(text: str) -> str:
    """Hide a password as RSS Guard does: a version, a flag, then byte by byte with the key and the byte before."""
    data = text.encode()
    out, last = bytearray([3, 2]), 0
    for place, byte in enumerate(bytes([7]) + _checksum(data).to_bytes(2, "big") + data):
        last ^= byte ^ (_SECRET >> 8 * (place % 8) & 255)
        out.append(last)
    return base64.b64encode(bytes(out)).decode()


def _checksum(data: bytes) -> int:
    """Compute the checksum of ISO 3309."""
    found = 0xFFFF
    for byte in data:
        found ^= byte
        for _ in range(8):
            found = (found >> 1) ^ 0x8408 if found & 1 else found >> 1
    return found ^ 0xFFFF
