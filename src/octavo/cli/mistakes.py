"""The usual mistakes, each looked for by a function of its own: the machine, its clock, who else is there.

A finding that is well says so too: whoever reads the list sees what was looked at.
"""

import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from octavo.config import Settings
from octavo.domain.feed import Feed
from octavo.domain.vitals import SILENT, Vitals
from octavo.domain.web import Request
from octavo.errors import FetchError
from octavo.ports.fetcher import Fetcher

LITTLE_ROOM = 1_000_000_000
CLOCK_OFF = timedelta(minutes=2)
_ASKED = 3
"""Feeds whose servers are asked what time it is, at most."""

_BYTES = 2_000_000
_OTHERS = stat.S_IROTH | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `advice` says what to do when it is not well."""

    name: str
    well: bool
    found: str
    advice: str = ""


def machine(settings: Settings) -> Iterator[Finding]:
    """Can be looked at without the store: the data folder, the room on its disk, who may read secrets."""
    yield data_folder(settings.data_dir)
    if settings.data_dir.is_dir():
        yield disk(shutil.disk_usage(settings.data_dir).free)
    yield secret_files(settings)


def data_folder(folder: Path) -> Finding:
    """Try to write there: permissions, a disk mounted read-only and a full one look different and mean the same."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"octavo")
            file.flush()
    except OSError as error:
        said = error.strerror or str(error)
        return Finding("data folder", False, f"{folder} cannot be written to: {said}", "see to its owner and its disk")
    return Finding("data folder", True, f"{folder} can be written to")


def disk(free: int) -> Finding:
    """Tell whether the disk has room for some days."""
    well = free > LITTLE_ROOM
    return Finding("disk", well, f"{free / 1e9:.1f} GB free", "" if well else "make room, or move data_dir")


def secret_files(settings: Settings) -> Finding:
    """Tell whether others on this machine may read what is secret: keys, passwords' hashes, readers' addresses."""
    open_ones = [one for one in _secret_places(settings) if one.stat().st_mode & _OTHERS]
    if not open_ones:
        return Finding("secrets", True, "for this user alone")
    first = open_ones[0]
    return Finding("secrets", False, f"other users may read {first}", f"chmod o-rwx {first}")


def _secret_places(settings: Settings) -> Iterator[Path]:
    if settings.data_dir.is_dir():
        yield settings.data_dir
    folder = Path(settings.secrets_dir) if settings.secrets_dir else None
    if folder is not None and folder.is_dir():
        yield from sorted(one for one in folder.iterdir() if one.is_file())
    file = Path("octavo.toml")
    if file.is_file() and any(word in file.read_text(encoding="utf-8", errors="replace") for word in ("key", "pass")):
        yield file


def clock(fetcher: Fetcher, feeds: list[Feed], known: list[Vitals], now: datetime) -> Finding:
    """Compare this machine's clock with what was written before, and with a publisher's server or two."""
    ahead = [one.poll.last_attempt_at for one in feeds if one.poll.last_attempt_at] + [one.at for one in known]
    if ahead and max(ahead) - now > CLOCK_OFF:
        return Finding("clock", False, f"it is before {max(ahead):%Y-%m-%d %H:%M}, when something was kept", _SET)
    wanted = [Request(feed.url, max_bytes=_BYTES, prompt=True) for feed in feeds[:_ASKED]]
    for _, answer in fetcher.fetch_all(wanted):
        there = None if isinstance(answer, FetchError) else _date(answer.headers.get("date", ""))
        if there is not None:
            off = abs(there - now)
            well = off < CLOCK_OFF
            said = "agrees with a publisher's" if well else f"differs from a publisher's by {off.total_seconds():.0f} s"
            return Finding("clock", well, said, "" if well else _SET)
    return Finding("clock", True, "no publisher said what time it is there")


_SET = "set the clock, and keep it right (NTP): feeds are polled, and people signed in, by it"


def _date(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def public_address(settings: Settings, subscribed: int) -> Finding:
    """Tell whether links that leave the site lead back to it."""
    named, private = settings.web.public_url, settings.web.private
    needs = "" if private else "readers come from elsewhere"
    needs = needs or ("browsers are subscribed to notifications" if subscribed else "")
    if named or not needs:
        return Finding("public address", True, named or "only this machine")
    advice = "set OCTAVO_WEB__PUBLIC_URL to the address readers use"
    return Finding("public address", False, f"not set, and {needs}", advice)


def proxy(settings: Settings, known: list[Vitals], now: datetime) -> Finding:
    """Tell whether requests come through a proxy that settings know nothing of."""
    lately = [one for one in known if one.kind == "web" and one.heard(now)]
    seen = sum(one.figures.get("proxied_total", 0) for one in lately)
    if not seen or settings.web.public_url:
        return Finding("proxy", True, f"{seen:.0f} requests came through one" if seen else "none seen")
    advice = "set OCTAVO_WEB__PUBLIC_URL to the proxy's https address: cookies and links follow it"
    return Finding("proxy", False, f"{seen:.0f} requests came through one, and public_url is not set", advice)


def worker(known: list[Vitals], feeds: int, now: datetime) -> Finding:
    """Tell whether a worker is heard of: without one nothing new comes."""
    last = max((one.at for one in known if one.kind == "work"), default=None)
    if last is not None and now - last < SILENT:
        return Finding("worker", True, "runs")
    said = "none is heard of" if last is None else f"last heard of at {last:%Y-%m-%d %H:%M} UTC"
    if not feeds:
        return Finding("worker", True, f"{said}; there are no feeds to read")
    return Finding("worker", False, said, "start octavo serve, or octavo work beside the website")


def network(feeds: list[Feed]) -> Finding:
    """Tell whether anything can be reached at all: when every feed fails, it is not the feeds."""
    tried = [feed for feed in feeds if feed.poll.last_attempt_at]
    failing = [feed for feed in tried if feed.poll.failures]
    if not tried or len(failing) < len(tried):
        return Finding("network", True, f"{len(tried) - len(failing)} of {len(tried)} feeds could be read")
    said = f"no feed can be read: {failing[0].poll.last_error or 'no answer'}"
    return Finding("network", False, said, "is there a network here, a firewall, a proxy (OCTAVO_FETCH__PROXY)?")


def backups(last: str, days: int, articles: int, now: datetime) -> Finding:
    """Tell whether the last backup is recent."""
    if not days or not articles:
        return Finding("backups", True, "others see to them" if not days else "nothing to lose yet")
    advice = "octavo backup FILE, every night; OCTAVO_BACKUP_DAYS=0 where another program does (pg_dump, Litestream)"
    if not last:
        return Finding("backups", False, "none was ever made", advice)
    made = datetime.fromisoformat(last)
    well = now - made < timedelta(days=days)
    return Finding("backups", well, f"the last one was made on {made:%Y-%m-%d}", "" if well else advice)
