"""What editors do: sources, publishers' facts and policies, stories merged and split; all of it on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import briefs, desk, publishers, sources, stories
from octavo.actions.feeds import PATIENCE
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.domain.account import Account, Person, Role
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.feed import Feed, FeedState
from octavo.domain.ids import AccountId, ArticleId, PublisherId, StoryId
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.domain.story import Placement
from octavo.domain.web import Request, Response
from octavo.errors import Conflict, InputError, NotAFeed, NotAllowed, NotFound, SignInRequired
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import audit, ledger, reading
from octavo.store import feeds as feed_store
from octavo.store import publishers as publisher_store
from octavo.store import stories as story_store
from octavo.store.audit import Record
from octavo.text.slugs import short_id

FEED = "https://paper.example/news.xml"
RSS = (
    b'<rss version="2.0"><channel><title>The Paper</title><link>https://paper.example/</link>'
    b"<item><title>Flood</title><link>https://paper.example/flood</link></item></channel></rss>"
)
PAPER = PublisherId("paper.example")


def acts(tools: Tools) -> list[Record]:
    with tools.database.read() as view:
        return audit.newest(view, 50)


def entries(tools: Tools, *, public: bool = False) -> list[str]:
    with tools.database.read() as view:
        return [one.note for one in ledger.of(view, PAPER, 50, public=public)]


@pytest.fixture
def feed(recorded_tools: Tools, recorded: RecordedFetcher) -> Feed:
    recorded.answers[FEED] = Response(FEED, 200, {"content-type": "text/xml"}, RSS)
    return sources.follow(recorded_tools, OPERATOR, FEED, "The valley's only daily.")


def test_a_source_is_followed_with_its_reason(recorded_tools: Tools, feed: Feed) -> None:
    assert entries(recorded_tools, public=True) == ["The valley's only daily."]
    assert [(one.act, one.subject, one.actor, one.public) for one in acts(recorded_tools)] == [
        ("source added", "publisher/paper.example", "the command line", True)
    ]
    assert sources.follow(recorded_tools, OPERATOR, FEED, "Again.") == feed
    assert len(acts(recorded_tools)) == 1, "what is followed already is not added twice"


def test_a_feed_is_paused_resumed_checked_and_left(recorded_tools: Tools, feed: Feed) -> None:
    tools = recorded_tools
    assert sources.check(tools, OPERATOR, str(feed.id)).entries == 1
    for state in (FeedState.PAUSED, FeedState.ACTIVE):
        sources.set_state(tools, OPERATOR, FEED, state)
        with tools.database.read() as view:
            found = feed_store.get(view, feed.id)
        assert found is not None
        assert found.state is state
    sources.remove(tools, OPERATOR, str(feed.id), "It closed.")
    told = [one.act for one in acts(tools)]
    assert told == ["source removed", "feed resumed", "feed paused", "feed checked", "source added"]
    assert entries(tools)[0] == f"{FEED} is no longer read. It closed."


def test_a_list_is_brought_and_written_down(recorded_tools: Tools) -> None:
    listed = b'<opml version="2.0"><body><outline text="P" xmlUrl="https://paper.example/a"/></body></opml>'
    assert len(sources.bring(recorded_tools, OPERATOR, listed)) == 1
    assert [one.act for one in acts(recorded_tools)] == ["list of feeds brought", "source added"]
    assert entries(recorded_tools, public=True) == []


def test_a_slow_site_is_not_waited_for(
    recorded_tools: Tools, recorded: RecordedFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [recorded_tools.now()]
    recorded.answers["https://slow.example/"] = Response("https://slow.example/", 200, {}, b"<html><body>Hello")
    slow = recorded.fetch

    def fetch(asked: Request) -> Response:
        moments.append(moments[-1] + timedelta(seconds=15))
        return slow(asked)

    monkeypatch.setattr(recorded, "fetch", fetch)
    tools = replace(recorded_tools, now=lambda: moments[-1])
    with pytest.raises(NotAFeed, match="too slowly"):
        sources.follow(tools, OPERATOR, "slow.example")
    assert moments[-1] - moments[0] <= PATIENCE + timedelta(seconds=15)
    assert acts(tools) == []


def test_a_publisher_that_asked_is_left_out_for_good(recorded_tools: Tools, feed: Feed) -> None:
    tools = recorded_tools
    done = publishers.withdraw(tools, OPERATOR, PAPER, "Asked by letter of 3 March.")
    assert done.policy is DisplayPolicy.HEADLINE
    with tools.database.read() as view:
        assert [one.state for one in reading.feeds_of(view, PAPER)] == [FeedState.RETIRED]
        assert reading.policies(view) == {PAPER: DisplayPolicy.HEADLINE}
    sources.remove(tools, OPERATOR, FEED)
    with pytest.raises(Conflict, match="asked not to be read"):
        sources.follow(tools, OPERATOR, FEED)
    with pytest.raises(InputError, match="asked not"):
        publishers.set_policy(tools, OPERATOR, PAPER, "full")
    publishers.readmit(tools, OPERATOR, PAPER, "They changed their minds.")
    assert sources.follow(tools, OPERATOR, FEED).publisher_id == PAPER
    assert entries(tools, public=True)[:2] == ["They changed their minds.", "Asked by letter of 3 March."]


def test_facts_and_policy_are_an_editors_from_then_on(recorded_tools: Tools, feed: Feed) -> None:
    tools = recorded_tools
    publishers.set_facts(tools, OPERATOR, PAPER, {"country": "GB", "owner": " Paper  Trust ", "kind": "local"})
    publishers.set_policy(tools, OPERATOR, PAPER, "excerpt", "As they asked.")
    with tools.database.transaction() as tx:
        publisher_store.save(tx, [Publisher(PAPER, "As it came", policy=DisplayPolicy.FULL)])
        found = publisher_store.get(tx, PAPER)
    assert found is not None
    assert (found.name, found.country, found.owner, found.policy) == ("The Paper", "gb", "Paper Trust", "excerpt")
    assert entries(tools, public=True)[0] == "excerpt. As they asked."
    assert acts(tools)[1].note == "country, owner, kind"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "has a name"),
        ({"country": "England"}, "two letters"),
        ({"kind": "gossip"}, "none of newspaper"),
        ({"homepage": "javascript:alert(1)"}, "begins with https"),
        ({"owner": "x" * 301}, "at most 300"),
    ],
)
def test_facts_are_held_to_their_form(recorded_tools: Tools, feed: Feed, given: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        publishers.set_facts(recorded_tools, OPERATOR, PAPER, given)
    with pytest.raises(InputError, match="full, excerpt"):
        publishers.set_policy(recorded_tools, OPERATOR, PAPER, "everything")
    with pytest.raises(NotFound):
        publishers.set_facts(recorded_tools, OPERATOR, "nobody", {})


def told(tools: Tools, count: int) -> tuple[StoryId, list[ArticleId]]:
    """Keep a story of so many articles."""
    now = tools.now()
    with tools.database.transaction() as tx:
        publisher_store.save(tx, [Publisher(PAPER, "The Paper")])
        made = [
            Article(
                ArticleId(0), f"https://paper.example/{n}", PAPER, f"Flood report {n}", "en", now,
                (Block(BlockKind.PARAGRAPH, "Water rose."),), published_at=now - timedelta(hours=n),
            )
            for n in range(count)
        ]  # fmt: skip
        ids = [one.id for one in article_store.save(tx, made, now=now)]
        story = story_store.place(tx, Placement(ids[0], None, 1.0), now)
        for one in ids[1:]:
            story_store.place(tx, Placement(one, story, 1.0), now)
    return story, ids


def test_a_story_is_split_merged_and_let_go(recorded_tools: Tools) -> None:
    tools = recorded_tools
    story, ids = told(tools, 4)
    made = stories.split(tools, OPERATOR, short_id(story), [short_id(ids[2]), short_id(ids[3])], "Two rivers.")
    with tools.database.read() as view:
        parts = [story_store.get(view, one) for one in (story, made)]
        assert story_store.held(view, [story, made]) == {story, made}
    assert [one.article_count for one in parts if one] == [2, 2]
    assert (
        stories.merge(tools, OPERATOR, f"/en-gb/story/{short_id(made)}/x", short_id(story), "One after all.") == story
    )
    with tools.database.read() as view:
        whole = story_store.get(view, made)
    assert whole is not None
    assert (whole.id, whole.article_count) == (story, 4)
    stories.let_go(tools, OPERATOR, short_id(story))
    assert [(one.act, one.public) for one in acts(tools)] == [
        ("story let go", True),
        ("stories merged", True),
        ("story split", True),
    ]
    assert acts(tools)[2].note.endswith("Two rivers.")


def test_what_makes_no_sense_of_a_story_is_refused(recorded_tools: Tools) -> None:
    tools = recorded_tools
    story, ids = told(tools, 2)
    with pytest.raises(InputError, match="one story already"):
        stories.merge(tools, OPERATOR, short_id(story), short_id(story))
    with pytest.raises(InputError, match="of this story"):
        stories.split(tools, OPERATOR, short_id(story), [])
    with pytest.raises(InputError, match="of this story"):
        stories.split(tools, OPERATOR, short_id(story), [short_id(12345)])
    with pytest.raises(InputError, match="at least one"):
        stories.split(tools, OPERATOR, short_id(story), [short_id(one) for one in ids])
    with pytest.raises(NotFound):
        stories.let_go(tools, OPERATOR, short_id(story))
    with pytest.raises(NotFound):
        stories.merge(tools, OPERATOR, short_id(story), short_id(5))
    assert acts(tools) == []


def test_room_is_measured_and_remembered(recorded_tools: Tools) -> None:
    tools = recorded_tools
    tools.blobs.put("pages/ab/abc", b"x" * 5000)
    with tools.database.read() as view:
        assert desk.room(view) is None
    room = desk.measure(tools, OPERATOR)
    assert room.folders["pages"][0] == 1
    assert room.database > 100_000
    with tools.database.read() as view:
        assert desk.room(view) == room
        assert desk.counts(view)["articles"] == 0


def test_nobody_and_readers_are_refused(recorded_tools: Tools) -> None:
    tools = recorded_tools
    reader = Person(Account(AccountId(7), "eve", Role.READER, tools.now()))
    for person, error in ((None, SignInRequired), (reader, NotAllowed)):
        with pytest.raises(error):
            sources.follow(tools, person, FEED)
        with pytest.raises(error):
            publishers.withdraw(tools, person, PAPER)
        with pytest.raises(error):
            stories.split(tools, person, "5", ["5"])
        with pytest.raises(error):
            desk.retry(tools, person, "job")
        with pytest.raises(error):
            desk.jobs(tools, person)
        with pytest.raises(error):
            briefs.withdraw(tools, person, "abc")
    assert acts(tools) == []
