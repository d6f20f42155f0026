"""What other servers send: exchanges in Mastodon's shape, recorded and signed with a key that is gone."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import fediverse as actions
from octavo.actions.moderation import Because, Decision, decide, make_rule
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.config import FediverseSettings, WebSettings
from octavo.domain.comment import Comment, CommentState
from octavo.domain.fediverse import Stance
from octavo.domain.moderation import Does, Rule
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, InputError, NoRoom, NotAllowed
from octavo.federate import keys
from octavo.pipeline.deliver_fediverse import deliver_fediverse
from octavo.pipeline.hear_fediverse import hear_fediverse
from octavo.ports.tools import Tools
from octavo.store import (
    discussion,
    fediverse,
    fediverse_inbox,
    moderation,
)

from .conftest import NOW, Keep
from .elsewhere import CASES, HERE, MAREN, Room, make_room


@pytest.fixture
def room(tools: Tools, keep: Keep) -> Room:
    return make_room(tools, keep)


def test_a_follow_is_accepted_to_the_inbox_it_came_from(room: Room) -> None:
    assert room.heard("follow") == 1
    assert room.followers() == {"en-gb": 1}
    assert [one.url for one in room.world.asked] == [MAREN]
    assert deliver_fediverse(room.tools) == 1
    [sent] = room.posted()
    said = json.loads(sent.sent or b"")
    assert (sent.url, said["type"], said["actor"]) == (f"{MAREN}/inbox", "Accept", f"{HERE}/fediverse/en-gb")
    assert said["object"]["id"] == "https://social.example/0f6d3c51-91aa-4f0e-8b1c-4fd2a0e4c8a1"


def test_a_follow_ends(room: Room) -> None:
    room.heard("follow")
    room.heard("undo_follow")
    assert room.followers() == {}


def test_the_same_request_again_is_done_once(room: Room) -> None:
    assert room.send("follow")
    assert not room.send("follow")
    hear_fediverse(room.tools)
    assert not room.send("follow")


def test_a_reply_waits_for_a_moderator_and_reads_as_text(room: Room) -> None:
    room.heard("reply")
    [said] = room.said()
    assert said.text.split("\n") == [
        "The second pier was measured in #spring,",
        "see https://maps.example/piers/long-way",
        "",
        "Not in autumn & not by hand.",
    ]
    assert (said.state, said.name, said.account_id) == (CommentState.HELD, "@maren@social.example", None)
    assert said.origin == "https://social.example/@maren/115500"
    assert why(room, said) == "links"


def test_a_reply_that_was_shown_can_be_answered_from_elsewhere(room: Room) -> None:
    room.heard("reply")
    room.heard("reply_to_reply")
    [first] = room.said()
    decide(room.tools, OPERATOR, [first.id], Decision.SHOW, Because())
    with room.tools.database.transaction() as tx:
        fediverse_inbox.forget_before(tx, NOW + timedelta(days=1))
    room.clock.append(NOW + timedelta(minutes=2))
    room.heard("reply_to_reply")
    [_, second] = room.said()
    assert (second.parent_id, second.text) == (first.id, "By whom, though?")


def test_a_server_that_is_allowed_waits_for_nobody_but_for_the_rules(room: Room) -> None:
    room.allow()
    room.heard("reply")
    [said] = room.said()
    assert said.state is CommentState.HELD  # a new author's link
    room.heard("reply_to_reply")
    with room.tools.database.transaction() as tx:
        fediverse_inbox.forget_before(tx, NOW + timedelta(days=1))
    decide(room.tools, OPERATOR, [said.id], Decision.SHOW, Because())
    room.clock.append(NOW + timedelta(minutes=2))
    room.heard("reply_to_reply")
    assert [one.state for one in room.said()] == [CommentState.LIVE, CommentState.LIVE]


def test_words_that_are_refused_are_refused_from_everywhere(room: Room) -> None:
    make_rule(room.tools, OPERATOR, Rule("word", "autumn", Does.REFUSE))
    room.heard("reply")
    assert room.said() == []


@pytest.mark.parametrize("name", ["private_reply", "reply_elsewhere"])
def test_what_was_not_said_to_everybody_or_answers_nothing_here_is_no_comment(room: Room, name: str) -> None:
    assert room.heard(name) == 1
    assert room.said() == []


@pytest.mark.parametrize("name", ["like", "boost"])
def test_likes_and_boosts_are_not_kept_and_make_nobody_ask(room: Room, name: str) -> None:
    assert not room.send(name)
    assert hear_fediverse(room.tools) == 0
    assert room.world.asked == []


def test_a_reply_is_reworded_and_taken_back_by_its_author(room: Room) -> None:
    room.heard("reply")
    room.heard("update")
    [said] = room.said()
    assert (said.text, said.edits) == ("The second pier was measured in May.", 1)
    room.heard("delete")
    assert room.said() == []
    with room.tools.database.read() as view:
        gone = discussion.get(view, said.id)
    assert gone is not None
    assert (gone.state, gone.text, gone.name) == (CommentState.DELETED, "", "")


def test_a_shown_reply_that_is_reworded_waits_again(room: Room) -> None:
    room.heard("reply")
    [said] = room.said()
    decide(room.tools, OPERATOR, [said.id], Decision.SHOW, Because())
    room.heard("update")
    assert [one.state for one in room.said()] == [CommentState.HELD]
    assert why(room, said) == "elsewhere"


def why(room: Room, said: Comment) -> str:
    """Why a comment waits."""
    with room.tools.database.read() as view:
        return next(one.why for one in moderation.waiting(view, 10) if one.comment_id == said.id)


def test_who_leaves_takes_all_they_said_with_them(room: Room) -> None:
    room.heard("follow")
    room.heard("reply")
    room.heard("leave")
    assert (room.said(), room.followers()) == ([], {})


def test_somebody_unknown_who_leaves_makes_nobody_ask(room: Room) -> None:
    assert not room.send("leave")
    assert room.world.asked == []


def signature(case: str) -> str:
    return str(json.loads((CASES / f"{case}.json").read_text("utf-8"))["fields"]["signature"])


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": ""},
        {"date": "Fri, 20 Nov 2026 10:59:30 GMT"},
        {"digest": "SHA-256=AAAA"},
        {"body": "{}"},
        {"signature": signature("follow").replace("social.example", "other.example")},
    ],
)
def test_what_is_plainly_not_signed_is_refused_at_the_door(room: Room, changed: dict[str, str]) -> None:
    with pytest.raises((NotAllowed, InputError)):
        room.send("follow", **changed)
    assert room.world.asked == []


def test_a_body_that_was_changed_on_the_way_is_refused_even_with_its_digest(room: Room) -> None:
    body = json.loads((CASES / "follow.json").read_text("utf-8"))["body"].replace("en-gb", "de-de")
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    room.heard("follow", body=body, digest=f"SHA-256={digest}")
    assert room.followers() == {}


def test_who_asks_for_another_host_is_not_heard_here(room: Room) -> None:
    """The host is ours, whatever the request says: one sent to another server cannot be sent on to us."""
    web = WebSettings(public_url="https://views.example")
    room.tools = replace(room.tools, settings=room.tools.settings.model_copy(update={"web": web}))
    room.heard("follow", host="news.example")
    assert room.followers() == {}


def test_a_key_that_changed_is_asked_for_again_but_not_each_time(room: Room) -> None:
    room.heard("follow")
    with room.tools.database.transaction() as tx:
        known = fediverse.get(tx, MAREN)
        assert known is not None
        fediverse.save(tx, replace(known, key=keys.make_pair().public))
    room.heard("reply")
    assert (len(room.world.asked), room.said()) == (1, [])
    room.clock.append(NOW + timedelta(minutes=11))
    room.heard("update")  # of what never came: the key is asked for all the same
    assert len(room.world.asked) == 2
    room.heard("reply_to_reply")
    assert len(room.world.asked) == 2


def test_an_actor_whose_server_is_away_is_asked_again_later(room: Room) -> None:
    document = room.world.answers.pop(MAREN)
    room.world.answers[MAREN] = FetchError("takes no connections", url=MAREN)
    room.heard("follow")
    assert (room.followers(), hear_fediverse(room.tools)) == ({}, 0)
    room.world.answers[MAREN] = document
    room.clock.append(NOW + timedelta(minutes=2))
    assert hear_fediverse(room.tools) == 1
    assert room.followers() == {"en-gb": 1}


class Together(RecordedFetcher):
    """Remembers which addresses were asked for side by side."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.rounds: list[list[str]] = []

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Response | FetchError]]:
        one_round = list(requests)
        self.rounds += [[one.url for one in one_round]] if one_round else []
        return super().fetch_all(one_round)


def test_servers_that_say_nothing_are_waited_for_side_by_side(room: Room) -> None:
    """Anybody may name thousands of them in an hour, each of which takes all the time a request may take."""
    world = Together(room.world.answers)
    room = replace(room, tools=replace(room.tools, strangers=world), world=world)
    case = json.loads((CASES / "follow.json").read_text("utf-8"))
    silent = [f"silent{number}.example" for number in range(3)]
    for host in silent:
        body = case["body"].replace("social.example", host)
        digest = "SHA-256=" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        signature = case["fields"]["signature"].replace("social.example", host)
        assert room.send("follow", body=body, digest=digest, signature=signature)
    room.send("follow")
    assert hear_fediverse(room.tools) == 4
    assert world.rounds == [[*(MAREN.replace("social.example", host) for host in silent), MAREN]]
    assert room.followers() == {"en-gb": 1}


def test_an_actor_that_is_not_there_is_asked_once(room: Room) -> None:
    room.world.answers.pop(MAREN)
    room.heard("follow")
    room.clock.append(NOW + timedelta(hours=2))
    assert (hear_fediverse(room.tools), len(room.world.asked)) == (0, 1)


def test_an_actor_that_says_something_else_than_what_it_is_holds_nobody_up(room: Room) -> None:
    found = room.world.answers[MAREN]
    assert isinstance(found, Response)
    odd = json.loads(found.body) | {"type": ["Person", {}]}
    room.world.answers[MAREN] = replace(found, body=json.dumps(odd).encode())
    assert room.heard("follow") == 1
    assert (room.followers(), hear_fediverse(room.tools)) == ({}, 0)


def test_an_actor_found_at_another_server_is_not_believed(room: Room) -> None:
    found = room.world.answers[MAREN]
    assert isinstance(found, Response)
    room.world.answers[MAREN] = replace(found, url="https://other.example/users/maren")
    room.heard("follow")
    assert room.followers() == {}


def test_a_blocked_server_is_not_heard_and_not_told(room: Room) -> None:
    room.heard("follow")
    room.heard("reply")
    room.allow(Stance.BLOCKED)
    assert (room.followers(), room.waiting()) == ({}, [])
    assert [one.state for one in room.said()] == [CommentState.REMOVED]
    assert not room.send("reply_to_reply")


def test_what_waits_of_a_server_that_is_blocked_meanwhile_is_not_done(room: Room) -> None:
    room.send("follow")
    room.allow(Stance.BLOCKED)
    hear_fediverse(room.tools)
    assert room.followers() == {}


def test_only_https_is_spoken_unless_networks_are_named(room: Room) -> None:
    assert not actions.may_ask(room.tools, "http://social.example/users/maren")
    tried = FediverseSettings(on=True, allow_networks=("127.0.0.0/8",))
    given = room.tools.settings.model_copy(update={"fediverse": tried})
    assert actions.may_ask(replace(room.tools, settings=given), "http://127.0.0.1:8001/fediverse/en-gb")


def test_too_much_that_waits_is_asked_to_come_later(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    room.send("follow")
    with pytest.raises(NoRoom):
        room.send("reply")


def test_too_many_replies_from_one_server_are_left(room: Room) -> None:
    few = room.tools.settings.model_copy(update={"fediverse": FediverseSettings(on=True, replies_an_hour=0)})
    room.tools = replace(room.tools, settings=few)
    room.heard("reply")
    assert room.said() == []
