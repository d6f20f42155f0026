"""Differences: headline and text, outlet and outlet, only here and not here; and what is none. All texts invented."""

from dataclasses import replace

import pytest

from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.telling import HEADLINE, Telling
from octavo.relate.differences import differences, within

from .tellings import telling

PACT = "Meridian Pact agrees to raise oil output by {} barrels per day from September"
MONTH = "The Meridian Pact on Sunday agreed to raise oil output by {} barrels per day from {}, its ministers said."
AUGUST = "In August the group had added 548,000 barrels per day to the market."


def kinds(found: tuple[Difference, ...]) -> list[DifferenceKind]:
    return [one.kind for one in found]


def test_a_headline_and_its_text_that_disagree_about_one_month() -> None:
    (found,) = within(telling(1, PACT.format("547,000"), MONTH.format("548,000", "September")))
    assert found.kind == DifferenceKind.HEADLINE_NUMBER
    assert found.reason == "number:barrels:547,000:548,000"
    assert [passage.part for passage in found.passages] == [HEADLINE, 0]
    assert "548,000" in found.passages[1].text


def test_more_of_them_in_a_headline_is_a_number_too() -> None:
    text = "The Meridian Pact agreed to add 318,000 barrels per day to its output from next month, its ministers said."
    (found,) = within(telling(1, "Meridian Pact to pump 381,000 more barrels per day from next month", text))
    assert found.reason == "number:barrels:381,000:318,000"


def test_a_large_number_that_stands_anywhere_in_the_text_bears_the_headline_out() -> None:
    text = "The Meridian Pact has put 729,000 barrels per day back in two meetings: 411,000 last month and 318,000 now."
    assert within(telling(1, "Why 318,000 barrels per day will not be 318,000 barrels", text)) == ()


@pytest.mark.parametrize(
    "paragraphs",
    [
        (MONTH.format("547,000", "September"), AUGUST),
        (MONTH.format("548,000", "August"),),
        (AUGUST,),
        (MONTH.format("547,000", "September"),),
    ],
)
def test_another_month_is_no_disagreement(paragraphs: tuple[str, ...]) -> None:
    assert within(telling(1, PACT.format("547,000"), *paragraphs)) == ()


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Storm Ilva kills 19 in Millbrook", "Storm Ilva killed 17 people in Millbrook, the mayor said."),
        ("Orbit Motors to cut 4,000 jobs", "Orbit Motors will cut 3,000 jobs by the end of the year."),
        ("Lumen Labs fined €210 million", "The tribunal fined Lumen Labs 120 million euros on Monday."),
        ("Quake of magnitude 6.3 shakes Tessaly", "The magnitude 5.3 quake shook Tessaly before dawn."),
    ],
)
def test_a_headline_with_another_number(headline: str, text: str) -> None:
    assert kinds(within(telling(1, headline, text))) == [DifferenceKind.HEADLINE_NUMBER]


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("de", "Sturm Ilva tötet {} Menschen in Millbrook", "Der Sturm Ilva hat in Millbrook {} Menschen getötet."),
        ("fr", "La tempête Ilva fait {} morts à Millbrook", "La tempête Ilva a fait {} morts à Millbrook."),
        ("es", "La tormenta Ilva deja {} muertos", "La tormenta Ilva dejó {} muertos, según las autoridades."),
        ("it", "La tempesta Ilva fa {} morti", "La tempesta Ilva ha fatto {} morti a Millbrook."),
        ("ru", "Шторм «Ильва»: {} погибших", "При шторме «Ильва» погибли {} человек, сообщили власти."),
        ("ar", "مقتل {} شخصا في عاصفة إيلفا", "أعلنت السلطات مقتل {} شخصا في عاصفة إيلفا."),
        ("tr", "Ilva fırtınasında {} kişi öldü", "Ilva fırtınasında {} kişi öldü, yetkililer açıkladı."),
        ("zh", "暴风雨伊尔瓦造成{}人死亡", "当局说，暴风雨伊尔瓦造成{}人死亡。"),
        ("ja", "嵐イルバで{}人死亡", "嵐イルバで{}人が死亡したと当局が発表した。"),
    ],
)
def test_headline_and_text_in_many_languages(language: str, headline: str, text: str) -> None:
    rest = "—" * 300  # enough of a text to miss something in
    same = telling(1, headline.format(17), text.format(17), rest, language=language)
    other = telling(1, headline.format(19), text.format(17), rest, language=language)
    assert kinds(within(same)) == []
    assert kinds(within(other)) == [DifferenceKind.HEADLINE_NUMBER]


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Storm Ilva kills 17 in Millbrook", "Storm Ilva killed seventeen people in Millbrook."),
        ("Storm Ilva kills 17 in Millbrook", "Storm Ilva killed 12 people in Millbrook and 5 in Harrow."),
        ("Nearly 20 dead in Millbrook storm", "Storm Ilva killed 19 people in Millbrook."),
        ("Storm damage of €1.2 million", "The storm did damage of 1,234,500 euros in Millbrook."),
        ("Dozens dead in Millbrook storm", "Storm Ilva killed 48 people in Millbrook."),
        ("7 things to know about Storm Ilva", "Storm Ilva killed 17 people in Millbrook."),
        ("Storm Ilva kills 17 in Millbrook", "Storm Ilva swept over Millbrook in the night."),
        ("Two more die in Millbrook", "The toll of the storm in Millbrook rose from 17 to 19."),
    ],
)
def test_headlines_that_their_text_bears_out(headline: str, text: str) -> None:
    assert within(telling(1, headline, text)) == ()


def test_of_a_text_not_held_whole_nothing_is_said() -> None:
    cut = telling(1, "Storm Ilva kills 19 in Millbrook", "Storm Ilva killed 17 people in Millbrook.", whole=False)
    assert within(cut) == ()


NAMED = "Interior minister Ada Corrigan visited the flooded streets of Millbrook on Monday and promised help."


def test_a_name_that_the_text_does_not_hold() -> None:
    (found,) = within(telling(1, "Minister Vasilenko visits flooded Millbrook streets", NAMED, NAMED))
    assert found.kind == DifferenceKind.HEADLINE_NAME
    assert found.passages[0].text == "Vasilenko"
    assert within(telling(1, "Minister Corrigan visits flooded Millbrook streets", NAMED, NAMED)) == ()


def test_a_headline_surer_than_its_text() -> None:
    text = "The storm may have killed 17 people in Millbrook, but nobody could reach the farms."
    assert kinds(within(telling(1, "Storm Ilva kills 17 in Millbrook", text))) == [DifferenceKind.HEADLINE_CERTAINTY]
    assert within(telling(1, "Storm Ilva may have killed 17 in Millbrook", text)) == ()
    assert within(telling(1, "Storm Ilva kills 17 in Millbrook", text, "By noon 17 people were dead.")) == ()


def report(number: int, count: str, **more: object) -> Telling:
    text = f"Storm Ilva killed {count} people in Millbrook in Norway, the emergency office said."
    return telling(number, f"Storm Ilva kills {count} in Millbrook, Norway", text, **more)


def test_outlets_that_disagree_at_one_time() -> None:
    (found,) = differences([report(1, "19"), report(2, "17")])
    assert found.kind == DifferenceKind.OUTLETS
    assert found.publishers == ("p1", "p2")
    assert ["19" in found.passages[0].text, "17" in found.passages[1].text] == [True, True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (report(1, "17"), report(2, "19")),
        (report(1, "19"), report(2, "17", hours=30)),
        (report(1, "at least 17"), report(2, "19")),
        (report(1, "about 20"), report(2, "19")),
        (report(1, "dozens of"), report(2, "48")),
        (report(1, "19", owner="Tidewater"), report(2, "17", owner="Tidewater")),
        (report(1, "19"), telling(2, "Bus crash in Chile kills 4", "Four people died in a bus crash in Chile.")),
    ],
    ids=["rising toll", "another day", "bound", "rounded", "vague", "one owner", "something else"],
)
def test_outlets_that_do_not(one: Telling, other: Telling) -> None:
    assert DifferenceKind.OUTLETS not in kinds(differences([one, other]))


QUOTE = "“We asked for the pumps in October and nobody answered our letters at all,” Ada Corrigan said."
NAMES = (("person", "Ada Corrigan"), ("place", "Millbrook"))


def test_what_one_outlet_alone_reports() -> None:
    lone = telling(
        4, "Storm Ilva kills 17 in Millbrook, Norway", "It did damage of 30 million euros.", QUOTE, names=NAMES
    )
    found = differences([report(1, "17"), report(2, "17"), report(3, "17"), lone])
    assert {one.reason for one in found if one.kind == DifferenceKind.ONLY_HERE} == {
        "figure:damage:30 million euros",
        "quote:Ada Corrigan",
    }
    assert all(one.publishers == ("p4",) for one in found if one.kind == DifferenceKind.ONLY_HERE)


def test_too_few_others_or_cut_texts_prove_nothing() -> None:
    lone = telling(
        4, "Storm Ilva kills 17 in Millbrook, Norway", "It did damage of 30 million euros.", QUOTE, names=NAMES
    )
    assert DifferenceKind.ONLY_HERE not in kinds(differences([report(1, "17"), report(2, "17"), lone]))
    cut = [replace(report(number, "17"), whole=False) for number in (1, 2, 3)]
    assert DifferenceKind.ONLY_HERE not in kinds(differences([*cut, lone]))


def test_what_one_outlet_lacks() -> None:
    without = telling(4, "Storm Ilva strikes Millbrook, Norway", "Roofs were torn off and roads were closed for hours.")
    found = differences([report(1, "17"), report(2, "17"), report(3, "17"), without])
    (lacking,) = [one for one in found if one.kind == DifferenceKind.NOT_HERE]
    assert (lacking.reason, lacking.publishers) == ("figure:killed:17", ("p4",))
    early = replace(without, at=report(1, "17").at)
    assert DifferenceKind.NOT_HERE not in kinds(differences([report(1, "17"), report(2, "17"), report(3, "17"), early]))
