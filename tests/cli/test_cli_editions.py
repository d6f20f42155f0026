"""octavo editions: the list, the check of one's own, and an editor's pins, which reach the front page."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from octavo import app as wiring
from octavo.config import load
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, EditionKey, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.story import Placement
from octavo.pipeline.lay_out_edition import lay_out_editions
from octavo.store import articles, editions, publishers, stories
from octavo.text.slugs import short_id

from .conftest import Octavo


@pytest.fixture
def placed(octavo: Octavo) -> list[int]:
    """Three stories of an invented paper, a report each, newest first; gives their ids."""
    assert octavo("migrate").code == 0
    now = datetime.now(UTC)
    with wiring.open_tools(load()) as tools, tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("bay"), "The Bay", hosts=("bay.example",))])
        made = [
            Article(
                ArticleId(0), f"https://bay.example/{n}", PublisherId("bay"), headline, "en",
                now - timedelta(hours=n), (Block(BlockKind.PARAGRAPH, "Words."),),
            )
            for n, headline in enumerate(("Ferry late again", "Orchard blooms early", "Chess club moves house"))
        ]  # fmt: skip
        articles.save(tx, made)
        ids = [one.id for url in made if (one := articles.by_url(tx, url.url))]
        return [int(stories.place(tx, Placement(one, None, 1.0), now)) for one in ids]


def eight() -> list[int]:
    with wiring.open_tools(load()) as tools:
        lay_out_editions(tools)
        with tools.database.read() as view:
            laid_out = editions.latest(view, EditionKey("en-gb"))
    assert laid_out
    return [slot.story_id for slot in laid_out.eight]


def test_pins_and_burials_reach_the_front_page_and_are_taken_back(octavo: Octavo, placed: list[int]) -> None:
    first, second, third = placed
    assert set(eight()) == set(placed)
    assert octavo("editions", "pin", "en-gb", f"http://127.0.0.1:8000/en-gb/story/{short_id(third)}/chess").code == 0
    assert octavo("editions", "bury", "en-gb", short_id(first), "--note", "old news").code == 0
    assert eight() == [third, second]
    told = json.loads(octavo("editions", "pins", "en-gb", "--json").out)
    assert told == [
        {"story": third, "decided": "pinned", "note": ""},
        {"story": first, "decided": "buried", "note": "old news"},
    ]
    assert octavo("editions", "release", "en-gb", short_id(third)).code == 0
    assert octavo("editions", "release", "en-gb", short_id(first)).code == 0
    assert sorted(eight()) == sorted(placed)
    assert octavo("editions", "release", "en-gb", short_id(first)).code != 0


def test_what_is_no_story_or_no_edition_is_refused(octavo: Octavo, placed: list[int]) -> None:
    for edition, story, said in (
        ("en-xx", short_id(placed[0]), "there is no edition en-xx"),
        ("en-gb", "zzz", "no story is kept"),
        ("en-gb", "!", "no story's address"),
    ):
        answer = octavo("editions", "pin", edition, story)
        assert answer.code != 0
        assert said in answer.err


def test_editions_are_listed(octavo: Octavo) -> None:
    keys = {one["key"] for one in json.loads(octavo("editions", "list", "--json").out)}
    assert {"en-gb", "ar-ae", "en-us-california"} <= keys


def test_ones_own_editions_are_checked(octavo: Octavo) -> None:
    folder: Path = load().data_dir / "editions"
    folder.mkdir(parents=True)
    (folder / "en-gb.toml").write_text("key = 1", "utf-8")
    answer = octavo("editions", "check")
    assert answer.code != 0
    assert "en-gb.toml" in answer.err


def test_places_are_found_by_name(octavo: Octavo) -> None:
    found = json.loads(octavo("editions", "places", "Los Angeles", "--json").out)
    assert found[0]["key"] == "place/5368361"
