"""The ledger: one row a scope, every outlet's value in it, tolls as a run. All texts invented."""

from octavo.relate.ledger import ledger

from .tellings import telling

FIRST = telling(1, "Ferry sinks off Norway, 9 dead", "Nine people died when the ferry sank, police said.")
SECOND = telling(2, "Ferry disaster off Norway: 11 dead", "Eleven people died, police said; 40 were injured.")
THIRD = telling(3, "13 Tote bei Fährunglück vor Norwegen", "Bei dem Unglück starben 13 Menschen.", language="de")


def test_a_rising_toll_is_a_run_across_languages() -> None:
    killed = ledger([THIRD, FIRST, SECOND])[0]
    assert killed.quantity == "killed"
    assert killed.run == (9, 11, 13)
    assert [outlet.publisher for outlet in killed.outlets] == ["Outlet 1", "Outlet 2", "Outlet 3"]


def test_a_falling_toll_is_no_run() -> None:
    later = telling(5, "Ferry disaster off Norway: 8 dead", "Eight people died when the ferry sank.")
    assert ledger([SECOND, later])[0].run == ()


def test_rows_keep_scopes_apart() -> None:
    one = telling(
        1, "Shelling kills 3 civilians", "Three civilians and 5 soldiers were killed.", "In 2019 shelling killed 70."
    )
    rows = ledger([one])
    assert {(row.figures[0].low, row.who, row.period) for row in rows if row.quantity == "killed"} == {
        (3, frozenset({"civilian"}), frozenset()),
        (5, frozenset({"soldier"}), frozenset()),
        (70, frozenset(), frozenset({"y:2019"})),
    }


def test_an_earlier_year_is_another_row() -> None:
    before = telling(4, "Norway remembers ferry disaster", "In 2019 a ferry sank and 9 people died.")
    killed = [row for row in ledger([FIRST, before]) if row.quantity == "killed"]
    assert [(row.period, len(row.outlets)) for row in killed] == [(frozenset(), 1), (frozenset({"y:2019"}), 1)]


def test_the_most_told_comes_first() -> None:
    quantities = [row.quantity for row in ledger([FIRST, SECOND, THIRD])]
    assert quantities[:2] == ["killed", "injured"]


def test_a_story_without_numbers_has_an_empty_ledger() -> None:
    assert ledger([telling(1, "The ferry sails again", "It left in the morning.", padded=False)]) == ()
