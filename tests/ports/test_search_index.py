"""What every search index must do, on both databases. All texts are fictional."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from octavo.adapters.postgres.search import PostgresSearch
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain.ids import ArticleId, PublisherId, first_article_id
from octavo.ports.database import Database
from octavo.ports.search_index import SearchDocument, SearchIndex, SearchQuery

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def at(moment: datetime, tie: int = 0) -> ArticleId:
    return ArticleId(first_article_id(int(moment.timestamp())) + tie)


ONE, TWO, THREE = at(NOON, 1), at(NOON, 2), at(NOON, 3)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An index and short ways to fill and ask it."""

    database: Database
    index: SearchIndex

    def add(
        self,
        article_id: ArticleId,
        headline: str = "",
        text: str = "",
        tags: Sequence[str] = (),
        publisher: str = "gazette.example",
        language: str = "en",
    ) -> None:
        self.put(SearchDocument(article_id, headline, text, tuple(tags), PublisherId(publisher), language))

    def put(self, *documents: SearchDocument) -> None:
        with self.database.transaction() as tx:
            self.index.update(tx, documents)

    def find(self, text: str, **asked: object) -> list[ArticleId]:
        return [hit.id for hit in self.index.search(SearchQuery(text, **asked))]  # type: ignore[arg-type]


@pytest.fixture
def shelf(database: Database) -> Shelf:
    made = SqliteSearch(database) if database.dialect == "sqlite" else PostgresSearch(database)
    return Shelf(database, made)


FINDABLE = {
    "upper case": ("The HARBOUR of Tarnmouth", "harbour"),
    "asked in upper case": ("the harbour", "HARBOUR"),
    "accents in the text": ("Élections à Bréval", "elections breval"),
    "accents in the query": ("Elections a Breval", "élections"),
    "accents as letters of their own": ("E\u0301lections", "\u00e9lections"),
    "umlauts": ("Die Brücke über die Ühre", "brucke uhre"),
    "sharp s": ("Die Hauptstraße in Nordwall", "HAUPTSTRASSE"),
    "dotless i": ("Kırmızı ışık", "kirmizi isik"),
    "dotted capital": ("İzmit limanı", "izmit LİMANI"),
    "a Turkish capital without its dot": ("IŞIK", "ışık"),
    "Norwegian": ("Sjøfolk på Ålvik", "sjofolk alvik"),
    "Polish": ("Łódka i żagle", "lodka zagle"),
    "Greek": ("Οι εκλογές της Θάλειας", "ΕΚΛΟΓΕΣ"),
    "Cyrillic": ("Вибори у Зоряному", "вибори"),
    "Cyrillic yo": ("Самолёт над Веснянском", "самолет"),
    "Arabic": ("الحكومة تعلن الميزانية", "الحكومة"),
    "Arabic, asked without the joined article": ("الحكومة تعلن الميزانية", "حكومة"),
    "Arabic, asked with the joined article": ("حكومة جديدة", "الحكومة"),
    "Arabic, and-the": ("والحكومة قالت", "حكومة"),
    "Arabic, vowel marks in the text": ("الحُكُومَةُ تُعْلِنُ", "الحكومة"),
    "Arabic, vowel marks in the query": ("الحكومة تعلن", "حُكُومَة"),
    "Arabic, alef with hamza": ("أحمد يزور إربد", "احمد اربد"),
    "Arabic, ta marbuta": ("المدرسة", "مدرسه"),
    "Arabic, tatweel": ("الحكـــومة", "حكومة"),
    "Persian letters": ("کتاب فارسی", "كتاب فارسي"),
    "Hebrew points": ("שָׁלוֹם", "שלום"),
    "Hindi": ("चुनाव के परिणाम", "परिणाम"),
    "Tamil": ("தேர்தல் முடிவுகள்", "தேர்தல்"),
    "Thai, in the middle": ("การเลือกตั้งทั่วไป", "เลือกตั้ง"),
    "Chinese, in the middle": ("市长宣布新的港口计划", "港口"),
    "Chinese, one letter": ("市长宣布新的港口计划", "港"),
    "Japanese, in the middle": ("東京都知事が新しい港について発表した", "新しい港"),
    "Japanese, half-width": ("ﾐﾅﾄの計画", "ミナト"),
    "full-width Latin": ("ＡＢＣ放送", "abc"),
    "Korean, with a particle": ("대통령이 항구를 방문했다", "대통령"),
    "Korean, two letters": ("항구를 방문했다", "항구"),
    "a number": ("Toll rises to 1200", "1200"),
    "a longer form": ("elections were held", "election"),
    "a tag": ("nothing here", "Tagged"),
}


def test_any_script_is_findable(shelf: Shelf) -> None:
    shelf.add(TWO, text="quite another text with other words: шум, ضجيج, 雑音, 소음")
    missed = []
    for name, (written, asked) in FINDABLE.items():
        shelf.add(ONE, text=written, tags=["Tagged"])
        in_text = shelf.find(asked)
        shelf.add(ONE, headline=written, tags=["Tagged"])
        if [in_text, shelf.find(asked)] != [[ONE], [ONE]]:
            missed.append(name)
    assert missed == []


ABSENT = [
    ("市长宣布新的港口计划", "口港"),
    ("the harbour", "arbour"),
    ("a cat", "ca"),
    ("Die Brücke", "Brigg"),
    ("الحكومة", "الحكم"),
    ("the harbour of Tarnmouth", "harbour Nordwall"),
]


def test_what_is_not_there_is_not_found(shelf: Shelf) -> None:
    for written, asked in ABSENT:
        shelf.add(ONE, text=written)
        assert shelf.find(asked) == [], asked


def test_quoted_words_stay_together(shelf: Shelf) -> None:
    shelf.add(ONE, text="The iron bridge was closed on Monday.")
    shelf.add(TWO, text="The bridge is of iron.")
    assert shelf.find('"iron bridge"') == [ONE]
    assert shelf.find("“iron bridge”") == [ONE]
    assert shelf.find("iron-bridge") == [ONE]
    assert sorted(shelf.find("iron bridge")) == [ONE, TWO]
    assert shelf.find('"bridge was" monday') == [ONE]


def test_no_phrase_runs_from_headline_to_text(shelf: Shelf) -> None:
    shelf.add(ONE, headline="A night of iron", text="Bridges were closed.")
    assert shelf.find('"iron bridges"') == []
    assert shelf.find("iron bridges") == [ONE]


def test_any_word_is_enough_when_asked_so(shelf: Shelf) -> None:
    shelf.add(ONE, text="harbour and lighthouse")
    shelf.add(TWO, text="harbour")
    shelf.add(THREE, text="forest")
    assert shelf.find("harbour lighthouse nonsense", any_word=True) == [ONE, TWO]
    assert shelf.find("harbour lighthouse nonsense") == []


def test_a_word_stands_for_its_other_forms_when_asked_so(shelf: Shelf) -> None:
    shelf.add(ONE, text="Indonesian troops crossed the strait")
    shelf.add(TWO, text="indigo")
    assert shelf.find("Indonesia trooping", any_word=True, any_form=True) == [ONE]
    assert shelf.find("troop indonesians", any_form=True) == [ONE]
    assert shelf.find("Indonesia", any_word=True) == []
    assert shelf.find("trooping indonesia") == []
    assert shelf.find('"indonesia troops"', any_form=True) == []
    assert shelf.find("indi", any_word=True, any_form=True) == []


def test_a_short_word_stands_for_itself_alone(shelf: Shelf) -> None:
    shelf.add(ONE, text="a carpet")
    assert shelf.find("car") == []
    assert shelf.find("carp") == [ONE]
    assert shelf.find('"carp"') == []


def test_times_bound_what_is_found(shelf: Shelf) -> None:
    days = [at(NOON + DAY * number) for number in range(5)]
    for one in days:
        shelf.add(one, text="harbour")
    assert sorted(shelf.find("harbour", since=NOON + DAY)) == days[1:]
    assert sorted(shelf.find("harbour", until=NOON + DAY)) == days[:2]
    assert shelf.find("harbour", since=NOON + DAY, until=NOON + DAY) == [days[1]]
    assert shelf.find("harbour", until=datetime(1960, 1, 1, tzinfo=UTC)) == []
    assert sorted(shelf.find("harbour", since=datetime(1960, 1, 1, tzinfo=UTC))) == days


def test_publisher_and_language_narrow(shelf: Shelf) -> None:
    shelf.add(ONE, text="harbour", publisher="gazette.example", language="en-GB")
    shelf.add(TWO, text="harbour", publisher="herald.example", language="en")
    shelf.add(THREE, text="harbour", publisher="herald.example", language="de")
    assert shelf.find("harbour", publisher="gazette.example") == [ONE]
    assert sorted(shelf.find("harbour", publisher="herald.example")) == [TWO, THREE]
    assert sorted(shelf.find("harbour", language="en")) == [ONE, TWO]
    assert shelf.find("harbour", language="de", publisher="herald.example") == [THREE]
    assert shelf.find("harbour", publisher="Gazette.example") == []
    assert shelf.find("gazette") == []


def test_an_update_replaces_and_may_be_repeated(shelf: Shelf) -> None:
    for _ in range(2):
        shelf.add(ONE, headline="Harbour closes", text="storm", tags=["Ports"], language="en")
    assert shelf.find("harbour") == [ONE]
    for _ in range(2):
        shelf.add(ONE, headline="Market opens", text="sun", publisher="herald.example", language="de")
    for gone in ("harbour", "storm", "ports"):
        assert shelf.find(gone) == []
    assert shelf.find("market", language="en") == []
    assert shelf.find("market", publisher="herald.example", language="de") == [ONE]


def test_the_last_of_two_with_one_id_counts(shelf: Shelf) -> None:
    shelf.put(
        SearchDocument(ONE, "Harbour", "", (), PublisherId("gazette.example"), "en"),
        SearchDocument(ONE, "Market", "", (), PublisherId("gazette.example"), "en"),
    )
    assert shelf.find("harbour") == []
    assert shelf.find("market") == [ONE]


def test_what_is_removed_is_forgotten(shelf: Shelf) -> None:
    shelf.add(ONE, "Harbour")
    shelf.add(TWO, "Harbour")
    with shelf.database.transaction() as tx:
        shelf.index.remove(tx, [ONE, ONE, THREE])
        shelf.index.remove(tx, [])
    assert shelf.find("harbour") == [TWO]


def test_a_transaction_that_fails_leaves_the_index_alone(shelf: Shelf) -> None:
    shelf.add(ONE, "Harbour")
    document = SearchDocument(ONE, "Market", "", (), PublisherId("gazette.example"), "en")

    def fail() -> None:
        with shelf.database.transaction() as tx:
            shelf.index.update(tx, [document])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert shelf.find("harbour") == [ONE]
    assert shelf.find("market") == []


ODD = [
    "", " ", '"', '""', '" OR *', "*", "harbour*", "NEAR(", "NEAR(harbour, 2)", "harbour AND", "AND OR NOT",
    "NOT harbour", '"harbour', 'harbour"', "(", ")", "((harbour)", "{headline}", "headline:harbour",
    "headline : harbour", "^harbour", "harbour + -", "-harbour", "'", "''", "harb'our", "\\", "harbour\\",
    "harbour:*", "harbour <-> market", "!harbour", "|", "&", "%", "_", "\x00", "har\x00bour", "\ud800",
    "harbour \udfff", "\ue000en", "\ue001", "\u202eharbour", "́", "َ", "🙂", "facets : x", ":match",
    "%(match)s", ";DROP TABLE articles", "é" * 5000, "harbour " * 5000, '"' * 999, "港" * 999,
    "a-b-c-d-e-f-g", "x" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("any_word", [False, True])
def test_no_words_raise(shelf: Shelf, any_word: bool) -> None:
    shelf.add(ONE, "Harbour")
    for words in ODD:
        for publisher in ("", words):
            found = shelf.find(words, any_word=any_word, publisher=publisher, language=publisher)
            assert set(found) <= {ONE}, words


def test_what_readers_write_as_operators_are_words(shelf: Shelf) -> None:
    shelf.add(ONE, text="harbour not market")
    shelf.add(TWO, text="harbour")
    assert shelf.find("harbour NOT market") == [ONE]
    assert sorted(shelf.find("-harbour")) == [ONE, TWO]
    assert sorted(shelf.find("harbour*")) == [ONE, TWO]
    assert sorted(shelf.find('"harbour')) == [ONE, TWO]


def test_no_document_is_refused_for_its_text(shelf: Shelf) -> None:
    odd = " ".join(ODD)
    shelf.add(ONE, headline=odd, text=f"{odd} lighthouse", tags=ODD, publisher="\x00\ud800'", language="\x00'")
    assert shelf.find("lighthouse") == [ONE]


def test_a_very_long_document_is_kept_and_found(shelf: Shelf) -> None:
    many = " ".join(f"word{number}" for number in range(200_000))
    shelf.add(ONE, headline="Harbour", text=f"lighthouse {many}")
    shelf.add(TWO, headline="市" * 100_000, text="")
    assert shelf.find("harbour lighthouse word7") == [ONE]


def test_a_headline_counts_more_than_the_text(shelf: Shelf) -> None:
    filler = "some other words that say little about anything at all in this place"
    shelf.add(ONE, headline="Harbour closed", text=filler)
    shelf.add(TWO, headline="Market opened", text=f"harbour {filler}")
    shelf.add(THREE, headline="Market opened", text=filler, tags=["harbour"])
    assert shelf.find("harbour") == [ONE, THREE, TWO]


def test_of_two_alike_the_fresher_comes_first(shelf: Shelf) -> None:
    days = [at(NOON - DAY * age) for age in (300, 0, 30, 3)]
    for one in days:
        shelf.add(one, "Harbour closed", "after a storm")
    assert shelf.find("harbour") == sorted(days, reverse=True)


def test_an_old_headline_beats_a_fresh_mention(shelf: Shelf) -> None:
    shelf.add(at(NOON - DAY * 400), "Harbour closed", "after a storm")
    shelf.add(ONE, "Market opened", f"harbour {'and other words ' * 30}")
    assert shelf.find("harbour") == [at(NOON - DAY * 400), ONE]


def test_pages_follow_each_other_without_gaps(shelf: Shelf) -> None:
    for number in range(25):
        shelf.add(at(NOON + DAY * number), "Harbour", "word " * number)
    whole = shelf.find("harbour", limit=100)
    assert len(whole) == 25
    pages = [shelf.find("harbour", limit=10, offset=start) for start in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert [one for page in pages for one in page] == whole
    assert shelf.find("harbour", limit=0) == []
    assert shelf.find("harbour", limit=3, offset=-1) == whole[:3]


def test_scores_fall_and_are_numbers(shelf: Shelf) -> None:
    for number in range(10):
        shelf.add(at(NOON, number), "Harbour", "word " * number)
    scores = [hit.score for hit in shelf.index.search(SearchQuery("harbour"))]
    assert scores == sorted(scores, reverse=True)
    assert all(isinstance(score, float) for score in scores)
    assert len(scores) == 10
