"""The language of an article: its text says, its page settles what the text leaves open."""

import pytest

from octavo.extract.language import find_language
from octavo.extract.structured import Statements

SERBIAN = (
    "Zimski trajekt između Tarna i Lou Skerija i dalje će saobraćati sedam puta dnevno do kraja marta, odlučio je u "
    "utorak lučki savet."
)
GERMAN = "Die Winterfähre fährt bis Ende März weiter siebenmal am Tag, entschied der Hafenrat am Dienstag. "
ENGLISH = "The winter ferry keeps its seven daily crossings until the end of March, the harbour board decided. "


@pytest.mark.parametrize("stated", ["sr", "hr", "bs", "sr-Latn", "sh"])
def test_of_near_languages_the_pages_word_is_taken(stated: str) -> None:
    assert find_language(SERBIAN, Statements(language=stated), None) == stated[:2].replace("sh", "sr")


def test_of_far_languages_the_texts_look_is_taken() -> None:
    assert find_language(GERMAN, Statements(language="sr"), None) == "de"


def test_a_beginning_in_another_language_is_not_the_text() -> None:
    text = ENGLISH * 6 + GERMAN * 10
    assert find_language(text, Statements(language="en"), None) == "en"
    assert find_language(text, Statements(language="de"), None) == "de"


def test_norwegian_is_one_language() -> None:
    nynorsk = "Vinterferja mellom Tarn og Low Skerry skal framleis gå sju gonger om dagen, vedtok hamnerådet tysdag."
    assert find_language(nynorsk, Statements(), None) == "no"
