"""feeds that name a hub -> subscriptions: each hub is asked to bring what is new, and again before its lease ends."""

from dataclasses import replace

import structlog

from octavo.collect import hubs
from octavo.domain.web import Request, Response
from octavo.domain.websub import FeedHub
from octavo.errors import FetchError
from octavo.ports.tools import Tools
from octavo.store import feed_hubs

log = structlog.get_logger()

AT_ONCE = 100
"""Hubs asked in one go."""


def ask_hubs(tools: Tools) -> int:
    """Ask the hubs that are to be asked now; gives how many took it."""
    called_back = tools.settings.called_back
    if not called_back:
        return 0
    taken = 0
    while True:
        now = tools.now()
        with tools.database.read() as view:
            waiting = feed_hubs.due(view, now, AT_ONCE)
        if not waiting:
            return taken
        asked: dict[int, tuple[Request, FeedHub]] = {}
        with tools.database.transaction() as tx:
            for one in waiting:
                # Written before it is asked: the hub may call back before its answer is here.
                began = hubs.asked(one, now)
                feed_hubs.save(tx, began)
                request = hubs.subscribing(one, f"{called_back}{one.token}")
                asked[id(request)] = (request, one)
        for request, answer in tools.fetcher.fetch_all([request for request, _ in asked.values()]):
            taken += _remember(tools, asked[id(request)][1], answer)


def _remember(tools: Tools, one: FeedHub, answer: Response | FetchError) -> bool:
    if isinstance(answer, Response) and 200 <= answer.status < 300:
        return True
    told = f"answered {answer.status}" if isinstance(answer, Response) else str(answer)[:300]
    log.info("hub did not take a subscription", hub=one.hub, topic=one.topic, said=told)
    with tools.database.transaction() as tx:
        now_kept = feed_hubs.of(tx, one.feed_id)
        if now_kept is not None and now_kept.token == one.token:
            later = hubs.not_taken(one, told, tools.now())
            feed_hubs.save(tx, replace(now_kept, due=later.due, tries=later.tries, told=later.told))
    return False
