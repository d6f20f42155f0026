"""What followers at other servers are told, once each, and what becomes of servers that do not take it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from octavo.actions import fediverse as actions
from octavo.domain.edition import Edition, Slot
from octavo.domain.ids import ArticleId, EditionKey, StoryId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.web import Response
from octavo.errors import FetchError, HostBusy
from octavo.federate import keys, names, reading, signatures
from octavo.pipeline.deliver_fediverse import deliver_fediverse
from octavo.pipeline.post_fediverse import post_fediverse
from octavo.pipeline.tidy import tidy
from octavo.ports.tools import Tools
from octavo.store import (
    editions,
    fediverse,
    fediverse_outbox,
    fediverse_posts,
    publishers,
)

from .conftest import NOW, Keep
from .elsewhere import HERE, MAREN, SHARED, Room, follow, host, make_room


@pytest.fixture
def room(tools: Tools, keep: Keep) -> Room:
    return make_room(tools, keep)


def test_what_is_sent_is_signed_by_its_actor(room: Room) -> None:
    room.heard("follow")
    deliver_fediverse(room.tools)
    [sent] = room.posted()
    fields = {name.lower(): value for name, value in sent.fields} | {"host": "social.example"}
    signed = signatures.read(fields["signature"])
    signatures.check_digest(fields["digest"], sent.sent or b"")
    signatures.check_date(fields["date"], NOW)
    text = signatures.string("post", "/users/maren/inbox", signed.fields, fields)
    with room.tools.database.read() as view:
        public = actions.public_key(view)
    assert signed.key_id == f"{HERE}/fediverse/en-gb#main-key"
    assert keys.is_signed(public, text, signed.signature)
    assert fields["content-type"] == "application/activity+json"


def test_followers_are_told_of_the_front_page_once(room: Room) -> None:
    room.heard("follow")
    assert post_fediverse(room.tools) == 1
    assert post_fediverse(room.tools) == 0
    [_, made] = room.waiting()
    assert (made["type"], made["object"]["id"]) == ("Create", names.article(HERE, "en-gb", room.article))
    assert "<strong>Tide ledger found</strong>" in made["object"]["content"]
    assert reading.activity(made).said is not None
    assert deliver_fediverse(room.tools) == 2
    assert room.posted()[-1].url == SHARED


def test_nothing_is_told_where_nobody_follows(room: Room) -> None:
    assert post_fediverse(room.tools) == 0


def test_a_hashtag_passes_on_what_an_edition_told_of(room: Room) -> None:
    room.heard("follow")
    follow(room, "tag_tide")
    assert post_fediverse(room.tools) == 2
    made = {one["type"]: one for one in room.waiting()}
    assert made["Announce"]["actor"] == f"{HERE}/fediverse/tag_tide"
    assert made["Announce"]["object"] == made["Create"]["object"]["id"]


def test_another_article_of_a_story_that_was_told_is_not(room: Room, keep: Keep) -> None:
    room.heard("follow")
    post_fediverse(room.tools)
    [other] = keep([("ledger", "A ledger, drowned", "It was found.")])
    with room.tools.database.transaction() as tx:
        editions.save(tx, Edition(EditionKey("en-gb"), NOW, (Slot(StoryId(5), other, 2.0),)))
    assert post_fediverse(room.tools) == 0


def test_no_more_is_told_in_an_hour_than_the_settings_say(room: Room, keep: Keep) -> None:
    room.heard("follow")
    ids = keep([(f"paper{n}", f"Ship {n} comes in", f"It came in at noon, {n}.") for n in range(9)])
    slots = tuple(Slot(StoryId(10 + n), one, 1.0) for n, one in enumerate(ids))
    with room.tools.database.transaction() as tx:
        editions.save(tx, Edition(EditionKey("en-gb"), NOW, slots))
    assert [post_fediverse(room.tools) for _ in range(2)] == [6, 0]
    room.clock.append(NOW + timedelta(minutes=61))
    assert post_fediverse(room.tools) == 3


def test_what_reads_otherwise_is_sent_anew_and_what_may_not_be_shown_goes(room: Room) -> None:
    room.heard("follow")
    post_fediverse(room.tools)
    deliver_fediverse(room.tools)
    with room.tools.database.transaction() as tx:
        [(paper, _)] = publishers.all(tx)
        publishers.edit(tx, replace(paper, policy=DisplayPolicy.HEADLINE))
    assert post_fediverse(room.tools) == 1
    [made] = room.waiting()
    assert made["type"] == "Update"
    assert "drowned archive" not in made["object"]["content"]
    assert "Tide ledger found" in made["object"]["content"]
    assert post_fediverse(room.tools) == 0


def test_an_article_that_is_gone_is_taken_back(room: Room) -> None:
    room.heard("follow")
    post_fediverse(room.tools)
    deliver_fediverse(room.tools)
    room.tools = replace(room.tools, postings=Emptied(room.tools.postings))
    assert post_fediverse(room.tools) == 1
    [made] = room.waiting()
    assert (made["type"], made["object"]["id"]) == ("Delete", names.article(HERE, "en-gb", room.article))
    assert post_fediverse(room.tools) == 0


class Emptied:
    """Postings after every article went."""

    def __init__(self, before: Any) -> None:
        self.plans, self.is_actor = before.plans, before.is_actor

    def notes(self, actor: str, ids: Any) -> dict[ArticleId, Any]:
        return {}


def test_a_server_that_fails_is_left_alone_longer_and_longer_and_given_up(room: Room) -> None:
    room.heard("follow")
    room.world.answers[f"{MAREN}/inbox"] = FetchError("takes no connections", url=SHARED)
    assert deliver_fediverse(room.tools) == 0
    first = host(room)
    assert (first.failures, first.not_before) == (1, NOW + timedelta(minutes=2))
    assert deliver_fediverse(room.tools) == 0
    assert len(room.posted()) == 1
    room.clock.append(NOW + timedelta(minutes=3))
    deliver_fediverse(room.tools)
    assert (host(room).failures, host(room).failing_since) == (2, NOW)
    room.world.answers[SHARED] = FetchError("takes no connections", url=SHARED)
    room.clock.append(NOW + timedelta(days=7, hours=1))
    follow(room, "en-gb")
    with room.tools.database.transaction() as tx:
        editions.save(tx, Edition(EditionKey("en-gb"), room.clock[-1], (Slot(StoryId(8), room.article, 1.0),)))
        [one] = fediverse_outbox.due(tx, room.clock[-1], (), 1, 1)
        fediverse_outbox.end(tx, [one.id])
        fediverse_outbox.add(tx, [replace(one, expires_at=room.clock[-1] + timedelta(days=1))])
    deliver_fediverse(room.tools)
    assert (room.followers(), room.waiting(), host(room).failures) == ({}, [], 0)


def test_a_server_that_takes_again_is_as_any_other(room: Room) -> None:
    room.heard("follow")
    inbox = f"{MAREN}/inbox"
    room.world.answers[inbox] = HostBusy("busy", url=inbox, status=503, until=NOW + timedelta(minutes=30))
    deliver_fediverse(room.tools)
    assert host(room).not_before == NOW + timedelta(minutes=30)
    room.world.answers[inbox] = Response(inbox, 202)
    room.clock.append(NOW + timedelta(minutes=31))
    assert deliver_fediverse(room.tools) == 1
    assert (host(room).failures, host(room).failing_since) == (0, None)


@pytest.mark.parametrize(("status", "followers"), [(410, 0), (404, 1), (400, 1)])
def test_what_an_inbox_will_never_take_is_not_sent_again(room: Room, status: int, followers: int) -> None:
    room.heard("follow")
    inbox = f"{MAREN}/inbox"
    room.world.answers[inbox] = FetchError("no", url=inbox, status=status)
    deliver_fediverse(room.tools)
    assert (room.waiting(), sum(room.followers().values()), host(room).failures) == ([], followers, 0)


def test_what_is_too_old_is_not_sent(room: Room) -> None:
    room.heard("follow")
    room.clock.append(NOW + timedelta(days=4))
    assert deliver_fediverse(room.tools) == 0
    assert (room.posted(), room.waiting()) == ([], [])


def test_what_was_looked_at_is_forgotten_after_a_while(room: Room) -> None:
    room.heard("follow")
    room.clock.append(NOW + timedelta(days=31))
    tidy(room.tools)
    with room.tools.database.read() as view:
        assert fediverse.count(view) == 1
        assert fediverse_posts.count(view) == 0
    room.clock.append(datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert room.send("follow")
