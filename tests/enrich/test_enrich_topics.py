"""The topics of an article: IPTC Media Topics of the top level, and the words that tell them."""

import tomllib
from importlib.resources import files

import pytest

from octavo.domain.article import Article
from octavo.domain.enrichment import Topic
from octavo.enrich.article import enrich_article
from octavo.enrich.lexicon import lexicon, topic_names

from .samples import FERRY, TEXTS, TinyEmbedder, article, in_language


def topics(one: Article) -> list[Topic]:
    return list(enrich_article(one, TinyEmbedder()).topics)


LANGUAGES = sorted(
    path.name[:-5] for path in files("octavo").joinpath("data/topics").iterdir() if path.name[2:] == ".toml"
)

EXPECTED = {
    "ar": {"06000000", "11000000"},
    "uk": {"04000000", "11000000"},
    "zh": {"13000000"},
    "ja": {"03000000"},
    "tr": {"03000000"},
    "de": {"06000000", "11000000"},
    "fr": {"09000000"},
    "es": {"07000000"},
    "hi": {"11000000"},
}


@pytest.mark.parametrize("language", TEXTS)
def test_every_language_tells_its_topics(language: str) -> None:
    one = in_language(language)
    found = topics(one)
    assert found
    assert found[0].code in EXPECTED[language]


def test_a_strike_is_labour() -> None:
    found = topics(FERRY)
    assert found[0].code == "09000000"
    assert all(0.0 < topic.score <= 1.0 for topic in found)
    assert [topic.score for topic in found] == sorted((topic.score for topic in found), reverse=True)
    assert len([topic for topic in found if topic.code[0] != "2"]) <= 3


def test_the_section_speaks() -> None:
    plain = article("A quiet week", "Nothing much to tell.")
    assert topics(plain) == []
    sport = article("A quiet week", "Nothing much to tell.", section="Football")
    assert [topic.code for topic in topics(sport)] == ["15000000"]
    coded = article("A quiet week", "Nothing much to tell.", section="07000000")
    assert [topic.code for topic in topics(coded)] == ["07000000"]


def test_a_language_without_a_lexicon_has_no_topics() -> None:
    one = article("Watu 18 wanaswa", "Jeshi la Polisi linasema.", "sw")
    assert topics(one) == []
    assert not lexicon("sw").topics


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "codes"])
def test_lexicons_are_sound(language: str) -> None:
    known = lexicon(language)
    codes = {code for listed in (*known.topics.values(), *known.stems.values()) for code in listed}
    assert codes <= set(topic_names())
    assert len(codes) >= 15
    assert known.titles
    assert known.filler
    assert all(len(code) == 2 and code.isupper() for code in known.places.values())
    assert all(len(stem) >= 2 for stem in known.stems), "a stem of one letter would say everything"


def test_the_codes_are_the_seventeen_of_the_top_level() -> None:
    table = tomllib.loads(files("octavo").joinpath("data/topics/codes.toml").read_text("utf-8"))
    assert sorted(table) == [f"{number:02}000000" for number in range(1, 18)]
    assert topic_names()["15000000"] == "sport"


def test_the_headline_says_more_than_a_word_below() -> None:
    text = "Somebody mentioned a hospital, and a museum, and the weather. Nothing more was said of them by anybody."
    one = article("Parliament votes", text)
    assert topics(one)[0].code == "11000000"
