"""Summaries: an article's own sentences, few, in order, each standing by itself and cited where it stands."""

from octavo.brief.edition import WORDS, edition_brief
from octavo.brief.leaning import leans
from octavo.brief.summary import article_summary, story_summary
from octavo.domain.brief import Statement
from octavo.domain.telling import Telling
from octavo.text.versions import version_of
from octavo.text.words import count_words

from .wires import NOW, events, newswire, told

HARBOUR = told(
    1,
    "Harbour reopens after the storm",
    "The harbour reopens after the storm.",
    "MILLBROOK (Outlet) — Engineers cleared 14,000 tonnes of sand from the harbour mouth in nine days of work. "
    "The port authority said that ferries to the islands would sail again on Friday.",
    "Is that soon enough? Nobody asked.",
    "She said ferries to the islands had been stopped since the sand closed the harbour mouth on Sunday. "
    "A man on the quay ate an apple and looked at the weather for a while.",
    "“Ferries to the islands are what the sand in the harbour mouth has cost us, and engineers.”",
    "Photo: the harbour mouth, the sand, the engineers and the ferries to the islands.",
    "The port authority will dredge the harbour mouth every spring from now on, at a cost of 2 million.",
)


def stands(statement: Statement, telling: Telling) -> bool:
    (citation,) = statement.citations
    passage = citation.passage
    held = telling.part(passage.part)[passage.start : passage.end]
    return (
        statement.chosen and held == passage.text == statement.text and citation.version == version_of(telling.wording)
    )


def places(statement: Statement) -> tuple[int, int]:
    return statement.citations[0].passage.part, statement.citations[0].passage.start


def test_sentences_are_chosen_in_order_and_cited_where_they_stand() -> None:
    found = article_summary(HARBOUR, NOW).statements
    assert [one.text[:22] for one in found] == [
        "Engineers cleared 14,0",
        "The port authority sai",
        "The port authority wil",
    ]
    assert all(stands(one, HARBOUR) for one in found)


def test_no_summary_of_the_sample_newswire_opens_with_a_sentence_that_leans() -> None:
    for telling in newswire().values():
        found = article_summary(telling, NOW).statements
        assert all(stands(one, telling) for one in found)
        assert not any(leans(one.text, telling.language, opening=not places(one)[1]) for one in found[:1])
        assert [places(one) for one in found] == sorted(places(one) for one in found)


def test_a_sentence_that_leans_stands_right_behind_the_one_it_leans_on() -> None:
    text = (
        "Ada Corrigan opened the new harbour mouth at Millbrook after nine days. She opened the harbour mouth at noon."
    )
    found = [one.text for one in article_summary(told(1, "News", text), NOW).statements]
    assert found == [
        "Ada Corrigan opened the new harbour mouth at Millbrook after nine days.",
        "She opened the harbour mouth at noon.",
    ]
    alone = told(1, "News", "She opened the harbour mouth at noon and left for the capital by train.")
    assert article_summary(alone, NOW).silent


def test_what_leans_is_known_in_the_twelve_languages() -> None:
    leaning = {
        "en": ("He said so on Monday.", "However, the bridge stayed shut.", "On Monday he said the bridge was shut."),
        "ar": ("وأضاف أن الجسر مغلق.", "لكن الجسر بقي مغلقا.", "وهو أول وزير يزور الجزيرة."),
        "es": ("Añadió que el puente está cerrado.", "Sin embargo, el puente sigue cerrado."),
        "de": ("Er sagte das am Montag.", "Dennoch blieb die Brücke gesperrt."),
        "fr": ("Il a dit cela lundi.", "Cependant, le pont reste fermé.", "C’est la deuxième fois cette année."),
        "uk": ("Він сказав це в понеділок.", "Однак міст залишився закритим."),
        "az": ("O, bunu bazar ertəsi deyib.", "Bununla belə, körpü bağlı qaldı."),
        "tr": ("Bunu pazartesi söyledi.", "Ancak köprü kapalı kaldı."),
        "he": ("הוא אמר זאת ביום שני.", "אולם הגשר נותר סגור.", "והוסיף כי הגשר סגור."),
        "zh": ("他星期一表示，大桥仍然关闭。", "不过大桥仍然关闭。"),
        "ja": ("彼は月曜日にそう述べた。", "しかし、橋は閉鎖されたままだ。"),
        "hi": ("उन्होंने सोमवार को यह कहा।", "लेकिन पुल बंद रहा।"),
    }
    assert [text for language, texts in leaning.items() for text in texts if not leans(text, language)] == []
    standing = {
        "en": (
            "The minister said he would resign.",
            "This week the bridge opened.",
            "Ada Corrigan said she would stay.",
        ),
        "ar": ("أعلنت الوزيرة فتح الجسر.", "هذا الأسبوع فتح الجسر."),
        "es": ("Este lunes se abrió el puente.", "La ministra dijo que él vendría."),
        "de": ("Das Gericht gab der Stadt recht.", "Diese Woche wurde die Brücke geöffnet."),
        "fr": ("En 2024, le pont a rouvert.", "La ministre a dit qu’elle viendrait."),
        "uk": ("Міст відкрили в понеділок.", "Цього тижня міст відкрили."),
        "tr": ("Köprü pazartesi açıldı.", "Bu hafta köprü açıldı."),
        "az": ("Körpü bazar ertəsi açılıb.", "Onlayn satış başlayıb."),
        "he": ("הגשר נפתח ביום שני.", "השרה הודיעה על פתיחת הגשר."),
        "zh": ("大桥星期一开放。",),
        "ja": ("橋は月曜日に開通した。",),
        "hi": ("पुल सोमवार को खुला।", "इस साल पुल खुला।"),
    }
    assert [text for language, texts in standing.items() for text in texts if leans(text, language)] == []


def test_a_storys_outlets_each_say_something_else() -> None:
    one = "Engineers cleared 14,000 tonnes of sand from the harbour mouth in nine days of work."
    same = "Engineers cleared 14,000 tonnes of sand from the harbour mouth in nine days of hard work."
    other = "Fishermen of the islands ask who pays for the catch they lost while boats lay still."
    tellings = [told(1, "a", one), told(2, "b", same), told(3, "c", other), told(4, "d", "Bonjour.", language="fr")]
    assert [said.text for said in story_summary(tellings, NOW).statements] == [one, other]
    assert [said.text for said in story_summary(tellings, NOW, limit=1).statements] == [one]
    assert story_summary([], NOW).silent


def test_the_edition_is_two_sentences_a_story_within_two_minutes() -> None:
    stories = [[one for one in held if one.language == "en"] for held in events().values()]
    brief = edition_brief(stories, NOW, "en")
    assert sum(count_words(one.text) for one in brief.statements) <= WORDS
    labels = [one.label for one in brief.statements]
    assert 8 <= len(labels) <= 16
    assert all(labels.count(one) <= 2 for one in labels)
    assert list(dict.fromkeys(labels)) == [one[0].headline for one in stories if one][:8]
