"""settle_stories: stories put right some minutes after their articles came; all texts are invented."""

import pytest

from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.story import Placement
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.relate_article import relate_changed
from octavo.pipeline.settle_stories import settle_changed
from octavo.pipeline.worker import make_engine
from octavo.ports.tools import Tools
from octavo.store import journal, stories

from .conftest import NOW, Keep

FERRY = (
    "The ferry Star of Kalden ran aground off Port Ember with 214 people on board, the coast guard said. "
    "Captain Ilse Brandt told reporters that the steering failed in high seas near Orrin Head. {}"
)
LAKE = (
    "The water of Lake Velm has fallen to its lowest level in forty years, the Tessaly Water Authority reported. "
    "Hydrologist Aud Fenwick blamed 71 days without rain in the Marrow Hills. {}"
)
TEXTS = [
    ("north", "Ferry Star of Kalden aground off Port Ember", FERRY.format("Divers will look at the hull today.")),
    ("south", "Kalden ferry runs aground near Port Ember", FERRY.format("No one was hurt, the operator said.")),
    ("east", "Star of Kalden ferry stuck off Port Ember", FERRY.format("A tug is on its way from the capital.")),
    ("west", "Lake Velm at forty-year low", LAKE.format("Farmers were told to halve what they draw.")),
    ("gazette", "Lake Velm falls to lowest level in forty years", LAKE.format("Boats lie on the dry bed.")),
]


def related(tools: Tools, keep: Keep) -> list[ArticleId]:
    ids = keep(TEXTS)
    enrich_changed(tools, 10)
    relate_changed(tools, 10)
    return ids


def move(tools: Tools, article: ArticleId, story: StoryId | None) -> None:
    with tools.database.transaction() as tx:
        stories.place(tx, Placement(article, story, 0.5), NOW)


def groups(tools: Tools) -> set[frozenset[ArticleId]]:
    with tools.database.read() as view:
        return {frozenset(stories.article_ids(view, story.id)) for story in stories.all(view)}


def home(tools: Tools, article: ArticleId) -> StoryId:
    with tools.database.read() as view:
        return stories.story_ids_of(view, [article])[article]


def test_an_event_that_was_split_becomes_one_story_and_the_old_address_leads_there(tools: Tools, keep: Keep) -> None:
    one, two, three, four, five = related(tools, keep)
    move(tools, three, None)
    kept, old = home(tools, one), home(tools, three)
    assert old != kept
    assert settle_changed(tools).changes == 5
    assert groups(tools) == {frozenset((one, two, three)), frozenset((four, five))}
    with tools.database.read() as view:
        story = stories.get(view, old)
        assert story is not None
        assert (story.id, story.article_count, story.publisher_count) == (kept, 3, 3)
        steps = [event for event in journal.of(view, "https://east.example/2") if event.step == "settle_stories"]
    assert f"merged with {old}" in steps[0].outcome


def test_two_events_in_one_story_are_split_and_the_larger_part_keeps_the_address(tools: Tools, keep: Keep) -> None:
    one, two, three, four, five = related(tools, keep)
    kept = home(tools, one)
    move(tools, four, kept)
    move(tools, five, kept)
    assert settle_changed(tools).changes == 5
    assert groups(tools) == {frozenset((one, two, three)), frozenset((four, five))}
    assert home(tools, one) == kept
    with tools.database.read() as view:
        counts = {story.id: story.article_count for story in stories.all(view)}
        [told] = [event for event in journal.of(view, "https://west.example/3") if event.step == "settle_stories"]
    assert counts == {kept: 3, home(tools, four): 2}
    assert f"split from {kept}" in told.outcome


def test_what_is_settled_is_left_alone(tools: Tools, keep: Keep) -> None:
    related(tools, keep)
    assert settle_changed(tools).changes == 5
    before = groups(tools)
    assert settle_changed(tools).changes == 0
    assert groups(tools) == before


def test_what_is_not_related_yet_waits(tools: Tools, keep: Keep) -> None:
    keep(TEXTS)
    enrich_changed(tools, 10)
    assert settle_changed(tools).changes == 0
    relate_changed(tools, 10)
    assert settle_changed(tools).changes == 5


def test_what_an_editor_split_is_not_settled_again(tools: Tools, keep: Keep) -> None:
    one, two, three, *_ = related(tools, keep)
    with tools.database.transaction() as tx:
        made = stories.split(tx, stories.story_ids_of(tx, [one])[one], [three], NOW)
    settle_changed(tools)
    assert home(tools, three) == made
    assert groups(tools) >= {frozenset((one, two)), frozenset((three,))}


@pytest.mark.parametrize(("came", "at_once"), [(29, False), (30, True)])
def test_a_burst_is_settled_right_after(tools: Tools, keep: Keep, came: int, at_once: bool) -> None:
    keep([("north", f"Report {number} of Port Ember", FERRY.format(number)) for number in range(came)])
    engine = make_engine(tools, f"sqlite:///{tools.settings.data_dir / 'jobs.sqlite'}")
    try:
        [catch_up] = [kind for kind in engine._plan.kinds if kind.name == "catch_up"]
        catch_up.run(tools, ())
        assert ("settle_stories" in {row.kind for row in engine.waiting()}) is at_once
    finally:
        engine.stop()
