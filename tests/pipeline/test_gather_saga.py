"""What a story is part of: the stories about the same names are found in the store, and the digest says so."""

from datetime import timedelta

import pytest

from octavo.domain.article import Article
from octavo.domain.enrichment import Embedding, Enrichment, Entity, EntityKind, Mention, Topic
from octavo.domain.ids import ArticleId, PublisherId, StoryId
from octavo.domain.publisher import Publisher
from octavo.domain.story import Placement
from octavo.pipeline.digest_story import digest_stories
from octavo.ports.tools import Tools
from octavo.store import articles, digests, enrichments, journal, publishers, stories

from .conftest import NOW

NAMES = (("Ada Corrigan", EntityKind.PERSON, "person/ada"), ("Harrow Water", EntityKind.ORGANISATION, "org/harrow"))


def _enriched(one: Article, about: bool) -> Enrichment:
    return Enrichment(
        article_id=one.id,
        language="en",
        mentions=tuple(Mention(name, kind, 0, 5, key) for name, kind, key in NAMES),
        entities=tuple(Entity(key, kind, name, name, 0.9, about=about) for name, kind, key in NAMES),
        topics=(Topic("02000000", 0.9),),
        embedding=Embedding("m", (1.0, 0.0)),
    )


@pytest.fixture
def days(tools: Tools) -> list[StoryId]:
    """Six stories of one inquiry, three days apart, and a seventh that only names who is heard there."""
    made = [
        Article(
            id=ArticleId(0),
            url=f"https://ledger.example/{number}",
            publisher_id=PublisherId("ledger"),
            headline=f"Harrow dam inquiry hears Ada Corrigan, day {number}",
            language="en",
            first_seen_at=NOW,
            published_at=NOW - timedelta(days=3 * number),
            excerpt="The inquiry into Harrow dam heard what the company knew.",
        )
        for number in range(7)
    ]
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("ledger"), "Ledger")])
        kept = articles.save(tx, made, now=NOW)
        enrichments.save_enrichments(tx, [_enriched(one, number < 6) for number, one in enumerate(kept)])
        found = [stories.place(tx, Placement(one.id, None, 1.0), NOW) for one in kept]
        for story, one in zip(found, kept, strict=True):
            stories.describe(tx, story, lead=one.id, reports=1)
    return found


def test_the_digest_says_what_a_story_is_part_of(tools: Tools, days: list[StoryId]) -> None:
    digest_stories(tools, [days[0]])
    with tools.database.read() as view:
        digest = digests.get(view, days[0])
        [event] = journal.of(view, f"story {days[0]}")
    assert digest is not None
    assert digest.saga is not None
    assert digest.saga.stories == tuple(reversed(days[1:6]))
    assert set(digest.saga.about) == {"person/ada", "org/harrow"}
    assert "part of 6 stories about" in event.outcome


def test_a_story_that_only_names_them_is_part_of_nothing(tools: Tools, days: list[StoryId]) -> None:
    digest_stories(tools, [days[6]])
    with tools.database.read() as view:
        digest = digests.get(view, days[6])
    assert digest is not None
    assert digest.saga is None
