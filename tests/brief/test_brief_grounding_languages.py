"""The check in the languages of the interface: a true sentence passes, and each small untruth fails for its reason."""

from typing import NamedTuple

import pytest

from octavo.brief.grounding import Grounds
from octavo.brief.proofs import Fault

from .grounds import telling


class Case(NamedTuple):
    """A text, sentences it bears out, and sentences it does not with the fault that is found."""

    language: str
    text: str
    true: tuple[str, ...]
    false: tuple[tuple[str, Fault], ...]


CASES = (
    Case(
        "de",
        "Die Hafenbehörde von Brückstett hat am Dienstag 14 Fähren freigegeben. Direktorin Ada Korrigan lehnte den "
        "Plan der Gemeinde nicht ab.",
        (
            "Die Hafenbehörde von Brückstett hat 14 Fähren freigegeben.",
            "Korrigan lehnte den Plan der Gemeinde nicht ab.",
        ),
        (
            ("Die Hafenbehörde von Brückstett hat am Dienstag 17 Fähren freigegeben.", Fault.NUMBER),
            ("Die Hafenbehörde von Ostersund hat am Dienstag 14 Fähren freigegeben.", Fault.NAME),
            ("Die Hafenbehörde von Brückstett hat am Freitag 14 Fähren freigegeben.", Fault.DATE),
            ("Direktorin Ada Korrigan lehnte den Plan der Gemeinde ab.", Fault.NEGATION),
        ),
    ),
    Case(
        "fr",
        "Le port de Millebrook a rouvert mardi après neuf jours de travaux, a déclaré Paul Roche. Le maire n'a pas "
        "payé les 240 marins d'Ostrey.",
        (
            "Le port de Millebrook a rouvert mardi après 9 jours de travaux.",
            "Le maire n'a pas payé les 240 marins d'Ostrey.",
        ),
        (
            ("Le port de Millebrook a rouvert mardi après huit jours de travaux.", Fault.NUMBER),
            ("Le port de Millebrook a rouvert vendredi après neuf jours de travaux.", Fault.DATE),
            ("Le port d'Ostrey a rouvert mardi après neuf jours de travaux.", Fault.NAME),
            ("Le maire a payé les 240 marins d'Ostrey.", Fault.NEGATION),
        ),
    ),
    Case(
        "es",
        "El puerto de Molinar reabrió el martes tras retirar 1.400 toneladas de arena. Los precios subieron un 12 % en "
        "marzo, dijo la directora Ada Corrigan.",
        ("Los precios subieron un 12 % en marzo.", "El puerto de Molinar reabrió el martes."),
        (
            ("Los precios bajaron un 12 % en marzo.", Fault.OPPOSITE),
            ("Los precios subieron un 21 % en marzo.", Fault.NUMBER),
            ("El puerto de Molinar no reabrió el martes.", Fault.NEGATION),
        ),
    ),
    Case(
        "it",
        "Il porto di Molinara ha riaperto martedì dopo nove giorni. La direttrice Ada Corrigan non "
        "ha visto i 30 marinai.",
        ("Il porto di Molinara ha riaperto martedì.",),
        (
            ("Il porto di Molinara ha riaperto giovedì dopo nove giorni.", Fault.DATE),
            ("La direttrice Ada Corrigan ha visto i 30 marinai.", Fault.NEGATION),
            ("La direttrice Ada Corrigan non ha visto i 50 marinai.", Fault.NUMBER),
        ),
    ),
    Case(
        "nl",
        "De haven van Molenbroek ging dinsdag weer open, zei directeur Ada Korrigan. De 30 vissers "
        "kregen geen vergoeding.",
        ("De haven van Molenbroek ging dinsdag weer open.",),
        (
            ("De haven van Molenbroek ging vrijdag weer open.", Fault.DATE),
            ("De 30 vissers kregen een vergoeding.", Fault.NEGATION),
            ("De haven van Oosterzee ging dinsdag weer open.", Fault.NAME),
        ),
    ),
    Case(
        "pl",
        "Port w Młynowie otwarto we wtorek po 9 dniach prac. Dyrektorka Ada Korrigan nie widziała 30 rybaków.",
        ("Port w Młynowie otwarto we wtorek.",),
        (
            ("Port w Młynowie otwarto we wtorek po 7 dniach prac.", Fault.NUMBER),
            ("Dyrektorka Ada Korrigan widziała 30 rybaków.", Fault.NEGATION),
        ),
    ),
    Case(
        "ru",
        "Порт Мельничный открыли во вторник после 9 дней работ. Директор Ада Корриган не видела 30 рыбаков.",
        ("Порт Мельничный открыли во вторник.",),
        (
            ("Порт Мельничный открыли во вторник после 7 дней работ.", Fault.NUMBER),
            ("Директор Ада Корриган видела 30 рыбаков.", Fault.NEGATION),
            ("Порт Озёрный открыли во вторник после 9 дней работ.", Fault.NAME),
        ),
    ),
    Case(
        "tr",
        "Değirmen limanı 9 günlük çalışmanın ardından salı günü açıldı. Müdür Ada Korrigan 30 balıkçıyı görmedi.",
        ("Değirmen limanı 9 günlük çalışmanın ardından salı günü açıldı.",),
        (
            ("Değirmen limanı 7 günlük çalışmanın ardından salı günü açıldı.", Fault.NUMBER),
            ("Değirmen limanı 9 günlük çalışmanın ardından cuma günü açıldı.", Fault.DATE),
        ),
    ),
    Case(
        "ar",
        "أعيد فتح ميناء الطاحونة يوم الثلاثاء بعد إزالة 1400 طن من الرمال. لم توافق المديرة سلمى "
        "الكرمي على خطة البلدية.",
        ("أعيد فتح ميناء الطاحونة بعد إزالة ١٤٠٠ طن من الرمال.",),
        (
            ("أعيد فتح ميناء الطاحونة بعد إزالة 1700 طن من الرمال.", Fault.NUMBER),
            ("وافقت المديرة سلمى الكرمي على خطة البلدية.", Fault.NEGATION),
        ),
    ),
    Case(
        "zh",
        "水磨港口周二重新开放，工人清除了1400吨泥沙。局长没有同意镇政府的计划。",
        ("水磨港口周二重新开放，工人清除了1400吨泥沙。",),
        (
            ("水磨港口周二重新开放，工人清除了1700吨泥沙。", Fault.NUMBER),
            ("局长同意镇政府的计划。", Fault.NEGATION),
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
def test_true_sentences_pass(case: Case) -> None:
    grounds = Grounds([telling(1, case.language, "", case.text)])
    for text in case.true:
        assert not grounds.check(text, case.language).reasons, text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
def test_untrue_ones_fail_for_their_reason(case: Case) -> None:
    grounds = Grounds([telling(1, case.language, "", case.text)])
    for text, fault in case.false:
        found = {reason.fault for reason in grounds.check(text, case.language).reasons}
        assert fault in found, (text, found)


def test_people_of_a_land_are_held_to_the_source_where_they_are_written_small() -> None:
    grounds = Grounds([telling(1, "fr", "", "Deux marins Britanniques ont été secourus à Ostrey en juin dernier.")])
    assert not grounds.check("Deux marins britanniques ont été secourus à Ostrey en juin dernier.", "fr").reasons
    found = grounds.check("Deux marins tunisiens ont été secourus à Ostrey en juin dernier.", "fr").reasons
    assert Fault.NAME in {reason.fault for reason in found}


def test_in_another_language_names_and_numbers_are_held_to_the_source_and_the_rest_fails() -> None:
    source = telling(1, "de", "", "Angela Merkel besuchte am Dienstag Paris. Dort traf sie 14 Bürgermeister.")
    grounds = Grounds([source])
    assert grounds.check("Angela Merkel visited Paris on Tuesday.", "en").holds
    assert not grounds.check("Angela Merkel visited Rome on Tuesday.", "en").holds
    assert not grounds.check("Angela Merkel visited Paris on Friday.", "en").holds
    assert not grounds.check("She did not like the food at all.", "en").holds
