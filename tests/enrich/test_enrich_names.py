"""Who and what a text names: persons, organisations, places, at the right offsets."""

from collections.abc import Sequence

import pytest

from octavo.domain.enrichment import EntityKind, Mention
from octavo.enrich.entities import find_mentions, ranked_names
from octavo.enrich.words import words

from .samples import FERRY, TEXTS

PERSON, BODY, PLACE, OTHER = EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.OTHER


def named(text: str, language: str, keywords: Sequence[str] = ()) -> tuple[Mention, ...]:
    return find_mentions(text, words(text, language), language, keywords)


def kinds(text: str, language: str, keywords: Sequence[str] = ()) -> dict[str, EntityKind]:
    return {mention.name: mention.kind for mention in named(text, language, keywords)}


@pytest.mark.parametrize("language", TEXTS)
def test_mentions_stand_where_they_say(language: str) -> None:
    text = "\n".join(TEXTS[language])
    for mention in named(text, language):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert mention.name


def test_a_report_names_people_bodies_and_places() -> None:
    found = kinds(f"{FERRY.headline}\n{FERRY.text}", "en")
    assert found["Marta Oyelaran"] is PERSON
    assert found["Seafarers Union"] is BODY
    assert found["Ministry of Transport"] is BODY
    assert found["France"] is PLACE
    assert found["Port Selwyn"] is PLACE
    assert "Tuesday" not in found
    assert "Ferry" not in found


def test_a_surname_alone_is_given_the_full_name() -> None:
    text = f"{FERRY.headline}\n{FERRY.text}"
    people = [mention for mention in named(text, "en") if mention.name == "Marta Oyelaran"]
    assert [text[mention.start : mention.end] for mention in people] == ["Marta Oyelaran", "Oyelaran"]


@pytest.mark.parametrize(
    ("language", "text", "name", "kind"),
    [
        ("en", "On Monday President Ada Corrigan opened it.", "Ada Corrigan", PERSON),
        ("en", "The ship left Lake Sorrow for good.", "Lake Sorrow", PLACE),
        ("en", "They met in Kyiv with NATO and left.", "NATO", BODY),
        ("de", "Am Montag sprach Außenminister Carsten Rehberg in Wien.", "Carsten Rehberg", PERSON),
        ("de", "Am Montag tagte die Bundesagentur für Arbeit wieder.", "Bundesagentur für Arbeit", OTHER),
        ("de", "Das sagte die Generalsekretärin Edith Wurm der Zeitung.", "Edith Wurm", PERSON),
        ("fr", "Mardi, la ministre Odile Jamet a signé.", "Odile Jamet", PERSON),
        ("fr", "Elle travaille à l'Université de Kumari depuis mai.", "Université de Kumari", BODY),
        ("es", "El martes la ministra Inés Calderón dijo que sí.", "Inés Calderón", PERSON),
        ("es", "Vive en el Cerro Blanco desde marzo.", "Cerro Blanco", PLACE),
        ("uk", "У вівторок мер Іван Калина сказав про це.", "Іван Калина", PERSON),
        ("tr", "Salı günü Başkan Deniz Aksoy söyledi.", "Deniz Aksoy", PERSON),
        ("ar", "وقال الوزير سامر حداد إن الماء قليل", "سامر حداد", PERSON),
        ("ja", "会議で岸田首相は述べた。", "Fumio Kishida", PERSON),
        ("ja", "会議はイオン銀行で開かれた。", "イオン銀行", BODY),
        ("zh", "会议期间习近平主席发表讲话。", "Xi Jinping", PERSON),
    ],
)
def test_names_of_a_kind(language: str, text: str, name: str, kind: EntityKind) -> None:
    found = kinds(text, language)
    assert name in found, found
    assert found[name] in (kind, BODY) if kind is OTHER else found[name] is kind


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "The talks in Turkey ended.", "Türkiye"),
        ("de", "Die Gespräche in Österreich endeten.", "Austria"),
        ("fr", "Les discussions en Allemagne sont finies.", "Germany"),
        ("uk", "Переговори у Польщі завершилися.", "Poland"),
        ("ru", "Переговоры в Германии завершились.", "Germany"),
        ("ar", "انتهت المحادثات في ألمانيا", "Germany"),
        ("zh", "会谈在德国结束。", "Germany"),
        ("ja", "会談はドイツで終わった。", "Germany"),
        ("tr", "Görüşmeler Almanya'da bitti.", "Germany"),
        ("hi", "वार्ता जर्मनी में समाप्त हुई।", "Germany"),
    ],
)
def test_a_place_has_one_name_in_every_language(language: str, text: str, place: str) -> None:
    assert kinds(text, language).get(place) is PLACE


@pytest.mark.parametrize(
    ("language", "text", "never"),
    [
        ("en", "Give us the turkey and tell us who won.", {"United States", "Türkiye"}),
        ("en", "I’ve Seen It. I’m sure. XX of them.", {"I’ve", "I’m"}),
        ("fr", "Au XXe siècle, C’est ainsi. Jusqu’ici tout va.", {"XXe", "C’", "C", "Jusqu’", "Jusqu"}),
        ("de", "Billionen Tonnen Wasser an der Küste des Meeres.", {"Billionen Tonnen", "Küste des Meeres"}),
        ("es", "El martes ganaron McLaren y Ferrari.", {"McLaren y Ferrari"}),
        ("en", "It ended Rovers 3 Wanderers 2 on the day.", {"Rovers 3", "Wanderers 2"}),
        ("ja", "大学に行った。大学の人。", {"大学に", "大学の"}),
    ],
)
def test_what_is_no_name(language: str, text: str, never: set[str]) -> None:
    assert not never & set(kinds(text, language))


def test_a_number_that_recurs_belongs_to_the_name() -> None:
    found = kinds("A Falcon 9 stood there. The Falcon 9 flew, and one Falcon 9 came back.", "en")
    assert "Falcon 9" in found


def test_a_genitive_is_the_name_itself() -> None:
    assert set(kinds("Da kam Oyelaran an. Da war auch Oyelarans Sohn. So sprach Oyelaran.", "de")) == {"Oyelaran"}


def test_a_headline_in_title_case_is_read_by_the_body() -> None:
    text = "Council Votes To Move The Library\nThe council of Lakeside voted. In Lakeside people cheered."
    assert set(kinds(text, "en")) == {"Lakeside"}


def test_keywords_show_names_where_a_script_has_no_capitals() -> None:
    text = "افتتحت كيستريل محطة جديدة اليوم"
    assert "كيستريل" not in kinds(text, "ar")
    assert kinds(text, "ar", ["كيستريل"])["كيستريل"] is OTHER


def test_a_quoted_name_is_found_and_quoted_speech_is_not() -> None:
    found = kinds("وصلت «كيستريل» اليوم، وقال «نحن لا نحتاج إلى شيء من هذا كله»", "ar")
    assert list(found) == ["كيستريل"]


@pytest.mark.parametrize("text", ["", "a", "7", "🦉", "ALL CAPITALS HERE", "\n\n"])
def test_odd_texts_name_nobody(text: str) -> None:
    assert named(text, "en") == ()


def test_the_most_mentioned_and_earliest_come_first() -> None:
    mentions = (
        Mention("Ada Corrigan", PERSON, 0, 12),
        Mention("Port Selwyn", PLACE, 20, 31),
        Mention("Port Selwyn", PLACE, 60, 71),
        Mention("Late Body", BODY, 4000, 4009),
    )
    assert ranked_names(mentions) == (
        ("place", "Port Selwyn"),
        ("person", "Ada Corrigan"),
        ("organisation", "Late Body"),
    )
    assert ranked_names(()) == ()


def test_a_name_after_in_is_no_person() -> None:
    assert kinds("The children of Tarn Hollow sang, and in Tarn Hollow it rained.", "en")["Tarn Hollow"] is OTHER
    assert kinds("The children of the town sang, and so did Tarn Hollow, a baker.", "en")["Tarn Hollow"] is PERSON


def test_everyday_words_in_quotes_are_no_name() -> None:
    assert kinds("وقال الرجل «هذا اليوم» ثم مضى", "ar") == {}


def test_the_zone_of_an_hour_is_nobody() -> None:
    found = kinds("The NATO convoy left Port Selwyn at 14:00 UTC, and NATO said it would be back by 20:00 GMT.", "en")
    assert found["NATO"] is BODY
    assert not {"UTC", "GMT"} & found.keys()
