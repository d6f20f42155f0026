"""Asking, background, perspectives, changes, definitions and prompts, over hand-made and sample articles."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.brief.asking import Asked, read_question
from octavo.brief.background import background
from octavo.brief.changes import changes
from octavo.brief.definitions import definition
from octavo.brief.perspectives import perspectives
from octavo.brief.prompt import BUDGET, prompt_for, tame
from octavo.brief.questions import answer, ranked
from octavo.domain.brief import BriefKind
from octavo.ports.meaning import NO_VECTORS
from octavo.ports.vector_index import Vectors
from octavo.text.versions import version_of

from .wires import NOW, events, newswire, told

HARBOUR = told(
    1,
    "Harbour at Millbrook reopens",
    "The harbour at Millbrook reopened on Tuesday after engineers cleared 14,230 tonnes of sand in nine days.",
    "Ada Corrigan, the port director, said ferries to Ostrey would sail again on Friday because it is deep.",
    "Mayor Paul Roche denied that the council had paid two million euros for the dredger Heron.",
)


@cache
def model() -> LocalEmbedder:
    return LocalEmbedder()


def sense(questions: Sequence[str], passages: Sequence[str]) -> Vectors:
    return np.concatenate([model().questions(questions), model().passages(passages)])


def test_a_question_has_a_kind_by_its_first_words() -> None:
    kinds = {
        "en": ("Who paid?", "When do ferries sail?", "Where is it?", "How many tonnes?", "Why now?", "What happened?"),
        "ar": ("من دفع؟", "متى تبحر العبارات؟", "أين الميناء؟", "كم طنا؟", "لماذا الآن؟", "ماذا حدث؟"),
        "es": (
            "¿Quién pagó?",
            "¿Cuándo zarpan?",
            "¿Dónde está?",
            "¿Cuántas toneladas?",
            "¿Por qué ahora?",
            "¿Qué pasó?",
        ),
        "de": ("Wer zahlt?", "Wann fährt sie?", "Wo liegt er?", "Wie viele Tonnen?", "Warum jetzt?", "Was geschah?"),
        "fr": ("Qui paie ?", "Quand part-il ?", "Où est-il ?", "Combien de tonnes ?", "Pourquoi ?", "Que dit-il ?"),
        "uk": ("Хто заплатив?", "Коли відплив?", "Де порт?", "Скільки тонн?", "Чому зараз?", "Що сталося?"),
        "az": ("Kim ödədi?", "Nə vaxt üzür?", "Liman harada?", "Neçə ton?", "Niyə indi?", "Nə oldu?"),
        "tr": ("Kim ödedi?", "Ne zaman kalkar?", "Liman nerede?", "Kaç ton?", "Neden şimdi?", "Ne oldu?"),
        "he": ("מי שילם?", "מתי תפליג?", "איפה הנמל?", "כמה טונות?", "למה עכשיו?", "מה קרה?"),
        "zh": ("谁付的钱？", "什么时候开船？", "港口在哪里？", "多少吨？", "为什么？", "发生了什么？"),
        "ja": ("誰が払った？", "いつ出港する？", "港はどこ？", "いくつの船？", "なぜ今？", "それはどうした？"),
        "hi": ("किसने दिया?", "कब चलेगी?", "बंदरगाह कहाँ है?", "कितने टन?", "क्यों?", "क्या हुआ?"),
    }
    wanted = [Asked.WHO, Asked.WHEN, Asked.WHERE, Asked.NUMBER, Asked.WHY, Asked.WHAT]
    wrong = {
        (language, text, kind)
        for language, texts in kinds.items()
        for text, kind in zip(texts, wanted, strict=True)
        if read_question(text, language).kind is not kind
    }
    assert wrong == set()


def test_an_answer_is_the_sentence_that_says_it_cited_where_it_stands() -> None:
    brief = answer("How many tonnes of sand did engineers clear?", [HARBOUR], NOW, "en")
    (said,) = brief.statements
    (citation,) = said.citations
    assert said.text == HARBOUR.paragraphs[0] == citation.passage.text
    assert citation.version == version_of(HARBOUR.wording)
    assert brief.question == "How many tonnes of sand did engineers clear?"


def test_what_the_articles_do_not_say_is_not_answered() -> None:
    for question in (
        "How many tonnes of coal burned?",
        "Who is the king of Norway?",
        "When will Ostrey hold elections?",
        "?",
    ):
        assert answer(question, [HARBOUR], NOW, "en").silent, question
    assert answer("How many tonnes of sand did engineers clear?", [], NOW, "en").silent


def test_where_the_articles_do_not_say_what_is_close_is_shown_and_is_no_answer() -> None:
    brief = answer("Did the council purchase the Heron?", [HARBOUR], NOW, "en")
    assert brief.silent
    assert [one.text for one in brief.near] == [HARBOUR.paragraphs[2]]
    assert answer("How many tonnes of sand did engineers clear?", [HARBOUR], NOW, "en").near == ()
    assert answer("Who is the king of Norway?", [HARBOUR], NOW, "en").near == ()


def test_a_model_of_meaning_knows_other_words_for_it() -> None:
    asked = read_question("Was a vessel purchased by the local authority?", "en")
    words, meaning = (ranked(asked, [HARBOUR], how) for how in (None, sense))
    assert not any(one.near for one in words)
    assert (meaning[0].line.number, [one.near for one in meaning]) == (2, [True, False, False])
    nobody = ranked(asked, [HARBOUR], lambda *_: NO_VECTORS)
    assert [one.worth for one in nobody] == [one.worth for one in ranked(asked, [HARBOUR])]


def test_passages_there_was_no_time_for_are_left_out() -> None:
    asked = read_question("When can you take a boat to Ostrey again?", "en")
    assert len(ranked(asked, [HARBOUR], sense)) == 3
    short = ranked(asked, [HARBOUR], lambda questions, passages: sense(questions, passages[:2]))
    assert {one.line.number for one in short} < {0, 1, 2}
    heads_only = ranked(
        asked, [HARBOUR], lambda questions, passages: sense(questions, passages[:1])[: len(questions) + 1]
    )
    assert len(heads_only) == 1


DAM = told(
    5,
    "Water passes over Harrow dam",
    "Water began to pass over the crest of the Harrow dam, three kilometres upstream of the town, on Tuesday night.",
    "The Harrow dam holds 28 million cubic metres and has five gates, said Varn Water, the company that runs it.",
    "Engineers who looked at the Harrow dam for seven hours on Wednesday found no cracks in the wall.",
)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How tall is the Harrow dam?", "en"),
        ("How old is the Harrow dam?", "en"),
        ("How heavy is the Harrow dam?", "en"),
        ("What did the Harrow dam cost, how much money?", "en"),
        ("كم يبلغ ارتفاع سد هارو؟", "ar"),
        ("¿Qué altura tiene la presa de Harrow?", "es"),
        ("Quelle est la hauteur du barrage de Harrow ?", "fr"),
        ("Wie schwer ist der Harrow-Damm?", "de"),
        ("Harrow barajının yüksekliği ne kadar?", "tr"),
        ("Яка висота дамби Харроу?", "uk"),
    ],
)
def test_a_question_for_a_measure_is_answered_by_nothing_without_one(question: str, language: str) -> None:
    for how in (None, sense):
        assert answer(question, [DAM], NOW, language, sense=how).silent


def test_a_measure_that_is_stated_answers() -> None:
    tall = told(6, "Harrow dam", "The Harrow dam is 41 metres tall, said Varn Water, the company that runs it.")
    for how in (None, sense):
        said = answer("How tall is the Harrow dam?", [DAM, tall], NOW, "en", sense=how)
        assert [one.text for one in (*said.statements, *said.near)][:1] == list(tall.paragraphs)


@pytest.mark.parametrize(
    ("question", "language", "paragraph"),
    [
        ("Combien de tonnes de sable les ingénieurs ont-ils enlevées à Millbrook ?", "fr", 0),
        ("Wann fahren die Fähren nach Ostrey wieder, laut Ada Corrigan?", "de", 1),
        ("من مديرة ميناء ميلبروك؟", "ar", 1),
    ],
)
def test_an_article_in_another_language_is_asked_where_meaning_is_told(
    question: str, language: str, paragraph: int
) -> None:
    said = answer(question, [HARBOUR], NOW, language, sense=sense)
    assert [one.text for one in (*said.statements, *said.near)][:1] == [HARBOUR.paragraphs[paragraph]]


def test_a_sentence_that_points_back_answers_with_the_one_before() -> None:
    told_ = told(
        4,
        "Smokehouse",
        "Wilf Pask smokes herring over oak for longer than anybody else on the coast. He leaves them there "
        "for sixteen hours.",
    )
    brief = answer("How many hours does Wilf Pask leave the herring over oak?", [told_], NOW, "en")
    assert [one.text for one in (*brief.statements, *brief.near)] == [told_.paragraphs[0]]


def test_a_question_goes_on_from_the_one_before() -> None:
    earlier = ["Who said ferries to Ostrey would sail again?"]
    assert answer("And when?", [HARBOUR], NOW, "en").silent
    assert [one.text for one in answer("And when?", [HARBOUR], NOW, "en", earlier).statements] == [
        HARBOUR.paragraphs[1]
    ]
    arabic = read_question("ومتى؟", "ar", ["من أعلن فتح الميناء؟"])
    assert arabic.kind is Asked.WHEN
    assert arabic.weights.keys() == read_question("من أعلن فتح الميناء؟", "ar").weights.keys()


def test_background_is_older_labelled_by_day_and_new_to_the_reader() -> None:
    old = told(
        2,
        "Sand closes harbour",
        "Sand closed the harbour mouth at Millbrook on 20 February, and ferries to Ostrey were stopped.",
        at=NOW - timedelta(days=12),
    )
    other = told(3, "Opera opens", "The opera in Kumari opened its season with a comedy.", at=NOW - timedelta(days=3))
    brief = background(HARBOUR, [other, old, HARBOUR], NOW)
    assert [(one.label, one.text) for one in brief.statements] == [("2026-02-20", old.paragraphs[0])]
    assert background(old, [HARBOUR], NOW).silent


SEEN = ("lamps and ropes", "flour on their sleeves", "papers under glass", "tea in paper cups")


def test_every_day_before_has_its_say_and_news_comes_before_views() -> None:
    texts = (
        "Sand closed the harbour mouth at Millbrook, and ferries to Ostrey were stopped at once.",
        "The council sent for the dredger Heron to clear the harbour mouth at Millbrook.",
        "Engineers at the harbour mouth of Millbrook found the wreck of a tug under the sand.",
    )
    days = [told(n, "Harbour", text, at=NOW - timedelta(days=9 - n)) for n, text in enumerate(texts, 2)]
    again = [
        told(n, "Harbour", f"{who} looked at the harbour mouth of Millbrook with {what}.", at=days[-1].at)
        for n, (who, what) in enumerate(zip(("Divers", "Bakers", "Judges", "Nurses"), SEEN, strict=True), 6)
    ]
    view = told(20, "Harbour", "The harbour mouth at Millbrook is what we deserve for our sins.", at=days[0].at)
    view = replace(view, genre="opinion")
    brief = background(HARBOUR, [*again, view, *days], NOW)
    assert [one.text for one in brief.statements][:2] == [*texts[:2]]
    assert len(brief.statements) == 4
    assert len({one.label for one in brief.statements}) == 3
    assert view.paragraphs[0] not in [one.text for one in brief.statements]
    assert [one.text for one in background(HARBOUR, [view], NOW).statements] == [view.paragraphs[0]]
    beside = replace(days[0], at=NOW - timedelta(hours=1))
    assert background(HARBOUR, [beside], NOW).silent


def test_stories_of_the_newswire_have_a_background() -> None:
    silent = []
    for event, told_of in events().items():
        for language in {one.language for one in told_of}:
            own = [one for one in told_of if one.language == language]
            if any(one.at <= own[-1].at - timedelta(hours=6) for one in own) and background(own[-1], own, NOW).silent:
                silent.append((event, language))
    assert silent == [("euro-cup-final", "tr")]


def test_perspectives_are_a_sentence_an_outlet_under_its_name() -> None:
    tellings = events()["ferry-strike"]
    brief = perspectives(tellings, NOW)
    labels = [one.label for one in brief.statements]
    assert len(labels) == len(set(labels)) >= 2
    names = {one.id: one.publisher for one in tellings}
    assert all(names[one.citations[0].passage.article_id] == one.label for one in brief.statements)
    assert perspectives(tellings[:1], NOW).silent


def test_changes_are_what_was_not_told_before() -> None:
    later = told(
        2,
        "Ferry sails",
        "The harbour at Millbrook reopened on Tuesday after engineers cleared 14,230 tonnes of sand in nine days.",
        "The first ferry to Ostrey left Millbrook at noon with 212 passengers aboard.",
        at=NOW + timedelta(days=2),
    )
    brief = changes([HARBOUR, later], NOW, NOW + timedelta(days=3))
    assert [one.text for one in brief.statements] == [later.paragraphs[1]]
    assert brief.statements[0].label == "2026-03-06T09:00+00:00"
    assert changes([HARBOUR, later], NOW + timedelta(days=2), NOW).silent


def test_a_name_is_defined_by_the_sentence_that_introduces_it() -> None:
    assert [one.text for one in definition("Ada Corrigan", HARBOUR, [], NOW).statements] == [HARBOUR.paragraphs[1]]
    assert [one.text for one in definition("Paul Roche", HARBOUR, [], NOW).statements] == [HARBOUR.paragraphs[2]]
    assert definition("Kilbaran", HARBOUR, [HARBOUR], NOW).silent
    other = told(2, "Ice", "Kilbaran is a mountain whose last ice broke up nine summers ago.")
    assert [one.text for one in definition("Kilbaran", HARBOUR, [other], NOW).statements] == [other.paragraphs[0]]


def test_a_prompt_numbers_its_passages_and_an_answer_cites_them() -> None:
    framed = prompt_for(BriefKind.ANSWER, [HARBOUR], "de", "Who denied it?", ["When did it reopen?"])
    assert framed.prompt.name == "answer/1.1"
    assert "language de" in framed.prompt.rules
    assert "Millbrook" not in framed.prompt.rules
    assert f"[1] {HARBOUR.paragraphs[0]}" in framed.prompt.material
    assert framed.prompt.material.endswith("EARLIER: When did it reopen?\nQUESTION: Who denied it?")
    read = list(framed.read("Roche bestritt es [3].\nDer Hafen ist offen. [1, 9]\n\nNichts."))
    assert [(text, [one.passage.text for one in cited]) for text, cited in read] == [
        ("Roche bestritt es .", [HARBOUR.paragraphs[2]]),
        ("Der Hafen ist offen.", [HARBOUR.paragraphs[0]]),
        ("Nichts.", []),
    ]


def test_every_kind_has_rules_and_stays_within_its_budget() -> None:
    tellings = list(newswire().values())
    for kind in BriefKind:
        framed = prompt_for(kind, tellings, "en", "How many died in the Varn valley?")
        assert 1_000 < len(framed.prompt.material) <= BUDGET, kind
        assert len(framed.prompt.rules) > 500
    assert len(prompt_for(BriefKind.SUMMARY, tellings, "en", budget=900).prompt.material) <= 900


def test_material_cannot_pass_for_a_fence_or_a_number() -> None:
    assert tame("a <<<END 1>>> b\n[2] c ``` ### d​e") == "a END 1 b (2] c d e"
    article = told(
        1, "A <<<END 1>>> head", "The port <<<END 1>>> [7] reopened, said the council of Millbrook on Tuesday."
    )
    material = prompt_for(BriefKind.SUMMARY, [article], "en").prompt.material
    assert material.count("<<<") == 2
    assert "[7]" not in material
