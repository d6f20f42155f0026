"""What is fuzzed: functions that read what others wrote. Each returns, or raises what Octavo raises on purpose.

Seeds lie in fuzz/corpus, a folder for each target; so does what was found once. The test-suite replays all of it.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from octavo.actions.archive import read_line
from octavo.adapters.fetchers.unpack import Body
from octavo.collect.discover import offered_feeds
from octavo.collect.opml import read_opml, write_opml
from octavo.collect.parse import parse_feed
from octavo.collect.robots import Rules
from octavo.domain.ids import PublisherId
from octavo.domain.page import PageSource
from octavo.errors import OctavoError
from octavo.extract.article import extract_article
from octavo.relate.query import parse as parse_query
from octavo.relate.query import unfinished
from octavo.text.inert import inert
from octavo.text.markdown import to_html
from octavo.text.urls import absolute_url, canonical_url

CORPUS = Path(__file__).with_name("corpus")
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://tides.example/feed"
_MOST = 100_000


def feed(data: bytes) -> None:
    """A feed of any kind; its titles hold nothing unseen, its addresses are of the web."""
    _, entries = parse_feed(data, url=URL)
    for entry in entries:
        _demand("\x00" not in entry.title and "\u202e" not in entry.title, "a title holds what nobody sees")
        for address in (entry.url, entry.image, *(one.url for one in entry.enclosures)):
            _demand(not address or address.startswith(("http://", "https://")), f"an address is {address!r}")


def page(data: bytes) -> None:
    """A web page."""
    source = PageSource(url="https://tides.example/1", html=data, publisher_id=PublisherId("tides"))
    for block in extract_article(source, now=NOW).blocks:
        _demand(not block.url or block.url.startswith(("http://", "https://")), f"an address is {block.url!r}")


def discover(data: bytes) -> None:
    """A page that may offer feeds."""
    for offer in offered_feeds(data, URL):
        _demand(offer.url.startswith(("http://", "https://")), f"an address is {offer.url!r}")


def opml(data: bytes) -> None:
    """A subscription list; what is read is written and read again."""
    found = read_opml(data)
    _demand(len(read_opml(write_opml("x", found))) == len(found), "a list is not what was written")


def ndjson(data: bytes) -> None:
    """A line of an archive; what is wrong with one is a ValueError with a sentence."""
    try:
        read_line(data, NOW)
    except ValueError as error:
        _demand(bool(str(error)), "nobody is told what is wrong")


def query(data: bytes) -> None:
    """What is typed into search."""
    line = data.decode("utf-8", "surrogateescape")
    parse_query(line)
    unfinished(line)


def markdown(data: bytes) -> None:
    """A comment."""
    html = to_html(data.decode("utf-8", "replace")).lower()
    for never in ("<script", "<img", "<svg", "<iframe", "<style", "<math", "<object"):
        _demand(never not in html, f"{never} is left in {html!r}")
    inert(html)


def url(data: bytes) -> None:
    """An address; the canonical form of a canonical form is itself."""
    address = data.decode("utf-8", "replace")
    found = canonical_url(address)
    _demand(canonical_url(found) == found, f"{found!r} becomes {canonical_url(found)!r}")
    absolute_url(address, URL)


def robots(data: bytes) -> None:
    """A robots.txt."""
    rules = Rules(data.decode("utf-8", "replace"), "Octavo")
    rules.allow("https://tides.example/a?b=c")
    _demand(0 <= rules.pause_s() <= 600, "a pause is out of bounds")


def unpack(data: bytes) -> None:
    """A body packed by a server: the first byte chooses the coding."""
    coding = ("gzip", "deflate", "br", "zstd")[data[0] % 4] if data else ""
    body = Body(coding, _MOST, "tides.example", URL)
    for start in range(1, len(data), 1000):
        body.feed(data[start : start + 1000])
    _demand(len(body.whole()) <= _MOST, "more was let in than may be")


TARGETS: dict[str, Callable[[bytes], None]] = {
    one.__name__: one for one in (feed, page, discover, opml, ndjson, query, markdown, url, robots, unpack)
}


def run(name: str, data: bytes) -> None:
    """Give one input to a target; an error raised on purpose is an answer."""
    try:
        TARGETS[name](data)
    except OctavoError:
        return


def _demand(holds: bool, told: str) -> None:
    if not holds:
        raise SystemError(told)
