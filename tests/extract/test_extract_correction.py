"""Notes in which a publisher corrects itself, in many languages."""

import pytest

from octavo.extract.correction import find_correction
from octavo.extract.structured import read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import parse

TEXT = "The winter ferry between Tarn and Low Skerry will keep its seven daily crossings until the end of March."


def _found(before: str = "", after: str = "") -> str:
    body = "".join(f"<p>{TEXT} {number}</p>" for number in range(12))
    tree = parse(f"<body>{before}{body}{after}</body>")
    assert tree.body
    layout = lay_out(tree.body)
    begins = next(number for number, piece in enumerate(layout.pieces) if piece.text.startswith(TEXT))
    return find_correction(layout, range(begins, begins + 12))[0]


@pytest.mark.parametrize(
    "label",
    (
        "Correction Corrections Clarification Berichtigung Korrektur Richtigstellung Rectificatif Erratum Corrección "
        "Rettifica Correção Erramos Rectificatie Rättelse Rettelse Retting Oikaisu Sprostowanie Oprava Helyesbítés "
        "Διόρθωση Düzeltme "
        "Исправление Виправлення تصحيح تصويب תיקון सुधार Ralat 更正 訂正 정정"
    ).split(),
)
def test_a_label_stands_before_it(label: str) -> None:
    assert _found(after=f"<p>{label}: the fare is 20 pence.</p>") == "the fare is 20 pence."
    assert _found(before=f"<p>{label}: the fare is 20 pence.</p>") == "the fare is 20 pence."


@pytest.mark.parametrize(
    ("note", "admitted"),
    [
        ("Editor’s note: The fare was corrected to 20 pence.", True),
        ("Editor’s note: Ann Lee is a member of the council.", False),
        ("Anmerkung der Redaktion: In einer früheren Version stand ein falscher Preis.", True),
        ("Anm. der Redaktion: Ann Lee ist Mitglied des Rates.", False),
        ("Update: The ferry left at noon.", False),
        ("Note de la rédaction : le prix a été corrigé.", True),
        ("Nota de la redacción: el precio fue corregido.", True),
        ("От редакции: в тексте была ошибка, цена билета 20 копеек.", True),
        ("От редакции: мнение автора может не совпадать с нашим.", False),
        ("编者按：票价有误，现已更正。", True),
    ],
)
def test_a_note_of_the_editors_counts_when_it_admits_an_error(note: str, admitted: bool) -> None:
    assert bool(_found(after=f"<p>{note}</p>")) is admitted


@pytest.mark.parametrize(
    "note",
    [
        "An earlier version of this article gave the wrong fare.",
        "This story has been updated to correct the fare.",
        "In einer früheren Version dieses Artikels stand ein falscher Preis.",
        "Une version précédente de cet article donnait un prix erroné.",
        "Una versión anterior de este artículo daba otro precio.",
        "Uma versão anterior desta reportagem dava outro preço.",
        "In een eerdere versie van dit artikel stond een andere prijs.",
        "I en tidligere versjon av denne saken sto det feil pris.",
        "I en tidigare version av artikeln angavs fel pris.",
        "We wcześniejszej wersji tekstu podaliśmy inną cenę.",
        "В более ранней версии статьи была указана другая цена.",
        "У попередній версії статті була інша ціна.",
        "في نسخة سابقة من هذا المقال ذُكر سعر آخر.",
        "この記事の以前の版では運賃が誤っていました。",
        "이 기사의 이전 버전에는 요금이 잘못 적혀 있었다.",
    ],
)
def test_a_note_that_says_so_itself(note: str) -> None:
    assert _found(after=f"<p><em>{note}</em></p>") == note
    assert _found(before=f"<p><em>{note}</em></p>") == note


@pytest.mark.parametrize(
    "line",
    ["Corrections officers went on strike.", "This story has been told before.", "Correct as of Monday.", "Hinweis"],
)
def test_what_is_none(line: str) -> None:
    assert _found(after=f"<p>{line}</p>") == ""


def test_a_sentence_in_the_middle_of_a_text_tells_of_another() -> None:
    said = "An earlier version of this law was rejected by the council."
    middle = "".join(f"<p>{TEXT} {number}</p>" for number in range(6))
    tree = parse(f"<body>{middle}<p>{said}</p>{middle}</body>")
    assert tree.body
    assert find_correction(lay_out(tree.body), range(13))[0] == ""


def test_what_json_ld_states() -> None:
    script = (
        '{"@type":"NewsArticle","headline":"x","correction":{"@type":"CorrectionComment","text":"The fare is 20p."}}'
    )
    tree = parse(f'<script type="application/ld+json">{script}</script>')
    assert read_statements(tree).things[0].correction == "The fare is 20p."
    linked = script.replace(
        '{"@type":"CorrectionComment","text":"The fare is 20p."}', '"https://gazette.example/errata"'
    )
    tree = parse(f'<script type="application/ld+json">{linked}</script>')
    assert read_statements(tree).things[0].correction == ""
