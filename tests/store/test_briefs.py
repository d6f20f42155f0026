"""What AI features said: kept, found by what was asked, reported, withdrawn, forgotten."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import delete

from octavo.domain.brief import Brief, BriefKind, Citation, KeptBrief, Statement
from octavo.domain.ids import ArticleId
from octavo.domain.telling import Passage
from octavo.ports.database import Database
from octavo.store import briefs
from octavo.store.tables import articles as article_table

from .examples import DAY, HOUR, NOON, article, keep


def made(article_id: ArticleId, name: bytes = b"one", asked: bytes = b"asked", at: datetime = NOON) -> KeptBrief:
    passage = Passage(article_id, 0, 0, 15, "Two boats sank.")
    said = Statement("Two boats went down.", (Citation(passage, "v1"),), chosen=False, label="The Gazette")
    brief = Brief(BriefKind.ANSWER, "en", (said,), at, "How many boats? 港\u202e", "small/1", "answer/3", 2)
    return KeptBrief(name.ljust(16, b"."), asked.ljust(16, b"."), f"article/{article_id}", "/en-gb/ask?q=x", brief)


def test_a_brief_comes_back_as_it_was_made_and_the_newest_speaks(database: Database) -> None:
    kept = keep(database, [article(1, "Two boats sank.")])[0]
    old, new = made(kept.id), made(kept.id, b"two", at=NOON + HOUR)
    with database.transaction() as tx:
        for one in (new, old, replace(old, subject="other")):
            briefs.save(tx, one)
    with database.read() as read:
        assert briefs.newest(read, old.asked) == new
        assert briefs.get(read, old.key) == old
        assert briefs.newest(read, b"never") is None


def test_reports_are_counted_and_an_editor_withdraws_once(database: Database) -> None:
    one = made(keep(database, [article(1, "Two boats sank.")])[0].id)
    with database.transaction() as tx:
        briefs.save(tx, one)
        briefs.report(tx, one, "wrong", NOON + HOUR)
        seen = briefs.get(tx, one.key)
        assert seen is not None
        briefs.report(tx, seen, "offends", NOON + 2 * HOUR)
    with database.transaction() as tx:
        found = briefs.reported(tx, 10)
        assert [(each.reports, each.reasons, each.reported_at) for each in found] == [
            (2, ("wrong", "offends"), NOON + 2 * HOUR)
        ]
        assert briefs.withdraw(tx, one.key, "The number is wrong.", NOON + DAY)
        assert not briefs.withdraw(tx, one.key, "Again.", NOON + DAY)
        kept = briefs.newest(tx, one.asked)
        assert kept is not None
        assert (kept.withdrawn_at, kept.note) == (NOON + DAY, "The number is wrong.")


@pytest.mark.parametrize(("reported", "left"), [(False, 0), (True, 1)])
def test_what_was_reported_is_kept_longer(database: Database, reported: bool, left: int) -> None:
    one = made(keep(database, [article(1, "Two boats sank.")])[0].id)
    with database.transaction() as tx:
        briefs.save(tx, one)
        if reported:
            briefs.report(tx, one, "wrong", NOON)
        assert briefs.forget(tx, NOON, NOON - DAY) == 0
        assert briefs.forget(tx, NOON + HOUR, NOON - DAY) == 1 - left
        assert briefs.forget(tx, NOON + HOUR, NOON + HOUR) == left


def test_an_article_that_is_gone_takes_its_briefs_along(database: Database) -> None:
    first, second = keep(database, [article(1, "Two boats sank."), article(2, "Three boats sank.")])
    with database.transaction() as tx:
        briefs.save(tx, made(first.id))
        briefs.save(tx, made(second.id, b"two", b"else"))
        tx.execute(delete(article_table).where(article_table.c.id == first.id))
        assert briefs.forget(tx, NOON - DAY, NOON - DAY) == 1
        assert briefs.get(tx, made(first.id).key) is None
        assert briefs.get(tx, made(second.id, b"two").key) is not None
