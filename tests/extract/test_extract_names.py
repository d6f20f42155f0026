"""Author lines to people, in the ways publishers print them."""

import pytest

from octavo.domain.article import Byline
from octavo.extract.byline import find_byline, is_byline
from octavo.extract.names import clean_people, is_person, starts_byline, strip_prefix
from octavo.extract.structured import Thing, read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import parse


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("Written by Ann Lee and Tom Askew", ("Ann Lee", "Tom Askew")),
        ("Von Ilse Renner, Alex Moor und Jörg Ude", ("Ilse Renner", "Alex Moor", "Jörg Ude")),
        ("Par Élise Morvan et Jean Le Goff", ("Élise Morvan", "Jean Le Goff")),
        ("Por Inés Calder y Juan Ruiz", ("Inés Calder", "Juan Ruiz")),
        ("Dr. Max Moor", ("Max Moor",)),
        ("Ann Lee, MD, PhD", ("Ann Lee",)),
        ("Rui Ma", ("Rui Ma",)),
        ("Ann Lee, Transport Correspondent", ("Ann Lee",)),
        ("Ann Lee Senior Writer", ("Ann Lee",)),
        ("Ann Lee, Garden Educator & Low Skerry", ("Ann Lee",)),
        ("Ann Lee March 2, 2026", ("Ann Lee",)),
        ("Ann Lee 4 August 2010", ("Ann Lee",)),
        ("Ann Lee (Tarn)", ("Ann Lee",)),
        ("Ann Lee for Northern Purse", ("Ann Lee",)),
        ("Arricca Elin Sanso", ("Arricca Elin Sanso",)),
        ("Povilas Klausaus", ("Povilas Klausaus",)),
        ("Marna van der Merwe", ("Marna van der Merwe",)),
        ("Updated 3 March | Words by Ann Lee", ("Ann Lee",)),
        ("责编：牛镛、岳弘", ("牛镛", "岳弘")),
        ("文／林小明", ("林小明",)),
        ("ليلى حداد", ("ليلى حداد",)),
        ("Оксана Бережна", ("Оксана Бережна",)),
        ("Reuters", ()),
        ("Staff Writer", ()),
        ("The Tarn Gazette", ()),
        ("Redaktion", ()),
        ("Read more about Ann", ()),
        ("ann@gazette.example", ()),
        ("105092", ()),
        ("", ()),
    ],
)
def test_people_in_a_line(line: str, people: tuple[str, ...]) -> None:
    assert clean_people([line], "The Tarn Gazette") == people


def test_the_publisher_is_no_person_whatever_its_name() -> None:
    assert clean_people(["Loose Ends"], "Loose Ends") == ()
    assert clean_people(["Loose Ends"], "") == ("Loose Ends",)


def test_one_name_will_do_where_the_page_says_it_is_a_persons() -> None:
    assert clean_people(["Krystyna"], "") == ()
    assert clean_people(["Krystyna"], "", known_people=True) == ("Krystyna",)
    assert clean_people(["admin"], "", known_people=True) == ()


def test_a_name_is_given_once() -> None:
    assert clean_people(["Ann Lee", "ANN LEE", "Ann  Lee"], "") == ("Ann Lee",)


@pytest.mark.parametrize("text", ["the cat sat", "Ann", "A very long line that is no name at all and goes on", "a/b"])
def test_what_is_no_person(text: str) -> None:
    assert not is_person(text)


def test_prefixes() -> None:
    assert strip_prefix("By: Ann Lee") == "Ann Lee"
    assert strip_prefix("Byron Moor") == "Byron Moor"
    assert starts_byline("Von Ann Lee")
    assert not starts_byline("Vonnegut, again")


def _byline(body: str, head: str = "", main: Thing | None = None, feed: tuple[str, ...] = ()) -> Byline:
    tree = parse(f"<head>{head}</head><body>{body}</body>")
    assert tree.body
    layout = lay_out(tree.body)
    chosen = [number for number, piece in enumerate(layout.pieces) if len(piece.text) > 60]
    return find_byline(read_statements(tree), main, layout, chosen, "Tarn Gazette", feed)


PROSE = "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings.</p>"


def test_stated_persons_come_first() -> None:
    main = Thing(authors=(("Tarn Gazette", "organization"), ("Ann Lee", "person")))
    assert _byline(f"<p class=byline>By Tom Askew</p>{PROSE}", main=main).people == ("Ann Lee",)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (PROSE, '<meta name="author" content="Ann Lee">'),
        (PROSE, '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">'),
        (f'<a rel="author" href="/ann">Ann Lee</a>{PROSE}', ""),
        (f'<p class="byline">By Ann Lee</p>{PROSE}', ""),
        (f'<span itemprop="author">Ann Lee</span>{PROSE}', ""),
        (f"<div>By Ann Lee, March 4, 2026</div>{PROSE}", ""),
        (f"<div>Ann Lee · 4 March 2026, 10:30</div>{PROSE}", ""),
        (f"{PROSE}<div>Posted by Ann Lee | permalink</div>", ""),
    ],
    ids=["meta", "twitter", "rel", "class", "itemprop", "printed", "dated", "behind"],
)
def test_where_a_byline_may_stand(body: str, head: str) -> None:
    assert _byline(body, head).people == ("Ann Lee",)


def test_bylines_of_others_are_not_taken() -> None:
    assert _byline(f'<div class="comments author">By Tom Askew</div>{PROSE}').people == ()


def test_the_feed_is_asked_last() -> None:
    assert _byline(PROSE, feed=("Ann Lee",)).people == ("Ann Lee",)
    assert _byline(f"<p class=byline>By Tom Askew</p>{PROSE}", feed=("Ann Lee",)).people == ("Tom Askew",)


def test_an_agency_is_kept_as_printed() -> None:
    assert _byline(PROSE, '<meta name="author" content="dpa">') == Byline("dpa")


def test_a_date_is_never_kept_as_a_byline() -> None:
    assert _byline(PROSE, '<meta name="author" content="Updated March 13, 2024">') == Byline()


def test_a_line_of_the_body_that_only_names_the_author() -> None:
    byline = Byline("Ann Lee and Tom Askew", ("Ann Lee", "Tom Askew"))
    assert is_byline("By Ann Lee", byline)
    assert is_byline("Ann Lee and Tom Askew", byline)
    assert not is_byline("Ann Lee said no.", byline)
    assert not is_byline("By Ann Lee", Byline())


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee", "Von Ann Lee", "Par Ann Lee", "Por Ann Lee", "Di Ann Lee", "De Ann Lee", "Door Ann Lee",
        "Deur Ann Lee", "Av Ann Lee", "Af Ann Lee", "Teksti: Ann Lee", "Przez Ann Lee", "Autor: Ann Lee",
        "Napsal Ann Lee", "Írta: Ann Lee", "Scris de Ann Lee", "Piše: Ann Lee", "Oleh Ann Lee", "Penulis: Ann Lee",
        "Yazan: Ann Lee", "Tác giả: Ann Lee", "Mwandishi: Ann Lee", "per Ann Lee", "na Ann Lee", "ni Ann Lee",
        "Γράφει η Ann Lee", "Автор: Ann Lee", "Текст: Ann Lee", "بقلم Ann Lee", "كتبت: Ann Lee", "נכתב על ידי Ann Lee",
        "מאת: Ann Lee", "लेखक: Ann Lee", "โดย Ann Lee", "作者：Ann Lee", "文／Ann Lee", "記者：Ann Lee", "글: Ann Lee",
        "Propos recueillis par Ann Lee", "Ein Gastbeitrag von Ann Lee", "Dal nostro inviato Ann Lee",
        "Words by Ann Lee", "(Autor: Ann Lee)",
    ],
)  # fmt: skip
def test_by_in_any_language(line: str) -> None:
    assert clean_people([line], "") == ("Ann Lee",)
    assert starts_byline(line)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("본지 김철수 기자", ("김철수",)),
        ("김철수 기자", ("김철수",)),
        ("本报记者 王小明", ("王小明",)),
        ("【記者王小明／台北報導】", ("王小明",)),
        ("大野 真理", ("大野 真理",)),
        ("人民日报", ()),
        ("編集部", ()),
        ("ニュース", ()),
        ("Lee, Ann M.", ("Ann M. Lee",)),
        ("Reuters, London", ()),
        ("Per Gunnar Moe", ("Per Gunnar Moe",)),
        ("Ann Lee The Associated Press", ("Ann Lee",)),
        ("Ann Lee, New York", ("Ann Lee",)),
        ("Originally published 3 May by Ann Lee", ("Ann Lee",)),
        ("Dec 17, 2025 Ann Lee", ("Ann Lee",)),
        ("Photo by Ann Lee", ("Ann Lee",)),
        ("By Ann Lee | Photos: Tom Askew and Maria Ruiz", ("Ann Lee",)),
        ("gazette.example", ()),
        ("Kommentar von", ()),
        ("Fact Checked", ()),
        ("4 min read", ()),
    ],
)
def test_people_in_lines_of_other_shapes(line: str, people: tuple[str, ...]) -> None:
    assert clean_people([line], "") == people
