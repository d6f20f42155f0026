"""Dates in running text: found in many languages, resolved against the day of writing, left out when in doubt."""

from datetime import date

import pytest

from octavo.text.moments import AHEAD, HAPPENED, MONTH, PASSING, WEEK, YEAR, find_dates

WRITTEN = date(2026, 3, 4)
"""A Wednesday."""

TOLD = [
    ("en", "The dam broke on Tuesday.", 3),
    ("en", "Two days ago the river rose.", 2),
    ("en", "Seventeen people died on March 2, 2026, in Millbrook.", 2),
    ("en", "Crews reached the farms on 1 March.", 1),
    ("de", "Der Damm brach am Dienstagabend.", 3),
    ("de", "Vor drei Tagen stieg der Fluss.", 1),
    ("de", "Am 3. März trat das Wasser über die Ufer.", 3),
    ("fr", "La digue a cédé hier soir.", 3),
    ("fr", "Il y a trois jours, l’eau montait.", 1),
    ("fr", "Le 3 mars, les eaux ont monté.", 3),
    ("es", "La presa cedió el martes.", 3),
    ("es", "Hace dos días llovió en el valle.", 2),
    ("es", "El 3 de marzo de 2026 cayó la torre.", 3),
    ("pt", "A barragem cedeu na terça-feira.", 3),
    ("pt", "Em 3 de março, choveu no vale.", 3),
    ("it", "La diga ha ceduto martedì.", 3),
    ("it", "Due giorni fa pioveva nella valle.", 2),
    ("nl", "De dam brak dinsdag door.", 3),
    ("nl", "Twee dagen geleden regende het.", 2),
    ("sv", "Dammen brast på tisdagen.", 3),
    ("sv", "I går dog 17 personer.", 3),
    ("pl", "Tama pękła we wtorek.", 3),
    ("pl", "W środę padało.", 4),
    ("ru", "Во вторник прорвало дамбу.", 3),
    ("ru", "Вчера погибли 17 человек.", 3),
    ("ru", "Три дня назад вода поднялась.", 1),
    ("uk", "У вівторок прорвало дамбу.", 3),
    ("uk", "Два дні тому вода піднялася.", 2),
    ("tr", "Baraj salı günü taştı.", 3),
    ("tr", "3 Mart'ta sular yükseldi.", 3),
    ("tr", "Üç gün önce yağmur yağdı.", 1),
    ("ar", "انهار السد يوم الثلاثاء.", 3),
    ("ar", "توفي 17 شخصا أمس.", 3),
    ("ar", "وقع ذلك في ٣ مارس ٢٠٢٦.", 3),
    ("he", "הסכר קרס ביום שלישי.", 3),
    ("he", "אתמול נהרגו 17 בני אדם.", 3),
    ("zh", "大坝周二决堤。", 3),
    ("zh", "昨天有17人死亡。", 3),
    ("zh", "三天前下了雨。", 1),
    ("ja", "昨日17人が死亡した。", 3),
    ("ja", "3日、ダムが決壊した。", 3),
    ("ja", "2026年3月3日に発生した。", 3),
]

TO_COME = [
    ("en", "The council will vote on Friday.", 6),
    ("de", "Der Rat wird am Freitag abstimmen.", 6),
    ("fr", "Le conseil votera vendredi.", 6),
    ("es", "El consejo votará el viernes.", 6),
    ("pt", "O conselho votará na sexta-feira.", 6),
    ("it", "Il consiglio voterà venerdì.", 6),
    ("ru", "Голосование состоится 6 марта.", 6),
    ("uk", "Голосування відбудеться у п’ятницю.", 6),
    ("tr", "Konsey cuma günü oylama yapacak.", 6),
    ("ar", "من المقرر أن يصوت المجلس الجمعة المقبل.", 6),
    ("zh", "议会将于周五投票。", 6),
    ("ja", "議会は6日に採決する予定だ。", 6),
]

IN_PASSING = [
    ("en", "Since Monday, crews have searched the valley."),
    ("en", "The 7 February attack changed the valley."),
    ("en", "Monday’s vote was close."),
    ("en", "The bridge was due to open on Friday."),
    ("de", "Seit Montag suchen Helfer im Tal."),
    ("de", "Der Angriff vom 7. Februar ist nicht vergessen."),
    ("fr", "L’attaque du 3 mars a tué deux personnes."),
    ("es", "Desde el lunes buscan en el valle."),
    ("ja", "雨は3日間続いた。"),
    ("zh", "新华社3月3日电"),
]


@pytest.mark.parametrize(("language", "sentence", "day"), TOLD)
def test_days_told_are_found_in_many_languages(language: str, sentence: str, day: int) -> None:
    found = find_dates(sentence, language, WRITTEN)
    assert [(one.day, one.aspect) for one in found] == [(date(2026, 3, day), HAPPENED)]


@pytest.mark.parametrize(("language", "sentence", "day"), TO_COME)
def test_days_to_come_are_the_next_not_the_last(language: str, sentence: str, day: int) -> None:
    found = find_dates(sentence, language, WRITTEN)
    assert [(one.day, one.aspect) for one in found] == [(date(2026, 3, day), AHEAD)]


@pytest.mark.parametrize(("language", "sentence"), IN_PASSING)
def test_days_named_in_passing_are_marked(language: str, sentence: str) -> None:
    assert [one.aspect for one in find_dates(sentence, language, WRITTEN)] == [PASSING]


def test_what_cannot_be_told_for_sure_is_left_out() -> None:
    assert find_dates("It rained last Tuesday.", "en", WRITTEN) == []  # yesterday, or a week before?
    assert find_dates("They meet on 30 August.", "en", date(2026, 1, 20)) == []  # last year's or this year's
    assert find_dates("The team won three games in five days.", "en", WRITTEN) == []
    assert find_dates("On 31 February nothing happened.", "en", WRITTEN) == []
    assert find_dates("Etwas geschah am Dienstag.", "xx", WRITTEN) == []


def test_without_a_day_of_writing_only_full_dates_count() -> None:
    assert find_dates("The dam broke on Tuesday, 3 March.", "en", None) == []
    assert [one.day for one in find_dates("The dam broke on 3 March 2026.", "en", None)] == [date(2026, 3, 3)]


def test_the_year_is_the_nearest() -> None:
    january = date(2026, 1, 5)
    assert [one.day for one in find_dates("It burned on 28 December.", "en", january)] == [date(2025, 12, 28)]
    assert [one.day for one in find_dates("It will open on 2 January.", "en", date(2025, 12, 20))] == [date(2026, 1, 2)]


def test_a_day_later_counts_from_the_day_told_last() -> None:
    sentence = "Three days later the water fell."
    assert find_dates(sentence, "en", WRITTEN) == []
    assert [one.day for one in find_dates(sentence, "en", WRITTEN, told=date(2026, 2, 20))] == [date(2026, 2, 23)]


def test_weeks_months_and_years_say_how_precise_they_are() -> None:
    assert [(one.day, one.precision) for one in find_dates("They met last week.", "en", WRITTEN)] == [
        (date(2026, 2, 23), WEEK)
    ]
    assert [(one.day, one.precision) for one in find_dates("It opened in March 2019.", "en", WRITTEN)] == [
        (date(2019, 3, 1), MONTH)
    ]
    assert [(one.day, one.precision) for one in find_dates("Sie wurde im Jahr 1998 gebaut.", "de", WRITTEN)] == [
        (date(1998, 1, 1), YEAR)
    ]


def test_the_day_of_saying_is_past_though_what_is_said_is_not() -> None:
    found = find_dates("She said on Monday that the talks will resume on Friday.", "en", WRITTEN)
    assert [(one.day.day, one.aspect) for one in found] == [(2, HAPPENED), (6, AHEAD)]


def test_a_chinese_weekday_of_last_week_is_of_the_week_before() -> None:
    assert [one.day for one in find_dates("上周五下雨。", "zh", date(2026, 3, 7))] == [date(2026, 2, 27)]


def test_nothing_runs_away() -> None:
    assert find_dates("1 " * 5_000, "en", WRITTEN) == []
    assert find_dates("on Tuesday " * 500, "en", WRITTEN) == []
