"""One event across publishers: who reports what, in which order, and sentences chosen from their articles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from octavo.brief.extractive import choose_across
from octavo.domain.article import ArticleCard
from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.story import Story
from octavo.errors import NotFound
from octavo.relate.digest import digest_story
from octavo.relate.threads import earlier_stories
from octavo.serve import links
from octavo.serve.closely import Closely, EarlierStory
from octavo.serve.contexts import Chosen, Coverage, Frame, Report, StoryPage
from octavo.serve.pages.described import breadcrumbs, story_description
from octavo.serve.pages.digested import closely
from octavo.serve.visit import Moved, Visit
from octavo.store import articles, digests, hashtags, reading, relations, stories
from octavo.store.tellings import of_story
from octavo.text.slugs import read_short_id

MOST = 120
"""Articles of one story that are shown."""

_TWO = 2
_COMPARED = 4
_HASHTAGS = 8
_BRIEF = 3
_READ_FOR_BRIEF = 6
_DRAWN_FROM = 4
_BARS = 24
_SPANS = (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 672)


def load(visit: Visit) -> StoryPage | Moved:
    """Read a story. Raises NotFound; one that was folded into another, or is named anew, has moved."""
    number = read_short_id(visit.names["number"])
    story = stories.get(visit.view, StoryId(number)) if number is not None and number < 2**62 else None
    if story is None:
        raise NotFound("no story is kept under this address")
    path = links.story(visit.plan.key, story.id, story.headline)
    if unquote(path) != f"/{visit.plan.key}/story/{visit.names['number']}/{visit.names['words']}":
        return Moved(path)
    newest_first = visit.cards(reading.story_ids(visit.view, story.id, MOST))
    if not newest_first:
        raise NotFound("the articles of this story are no longer kept")
    lead = _lead(visit, story, newest_first)
    said = replace(story, headline=lead.headline, language=lead.language)
    return StoryPage(
        frame=_frame(visit, said, lead, path),
        story=said,
        lead=lead,
        brief=_brief(visit, lead, newest_first),
        reports=_reports(lead, newest_first),
        timeline=newest_first[::-1],
        coverage=draw([card.time for card in newest_first]),
        closely=_closely(visit, story, newest_first),
        earlier=_earlier(visit, story, [card.id for card in newest_first]),
        hashtags=hashtags.common(
            visit.view, [card.id for card in newest_first], _HASHTAGS, visit.plan.language.split("-")[0]
        ),
    )


def _closely(visit: Visit, story: Story, cards: Sequence[ArticleCard]) -> Closely | None:
    """Give the story read closely: as the worker did, or, where it did not, now; None for a single article."""
    if len(cards) < _TWO:
        return None
    kept = digests.get(visit.view, story.id)
    bar = visit.site.tools.settings.quality.bar
    digest = kept or digest_story(of_story(visit.view, story.id, bar), visit.here.now)
    return closely(visit, digest, {card.id: card for card in cards})


def _earlier(visit: Visit, story: Story, newest_first: Sequence[ArticleId]) -> list[EarlierStory]:
    """Find what came before among the stories that its articles are related to."""
    members = newest_first[:_COMPARED]
    related = {one.other_id for member in members for one in relations.of(visit.view, member)}
    near = {found.id: found for found in stories.stories_of(visit.view, sorted(related)).values()}
    near.pop(story.id, None)
    theirs = stories.newest_articles(visit.view, near, _COMPARED)
    wanted = {
        one.id: one for one in articles.candidates(visit.view, [*members, *(i for ids in theirs.values() for i in ids)])
    }
    others = {found: [wanted[one] for one in ids if one in wanted] for found, ids in theirs.items()}
    earlier = earlier_stories([wanted[one] for one in members if one in wanted], others)
    return [EarlierStory(near[one.story_id], one.why) for one in earlier]


def _lead(visit: Visit, story: Story, newest_first: Sequence[ArticleCard]) -> ArticleCard:
    """Let the story's own lead speak, or, to readers of other languages, the fullest article they can read."""
    own = next((card for card in newest_first if card.id == story.lead_article_id), newest_first[-1])
    readable = [card for card in newest_first if card.language in visit.languages]
    if own in readable or not readable:
        return own
    display = visit.known.display
    return max(readable, key=lambda card: (not display.doubts(card.complete), card.word_count, card.id))


def _frame(visit: Visit, story: Story, lead: ArticleCard, path: str) -> Frame:
    count = visit.tn("{n} independent report", "{n} independent reports", story.report_count)
    picture = f"/picture/{visit.site.signer.token(lead.image.url)}/1280" if lead.image else ""
    front = (visit.plan.title, links.front(visit.plan.key))
    return Frame(
        title=story.headline,
        description=f"{count}. {lead.excerpt}".strip(),
        path=path,
        kind="story",
        feed=path,
        alternates=visit.everywhere(path.removeprefix(f"/{visit.plan.key}")),
        picture=visit.here.absolute(picture) if picture else "",
        data=(story_description(visit.here, story, path), breadcrumbs(visit.here, [front, (story.headline, path)])),
    )


def _brief(visit: Visit, lead: ArticleCard, cards: Sequence[ArticleCard]) -> list[Chosen]:
    """Choose from articles in the leading one's language, of different publishers, that are shown in full."""
    display = visit.known.display
    by_publisher = {
        card.publisher_id: card
        for card in (*cards, lead)
        if card.language == lead.language
        and not display.doubts(card.complete)
        and display.of(card.publisher_id, fictional=card.fictional) is DisplayPolicy.FULL
    }
    read = sorted(by_publisher.values(), key=lambda card: (card.id != lead.id, card.id))[:_READ_FOR_BRIEF]
    whole = articles.get_many(visit.view, [card.id for card in read])
    cards_read = {card.id: card for card in read}
    chosen = choose_across([(one.headline, one.text) for one in whole], _BRIEF)
    return [Chosen(text, cards_read[whole[number].id]) for number, text in chosen]


def _reports(lead: ArticleCard, newest_first: Sequence[ArticleCard]) -> list[Report]:
    """Group by publisher: the one that leads first, then those that reported first."""
    grouped: dict[str, list[ArticleCard]] = {}
    for card in newest_first:
        grouped.setdefault(card.publisher_id, []).append(card)
    order = sorted(grouped.values(), key=lambda cards: (cards[0].publisher_id != lead.publisher_id, cards[-1].time))
    return [Report(cards[0].publisher_name, cards[0].publisher_id, cards) for cards in order]


def draw(times: Sequence[datetime]) -> Coverage | None:
    """Count reports in equal spans of time, few enough to draw; None when there is too little to see."""
    if len(times) < _DRAWN_FROM:
        return None
    first, last = min(times), max(times)
    across = (last - first).total_seconds() / 3600
    hours = next((span for span in _SPANS if across / span < _BARS - 1), _SPANS[-1])
    width = hours * 3600
    begin = int(first.timestamp()) // width
    end = min(int(last.timestamp()) // width, begin + _BARS - 1)
    counts = Counter(min(int(time.timestamp()) // width, end) for time in times)
    start = datetime.fromtimestamp(begin * width, UTC)
    bars = [(counts[slot], start + timedelta(seconds=(slot - begin) * width)) for slot in range(begin, end + 1)]
    return Coverage(bars, hours, max(counts.values())) if len(bars) > 1 else None
