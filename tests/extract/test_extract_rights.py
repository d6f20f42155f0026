"""Licences, reservations and directives for robots, as pages state them."""

import pytest

from octavo.domain.article import Rights
from octavo.extract.rights import find_rights
from octavo.extract.structured import Thing, read_statements
from octavo.text.html import parse

URL = "https://gazette.example/news/ferry"


def _rights(head: str, main: Thing | None = None) -> Rights:
    return find_rights(read_statements(parse(f"<html><head>{head}</head><body></body></html>")), main, URL)


def test_a_page_that_says_nothing() -> None:
    assert _rights('<meta name="robots" content="index, follow, max-snippet:-1, max-image-preview:large">') == Rights()


def test_licences_from_links_and_json_ld() -> None:
    main = Thing(licences=("https://gazette.example/terms", "https://gazette.example/rsl.xml"))
    head = '<link rel="license" type="application/rsl+xml" href="/rsl.xml"><link rel="license" href="javascript:x">'
    assert _rights(head, main).licences == ("https://gazette.example/rsl.xml", "https://gazette.example/terms")


@pytest.mark.parametrize(("content", "wanted"), [("1", True), ("0", False), ("", None), ("yes", None)])
def test_text_and_data_mining(content: str, wanted: bool | None) -> None:
    head = f'<meta name="tdm-reservation" content="{content}"><meta name="tdm-policy" content="/tdm.json">'
    assert _rights(head).tdm_reserved is wanted
    assert _rights(head).tdm_policy == "https://gazette.example/tdm.json"


def test_directives_for_all_robots_and_for_this_one() -> None:
    head = (
        '<meta name="robots" content="INDEX, Max-Snippet: 50 ,noai,NOARCHIVE">'
        '<meta name="googlebot" content="nosnippet"><meta name="octavo" content="noimageindex, noai">'
    )
    assert _rights(head).robots == ("max-snippet:50", "noai", "noarchive", "noimageindex")


def _sent(said: str, head: str = "") -> Rights:
    return find_rights(read_statements(parse(f"<html><head>{head}</head><body></body></html>")), None, URL, said)


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("noai, NOARCHIVE", ("noai", "noarchive")),
        ("index, follow, max-snippet: 50", ("max-snippet:50",)),
        ("googlebot: noarchive, nosnippet", ()),
        ("noai, otherbot: noarchive, octavo: nosnippet, noimageindex", ("noai", "nosnippet", "noimageindex")),
        ("*: noai", ("noai",)),
        (
            "unavailable_after: Friday, 25-Jun-27 15:00:00 CET, noai",
            ("unavailable_after: friday, 25-jun-27 15:00:00 cet", "noai"),
        ),
        ("unavailable_after: 25 Jun 2027, 15:00:00 PST", ("unavailable_after: 25 jun 2027, 15:00:00 pst",)),
    ],
)
def test_directives_in_a_header_for_all_robots_and_for_this_one(tag: str, wanted: tuple[str, ...]) -> None:
    assert _sent(f"x-robots-tag: {tag}").robots == wanted


def test_each_line_of_a_header_begins_anew_and_adds_to_the_page() -> None:
    head = '<meta name="robots" content="noarchive">'
    assert _sent("x-robots-tag: googlebot: nosnippet\nx-robots-tag: noai", head).robots == ("noarchive", "noai")


def test_mining_reserved_in_a_header_unless_the_page_says_otherwise() -> None:
    said = "tdm-reservation: 1\ntdm-policy: /mining.json"
    assert _sent(said) == Rights(tdm_reserved=True, tdm_policy="https://gazette.example/mining.json")
    assert _sent(said, '<meta name="tdm-reservation" content="0">').tdm_reserved is False


def test_licences_in_a_header() -> None:
    said = (
        'link: </style.css>; rel=preload; as=style, </rsl.xml>; rel="license"; type="application/rsl+xml", '
        "<https://gazette.example/terms>; title=x; rel='terms license', <javascript:x>; rel=license"
    )
    assert _sent(said).licences == ("https://gazette.example/rsl.xml", "https://gazette.example/terms")
    assert _sent(f"link: {'<' * 100_000}") == Rights()


def test_a_last_day_keeps_its_commas() -> None:
    head = '<meta name="robots" content="unavailable_after: Friday, 25-Jun-27 15:00:00 CET, noarchive">'
    assert _rights(head).robots == ("unavailable_after: friday, 25-jun-27 15:00:00 cet", "noarchive")


@pytest.mark.parametrize(
    ("stated", "holder"),
    [
        ("Tarn Gazette Ltd", "Tarn Gazette Ltd"),
        ("© 2026 Tarn Gazette Ltd. All rights reserved.", "Tarn Gazette Ltd"),
        ("Copyright (c) 2019-2026 by Tarn Gazette", "Tarn Gazette"),
        ("Bachtal Verlag GmbH 2001 - 2026", "Bachtal Verlag GmbH"),
        ("湖畔网版权所有", "湖畔网"),
        ("2026", ""),
        ("https://gazette.example/", ""),
    ],
)
def test_the_holder_without_sign_and_years(stated: str, holder: str) -> None:
    assert _rights(f'<meta name="copyright" content="{stated}">').holder == holder


@pytest.mark.parametrize(
    ("robots", "limit"),
    [
        ((), None),
        (("noarchive",), None),
        (("max-snippet:160", "max-snippet:50"), 50),
        (("max-snippet:160", "nosnippet"), 0),
        (("max-snippet:-1",), None),
        (("max-snippet:٣",), None),
    ],
)
def test_how_long_a_snippet_may_be(robots: tuple[str, ...], limit: int | None) -> None:
    assert Rights(robots=robots).longest_snippet == limit


def test_what_the_words_mean() -> None:
    assert not Rights(robots=("max-image-preview:none",)).pictures
    assert Rights(robots=("max-image-preview:standard",)).pictures
    assert Rights(robots=("noai",)).machines_barred
    assert Rights(tdm_reserved=True).machines_barred
    assert not Rights(tdm_reserved=False).machines_barred
