"""Figures: what each number counts, of whom, where, when, according to whom, in many languages. All texts invented."""

import pytest

from octavo.domain.figure import Figure
from octavo.domain.telling import HEADLINE
from octavo.relate.figures import figures

from .tellings import telling


def read(text: str, language: str = "en") -> tuple[Figure, ...]:
    return figures(telling(1, text, language=language, padded=False))


def counted(text: str, language: str = "en") -> list[tuple[str, float]]:
    return [(figure.quantity, figure.low) for figure in read(text, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "At least 17 people were killed and 40 injured in the Tessaly Isles"),
        ("en", "Ferry sinks off Tessaly: 17 dead, 40 wounded"),
        ("de", "Mindestens 17 Menschen kamen ums Leben, 40 wurden verletzt"),
        ("fr", "Au moins 17 morts et 40 blessés dans le naufrage du ferry"),
        ("es", "Al menos 17 muertos y 40 heridos al hundirse el ferry"),
        ("pt", "Pelo menos 17 pessoas morreram e 40 ficaram feridas"),
        ("it", "Almeno 17 morti e 40 feriti nel naufragio"),
        ("nl", "Zeker 17 doden en 40 gewonden bij ramp met veerboot"),
        ("ru", "Погибли 17 человек, ещё 40 ранены"),
        ("uk", "Загинули 17 людей, ще 40 поранено"),
        ("pl", "Co najmniej 17 osób zginęło, 40 zostało rannych"),
        ("ar", "مقتل ١٧ شخصا وإصابة 40 آخرين في غرق عبارة"),
        ("tr", "Feribot battı: 17 kişi öldü, 40 kişi yaralandı"),
        ("zh", "渡轮沉没造成17人死亡、40人受伤"),
        ("ja", "フェリーが沈没し17人が死亡、40人がけが"),
    ],
)
def test_the_dead_and_the_injured_are_the_same_in_every_language(language: str, text: str) -> None:
    assert counted(text, language) == [("killed", 17), ("injured", 40)]


@pytest.mark.parametrize(
    ("text", "quantity", "value", "unit"),
    [
        ("Meridian Pact lifts output by 547,000 barrels a day", "barrels", 547_000, "barrel"),
        ("Magnitude 6.3 quake shakes Tessaly", "magnitude", 6.3, ""),
        ("Inflation in the Isles falls to 4.5 percent", "inflation", 4.5, "%"),
        ("Orbit Motors cuts 3,000 jobs", "jobs", 3000, ""),
        ("Lumen Labs posts profit of $2.1 billion", "profit", 2.1e9, "USD"),
        ("Former minister gets 12 years in prison", "sentence", 12, "year"),
        ("Both sides agree to 12-hour ceasefire", "ceasefire", 12, "hour"),
        ("Reform party wins 31 seats", "seats", 31, ""),
        ("The regatta drew 41 yachts", "word:yachts", 41, ""),
    ],
)
def test_what_a_number_measures(text: str, quantity: str, value: float, unit: str) -> None:
    (figure,) = read(text)
    assert (figure.quantity, figure.low, figure.unit) == (quantity, value, unit)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Inflation grew to 3.5 percent; unemployment was 5.2 percent"),
        ("de", "Die Inflation wuchs auf 3,5 Prozent, die Arbeitslosigkeit lag bei 5,2 Prozent"),
        ("uk", "Інфляція зросла до 3,5%, безробіття — до 5,2%"),
        ("zh", "通胀率升至3.5%，失业率为5.2%。"),
    ],
)
def test_the_nearest_word_says_what_is_counted(language: str, text: str) -> None:
    assert counted(text, language) == [("inflation", 3.5), ("unemployment", 5.2)]


def test_who_is_counted_and_where() -> None:
    civilians, soldiers = read("Shelling in Norway kills 3 civilians and 5 soldiers")
    assert (civilians.who, soldiers.who) == (frozenset({"civilian"}), frozenset({"soldier"}))
    assert civilians.where == soldiers.where == frozenset({"NO"})
    assert {civilians.quantity, soldiers.quantity} == {"killed"}


def test_when_it_was_and_what_it_was_before() -> None:
    now, then = read("Unemployment rose to 5.1 percent in August, up from 4.8 percent")
    assert now.period == frozenset({"m:8"})
    assert (now.former, then.former) == (False, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Seventeen people died, the National Emergency Office said.", "the National Emergency Office said"),
        ("According to the coast guard, 17 people died.", "According to the coast guard"),
        ("Ferry sinks, 17 dead: police", "police"),
        ("Seventeen people died.", None),
    ],
)
def test_according_to_whom(text: str, words: str | None) -> None:
    (figure,) = read(text)
    assert (figure.attribution.text if figure.attribution else None) == words


def test_what_is_uncertain_is_marked() -> None:
    (figure,) = read("The storm may have killed 17 people")
    assert figure.hedged
    (figure,) = read("The storm killed 17 people")
    assert not figure.hedged


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 of the charter was read aloud",
        "A Boeing 737 landed safely at Harrow",
        "Ada Corrigan, 34, was elected on 4 March 2026",
        "The office opens at 10:30",
        "Rheinstadt beat Marina 3-2",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(text: str) -> None:
    assert read(text) == ()


def test_a_language_without_words_gives_silence() -> None:
    assert read("17 mense is dood", "af") == ()


def test_passages_stand_where_they_say() -> None:
    one = telling(7, "Flood kills 17", "The river rose. At least 17 people died, officials said.", padded=False)
    for figure in figures(one):
        for passage in (figure.passage, figure.sentence, figure.attribution):
            if passage is not None:
                assert one.part(passage.part)[passage.start : passage.end] == passage.text
    assert [figure.part for figure in figures(one)] == [HEADLINE, 0]
