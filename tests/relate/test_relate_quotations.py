"""Who said what, and how each outlet gives it: in many languages and quotation styles, silent in doubt."""

from datetime import timedelta

import pytest

from octavo.domain.quotation import Quotation, Wording
from octavo.relate.quotations import MOST, quotations
from octavo.relate.utterances import utterances

from .accounts import NOW, telling

SAID = "“We warned the office of the cracks in January, and in February we warned it again,” said Ruth Calloway."

SPOKEN = [
    ("en", "Jonas Reed, who is 61, said: “We will not leave the valley tonight.”", "Jonas Reed", ""),
    ("en", "“We will not leave the valley,” said Interior Minister Ada Corrigan.", "Ada Corrigan", "Interior Minister"),
    ("en", "Faisal Darwish, the harbour master, said the quay was “in no state to be used”.", "Faisal Darwish", "the "),
    ("en", "'We will not leave the valley,' the mayor said. 'Not tonight.'", "", "the mayor"),
    ("en", "“We are ready for it,” said a spokeswoman for the ministry.", "", "a spokeswoman for the ministry"),
    ("en", "According to Piotr Lang, “nobody had looked at the wall for years”.", "Piotr Lang", ""),
    ("de", "„Wir gehen heute nicht“, sagte Bürgermeister Jonas Reed am Montag.", "Jonas Reed", "Bürgermeister"),
    ("de", "»Wir gehen heute nicht«, sagte eine Sprecherin der Polizei.", "", "eine Sprecherin der Polizei"),
    ("fr", "« Nous ne partirons pas ce soir », a déclaré le maire, Paul Roche.", "Paul Roche", "le maire"),
    ("fr", "« On dort quatre heures, raconte Nadège Marchal, et on repart au matin. »", "Nadège Marchal", ""),
    ("es", "—No nos iremos esta noche —dijo Marta Ruiz—. Nunca.", "Marta Ruiz", ""),
    ("es", "«No nos iremos esta noche», aseguró la ministra Marta Ruiz.", "Marta Ruiz", "la ministra"),
    ("pt", "“Não vamos sair hoje”, disse o prefeito João Alves.", "João Alves", "o prefeito"),
    ("it", "«Non ce ne andremo stasera», ha detto la sindaca Anna Bassi.", "Anna Bassi", "la sindaca"),
    ("nl", "“Wij gaan vanavond niet weg”, zei burgemeester Jan de Wit.", "Jan de Wit", "burgemeester"),
    ("sv", "”Vi ger oss inte av i kväll”, sade Anna Berg.", "Anna Berg", ""),
    ("pl", "„Nie wyjedziemy dziś wieczorem” – powiedział Jan Lis.", "Jan Lis", ""),
    ("ru", "«Мы не уйдём сегодня», — сказал мэр Олег Бондарь.", "Олег Бондарь", "мэр"),
    ("ru", "— Мы не уйдём сегодня, — сказал Олег Бондарь. — Никогда.", "Олег Бондарь", ""),
    ("uk", "«Ми не підемо сьогодні», — заявила Ольга Коваль.", "Ольга Коваль", ""),
    ("tr", "Belediye Başkanı Ali Demir, “Bu gece gitmeyeceğiz” dedi.", "Ali Demir", "Belediye Başkanı"),
    ("ar", "وقال أحمد سالم: «لن نغادر الوادي هذه الليلة أبدا».", "أحمد سالم", ""),
    ("he", '"לא נעזוב את העמק הלילה", אמר יוסי כהן.', "יוסי כהן", ""),
    ("zh", "李明表示：“我们今晚不会离开山谷，一个人也不会走。”", "李明", ""),
    ("ja", "山田太郎氏は4日の会見で「今夜は谷を離れるつもりはありません」と述べた。", "山田太郎氏", ""),
]


@pytest.mark.parametrize(("language", "paragraph", "speaker", "role"), SPOKEN)
def test_the_speaker_is_read_in_many_languages(language: str, paragraph: str, speaker: str, role: str) -> None:
    (found,) = utterances(telling(1, paragraph, language=language))
    assert found.speaker == speaker
    assert found.role.startswith(role) if role.endswith(" ") else found.role == role


NOT_SPEECH = [
    ("en", "The film “The Lantern in the Rain” opens on Friday."),
    ("en", "Her so-called “plan for the river” failed."),
    ("en", "The word “flood” was not in the report."),
    ("de", "Der Film „Die Laterne im Regen“ läuft am Freitag an."),
    ("ru", "Шторм «Ильва» прошёл над долиной."),
    ("fr", "Le navire « Étoile du Nord » a quitté le port."),
    ("ar", "أعلنت شركة «لومن لابز» أنها ستستأنف."),
    ("zh", "他们把它叫做“绿水”工程。"),
    ("xx", "“We will not leave the valley,” said Jonas Reed."),
]


@pytest.mark.parametrize(("language", "paragraph"), NOT_SPEECH)
def test_titles_names_and_words_held_at_a_distance_are_no_speech(language: str, paragraph: str) -> None:
    assert utterances(telling(1, paragraph, language=language)) == ()


def test_pieces_that_belong_together_are_one() -> None:
    (found,) = utterances(telling(1, "“We stayed,” said Ruth Calloway. “Nobody came for us.”"))
    assert found.words == "We stayed … Nobody came for us."
    assert found.passage.text == "We stayed,” said Ruth Calloway. “Nobody came for us."
    apart = utterances(telling(1, "Ruth Calloway said “nobody came for us”, and Ben Low said “we did come for them”."))
    assert [one.speaker for one in apart] == ["Ruth Calloway", "Ben Low"]


def test_he_said_is_the_one_person_meant_or_nobody() -> None:
    story = telling(
        1,
        "The engineer Piotr Lang had measured the wall for nine years.",
        "“I wrote it down each time I saw it,” said Lang. He lives below the dam.",
        "“I also told them in a letter,” he said.",
    )
    assert [one.speaker for one in utterances(story)] == ["Piotr Lang", "Piotr Lang"]
    two = telling(1, SAID, "Piotr Lang met Anna Berg at the wall.", "“I told them in a letter,” he said.")
    assert [one.speaker for one in utterances(two)] == ["Ruth Calloway", ""]


def test_a_last_name_is_given_whole_where_the_text_has_it() -> None:
    story = telling(1, SAID, "“We carried my mother up the stairs at night,” Calloway said.")
    assert {one.speaker for one in utterances(story)} == {"Ruth Calloway"}


def _one(*tellings: object) -> Quotation:
    (found,) = quotations(tellings)  # type: ignore[arg-type]
    return found


def test_one_quotation_across_outlets_whole_and_cut() -> None:
    cut = "Ruth Calloway said: “We warned the office of the cracks in January.”"
    found = _one(telling(1, cut), telling(2, SAID), telling(3, SAID))
    assert found.head.article_id == 2  # the fullest, and of those the earliest
    assert [(one.article_id, one.wording) for one in found.others] == [(1, Wording.CUT), (3, Wording.WHOLE)]
    assert found.first.article_id == 1
    assert found.publishers == ("Paper 1", "Paper 2", "Paper 3")
    assert found.speaker == "Ruth Calloway"


def test_a_cut_is_no_cut_where_the_rest_stands_elsewhere_or_we_hold_but_a_part() -> None:
    parts = telling(
        1,
        "Ruth Calloway said: “We warned the office of the cracks in January.”",
        "Her daughter was there too, she said: “And in February we warned it again.”",
    )
    found = next(one for one in quotations([parts, telling(2, SAID)]) if one.others)
    assert {one.wording for one in found.others} == {Wording.WHOLE}
    excerpt = telling(1, "Ruth Calloway said: “We warned the office of the cracks in January.”", whole=False)
    assert [one.wording for one in _one(excerpt, telling(2, SAID)).others] == [Wording.PART]


def test_words_that_differ_are_shown() -> None:
    altered = SAID.replace("warned it again", "begged it again")
    (other,) = _one(telling(1, SAID), telling(2, altered)).others
    assert (other.wording, other.changes) == (Wording.ALTERED, (("warned", "begged"),))


def test_spelling_marks_and_brackets_alter_nothing() -> None:
    british = "“The colour of the water told us that the organisation had lied about it,” said Ruth Calloway."
    american = "“The color of the water told us that the organization had lied about it” said Ruth Calloway."
    assert [one.wording for one in _one(telling(1, british), telling(2, american)).others] == [Wording.WHOLE]
    bracketed = SAID.replace("the office", "the office [of dams]")
    assert [one.wording for one in _one(telling(1, SAID), telling(2, bracketed)).others] == [Wording.WHOLE]


def test_two_people_who_say_much_the_same_are_two() -> None:
    first = "“We will win this game on Sunday,” said Ruth Calloway."
    second = "“We will win this cup on Sunday,” said Anna Berg."
    assert [one.others for one in quotations([telling(1, first), telling(2, second)])] == [(), ()]


def test_a_translation_is_marked_only_when_sure() -> None:
    english = "“By midnight we had 640 people in the hall and 12 beds,” said Ruth Calloway."
    german = "„Um Mitternacht hatten wir 640 Menschen in der Halle und 12 Betten“, sagte Ruth Calloway."
    other = "„Um Mitternacht hatten wir 460 Menschen in der Halle und 12 Betten“, sagte Ruth Calloway."
    found = _one(telling(1, english), telling(2, german, language="de"))
    assert [(one.article_id, one.wording) for one in found.others] == [(2, Wording.TRANSLATED)]
    assert len(quotations([telling(1, english), telling(2, other, language="de")])) == 2
    another = telling(2, german.replace("Calloway", "Berger"), language="de")
    assert len(quotations([telling(1, english), another])) == 2
    late = telling(2, german, language="de", at=NOW + timedelta(days=9))
    assert len(quotations([telling(1, english), late])) == 2


def test_an_article_counts_once_and_what_most_outlets_give_stands_first() -> None:
    twice = telling(1, SAID, standfirst="Ruth Calloway: “We warned the office of the cracks in January”")
    only = "“The market hall came down at four in the morning,” said Ben Low."
    found = quotations([telling(3, only), twice, telling(2, SAID)])
    assert [len(one.publishers) for one in found] == [2, 1]
    assert len({one.article_id for one in found[0].others}) == len(found[0].others)


def test_it_is_bounded() -> None:
    many = [f"“Number {n} of the houses was lost to the water at hour {n},” said Person{n} Low." for n in range(90)]
    assert len(quotations([telling(1, *many)])) <= MOST
    assert quotations([]) == ()
