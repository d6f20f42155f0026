"""Numbers in a text: digits and words of many languages, ranges and bounds, and what is no amount. All invented."""

import pytest

from octavo.text.numerals import Bound, Numeral, NumeralKind, numerals
from octavo.text.spelled import spelled
from octavo.text.tokens import tokenise


def amounts(text: str, language: str = "en") -> list[Numeral]:
    return [one for one in numerals(text, language) if one.kind == NumeralKind.AMOUNT]


def only(text: str, language: str = "en") -> Numeral:
    found = amounts(text, language)
    assert len(found) == 1, [text[one.start : one.end] for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "some 12,345 people", 12345),
        ("en", "1.2 million crowns", 1_200_000),
        ("en", "a $5bn offer", 5e9),
        ("en", "three hundred and fifty thousand voters", 350_000),
        ("en", "seventy-five boats", 75),
        ("en", "two dozen boats", 24),
        ("de", "12.345 Menschen", 12345),
        ("de", "2,5 Mio. Euro", 2_500_000),
        ("de", "zwei Dutzend Boote", 24),
        ("de", "zweitausend Boote", 2000),
        ("fr", "12 345 habitants", 12345),
        ("fr", "soixante-quinze bateaux", 75),
        ("es", "1,2 millones de coronas", 1_200_000),
        ("es", "siete barcos", 7),
        ("pt", "3 mil casas", 3000),
        ("it", "duemila case", 2000),
        ("nl", "vijfenzeventig huizen", 75),
        ("ru", "1,2 млн крон", 1_200_000),
        ("ru", "семеро рыбаков", 7),
        ("ru", "двадцати пяти домов", 25),
        ("uk", "п'ятеро рибалок", 5),
        ("pl", "siedemdziesiąt pięć łodzi", 75),
        ("ar", "سبعة قوارب", 7),
        ("ar", "١٢٣ قاربا", 123),
        ("ar", "1.2 مليون كرونة", 1_200_000),
        ("fa", "۱۲۳ قایق", 123),
        ("hi", "१२३ नाव", 123),
        ("tr", "2,5 milyon kron", 2_500_000),
        ("tr", "yetmiş beş tekne", 75),
        ("zh", "1.2万人", 12_000),
        ("zh", "二十三人", 23),
        ("zh", "3亿元", 3e8),
        ("ja", "1万2000人", 12_000),
    ],
)
def test_a_number_is_read(language: str, text: str, value: float) -> None:
    found = only(text, language)
    assert found.low == found.high == pytest.approx(value)


@pytest.mark.parametrize(
    ("language", "text", "bound"),
    [
        ("en", "at least 22 boats", Bound.LEAST),
        ("en", "22 or more boats", Bound.LEAST),
        ("en", "more than two hundred boats", Bound.OVER),
        ("en", "no more than two hundred boats", Bound.MOST),
        ("en", "nearly 40 boats", Bound.ABOUT),
        ("en", "22 boats", Bound.EXACT),
        ("de", "mindestens 22 Boote", Bound.LEAST),
        ("fr", "au moins 22 bateaux", Bound.LEAST),
        ("es", "más de 22 barcos", Bound.OVER),
        ("ru", "не менее 22 лодок", Bound.LEAST),
        ("ar", "ما لا يقل عن 22 قاربا", Bound.LEAST),
        ("tr", "en az 22 tekne", Bound.LEAST),
        ("zh", "至少22人", Bound.LEAST),
        ("ja", "22人以上", Bound.EXACT),
        ("ja", "少なくとも22人", Bound.LEAST),
    ],
)
def test_how_a_number_is_qualified(language: str, text: str, bound: Bound) -> None:
    assert only(text, language).bound == bound


@pytest.mark.parametrize("text", ["5 to 7 boats", "5-7 boats", "between 5 and 7 boats"])
def test_a_range_is_one_number(text: str) -> None:
    found = only(text)
    assert (found.low, found.high) == (5, 7)


def test_a_change_is_no_range() -> None:
    assert [one.low for one in amounts("rose from 5 to 7 boats")] == [5, 7]


@pytest.mark.parametrize(
    ("text", "low", "high"), [("dozens of boats", 20, 130), ("hundreds of thousands of herring", 1e5, 1.5e6)]
)
def test_dozens_are_vague(text: str, low: float, high: float) -> None:
    found = only(text)
    assert (found.low, found.high, found.bound) == (low, high, Bound.VAGUE)


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "up 4.5 percent", "%"),
        ("en", "up 2 percentage points", "points"),
        ("en", "a £12m fine", "GBP"),
        ("en", "a A$12m fine", "AUD"),
        ("de", "12 Euro", "EUR"),
        ("pt", "R$ 5 milhões", "BRL"),
        ("ru", "12 млрд рублей", "RUB"),
        ("tr", "yüzde 35,4", "%"),
        ("ar", "35٪", "%"),
    ],
)
def test_per_cent_points_and_currencies(language: str, text: str, unit: str) -> None:
    assert only(text, language).unit == unit


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Article 5 of the charter", NumeralKind.LABEL),
        ("en", "a Boeing 737 landed", NumeralKind.LABEL),
        ("en", "the G20 met", NumeralKind.LABEL),
        ("en", "after COVID-19 came", NumeralKind.LABEL),
        ("en", "call 555-1234 now", NumeralKind.LABEL),
        ("en", "call 5551234567 now", NumeralKind.LABEL),
        ("en", "the 5th boat", NumeralKind.ORDINAL),
        ("en", "on 4 March the boats", NumeralKind.DATE),
        ("en", "the storm of 2019 came", NumeralKind.DATE),
        ("en", "Ada Corrigan, 34, said", NumeralKind.AGE),
        ("en", "a 34-year-old fisher", NumeralKind.AGE),
        ("en", "Corrigan dies at 77.", NumeralKind.AGE),
        ("en", "at 10:30 the boats", NumeralKind.CLOCK),
        ("en", "at 5 p.m. the boats", NumeralKind.CLOCK),
        ("en", "Rheinstadt won 3-2 there", NumeralKind.SCORE),
        ("de", "am 4. März kamen Boote", NumeralKind.DATE),
        ("de", "der 34-jährige Fischer", NumeralKind.AGE),
        ("fr", "l'article 5 du traité", NumeralKind.LABEL),
        ("zh", "3月4日", NumeralKind.DATE),
        ("zh", "第5届会议", NumeralKind.LABEL),
        ("ja", "34歳の漁師", NumeralKind.AGE),
    ],
)
def test_what_is_no_amount(language: str, text: str, kind: NumeralKind) -> None:
    found = numerals(text, language)
    assert found
    assert {one.kind for one in found} == {kind}


def test_one_is_weak_and_two_are_not() -> None:
    assert [one.weak for one in numerals("one boat and two cars", "en")] == [True, False]


def test_offsets_are_those_of_the_text() -> None:
    text = "Die Zahl stieg auf mindestens 2,5 Mio. Boote."
    found = only(text, "de")
    assert text[found.start : found.end] == "2,5 Mio."


@pytest.mark.parametrize(
    "text", ["", "no numbers here", "," * 5000, "1" * 5000, "1,1" * 3000, "one " * 3000, "٫" * 100]
)
def test_odd_texts_do_no_harm(text: str) -> None:
    assert all(one.start < one.end <= len(text) for one in numerals(text, "en"))


def test_words_of_numbers_come_from_the_cldr() -> None:
    assert spelled("sv")["sjuttiofem",] == 75
    assert spelled("xx") == {}


@pytest.mark.parametrize("language", ["en", "fr", "tr", "ar", "he", "zh"])
def test_what_folds_to_nothing_is_no_token(language: str) -> None:
    """One joiner between quotation marks in an article would otherwise break its story's page."""
    for text in ("“\u200d”", "a \u00ad b", "ـ", "\u200c’", "''", "\u064b \u0610"):
        assert all(token.key for token in tokenise(text, language)), text
