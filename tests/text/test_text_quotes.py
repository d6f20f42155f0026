"""Where quotation marks of any style open and close."""

import pytest

from octavo.text.quotes import find_dialogue, find_quoted

STYLES = [
    ("“We stay,” she said.", ["We stay,"]),
    ("‘We’re not leaving’, he said of the ministers’ plan.", ["We’re not leaving"]),
    ("'We can't go on,' said Mr Low. 'Not now.'", ["We can't go on,", "Not now."]),
    ("„Wir bleiben“, sagte sie. »Immer«, rief er.", ["Wir bleiben", "Immer"]),
    ("„Zostajemy”, powiedział.", ["Zostajemy"]),
    ("« Nous restons », a dit le maire. «Non»", ["Nous restons", "Non"]),
    ("”Vi stannar”, sade hon.", ["Vi stannar"]),
    ("「残ります」と述べた。『はい』", ["残ります", "はい"]),
    ("وقال: «سنبقى هنا».", ["سنبقى هنا"]),
    ('He said: "It is \'very bad\' here." Then "no".', ["It is 'very bad' here.", "no"]),
    ("„Das ist „gut“ so“, sagte er.", ["Das ist „gut“ so"]),
    ("The dogs’ owners don’t mind 6' 2\" walls.", []),
]


@pytest.mark.parametrize(("text", "inside"), STYLES)
def test_every_style_is_read(text: str, inside: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_quoted(text)] == inside


def test_speech_that_goes_on_in_the_next_paragraph_is_open() -> None:
    (found,) = find_quoted("“We waited all night for the boats.")
    assert not found.closed
    assert found.mark == "“"
    assert find_quoted('He measured 4" of rain.') == []


def test_a_line_of_dialogue_is_cut_at_its_dashes() -> None:
    spanish = "—No nos iremos —dijo Marta Ruiz—. Nunca."
    assert [(spanish[start:end], spoken) for start, end, spoken in find_dialogue(spanish)] == [
        ("No nos iremos", True),
        ("dijo Marta Ruiz", False),
        ("Nunca.", True),
    ]
    russian = "— Мы не уйдём, — сказал Олег. — Никогда."
    assert [spoken for _, _, spoken in find_dialogue(russian)] == [True, False, True]
    assert list(find_dialogue("A sentence - with a dash.")) == []


def test_nothing_runs_away() -> None:
    assert len(find_quoted("“a” " * 2_000)) == 40
    assert find_quoted("'" * 3_000) == []
