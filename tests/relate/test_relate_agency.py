"""Credits of agencies: place lines, sign-offs and author lines of many languages; never what a text quotes.

Sentences, people and events are invented; the agencies' names are real, as pages write them.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling
from octavo.relate.agency import Extent, agency_named, find_credits, has_own_author, line_credits

BODY = "The council of Millbrook voted on Thursday to close the bridge."


def telling(*paragraphs: str, **more: Any) -> Telling:
    facts: dict[str, Any] = {"publisher_id": PublisherId("post"), "publisher": "The Harbour Post", "language": "en"}
    at = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    return Telling(ArticleId(1), at=at, headline="Bridge closed", paragraphs=paragraphs, **{**facts, **more})


def found(*paragraphs: str, **more: Any) -> list[tuple[str, Extent]]:
    return [(one.agency, one.extent) for one in find_credits(telling(*paragraphs, **more))]


@pytest.mark.parametrize(
    ("first", "agency"),
    [
        ("MILLBROOK, March 4 (Reuters) - The council voted to close the bridge.", "Reuters"),
        ("MILLBROOK/PORT SELWYN (AP) — The council voted to close the bridge.", "AP"),
        ("Millbrook (dpa) - Der Rat hat die Brücke gesperrt.", "dpa"),
        ("dpa/Millbrook – Der Rat hat die Brücke gesperrt.", "dpa"),
        ("AFP - Le conseil de Millbrook a fermé le pont.", "AFP"),
        ("Millbrook, 4 mars (AFP) – Le conseil a fermé le pont.", "AFP"),
        ("Millbrook, 4 mar (EFE).- El consejo cerró el puente.", "EFE"),
        ("(ANSA) - MILLBROOK, 04 MAR - Il consiglio ha chiuso il ponte.", "ANSA"),
        ("Millbrook, 04 mar 2026 (Lusa) - O conselho fechou a ponte.", "Lusa"),
        ("МИЛЛБРУК, 4 марта. /ТАСС/. Совет закрыл мост.", "TASS"),
        ("МИЛЛБРУК, 4 марта — РИА Новости. Совет закрыл мост.", "RIA Novosti"),
        ("Міллбрук, 4 березня (Укрінформ) – Рада закрила міст.", "Ukrinform"),
        ("MILLBROOK (AA) - Belediye meclisi köprüyü kapattı.", "Anadolu"),
        ("ميلبروك (رويترز) - أغلق المجلس الجسر يوم الخميس.", "Reuters"),
        ("新华社米尔布鲁克3月4日电 市议会决定关闭大桥。", "Xinhua"),
        ("【ミルブルック共同】市議会は橋の閉鎖を決めた。", "Kyodo"),
        ("［ミルブルック ４日 ロイター］ - 市議会は橋の閉鎖を決めた。", "Reuters"),
        ("(밀브룩=연합뉴스) 홍아무개 기자 = 시의회는 다리를 폐쇄했다.", "Yonhap"),
        ("Millbrook (ANP) - De raad heeft de brug gesloten.", "ANP"),
    ],
)
def test_a_place_line_names_the_agency(first: str, agency: str) -> None:
    listed = find_credits(telling(first, BODY))
    assert [(one.agency, one.extent) for one in listed] == [(agency, Extent.WHOLE)]
    passage = listed[0].passage
    assert passage is not None
    assert first[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("(AFP)", [("AFP", Extent.WHOLE)]),
        ("Quelle: dpa", [("dpa", Extent.WHOLE)]),
        ("mho/dpa", [("dpa", Extent.WHOLE)]),
        ("dpa, AFP", [("dpa", Extent.WHOLE), ("AFP", Extent.WHOLE)]),
        ("bur-ab/tw", [("AFP", Extent.WHOLE)]),
        ("(mit Material der dpa)", [("dpa", Extent.PART)]),
        ("Avec AFP", [("AFP", Extent.PART)]),
        ("Con información de EFE", [("EFE", Extent.PART)]),
        ("Según EFE", [("EFE", Extent.WHOLE)]),
        ("(Com informações da Reuters)", [("Reuters", Extent.PART)]),
        ("Con agenzie", [("", Extent.PART)]),
        ("По материалам РИА Новости", [("RIA Novosti", Extent.PART)]),
        ("За матеріалами: Укрінформ", [("Ukrinform", Extent.PART)]),
        ("Kaynak: AA", [("Anadolu", Extent.WHOLE)]),
        ("المصدر: رويترز", [("Reuters", Extent.WHOLE)]),
        ("(وكالات)", [("", Extent.PART)]),
        ("来源：新华社", [("Xinhua", Extent.WHOLE)]),
        ("Met ANP", [("ANP", Extent.PART)]),
        ("Źródło: PAP", [("PAP", Extent.WHOLE)]),
        ("With agencies", [("", Extent.PART)]),
        ("With inputs from PTI", [("PTI", Extent.PART)]),
        ("AFP contributed to this report.", [("AFP", Extent.BESIDES)]),
        ("The Associated Press contributed to this report.", [("AP", Extent.BESIDES)]),
        ("Additional reporting by Reuters", [("Reuters", Extent.BESIDES)]),
        ("(Reporting by Ada Vale in Millbrook; Editing by Tom Reed)", [("Reuters", Extent.WHOLE)]),
        ("(Reportage Ada Vale, version française Luc Prat, édité par Eve Roy)", [("Reuters", Extent.WHOLE)]),
        ("© 2026 AFP", [("AFP", Extent.WHOLE)]),
        ("The bridge will open again in May. (Reuters)", [("Reuters", Extent.WHOLE)]),
    ],
)
def test_a_sign_off_names_the_agency(last: str, expected: list[tuple[str, Extent]]) -> None:
    assert found(BODY, last) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“We had no choice,” Ada Vale told Reuters on Thursday.",
        "The mayor resigned, according to the Associated Press (AP), which cited two people close to her.",
        "Der Bürgermeister sagte der dpa, die Brücke bleibe gesperrt.",
        "La maire a déclaré à l’AFP que le pont resterait fermé.",
        "The bridge that Vale opened in May with so many words was shut (Reuters) - and for good.",
        "共同开发的电动车将于五月四日电视直播中亮相。",
        "Мэр сказала РИА Новости, что мост закрыт.",
        "Başkan, AA muhabirine köprünün kapalı olduğunu söyledi.",
        "据新华社报道，大桥将于五月重新开放，届时车辆可以通行。",
        "SID is the name of her dog (Sid) and of the bridge.",
        "La banque (SDA) et la ville ont signé un accord qui prévoit - entre autres - un nouveau pont.",
        "Meridian reported that the bridge had closed.",
        "Reporting by the council was late, said Vale, who was editing by then.",
    ],
)
def test_what_a_text_quotes_is_no_credit(text: str) -> None:
    for place in ((text, BODY), (BODY, text)):
        assert found(*place) == []


@pytest.mark.parametrize(
    ("byline", "expected", "own"),
    [
        ("AFP", [("AFP", Extent.WHOLE)], False),
        ("By AP", [("AP", Extent.WHOLE)], False),
        ("Por EFE", [("EFE", Extent.WHOLE)], False),
        ("Ada Vale, Associated Press", [("AP", Extent.WHOLE)], True),
        ("By Ada Vale and agencies", [("", Extent.PART)], True),
        ("Von Ada Vale und dpa", [("dpa", Extent.PART)], True),
        ("Ada Vale mit Material von dpa", [("dpa", Extent.PART)], True),
        ("Ada Vale avec AFP", [("AFP", Extent.PART)], True),
        ("Ada Vale", [], True),
        ("", [], False),
    ],
)
def test_an_author_line_is_read(byline: str, expected: list[tuple[str, Extent]], own: bool) -> None:
    assert found(BODY, byline=byline) == expected
    assert has_own_author(telling(BODY, byline=byline)) is own


def test_an_agency_behind_a_comma_is_an_employer_in_english_only() -> None:
    assert found(BODY, byline="Ada Vale, dpa", language="de") == [("dpa", Extent.PART)]
    assert found(BODY, byline="Ada Vale, AP", language="en-GB") == [("AP", Extent.WHOLE)]


def test_the_source_a_page_names_is_the_whole_unless_somebody_signs() -> None:
    assert found(BODY, source="Meridian") == [("Meridian", Extent.WHOLE)]
    assert found(BODY, source="Meridian", byline="Ada Vale") == [("Meridian", Extent.PART)]
    assert found(BODY, source="The Harbour Post") == []
    assert found(BODY, source="reuters", publisher="Reuters") == [("Reuters", Extent.WHOLE)]


def test_forms_of_two_letters_are_read_in_capitals() -> None:
    assert [agency_named(form) for form in ("AP", "ap", "Sid", "SID", "dpa", "Ansa")] == [
        "AP", "", "", "SID", "dpa", "ANSA"
    ]  # fmt: skip
    assert line_credits("ap") == ()


def test_long_lines_are_no_credits() -> None:
    assert line_credits("AFP, " * 100) == ()
    assert found("(" * 5_000, "/" * 5_000) == []
