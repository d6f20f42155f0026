"""Enrichments: replaced whole, read back in order of weight; candidates as relate compares them."""

from dataclasses import replace

import numpy as np
from sqlalchemy import select

from octavo.domain.enrichment import Embedding, Enrichment, Entity, EntityKind, Hashtag, Mention, Topic
from octavo.domain.ids import ArticleId
from octavo.domain.relation import Candidate
from octavo.domain.story import Placement
from octavo.ports.database import Database
from octavo.store import articles, changes, enrichments, stories
from octavo.store.tables import article_mentions

from .examples import GAZETTE, NOON, article, keep

VECTOR = np.asarray([0.5, -0.25, 0.125], dtype="<f2").tobytes()


def _enrichment(article_id: ArticleId, model: str = "m1") -> Enrichment:
    return Enrichment(
        article_id,
        "de",
        hashtags=(Hashtag("port", "Port", 0.5), Hashtag("harbour", "Harbour", 0.9), Hashtag("port", "PORT", 0.7)),
        mentions=(
            Mention("Ada Quill", EntityKind.PERSON, 40, 49),
            Mention("Tarnmouth", EntityKind.PLACE, 5, 14),
            Mention("Ada Quill", EntityKind.PERSON, 0, 9),
        ),
        topics=(Topic("20000001", 0.4), Topic("20000002", 0.8), Topic("20000001", 0.6)),
        embedding=Embedding(model, (0.5, -0.25, 0.125)),
        fingerprint=(1, 2**32 - 1, 7),
    )


def _save(database: Database, *chosen: Enrichment) -> None:
    with database.transaction() as tx:
        enrichments.save_enrichments(tx, chosen)


def test_an_enrichment_comes_back_best_first(database: Database) -> None:
    (kept,) = keep(database, [article()])
    _save(database, _enrichment(kept.id))
    with database.read() as read:
        assert enrichments.hashtags_of(read, kept.id) == [
            Hashtag("harbour", "Harbour", 0.9),
            Hashtag("port", "PORT", 0.7),
        ]
        assert enrichments.mentions_of(read, kept.id) == [
            Mention("Ada Quill", EntityKind.PERSON, 0, 9),
            Mention("Tarnmouth", EntityKind.PLACE, 5, 14),
            Mention("Ada Quill", EntityKind.PERSON, 40, 49),
        ]
        assert enrichments.topics_of(read, [kept.id, ArticleId(5)]) == {
            kept.id: [Topic("20000002", 0.8), Topic("20000001", 0.6)]
        }
        assert enrichments.hashtags_of(read, ArticleId(5)) == []
        assert enrichments.mentions_of(read, ArticleId(5)) == []


def test_the_language_is_taken_over_without_a_change(database: Database) -> None:
    (kept, other) = keep(database, [article(1), article(2)])
    _save(database, _enrichment(kept.id))
    with database.read() as read:
        assert articles.get(read, kept.id) == replace(kept, language="de")
        assert articles.get(read, other.id) == other
        assert changes.last_seq(read) == 2


def test_a_new_enrichment_replaces_the_one_before(database: Database) -> None:
    (kept,) = keep(database, [article()])
    _save(database, _enrichment(kept.id))
    _save(database, _enrichment(kept.id), Enrichment(kept.id, "en"))
    with database.read() as read:
        assert enrichments.hashtags_of(read, kept.id) == []
        assert enrichments.mentions_of(read, kept.id) == []
        assert enrichments.topics_of(read, [kept.id]) == {}
        assert enrichments.vectors(read, ArticleId(-1), 10, "m1") == []
        (candidate,) = enrichments.candidates(read, [kept.id])
        assert (candidate.fingerprint, candidate.vector, candidate.language) == ((), b"", "en")
    _save(database)


def test_vectors_of_one_model_are_walked_in_order(database: Database) -> None:
    kept = keep(database, [article(number) for number in range(5)])
    _save(database, *(_enrichment(one.id, "m2" if number == 2 else "m1") for number, one in enumerate(kept)))
    expected = [(one.id, VECTOR) for number, one in enumerate(kept) if number != 2]
    with database.read() as read:
        first = enrichments.vectors(read, ArticleId(-1), 3, "m1")
        assert first == expected[:3]
        assert enrichments.vectors(read, first[-1][0], 3, "m1") == expected[3:]
        assert enrichments.vectors(read, ArticleId(-1), 3, "m2") == [(kept[2].id, VECTOR)]


def test_a_vector_given_as_bytes_is_kept_as_it_is() -> None:
    assert enrichments.stored_vector(Embedding("m", VECTOR)) == VECTOR
    assert enrichments.stored_vector(Embedding("m", (0.5, -0.25, 0.125))) == VECTOR


def test_a_candidate_holds_what_relate_compares(database: Database) -> None:
    whole = article(text=["First.", "Second."], standfirst="Standfirst.", source="Agency")
    (kept, bare) = keep(database, [whole, article(2, text="x" * 5000, published_at=None)])
    _save(database, _enrichment(kept.id))
    with database.transaction() as tx:
        story = stories.place(tx, Placement(kept.id, None, 1.0), NOON)
        found = enrichments.candidates(tx, [bare.id, ArticleId(5), kept.id, kept.id])
    assert kept.published_at
    assert [one.id for one in found] == [bare.id, kept.id]
    assert found[1] == Candidate(
        id=kept.id,
        publisher_id=GAZETTE,
        headline="Headline 1",
        lead="Standfirst. First. Second.",
        language="de",
        at=kept.published_at,
        source="Agency",
        country="gb",
        names=(("person", "Ada Quill"), ("place", "Tarnmouth")),
        hashtags=("harbour", "port"),
        fingerprint=(1, 2**32 - 1, 7),
        vector=VECTOR,
        model="m1",
        story_id=story,
        url=kept.url,
    )
    assert (found[0].lead, found[0].at, found[0].story_id) == ("x" * enrichments.LEAD, NOON, None)


def test_a_hashtag_of_any_length_is_kept_once(database: Database) -> None:
    (kept,) = keep(database, [article()])
    long = "港" * 4000
    _save(database, Enrichment(kept.id, "en", hashtags=(Hashtag(long, "A", 0.1), Hashtag(f"{long}x", "B", 0.2))))
    with database.read() as read:
        assert enrichments.hashtags_of(read, kept.id) == [Hashtag("港" * 300, "B", 0.2)]


def test_who_is_named_is_known_by_key_and_what_an_article_is_about(database: Database) -> None:
    (kept, undated) = keep(database, [article(), article(2, published_at=None)])
    quill = Mention("Ada Quill", EntityKind.PERSON, 0, 9, "person/dkl")
    town = Mention("Tarnmouth", EntityKind.PLACE, 12, 21, "place/900")
    about = Entity("place/900", EntityKind.PLACE, "Tarnmouth", "Tarnmouth", 1.0, about=True)
    nobody = Mention("Orrin", EntityKind.OTHER, 30, 35)
    _save(database, Enrichment(kept.id, "en", mentions=(quill, town, nobody), entities=(about,)))
    with database.read() as read:
        one, other = enrichments.candidates(read, [kept.id, undated.id])
        assert enrichments.mentions_of(read, kept.id) == [quill, town, nobody]
        rows = read.execute(select(article_mentions.c.key, article_mentions.c.about)).all()
    assert (one.keys, one.dated, other.keys, other.dated) == (("person/dkl", "place/900"), True, (), False)
    assert {row.key: row.about for row in rows} == {"person/dkl": False, "place/900": True, None: False}


def test_places_that_articles_are_about_are_listed_article_by_article(database: Database) -> None:
    one, other = keep(database, [article(1), article(2)])
    named = (
        Mention("France", EntityKind.PLACE, 9, 15, "place/FR"),
        Mention("Muscat", EntityKind.PLACE, 0, 6, "place/287286"),
        Mention("Tarn", EntityKind.PLACE, 20, 24, "other/tarn"),
    )
    told = tuple(Entity(each.key, each.kind, each.name, each.name, 0.5, about=True) for each in named)
    _save(
        database,
        replace(_enrichment(one.id), mentions=named, entities=told),
        replace(_enrichment(other.id), mentions=named[:1], entities=(replace(told[0], about=False),)),
    )
    with database.read() as read:
        found = enrichments.places_about(read, [one.id, other.id])
        assert found == [(one.id, "place/287286", "Muscat"), (one.id, "place/FR", "France")]
        assert enrichments.places_about(read, []) == []
