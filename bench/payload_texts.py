"""What programs are given of a store full of attacks, as HTML or as what many of them take for it."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from payload_fields import chunks
from payload_site import Site

MARK = re.compile(r"octavo(\d+)")
LINKS = {"url", "href", "htmlUrl", "site_url", "feed_url", "external_url", "link", "homepage", "iconUrl"}


@dataclass
class Count:
    """What was found, by the door it was found at."""

    shown: Counter[str] = field(default_factory=Counter)
    ran: list[str] = field(default_factory=list)
    latent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    put: set[str] = field(default_factory=set)
    """Texts that a browser has read by themselves: doors that give the same one are not looked at again."""

    before: tuple[int, int, int] = (0, 0, 0)
    """What was found at the doors before."""

    seen: dict[str, set[str]] = field(default_factory=dict)
    """The numbers of the attacks that came to a door."""

    def came(self, door: str, texts: Iterable[str]) -> None:
        """Note which attacks stand in these texts, or are named by these marks."""
        there = self.seen.setdefault(door, set())
        for text in texts:
            there.update(MARK.findall(text))


def read(address: str, headers: dict[str, str] | None = None, sent: bytes | None = None) -> tuple[int, bytes]:
    """Ask the site; gives status and body, (0, b"") while nobody answers."""
    asked = urllib.request.Request(address, sent, headers or {})  # noqa: S310 - our own loopback server
    try:
        with urllib.request.urlopen(asked, timeout=120) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0, b""


def comment_pages(base: str, made: Site) -> list[str]:
    """Give the pages of all comments."""
    return [f"{address_of(base, path)}/comments" for path in made.discussions]


def address_of(base: str, path: str) -> str:
    """Give the address a page has by its full name."""
    with urllib.request.urlopen(base + path, timeout=60) as answer:  # noqa: S310
        return urllib.parse.urlsplit(str(answer.url)).path


def given_html(bases: tuple[str, str], made: Site, count: Count) -> Iterator[tuple[str, set[str]]]:
    """Gather what programs are given as HTML, and what many of them take for it: titles, names; door by door."""
    base, federated = bases
    yield "subscriptions", _outlines(base, "/feeds.opml")
    yield "podcast", _podcast(base, count)
    yield "digests", set(made.letters)
    yield "frames of stories", _frames(base, made, count)
    yield "fediverse", _posts(federated, made, count)
    yield "programs of models", _answers(base, made, count)
    yield from _reader_apps(base, made, len(made.every), count)
    _rest(base, made, count)
    yield "rest", set()  # its texts are plain by its document; its addresses were looked at
    listed = [*(address_of(base, path) for path in made.stories), *comment_pages(base, made), "/en-gb/latest", "/en-gb"]
    listed += made.sources  # each shows all that feeds have room for of a few articles
    for part in chunks(listed, 500):
        yield "feeds out", set().union(*(_feeds(base, path, count) for path in part))


def _reader_apps(base: str, made: Site, most: int, count: Count) -> Iterator[tuple[str, set[str]]]:
    reader = {"Authorization": f"GoogleLogin auth={made.token}"}
    listed = "/reader/api/0/stream/contents/user/-/state/com.google/reading-list?n=1000"
    yield "google reader", texts_of(_pages_of(base, listed, reader, count), {"content", "title", "author", "label"})
    lists = [_json(base, f"/reader/api/0/{one}/list?output=json", reader, count) for one in ("subscription", "tag")]
    yield "google reader lists", texts_of(lists, {"title", "label"})
    key = f"api_key={made.fever}".encode()
    last, found = 0, set[str]()
    while items := _json(base, f"/fever/?api&items&since_id={last}", {}, count, key).get("items", []):
        found |= texts_of([items], {"html", "title", "author"})
        last = max(int(one["id"]) for one in items)
    yield "fever", found
    yield "fever feeds", texts_of([_json(base, "/fever/?api&feeds&groups", {}, count, key)], {"title"})
    own = {"X-Auth-Token": made.token}
    pages = [_json(base, f"/v1/entries?limit=250&offset={at}", own, count) for at in range(0, most, 250)]
    yield "miniflux", texts_of(pages, {"content", "title", "author"})


def _pages_of(base: str, path: str, headers: dict[str, str], count: Count) -> Iterator[Any]:
    more = ""
    while True:
        told = _json(base, f"{path}{more}", headers, count)
        yield told
        if not told.get("continuation"):
            return
        more = f"&c={told['continuation']}"


def _json(base: str, path: str, headers: dict[str, str], count: Count, sent: bytes | None = None) -> Any:
    status, body = read(base + path, headers, sent)
    if status != 200:
        count.failed.append(f"{path}: {status} {body[:100]!r}")
        return {}
    told = json.loads(body)
    unsafe_links([told], path.partition("?")[0], count)
    return told


def unsafe_links(found: Any, door: str, count: Count) -> None:
    """Count addresses in JSON that lead elsewhere than to the web."""
    for one in texts_of(found, LINKS):
        if not one.lower().startswith(("http://", "https://", "mailto:", "tag:", "/")) and one:
            count.latent.append(f"{door}: link {one[:100]}")


def texts_of(found: Any, names: set[str]) -> set[str]:
    """Gather the texts that have these names in JSON."""
    texts: set[str] = set()
    waiting = list(found)
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            texts |= {value for name, value in one.items() if name in names and isinstance(value, str)}
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return texts


def _feeds(base: str, path: str, count: Count) -> set[str]:
    """Read a list's feeds: RSS holds nothing but HTML, to many; Atom says what is, JSON Feed has one field."""
    texts: set[str] = set()
    for kind in ("rss", "atom", "json"):
        status, body = read(f"{base}{path}.{kind}")
        if status != 200:
            count.failed.append(f"{path}.{kind}: {status}")
        elif kind == "json":
            unsafe_links([json.loads(body)], f"{path}.json", count)
            texts |= texts_of([json.loads(body)], {"content_html"})
        else:
            every = etree.fromstring(body).iter("{*}*")
            texts |= {one.text for one in every if one.text and (kind == "rss" or one.get("type") == "html")}
    return texts


def _podcast(base: str, count: Count) -> set[str]:
    """Read the podcast: its texts, and what is said in each episode."""
    status, body = read(f"{base}/en-gb/podcast.rss")
    if status != 200:
        count.failed.append(f"podcast: {status}")
        return set()
    root = etree.fromstring(body)
    texts = {one.text for one in root.iter() if isinstance(one.tag, str) and one.text and one.text.strip()}
    for name in {f"{one.get('url')}" for one in root.iter("{*}chapters", "{*}transcript")}:
        path = urllib.parse.urlsplit(name).path
        texts |= _chapters(base, path, count) if path.endswith("json") else _captions(base, path)
    return texts


def _chapters(base: str, path: str, count: Count) -> set[str]:
    told = _json(base, path, {}, count)
    return texts_of([told], {"title", "img", "author", "description"})


def _captions(base: str, path: str) -> set[str]:
    """Give each cue as the HTML that browsers make of WebVTT."""
    return set(read(base + path)[1].decode().split("\n\n"))


def _outlines(base: str, path: str) -> set[str]:
    """Read a list of subscriptions: apps take its titles for HTML."""
    texts: set[str] = set()
    for one in etree.fromstring(read(base + path)[1]).iter("outline"):
        texts |= {value for name, value in one.items() if name in ("text", "title", "description")}
    return texts


def _frames(base: str, made: Site, count: Count) -> set[str]:
    """Ask as another site that shows stories (oEmbed)."""
    found = []
    for path in (*made.stories, *made.leads, *made.shorts):
        there = urllib.parse.quote(base + path, safe="")
        found.append(_json(base, f"/oembed?url={there}", {}, count))
    return texts_of(found, {"html", "title", "provider_name"})


def _posts(base: str, made: Site, count: Count) -> set[str]:
    """Read articles as other servers of the fediverse do."""
    asked = {"Accept": "application/activity+json"}
    found = [_json(base, path, asked, count) for path in made.every]
    return texts_of(found, {"content", "summary", "name", "value"})


def _answers(base: str, made: Site, count: Count) -> set[str]:
    """Ask as the program of a language model does (MCP): what it is told of the newest, and of each article."""
    texts: set[str] = set()
    asked = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    calls = [("edition", {}), *(("article", {"id": one.split("/")[3]}) for one in made.every)]
    calls += [("story", {"id": one.split("/")[3]}) for one in made.stories]
    for name, given in calls:
        sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": given}}
        told = _json(base, "/mcp", asked, count, json.dumps(sent).encode())
        texts |= texts_of([told.get("result", {})], {"text"})
    return texts


def _rest(base: str, made: Site, count: Count) -> None:
    """Ask the REST API, whose texts are plain by its document: its addresses have to be the web's."""
    for path in made.every:
        _json(base, f"/api/v1/articles/{path.split('/')[3]}", {}, count)
    for name in ("articles", "stories", "publishers", "hashtags"):
        _json(base, f"/api/v1/{name}", {}, count)
