"""Everything that is kept of somebody is given to them: no table that names an account is forgotten."""

from datetime import timedelta

import pytest

from octavo.actions import discussion, leaving, moderation
from octavo.actions.moderation import Because
from octavo.domain.account import Account, Person, Role, Session, Standing
from octavo.domain.ids import AccountId, EditionKey, SessionId
from octavo.domain.mail import Message
from octavo.domain.push import Subscription, Wishes
from octavo.ports.tools import Tools
from octavo.store import accounts, mail_outbox, push, sessions, tickets
from octavo.store.tables import metadata
from octavo.store.tickets import Ticket

HELD = {
    "accounts": "account",
    "account_notes": "moderation",
    "answers_taken": "answers",
    "api_tokens": "tokens",
    "appeals": "moderation",
    "audit": "acts",
    "bookmarks": "bookmarks",
    "comment_watches": "watched_discussions",
    "comments": "comments",
    "feed_choices": "subscriptions",
    "flags": "moderation",
    "follow_wishes": "notification_wishes",
    "followed_stories": "followed_stories",
    "follows": "follows",
    "highlights": "highlights",
    "identities": "ways_in",
    "kept_preferences": "preferences",
    "lists": "lists",
    "mail_outbox": "letters",
    "moderation_acts": "moderation",
    "notification_wishes": "notification_wishes",
    "notifications": "notifications",
    "passkeys": "ways_in",
    "push_subscriptions": "browsers",
    "read_history": "history",
    "read_marks": "read_marks",
    "read_watermarks": "read_marks",
    "saved_searches": "saved_searches",
    "sessions": "sessions",
    "tastes": "follows",
    "tickets": "links",
    "votes": "votes",
}
"""Under which name each table that names an account is exported."""

ELSEWHERE = {"closings": "who closed a discussion is among the acts"}
NAMES = {"account_id", "target_id", "invited_by", "session_id"}


def test_every_table_that_names_an_account_is_exported() -> None:
    naming = {
        name
        for name, table in metadata.tables.items()
        if NAMES & set(table.columns.keys())
        or any(key.column.table.name == "accounts" for column in table.columns for key in column.foreign_keys)
    }
    assert naming | {"accounts"} == set(HELD) | set(ELSEWHERE)
    assert set(HELD.values()) == set(leaving.EXPORTS) | {"account", "sessions", "tokens"}


@pytest.fixture
def mo(recorded_tools: Tools) -> Person:
    """A moderator, signed in a moment ago."""
    now = recorded_tools.now()
    with recorded_tools.database.transaction() as tx:
        made = accounts.add(tx, Account(AccountId(0), "mo", Role.EDITOR, now), "")
        session = Session(SessionId(0), made.id, now, now, now + timedelta(days=1), "Firefox")
        number = sessions.add(tx, b"k", session)
    return Person(made, number, verified_at=now)


def test_what_moderators_and_editors_did_is_theirs_to_take_along(recorded_tools: Tools, mo: Person) -> None:
    tools, now = recorded_tools, recorded_tools.now()
    with tools.database.transaction() as tx:
        ada = accounts.add(tx, Account(AccountId(0), "ada", Role.READER, now), "")
    moderation.stand(tools, mo, ada.id, Standing.LIMITED, Because("spam"))
    discussion.close(tools, mo, "edition/en-gb", "Back on Monday")
    kept = leaving.export(tools, mo)
    assert [(one["act"], one["note"]) for one in kept["acts"]] == [("comments closed", "Back on Monday")]
    [act] = kept["moderation"]
    assert (act["act_of_yours"], act["subject"]) == ("limited", f"account/{ada.id}")


def test_letters_browsers_and_links_are_told_without_what_lets_somebody_in(recorded_tools: Tools, mo: Person) -> None:
    tools, now = recorded_tools, recorded_tools.now()
    wishes = Wishes(EditionKey("en-gb"), breaking=3)
    mine, other = (Subscription(f"https://push.example/{name}", "p", "a", "key", wishes) for name in ("mine", "other"))
    with tools.database.transaction() as tx:
        letter = Message("mo@example.org", "Confirm", "Text", "confirm 1")
        mail_outbox.add(tx, letter, now, now + timedelta(days=1), account_id=mo.id)
        tickets.add(tx, Ticket(b"hidden-key", "reset", now, now + timedelta(hours=1), mo.id))
        push.save(tx, mine, now, mo.session_id)
        push.save(tx, other, now)
    kept = leaving.export(tools, mo)
    assert [(one["letter"], one["to"], one["outcome"]) for one in kept["letters"]] == [
        ("confirm", "mo@example.org", "waits")
    ]
    assert [one["kind"] for one in kept["links"]] == ["reset"]
    assert [(one["address"], one["breaking"]) for one in kept["browsers"]] == [("https://push.example/mine", 3)]
    assert "hidden" not in str(kept)
