"""Stories: articles placed, stories merged, their addresses kept."""

import pytest
from sqlalchemy import select

from octavo.domain.article import Article
from octavo.domain.ids import ArticleId, PublisherId, StoryId
from octavo.domain.story import Placement, Story
from octavo.ports.database import Database
from octavo.store import publishers, stories
from octavo.store.tables import story_articles

from .examples import HERALD, HOUR, NOON, article, keep, publisher

SUN = PublisherId("sun.example")


@pytest.fixture
def kept(database: Database) -> list[Article]:
    """Four articles an hour apart, of three publishers in two countries and two languages."""
    with database.transaction() as tx:
        publishers.save(tx, [publisher(), publisher(HERALD, country="ie"), publisher(SUN, country="")])
    given = [
        article(1, published_at=NOON),
        article(2, published_at=NOON + HOUR, publisher_id=HERALD),
        article(3, published_at=None, first_seen_at=NOON + 2 * HOUR, publisher_id=HERALD, language="ga"),
        article(4, published_at=NOON + 3 * HOUR, publisher_id=SUN, language=""),
    ]
    return keep(database, given)


def _place(
    database: Database, article_id: ArticleId, story: StoryId | None = None, merged: tuple[StoryId, ...] = ()
) -> StoryId:
    """Place an article, and let the story's first one speak for it."""
    with database.transaction() as tx:
        found = stories.place(tx, Placement(article_id, story, 0.5, ("why",), merged), NOON)
        stories.describe(tx, found, lead=stories.article_ids(tx, found)[-1], reports=1)
        return found


def _get(database: Database, story: StoryId) -> Story | None:
    with database.read() as read:
        return stories.get(read, story)


def test_an_article_opens_a_story(database: Database, kept: list[Article]) -> None:
    story = _place(database, kept[0].id)
    expected = Story(story, "Headline 1", "en", NOON, NOON, kept[0].id, countries=("gb",), languages=("en",))
    assert int(story) == kept[0].id
    assert _get(database, story) == expected
    with database.read() as read:
        assert stories.article_ids(read, story) == [kept[0].id]
        placed = [tuple(row) for row in read.execute(select(story_articles))]
        assert placed == [(kept[0].id, int(story), 0.5, ["why"], NOON)]
        assert stories.stories_of(read, [kept[0].id, kept[1].id]) == {kept[0].id: expected}
        assert stories.story_ids_of(read, [kept[0].id, kept[1].id]) == {kept[0].id: story}
        assert stories.get(read, StoryId(5)) is None


def test_a_story_counts_what_it_holds(database: Database, kept: list[Article]) -> None:
    story = _place(database, kept[0].id)
    for one in kept[1:]:
        assert _place(database, one.id, story) == story
    found = _get(database, story)
    assert found == Story(
        story,
        "Headline 1",
        "en",
        NOON,
        NOON + 3 * HOUR,
        kept[0].id,
        article_count=4,
        publisher_count=3,
        countries=("ie", "gb"),
        languages=("en", "ga"),
    )
    with database.read() as read:
        assert stories.article_ids(read, story) == [one.id for one in reversed(kept)]
        assert stories.newest_articles(read, [story, StoryId(5)], 2) == {story: [kept[3].id, kept[2].id]}


def test_placing_again_changes_nothing(database: Database, kept: list[Article]) -> None:
    story = _place(database, kept[0].id)
    _place(database, kept[1].id, story)
    before = _get(database, story)
    assert _place(database, kept[1].id, story) == story
    assert _get(database, story) == before
    alone = _place(database, kept[2].id)
    assert _place(database, kept[2].id) == alone
    with database.read() as read:
        assert [one.id for one in stories.all(read)] == [story, alone]


def test_a_story_that_loses_its_last_article_leads_to_where_it_went(database: Database, kept: list[Article]) -> None:
    one, two = _place(database, kept[0].id), _place(database, kept[1].id)
    assert _place(database, kept[1].id, one) == one
    found = _get(database, two)
    assert found
    assert (found.id, found.article_count) == (one, 2)
    with database.read() as read:
        assert [story.id for story in stories.all(read)] == [one]


def test_a_story_an_article_leaves_is_counted_again_and_keeps_a_lead(database: Database, kept: list[Article]) -> None:
    one = _place(database, kept[0].id)
    _place(database, kept[1].id, one)
    _place(database, kept[2].id, one)
    other = _place(database, kept[0].id)
    assert other != one
    left = _get(database, one)
    assert left == Story(
        one,
        "Headline 2",
        "en",
        NOON + HOUR,
        NOON + 2 * HOUR,
        kept[1].id,
        article_count=2,
        countries=("ie",),
        languages=("en", "ga"),
    )


def test_merged_stories_lead_to_the_one_they_became(database: Database, kept: list[Article]) -> None:
    one, two, three = (_place(database, article.id) for article in kept[:3])
    assert _place(database, kept[3].id, one, merged=(two, StoryId(5), one)) == one
    found = _get(database, two)
    assert found == _get(database, one)
    assert found
    assert (found.id, found.article_count) == (one, 3)
    assert _place(database, kept[2].id, three, merged=(two,)) == three
    for address in (one, two, three):
        story = _get(database, address)
        assert story
        assert (story.id, story.article_count) == (three, 4)
    assert _place(database, kept[3].id, two) == three


def test_the_number_of_a_story_that_ended_is_not_given_again(database: Database, kept: list[Article]) -> None:
    one, two = _place(database, kept[0].id), _place(database, kept[1].id)
    _place(database, kept[1].id, one)
    again = _place(database, kept[1].id)
    assert again not in (one, two)
    found = _get(database, two)
    assert found
    assert found.id == one


def test_a_story_nobody_knows_is_opened(database: Database, kept: list[Article]) -> None:
    assert int(_place(database, kept[0].id, StoryId(5))) == kept[0].id


def test_the_chosen_article_speaks_for_its_story(database: Database, kept: list[Article]) -> None:
    story = _place(database, kept[0].id)
    _place(database, kept[2].id, story)
    with database.transaction() as tx:
        stories.describe(tx, story, lead=kept[2].id, reports=2)
    found = _get(database, story)
    assert found
    assert (found.headline, found.language, found.lead_article_id, found.report_count) == (
        "Headline 3",
        "ga",
        kept[2].id,
        2,
    )
    with database.transaction() as tx:
        stories.place(tx, Placement(kept[1].id, story, 0.5), NOON)
    assert _get(database, story) == found


def test_stories_that_moved_last_come_first(database: Database, kept: list[Article]) -> None:
    one, two, three, four = (_place(database, article.id) for article in kept)
    _place(database, kept[1].id, one)
    with database.read() as read:
        assert [story.id for story in stories.latest(read, 2)] == [four, three]
        assert [story.id for story in stories.latest(read, 9)] == [four, three, one]
        assert one != two


def test_stories_of_one_moment_come_newest_number_first(database: Database) -> None:
    ids = [_place(database, one.id) for one in keep(database, [article(n, published_at=NOON) for n in range(7)])]
    with database.read() as read:
        assert [story.id for story in stories.latest(read, 5)] == sorted(ids, reverse=True)[:5]
