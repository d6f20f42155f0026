"""The step digest_story: stories read closely as their articles change, kept, and made again."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from octavo.domain.difference import DifferenceKind
from octavo.pipeline.digest_story import digest_changed, digest_stories
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.relate_article import relate_changed
from octavo.ports.tools import Tools
from octavo.store import digests, journal, stories
from octavo.store.tables import story_digests

from .conftest import NOW, Keep

FERRY = tomllib.loads((Path(__file__).parents[1] / "cases" / "stories" / "ferry.toml").read_text("utf-8"))


def _told(tools: Tools, keep: Keep, counts: tuple[int, ...] = (31, 9, 9)) -> None:
    keep(
        [
            (name, f"Ferry Star of Kalden aground off Port Ember: {n} dead", body.format(n=n))
            for (name, body), n in zip(FERRY.items(), counts, strict=True)
        ]
    )
    enrich_changed(tools, 10)
    relate_changed(tools, 10)


def test_a_story_is_read_closely_once_it_is_related(tools: Tools, keep: Keep) -> None:
    _told(tools, keep)
    assert digest_changed(tools, 10) == 3
    assert digest_changed(tools, 10) == 0
    with tools.database.read() as view:
        [story] = stories.latest(view, 9)
        digest = digests.get(view, story.id)
        [event] = journal.of(view, f"story {story.id}")
    assert digest is not None
    assert (digest.articles, digest.provenance.outlets, digest.provenance.independent) == (3, 3, 3)
    killed = next(row for row in digest.ledger if row.quantity == "killed")
    assert {figure.low for figure in killed.figures} >= {9.0}
    assert any(one.kind is DifferenceKind.OUTLETS for one in digest.differences)
    assert digest.quotations[0].speaker == "Ilse Brandt"
    assert len(digest.quotations[0].publishers) == 3
    assert [moment.day.isoformat() for moment in digest.timeline] == ["2026-11-19"]
    assert "3 independent reports in 3 outlets" in event.outcome
    assert story.report_count == 3


def test_what_is_not_related_yet_waits(tools: Tools, keep: Keep) -> None:
    keep([("north", "Ferry aground", FERRY["north"].format(n=9))])
    enrich_changed(tools, 10)
    assert digest_changed(tools, 10) == 0
    relate_changed(tools, 10)
    assert digest_changed(tools, 10) == 1


def test_old_stories_are_left_until_somebody_looks(tools: Tools, keep: Keep) -> None:
    _told(tools, keep)
    later = replace(tools, now=lambda: NOW + timedelta(days=30))
    assert digest_changed(later, 10) == 3
    with tools.database.read() as view:
        [story] = stories.latest(view, 9)
        assert digests.get(view, story.id) is None
    digest_stories(later, [story.id])
    with tools.database.read() as view:
        assert digests.get(view, story.id) is not None


def test_a_digest_of_another_form_is_as_good_as_none(tools: Tools, keep: Keep) -> None:
    _told(tools, keep)
    digest_changed(tools, 10)
    with tools.database.transaction() as tx:
        [story] = stories.latest(tx, 9)
        tx.execute(story_digests.update().values(form=0))
        assert digests.get(tx, story.id) is None
