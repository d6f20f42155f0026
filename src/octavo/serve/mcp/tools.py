"""What the MCP server offers: search, article, story, related, figures, compare_coverage, edition. All only read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from octavo.domain.article import ArticleCard
from octavo.domain.figure import Figure
from octavo.domain.ids import ArticleId, EditionKey
from octavo.errors import NotFound, StoreError
from octavo.serve.answering import opened
from octavo.serve.closely import Said
from octavo.serve.figures import label, presentable, scope
from octavo.serve.mcp.material import BARRED, Material, about, quoted, safe, safe_text
from octavo.serve.pages import article as article_page
from octavo.serve.pages import front, search
from octavo.serve.pages import story as story_page
from octavo.serve.pages.numbered import Cards, said
from octavo.serve.readable import Readable, readable
from octavo.serve.site import Site
from octavo.serve.storied import Told
from octavo.serve.visit import Visit
from octavo.text.slugs import read_short_id, short_id
from octavo.text.words import clip

MOST = 20
_LONGEST = 24_000
"""Characters of one article's text that are given: a long report has half of that."""

Id = Annotated[str, Field(pattern=r"^[0-9a-z]{1,12}$", description="The id, as other answers name it: iarggtchi9.")]
Edition = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9-]{0,40}$",
        description="Key of an edition, language and country: en-gb. Empty: this newspaper's own.",
    ),
]
Words = Annotated[
    str,
    Field(
        max_length=300,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description='Words in any language; "quoted ones" stay together, -left out; operators source: tag: place: '
        "lang: after: before:.",
    ),
]
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many at most.")]


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The tools on one site. Each gives text for a model; OctavoError says in a sentence what is wrong."""

    site: Site

    @contextmanager
    def _visit(
        self, edition: str, names: Mapping[str, str] | None = None, query: Mapping[str, str] | None = None
    ) -> Iterator[Visit]:
        plan = self.site.plans.get(EditionKey(edition)) if edition else self.site.plan_for("")
        if plan is None:
            raise NotFound("there is no such edition: the tool `edition` without a key lists them")
        with opened(self.site, plan, {"words": "", **(names or {})}, query or {}) as visit:
            yield visit

    def search(self, query: Words, edition: Edition = "", newest: bool = False, limit: Limit = 10) -> str:
        """Search all articles of many publishers, in any language: those with every word first."""
        with self._visit(edition, query={"q": query, "sort": "new" if newest else ""}) as visit:
            page = search.load(visit)
            if page.failed:
                raise StoreError("the search does not answer just now: try again")
            made = Material()
            shown = page.found[:limit]
            made.ours(f"{len(shown)} articles; the first {min(page.exact, len(shown))} have every word.")
            for one in shown:
                made.article(visit, one.card)
        return made.written()

    def article(self, id: Id, edition: Edition = "") -> str:  # noqa: A002 - what answers call it
        """Read one article: as much of its text as its publisher lets be shown, and where the original is."""
        with self._visit(edition, {"number": id}) as visit:
            card = _card(visit, id)
            made = Material()
            made.fenced(
                f"ARTICLE {id}", [f"headline: {safe(card.headline)}", *about(visit, card), "", *_text(visit, card)]
            )
        return made.written()

    def story(self, id: Id, edition: Edition = "") -> str:  # noqa: A002
        """Read who reports one event: its articles by whose report they carry, its hashtags, what came before."""
        with self._visit(edition, {"number": id}) as visit:
            page = story_page.read(visit)
            made = Material()
            kept = page.story
            made.ours(
                f"Story {short_id(kept.id)}: {kept.article_count} articles by {kept.publisher_count} publishers, "
                f"{kept.report_count} independent reports."
            )
            told = [one for group in page.tellers for one in (*group.leads, *group.rest)]
            for one in told[:MOST]:
                made.article(visit, one.card, [f"report: {_whose(one)}"])
            if page.hashtags:
                made.fenced("HASHTAGS", [", ".join(safe(one.label, 80) for one in page.hashtags)])
            if page.earlier:
                earlier = [f"{short_id(one.story.id)}: {safe(one.story.headline)}" for one in page.earlier]
                made.fenced("EARLIER STORIES", earlier)
        return made.written()

    def related(self, id: Id, edition: Edition = "") -> str:  # noqa: A002
        """List what is worth reading next to an article, each with the reason."""
        with self._visit(edition, {"number": id}) as visit:
            made = Material()
            for one in article_page.read(visit).related:
                shares = [f"shares: {safe(', '.join(one.shares))}"] if one.shares else []
                made.article(visit, one.card, [f"reason: {one.reason}", *shares])
            if not made.foreign:
                made.ours("Nothing is related to it.")
        return made.written()

    def figures(self, id: Id, edition: Edition = "") -> str:  # noqa: A002
        """List the numbers of a story, as each outlet gives them, with the sentence each stands in."""
        with self._visit(edition, {"number": id}) as visit:
            made = Material()
            story = story_page.kept(visit)
            newest = story_page.newest(visit, story)
            cards = {card.id: card for card in newest}
            digest = story_page.digest_of(visit, story, newest)
            for row, spoken in presentable(digest.ledger) if digest else ():
                name = " · ".join(one for one in (label(visit.here, row.quantity), scope(visit.here, row)) if one)
                made.fenced(f"FIGURE {name}", [_given(visit, one, cards) for _, one in spoken])
            if not made.foreign:
                made.ours("No numbers that two outlets give can be compared.")
        return made.written()

    def compare_coverage(self, id: Id, edition: Edition = "") -> str:  # noqa: A002
        """Compare how outlets report one event: whose reports, where they differ, who is quoted how, day by day."""
        with self._visit(edition, {"number": id}) as visit:
            page = story_page.read(visit)
            story = page.story
            made = Material()
            made.ours(f"Story {short_id(story.id)}: {story.report_count} independent reports.")
            made.fenced(
                "WHO REPORTS", [_teller(one.name, one.outlets, (*one.leads, *one.rest)) for one in page.tellers]
            )
            read = page.closely
            for difference in read.differences if read else ():
                made.fenced(f"DIFFERENCE {difference.label}", [_said(one) for one in difference.words])
            for one in read.quotations if read else ():
                speaker = safe(f"{one.speaker} {one.role}".strip() or "somebody", 160)
                ways = [f"{safe(each.card.publisher_name, 120)}: {each.how or 'same words'}" for each in one.versions]
                made.fenced("QUOTATION", [f"speaker: {speaker}", _said(one.words), *ways])
            for day in read.days if read else ():
                made.fenced(f"DAY {day.day.isoformat()} ({day.precision})", [_said(day.said)])
        return made.written()

    def edition(self, key: Edition = "") -> str:
        """Read an edition's front page as it is now: the Eight, the stories that matter, and the sections."""
        with self._visit(key) as visit:
            page = front.load(visit)
            made = Material()
            made.ours(f"Edition {visit.plan.key}. All editions: {', '.join(sorted(visit.site.plans))}.")
            for number, place in enumerate(page.eight, 1):
                made.article(
                    visit, place.card, [f"place: {number}", *([f"why: {', '.join(place.why)}"] if place.why else [])]
                )
            for shelf in page.shelves:
                lines = [
                    f"{short_id(card.id)}: {safe(card.headline)} ({safe(card.publisher_name, 120)})"
                    for card in shelf.cards
                ]
                made.fenced(f"SECTION {shelf.section.key}", lines)
            latest = [
                f"{short_id(card.id)}: {safe(card.headline)} ({safe(card.publisher_name, 120)})" for card in page.latest
            ]
            if latest:
                made.fenced("LATEST", latest)
        return made.written()


def _card(visit: Visit, given: str) -> ArticleCard:
    number = read_short_id(given)
    cards = visit.cards([ArticleId(number)]) if number is not None and number < 2**62 else []
    if not cards:
        raise NotFound("no article is kept under this id: `search` finds some")
    return cards[0]


def _text(visit: Visit, card: ArticleCard) -> list[str]:
    """Give the lines of an article that a model may be given."""
    found = readable(visit, [card.id])
    if card.rights.machines_barred or any(one.barred for one in found):
        return [BARRED]
    if not found:
        return ["(no text: its publisher lets only the headline be shown)"]
    return _paragraphs(found[0])


def _paragraphs(read: Readable) -> list[str]:
    left = min(_LONGEST, read.most if read.most is not None else _LONGEST)
    whole = [] if read.telling.whole else ["(not the whole text: read on at the original)"]
    lines = []
    for one in (read.telling.standfirst, *read.telling.paragraphs):
        if one and left > 1:
            lines.append(safe_text(clip(one, left)))
            left -= len(one)
    return [*lines, *whole]


def _whose(told: Told) -> str:
    kind = {"own": "the outlet's own", "agency": "an agency's, at its own place", "copy": "carried"}[told.kind]
    return f"{kind} ({safe(', '.join(told.why))})" if told.why else kind


def _teller(name: str, outlets: int, told: tuple[Told, ...]) -> str:
    who = ", ".join(
        dict.fromkeys(f"{safe(one.card.publisher_name, 120)} ({short_id(one.card.id)})" for one in told[:MOST])
    )
    return f"{safe(name, 120) or 'own reports'}, {outlets} outlets: {who}"


def _given(visit: Visit, one: Figure, cards: Cards) -> str:
    words = said(visit, one.sentence, cards, one.passage.text)
    number = f"{one.low:g}" if one.low == one.high else f"{one.low:g}-{one.high:g}"
    where = quoted(words.card, words.text) if words else ""
    return f"{' '.join(part for part in (one.bound, number, one.unit) if part)} | {where}"


def _said(words: Said) -> str:
    return quoted(words.card, words.text)
