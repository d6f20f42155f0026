"""lay_out_edition: ranked stories into the Eight and the sections of a front page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from octavo.domain.edition import Edition, EditionPlan, Section, Slot
from octavo.domain.ids import StoryId
from octavo.relate.headline import choose_lead
from octavo.relate.profile import Profile, profile
from octavo.relate.rank import RankedInput, Standing, rank_stories, readable
from octavo.relate.similarity import compare

EIGHT = 8
PER_SECTION = 12
"""Slots of a section at most."""

_SAME_TOPIC = 0.72
"""What each further story of a topic already among the Eight counts for."""

_SAME_EVENT = 0.5
"""Probability from which two stories are too alike to stand both among the Eight."""

_CONSIDERED = 60
"""Stories the Eight are chosen from: the best ranked."""


def lay_out_edition(plan: EditionPlan, stories: Sequence[RankedInput], now: datetime) -> Edition:
    """Lay out a front page: eight distinct events of diverse topics, then sections by topic; no story twice."""
    ranked = rank_stories(plan, stories, now)
    eight = _choose_eight(plan, ranked[:_CONSIDERED])
    used = {slot.story_id for slot in eight}
    sections = []
    for section in plan.sections:
        slots = _fill(plan, section, ranked, used)
        used |= {slot.story_id for slot in slots}
        sections.append(replace(section, slots=slots))
    return Edition(plan.key, now, eight, tuple(sections))


def _choose_eight(plan: EditionPlan, ranked: Sequence[Standing]) -> tuple[Slot, ...]:
    chosen: list[Slot] = []
    leads: list[Profile] = []
    topics: Counter[str] = Counter()
    waiting = list(ranked)
    while waiting and len(chosen) < EIGHT:
        best = max(waiting, key=lambda standing: (_diverse(standing, topics), -standing.entry.story.id))
        waiting.remove(best)
        slot, lead = _slot(plan, best, _diverse(best, topics))
        if any(compare(lead, other).probability >= _SAME_EVENT for other in leads):
            continue
        topic = _main_topic(best)
        if topic and not topics[topic] and chosen:
            slot = replace(slot, why=(*slot.why, "topic"))
        topics[topic] += 1
        chosen.append(slot)
        leads.append(lead)
    return tuple(chosen)


def _diverse(standing: Standing, topics: Counter[str]) -> float:
    topic = _main_topic(standing)
    return standing.score * (_SAME_TOPIC ** topics[topic] if topic else 1.0)


def _main_topic(standing: Standing) -> str:
    return standing.entry.topics[0].code if standing.entry.topics else ""


def _fill(plan: EditionPlan, section: Section, ranked: Sequence[Standing], used: set[StoryId]) -> tuple[Slot, ...]:
    slots = []
    for standing in ranked:
        if standing.entry.story.id in used or _main_topic(standing) != section.topic:
            continue
        slots.append(_slot(plan, standing, standing.score)[0])
        if len(slots) == PER_SECTION:
            break
    return tuple(slots)


def _slot(plan: EditionPlan, standing: Standing, score: float) -> tuple[Slot, Profile]:
    """Let the article speak that names the story best in the edition's language."""
    entry = standing.entry
    language = plan.language.split("-")[0]
    own = [one for one in readable(plan, entry) if one.language.split("-")[0] == language]
    chosen = next((one for one in own if one.id == entry.story.lead_article_id), None)
    lead = chosen or choose_lead(readable(plan, entry), language)
    return Slot(entry.story.id, lead.id, round(score, 6), standing.why), profile(lead)
