"""A story read closely and an article's edits, as their pages show them: no more words than a policy allows."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.figure import LedgerRow
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.quotation import Variant
from octavo.domain.story import Placement
from octavo.domain.telling import Passage
from octavo.serve import links
from octavo.serve.figures import QUANTITIES, presentable
from octavo.serve.pages.digested import spoken
from octavo.store import articles, publishers, stories

from .conftest import NOW, PUBLISHERS, Reader
from .conftest import article as made

ACCOUNTS = tomllib.loads((Path(__file__).parents[1] / "cases" / "stories" / "ferry.toml").read_text("utf-8"))
TOLLS = {"harbour": 31, "ledger": 9, "strict": 9}
FERRY = {name: text.format(n=n) for (name, n), text in zip(TOLLS.items(), ACCOUNTS.values(), strict=True)}
HEADLINES = {name: f"Ferry Star of Kalden aground off Port Ember: {n} dead" for name, n in TOLLS.items()}


def _told(reader: Reader) -> str:
    """Keep the three accounts as one story; gives its address."""
    given = [
        made(
            name,
            "ferry",
            HEADLINES[name],
            3 - number,
            blocks=_blocks(FERRY[name]),
            excerpt="A ferry.",
        )
        for number, name in enumerate(FERRY)
    ]
    with reader.tools.database.transaction() as tx:
        saved = articles.save(tx, given, now=NOW)
        story = stories.place(tx, Placement(saved[0].id, None, 1.0), NOW)
        for one in saved[1:]:
            stories.place(tx, Placement(one.id, story, 0.9), NOW)
        stories.describe(tx, story, lead=saved[0].id, reports=3)
    return links.story("en-gb", story, HEADLINES["harbour"])


def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, part) for part in text.split("\n"))


def _free(reader: Reader) -> None:
    """Let two of the publishers be shown in full; the strict one stays with its headlines."""
    full = [replace(one, policy=DisplayPolicy.FULL) for one in PUBLISHERS if one.id in {"harbour", "ledger"}]
    with reader.tools.database.transaction() as tx:
        publishers.save(tx, full)


def test_a_story_says_whose_reports_which_numbers_and_who_said_what(reader: Reader) -> None:
    _free(reader)
    page = reader.get(_told(reader)).text
    assert "3 outlets, 3 independent reports" in page
    numbers = page.split("The numbers")[1].split("brief-note")[0]
    assert "Killed" in numbers
    assert [f"<b>{number}</b>" in numbers for number in ("31", "9")] == [True, True]
    assert HEADLINES["harbour"] in numbers
    assert "Two outlets give different numbers." in page
    said = page.split("Who said what")[1].split("</section>")[0]
    assert "Ilse Brandt" in said
    assert said.count('class="cite"') == 3


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("We had no light,” said Ilse Brandt. “None at all.", "We had no light … None at all."),
        ("We had no light,", "We had no light"),
    ],
)
def test_speech_that_is_broken_off_is_given_in_pieces(shown: str, said: str) -> None:
    passage = Passage(ArticleId(1), 0, 0, 49, "We had no light,” said Ilse Brandt. “None at all.")
    head = Variant(ArticleId(1), "harbour", NOW, "en", passage, "We had no light … None at all.")
    assert spoken(head, shown) == said


def test_no_word_of_a_text_is_shown_where_only_the_headline_may_be(reader: Reader) -> None:
    _free(reader)
    page = reader.get(_told(reader)).text
    assert "Rescue crews" not in page
    assert "county hospital" not in page
    assert "Rescue crews" in FERRY["strict"]
    assert HEADLINES["strict"] in page


def test_every_quantity_of_the_vocabulary_has_a_name() -> None:
    words = tomllib.loads(files("octavo").joinpath("data/figures/en.toml").read_text("utf-8"))
    assert set(words["quantities"]) == set(QUANTITIES)


def test_rows_that_cannot_be_compared_are_left_out() -> None:
    row = LedgerRow("word:paper", "", frozenset(), frozenset(), frozenset(), ())
    assert presentable([row]) == []


def _edited(reader: Reader, *texts: tuple[str, str]) -> str:
    """Keep an article of these wordings, one after the other; gives its address."""
    saved: list[Article] = []
    for number, (headline, text) in enumerate(texts):
        one = made("harbour", "edited", headline, 9, blocks=(Block(BlockKind.PARAGRAPH, text),))
        with reader.tools.database.transaction() as tx:
            saved = articles.save(tx, [one], now=NOW + timedelta(hours=number))
    return links.article("en-gb", ArticleId(saved[0].id), texts[-1][0])


@pytest.mark.usefixtures("reader")
def test_an_articles_edits_are_told_and_shown(reader: Reader) -> None:
    _free(reader)
    before = "The bridge over the Orrin cost 14 million crowns, the city said on Monday. It is open again to all."
    after = "The bridge over the Orrin cost 19 million crowns, the city said on Monday. It is open again to all."
    page = reader.get(_edited(reader, ("Bridge reopens", before), ("Bridge reopens", after))).text
    assert "Edited 1 time since we first read it" in page
    assert "number changed" in page
    assert "<del>14</del>" in page
    assert "<ins>19</ins>" in page


def test_a_headline_its_text_does_not_bear_out_is_marked(reader: Reader) -> None:
    _free(reader)
    text = (
        "The blast in the harbour of Varn killed 17 people on Monday, the fire brigade said. It came from a store of "
        "paint behind the old quay, and broke windows in half of the town. Fishermen brought the first of the hurt to "
        "the hall of the harbour office, where doctors from two villages looked after them all night. The mayor "
        "asked everybody to stay away from the quay, and the ferries did not leave."
    )
    page = reader.get(_edited(reader, ("Blast in Varn harbour kills 19", text))).text
    assert "The headline gives another number than the text." in page
    other = reader.get(_edited(reader, ("Blast in Varn harbour kills 17", text))).text
    assert "another number" not in other


def test_publishers_without_full_policy_show_no_edits(reader: Reader) -> None:
    text = "The bridge cost {} million crowns, the city said. It is open again."
    path = _edited(reader, ("Bridge reopens", text.format(14)), ("Bridge reopens", text.format(19)))
    with reader.tools.database.transaction() as tx:
        strict = [replace(one, policy=DisplayPolicy.EXCERPT) for one in PUBLISHERS if one.id == PublisherId("harbour")]
        publishers.save(tx, strict)
    assert "<ins>" not in reader.get(path).text
