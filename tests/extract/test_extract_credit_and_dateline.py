"""The agency a text came from, and the place it was filed from."""

import time

import pytest

from octavo.domain.article import Byline
from octavo.extract.agencies import find_agency, is_agency
from octavo.extract.credit import credit_lines, find_credit
from octavo.extract.dateline import find_dateline, read_opening
from octavo.extract.structured import Thing
from octavo.extract.walk import lay_out
from octavo.text.html import parse


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("Reuters", "Reuters"),
        ("Thomson Reuters", "Reuters"),
        ("By Reuters", "Reuters"),
        ("The Associated Press", "AP"),
        ("Associated Press in Tarn", "AP"),
        ("AFP", "AFP"),
        ("Tarn Gazette et AFP", "AFP"),
        ("dpa-infocom", "dpa"),
        ("mit Material von dpa", "dpa"),
        ("with files from The Canadian Press", "The Canadian Press"),
        ("ana/dpa", "dpa"),
        ("Quelle: dpa", "dpa"),
        ("Kaynak: AA", "Anadolu"),
        ("Anadolu Ajansı", "Anadolu"),
        ("新华社", "Xinhua"),
        ("来源：新华网", "Xinhua"),
        ("共同", "Kyodo"),
        ("연합뉴스", "Yonhap"),
        ("المصدر: رويترز", "Reuters"),
        ("أ ف ب", "AFP"),
        ("Рейтер", "Reuters"),
        ("Укрінформ", "Ukrinform"),
        ("ТАСС", "TASS"),
        ("भाषा", "PTI"),
        ("Europa Press", "Europa Press"),
        ("Agência Lusa", "Lusa"),
        ("NTB", "NTB"),
        ("Ritzau", "Ritzau"),
        ("ap", ""),
        ("AP Møller", ""),
        ("Andhra Pradesh", ""),
        ("Sana", ""),
        ("Ani Lee", ""),
        ("Hina", ""),
        ("Ann Lee", ""),
        ("The Tarn Gazette", ""),
        ("Reuters " * 40, ""),
        ("", ""),
    ],
)
def test_agencies_by_name(name: str, agency: str) -> None:
    assert find_agency(name) == agency


def test_a_line_of_agencies_only() -> None:
    assert is_agency("AFP, MANILA")
    assert is_agency("mho/dpa")
    assert not is_agency("Tarn Gazette et AFP")
    assert not is_agency("APA/AFP/Ann Lee")
    assert not is_agency("TARN, MANILA")


@pytest.mark.parametrize(
    ("byline", "opening", "closing", "agency"),
    [
        ("Reuters", "", "", "Reuters"),
        ("", "TARN (Reuters) - The ferry stays.", "", "Reuters"),
        ("", "TARN (AP) — The ferry stays.", "", "AP"),
        ("", "Tarnhafen (dpa/lnw) - Die Fähre bleibt.", "", "dpa"),
        ("Ann Lee", "MOSCOW, November 3. /TASS/. The ferry stays.", "", "TASS"),
        ("Ann Lee", "The ferry (built in 1978) stays.", "It stays.", ""),
        ("", "Reuters was sold for two crowns.", "Reuters was sold.", ""),
        ("", "The Australian Federal Police (AFP) - who else - came.", "", ""),
    ],
)
def test_credit(byline: str, opening: str, closing: str, agency: str) -> None:
    assert find_credit(Byline(byline), None, [opening, closing], "Tarn Gazette") == agency


@pytest.mark.parametrize(
    ("closing", "agency"),
    [
        ("(dpa)", "dpa"),
        ("(dpa/lno)", "dpa"),
        ("mho/afp", "AFP"),
        ("bur/tw", "AFP"),
        ("bur-jj/gil", "AFP"),
        ("© AFP", "AFP"),
        ("© 2024 AFP", "AFP"),
        ("© dpa-infocom, dpa:240104-99-498763/2", "dpa"),
        ("Copyright 2024 The Associated Press. All rights reserved.", "AP"),
        ("Quelle: dpa", "dpa"),
        ("Fuente: EFE", "EFE"),
        ("Kaynak: AA", "Anadolu"),
        ("来源：新华社", "Xinhua"),
        ("mit dpa", "dpa"),
        ("With inputs from PTI", "PTI"),
        ("With files from The Canadian Press", "The Canadian Press"),
        ("Con información de EFE", "EFE"),
        ("Der Preis stieg. (mit dpa)", "dpa"),
        ("(رويترز)", "Reuters"),
        ("渡輪繼續。（新華社）", "Xinhua"),
        ("The ferry stays. (TASS)", "TASS"),
        ("/ritzau/", "Ritzau"),
        ("The ferry stays, he said. — AFP", "AFP"),
        ("--BERNAMA", "Bernama"),
        ("The ferry stays, he said, and it will stay for as long as there is a school (AFP)", "AFP"),
        ("Associated Press writer Ann Lee in Tarn contributed to this report.", "AP"),
        ("She wrote to the Australian Federal Police (AFP).", ""),
        ("He works for the AP.", ""),
        ("He joined Reuters in 1990", ""),
        ("as he told the PA.", ""),
        ("(ap)", ""),
        ("(kas)", ""),
        ("© 2026 The Tarn Gazette", ""),
        ("It stays.", ""),
    ],
)
def test_sign_offs(closing: str, agency: str) -> None:
    assert find_credit(Byline("Ann Lee", ("Ann Lee",)), None, ["It stays."] * 3 + [closing], "Tarn Gazette") == agency


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("AFP, MANILA", "AFP"),
        ("By Ann Lee and Tom Askew The Associated Press", "AP"),
        ("By Ann Lee for Reuters", "Reuters"),
        ("Par Tarn avec AFP", "AFP"),
        ("Anadolu Ajansı", "Anadolu"),
        ("Von dpa", "dpa"),
        ("© Reuters", "Reuters"),
        ("Source: Reuters", "Reuters"),
        ("Foto: dpa", ""),
        ("Bildrechte: Reuters", ""),
        ("APA/AFP/Ann Lee", ""),
        ("By AP Møller", ""),
        ("Reuters was sold", ""),
    ],
)
def test_lines_beside_the_body(line: str, agency: str) -> None:
    assert find_credit(Byline(), None, ["The ferry stays."], "Tarn Gazette", [line]) == agency


def test_a_line_under_a_picture_credits_the_picture() -> None:
    prose = "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings.</p>"
    shown = "<img src=a.jpg><div>Von Reuters</div><figure><span>Von EFE</span></figure><div>dpa</div>"
    tree = parse(f"<div>Von AP</div><div>x</div>{shown}<p>x</p><p class=byline>AFP</p>{prose}")
    assert tree.body
    layout = lay_out(tree.body)
    chosen = [number for number, piece in enumerate(layout.pieces) if len(piece.text) > 60]
    assert [line for line in credit_lines(layout, chosen) if find_agency(line)] == ["Von AP", "AFP"]
    assert credit_lines(layout, []) == []


def test_an_agency_is_no_source_of_its_own_pages() -> None:
    assert find_credit(Byline("Reuters"), None, ["TARN (Reuters) - x"], "Reuters") == ""


def test_an_agency_nobody_knows_is_one_where_the_page_says_so() -> None:
    meridian = Thing(authors=(("Meridian", "organization"),))
    stays = ["The ferry stays."]
    assert find_credit(Byline("Meridian"), meridian, stays, "Tarn Gazette") == "Meridian"
    assert find_credit(Byline("Meridian"), None, ["TARN (Meridian) — The ferry stays."], "Tarn Gazette") == "Meridian"
    assert find_credit(Byline("Meridian"), None, stays, "Tarn Gazette") == ""


@pytest.mark.parametrize("desk", ["Tarn Gazette", "Gazette", "Online-Redaktion", "Newsroom"])
def test_the_publishers_own_desks_are_no_agency(desk: str) -> None:
    assert find_credit(Byline(desk), Thing(authors=((desk, "organization"),)), [], "Tarn Gazette") == ""


@pytest.mark.parametrize(
    ("opening", "place", "agency"),
    [
        ("TARN (Reuters) - The ferry stays.", "TARN", "Reuters"),
        ("KATHMANDU, April 25 (Reuters) - The airline said so.", "KATHMANDU", "Reuters"),
        ("KYIV, 4 March (Reuters) - The ferry stays.", "KYIV", "Reuters"),
        ("BEIRUT/THE HAGUE, March 7 (Reuters) - The ferry stays.", "BEIRUT/THE HAGUE", "Reuters"),
        ("TEL AVIV, Israel (AP) — The ferry stays.", "TEL AVIV", "AP"),
        ("WASHINGTON, D.C. — The ferry stays.", "WASHINGTON", ""),
        ("PARIS — The ferry stays.", "PARIS", ""),
        ("LOW SKERRY — The ferry stays.", "LOW SKERRY", ""),
        ("MILLBROOK-ON-VARN — The ferry stays.", "MILLBROOK-ON-VARN", ""),
        ("PUTRAJAYA, Nov 22 — The ferry stays.", "PUTRAJAYA", ""),
        ("KUALA LUMPUR, Jan 5 (Bernama) -- The ferry stays.", "KUALA LUMPUR", "Bernama"),
        ("NEW DELHI: The ferry stays.", "NEW DELHI", ""),
        ("New Delhi, Jan 5 (PTI) The ferry stays.", "New Delhi", "PTI"),
        ("Lucknow (Uttar Pradesh) [India], January 5 (ANI): The ferry stays.", "Lucknow", "ANI"),
        ("MOSCOW, November 3. /TASS/. The ferry stays.", "MOSCOW", "TASS"),
        ("Tarnhafen (dpa) - Die Fähre bleibt.", "Tarnhafen", "dpa"),
        ("Berlin (dpa/tmn) - Die Fähre bleibt.", "Berlin", "dpa"),
        ("Wien – Die Fähre bleibt.", "Wien", ""),
        ("Berlin. Die Fähre bleibt.", "Berlin", ""),
        ("London/Teheran - Die Fähre bleibt.", "London/Teheran", ""),
        ("Tarnhafen - Die Fähre bleibt in Tarnhafen.", "Tarnhafen", ""),
        ("Tarnhafen, 27.6.2025 – Die Fähre bleibt.", "Tarnhafen", ""),
        ("Tarnhafen · Die Fähre bleibt in Tarnhafen.", "Tarnhafen", ""),
        ("DALLA NOSTRA CORRISPONDENTE NEW YORK - Il traghetto resta.", "NEW YORK", ""),
        ("ROMA, 12 MAR - Il traghetto resta.", "ROMA", ""),
        ("(ANSA) - ROMA, 12 MAR - Il traghetto resta.", "ROMA", "ANSA"),
        ("Madrid, 5 ene (EFE).- El transbordador sigue.", "Madrid", "EFE"),
        ("MADRID, 5 Ene. (EUROPA PRESS) - El transbordador sigue.", "MADRID", "Europa Press"),
        ("Lisboa, 05 jan 2024 (Lusa) – A balsa fica.", "Lisboa", "Lusa"),
        ("AMSTERDAM (ANP) - De veerboot blijft.", "AMSTERDAM", "ANP"),
        ("BRUSSEL (BELGA) - De veerboot blijft.", "BRUSSEL", "Belga"),
        ("København (Ritzau) – Færgen bliver.", "København", "Ritzau"),
        ("Stockholm (TT) - Färjan blir kvar.", "Stockholm", "TT"),
        ("HELSINKI (STT) Lautta jää.", "HELSINKI", "STT"),
        ("Warszawa, 05.01.2024 (PAP) – Prom zostaje.", "Warszawa", "PAP"),
        ("Praha 5. ledna (ČTK) - Přívoz zůstává.", "Praha", "ČTK"),
        ("Budapest, 2024. január 5., péntek (MTI) - A komp marad.", "Budapest", "MTI"),
        ("ANKARA (AA) - Feribot kalıyor.", "ANKARA", "Anadolu"),
        ("İSTANBUL, (DHA)- Feribot kalıyor.", "İSTANBUL", "DHA"),
        ("Jakarta (ANTARA) - Feri tetap.", "Jakarta", "Antara"),
        ("Hà Nội (TTXVN) - Phà ở lại.", "Hà Nội", "VNA"),
        ("ПОРТ-СЕЛВІН — Пором лишається.", "ПОРТ-СЕЛВІН", ""),
        ("КИЇВ. 5 січня. УНІАН. Пором лишається.", "КИЇВ", "Unian"),
        ("Москва. 5 января. ИНТЕРФАКС.RU - Паром остается.", "Москва", "Interfax"),
        ("МОСКВА, 5 янв — РИА Новости. Паром остается.", "МОСКВА", "RIA Novosti"),
        ("ΑΘΗΝΑ - Το πλοίο μένει.", "ΑΘΗΝΑ", ""),
        ("ירושלים - המעבורת נשארת.", "ירושלים", ""),
        ("ميناء تارن — قرر المجلس", "ميناء تارن", ""),
        ("القاهرة - رويترز - قرر المجلس", "القاهرة", "Reuters"),
        ("القاهرة (رويترز) - قرر المجلس", "القاهرة", "Reuters"),
        ("الرياض 05 يناير 2024 واس - قرر المجلس", "الرياض", "SPA"),
        ("تهران - ایرنا - کشتی", "تهران", "IRNA"),
        ("नई दिल्ली, 5 जनवरी (भाषा) नौका", "नई दिल्ली", "PTI"),
        ("新华社北京3月4日电 渡轮继续运行。", "北京", "Xinhua"),
        ("北京1月5日电 渡轮继续运行。", "北京", ""),
        ("（中央社台北5日電）渡輪繼續。", "台北", "CNA (Taiwan)"),
        ("【ワシントン共同】船は続く。", "ワシントン", "Kyodo"),
        ("[ワシントン 5日 ロイター] - 船は続く。", "ワシントン", "Reuters"),
        ("(서울=연합뉴스) 배는 남는다.", "서울", "Yonhap"),
        ("[서울=뉴시스] 배는 남는다.", "서울", "Newsis"),
    ],
)
def test_openings(opening: str, place: str, agency: str) -> None:
    found = read_opening(opening, opening)
    assert (found.place, found.agency) == (place, agency)
    assert find_dateline([opening]).place == place


@pytest.mark.parametrize(
    "opening",
    [
        "The ferry stays – for now.",
        "It is a well-known ferry - and it stays.",
        "A man - who was 40 - said so.",
        "UPDATE - The ferry stays.",
        "WATCH: The ferry stays.",
        "EXCLUSIVE — The ferry stays.",
        "BREAKING NEWS - 3 ferries stay.",
        "DISCLAIMER: The ferry stays.",
        "FERRY AGGRESSION: Tarn accused Skerry.",
        "LE POINT SUR LA SITUATION - «Le bac reste»",
        "Kommentar: Die Fähre bleibt.",
        "Mr. Smith said the ferry stays.",
        "Askew - The mayor said so. Askew is the mayor.",
        "Anna Lee - The mayor said so.",
        "Paris Saint-Germain - The club said so.",
        "In London - The ferry stays.",
        "Reuters was sold - The agency said so.",
        "The AFP (Australian Federal Police) - The police said so.",
        "Das Forum der Fischer (FdF) - so heißt es - bleibt.",
        "Große Aufregung am Dienstagnachmittag in Tarnhafen - Die Fähre bleibt.",
        "Tarn News: Was ist los?",
        "Uppdaterad 15.59 | Publicerad 14.14",
        "Inconveniently, the harbour was closed on 4 March 2026 — The ferry stayed.",
        "2026 – The ferry stays.",
        "- The ferry stays.",
        "",
    ],
)
def test_openings_that_name_no_place(opening: str) -> None:
    assert read_opening(opening, opening).place == ""


def test_a_caption_may_stand_above_the_opening() -> None:
    assert find_dateline(["A boat in the harbour.", "TARN — The ferry stays."]).place == "TARN"
    assert find_dateline(["One.", "Two.", "Three.", "TARN — The ferry stays."]).place == ""
    assert find_dateline(["A boat in the harbour.", "NEW DELHI: The ferry stays."]).place == "NEW DELHI"
    assert find_dateline(["A boat in the harbour.", "Berlin. Die Fähre bleibt."]).place == ""


@pytest.mark.parametrize("part", ["(", "A", "A ", "TARN, ", "- ", "(dpa", "© ", "with ", "王", "5 January ", "/"])
def test_long_lines_are_read_in_bounded_time(part: str) -> None:
    long = part * (1_000_000 // len(part))
    start = time.process_time()
    find_credit(Byline(long), None, [long, long], long, [long])
    find_dateline([long, long])
    assert time.process_time() - start < 2
