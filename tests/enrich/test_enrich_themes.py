"""Themes: one hashtag in every language; and words that may be labels where a script tells no nouns."""

import tomllib
from importlib.resources import files

import pytest

from octavo.domain.enrichment import Hashtag
from octavo.enrich.article import enrich_article
from octavo.enrich.lexicon import topic_names
from octavo.enrich.nouns import bare_label, label_worth, sure_nouns
from octavo.enrich.themes import find_themes, theme_topics
from octavo.enrich.words import words

from .samples import TinyEmbedder, article

FOLDER = files("octavo").joinpath("data/topics/themes")
LANGUAGES = sorted(path.name[:2] for path in FOLDER.iterdir() if len(path.name) == len("en.toml"))


def tags(headline: str, text: str, language: str) -> dict[str, Hashtag]:
    return {tag.tag: tag for tag in enrich_article(article(headline, text, language), TinyEmbedder()).hashtags}


@pytest.mark.parametrize(
    ("language", "headline", "label"),
    [
        ("en", "Earthquake shakes the islands", "Earthquake"),
        ("fr", "Un séisme secoue les îles", "Séisme"),
        ("de", "Erdbeben erschüttert die Inseln", "Erdbeben"),
        ("es", "Un terremoto sacude las islas", "Terremoto"),
        ("pt", "Terremoto abala as ilhas", "Terremoto"),
        ("it", "Terremoto scuote le isole", "Terremoto"),
        ("ru", "Сильное землетрясение на островах", "Землетрясение"),
        ("uk", "Сильний землетрус на островах", "Землетрус"),
        ("tr", "Adalarda büyük deprem oldu", "Deprem"),
        ("ar", "زلزال قوي يضرب الجزر", "زلزال"),
        ("zh", "强烈地震袭击群岛", "地震"),
        ("ja", "島で大きな地震", "地震"),
    ],
)
def test_a_theme_is_one_tag_with_a_label_in_each_language(language: str, headline: str, label: str) -> None:
    found = tags(headline, "", language)
    assert found["Earthquake"].label == label
    assert found["Earthquake"].key == "theme/Earthquake"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_themes_are_sound(language: str) -> None:
    listed = tomllib.loads(FOLDER.joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    assert set(listed) <= set(theme_topics())
    assert len(listed) > 80
    for words_of in listed.values():
        label, *forms = words_of.split("|")
        assert label
        assert "*" not in label
        assert all(form.strip() == form and len(form.rstrip("*")) > 1 for form in forms)


def test_every_theme_stands_under_a_topic() -> None:
    assert all(codes[0] in topic_names() for codes in theme_topics().values())
    assert all(code[0] == "2" and len(code) == 8 for codes in theme_topics().values() for code in codes[1:])


def test_themes_are_weighed_by_where_and_how_often_they_stand() -> None:
    text = "Strike ends\nThe strike ended. A museum opened. The strike had lasted."
    found = find_themes(text, words(text, "en"), "en", 11)
    assert found["Strike"].count == 3
    assert found["Strike"].headline
    assert found["Strike"].weight > found["Museums"].weight
    assert find_themes(text, words(text, "en"), "sw", 11) == {}


@pytest.mark.parametrize(
    ("language", "text", "word", "noun"),
    [
        ("ar", "يرفع المنتدى إنتاج المنتدى", "يرفع", False),
        ("ar", "يرفع المنتدى إنتاج المنتدى", "المنتدى", True),
        ("ru", "совет решил построить мост", "решил", False),
        ("ru", "совет решил построить мост", "мост", True),
        ("tr", "köprü yapmak gerekiyor", "yapmak", False),
        ("tr", "köprü yapmak gerekiyor", "köprü", True),
        ("de", "sie bauen Brücken", "bauen", False),
        ("ja", "訓練した", "訓練", False),
    ],
)
def test_verbs_make_no_labels(language: str, text: str, word: str, noun: bool) -> None:
    found = words(text, language)
    place = next(index for index, one in enumerate(found) if one.text == word)
    after = found[place + 1] if place + 1 < len(found) else None
    assert (label_worth(found[place : place + 1], after, sure_nouns(found, language), language) > 0.0) is noun


def test_what_arabic_writes_together_with_a_noun_is_no_part_of_the_label() -> None:
    assert bare_label("والاتفاق", "ar") == "الاتفاق"
    assert bare_label("للاتفاق", "ar") == "الاتفاق"
    assert bare_label("كالديرون", "ar") == "كالديرون"
    assert bare_label("and", "en") == "and"
