"""Relations: what an article found, and what later ones found about it."""

from octavo.domain.ids import ArticleId
from octavo.domain.relation import Relation, RelationKind
from octavo.ports.database import Database
from octavo.store import relations

from .examples import article, keep

SAME, BACKGROUND = RelationKind.SAME_EVENT, RelationKind.BACKGROUND


def _three(database: Database) -> list[ArticleId]:
    return [one.id for one in keep(database, [article(1), article(2), article(3)])]


def test_relations_are_seen_from_both_sides_surest_first(database: Database) -> None:
    one, two, three = _three(database)
    with database.transaction() as tx:
        relations.save(tx, two, [Relation(two, one, SAME, 0.5, ("Tarnmouth", "港"))])
        relations.save(tx, three, [Relation(three, one, BACKGROUND, 0.9), Relation(three, two, SAME, 0.4)])
    with database.read() as read:
        assert relations.of(read, one) == [
            Relation(one, three, BACKGROUND, 0.9),
            Relation(one, two, SAME, 0.5, ("Tarnmouth", "港")),
        ]
        assert relations.of(read, two) == [
            Relation(two, one, SAME, 0.5, ("Tarnmouth", "港")),
            Relation(two, three, SAME, 0.4),
        ]
        assert relations.of(read, ArticleId(5)) == []
        every = [one, two, three, ArticleId(5)]
        assert relations.of_many(read, every) == {each: relations.of(read, each) for each in every}


def test_of_what_both_found_the_surer_counts(database: Database) -> None:
    one, two, _ = _three(database)
    with database.transaction() as tx:
        relations.save(tx, one, [Relation(one, two, BACKGROUND, 0.3)])
        relations.save(tx, two, [Relation(two, one, SAME, 0.7), Relation(two, one, BACKGROUND, 0.2)])
        assert relations.of(tx, one) == [Relation(one, two, SAME, 0.7)]
        assert relations.of(tx, two) == [Relation(two, one, SAME, 0.7)]


def test_saving_replaces_what_this_article_found_alone(database: Database) -> None:
    one, two, three = _three(database)
    with database.transaction() as tx:
        relations.save(tx, three, [Relation(three, one, SAME, 0.5)])
        relations.save(tx, one, [Relation(one, two, SAME, 0.8), Relation(one, one, SAME, 1.0)])
        relations.save(tx, one, [])
        assert relations.of(tx, one) == [Relation(one, three, SAME, 0.5)]


def test_of_two_as_sure_the_newer_comes_first(database: Database) -> None:
    one, two, three = _three(database)
    with database.transaction() as tx:
        relations.save(tx, one, [Relation(one, two, SAME, 0.5), Relation(one, three, SAME, 0.5)])
        assert [found.other_id for found in relations.of(tx, one)] == [three, two]
