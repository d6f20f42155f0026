"""article, edition -> picture: the lead pictures that readers are likely to see, fetched before they ask."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import structlog

from octavo.actions.pictures import Pictures, asked_ahead
from octavo.domain.article import ArticleCard
from octavo.domain.picture import Fitness, Picture
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.web import Response
from octavo.errors import FetchError, UnusablePicture
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import editions as edition_store
from octavo.store import pictures as picture_store
from octavo.store import reading, starter

log = structlog.get_logger()

_AGAIN = timedelta(days=1)
"""How long a picture that could not be had is left alone."""

_REPEATED = 4
"""Stories one picture stands above from which it is a publisher's placeholder."""

_AT_ONCE = 16  # pictures saved together


def fetch_pictures(tools: Tools) -> int:
    """Fetch the next lead pictures, politely; gives how many were looked at, 0 when all are known."""
    if not tools.settings.pictures.ahead:
        return 0
    with tools.database.read() as view:
        cards = _likely_shown(tools, view)
        repeated = _repeated(cards)
        urls = [card.image.url for card in cards if card.image]
        known = picture_store.of(view, urls)
    now = tools.now()
    unfit = [
        Picture(url, Fitness.UNFIT, now, why="repeated")
        for url in repeated
        if url not in known or known[url].fitness is Fitness.READY
    ]
    wanted = [url for url in dict.fromkeys(urls) if url not in repeated and _is_due(known.get(url), now)]
    found = [*unfit, *_fetched(tools, wanted[: tools.settings.pictures.per_round])]
    for start in range(0, len(found), _AT_ONCE):
        with tools.database.transaction() as tx:
            picture_store.save(tx, found[start : start + _AT_ONCE])
    if found:
        ready = sum(one.fitness is Fitness.READY for one in found)
        log.info("pictures fetched", ready=ready, others=len(found) - ready)
    return len(found)


def _is_due(known: Picture | None, now: datetime) -> bool:
    return known is None or (known.fitness is Fitness.FAILED and now - known.at >= _AGAIN)


def _likely_shown(tools: Tools, view: Read) -> list[ArticleCard]:
    """Give the pictured articles of all front pages, then the newest: those whose picture may be shown."""
    ids = []
    for key in starter.read(tools.settings.data_dir).editions:
        edition = edition_store.latest(view, key)
        if edition:
            ids += [slot.article_id for slot in edition.eight]
            ids += [slot.article_id for section in edition.sections for slot in section.slots[:3]]
    ids += reading.latest_ids(view, (), None, tools.settings.pictures.newest)
    own = reading.policies(view)
    default = tools.settings.web.default_policy
    return [
        card
        for card in article_store.cards(view, list(dict.fromkeys(ids)))
        if card.image
        and card.rights.pictures
        and (card.fictional or own.get(card.publisher_id, default) is not DisplayPolicy.HEADLINE)
    ]


def _repeated(cards: Sequence[ArticleCard]) -> set[str]:
    """Find the pictures that stand above articles of several stories: whatever they show, it is not the news."""
    stories: dict[str, set[int]] = defaultdict(set)
    for card in cards:
        if card.image:
            stories[card.image.url].add(card.story_id or card.id)
    return {url for url, above in stories.items() if len(above) >= _REPEATED}


def _fetched(tools: Tools, urls: Sequence[str]) -> Iterator[Picture]:
    shelf = Pictures(tools.fetcher, tools.blobs)
    for request, answer in tools.fetcher.fetch_all([asked_ahead(url) for url in urls]):
        yield _looked_at(shelf, request.url, answer, tools.now())


def _looked_at(shelf: Pictures, url: str, answer: Response | FetchError, now: datetime) -> Picture:
    """Draw what came, or remember that it did not."""
    why = ""
    if isinstance(answer, Response):
        try:
            return shelf.add(url, answer.body, now)
        except UnusablePicture as error:
            why = str(error)
    else:
        why = f"{type(answer).__name__} {answer.status or ''}".strip()
    shelf.remember_failure(url, now)
    return Picture(url, Fitness.FAILED, now, why=why)
