"""One event across publishers: who reports what, in which order, and sentences chosen from their articles."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

import structlog

from octavo.domain.article import ArticleCard
from octavo.domain.comment import under_story
from octavo.domain.digest import Digest
from octavo.domain.enrichment import Hashtag
from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.story import Story
from octavo.errors import FAULTS, NotFound
from octavo.relate.digest import digest_story
from octavo.relate.threads import earlier_stories
from octavo.serve import features, links
from octavo.serve.closely import EarlierStory
from octavo.serve.contexts import Chosen, Frame, StoryPage
from octavo.serve.discussed import Talk
from octavo.serve.handing import hand_on_story
from octavo.serve.pages.described import breadcrumbs, story_description
from octavo.serve.pages.desking import deed
from octavo.serve.pages.digested import closely
from octavo.serve.pages.drawn import draw_coverage, draw_places, name_of, worth_showing
from octavo.serve.pages.larger import larger
from octavo.serve.pages.told import chosen, group, languages, outlets, tell
from octavo.serve.pages.worked import summed_up
from octavo.serve.talking import Matter, talk_on, threads_of
from octavo.serve.visit import Moved, Visit
from octavo.store import articles, audit, digests, hashtags, reading, relations, stories
from octavo.store.tellings import of_story, words_of
from octavo.text.slugs import read_short_id, short_id

log = structlog.get_logger()

MOST = 120
"""Articles of one story that are shown."""

_TWO = 2
_COMPARED = 4
_HASHTAGS = 8
_NAMED = 8
_DEEDS = 6
_READ_FOR_BRIEF = 6
_SHARED = 0.25
"""Share of a story's articles from which a hashtag is the story's."""

_ROUNDING = 1e-6


def load(visit: Visit) -> StoryPage | Moved:
    """Read a story. Raises NotFound; one that was folded into another, or is named anew, has moved."""
    story = kept(visit)
    path = links.story(visit.plan.key, story.id, story.headline)
    if unquote(path) != f"/{visit.plan.key}/story/{visit.names['number']}/{visit.names['words']}":
        return Moved(path)
    return _page(visit, story, newest(visit, story), path)


def read(visit: Visit) -> StoryPage:
    """Read a story by its number alone, for programs. Raises NotFound."""
    story = kept(visit)
    return _page(visit, story, newest(visit, story), links.story(visit.plan.key, story.id, story.headline))


def kept(visit: Visit) -> Story:
    """Give the story an address names. Raises NotFound."""
    number = read_short_id(visit.names["number"])
    story = stories.get(visit.view, StoryId(number)) if number is not None and number < 2**62 else None
    if story is None:
        raise NotFound("no story is kept under this address")
    return story


def newest(visit: Visit, story: Story) -> list[ArticleCard]:
    """Give a story's articles, newest first. Raises NotFound where none is left."""
    newest_first = visit.cards(reading.story_ids(visit.view, story.id, MOST))
    if not newest_first:
        raise NotFound("the articles of this story are no longer kept")
    return newest_first


def _page(visit: Visit, story: Story, newest_first: Sequence[ArticleCard], path: str) -> StoryPage:
    lead = lead_of(visit, story, newest_first)
    said = replace(story, headline=lead.headline, language=lead.language)
    digest = digest_of(visit, story, newest_first)
    provenance = digest.provenance if digest else None
    cards = {card.id: card for card in newest_first}
    told = tell(visit, provenance, cards)
    read_closely = closely(visit, digest, cards) if digest else None
    shown = chosen(visit, newest_first)
    some = len(shown) < len(newest_first)
    frame = _frame(visit, said, lead, path, newest_first)
    return StoryPage(
        frame=replace(frame, index=False) if some else frame,
        story=said,
        lead=lead,
        brief=_brief(visit, lead, newest_first) if features.chosen_on(visit) else (),
        articles=newest_first,
        tellers=group(provenance, {card.id: told[card.id] for card in shown}, lead.id),
        languages=languages(visit, newest_first, path),
        outlets=outlets(visit, newest_first, path),
        chosen=some,
        coverage=draw_coverage(visit.here, list(told.values())),
        map=draw_places(visit.here, digest.places) if digest else None,
        places=[(one.key, name_of(visit.here, one)) for one in worth_showing(digest.places)] if digest else [],
        named=reading.named_in(visit.view, [card.id for card in newest_first], _NAMED),
        closely=read_closely,
        earlier=_earlier(visit, story, [card.id for card in newest_first]),
        larger=larger(visit, story, digest.saga if digest else None),
        hashtags=_hashtags(visit, newest_first),
        panel=features.of_story(visit, path, read_closely),
        talk=_talk(visit, said, path),
        deeds=[
            deed(visit, one, named=False)
            for one in audit.of_subject(visit.view, f"story/{story.id}", _DEEDS, public=True)
        ],
        sending=hand_on_story(visit.here, said, path),
        oembed=visit.here.absolute(links.oembed(visit.here.absolute(path))),
    )


def _talk(visit: Visit, story: Story, path: str) -> Talk:
    venue = under_story(story.id)
    return talk_on(visit, Matter(venue, path, story.headline, story.language, threads_of(visit, venue)))


def digest_of(visit: Visit, story: Story, cards: Sequence[ArticleCard]) -> Digest | None:
    """Give the story read closely: as the worker did, or, where it did not, now; None for a single article."""
    if len(cards) < _TWO:
        return None
    kept = digests.get(visit.view, story.id)
    bar = visit.site.tools.settings.quality.bar
    try:
        return kept or digest_story(of_story(visit.view, story.id, bar), visit.here.now)
    except FAULTS as error:
        log.error("a story could not be read closely", story=story.id, exc_info=error)
        return None


def _hashtags(visit: Visit, cards: Sequence[ArticleCard]) -> list[Hashtag]:
    """Give the hashtags that several of its articles share: one article's alone says little about the story."""
    own = visit.plan.language.split("-")[0]
    common = hashtags.common(visit.view, [card.id for card in cards], _HASHTAGS, own, visit.known.rules)
    least = max(_SHARED, 2 / len(cards)) if len(cards) > _TWO else 0.0
    return [one for one in common if one.score >= least - _ROUNDING]


def _earlier(visit: Visit, story: Story, newest_first: Sequence[ArticleId]) -> list[EarlierStory]:
    """Find what came before among the stories that its articles are related to."""
    members = newest_first[:_COMPARED]
    related = {one.other_id for found in relations.of_many(visit.view, members).values() for one in found}
    near = {found.id: found for found in stories.stories_of(visit.view, sorted(related - set(newest_first))).values()}
    near.pop(story.id, None)
    if not near:
        return []
    theirs = stories.newest_articles(visit.view, near, _COMPARED)
    wanted = {
        one.id: one for one in articles.candidates(visit.view, [*members, *(i for ids in theirs.values() for i in ids)])
    }
    others = {found: [wanted[one] for one in ids if one in wanted] for found, ids in theirs.items()}
    earlier = earlier_stories([wanted[one] for one in members if one in wanted], others)
    return [EarlierStory(near[one.story_id], one.why) for one in earlier]


def lead_of(visit: Visit, story: Story, newest_first: Sequence[ArticleCard]) -> ArticleCard:
    """Let the story's own lead speak, or, to readers of other languages, the fullest article they can read."""
    own = next((card for card in newest_first if card.id == story.lead_article_id), newest_first[-1])
    readable = [card for card in newest_first if card.language in visit.languages]
    if own in readable or not readable:
        return own
    display = visit.known.display
    return max(readable, key=lambda card: (not display.doubts(card.complete), card.word_count, card.id))


def _frame(visit: Visit, story: Story, lead: ArticleCard, path: str, cards: Sequence[ArticleCard]) -> Frame:
    count = visit.tn("{n} independent report", "{n} independent reports", story.report_count)
    front = (visit.plan.title, links.front(visit.plan.key))
    return Frame(
        title=story.headline,
        description=f"{count}. {lead.excerpt}".strip(),
        path=path,
        kind="story",
        live=f"story/{short_id(story.id)}",
        since=visit.since,
        feed=path,
        alternates=visit.everywhere(path.removeprefix(f"/{visit.plan.key}")),
        picture=visit.preview("story", f"{short_id(story.id)}.{visit.plan.key}", f"{story.headline}{lead.image}"),
        data=(
            story_description(visit.here, story, path, cards),
            breadcrumbs(visit.here, [front, (story.headline, path)]),
        ),
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
    by_id = {card.id: card for card in read}
    found = summed_up(tuple(words_of(visit.view, list(by_id), display.bar)))
    return [Chosen(text, by_id[one]) for text, one in found]
