"""Which of a page's many dates is that of publication."""

from datetime import UTC, datetime

import pytest

from octavo.extract.datelabels import CHANGED, FIRST, PUBLISHED, is_label, labelled
from octavo.extract.dates import find_dates, find_hidden_date, find_printed
from octavo.extract.metadata import choose_main
from octavo.extract.structured import read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import parse

NOW = datetime(2026, 6, 1, tzinfo=UTC)
URL = "https://gazette.example/news/ferry"
PROSE = (
    "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings until the end of March.</p>"
)
HEAD = "<h1>Ferry stays</h1>"
MARCH_4, MARCH_5 = datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC)


def _dates(
    body: str, head: str = "", language: str = "en", root: str = "<html>"
) -> tuple[datetime | None, datetime | None]:
    tree = parse(f"{root}<head>{head}</head><body>{body}</body></html>")
    assert tree.body
    statements, layout = read_statements(tree), lay_out(tree.body)
    chosen = [number for number, piece in enumerate(layout.pieces) if len(piece.text) > 80]
    return find_dates(statements, choose_main(statements, layout, URL), find_printed(layout, chosen), language, NOW)


def _stated(published: str, modified: str = "") -> str:
    facts = f'"@type": "NewsArticle", "datePublished": "{published}", "dateModified": "{modified}"'
    return f'<script type="application/ld+json">{{{facts}}}</script>'


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Published 4 March 2026 | Updated 5 March 2026", [(PUBLISHED, "4 March 2026"), (CHANGED, "5 March 2026")]),
        ("4 Mar 2026Updated 5 Mar 2026", [("", "4 Mar 2026"), (CHANGED, "5 Mar 2026")]),
        ("Originally published on 4 March 2026", [(FIRST, "on 4 March 2026")]),
        ("2026年3月4日 更新", [(CHANGED, "2026年3月4日")]),
        ("입력 2026.03.04. 수정 2026.03.05.", [(PUBLISHED, "2026.03.04."), (CHANGED, "2026.03.05.")]),
        ("Veröffentlicht am 4. März 2026", [(PUBLISHED, "am 4. März 2026")]),
        ("Stand: 04.03.2026 10:30", [(CHANGED, "04.03.2026 10:30")]),
        ("Publié le 4 mars 2026, mis à jour le 5", [(PUBLISHED, "le 4 mars 2026,"), (CHANGED, "le 5")]),
        ("Опубликовано 4 марта 2026", [(PUBLISHED, "4 марта 2026")]),
        ("Güncelleme: 04.03.2026", [(CHANGED, "04.03.2026")]),
        ("آخر تحديث 4 مارس 2026", [(CHANGED, "4 مارس 2026")]),
        ("Ann Lee, 4 March 2026", [("", "Ann Lee, 4 March 2026")]),
        ("Updated", []),
    ],
)
def test_labels_part_a_line(line: str, facts: list[tuple[str, str]]) -> None:
    assert [(label, text.strip(" :|")) for label, text in labelled(line)] == facts


def test_a_label_alone() -> None:
    assert is_label("Last updated:")
    assert is_label("Datum")
    assert not is_label("Published by the harbour board of Tarn")
    assert not is_label("4 March 2026")


def test_a_date_of_change_is_not_that_of_publication() -> None:
    assert _dates(f"{HEAD}<p>Updated 4 March 2026</p>{PROSE}") == (None, MARCH_4)
    assert _dates(f"{HEAD}<div>Last updated:</div><div>4 March 2026</div>{PROSE}") == (None, MARCH_4)
    assert _dates(f'{HEAD}<p>Updated <time datetime="2026-03-04">Wednesday</time></p>{PROSE}') == (None, MARCH_4)
    both = f"{HEAD}<p>Published 4 March 2026, updated 5 March 2026</p>{PROSE}"
    assert _dates(both) == (MARCH_4, MARCH_5)


def test_the_date_over_the_headline_counts_whatever_box_it_is_in() -> None:
    cards = f'<div class="card footer"><p>4 March 2026</p>{HEAD}</div>'
    assert _dates(f"{cards}<ul>{'<li>Share</li>' * 30}</ul>{PROSE}")[0] == MARCH_4


def test_dates_of_other_stories_are_not_the_articles() -> None:
    others = '<div class="related"><div><span class="date">5 March 2026</span></div></div>'
    assert _dates(f"{HEAD}{PROSE}{others}") == (None, None)
    assert _dates(f"{HEAD}{PROSE}<p>Date: 4 March 2026</p>{others}")[0] == MARCH_4


def test_dates_of_the_site_are_not_the_articles() -> None:
    links = '<nav><a href="/">Today</a> <time datetime="2026-05-05">5 May</time></nav>'
    assert _dates(f"{links}{HEAD}{PROSE * 3}") == (None, None)
    foot = f'<footer><p>Tarn Gazette</p>{"<p>Harbour</p>" * 12}<p><span class="date">5 May 2026</span></p></footer>'
    assert _dates(f"{HEAD}{PROSE * 3}{foot}") == (None, None)


def test_the_day_of_a_change_printed_without_a_label_corrects_nothing() -> None:
    printed = f"{HEAD}<p>5 May 2026</p>{PROSE}"
    assert _dates(printed, _stated("2026-03-04T00:00:00Z", "2026-05-05T10:00:00Z"))[0] == MARCH_4


def test_a_time_without_a_zone_has_that_of_another_statement() -> None:
    head = _stated("2026-03-04 01:00") + '<meta name="date" content="2026-03-04T01:00:00+01:00">'
    assert _dates(f"{HEAD}{PROSE}", head)[0] == MARCH_4


def test_a_labelled_date_comes_before_one_in_a_caption() -> None:
    caption = "<p>The winter ferry off Tarn, 5 March 2026</p>"
    assert _dates(f"{HEAD}{caption}{PROSE}<p>Date: 4 March 2026</p>")[0] == MARCH_4


def test_a_date_printed_as_that_of_publication_outweighs_a_later_statement() -> None:
    printed = f"{HEAD}<p>Published 4 March 2026</p><p>Updated 5 May 2026</p>{PROSE}"
    assert _dates(printed, _stated("2026-05-05T10:00:00Z"))[0] == MARCH_4
    later = f"{HEAD}<p>Published 5 May 2026</p>{PROSE}"
    head = _stated("2026-03-04T00:00:00Z") + '<meta property="article:published_time" content="2026-03-04T00:00:00Z">'
    assert _dates(later, head)[0] == MARCH_4


def test_statements_that_agree_outweigh_a_date_printed_alone() -> None:
    today = f"<p>5 May 2026</p>{HEAD}{PROSE}"
    one = _stated("2026-03-04T00:00:00Z")
    assert _dates(today, one)[0] == datetime(2026, 5, 5, tzinfo=UTC)
    assert _dates(today, one + '<meta name="date" content="2026-03-04">')[0] == MARCH_4


def test_a_line_about_something_else_corrects_nothing() -> None:
    offer = f"{HEAD}<p>Limited offer for islanders, redeem by 5.5.26</p>{PROSE}"
    assert _dates(offer, _stated("2026-03-04T00:00:00Z"))[0] == MARCH_4


def test_day_and_month_may_be_printed_in_either_order() -> None:
    printed = f"{HEAD}<p>Published 03/04/2026</p>{PROSE}"
    april_3 = datetime(2026, 4, 3, tzinfo=UTC)
    assert _dates(printed, _stated("2026-04-03T00:00:00Z"))[0] == april_3
    assert _dates(printed, root='<html lang="en-GB">')[0] == april_3
    assert _dates(printed, root='<html lang="en-US">')[0] == MARCH_4


@pytest.mark.parametrize(
    "state",
    [
        '{"publishedAt":"2026-03-04T00:00:00Z"}',
        "dataLayer.push({publishDate: '2026-03-04'})",
        'window.published_time = "20260304"',
        '{"firstPublishedAt":1772582400000}',
        '{"published_at":"never","x":1}</script><script>{"pubDate":"2026-03-04"}',
    ],
)
def test_dates_in_the_state_of_scripts(state: str) -> None:
    assert find_hidden_date(parse(f"<body><script>{state}</script></body>"), URL, NOW) == MARCH_4


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/2026/03/04/ferry", True),
        ("/2026-03-04-ferry", True),
        ("/n1/2026/0304/c1.html", True),
        ("/a/20260304/ferry", True),
        ("/a/20260304.html", True),
        ("/a/20261304/ferry", False),
        ("/a/120260304/ferry", False),
        ("/news/ferry-2026", False),
    ],
)
def test_dates_in_addresses(path: str, found: bool) -> None:
    page = parse("<body></body>")
    assert find_hidden_date(page, f"https://gazette.example{path}", NOW) == (MARCH_4 if found else None)
