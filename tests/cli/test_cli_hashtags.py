"""octavo hashtags: what rises, and an editor's merges and mutes, kept and taken back."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from octavo import app as wiring
from octavo.config import load
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.enrichment import Enrichment, Hashtag
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.store import articles, enrichments, publishers

from .conftest import Octavo


@pytest.fixture
def filled(octavo: Octavo) -> None:
    """Three articles of an invented storm, under two spellings of its name."""
    assert octavo("migrate").code == 0
    now = datetime.now(UTC)
    with wiring.open_tools(load()) as tools, tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("bay"), "The Bay", hosts=("bay.example",))])
        made = [
            Article(
                ArticleId(0), f"https://bay.example/{n}", PublisherId("bay"), f"Storm {n}", "en",
                now - timedelta(hours=n), (Block(BlockKind.PARAGRAPH, "Words."),),
            )
            for n in range(3)
        ]  # fmt: skip
        articles.save(tx, made)
        ids = [articles.by_url(tx, one.url) for one in made]
        tags = ("StormVelda", "StormVelda", "Velda")
        rows = [
            Enrichment(one.id, "en", hashtags=(Hashtag(tag, tag, 1.0),))
            for one, tag in zip(ids, tags, strict=True)
            if one
        ]
        enrichments.save_enrichments(tx, rows)


@pytest.mark.usefixtures("filled")
def test_merge_mute_and_restore(octavo: Octavo) -> None:
    def rising() -> dict[str, int]:
        found = json.loads(octavo("hashtags", "rising", "--json").out)
        return {one["tag"]: one["last_day"] for one in found}

    assert rising() == {"StormVelda": 2}
    assert octavo("hashtags", "merge", "#Velda", "StormVelda", "--note", "one storm").out == (
        "#Velda is shown as #StormVelda\n"
    )
    assert rising() == {"StormVelda": 3}
    assert "3" in octavo("hashtags", "rising").out.splitlines()[1]
    kept = json.loads(octavo("hashtags", "rules", "--json").out)
    assert [(one["tag"], one["into"], one["note"]) for one in kept] == [("Velda", "StormVelda", "one storm")]
    assert octavo("hashtags", "restore", "Velda").code == 0
    assert rising() == {"StormVelda": 2}
    assert octavo("hashtags", "mute", "StormVelda").code == 0
    assert rising() == {}
    assert "nowhere" in octavo("hashtags", "rules").out


@pytest.mark.usefixtures("filled")
def test_what_cannot_be_done_is_said_in_a_sentence(octavo: Octavo) -> None:
    assert octavo("hashtags", "merge", "Velda", "Nobody").sentence == "octavo: no article carries the hashtag #Nobody"
    assert octavo("hashtags", "merge", "Velda", "Velda").code != 0
    assert octavo("hashtags", "merge", "#", "Velda").code != 0
    assert octavo("hashtags", "restore", "Velda").code == 4
    assert octavo("hashtags", "mute", "Velda", "--note", "x" * 1001).code != 0
