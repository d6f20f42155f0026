"""What a publisher repeats, as the instance's owner sees it: look, keep a line in articles, drop one from them."""

from dataclasses import replace

from octavo.domain.boilerplate import RepeatedLine
from octavo.domain.ids import PublisherId
from octavo.domain.publisher import Publisher
from octavo.errors import InputError, NotFound
from octavo.extract.boilerplate import SHOWN, keys_of_text
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import boilerplate as boilerplate_store
from octavo.store import pages as page_store
from octavo.store import publishers as publisher_store
from octavo.store import reading
from octavo.text.urls import host_of, publisher_host

RECENT = 200
"""Newest articles of a publisher that are read again after the owner's word; `octavo reprocess` reads all."""


def find_publisher(tools: Tools, named: str) -> Publisher:
    """Find a publisher by its id, its host or an address of it. Raises NotFound."""
    host = host_of(named) or named.lower()
    with tools.database.read() as view:
        found = publisher_store.get_many(view, [PublisherId(named), PublisherId(publisher_host(host))])
        hosts = publisher_store.by_host(view, [host, publisher_host(host), f"www.{publisher_host(host)}"])
    if not found and not hosts:
        raise NotFound(f"there is no publisher {named}: `octavo feeds list --json` shows those that have feeds")
    return next(iter([*found.values(), *hosts.values()]))


def lines_of(tools: Tools, publisher: Publisher) -> list[RepeatedLine]:
    """Give what the publisher repeats, most frequent first."""
    with tools.database.read() as view:
        return boilerplate_store.lines_of(view, publisher.id)


def set_kept(tools: Tools, publisher: Publisher, named: str, *, kept: bool) -> int:
    """Keep a line in the publisher's articles, or drop it from them, whatever the machine learns; for ever.

    `named` is a line's key, in hexadecimal, or its words. Its newest articles are read again; gives how many. Raises
    InputError for words that cannot be told from others.
    """
    with tools.database.transaction() as tx:
        for line in _named(tools, tx, publisher, named):
            boilerplate_store.set_kept(tx, replace(line, kept=kept))
        articles = article_store.get_many(tx, reading.publisher_ids(tx, publisher.id, None, RECENT))
        return page_store.read_again(tx, [article.page_key for article in articles if article.page_key])


def _named(tools: Tools, read: Read, publisher: Publisher, named: str) -> list[RepeatedLine]:
    """The lines a key or words stand for: several where the same words came up in several roles."""
    keys = keys_of_text(named)
    if named == named.strip() and len(named) <= 16 and all(letter in "0123456789abcdef" for letter in named):
        keys.add(int(named, 16))
    known = boilerplate_store.known(read, publisher.id, keys)
    if known:
        return list(known.values())
    keys = keys_of_text(named)
    if not keys:
        raise InputError(f"{named!r} is no line: give the words of one, or a key that `octavo publishers lines` shows")
    now = tools.now()
    return [RepeatedLine(publisher.id, key, named[:SHOWN], 0, 0, now, now) for key in keys]
