"""Opinion, analysis, review, interview, live: by what a publisher says in its types, labels, address and structure."""

import pytest

from octavo.domain.article import Genre
from octavo.extract.genre import Claims, claims_of, find_genre
from octavo.extract.structured import Statements, Thing
from octavo.extract.walk import lay_out
from octavo.text.html import parse

URL = "https://gazette.example/news/ferry"
TEXT = "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings until the end of March.</p>"


def _genre(kind: str = "", **given: object) -> Genre:
    claims = Claims(**{"url": URL, **given})  # type: ignore[arg-type]
    return find_genre(Statements(), Thing(types=frozenset({kind})) if kind else None, claims)


@pytest.mark.parametrize(
    ("kind", "genre"),
    [
        ("newsarticle", Genre.NEWS),
        ("liveblogposting", Genre.LIVE),
        ("opinionnewsarticle", Genre.OPINION),
        ("analysisnewsarticle", Genre.ANALYSIS),
        ("backgroundnewsarticle", Genre.ANALYSIS),
        ("reviewnewsarticle", Genre.REVIEW),
        ("interview", Genre.INTERVIEW),
    ],
)
def test_types(kind: str, genre: Genre) -> None:
    assert _genre(kind) is genre


@pytest.mark.parametrize(
    ("section", "genre"),
    [
        ("Opinion", Genre.OPINION), ("Meinung", Genre.OPINION), ("Opinión", Genre.OPINION),
        ("Tribune", Genre.OPINION), ("Opinioni", Genre.OPINION), ("Opinião", Genre.OPINION),
        ("Opinie", Genre.OPINION), ("Ledare", Genre.OPINION), ("Kronikk", Genre.OPINION),
        ("Pääkirjoitus", Genre.OPINION), ("Felieton", Genre.OPINION), ("Мнения", Genre.OPINION),
        ("Думка", Genre.OPINION), ("Köşe Yazıları", Genre.OPINION), ("رأي", Genre.OPINION),
        ("דעות", Genre.OPINION), ("संपादकीय", Genre.OPINION), ("社评", Genre.OPINION),
        ("社説", Genre.OPINION), ("사설", Genre.OPINION), ("Góc nhìn", Genre.OPINION),
        ("Analyse", Genre.ANALYSIS), ("Décryptage", Genre.ANALYSIS), ("تحليل", Genre.ANALYSIS),
        ("Анализ", Genre.ANALYSIS), ("解説", Genre.ANALYSIS), ("News analysis", Genre.ANALYSIS),
        ("Rezensionen", Genre.REVIEW), ("Crítica", Genre.REVIEW), ("书评", Genre.REVIEW),
        ("Entretien", Genre.INTERVIEW), ("Wywiad", Genre.INTERVIEW), ("Интервью", Genre.INTERVIEW),
        ("حوار", Genre.INTERVIEW), ("インタビュー", Genre.INTERVIEW), ("Liveticker", Genre.LIVE),
        ("En direct", Genre.LIVE), ("مباشر", Genre.LIVE), ("直播", Genre.LIVE),
        ("Sport | Opinion", Genre.OPINION), ("Harbour", Genre.NEWS),
        ("Public opinion research", Genre.NEWS), ("", Genre.NEWS),
    ],
)  # fmt: skip
def test_sections_of_many_languages(section: str, genre: Genre) -> None:
    assert _genre(section=section) is genre


@pytest.mark.parametrize(
    ("given", "genre"),
    [
        ({"url": "https://gazette.example/opinion/ferry"}, Genre.OPINION),
        ({"url": "https://gazette.example/de/kommentare/faehre"}, Genre.OPINION),
        ({"url": "https://gazette.example/live/ferry"}, Genre.LIVE),
        ({"url": "https://gazette.example/sport/ferry-liveticker-12"}, Genre.LIVE),
        ({"url": "https://gazette.example/news/how-to-live"}, Genre.LIVE),
        ({"url": "https://gazette.example/news/where-seals-live-today"}, Genre.NEWS),
        ({"url": "https://gazette.example/markets/ticker/ferry"}, Genre.NEWS),
        ({"headline": "Kommentar: Die Fähre bleibt"}, Genre.OPINION),
        ({"headline": "Analysis – what the ferry costs"}, Genre.ANALYSIS),
        ({"headline": "EN DIRECT – Le ferry repart"}, Genre.LIVE),
        ({"headline": "Ferry: live"}, Genre.LIVE),
        ({"headline": "Seals live here: a visit"}, Genre.NEWS),
        ({"headline": "Opinion polls: the ferry leads"}, Genre.NEWS),
        ({"keywords": ("review", "ferry")}, Genre.NEWS),
        ({"keywords": ("Interview",), "url": "https://gazette.example/news/interview-ann-lee"}, Genre.INTERVIEW),
        ({"posts": 9}, Genre.LIVE),
    ],
)
def test_where_else_it_is_said(given: dict[str, object], genre: Genre) -> None:
    assert _genre(**given) is genre  # type: ignore[arg-type]


def _claims(body: str) -> Claims:
    tree = parse(f"<body>{body}</body>")
    assert tree.body
    layout = lay_out(tree.body)
    return claims_of(layout, range(len(layout.pieces)), Claims())


def test_a_label_above_the_headline_counts_and_a_menu_does_not() -> None:
    assert _claims(f'<div class="kicker">Opinion</div><h1>Ferry</h1>{TEXT}').labels == ("Opinion",)
    assert _claims(f'<nav><b class="label">Opinion</b></nav><h1>Ferry</h1>{TEXT}').labels == ()
    assert _claims(f'<p class="lead">Opinion</p><h1>Ferry</h1>{TEXT}').labels == ()


def test_posts_with_times_of_their_own_make_a_ticker() -> None:
    posts = "".join(f"<div><b>{hour}:15 Uhr</b>{TEXT}</div>" for hour in range(8, 17))
    assert _claims(f"<h1>Ferry</h1>{posts}").posts == 9
    others = "".join(
        f"<li>4.{number} points<li>{number}:05 minutes into the film he says so" for number in range(10, 20)
    )
    assert _claims(f"<h1>Ferry</h1>{TEXT}<ul>{others}</ul>{TEXT}").posts == 10
    assert _claims(f'<h1>Ferry</h1>{TEXT}<div class="related">{posts}</div>{TEXT}').posts == 0
