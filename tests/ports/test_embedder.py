"""What every embedder must do."""

import numpy as np
import pytest

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.adapters.embedders.off import OffEmbedder
from octavo.ports.embedder import Embedder

EMBEDDERS: dict[str, type[LocalEmbedder] | type[OffEmbedder]] = {"local": LocalEmbedder, "off": OffEmbedder}


@pytest.fixture(scope="module", params=EMBEDDERS)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return EMBEDDERS[request.param]()


@pytest.fixture(scope="module")
def local() -> Embedder:
    return LocalEmbedder()


def test_one_row_a_text(embedder: Embedder) -> None:
    vectors = embedder.embed(["A bridge opened.", "", "Ein Fluss."])
    assert vectors.shape[0] == 3
    assert vectors.dtype == np.float32
    assert embedder.embed([]).shape[0] == 0


def test_a_text_without_words_is_a_zero_vector(embedder: Embedder) -> None:
    assert not embedder.embed(["", "   ", "…—!"]).any()


def test_it_has_a_name(embedder: Embedder) -> None:
    assert embedder.model


def test_odd_text_raises_nothing(embedder: Embedder) -> None:
    odd = ["\x00\ud800", "‮مرحبا", "🦉" * 50, "a" * 5000, "\n\t"]
    assert np.isfinite(embedder.embed(odd)).all()


def test_local_rows_have_unit_length(local: Embedder) -> None:
    lengths = np.linalg.norm(local.embed(["The harbour reopened on Monday.", "Hafen"]), axis=1)
    assert lengths == pytest.approx([1.0, 1.0], abs=1e-3)


def test_local_finds_the_same_sentence_in_another_language(local: Embedder) -> None:
    english, german, arabic, other = local.embed(
        [
            "Flood waters closed the bridge over the river.",
            "Das Hochwasser sperrte die Brücke über den Fluss.",
            "أغلقت مياه الفيضان الجسر فوق النهر.",
            "The orchestra played two symphonies.",
        ]
    )
    assert english @ german > english @ other + 0.2
    assert english @ arabic > english @ other + 0.2


def test_what_has_no_words_is_zero_as_a_question_and_as_a_passage_too(embedder: Embedder) -> None:
    for embed in (embedder.questions, embedder.passages):
        assert embed(["A bridge opened.", "…"]).shape[0] == 2
        assert not embed(["", "…"]).any()


def test_local_finds_the_passage_that_answers_a_question_in_any_language(local: Embedder) -> None:
    passages = local.passages(
        [
            "The ferry strike ended after four days when crews accepted 4.6 per cent.",
            "Die Sonde wiegt 480 Kilogramm und trägt fünf Instrumente.",
            "سجلت تونتش هدف الفوز في الدقيقة الأخيرة.",
        ]
    )
    asked = [
        "Combien pèse la sonde ?",
        "Who scored the winning goal?",
        "¿Cuánto duró la huelga de los transbordadores?",
    ]
    assert np.argmax(local.questions(asked) @ passages.T, axis=1).tolist() == [1, 2, 0]


def test_local_does_not_depend_on_the_batch(local: Embedder) -> None:
    alone = local.embed(["Dockers voted to end their strike."])[0]
    among = local.embed(["One.", "Dockers voted to end their strike.", "Two words " * 40])[1]
    assert alone @ among == pytest.approx(1.0, abs=1e-3)
