"""What a search index leaves out where it holds many documents, on both databases: the bounds are made small here."""

from datetime import timedelta

import pytest

from octavo.adapters import fulltext
from octavo.adapters.fulltext import Known, Phrase, Wanted
from octavo.adapters.postgres import search as postgres_search
from ports.test_search_index import NOON, ONE, TWO, Shelf, at
from ports.test_search_index import shelf as shelf

HARBOUR, TARIFF, MINISTER = Phrase(("harbour",)), Phrase(("tariff",)), Phrase(("minis",), True, "minister")


@pytest.fixture
def few_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "WEIGHED", 3)
    monkeypatch.setattr(postgres_search, "_WEIGHED", 3)


@pytest.fixture
def all_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "LOOKED_AT", 0)


def wanted(*groups: tuple[Phrase, ...]) -> Wanted:
    return Wanted(groups, (), (), ())


@pytest.mark.usefixtures("few_weighed")
def test_of_more_finds_than_are_weighed_the_newest_are(shelf: Shelf) -> None:
    for hour in range(6):
        shelf.add(at(NOON + timedelta(hours=hour)), "The harbour" if hour == 0 else "Tarnmouth", "The harbour again.")
    newest = {at(NOON + timedelta(hours=hour)) for hour in (3, 4, 5)}
    assert set(shelf.find("harbour", limit=3)) == newest
    assert set(shelf.find("harbour again", limit=3)) == newest
    assert shelf.find("harbour", limit=3, until=NOON) == [at(NOON)]


@pytest.mark.usefixtures("few_weighed")
def test_a_reader_turns_pages_past_what_is_weighed(shelf: Shelf) -> None:
    ids = [at(NOON + timedelta(hours=hour)) for hour in range(8)]
    for one in ids:
        shelf.add(one, "The harbour")
    assert shelf.find("harbour", limit=4, offset=4, newest=True) == ids[3::-1]
    assert len(shelf.find("harbour", limit=4, offset=4)) == 4


@pytest.mark.usefixtures("all_plain")
def test_a_plain_word_stands_for_itself_alone(shelf: Shelf) -> None:
    shelf.add(ONE, "Harbour")
    shelf.add(TWO, "Harbours")
    assert shelf.find("harbour") == [ONE]
    assert shelf.find("harbour", any_word=True, any_form=True) == [ONE]


@pytest.mark.usefixtures("all_plain")
def test_of_plain_words_the_headline_s_come_first(shelf: Shelf) -> None:
    shelf.add(ONE, "The harbour of Tarnmouth", "Ships.")
    shelf.add(TWO, "Ships", "The harbour of Tarnmouth.")
    assert shelf.find("harbour tarnmouth") == [ONE, TWO]


def test_a_word_beside_a_plain_one_weighs(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "LOOKED_AT", 4)
    shelf.add(ONE, "A tariff", "Tariff on tariff in the harbour, and nothing else of any kind.")
    shelf.add(TWO, "Ships", "The harbour and a tariff.")
    for tie in range(3, 9):
        shelf.add(at(NOON, tie), "Ships", "The harbour.")
    assert shelf.find("harbour tariff") == [ONE, TWO]


def test_the_rarest_of_many_words_are_looked_for_while_few_hold_them() -> None:
    known = Known({HARBOUR: 900, TARIFF: 20, MINISTER: 70})
    asked = wanted((HARBOUR, TARIFF, MINISTER))
    assert known.settled(asked, any_word=True, most=100).groups == ((TARIFF, MINISTER),)
    assert known.settled(asked, any_word=True, most=990).groups == ((TARIFF, MINISTER, HARBOUR),)


def test_where_every_word_is_in_many_the_two_rarest_must_stand_together() -> None:
    known = Known({HARBOUR: 900, TARIFF: 200, MINISTER: 700})
    asked = wanted((HARBOUR, TARIFF, MINISTER), (HARBOUR,))
    assert known.settled(asked, any_word=True, most=100).groups == ((TARIFF,), (MINISTER,), (HARBOUR,))


def test_a_plain_word_is_asked_for_as_it_was_written() -> None:
    known = Known({MINISTER: fulltext.LOOKED_AT, TARIFF: 3})
    asked = known.settled(wanted((MINISTER,), (TARIFF,)), any_word=False)
    assert asked.groups == ((Phrase(("minister",)),), (TARIFF,))
    assert known.telling(asked).groups == ((TARIFF,),)
