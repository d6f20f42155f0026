"""stories and articles -> messages to webhooks: growth, tolls, contradictions, corrections, surges, finds."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from octavo.domain.edit import EditKind
from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.story import Story
from octavo.domain.webhook import Happening, HappeningKind, Known, Webhook, WebhookId
from octavo.pipeline.settle_stories import CONSUMER as SETTLER
from octavo.ports.database import Read
from octavo.ports.search_index import SearchQuery
from octavo.ports.tools import Tools
from octavo.relate.edits import classify_edit
from octavo.relate.happenings import happened, known_of
from octavo.relate.query import parse
from octavo.store import articles, changes, digests, hashtags, noticing, starter, stories, told_stories, webhooks
from octavo.store.changes import Change, ChangeKind
from octavo.store.noticing import Arrival
from octavo.store.reading import DIGEST
from octavo.text.slugs import short_id

CONSUMER = "programs"

AT_ONCE = 200
"""Changes taken in one round."""

SURGING = 5
"""Articles of the last day from which a hashtag may surge, and how many times a usual day's it must have."""
_TIMES = 3.0

_NEWS = timedelta(hours=24)
"""Articles older than this when they come in are no news: the first poll of a feed, an archive's import."""

_RISING = 30
_NEAR = 400
_GRAVE = frozenset({EditKind.CORRECTION, EditKind.RETRACTED})

Told = list[tuple[WebhookId, Happening]]


def tell_programs(tools: Tools) -> int:
    """Note what webhooks are to be told; gives how many changes were looked at. Doing it again notes nothing twice."""
    with tools.database.read() as view:
        hooks = webhooks.on(view)
        behind = _ready(view) - changes.position(view, CONSUMER)
    if not hooks:
        if behind > 0:
            _skip(tools)
        return 0
    looked = 0
    while done := _changed(tools, hooks):
        looked += done
    if looked:
        _surging(tools, hooks)
    return looked


def _ready(view: Read) -> int:
    """Tell up to which change stories are settled and read closely."""
    return min(changes.position(view, SETTLER), changes.position(view, DIGEST))


def _skip(tools: Tools) -> None:
    """Leave behind what came in while no webhook was there to be told."""
    with tools.database.transaction() as tx:
        changes.set_position(tx, CONSUMER, _ready(tx))
        told_stories.forget(tx)


def _changed(tools: Tools, hooks: Sequence[Webhook]) -> int:
    """Note what the next changes came to; one round."""
    now = tools.now()
    with tools.database.read() as view:
        ready = _ready(view)
        rows = [row for row in changes.since(view, changes.position(view, CONSUMER), AT_ONCE) if row.seq <= ready]
        arrived = noticing.arrivals(view, [row.article_id for row in rows], now - _NEWS)
        known, found = _stories(tools, view, arrived, min(hook.made_at for hook in hooks))
        found += _corrected(tools, view, rows)
        told = _for_hooks(hooks, found)
        new = {row.article_id for row in rows if row.kind is ChangeKind.NEW}
        fresh = [one for one in arrived if one.article_id in new]
        told += _sought(tools, view, hooks, fresh)
    if not rows:
        return 0
    with tools.database.transaction() as tx:
        webhooks.note(tx, told, now)
        told_stories.save(tx, known)
        changes.set_position(tx, CONSUMER, rows[-1].seq)
    return len(rows)


def _stories(
    tools: Tools, view: Read, arrived: Iterable[Arrival], since: datetime
) -> tuple[dict[StoryId, Known], list[Happening]]:
    """Compare stories with what programs know of them. What was there before the first webhook was made is known."""
    ids = sorted({one.story_id for one in arrived})
    kept, read, before = stories.get_many(view, ids), digests.get_many(view, ids), told_stories.get_many(view, ids)
    seen = noticing.first_seen(view, [one for one in ids if one not in before])
    found: list[Happening] = []
    known: dict[StoryId, Known] = {}
    for one, story in kept.items():
        digest = read.get(one)
        old = before.get(one)
        known[one] = known_of(story.report_count, digest, old)
        if old is None and seen.get(one, since) >= since:
            old = Known(1)
        if old is not None:
            about = {"story": about_story(tools, story)}
            found += [_with(happening, about) for happening in happened(one, old, known[one], digest)]
    return known, found


def _with(one: Happening, about: dict[str, Any]) -> Happening:
    """Add what a happening is about; articles are named as everywhere in addresses."""
    data = dict(one.data)
    if "articles" in data:
        data["articles"] = [short_id(number) for number in data["articles"]]
    return Happening(one.kind, one.key, about | data)


def _corrected(tools: Tools, view: Read, rows: Sequence[Change]) -> list[Happening]:
    """Find the articles whose publishers say that they corrected or withdrew them."""
    edited = dict.fromkeys(row.article_id for row in rows if row.kind is ChangeKind.EDITED)
    found: list[Happening] = []
    for article in articles.get_many(view, list(edited)):
        earlier = articles.revisions_of(view, article.id)
        if not earlier:
            continue
        last = max(earlier, key=lambda one: one.number)
        edit = classify_edit(last, article, language=article.language, correction=article.correction)
        grave = [kind for kind in edit.kinds if kind in _GRAVE]
        if grave:
            about = _article(tools, article.id, article.language)
            about |= {"headline": article.headline, "publisher": article.publisher_id, "source": article.url}
            data = {"kind": str(grave[0]), "article": about}
            key = f"article.corrected {article.id} {last.number}"
            found.append(Happening(HappeningKind.CORRECTED, key, data))
    return found


def _sought(tools: Tools, view: Read, hooks: Sequence[Webhook], arrived: Sequence[Arrival]) -> Told:
    """Find the new articles that answer webhooks' searches."""
    ids = tuple(one.article_id for one in arrived)
    cards = {card.id: card for card in articles.cards(view, ids)} if ids else {}
    told: Told = []
    for hook in hooks:
        if not cards or HappeningKind.SEARCH_MATCHED not in hook.kinds or not hook.search:
            continue
        for hit in tools.search_index.search(_query(hook.search, ids)):
            card = cards[hit.id]
            about = _article(tools, card.id, card.language)
            about |= {"headline": card.headline, "publisher": card.publisher_id, "source": card.url}
            data = {"search": hook.search, "article": about}
            told.append((hook.id, Happening(HappeningKind.SEARCH_MATCHED, f"search.matched {card.id}", data)))
    return told


def _query(search: str, among: tuple[ArticleId, ...]) -> SearchQuery:
    asked = parse(search)
    return SearchQuery(asked.text, limit=_NEAR, either=asked.either, without=asked.without, among=among)


def _surging(tools: Tools, hooks: Sequence[Webhook]) -> None:
    """Note the hashtags used far more in the last day than on a usual one; each once a day."""
    if not any(HappeningKind.HASHTAG_SURGED in hook.kinds for hook in hooks):
        return
    now = tools.now()
    with tools.database.read() as view:
        risen = hashtags.rising(view, now, _RISING)
    found = [
        Happening(
            HappeningKind.HASHTAG_SURGED,
            f"hashtag.surged {one.tag} {now.date().isoformat()}",
            {"hashtag": one.tag, "label": one.label, "last_day": one.last_day, "usual": round(one.usual, 2)},
        )
        for one in risen
        if one.last_day >= SURGING and one.last_day >= _TIMES * max(one.usual, 1.0)
    ]
    with tools.database.transaction() as tx:
        webhooks.note(tx, _for_hooks(hooks, found), now)


def _for_hooks(hooks: Sequence[Webhook], found: Sequence[Happening]) -> Told:
    return [(hook.id, one) for one in found for hook in hooks if _wants(hook, one)]


def _wants(hook: Webhook, one: Happening) -> bool:
    if one.kind is HappeningKind.STORY_GREW and one.data["reports"] < hook.least:
        return False
    return one.kind in hook.kinds


def about_story(tools: Tools, story: Story) -> dict[str, Any]:
    """Say which story it is, and where its page is."""
    return {
        "id": short_id(story.id),
        "url": _page(tools, story.language, f"story/{short_id(story.id)}"),
        "headline": story.headline,
        "language": story.language,
        "reports": story.report_count,
        "publishers": story.publisher_count,
    }


def _article(tools: Tools, article_id: ArticleId, language: str) -> dict[str, Any]:
    name = short_id(article_id)
    return {"id": name, "url": _page(tools, language, f"article/{name}"), "language": language}


def _page(tools: Tools, language: str, rest: str) -> str:
    """Give the full address of a page, in the first edition whose readers read that language."""
    plans = starter.read(tools.settings.data_dir).editions
    keys = [key for key, plan in plans.items() if starter.reads(plan.languages or (plan.language,), language)]
    own = tools.settings.edition
    key = own if own in keys or (own in plans and not keys) else next(iter(keys or plans))
    return f"{tools.settings.web.origin}/{key}/{rest}"
