"""Interviews: what the interviewer says is never chosen, and what is answered is said to be the answerer's."""

from octavo.brief.lines import lines
from octavo.brief.questions import answer
from octavo.brief.summary import article_summary
from octavo.brief.turns import turns

from .wires import NOW, newswire, told

PEOPLE = (("person", "Ada Roche"),)
INTRODUCTION = "Ada Roche has run the harbour at Millbrook for nine years. We met her on the quay in the rain."
REMARK = "Some fishermen say that the harbour mouth is theirs and not the council’s."
TALK = (
    "Was the harbour mouth ever as full of sand as it is now?",
    "Not in my time. I have seen the harbour mouth close twice, and both times we had it open within the week.",
    REMARK,
    "They are half right. The fishermen dug the first harbour mouth by hand, and I keep the spade in my office still.",
    "And who pays for the dredger?",
    "I do not know yet. We have asked the council for two million, and it has given us a form to fill in.",
    "What keeps you awake?",
    "The next storm. I cannot put a buoy in front of a wave, and nobody should think that we have solved it.",
)


def asked_of(*paragraphs: str, **more: str) -> set[int]:
    return {number for number, turn in turns(told(1, "", *paragraphs, **more)).items() if turn.asks}


def test_an_interviewers_remark_is_no_point_and_answers_are_attributed() -> None:
    telling = told(1, "Ada Roche: the harbour mouth", INTRODUCTION, *TALK, names=PEOPLE)
    assert asked_of(INTRODUCTION, *TALK) == {1, 3, 5, 7}
    said = article_summary(telling, NOW).statements
    answers = [one for one in said if one.citations[0].passage.part]
    assert [one.label for one in said if not one.citations[0].passage.part] == [""]
    assert len(answers) == 2
    assert all(one.label == "Ada Roche" and one.citations[0].passage.part in {2, 4, 6, 8} for one in answers)
    assert not any(one.shown for one in lines(telling) if one.passage.text == REMARK)
    found = answer("What do some fishermen say of the harbour mouth?", [telling], NOW, "en")
    assert REMARK not in [one.text for one in (*found.statements, *found.near)]


def test_turns_are_told_by_labels_and_by_dashes_too() -> None:
    labelled = [f"{'QA'[place % 2]}: {text}" for place, text in enumerate(TALK)]
    assert asked_of(*labelled) == {0, 2, 4, 6}
    named = [f"{('Outlet', 'Ada Roche')[place % 2]}: {text}" for place, text in enumerate(TALK)]
    assert {turn.speaker for turn in turns(told(1, "", *named)).values() if not turn.asks} == {"Ada Roche"}
    dashed = [f"— {text}" for text in TALK]
    assert asked_of(INTRODUCTION, *dashed) == {1, 3, 5, 7}


def test_answers_are_not_chosen_where_nobody_knows_whose_they_are() -> None:
    said = article_summary(told(1, "", INTRODUCTION, *TALK), NOW).statements
    assert {one.citations[0].passage.part for one in said} == {0}


def test_an_outlets_answers_to_its_own_questions_are_its_own() -> None:
    explained = (
        "What happened to the harbour?",
        "Sand closed the harbour mouth on Sunday. “I saw it,” said a man on the quay.",
        "Who pays for the dredger?",
        "The council pays two million, which it borrows.",
        "When do ferries sail again?",
        "Ferries sail again on Friday, if the weather holds until then.",
    )
    assert turns(told(1, "", *explained)) == {}
    column = ("Have we been here before?", "We have, and I have written of it.", "It was worse then.", "Who will say?")
    assert turns(told(1, "", *column)) == {}


def test_interviews_of_the_newswire_say_what_is_answered() -> None:
    found = {name: asked_of(*one.paragraphs, language=one.language) for name, one in newswire().items()}
    assert {name for name, asked in found.items() if asked} == {
        "alpenkurier/interview-gewerkschaft",
        "el-faro-diario/entrevista-ines-calderon",
        "lakeside-courier/crossing-guard-interview",
        "sada-al-sahil/hiwar-huda-al-mansouri",
        "vechirnii-bereh/likarnia-na-heneratorakh",
    }
    huda = article_summary(newswire()["sada-al-sahil/hiwar-huda-al-mansouri"], NOW).statements
    assert not any("يقول بعض الصيادين" in one.text for one in huda)
    assert [one.label for one in huda] == ["", "هدى المنصوري-رييس", "هدى المنصوري-رييس"]


def test_who_answers_says_i_in_twelve_languages() -> None:
    asked = {
        "en": ("Why?", "I saw it on the quay."),
        "ar": ("لماذا؟", "أنا رأيت ذلك على الرصيف."),
        "es": ("¿Por qué?", "Me lo dijeron en el muelle."),
        "de": ("Warum?", "Ich habe es am Kai gesehen."),
        "fr": ("Pourquoi ?", "Je l’ai vu sur le quai."),
        "uk": ("Чому?", "Я бачила це на причалі."),
        "az": ("Niyə?", "Mən bunu limanda gördüm."),
        "tr": ("Neden?", "Ben bunu limanda gördüm."),
        "he": ("למה?", "אני ראיתי את זה ברציף."),
        "zh": ("为什么？", "我在码头看到了。"),
        "ja": ("なぜ？", "私は埠頭で見ました。"),
        "hi": ("क्यों?", "मैंने यह घाट पर देखा।"),
    }
    assert [one for one, pair in asked.items() if asked_of(*pair * 3, language=one) != {0, 2, 4}] == []
