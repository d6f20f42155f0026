"""Reports, holds, the public log, appeals, rules, notes, locks and slow mode, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from octavo.discuss.ranking import rank
from octavo.domain.account import Account, Role
from octavo.domain.article import Article
from octavo.domain.comment import Comment, under_article
from octavo.domain.ids import AccountId, ArticleId, CommentId, PublisherId
from octavo.domain.moderation import Does, Flag, ModAct, ModerationAct, Reason, Rule
from octavo.domain.publisher import Publisher
from octavo.ports.database import Database
from octavo.store import accounts, articles, comments, moderation, publishers, screening

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def people(database: Database) -> list[AccountId]:
    with database.transaction() as tx:
        return [accounts.add(tx, Account(AccountId(0), name, Role.READER, NOW), "").id for name in ("ada", "bo", "cy")]


@pytest.fixture
def said(database: Database, people: list[AccountId]) -> list[CommentId]:
    """Three comments of ada's, an hour apart."""
    with database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("p"), "P")])
        [saved] = articles.save(tx, [Article(ArticleId(0), "https://p.example/a", PublisherId("p"), "A", "en", NOW)])
        comments.begin(tx)
        thread = comments.open_thread(tx, under_article(saved.id))
        made = []
        for n in range(3):
            new = Comment(CommentId(0), thread.id, f"Word {n}", NOW + n * HOUR, people[0], rank=rank(0, 0))
            made.append(comments.add(tx, new).id)
        return made


def test_the_queue_is_what_is_held_and_what_is_reported(
    database: Database, people: list[AccountId], said: list[CommentId]
) -> None:
    with database.transaction() as tx:
        assert moderation.flag(tx, Flag(said[1], people[1], Reason.SPAM, "pills", NOW))
        assert not moderation.flag(tx, Flag(said[1], people[1], Reason.HATE, "again", NOW))
        assert moderation.flag(tx, Flag(said[1], people[2], Reason.SPAM, "", NOW + HOUR))
        moderation.hold(tx, said[0], "wave", NOW)
        moderation.hold(tx, said[2], "wave", NOW)
    with database.read() as view:
        found = moderation.waiting(view, 10)
        assert [(one.comment_id, one.why, one.reasons, one.notes) for one in found] == [
            (said[0], "wave", (), ()),
            (said[1], "", ("spam", "spam"), ("pills",)),
            (said[2], "wave", (), ()),
        ]
        assert [one.comment_id for one in moderation.waiting(view, 1, said[0])] == [said[1]]
        assert moderation.count_waiting(view) == 3
        assert moderation.holds_by_reason(view) == [("wave", 2)]
        assert moderation.held_alike(view, "wave", 1) == [said[0]]
        assert moderation.flags_of(view, said[1]) == 2
        assert moderation.flagged_by(view, people[2], NOW + HOUR) == 1
        assert moderation.flagged_by(view, people[1], NOW + HOUR) == 0
    with database.transaction() as tx:
        moderation.settle(tx, said, NOW)
        assert moderation.count_waiting(tx) == 0
        assert not moderation.flag(tx, Flag(said[1], people[1], Reason.HATE, "again", NOW)), "it was decided on"


def test_the_log_and_appeals(database: Database, people: list[AccountId]) -> None:
    with database.transaction() as tx:
        first = moderation.act(
            tx, ModerationAct(NOW, "mo", ModAct.REMOVED, "comment/1", "spam", "", people[0], people[1])
        )
        second = moderation.act(tx, ModerationAct(NOW, "", ModAct.HELD, "comment/2", "wave"))
        assert moderation.appeal(tx, first, people[0], "No!", NOW)
        assert not moderation.appeal(tx, first, people[0], "No!!", NOW)
    with database.read() as view:
        assert [one.id for one in moderation.log(view, 9)] == [second, first]
        assert [one.id for one in moderation.log(view, 9, second)] == [first]
        assert [one.id for one in moderation.acts_on(view, people[0], 9)] == [first]
        act = moderation.get_act(view, first)
        assert act
        assert (act.actor, act.target_id, act.account_id, act.reason) == ("mo", people[0], people[1], "spam")
        [appeal] = moderation.open_appeals(view, 9)
    with database.transaction() as tx:
        assert moderation.decide(tx, appeal.id, "Yes.", "eve", NOW, upheld=True)
        assert not moderation.decide(tx, appeal.id, "No.", "ed", NOW, upheld=False)
        assert moderation.open_appeals(tx, 9) == []
        assert moderation.appeals_of(tx, people[0])[first].upheld is True
        assert len(moderation.export(tx, people[0])) == 2
        accounts.remove(tx, people[0])
    with database.read() as view:
        assert moderation.get_act(view, first) is not None, "the log stays"
        assert moderation.get_appeal(view, appeal.id) is None


def test_marks_count_for_an_hour_and_only_those_of_new_accounts(database: Database, said: list[CommentId]) -> None:
    with database.transaction() as tx:
        for number, one in enumerate(said):
            screening.mark(tx, one, ["host x", "host x"], NOW + number * HOUR, new=number != 1)
    with database.read() as view:
        assert screening.count_marked(view, ["host x", "host y"], NOW) == {"host x": 2}
        assert screening.count_marked(view, [], NOW) == {}
        assert screening.count_new(view, NOW + HOUR) == 1
        assert screening.shown_before(view, AccountId(1), NOW + 4 * HOUR + timedelta(minutes=1), 9) == 2
    with database.transaction() as tx:
        assert screening.forget_marks(tx, NOW + HOUR) == 2


def test_rules_slow_mode_notes_and_locks(database: Database, people: list[AccountId], said: list[CommentId]) -> None:
    with database.transaction() as tx:
        assert screening.add_rule(tx, Rule("word", "pills", Does.HOLD, "why"), NOW)
        assert not screening.add_rule(tx, Rule("word", "pills", Does.REFUSE), NOW)
        [rule] = screening.rules(tx)
        assert (rule.does, rule.note) == (Does.HOLD, "why")
        assert screening.drop_rule(tx, rule.id) == rule
        assert screening.drop_rule(tx, rule.id) is None
        screening.slow(tx, "site", 5, NOW)
        screening.slow(tx, "article/1", 60, NOW)
        assert (screening.slowed(tx, ["site", "article/1"]), screening.slowed(tx, ["story/1"])) == (60, 0)
        screening.slow(tx, "article/1", 0, NOW)
        assert screening.slow_places(tx) == [("site", 5)]
        moderation.add_note(tx, people[0], "mo", "Hm.", NOW)
        assert moderation.notes_on(tx, people[0]) == [(NOW, "mo", "Hm.")]
        moderation.lock(tx, said[0], "enough", NOW)
        assert moderation.locked(tx, said) == {said[0]}
        assert moderation.unlock(tx, said[0])
        assert not moderation.unlock(tx, said[0])
