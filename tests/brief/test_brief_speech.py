"""What is said aloud: of an article, of the Eight, of a table; nothing that does not stand there. All is fictional."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from octavo.brief.speech import Frame, Told, article_lines, block_lines, edition_lines, ended, pieces, sayable
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.speech import Script

ARTICLE = Article(
    id=ArticleId(7),
    url="https://harbour.example/ledger",
    publisher_id=PublisherId("harbour"),
    headline="Tide ledger found",
    language="en",
    first_seen_at=datetime(2026, 3, 1, tzinfo=UTC),
    standfirst="It lists every ship.",
    blocks=(
        Block(BlockKind.PARAGRAPH, "The ledger was wet. See https://harbour.example/scan for a scan."),
        Block(BlockKind.FIGURE, "A quay at dusk", url="https://harbour.example/quay.jpg", credit="A. Quill"),
        Block(BlockKind.SUBHEAD, "What comes next", level=2),
        Block(BlockKind.LIST, items=("Drying", "Copying")),
        Block(BlockKind.EMBED, "A post", url="https://posts.example/1"),
        Block(BlockKind.CODE, "print('tide')"),
        Block(BlockKind.QUOTE, "It smelled of salt."),
        Block(BlockKind.TABLE, rows=(("Port", "Ships", "Crew"), ("Varn", "12", "140"), ("Kalden", "–", "9"))),
    ),
)
FRAME = Frame("en", "Varn, Monday: the Eight.", "That was the Eight.", "The Eight")
TOLD = Told("Tide ledger found", "en", ArticleId(7), (("The ledger was wet.", ArticleId(7), "en"),), "Reported by A.")


def test_an_article_is_said_from_its_headline_on() -> None:
    lines = article_lines(ARTICLE, "The Harbour Example", "Monday, 1 March 2026")
    assert [one.text for one in lines] == [
        "Tide ledger found.",
        "The Harbour Example, Monday, 1 March 2026.",
        "It lists every ship.",
        "The ledger was wet.",
        "See for a scan.",
        "What comes next.",
        "Drying.",
        "Copying.",
        "It smelled of salt.",
        "Varn: Ships 12, Crew 140.",
        "Kalden: Crew 9.",
    ]
    assert {(one.language, one.article_id) for one in lines} == {("en", ArticleId(7))}
    assert [one.chapter for one in lines if one.chapter] == ["Tide ledger found"]


def test_nothing_is_said_of_an_article_but_what_is_given_of_it() -> None:
    bare = replace(ARTICLE, standfirst="", blocks=())
    assert [one.text for one in article_lines(bare, "Harbour", "")] == ["Tide ledger found.", "Harbour."]


def test_a_table_without_a_head_is_read_row_by_row() -> None:
    rows = (("Varn", "12"), ("Kalden", "9"))
    assert [*block_lines(Block(BlockKind.TABLE, rows=rows))] == ["Varn: 12", "Kalden: 9"]
    long = Block(BlockKind.TABLE, rows=(("Port", "Ships"), *(("Varn", str(number)) for number in range(99))))
    assert len([*block_lines(long)]) == 20
    assert [*block_lines(Block(BlockKind.TABLE, rows=((), ("",), ("–", "—"))))] == ["–"]


def test_a_briefing_tells_each_story_and_who_reports_it() -> None:
    other = Told("غرق سجل", "ar", ArticleId(9), (("عُثر على السجل.", ArticleId(9), "ar"),), "Reported by B.")
    lines = edition_lines([TOLD, other], FRAME)
    assert [(one.language, one.text, one.quoted) for one in lines] == [
        ("en", "Varn, Monday: the Eight.", False),
        ("en", "Tide ledger found.", False),
        ("en", "The ledger was wet.", True),
        ("en", "Reported by A.", False),
        ("ar", "غرق سجل.", False),
        ("ar", "عُثر على السجل.", True),
        ("en", "Reported by B.", False),
        ("en", "That was the Eight.", False),
    ]
    assert [one.chapter for one in lines if one.chapter] == ["The Eight", "Tide ledger found", "غرق سجل"]
    assert Script("", "en", lines).articles == (ArticleId(7), ArticleId(9))


def test_without_a_story_nothing_is_said() -> None:
    assert edition_lines([], FRAME) == ()


def test_what_is_quoted_stays_byte_for_byte() -> None:
    odd = "The  ledger — “wet”; https://harbour.example — was\u00a0found."
    said = edition_lines([replace(TOLD, sentences=((odd, ArticleId(7), "en"),))], FRAME)
    assert [one.text for one in said if one.quoted] == [odd]


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Tide ledger found", "en", "Tide ledger found."),
        ("Who found it?", "en", "Who found it?"),
        ("He said “no.”", "en", "He said “no.”"),
        ("潮位記録を発見", "ja", "潮位記録を発見。"),
        ("ज्वार की बही मिली", "hi", "ज्वार की बही मिली।"),
        ("", "en", ""),
    ],
)
def test_a_headline_ends_as_a_sentence_does(text: str, language: str, said: str) -> None:
    assert ended(text, language) == said


@pytest.mark.parametrize("sentence", ["word, " * 400, "x" * 1500, "ab cd " * 300, "潮位記録、" * 300])
def test_a_long_sentence_is_cut_and_nothing_of_it_is_lost(sentence: str) -> None:
    cut = [*pieces(sentence, 200)]
    assert max(map(len, cut)) <= 200
    assert "".join(cut).replace(" ", "") == sentence.replace(" ", "")


def test_nobody_reads_addresses_aloud() -> None:
    assert sayable("Read\n it at www.harbour.example  today.") == "Read it at today."
