"""A young instance: a few headlines, with the real model of meaning, settled into stories."""

from datetime import UTC, datetime

import numpy as np
import pytest

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.domain.article import Article
from octavo.domain.ids import ArticleId, PublisherId, StoryId, first_article_id
from octavo.domain.relation import Candidate
from octavo.enrich.article import enrich_articles
from octavo.enrich.entities import ranked_names
from octavo.relate.profile import profile
from octavo.relate.recluster import settle
from octavo.relate.window import closeness, crowded, evidence

pytestmark = pytest.mark.slow

AT = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)

APART = (
    "Harrow dam to close for repairs until autumn",
    "Rheinstadt win the cup after extra time",
    "Central bank of Vellmark leaves interest rates alone",
    "Phone maker Orrin shows a tablet that folds twice",
    "Actor Wilf Pask leaves hospital after fall on stage",
    "Port Ember dockers vote to end their strike",
)
ONE_EVENT = ("Port Ember's dockers end strike after vote", "Strike at Port Ember is over as dockers vote")


def _candidates(headlines: tuple[str, ...]) -> list[Candidate]:
    articles = [
        Article(
            id=ArticleId(first_article_id(int(AT.timestamp())) + number),
            url=f"https://paper-{number}.example/",
            publisher_id=PublisherId(f"paper-{number}"),
            headline=headline,
            language="en",
            first_seen_at=AT,
            published_at=AT,
        )
        for number, headline in enumerate(headlines)
    ]
    return [
        Candidate(
            id=article.id,
            publisher_id=article.publisher_id,
            headline=article.headline,
            lead="",
            language=found.language,
            at=AT,
            names=ranked_names(found.mentions),
            keys=tuple(entity.key for entity in found.entities),
            fingerprint=found.fingerprint,
            vector=found.embedding.vector if found.embedding and isinstance(found.embedding.vector, bytes) else b"",
            model=found.embedding.model if found.embedding else "",
            story_id=StoryId(100 + int(article.id) % 100),
        )
        for article, found in zip(articles, enrich_articles(articles, LocalEmbedder()), strict=True)
    ]


def test_a_few_headlines_of_different_events_stay_apart() -> None:
    assert settle(_candidates(APART)) == ()


def test_a_few_headlines_of_one_event_are_one_story() -> None:
    found = _candidates((*APART, *ONE_EVENT))
    [change] = settle(found)
    assert {change.story_id, *change.folded} == {found[5].story_id, found[6].story_id, found[7].story_id}


def test_what_is_near_hereabouts_tells_little_among_few() -> None:
    made = [profile(one) for one in _candidates(APART)]
    _, raw = evidence(made)
    few, many = crowded(raw, 6), crowded(raw, 1200)
    assert np.abs(few["near"]).max() < np.abs(raw["near"]).max() * 0.05
    assert np.allclose(many["near"], raw["near"], rtol=0.1)
    assert few["few"][0, 1] > 0.9 > 0.1 > many["few"][0, 1]
    assert closeness(made).shape == (6, 6)
