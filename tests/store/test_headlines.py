"""Headlines in other languages: kept by article and language, gone with their article or publisher."""

from dataclasses import replace

from sqlalchemy import delete

from octavo.domain.headline import TranslatedHeadline
from octavo.domain.ids import ArticleId
from octavo.ports.database import Database
from octavo.store import changes, headlines
from octavo.store.tables import articles as article_table

from .examples import HOUR, NOON, article, keep


def made(article_id: ArticleId, language: str = "pt", text: str = "Dois barcos afundaram.") -> TranslatedHeadline:
    return TranslatedHeadline(article_id, language, "Two boats sank.", text, "Booked 1.0", "translated/1", NOON)


def test_what_holds_is_given_by_language_and_the_newest_stands(database: Database) -> None:
    one, other = (found.id for found in keep(database, [article(1, "Two boats sank."), article(2, "Rain.")]))
    gone = made(ArticleId(other + 7))
    with database.transaction() as tx:
        headlines.save(tx, [made(one), made(one, "de", ""), made(other), gone])
        headlines.save(tx, [replace(made(one), text="Dois barcos foram ao fundo.", made_at=NOON + HOUR)])
        headlines.save(tx, [])
    with database.read() as read:
        found = headlines.of(read, [one, other, one, gone.article_id], "pt")
        assert found == {
            one: replace(made(one), text="Dois barcos foram ao fundo.", made_at=NOON + HOUR),
            other: made(other),
        }
        assert headlines.of(read, [one], "de") == {}
        assert {(each.article_id, each.language) for each in headlines.every(read, [one, gone.article_id])} == {
            (one, "pt"),
            (one, "de"),
        }


def test_they_go_with_their_article_and_with_their_publisher(database: Database) -> None:
    first, second = keep(database, [article(1, "Two boats sank."), article(2, "Rain.")])
    with database.transaction() as tx:
        headlines.save(tx, [made(first.id), made(second.id)])
        tx.execute(delete(article_table).where(article_table.c.id == first.id))
        assert [one.article_id for one in headlines.every(tx, [first.id, second.id])] == [second.id]
        headlines.forget_publisher(tx, second.publisher_id)
        assert headlines.every(tx, [first.id, second.id]) == []


def test_where_the_changes_of_newer_articles_begin(database: Database) -> None:
    first, second = sorted(one.id for one in keep(database, [article(1, "Two boats sank."), article(2, "Rain.")]))
    with database.read() as read:
        seqs = {one.article_id: one.seq for one in changes.since(read, 0, 9)}
        assert changes.before_first(read, ArticleId(0)) == 0
        assert changes.before_first(read, second) == seqs[second] - 1
        assert changes.before_first(read, ArticleId(second + 1)) == changes.last_seq(read)
        assert first in seqs
