"""What readers can be offered as they type, on both databases."""

from octavo.ports.database import Database
from octavo.store import vocabulary
from octavo.store.vocabulary import WORD, Named

TIDE = Named("tag", "Tide", "tide", "Tide", 4)
QUAY = (Named("tag", "OldQuay", "old quay", "Old Quay", 8), Named("tag", "OldQuay", "quay", "Old Quay", 8))
CITY = Named("place", "place/1", "tarnmouth", "Tarnmouth", 2)
WORDS = (Named(WORD, "harbour", "harbour", "harbour", 2, "en"), Named(WORD, "hafen", "hafen", "Hafen", 2, "de"))
EVERYTHING = (TIDE, *QUAY, CITY, *WORDS, Named("place", "place/2", "東京", "東京", 1))


def test_what_begins_so_is_found_at_any_of_its_words(database: Database) -> None:
    with database.transaction() as tx:
        assert vocabulary.replace(tx, EVERYTHING) == 7
        assert vocabulary.starting(tx, "ti", ["tag", "place"], 9) == [TIDE]
        assert [one.start for one in vocabulary.starting(tx, "qu", ["tag"], 9)] == ["quay"]
        assert vocabulary.starting(tx, "ta", ["place"], 9) == [CITY]
        assert vocabulary.starting(tx, "t", ["tag", "place"], 9) == []
        assert [one.label for one in vocabulary.starting(tx, "東", ["place"], 9)] == ["東京"]
        assert vocabulary.starting(tx, "", ["tag"], 9) == []
        assert vocabulary.exactly(tx, "old quay", ["tag"]) == [QUAY[0]]
        assert vocabulary.words(tx, ["en"], 5, 8) == [("harbour", "harbour", 2)]
        assert vocabulary.words(tx, ["en", "de"], 1, 5) == [("hafen", "Hafen", 2)]


def test_only_what_differs_is_written(database: Database) -> None:
    with database.transaction() as tx:
        vocabulary.replace(tx, EVERYTHING)
        assert vocabulary.replace(tx, EVERYTHING) == 0
        assert vocabulary.replace(tx, EVERYTHING[1:]) == 1
        assert vocabulary.starting(tx, "ti", ["tag"], 9) == []
