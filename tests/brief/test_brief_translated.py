"""What a translation must keep of its sentence, and marks that are set again round the whole of it."""

from datetime import UTC, date, datetime

import pytest

from octavo.brief.proofs import Fault
from octavo.brief.translated import Pieces, lost, peel
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import HEADLINE, STANDFIRST, Telling

from .wires import told

WRITTEN = date(2026, 11, 20)
HELD = [
    (
        "The harbour of Port Selwyn reopened on Monday after a strike by 1,200 workers.",
        "O porto de Port Selwyn reabriu na segunda-feira após uma greve de 1.200 trabalhadores.",
    ),
    (
        "Prime Minister Marta Oyelaran said the deal, worth $4.6 million, would be paid by March 3, 2027.",
        "A primeira-ministra Marta Oyelaran disse que o acordo, no valor de 4,6 milhões de dólares, será pago até 3 de "
        "março de 2027.",
    ),
    (
        '"Nobody told us anything," said Pavel Drozd in Lisbon.',
        '"Ninguém nos disse nada", disse Pavel Drozd em Lisboa.',
    ),
    ("Police arrested two men aged 24 and 31.", "A polícia prendeu dois homens de 24 e 31 anos."),
    ("It lists every ship between 1801 and 1855.", "Ele lista todos os navios entre 1801 e 1855."),
    ("French farmers blocked the road to Germany.", "Agricultores franceses bloquearam a estrada para a Alemanha."),
]


@pytest.mark.parametrize(("original", "translated"), HELD)
def test_what_keeps_everything_may_be_shown(original: str, translated: str) -> None:
    assert lost(original, "en", translated, "pt", WRITTEN) == []
    assert lost(translated, "pt", original, "en", WRITTEN) == []


@pytest.mark.parametrize(
    ("fault", "number", "old", "new"),
    [
        ("name", 0, "Port Selwyn", "Porto Selvino"),
        ("name", 1, "Oyelaran", "Silva"),
        ("name", 2, "Lisboa", "Roma"),
        ("name", 5, "a Alemanha", "a Polônia"),
        ("number", 0, "1.200", "12.000"),
        ("number", 0, " de 1.200 trabalhadores", " dos trabalhadores"),
        ("number", 1, "4,6 milhões", "4,6 bilhões"),
        ("number", 1, "dólares", "euros"),
        ("number", 3, "31", "13"),
        ("number", 4, "1855", "1955"),
        ("date", 0, "na segunda-feira", "na terça-feira"),
        ("date", 1, "3 de março", "3 de maio"),
        ("date", 1, "2027", "2026"),
        ("quote", 2, '"', ""),
        ("quote", 2, 'nada", disse Pavel Drozd', 'nada, disse Pavel Drozd"'),
        ("negation", 1, "no valor", "não no valor"),
        ("negation", 2, "Ninguém nos disse nada", "Todos nos disseram isso"),
        ("words", 0, "O porto", "O porto, o porto, o porto, o porto, o porto"),
    ],
)
def test_what_lost_or_invented_something_is_not_shown(fault: str, number: int, old: str, new: str) -> None:
    original, good = HELD[number]
    assert old in good
    assert fault in {str(one.fault) for one in lost(original, "en", good.replace(old, new), "pt", WRITTEN)}


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        " ",
        "▁▁",
        "o " * 400,
        "{}",
        "<b>O porto</b> reabriu.",
        "O porto. https://evil.example/",
        HELD[0][0],
        "O porto",
    ],
)
def test_garbage_is_not_shown(garbage: str) -> None:
    assert lost(HELD[0][0], "en", garbage, "pt", WRITTEN)


@pytest.mark.parametrize(
    ("sentence", "core", "around"),
    [
        ("“The sea took everything.”", "The sea took everything.", "“x”"),
        ("«Das Meer nahm alles».", "Das Meer nahm alles.", None),
        ("“The sea took everything.", "The sea took everything.", "“x"),
        ("And the boats.”", "And the boats.", "x”"),
        ("“The sea,” he said.", "“The sea,” he said.", "x"),
        ("“One” and “two”", "“One” and “two”", "x"),
        ("The sea.", "The sea.", "x"),
        ("“”", "“”", "x"),
        ("", "", "x"),
    ],
)
def test_marks_round_a_whole_sentence_are_set_again(sentence: str, core: str, around: str | None) -> None:
    peeled = peel(sentence)
    if around is not None:
        assert peeled.text == core
        assert peeled.around("x") == around
        assert peeled.around("") == ""
    elif peeled.before:
        assert "»" in peeled.around("x")


def test_an_article_comes_in_pieces_that_cite_where_they_stand() -> None:
    parts = ("One goes. Two go. Three go.", "Four go.", "Five go. Six go. Seven go.")
    at = datetime(2026, 11, 20, tzinfo=UTC)
    telling = Telling(
        ArticleId(7), PublisherId("p"), "P", "en", at, "The head", standfirst="A standfirst.", paragraphs=parts
    )
    pieces = list(Pieces.of(telling))
    assert [len(one.passages) for one in pieces] == [2, 6, 1]
    assert [one.part for piece in pieces for one in piece.passages] == [HEADLINE, STANDFIRST, 0, 0, 0, 1, 2, 2, 2]
    said = pieces[1].statements(["Um vai.", "", "<b>", "Quatro vão.", "Cinco vão.", "Seis 7 vão."], "pt")
    assert [one.chosen for one in said] == [False, True, True, False, False, True]
    assert said[1].text == "Two go."
    assert all(one.citations[0].passage.article_id == 7 for one in said)


NAMES_OF_WORDS = [
    (
        "pt",
        "O presidente visitou Porto Novo na segunda-feira.",
        "es",
        "El presidente visitó {} el lunes.",
        "Porto Novo",
    ),
    (
        "pt",
        "A feira de Vila Branca abriu ontem à noite.",
        "es",
        "La feria de {} abrió ayer por la noche.",
        "Vila Branca",
    ),
    (
        "es",
        "El alcalde de Puerto Nuevo habló con la gente.",
        "pt",
        "O prefeito de {} falou com a gente.",
        "Puerto Nuevo",
    ),
    ("es", "El alcalde habló con Ana Blanco en la plaza.", "pt", "O prefeito falou com {} na praça.", "Ana Blanco"),
]
MADE_OF_THEM = ("Puerto Nuevo", "Villa Blanca", "Porto Novo", "Ana Branco")


@pytest.mark.parametrize("place", range(len(NAMES_OF_WORDS)))
def test_a_name_made_of_a_dictionarys_words_is_no_words(place: int) -> None:
    language, original, target, frame, name = NAMES_OF_WORDS[place]
    assert lost(original, language, frame.format(name), target, WRITTEN) == []
    found = lost(original, language, frame.format(MADE_OF_THEM[place]), target, WRITTEN)
    assert {str(one.fault) for one in found} == {"name"}


def test_what_the_article_calls_people_and_places_is_held_to() -> None:
    original, kept = "The mayor of Long Green spoke at noon.", "O prefeito de Long Green falou ao meio-dia."
    translated = "O prefeito da Longa Verde falou ao meio-dia."
    assert lost(original, "en", kept, "pt", WRITTEN, ["Long Green"]) == []
    assert "Long Green" in {one.words for one in lost(original, "en", translated, "pt", WRITTEN, ["Long Green"])}
    telling = told(1, "", original, names=(("place", "Long Green"), ("other", "Mayor")))
    (pieces,) = Pieces.of(telling)
    assert [one.text for one in pieces.statements([translated], "pt")] == [original]
    assert [one.text for one in pieces.statements([kept], "pt")] == [kept]


def test_a_country_is_not_taken_for_its_people() -> None:
    original = "The government of China said that talks go on."
    wrong = "O governo da Chinesa disse que as conversas continuam."
    assert {one.fault for one in lost(original, "en", wrong, "pt", WRITTEN)} == {Fault.NAME}
    assert lost(original, "en", wrong.replace("Chinesa", "China"), "pt", WRITTEN) == []
    assert lost("The Chinese delegate left.", "en", "A delegada chinesa saiu.", "pt", WRITTEN) == []


def test_the_names_of_lands_and_bodies_are_translated() -> None:
    pairs = [
        (
            "es",
            "La decisión de la Unión Europea llegó a Gran Bretaña.",
            "pt",
            "A decisão da União Europeia chegou à Grã-Bretanha.",
        ),
        ("en", "The minister flew to London.", "pt", "O ministro voou para Londres."),
    ]
    assert [lost(a, x, b, y, WRITTEN, ["London", "Gran Bretaña"]) for x, a, y, b in pairs] == [[], []]
