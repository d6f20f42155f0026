"""lay_out_edition: ranked stories into the Eight and the sections of a front page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from octavo.domain.edition import LOCAL, Edition, EditionPlan, LeftOut, Pins, Section, Slot
from octavo.domain.ids import PublisherId, StoryId
from octavo.domain.relation import Candidate
from octavo.relate.headline import choose_lead
from octavo.relate.profile import Profile, profile
from octavo.relate.rank import RankedInput, Standing, rank_stories, readable
from octavo.relate.similarity import compare

EIGHT = 8
PER_SECTION = 12
"""Slots of a section at most."""

STAYS = timedelta(hours=2)
"""Time in which a story of the last edition is held to its place."""

_HELD = 1.15
"""How much better a story must be than one that stands there already."""

_SAME_TOPIC = 0.72
"""What each further story of a topic already among the Eight counts for."""

_SAME_COUNTRY = 0.93
"""What each further story counts for of which most reports come from the same country, the edition's own aside."""

_SAME_EVENT = 0.5
"""Probability from which two stories are too alike to stand both among the Eight."""

_LEADING, _SHARED = 5, 2
"""Names a story is mostly about, and how many of them two stories share that are chapters of one saga."""

_CONSIDERED = 60
"""Stories the Eight are chosen from: the best ranked."""

_NEAR = frozenset({"local:here", "local:publisher"})
_NO_PINS = Pins()


@dataclass(frozen=True, slots=True)
class LaidOut:
    """An edition, and what kept the other best ranked stories out of its Eight: for the editor's trace."""

    edition: Edition
    left_out: tuple[LeftOut, ...]


def lay_out_edition(
    plan: EditionPlan,
    stories: Sequence[RankedInput],
    now: datetime,
    *,
    before: Edition | None = None,
    pins: Pins = _NO_PINS,
) -> LaidOut:
    """Lay out a front page: eight distinct events of diverse topics, then sections by topic; no story twice.

    A page laid out again within STAYS of `before` keeps its order unless something has become clearly better. `pins`
    are an editor's: what stands first, whatever its score, and what never stands here.
    """
    held = _held(before, now)
    known = [entry for entry in stories if entry.story.id not in pins.buried]
    ranked = rank_stories(plan, known, now)
    page = _Page(plan, held)
    by_id = {one.entry.story.id: one for one in ranked}
    for story_id in list(dict.fromkeys(pins.pinned))[:EIGHT]:
        if story_id in by_id:
            page.take(by_id[story_id], by_id[story_id].score, pinned=True)
    page.choose([one for one in ranked[:_CONSIDERED] if one.entry.story.id not in pins.pinned])
    eight = _in_order(page.slots, held)
    used = {slot.story_id for slot in eight}
    sections = []
    for section in plan.sections:
        slots = _fill(plan, section, ranked, used)
        used |= {slot.story_id for slot in slots}
        sections.append(replace(section, slots=slots))
    unseen = [LeftOut(entry.story.id, 0.0, "buried") for entry in stories if entry.story.id in pins.buried]
    unseen += [LeftOut(one.story.id, 0.0, "unreadable") for one in known if one.story.id not in by_id]
    return LaidOut(Edition(plan.key, now, eight, tuple(sections)), (*page.left_out, *unseen))


def _held(before: Edition | None, now: datetime) -> dict[StoryId, int]:
    if before is None or not timedelta(0) <= now - before.at <= STAYS:
        return {}
    return {slot.story_id: place for place, slot in enumerate(before.eight)}


@dataclass(slots=True)
class _Page:
    """The Eight being chosen: one at a time, each weighed against those that stand already."""

    plan: EditionPlan
    held: Mapping[StoryId, int]
    slots: list[Slot] = field(default_factory=list)
    leads: list[tuple[StoryId, Profile, frozenset[str]]] = field(default_factory=list)
    topics: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    publishers: set[PublisherId] = field(default_factory=set)
    left_out: list[LeftOut] = field(default_factory=list)

    def choose(self, ranked: Sequence[Standing]) -> None:
        """Fill what is free: the best first; chapters of a saga that has a place only where nothing else is left."""
        waiting, chapters = list(ranked), []
        while waiting and len(self.slots) < EIGHT:
            best = max(waiting, key=lambda one: (self.worth(one), -one.entry.story.id))
            waiting.remove(best)
            reason = self.refusal(best)
            if reason:
                self.left_out.append(LeftOut(best.entry.story.id, best.score, reason))
                if reason.startswith("saga"):
                    chapters.append(best)
                continue
            self.take(best, self.worth(best))
        for one in chapters[: EIGHT - len(self.slots)]:
            self.left_out = [left for left in self.left_out if left.story_id != one.entry.story.id]
            self.take(one, self.worth(one))
        worst = min((slot.score for slot in self.slots), default=0.0)
        self.left_out += [
            LeftOut(one.entry.story.id, round(self.worth(one), 6), f"outranked:{worst:.2f}") for one in waiting
        ]

    def worth(self, one: Standing) -> float:
        """Give a story's score beside those that stand already."""
        topic, country = _main_topic(one), self._country(one)
        value = one.score * (_HELD if one.entry.story.id in self.held else 1.0)
        value *= _SAME_TOPIC ** self.topics[topic] if topic else 1.0
        return value * (_SAME_COUNTRY ** self.countries[country] if country else 1.0)

    def refusal(self, one: Standing) -> str:
        """Say why a story may not stand beside the others: it is one of them, or another chapter of one; else ""."""
        lead = profile(_lead(self.plan, one.entry))
        names = _about(one.entry)
        for story_id, other, about in self.leads:
            if compare(lead, other).probability >= _SAME_EVENT:
                return f"same_event:{story_id}"
            if len(names & about) >= _SHARED:
                return f"saga:{story_id}"
        return ""

    def take(self, one: Standing, score: float, *, pinned: bool = False) -> None:
        """Give a story the next place."""
        lead = _lead(self.plan, one.entry, self.publishers)
        topic, story_id = _main_topic(one), one.entry.story.id
        why = list(one.why)
        if topic and not self.topics[topic] and self.slots:
            why.append("topic")
        if story_id in self.held:
            why.append(f"held:{self.held[story_id] + 1}")
        if pinned:
            why.insert(0, "pinned")
        self.slots.append(Slot(story_id, lead.id, round(score, 6), tuple(why)))
        self.leads.append((story_id, profile(lead), _about(one.entry)))
        self.topics[topic] += 1
        self.countries[self._country(one)] += 1
        self.publishers.add(lead.publisher_id)

    def _country(self, one: Standing) -> str:
        first = next(iter(one.entry.story.countries), "")
        return "" if first == self.plan.country else first


def _in_order(slots: Sequence[Slot], held: Mapping[StoryId, int]) -> tuple[Slot, ...]:
    """Put the Eight in order of score; two that stood there before keep their order unless one is clearly better."""
    ordered = list(slots)
    for _ in ordered:
        for place in range(1, len(ordered)):
            above, below = ordered[place - 1], ordered[place]
            both = above.story_id in held and below.story_id in held
            close = above.score < below.score * _HELD and "pinned" not in above.why
            if both and close and held[below.story_id] < held[above.story_id]:
                ordered[place - 1], ordered[place] = below, above
    return tuple(ordered)


def _about(entry: RankedInput) -> frozenset[str]:
    """Name whom and what a story is mostly about: the names that lead most of its articles."""
    counts = Counter(name.casefold() for one in entry.articles for _, name in one.names[:_LEADING])
    enough = max(1.0, len(entry.articles) / 3)
    return frozenset(name for name, times in counts.most_common(_LEADING) if times >= enough)


def _main_topic(standing: Standing) -> str:
    return standing.entry.topics[0].code if standing.entry.topics else ""


def _fill(plan: EditionPlan, section: Section, ranked: Sequence[Standing], used: set[StoryId]) -> tuple[Slot, ...]:
    """Fill a section with stories mostly on its topic, else with those that are on it too; LOCAL with what is near."""
    free = [one for one in ranked if one.entry.story.id not in used]
    chosen = [one for one in free if _belongs(one, section.topic)]
    if not chosen:
        chosen = [one for one in free if any(topic.code == section.topic for topic in one.entry.topics)]
    return tuple(
        Slot(one.entry.story.id, _lead(plan, one.entry).id, round(one.score, 6), one.why)
        for one in chosen[:PER_SECTION]
    )


def _belongs(one: Standing, topic: str) -> bool:
    return any(why in _NEAR for why in one.why) if topic == LOCAL else _main_topic(one) == topic


def _lead(plan: EditionPlan, entry: RankedInput, taken: set[PublisherId] | None = None) -> Candidate:
    """Choose the article that names the story best in the edition's language, of a publisher not leading yet if any."""
    language = plan.language.split("-")[0]
    every = readable(plan, entry)
    others = [one for one in every if one.publisher_id not in (taken or set())] or every
    own = next((one for one in others if one.id == entry.story.lead_article_id), None)
    return own if own and own.language.split("-")[0] == language else choose_lead(others, language)
