"""Edits told apart by kind, in many languages, with the passages; words shown as they changed."""

from dataclasses import dataclass

import pytest

from octavo.domain.edit import HEADLINE_PLACE, EditKind, Piece
from octavo.relate.diffs import word_diff
from octavo.relate.edits import classify_edit

TEXT = (
    "The dam broke on Tuesday. Eleven people died in Millbrook and 400 fled.\n"
    "Jonas Reed, a builder, stole the pumps. Crews are searching the valley for those still missing.\n"
    "The government has promised an inquiry into the warnings that came late."
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of an article."""

    text: str
    headline: str = "Dam breaks"


def _kinds(before: str, after: str, language: str = "en") -> list[tuple[EditKind, str, str]]:
    edit = classify_edit(Wording(before), Wording(after), language=language)
    return [(one.kind, one.before, one.after) for one in edit.changes]


IN_ENGLISH = [
    ("Crews are", "Crwes are", EditKind.UPDATE),
    ("Eleven", "Seventeen", EditKind.FIGURE),
    ("400", "450", EditKind.FIGURE),
    ("Eleven", "11", EditKind.STYLE),
    ("died", "reportedly died", EditKind.SOFTENED),
    ("stole", "took", EditKind.SOFTENED),
    ("Jonas Reed, a builder,", "A builder", EditKind.SOFTENED),
    ("has promised", "has not promised", EditKind.UPDATE),
    ("searching the valley", "combing the valley", EditKind.STYLE),
    ("Crews are", "Crews  are", None),
    ("came late.", "came late!", EditKind.TYPO),
]


@pytest.mark.parametrize(("old", "new", "kind"), IN_ENGLISH)
def test_one_changed_sentence_is_judged(old: str, new: str, kind: EditKind | None) -> None:
    found = _kinds(TEXT, TEXT.replace(old, new))
    if kind is None:
        assert found == []
    elif old == "Crews are":
        assert _kinds(TEXT.replace(old, new), TEXT)[0][0] is EditKind.TYPO  # the slip set right
    else:
        assert [one[0] for one in found] == [kind]


def test_the_other_way_round_it_is_hardened() -> None:
    assert _kinds(TEXT.replace("died", "reportedly died"), TEXT)[0][0] is EditKind.HARDENED
    assert _kinds(TEXT.replace("stole", "took"), TEXT)[0][0] is EditKind.HARDENED


HEDGED = [
    ("de", "Elf Menschen starben in Millbrook.", "Elf Menschen starben mutmaßlich in Millbrook."),
    ("fr", "Le directeur a volé les pompes.", "Le directeur présumé a volé les pompes."),
    ("es", "El director robó las bombas.", "El director presuntamente robó las bombas."),
    ("pt", "O diretor roubou as bombas.", "O diretor supostamente roubou as bombas."),
    ("it", "Il direttore ha rubato le pompe.", "Il direttore ha probabilmente rubato le pompe."),
    ("ru", "Директор украл насосы.", "Директор предположительно украл насосы."),
    ("uk", "Директор украв насоси.", "Директор ймовірно украв насоси."),
    ("ar", "قتل الرجل شخصين في الوادي.", "قتل الرجل شخصين في الوادي بحسب الشرطة."),
    ("tr", "Müdür pompaları çaldı.", "Müdür iddiaya göre pompaları çaldı."),
    ("zh", "警方逮捕了一名男子。他杀害了两人。", "警方逮捕了一名男子。他涉嫌杀害了两人。"),
    ("ja", "男は2人を殺した。警察が発表した。", "男は2人を殺したとみられる。警察が発表した。"),
]


@pytest.mark.parametrize(("language", "before", "after"), HEDGED)
def test_certainty_lowered_is_seen_in_many_languages(language: str, before: str, after: str) -> None:
    assert [one[0] for one in _kinds(before, after, language)] == [EditKind.SOFTENED]
    assert [one[0] for one in _kinds(after, before, language)] == [EditKind.HARDENED]


NOTES = [
    ("en", "Correction: The first name of the engineer was wrong."),
    ("en", "This article was amended on 5 March to name the right river."),
    ("de", "In einer früheren Version dieses Artikels stand ein falscher Name."),
    ("fr", "Rectificatif : le nom de la rivière était faux."),
    ("es", "Fe de errores: el nombre del río era otro."),
    ("it", "Errata corrige: il nome del fiume era sbagliato."),
    ("pt", "Errata: o nome do rio estava errado."),
    ("nl", "Rectificatie: de naam van de rivier was onjuist."),
    ("sv", "Rättelse: Flodens namn var fel."),
    ("pl", "Sprostowanie: nazwa rzeki była błędna."),
    ("ru", "Исправление: река названа неверно."),
    ("uk", "Виправлення: річку названо неправильно."),
    ("ar", "تصحيح: كان اسم النهر خاطئا."),
    ("tr", "Düzeltme: Nehrin adı yanlıştı."),
    ("zh", "更正：河流名称有误。"),
    ("ja", "訂正：川の名前が誤っていました。"),
]


@pytest.mark.parametrize(("language", "note"), NOTES)
def test_the_publishers_own_correction_is_one(language: str, note: str) -> None:
    edit = classify_edit(Wording(TEXT), Wording(f"{TEXT.replace('400', '450')}\n{note}"), language=language)
    assert edit.kind is EditKind.CORRECTION
    assert set(edit.kinds) == {EditKind.CORRECTION, EditKind.FIGURE}
    assert edit.changes[-1].after == note


def test_a_note_beside_the_text_counts_and_a_mention_of_the_word_does_not() -> None:
    beside = classify_edit(Wording(TEXT), Wording(TEXT), correction="The river’s name was wrong.")
    assert [(one.kind, one.after) for one in beside.changes] == [(EditKind.CORRECTION, "The river’s name was wrong.")]
    said = f"{TEXT}\nCorrection facilities in the valley were not hit by the water."
    assert [one[0] for one in _kinds(TEXT, said)] == [EditKind.UPDATE]


def test_a_withdrawn_article_is_retracted() -> None:
    notice = "This article has been retracted because its source could not be verified."
    assert classify_edit(Wording(TEXT), Wording(notice), language="en").kind is EditKind.RETRACTED


def test_passages_put_in_taken_out_and_moved() -> None:
    first, second, third = TEXT.split("\n")
    assert _kinds(TEXT, f"{first}\n{third}") == [(EditKind.DELETED, second, "")]
    assert _kinds(f"{first}\n{third}", TEXT) == [(EditKind.UPDATE, "", second)]
    assert _kinds(TEXT, f"{first}\n{third}\n{second}") == []


def test_places_are_those_of_the_later_text() -> None:
    after = TEXT.replace("400", "450")
    (change,) = classify_edit(Wording(TEXT), Wording(after), language="en").changes
    assert after[change.place :].startswith(change.after)


def test_the_headline_is_judged_too() -> None:
    edit = classify_edit(Wording(TEXT, "Dam breaks, 11 dead"), Wording(TEXT, "Dam breaks, 17 dead"), language="en")
    assert [(one.kind, one.place) for one in edit.changes] == [(EditKind.FIGURE, HEADLINE_PLACE)]
    assert edit.headline_changed
    same = classify_edit(Wording(TEXT, "Dam breaks"), Wording(TEXT, "Dam  breaks"), language="en")
    assert not same
    assert same.kind is None
    assert not classify_edit(Wording(TEXT, "Dam breaks"), Wording(TEXT, "Dam breaks!")).headline_changed


def test_a_language_without_words_is_judged_by_figures_and_passages() -> None:
    assert [one[0] for one in _kinds("Abc def ghi 11 jkl.", "Abc def ghi 17 jkl.", "xx")] == [EditKind.FIGURE]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TEXT, TEXT.replace("Eleven", "Seventeen").replace("stole", "took")),
        (TEXT, ""),
        ("", TEXT),
        ("大坝周二决堤。17人死亡。", "大坝周二决堤。23人死亡，2人失踪。"),
        ("a  b\n\n c. D e.", " a b\nc. D  f."),
    ],
)
def test_pieces_put_together_are_the_two_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(text for text, kind in pieces if kind is not Piece.NEW) == before
    assert "".join(text for text, kind in pieces if kind is not Piece.GONE) == after


def test_what_did_not_change_is_shown_as_the_same() -> None:
    assert word_diff("Eleven people died.", "Twelve people died.") == (
        ("Eleven", Piece.GONE),
        ("Twelve", Piece.NEW),
        (" people died.", Piece.SAME),
    )


def test_long_texts_are_bounded() -> None:
    many = " ".join(f"Sentence number {n} tells of the valley and the river." for n in range(1_500))
    edit = classify_edit(Wording(many), Wording(many.replace("valley", "hills")), language="en")
    assert edit
    assert len(edit.changes) < 1_600
