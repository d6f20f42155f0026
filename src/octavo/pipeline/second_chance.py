"""The other forms of doubtful pages (AMP, print), fetched once and as politely as any page."""

from collections import Counter
from collections.abc import Mapping

import structlog

from octavo.collect.request import PAGE_TYPES
from octavo.domain.ids import PageKey
from octavo.domain.web import Request, Response
from octavo.errors import FetchError
from octavo.pipeline.fetch_page import LONGEST_TURN_S, is_page, rules_of
from octavo.ports.tools import Tools
from octavo.text.urls import host_of, origin_of

log = structlog.get_logger()

MOST_A_HOST = 5
"""Other forms fetched from one host in one round: a site of teasers is not asked for all of it twice."""


def fetch_forms(tools: Tools, wanted: Mapping[PageKey, str]) -> dict[PageKey, Response]:
    """Fetch these addresses where robots.txt allows it; gives what came back that is a page."""
    asked = _asked(tools, wanted)
    found: dict[PageKey, Response] = {}
    for one, answer in tools.fetcher.fetch_all(asked):
        if isinstance(answer, FetchError):
            log.info("the other form of a page cannot be had", url=one.url, fault=str(answer))
        elif is_page(answer):
            found[asked[one]] = answer
    return found


def _asked(tools: Tools, wanted: Mapping[PageKey, str]) -> dict[Request, PageKey]:
    settings = tools.settings.fetch
    rules = rules_of(tools, wanted.values()) if settings.obey_robots else {}
    counts: Counter[str] = Counter()
    asked: dict[Request, PageKey] = {}
    for key, url in wanted.items():
        rule = rules.get(origin_of(url))
        if isinstance(rule, FetchError) or (rule and not rule.allow(url)):
            continue
        pause_s = rule.pause_s() if rule else 0.0
        host = host_of(url)
        counts[host] += 1
        if counts[host] <= MOST_A_HOST and counts[host] * pause_s <= LONGEST_TURN_S:
            asked[Request(url, accept=PAGE_TYPES, max_bytes=settings.max_page_bytes, pause_s=pause_s)] = key
    return asked
