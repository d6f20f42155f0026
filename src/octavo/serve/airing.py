"""Which episodes of its podcast an edition has, and may let be heard."""

from collections.abc import Mapping

from octavo.config import Settings
from octavo.domain.article import ArticleCard
from octavo.domain.brief import BriefKind
from octavo.domain.ids import ArticleId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.speech import Episode
from octavo.serve import links
from octavo.serve.briefed import Heard
from octavo.serve.visit import Visit
from octavo.store import episodes
from octavo.text.inert import inert


def has_podcast(settings: Settings) -> bool:
    """Tell whether the briefing is read aloud here: it is an AI feature, and goes with them."""
    return settings.speaker != "off" and settings.ai.on and BriefKind.EDITION in settings.ai.features


def heard(visit: Visit, limit: int = 0) -> list[Episode]:
    """List an edition's episodes that may be heard, the newest first."""
    if not has_podcast(visit.site.tools.settings):
        return []
    found = episodes.latest(visit.view, visit.plan.key, limit or visit.site.tools.settings.speech.days)
    return [one for one in found if may_be_heard(visit, one)]


def may_be_heard(visit: Visit, episode: Episode) -> bool:
    """Tell whether its articles are there and more than their headlines may be told; the worker looks more closely."""
    cards = cards_of(visit, episode)
    display = visit.known.display
    return len(cards) == len(episode.script.articles) and not any(
        display.of(one.publisher_id, fictional=one.fictional) is DisplayPolicy.HEADLINE for one in cards.values()
    )


def cards_of(visit: Visit, episode: Episode) -> Mapping[ArticleId, ArticleCard]:
    """Give the cards of an episode's articles, those that are still there."""
    return {one.id: one for one in visit.cards(episode.script.articles)}


def feed_of(visit: Visit) -> str:
    """Give the path of an edition's podcast; "" where it has no episode."""
    return links.podcast(visit.plan.key) if heard(visit, 1) else ""


def newest(visit: Visit) -> Heard | None:
    """Give the newest episode, for the page of the briefing."""
    for one in heard(visit, 1):
        path = links.episode(visit.plan.key, one.day.isoformat(), "mp3")
        minutes = max(1, round(one.seconds / 60))
        return Heard(path, links.podcast(visit.plan.key), one.made_at, minutes, inert(one.voice))
    return None
