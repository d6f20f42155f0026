"""The sample newswire through enrich and relate with the real embedder: fifteen publishers, seven languages."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.adapters.newswire.library import Library, SampleArticle, read_library
from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId, StoryId, first_article_id
from octavo.domain.relation import Candidate, Relation
from octavo.enrich.article import enrich_articles
from octavo.enrich.entities import ranked_names
from octavo.relate.article import relate_article
from octavo.relate.provenance import independent_reports

pytestmark = pytest.mark.slow

STARTED = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@dataclass
class Related:
    """The newswire, related: each article's event, story, candidate and relations."""

    event: dict[ArticleId, str]
    candidates: dict[ArticleId, Candidate]
    story: dict[ArticleId, StoryId] = field(default_factory=dict)
    relations: dict[ArticleId, tuple[Relation, ...]] = field(default_factory=dict)
    duplicates: dict[ArticleId, tuple[Relation, ...]] = field(default_factory=dict)

    def of_event(self, event: str) -> list[Candidate]:
        return [one for key, one in self.candidates.items() if self.event[key] == event]


def _article(number: int, sample: SampleArticle, language: str) -> Article:
    at = STARTED - sample.age
    return Article(
        id=ArticleId(first_article_id(int(at.timestamp())) + number),
        url=f"https://{sample.publisher}.example/{sample.slug}",
        publisher_id=PublisherId(sample.publisher),
        headline=sample.title,
        language=language,
        first_seen_at=at,
        published_at=at,
        standfirst=sample.standfirst,
        source=sample.agency,
        section=sample.section,
        keywords=sample.keywords,
        blocks=tuple(Block(BlockKind.PARAGRAPH, part) for part in sample.body.split("\n\n") if part.strip()),
    )


def _candidates(library: Library) -> Related:
    publishers = {publisher.key: publisher for publisher in library.publishers}
    samples = sorted(library.articles, key=lambda sample: -sample.age)
    articles = [_article(number, one, publishers[one.publisher].language) for number, one in enumerate(samples)]
    found = Related({}, {})
    for sample, article, enriched in zip(samples, articles, enrich_articles(articles, LocalEmbedder()), strict=True):
        vector = enriched.embedding.vector if enriched.embedding else b""
        assert isinstance(vector, bytes)
        found.event[article.id] = sample.event
        found.candidates[article.id] = Candidate(
            id=article.id,
            publisher_id=article.publisher_id,
            headline=article.headline,
            lead=article.text[:1000],
            language=enriched.language,
            at=article.time,
            source=article.source,
            owner=publishers[sample.publisher].owner,
            genre=sample.genre,
            names=ranked_names(enriched.mentions),
            hashtags=tuple(tag.tag for tag in enriched.hashtags),
            fingerprint=enriched.fingerprint,
            vector=vector,
            model=enriched.embedding.model if enriched.embedding else "",
        )
    return found


@pytest.fixture(scope="module")
def related() -> Related:
    """Relate every article in published order, each knowing only those before it, as the pipeline does."""
    found = _candidates(read_library())
    index = ExactIndex()
    for key, one in found.candidates.items():
        raw = np.frombuffer(one.vector, dtype="<f2").astype(np.float32)
        near = dict(index.nearest(raw, limit=60)) if one.vector else {}
        known = [replace(found.candidates[other], story_id=found.story[other]) for other in near]
        told = relate_article(one, known, near, STARTED)
        story = told.placement.story_id or StoryId(int(key))
        for other, held in found.story.items():
            if held in told.placement.merged:
                found.story[other] = story
        found.story[key] = story
        found.relations[key], found.duplicates[key] = told.relations, told.duplicates
        index.update([key], raw[None, :])
    return found


def test_no_story_mixes_events(related: Related) -> None:
    events: dict[StoryId, set[str]] = defaultdict(set)
    for key, story in related.story.items():
        events[story].add(related.event[key])
    mixed = [told for told in events.values() if len(told) > 1]
    assert len(mixed) <= 1, "one column speaks of two events"


def test_events_are_hardly_split(related: Related) -> None:
    sizes: dict[str, list[int]] = {}
    for event in filter(None, set(related.event.values())):
        stories = [related.story[one.id] for one in related.of_event(event)]
        sizes[event] = sorted((stories.count(story) for story in set(stories)), reverse=True)
    shares = {event: counts[0] / sum(counts) for event, counts in sizes.items()}
    assert min(shares.values()) >= 0.3, shares
    assert sum(shares.values()) / len(shares) >= 0.65, shares


def test_features_about_nothing_else_stay_alone(related: Related) -> None:
    alone = [key for key, event in related.event.items() if not event]
    assert all(list(related.story.values()).count(related.story[key]) == 1 for key in alone)


@pytest.mark.parametrize("event", ["lumen-ruling", "varn-flood", "kestrel-probe", "vaccine-trial"])
def test_stories_span_languages_and_scripts(related: Related, event: str) -> None:
    languages: dict[StoryId, set[str]] = defaultdict(set)
    for one in related.of_event(event):
        languages[related.story[one.id]].add(one.language)
    widest = max(languages.values(), key=len)
    assert len(widest) >= 5
    assert {"ar", "uk"} <= widest


def test_wire_copies_count_once(related: Related) -> None:
    flood = related.of_event("varn-flood")
    carried = [one for one in flood if one.source == "Meridian"]
    assert len({one.publisher_id for one in carried}) >= 4
    reports = independent_reports(flood)
    homes = [report for report in reports if any(one.id in report.members for one in carried)]
    assert len(homes) == 1
    assert "agency:meridian" in homes[0].why
    assert len(reports) < len({one.publisher_id for one in flood})


def test_related_articles_are_about_the_same(related: Related) -> None:
    listed = [(key, one) for key, relations in related.relations.items() for one in relations]
    right = sum(bool(related.event[key]) and related.event[key] == related.event[one.other_id] for key, one in listed)
    assert right / len(listed) >= 0.9
    assert all(0.0 < one.score <= 1.0 for _, one in listed)


def test_copies_are_copies(related: Related) -> None:
    listed = [(key, one) for key, found in related.duplicates.items() for one in found]
    assert listed
    assert all(related.event[key] == related.event[one.other_id] for key, one in listed)
