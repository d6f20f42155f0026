"""lay_out_edition on a real store: what it reads, and that a page laid out again keeps its order. All is fictional."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.edition import Edition
from octavo.domain.ids import ArticleId, EditionKey, PublisherId
from octavo.domain.publisher import Publisher
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.lay_out_edition import CONSUMER, WHOLE, lay_out_editions, lay_out_first
from octavo.pipeline.relate_article import relate_changed
from octavo.pipeline.settle_stories import settle_changed
from octavo.ports.tools import Tools
from octavo.store import articles, changes, dating, editions, publishers

from .conftest import NOW

TEXTS = (
    "The ferry Star of Kalden ran aground off Port Ember with 214 people on board, the coast guard said.",
    "Lumen Labs must disclose its sources within ninety days, the Tessaly tribunal ruled after two years.",
    "Rheinstadt beat Marina by three goals to two in front of 41,300 people and won the cup again.",
)


def keep(tools: Tools, published: datetime | None) -> list[ArticleId]:
    made = [
        Article(
            id=ArticleId(0), url=f"https://paper{n}.example/{n}", publisher_id=PublisherId(f"paper{n}"),
            headline=text[:60], language="en", first_seen_at=NOW, published_at=published, excerpt=text,
            blocks=(Block(BlockKind.PARAGRAPH, text),), word_count=20,
        )
        for n, text in enumerate(TEXTS)
    ]  # fmt: skip
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(one.publisher_id, str(one.publisher_id), country="gb") for one in made])
        kept = articles.save(tx, made)
    enrich_changed(tools, 100)
    relate_changed(tools, 100)
    return [one.id for one in kept]


def page(tools: Tools) -> Edition:
    assert lay_out_editions(tools) > 0
    with tools.database.read() as view:
        found = editions.latest(view, EditionKey("en-gb"))
    assert found is not None
    return found


@pytest.mark.parametrize("published", [None, NOW - timedelta(hours=1)])
def test_articles_without_dates_are_not_fresh(tools: Tools, published: datetime | None) -> None:
    ids = keep(tools, published)
    with tools.database.read() as view:
        assert dating.undated(view, [*ids, ArticleId(5)]) == (set() if published else set(ids))
    slots = page(tools).eight
    assert len(slots) == len(TEXTS)
    assert all(("fresh" in slot.why) is (published is not None) for slot in slots)


def test_a_page_laid_out_again_holds_its_places(tools: Tools) -> None:
    keep(tools, NOW - timedelta(hours=1))
    first = page(tools)
    again = page(replace(tools, now=lambda: NOW + timedelta(minutes=5)))
    assert [slot.story_id for slot in again.eight] == [slot.story_id for slot in first.eight]
    assert [slot.why[-1] for slot in again.eight] == ["held:1", "held:2", "held:3"]
    late = page(replace(tools, now=lambda: NOW + timedelta(hours=9)))
    assert not any(key.startswith("held") for slot in late.eight for key in slot.why)


def test_a_first_page_is_laid_out_until_one_is_whole(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tools, NOW - timedelta(hours=1))
    assert lay_out_first(tools) > 0
    assert lay_out_first(tools) > 0, "three stories are no whole page"
    monkeypatch.setattr("octavo.pipeline.lay_out_edition.WHOLE", len(TEXTS))
    assert len(TEXTS) < WHOLE
    assert lay_out_first(tools) == 0


def test_it_tells_up_to_where_settled_stories_are_laid_out(tools: Tools) -> None:
    keep(tools, NOW - timedelta(hours=1))
    lay_out_first(tools)
    with tools.database.read() as view:
        assert changes.position(view, CONSUMER) == 0, "laid out before anything was settled"
        last = changes.last_seq(view)
    assert settle_changed(tools)
    lay_out_editions(tools)
    with tools.database.read() as view:
        assert changes.position(view, CONSUMER) == last > 0
