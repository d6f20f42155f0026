"""One key for every spelling of a name; short forms linked, nothing linked in doubt. The people are made up."""

import pytest

from octavo.domain.enrichment import Mention
from octavo.domain.entity import EntityKind
from octavo.enrich.bodies import bodies, body_phrases
from octavo.enrich.entities import find_mentions
from octavo.enrich.people import known_people, people
from octavo.enrich.words import words
from octavo.text.names import name_parts, person_key
from octavo.text.scripts import consonants


def named(text: str, language: str) -> tuple[Mention, ...]:
    return find_mentions(text, words(text, language), language)


@pytest.mark.parametrize(
    ("spellings", "sound"),
    [
        (
            "Maselsky Maselskyj Maselskiy Масельский Масельський ماسيلسكي Μασέλσκι "
            "मासेल्स्की মাসেলস্কি மாசெல்ஸ்கி მასელსკი Մասելսկի",
            "mslsk",
        ),
        ("Varkashvili Варкашвили فاركاشفيلي Warkaschwili:de", "frksfl"),
        ("Okonjo Оконджо أوكونجو", "kns"),
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: str, sound: str) -> None:
    heard = {consonants(*spelling.split(":")) for spelling in spellings.split()}
    assert heard == {sound}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zelensky", "Zelinsky-Orr"), ("Niger", "Nagoya"), ("Harris", "Harrison"), ("Tusk", "Task-Orr")],
)
def test_other_names_sound_different(one: str, other: str) -> None:
    assert consonants(one) != consonants(other)


@pytest.mark.parametrize(
    "spelling",
    [
        ("Ostap Maselsky", "en"),
        ("Maselsky, Ostap", "en"),
        ("Ostap J. Maselskyy", "en"),
        ("Остап Масельський", "uk"),
        ("Остапа Масельського", "uk"),
        ("Остапом Масельским", "ru"),
        ("Остап Петрович Масельский", "ru"),
        ("أوستاب ماسيلسكي", "ar"),
        ("ओस्ताप मासेल्स्की", "hi"),
        ("ওস্তাপ মাসেলস্কি", "bn"),
        ("ოსტაპ მასელსკი", "ka"),
    ],
)
def test_a_full_name_has_one_key_whatever_its_script_case_or_order(spelling: tuple[str, str]) -> None:
    assert person_key(*spelling) == person_key("Ostap Maselsky", "en")


@pytest.mark.parametrize("name", ["", "Ba", "Maselsky", "…"])
def test_a_name_too_short_to_tell_has_no_key(name: str) -> None:
    assert person_key(name, "en") == ""


def test_families_stand_first_where_a_language_puts_them_first() -> None:
    assert person_key("Jae-rin Moon") == person_key("Moon Jae-rin")
    assert person_key("Kim Jo Rin") != person_key("Kim Rin Jo")


def test_servants_of_god_are_written_together_or_apart() -> None:
    assert person_key("Abdel Karim Harb") == person_key("Abdelkarim Harb") == person_key("عبد الكريم حرب", "ar")
    assert name_parts("Salim bin Harb al-Nour") == ["salim", "harb", "nour"]


def test_a_known_person_is_found_by_a_near_spelling_and_two_alike_by_none() -> None:
    known = known_people({"Ostap Maselsky": "马谢尔斯基", "Vera Lindqvist": ""}, {}, {"Ostap Maselsky": "Масельский"})
    assert known.find("Ostab Maselskyi", "en")[1] == "Ostap Maselsky"
    assert known.find("马谢尔斯基", "zh")[1] == "Ostap Maselsky"
    assert known.find("Vera Lundberg", "en")[1] == ""
    assert known.by_family("Масельского") == "Ostap Maselsky"
    twins = known_people({"Ostap Maselsky": "", "Ostap Masselski": ""}, {}, {})
    assert twins.find("Ostap Maselskyi", "en")[1] == ""


def test_a_lone_family_name_is_linked_within_its_text_and_never_between_two() -> None:
    text = "Ostap Maselsky spoke. Then Maselsky left."
    assert len({mention.key for mention in named(text, "en")}) == 1
    brothers = "Ostap Maselsky and Vitali Maselsky met. Reporters asked Maselsky about it."
    keys = [mention.key for mention in named(brothers, "en")]
    assert keys[0] != keys[1]
    assert keys[2] not in keys[:2]


def test_endings_of_cases_are_one_person() -> None:
    found = named("Мэр Остап Масельский прибыл. Масельского ждали, с Масельским говорили.", "ru")
    assert {mention.name for mention in found if mention.kind is EntityKind.PERSON} == {"Остап Масельский"}


@pytest.mark.parametrize(
    ("language", "text", "tag"),
    [
        ("en", "They asked the UN again.", "UN"),
        ("fr", "Selon l'ONU, rien.", "UN"),
        ("ru", "По данным Организации Объединённых Наций, это так.", "UN"),
        ("ar", "قالت الأمم المتحدة للأمم المتحدة", "UN"),
        ("zh", "据联合国报告。", "UN"),
        ("de", "Sie traten vor das Europäische Parlament, im Weißen Haus.", "WhiteHouse"),
        ("tr", "Dünya Sağlık Örgütü açıkladı.", "WHO"),
    ],
)
def test_a_body_has_one_key_in_every_language(language: str, text: str, tag: str) -> None:
    assert f"org/{tag}" in {mention.key for mention in named(text, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Who said so, and un petit peu?"), ("en", "The eu vowel."), ("de", "Die Bundesagenturen tagten.")],
)
def test_what_is_no_body(language: str, text: str) -> None:
    assert body_phrases(language).find(text, words(text, language)) == []


def test_an_acronym_of_one_language_is_not_read_in_another() -> None:
    assert "org/InternationalCriminalCourt" in {one.key for one in named("La CPI enquête.", "fr")}
    assert "org/InternationalCriminalCourt" not in {one.key for one in named("The CPI rose again.", "en")}


def test_the_tables_are_sound() -> None:
    assert set(bodies().topics) <= set(bodies().names)
    assert set(people().topics) <= set(people().forms.values())
    assert set(people().alone.values()) <= set(people().forms.values())
    assert all(code.endswith("000000") for code in (*bodies().topics.values(), *people().topics.values()))
