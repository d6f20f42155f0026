"""Hashtags and keyphrases: the labels an editor would choose."""

import re

import pytest

from octavo.domain.enrichment import Hashtag
from octavo.enrich.article import enrich_article
from octavo.enrich.hashtags import make_tag
from octavo.enrich.keyphrases import keyphrases
from octavo.enrich.words import words

from .samples import FERRY, TEXTS, TinyEmbedder, article, in_language


def tags(headline: str, text: str, language: str = "en", **more: object) -> tuple[Hashtag, ...]:
    return enrich_article(article(headline, text, language, **more), TinyEmbedder()).hashtags


def test_a_report_is_labelled_by_its_names_and_its_theme() -> None:
    labels = [tag.label for tag in enrich_article(FERRY, TinyEmbedder()).hashtags]
    assert {"PortSelwyn", "BlueStraitLines", "MartaOyelaran"} <= set(labels)
    assert {"PayDeal", "Strike"} & set(labels)
    assert not {"Tuesday", "Said", "Wednesday", "End", "Crews"} & set(labels[:4])


@pytest.mark.parametrize("language", TEXTS)
def test_labels_are_few_distinct_ranked_and_well_formed(language: str) -> None:
    found = enrich_article(in_language(language), TinyEmbedder()).hashtags
    assert 3 <= len(found) <= 8
    assert len({tag.tag.lower() for tag in found}) == len(found)
    assert [tag.score for tag in found] == sorted((tag.score for tag in found), reverse=True)
    assert all(0.0 < tag.score <= 1.0 for tag in found)
    for tag in found:
        for shape in (tag.tag, tag.label):
            assert re.fullmatch(r"\w+|[\w\u0900-\u097f]+", shape), shape
            assert not shape.startswith("_")
            assert any(map(str.isalpha, shape))


@pytest.mark.parametrize(
    ("phrase", "tag"),
    [
        ("central bank", "CentralBank"),
        ("OPEC+", "OPEC"),
        ("Ada Corrigan’s", "AdaCorrigan"),
        ("RV-7", "RV7"),
        ("état-major", "ÉtatMajor"),
        ("وزارة الدفاع", "وزارة_الدفاع"),
        ("من يُطعم", "من_يطعم"),
        ("东京", "东京"),
        ("київський міст", "КиївськийМіст"),
        ("2026", ""),
        ("—", ""),
        ("", ""),
    ],
)
def test_a_phrase_becomes_a_tag(phrase: str, tag: str) -> None:
    assert make_tag(phrase) == tag


def test_decomposed_letters_give_the_same_tag() -> None:
    assert make_tag("Beyonce\u0301") == make_tag("Beyoncé") == "Beyoncé"


def test_a_place_has_one_tag_and_a_local_label() -> None:
    text = "In Deutschland regnet es. Der Regen in Deutschland bleibt, und Deutschland friert."
    german = {tag.tag: tag.label for tag in tags("Regen in Deutschland", text, "de")}
    assert german["Germany"] == "Deutschland"
    english = {
        tag.tag: tag.label for tag in tags("Rain in Germany", "Rain fell in Germany again. Germany waits.", "en")
    }
    assert english["Germany"] == "Germany"


def test_outlets_are_no_labels() -> None:
    text = (
        "Meridian said the reef came back. Meridian asked the institute. The reef is in the lagoon, Meridian reports."
    )
    given = {tag.label for tag in tags("Reef comes back to lagoon", text, source="Meridian")}
    assert "Meridian" not in given
    named = {tag.label for tag in tags("Reef comes back to lagoon", text, url="https://www.meridian.example/a")}
    assert "Meridian" not in named


def test_another_form_of_a_place_is_left_out() -> None:
    text = "En Ukraine, les ukrainiennes attendent. Des ukrainiennes, ces ukrainiennes. L'Ukraine espère."
    labels = {tag.label for tag in tags("Ukraine : une attente", text, "fr")}
    assert "Ukraine" in labels
    assert "Ukrainiennes" not in labels


def test_the_publishers_keyword_counts_when_the_text_has_it() -> None:
    text = "The old mill by the river is a home now. Forty people live in the mill. The river is near the mill."
    without = {tag.label for tag in tags("Mill becomes homes", text)}
    given = {tag.label for tag in tags("Mill becomes homes", text, keywords=("river", "submarines"))}
    assert "River" in given
    assert "Submarines" not in given | without


@pytest.mark.parametrize(("headline", "text"), [("", ""), ("2026", "7 8 9"), ("🦉", "🦉🦉"), ("…", "—")])
def test_nothing_is_labelled_by_nothing(headline: str, text: str) -> None:
    assert tags(headline, text) == ()


def phrases(text: str, language: str = "en") -> list[str]:
    found = words(text, language)
    listed = keyphrases(text, found, language, headline_end=text.index("\n"), filler=frozenset())
    return [phrase.key for phrase in listed]


def test_what_recurs_and_is_rare_comes_first() -> None:
    text = "Coral returns\nThe coral grew. People saw the coral in the lagoon, and people said the lagoon was blue."
    ranked = [phrase for phrase in phrases(text) if " " not in phrase]
    assert ranked[:2] == ["coral", "lagoon"]
    assert not {"people", "said", "the"} & set(ranked)


def test_a_verb_makes_a_poor_label() -> None:
    ranked = phrases(
        "Court to disclose sources\nThe court will disclose the sources. Courts disclose the sources often."
    )
    assert ranked.index("sources") < ranked.index("disclose")


def test_phrases_do_not_cross_punctuation() -> None:
    ranked = phrases("Storm\nThe storm, coral. The storm, coral. The storm, coral.")
    assert "storm coral" not in ranked


def test_small_words_of_japanese_are_no_phrases() -> None:
    assert "して" not in phrases("訓練\n訓練をして、訓練をしている。", "ja")
