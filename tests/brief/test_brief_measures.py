"""What a question for a measure asks for, and which texts state one. All texts are invented."""

import pytest

from octavo.brief.measures import measures_asked, states

HEIGHT = frozenset({"height"})


@pytest.mark.parametrize(
    ("question", "language", "measure"),
    [
        ("How tall is the dam?", "en", "height"),
        ("How deep is the lake?", "en", "depth"),
        ("How wide is the gap?", "en", "width"),
        ("Wie tief ist der See?", "de", "depth"),
        ("大坝多高", "zh", "height"),
        ("ما عمق البحيرة؟", "ar", "depth"),
    ],
)
def test_a_question_says_which_way_to_measure(question: str, language: str, measure: str) -> None:
    assert measures_asked(question, language) == {measure}


@pytest.mark.parametrize(
    ("text", "language", "stated"),
    [
        ("The dam is 41 metres tall.", "en", True),
        ("The dam stands 41 metres above the valley.", "en", True),
        ("Water poured over it, 22 centimetres deep along 340 metres.", "en", False),
        ("The level was 1.9 metres below the top.", "en", False),
        ("The dam holds 28 million cubic metres.", "en", False),
        ("Die Mauer ist 41 Meter hoch.", "de", True),
        ("Das Wasser stand 22 Zentimeter tief.", "de", False),
        ("Le barrage, haut de 41 mètres, a tenu.", "fr", True),
        ("大坝高41米。", "zh", True),
        ("水深22厘米。", "zh", False),
        ("Гребля заввишки 41 метр.", "uk", True),
        ("Baraj 41 metre yüksekliğinde.", "tr", True),
    ],
)
def test_a_height_is_no_depth(text: str, language: str, stated: bool) -> None:
    assert states(text, language, HEIGHT) is stated


def test_how_long_it_took_is_not_when_it_was() -> None:
    time = frozenset({"time"})
    assert not states("Judge Elspeth Quayle announced the settlement after 19 hours of talks.", "en", time)
    assert states("The strike ends on Friday morning.", "en", time)
