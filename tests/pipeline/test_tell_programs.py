"""tell_programs by real steps: which webhooks are told what, once; nothing of what was there before. Texts invented."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import webhooks as actions
from octavo.config import WebhookSettings
from octavo.domain.account import Role
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.webhook import HappeningKind, HookState, Webhook
from octavo.errors import InputError, NoRoom, NotAllowed, NotFound, SignInRequired
from octavo.pipeline.digest_story import digest_changed, digest_stories
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.relate_article import relate_changed
from octavo.pipeline.settle_stories import settle_changed
from octavo.pipeline.tell_programs import tell_programs
from octavo.ports.tools import Tools
from octavo.store import articles, publishers, stories, webhooks
from octavo.text.slugs import short_id

from .conftest import NOW

FERRY = tomllib.loads((Path(__file__).parents[1] / "cases" / "stories" / "ferry.toml").read_text("utf-8"))
HEADLINE = "Ferry Star of Kalden aground off Port Ember: {} dead"
LAKE = (
    "The water of Lake Velm has fallen to its lowest level in forty years, the Tessaly Water Authority reported.\n"
    "Hydrologist Aud Fenwick blamed 71 days without rain in the Marrow Hills. {}"
)


@dataclass
class Room:
    """A worker's steps."""

    tools: Tools
    number: int = 0

    def report(self, publisher: str, headline: str, text: str, **more: Any) -> ArticleId:
        """Have an article come in."""
        self.number += 1
        made = Article(
            id=ArticleId(0),
            url=more.pop("url", f"https://{publisher}.example/{self.number}"),
            publisher_id=PublisherId(publisher),
            headline=headline,
            language="en",
            first_seen_at=NOW,
            published_at=more.pop("at", NOW - timedelta(minutes=90 - self.number)),
            blocks=tuple(Block(BlockKind.PARAGRAPH, part) for part in text.strip().split("\n")),
            excerpt=text.strip()[:200],
            word_count=len(text.split()),
            **more,
        )
        with self.tools.database.transaction() as tx:
            publishers.save(tx, [Publisher(PublisherId(publisher), publisher.title(), country="gb")])
            [saved] = articles.save(tx, [made], now=NOW)
        return saved.id

    def ferry(self, name: str, toll: int) -> ArticleId:
        return self.report(name, HEADLINE.format(toll), FERRY[name].format(n=toll))

    def hook(self, *kinds: HappeningKind, **more: Any) -> Webhook:
        wanted = replace(Webhook("https://desk.example/", (), NOW), **more)
        return actions.add(self.tools, OPERATOR, wanted, [str(kind) for kind in kinds])

    def work(self) -> list[tuple[str, dict[str, Any]]]:
        """Do all steps; gives what was noted anew, in order."""
        with self.tools.database.read() as view:
            before = {one.id for one in webhooks.log(view, None, 999)}
        enrich_changed(self.tools, 99)
        relate_changed(self.tools, 99)
        digest_changed(self.tools, 99)
        while done := settle_changed(self.tools):
            digest_stories(self.tools, done.stories)
        tell_programs(self.tools)
        assert tell_programs(self.tools) == 0, "doing it again tells nothing twice"
        with self.tools.database.read() as view:
            new = [one for one in webhooks.log(view, None, 999) if one.id not in before]
        return [(str(one.happening.kind), dict(one.happening.data)) for one in new[::-1]]


@pytest.fixture
def room(tools: Tools) -> Room:
    return Room(tools)


def kinds(told: Sequence[tuple[str, dict[str, Any]]]) -> list[str]:
    return [kind for kind, _ in told]


def test_a_story_that_grows_is_told_from_as_many_reports_as_the_webhook_says(room: Room) -> None:
    room.hook(HappeningKind.STORY_GREW)
    room.ferry("north", 9)
    assert room.work() == [], "one report is no growth"
    room.ferry("south", 9)
    [(kind, data)] = room.work()
    assert (kind, data["reports"], data["before"]) == ("story.grew", 2, 1)
    with room.tools.database.read() as view:
        [story] = stories.latest(view, 9)
    assert data["story"] == {
        "id": short_id(story.id),
        "url": f"http://127.0.0.1:8000/{data['story']['url'].split('/')[3]}/story/{short_id(story.id)}",
        "headline": story.headline,
        "language": "en",
        "reports": 2,
        "publishers": 2,
    }
    assert "/en-" in data["story"]["url"], "in an edition whose readers read it"


def test_a_webhook_may_wait_for_more_reports(room: Room) -> None:
    room.hook(HappeningKind.STORY_GREW, least=3)
    room.ferry("north", 9)
    room.ferry("south", 9)
    assert room.work() == []
    room.ferry("west", 9)
    assert [data["reports"] for _, data in room.work()] == [3]


def test_outlets_that_contradict_each_other_are_told(room: Room) -> None:
    room.hook(HappeningKind.FIGURE_CHANGED, HappeningKind.CONTRADICTION)
    north = room.ferry("north", 31)
    room.work()
    south = room.ferry("south", 9)
    [(kind, data)] = room.work()
    assert (kind, data["kind"], data["publishers"]) == ("contradiction.found", "outlets", ["north", "south"])
    assert data["reason"] == "value:killed:31:9"
    assert data["articles"] == [short_id(north), short_id(south)]


def test_a_toll_that_rises_is_told(room: Room) -> None:
    room.hook(HappeningKind.FIGURE_CHANGED, HappeningKind.CONTRADICTION)
    room.ferry("north", 9)
    assert room.work() == []
    room.ferry("south", 11)
    told = room.work()
    assert "figure.changed" in kinds(told)
    [figure] = [data for kind, data in told if kind == "figure.changed"]
    assert (figure["quantity"], figure["before"], figure["value"]) == ("killed", 9.0, 11.0)
    assert figure["publishers"] == ["south"]


def test_what_was_there_before_the_first_webhook_is_not_told(room: Room) -> None:
    for name in ("north", "south"):
        room.ferry(name, 9)
    assert room.work() == []
    room.tools = replace(room.tools, now=lambda: NOW + timedelta(hours=1))
    room.hook(HappeningKind.STORY_GREW, HappeningKind.FIGURE_CHANGED, HappeningKind.CONTRADICTION)
    assert room.work() == []
    room.ferry("west", 9)
    assert room.work() == [], "how many reports were known before is not known: this is where it begins"


def test_what_a_publisher_corrects_is_told(room: Room) -> None:
    room.hook(HappeningKind.CORRECTED)
    text = LAKE.format("Farmers were told to halve what they draw.")
    first = room.report("west", "Lake Velm at forty-year low", text, url="https://west.example/lake")
    assert room.work() == []
    fixed = text.replace("71 days", "51 days")
    note = "Correction: an earlier version of this article misstated the number of days without rain."
    again = room.report("west", "Lake Velm at forty-year low", fixed, url="https://west.example/lake", correction=note)
    assert again == first
    [(kind, data)] = room.work()
    assert (kind, data["kind"]) == ("article.corrected", "correction")
    assert data["article"]["source"] == "https://west.example/lake"
    assert data["article"]["id"] == short_id(first)
    room.report("west", "Lake Velm at forty-year low", fixed + " It is dry.", url="https://west.example/lake")
    assert room.work() == [], "an update is no correction"


def test_a_search_tells_its_own_webhook_of_new_articles_alone(room: Room) -> None:
    room.report("west", "Lake Velm at forty-year low", LAKE.format("Boats lie dry."))
    room.work()
    mine = room.hook(HappeningKind.SEARCH_MATCHED, search='"Lake Velm" -boats')
    room.hook(HappeningKind.SEARCH_MATCHED, search="ferry OR tram")
    assert room.work() == []
    wanted = room.report("gazette", "Lake Velm falls again", LAKE.format("Farmers wait for rain."))
    room.report("east", "Lake Velm and its boats", LAKE.format("Boats lie on the dry bed."))
    [(kind, data)] = room.work()
    assert (kind, data["search"]) == ("search.matched", '"Lake Velm" -boats')
    assert data["article"]["id"] == short_id(wanted)
    assert data["article"]["headline"] == "Lake Velm falls again"
    with room.tools.database.read() as view:
        assert {one.webhook_id for one in webhooks.log(view, None, 9)} == {mine.id}


def test_an_old_article_that_comes_in_is_no_news(room: Room) -> None:
    room.hook(HappeningKind.SEARCH_MATCHED, search="lake")
    room.report("west", "Lake Velm at forty-year low", LAKE.format("Dry."), at=NOW - timedelta(days=3))
    assert room.work() == []


def test_a_hashtag_that_surges_is_told_once_a_day(room: Room) -> None:
    room.hook(HappeningKind.HASHTAG_SURGED)
    for number in range(6):
        room.report(f"p{number}", f"Lake Velm report {number}", LAKE.format(f"Dry, says reporter {number}."))
    told = room.work()
    assert told, "six articles of one day carry hashtags nothing carried before"
    assert set(kinds(told)) == {"hashtag.surged"}
    assert all(data["last_day"] >= 5 and data["usual"] == 0.0 for _, data in told)
    room.report("p7", "Lake Velm report 7", LAKE.format("Dry, says reporter 7."))
    known = {data["hashtag"] for _, data in told}
    assert not known & {data["hashtag"] for _, data in room.work()}


def test_a_webhook_that_is_paused_is_told_nothing_and_nothing_is_kept_for_it(room: Room) -> None:
    hook = room.hook(HappeningKind.SEARCH_MATCHED, search="lake")
    actions.set_state(room.tools, OPERATOR, str(hook.id), HookState.PAUSED)
    room.report("west", "Lake Velm at forty-year low", LAKE.format("Dry."))
    assert room.work() == []
    actions.set_state(room.tools, OPERATOR, str(hook.id), HookState.ON)
    assert room.work() == []


def test_a_webhook_is_for_what_it_can_be_told_of(room: Room) -> None:
    with_search = room.hook(search="lake")
    assert HappeningKind.SEARCH_MATCHED in with_search.kinds
    assert HappeningKind.TEST not in with_search.kinds
    assert HappeningKind.SEARCH_MATCHED not in room.hook().kinds
    assert room.hook(url="https://desk.example/#here").url == "https://desk.example/"
    with pytest.raises(InputError, match="https"):
        room.hook(url="desk.example")
    for search in ("source:north lake", "-lake", "x " * 200):
        with pytest.raises(InputError, match="search"):
            room.hook(search=search)
    with pytest.raises(InputError, match="search"):
        room.hook(HappeningKind.SEARCH_MATCHED)
    with pytest.raises(InputError, match="told of"):
        room.hook(HappeningKind.TEST)
    with pytest.raises(InputError, match="number"):
        room.hook(least=0)


def test_only_an_owner_has_to_do_with_webhooks(room: Room) -> None:
    editor = replace(OPERATOR, account=replace(OPERATOR.account, role=Role.EDITOR))
    with pytest.raises(NotAllowed):
        actions.every(room.tools, editor)
    with pytest.raises(SignInRequired):
        actions.remove(room.tools, None, "1")
    for act in (actions.told, actions.test, actions.remove):
        with pytest.raises(NotFound):
            act(room.tools, OPERATOR, "99")
    few = room.tools.settings.model_copy(update={"webhooks": WebhookSettings(most=1)})
    room.tools = replace(room.tools, settings=few)
    room.hook()
    with pytest.raises(NoRoom):
        room.hook()
    with room.tools.database.read() as view:
        assert webhooks.count(view) == 1
