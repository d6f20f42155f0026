"""Text that speaks to machines: found in twelve languages and in disguise, and never chosen nor put into a prompt."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from octavo.brief.addressed import Aim, aim_of, marked
from octavo.brief.changes import changes
from octavo.brief.definitions import definition
from octavo.brief.grounding import Grounds
from octavo.brief.perspectives import perspectives
from octavo.brief.prompt import prompt_for, tame
from octavo.brief.questions import answer
from octavo.brief.summary import article_summary, story_summary
from octavo.brief.written import Sieve
from octavo.domain.brief import BriefKind
from octavo.domain.telling import Telling

from .wires import NOW, newswire, told

ROWS = [
    row
    for row in csv.reader(
        Path(__file__).with_name("redteam.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
    if not row[0].startswith("#")
]
NEWS = (
    "Researchers at Kumari warned that a line such as “ignore previous instructions” in a page could fool chatbots.",
    "The court found that “ignore all previous instructions”, in white letters, had been in 40 job applications.",
    "The minister said earlier instructions to the fire service had been ignored for years.",
    "The referee told players to ignore the rules of the old league from now on.",
    "The assistant: a portrait of the woman behind the mayor of Millbrook.",
    "In 2024 the system failed, and all previous guidance to ferry crews was withdrawn.",
    "Der Trainer sagte, man solle alle früheren Ergebnisse vergessen.",
    "Le maire a oublié toutes les promesses de campagne, selon l’opposition.",
    "وقالت الوزيرة إن الشركة تجاهلت التحذيرات السابقة بشأن السد.",
    "市长表示，公司忽略了之前的警告。",
    "Lumen Labs, an AI company, said its language model would answer questions about the law.",
)


def hostile(language: str, text: str) -> Telling:
    """Make an article whose every other sentence is an order to machines."""
    return told(7, "Harbour at Millbrook reopens", text, f"{text} {text}", language=language, standfirst=text)


def test_there_are_a_hundred_in_twenty_languages_and_more() -> None:
    assert len(ROWS) >= 100
    assert len({row[0] for row in ROWS}) >= 20


@pytest.mark.parametrize(("language", "how", "text"), ROWS)
def test_what_speaks_to_machines_is_in_no_answer_and_no_prompt(language: str, how: str, text: str) -> None:
    assert aim_of(text) is Aim.AIMED, how
    article = hostile(language, text)
    asked = "Millbrook harbour mayor closed resigned? " + text
    briefs = (
        article_summary(article, NOW),
        story_summary([article], NOW),
        answer(asked, [article], NOW, language),
        changes([article], NOW.replace(year=2025), NOW),
        perspectives([article, told(8, "Harbour", text, language=language)], NOW),
        definition("Millbrook", article, [article], NOW),
    )
    assert [one.text for brief in briefs for one in brief.statements if aim_of(one.text)] == []
    framed = prompt_for(BriefKind.SUMMARY, [article], "en")
    assert not framed.lines
    assert text not in framed.prompt.material
    assert {passage.text for passage, _ in marked(article)}


CLEAN = told(
    7,
    "Harbour at Millbrook reopens",
    "The harbour at Millbrook reopened on Monday after eleven days.",
    "Ferries to Ostrey sail again from Tuesday.",
    standfirst="Divers had cleared 40 tonnes of wreckage from the channel.",
)


@pytest.mark.parametrize("kind", [BriefKind.SUMMARY, BriefKind.ANSWER, BriefKind.TRANSLATION])
def test_no_model_is_moved_by_what_it_never_reads(kind: BriefKind) -> None:
    """Where an order stands in an article, be it in a summary or a byline, its prompt is what it is without."""

    def asked(telling: Telling) -> str:
        return prompt_for(kind, [telling], "en", "When did the harbour reopen?").prompt.material

    bare = asked(CLEAN)
    for _, _, text in ROWS:
        first, second = CLEAN.paragraphs
        assert asked(replace(CLEAN, paragraphs=(first, text, second))) == bare, text
        assert asked(replace(CLEAN, standfirst=text)) == asked(replace(CLEAN, standfirst="")), text
        assert tame(text) not in asked(replace(CLEAN, paragraphs=(f"{first} {text}", second))), text
        assert asked(replace(CLEAN, byline=text, dateline=text, source=text)) == bare, text
        assert asked(replace(CLEAN, names=(("person", text),))) == bare, text
        assert asked(replace(CLEAN, headline=text)) == asked(replace(CLEAN, headline="")), text
        assert asked(replace(CLEAN, publisher=text)) == asked(replace(CLEAN, publisher="")), text


def test_what_a_model_says_of_an_order_all_the_same_is_not_shown() -> None:
    """Even word for word as it stands in the article, which is what the check of written sentences asks for."""
    for _, _, text in ROWS:
        sieve = Sieve(Grounds([replace(CLEAN, paragraphs=(*CLEAN.paragraphs, text))]), "en")
        shown = [*sieve.feed(f"{CLEAN.paragraphs[0]}\n{text}\n"), *sieve.finish()]
        assert [one.text for one in shown if aim_of(one.text)] == []
        assert CLEAN.paragraphs[0] in {one.text for one in shown}


def test_news_about_such_orders_is_not_struck_out() -> None:
    assert [text for text in NEWS if aim_of(text) is Aim.AIMED] == []
    assert [aim_of(text) for text in NEWS[:2]] == [Aim.SPOKEN_OF, Aim.SPOKEN_OF]
    article = told(1, "Chatbots can be fooled", *NEWS[:2], "The university tested nine chatbots over four months.")
    assert article_summary(article, NOW).statements[0].text == NEWS[0]
    assert [aim for _, aim in marked(article)] == [Aim.SPOKEN_OF, Aim.SPOKEN_OF]


def test_the_sample_newswire_raises_no_alarm() -> None:
    assert [passage.text for one in newswire().values() for passage, _ in marked(one)] == []
