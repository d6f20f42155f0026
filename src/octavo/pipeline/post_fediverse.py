"""editions, hashtags -> fediverse_outbox: what actors here tell their followers of, once; and what changed of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from octavo.domain.fediverse import Post, PostKind
from octavo.domain.ids import ArticleId, EditionKey, StoryId, first_article_id
from octavo.federate import names, writing
from octavo.pipeline.deliver_fediverse import addressed, written
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import editions, fediverse, fediverse_outbox, hashtags
from octavo.store import fediverse_posts as posts

log = structlog.get_logger()

Note = Mapping[str, Any]

NEW_FOR = timedelta(days=1)
"""How old an article may be that followers are told of."""

CHANGED_FOR = timedelta(days=7)
"""How long what was told is looked after: sent anew where it reads otherwise, taken back where it is gone."""

_HOUR = timedelta(hours=1)
_STORY_TOLD = timedelta(days=3)
_LOOKED_AFTER = 1_000
_OF_HASHTAG = 30


@dataclass(frozen=True, slots=True)
class _Chosen:
    """An article an actor might tell of, and the story it stands for on a front page."""

    article_id: ArticleId
    story_id: StoryId | None = None


def post_fediverse(tools: Tools) -> int:
    """Tell followers what is new, and what changed of what they were told; gives how many activities were written."""
    with tools.database.read() as view:
        followed = list(fediverse.counts(view))
    return sum(_tell(tools, name) for name in followed) + _look_after(tools)


def _tell(tools: Tools, name: str) -> int:
    """Let an actor tell of what is new to it, no more in an hour than the settings say."""
    now = tools.now()
    with tools.database.read() as view:
        room = tools.settings.fediverse.posts_an_hour - posts.count_since(view, name, now - _HOUR)
        chosen = _chosen(tools, view, name, now)
        told = posts.of_articles(view, [one.article_id for one in chosen])
    mine = {one.article_id for one in told if one.actor == name}
    fresh = [one for one in chosen if one.article_id not in mine][: max(room, 0)]
    if not fresh:
        return 0
    first = {one.article_id: one for one in told if one.first and not one.gone}
    notes = tools.postings.notes(name, [one.article_id for one in fresh])
    made = 0
    # The oldest first: it is to stand below the others.
    for one in sorted(fresh, key=lambda one: one.article_id):
        if one.article_id in notes:
            _post(tools, name, one, notes[one.article_id], first.get(one.article_id))
            made += 1
    return made


def _post(tools: Tools, name: str, one: _Chosen, note: Note, first: Post | None) -> None:
    """Tell the followers of an actor of one article; where another actor here was first, pass that on."""
    now, origin = tools.now(), tools.settings.web.origin
    kind = PostKind.CREATE if first is None else PostKind.ANNOUNCE
    if first is None:
        said = writing.create(dict(note), now)
    else:
        address = names.article(origin, first.actor, one.article_id)
        said = writing.announce(names.actor(origin, name), address, now)
    with tools.database.transaction() as tx:
        posts.add(tx, Post(one.article_id, name, kind, now, shows(note), one.story_id))
        inboxes = fediverse.inboxes(tx, [name])
        fediverse_outbox.add(tx, addressed(tools, inboxes, name, written(said)))
    log.info("followers told", actor=name, article=one.article_id, servers=len(inboxes))


def _chosen(tools: Tools, view: Read, name: str, now: datetime) -> Sequence[_Chosen]:
    """Choose what an actor might tell of: an edition its Eight, a hashtag the newest articles under it."""
    since = first_article_id(int((now - NEW_FOR).timestamp()))
    tag = names.hashtag_of(name)
    if tag:
        rules = hashtags.rules(view)
        if rules.hidden(tag):
            return ()
        ids = hashtags.article_ids(view, rules.canonical(tag), None, _OF_HASHTAG)
        return [_Chosen(one) for one in ids if one >= since]
    edition = editions.latest(view, EditionKey(name)) if EditionKey(name) in tools.postings.plans() else None
    if edition is None:
        return ()
    told = posts.stories(view, name, now - _STORY_TOLD)
    slots = [one for one in edition.eight if one.story_id not in told and one.article_id >= since]
    return [_Chosen(one.article_id, one.story_id) for one in slots]


def _look_after(tools: Tools) -> int:
    """Send anew what reads otherwise now, and take back what is gone: to all who were told, by whomever."""
    with tools.database.read() as view:
        told = posts.own_since(view, tools.now() - CHANGED_FOR, _LOOKED_AFTER)
    made = 0
    for name in sorted({one.actor for one in told}):
        mine = [one for one in told if one.actor == name]
        notes = tools.postings.notes(name, [one.article_id for one in mine])
        for one in mine:
            note = notes.get(one.article_id)
            if note is None or shows(note) != one.shows:
                _correct(tools, one, note)
                made += 1
    return made


def _correct(tools: Tools, one: Post, note: Note | None) -> None:
    now, origin = tools.now(), tools.settings.web.origin
    with tools.database.transaction() as tx:
        inboxes = fediverse.inboxes(tx, posts.tellers(tx, one.article_id))
        if note is None:
            address = names.article(origin, one.actor, one.article_id)
            said = writing.delete(names.actor(origin, one.actor), address, now)
            posts.take_back(tx, one.article_id, now)
        else:
            said = writing.update(dict(note), now, one.updates + 1)
            posts.reshow(tx, one, shows(note))
        fediverse_outbox.add(tx, addressed(tools, inboxes, one.actor, written(said)))
    log.info("followers told of a change", actor=one.actor, article=one.article_id, gone=note is None)


def shows(note: Note) -> str:
    """Name what a note shows: two that read alike have the same name. Its pages' addresses do not count."""
    seen = {name: note.get(name) for name in ("content", "contentMap", "attachment")}
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:24]
