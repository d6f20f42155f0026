"""Feeds of comments: Atom with the threading extension (RFC 4685), RSS 2.0, JSON Feed 1.1. The newest first."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from html import escape

from lxml import etree

from octavo.domain.comment import NOBODY
from octavo.serve import links
from octavo.serve.discussed import CommentsPage, Remark
from octavo.serve.feedxml import (
    ATOM,
    CONTENT,
    DC,
    THREADING,
    XML,
    add,
    add_hub,
    identity,
    inert_frame,
    json_hubs,
    moment,
    written,
)
from octavo.serve.here import Here
from octavo.text.inert import inert
from octavo.text.markdown import plain
from octavo.text.slugs import read_short_id
from octavo.text.words import clip

_TITLE = 80


def write_comments(kind: str, page: CommentsPage, here: Here) -> bytes:
    """Write the newest comments as a feed: `kind` is a key of links.FORMATS."""
    write: Callable[[CommentsPage, Here], bytes] = {"atom": _atom, "rss": _rss, "json": _json}[kind]
    return write(replace(page, frame=inert_frame(page.frame)), here)


def _title(one: Remark) -> str:
    return inert(f"{one.comment.name}: {clip(plain(one.comment.text), _TITLE)}")


def _html(one: Remark) -> str:
    quote = one.comment.quote.replace("&", "&amp;").replace("<", "&lt;")
    return f"<blockquote><p>{quote}</p></blockquote>{one.html}" if quote else str(one.html)


def _changed(one: Remark) -> datetime:
    return one.comment.edited_at or one.comment.posted_at


def _updated(page: CommentsPage, here: Here) -> datetime:
    return max(map(_changed, page.newest), default=here.now)


def _answered(page: CommentsPage, here: Here, one: Remark) -> tuple[str, str]:
    """Name what a comment answers, and give its page: another comment, else what is talked about."""
    if one.comment.parent_id != NOBODY:
        parent = one.comment.parent_id
        return identity(here, "comment", parent), here.absolute(links.comment(here.edition, parent))
    if one.about is not None:
        number = read_short_id(one.about.path.split("/")[3]) or 0
        return identity(here, "article", number), here.absolute(one.about.path)
    kind, _, name = page.talk.key.partition("/")
    return identity(here, kind, read_short_id(name) or 0), here.absolute(page.talk.path)


def _atom(page: CommentsPage, here: Here) -> bytes:
    frame = page.frame
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "thr": THREADING})
    root.set(f"{{{XML}}}lang", here.language.tag)
    own = here.absolute(links.feed(frame.feed, "atom"))
    add(root, "id", own)
    add(root, "title", f"{frame.title} · Octavo")
    add(root, "updated", moment(_updated(page, here)))
    add(root, "link", rel="self", type="application/atom+xml", href=own)
    add_hub(root, here)
    add(root, "link", rel="alternate", type="text/html", href=here.absolute(frame.path))
    add(root, "generator", "Octavo")
    for one in page.newest:
        _atom_entry(root, page, here, one)
    return written(root)


def _atom_entry(root: etree._Element, page: CommentsPage, here: Here, one: Remark) -> None:
    entry = add(root, "entry")
    add(entry, "id", identity(here, "comment", one.comment.id))
    add(entry, "title", _title(one))
    add(entry, "updated", moment(_changed(one)))
    add(entry, "published", moment(one.comment.posted_at))
    add(add(entry, "author"), "name", inert(one.comment.name))
    add(entry, "link", rel="alternate", type="text/html", href=here.absolute(one.path))
    ref, href = _answered(page, here, one)
    add(entry, "in-reply-to", space=THREADING, ref=ref, href=href, type="text/html")
    if one.comment.descendants:
        replies = add(entry, "link", rel="replies", type="text/html", href=here.absolute(one.path))
        replies.set(f"{{{THREADING}}}count", str(one.comment.descendants))
    add(entry, "content", _html(one), type="html")


def _rss(page: CommentsPage, here: Here) -> bytes:
    frame = page.frame
    root = etree.Element("rss", nsmap={"atom": ATOM, "content": CONTENT, "dc": DC}, version="2.0")
    channel = add(root, "channel", space="")
    add(channel, "title", f"{frame.title} · Octavo", space="")
    add(channel, "link", here.absolute(frame.path), space="")
    add(channel, "description", frame.description, space="")
    add(channel, "language", here.language.tag, space="")
    add(channel, "lastBuildDate", format_datetime(_updated(page, here)), space="")
    own = here.absolute(links.feed(frame.feed, "rss"))
    add(channel, "link", rel="self", type="application/rss+xml", href=own)
    add_hub(channel, here)
    for one in page.newest:
        item = add(channel, "item", space="")
        add(item, "title", _title(one), space="")
        add(item, "link", here.absolute(one.path), space="")
        add(item, "guid", identity(here, "comment", one.comment.id), space="", isPermaLink="false")
        add(item, "pubDate", format_datetime(one.comment.posted_at), space="")
        add(item, "creator", inert(one.comment.name), space=DC)
        add(item, "description", escape(plain(one.comment.text), quote=False), space="")
        add(item, "encoded", _html(one), space=CONTENT)
    return written(root)


def _json(page: CommentsPage, here: Here) -> bytes:
    frame = page.frame
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{frame.title} · Octavo",
        "home_page_url": here.absolute(frame.path),
        "feed_url": here.absolute(links.feed(frame.feed, "json")),
        "language": here.language.tag,
        **json_hubs(here),
        "_octavo": {"comments": page.talk.total},
        "items": [_json_entry(page, here, one) for one in page.newest],
    }
    return json.dumps(feed, ensure_ascii=False).encode("utf-8", "replace")


def _json_entry(page: CommentsPage, here: Here, one: Remark) -> Mapping[str, object]:
    comment = one.comment
    return {
        "id": identity(here, "comment", comment.id),
        "url": here.absolute(one.path),
        "title": _title(one),
        "content_html": _html(one),
        "content_text": plain(comment.text),
        "date_published": moment(comment.posted_at),
        "date_modified": moment(_changed(one)),
        "authors": [{"name": inert(comment.name)}],
        "_octavo": {
            "answers": _answered(page, here, one)[0],
            "score": comment.score,
            "replies": comment.descendants,
            "edits": comment.edits,
        },
    }
