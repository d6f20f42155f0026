"""The newswire as written: every file loads, there is enough of it, and faults name their file."""

import json
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from octavo.adapters.newswire.library import (
    Library,
    SampleArticle,
    article_path,
    read_article,
    read_library,
    read_library_from,
    read_publishers,
    read_span,
    section_slug,
)
from octavo.errors import UnreadableFile

ARTICLE = '+++\ntitle = "A"\nage = "3h20m"\n+++\nWords.\n'
PUBLISHERS = """
[mark]
en = "Fictional"
[[publisher]]
key = "post"
name = "The Post"
language = "en"
country = "GB"
city = "Leeds"
timezone = "Europe/London"
kind = "newspaper"
owner = "A trust"
tagline = "News"
description = "A newspaper"
colour = "#123456"
path = "/{slug}"
feeds = [{ kind = "rss2", path = "/rss", name = "Post" }]
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library()


def find(library: Library, publisher: str, slug: str) -> SampleArticle:
    return next(article for article in library.articles if (article.publisher, article.slug) == (publisher, slug))


def test_there_is_enough_to_read(library: Library) -> None:
    writing = {article.publisher for article in library.articles}
    language = {publisher.key: publisher.language for publisher in library.publishers}
    assert len(writing) >= 12
    assert len(library.articles) >= 90
    assert len({article.event for article in library.articles if article.event}) >= 10
    assert len({language[key] for key in writing}) >= 6


def test_every_publisher_has_something_to_say(library: Library) -> None:
    counts = Counter(article.publisher for article in library.articles)
    assert not [publisher.key for publisher in library.publishers if counts[publisher.key] < 4]


def test_every_event_is_told_by_several_publishers(library: Library) -> None:
    tellers: dict[str, set[str]] = {}
    for article in library.articles:
        tellers.setdefault(article.event, set()).add(article.publisher)
    assert not [event for event, publishers in tellers.items() if event and len(publishers) < 2]


def test_most_articles_are_recent_enough_for_a_front_page(library: Library) -> None:
    fresh = [article for article in library.articles if timedelta() <= article.age <= timedelta(hours=24)]
    assert len(fresh) >= 30


def test_paths_are_unique_and_safe(library: Library) -> None:
    for publisher in library.publishers:
        paths = [article_path(publisher, article) for article in library.articles if article.publisher == publisher.key]
        assert len(paths) == len(set(paths))
        assert all(re.fullmatch(r"/[a-z0-9/_.-]+", path) for path in paths)


def test_the_newswire_keeps_its_planned_faults(library: Library) -> None:
    """What Octavo must notice: a headline that its body contradicts, a correction, two counts of the dead."""
    headline = find(library, "northern-ledger", "gulf-quota-rise")
    assert "381,000" in headline.title
    assert "318,000" in headline.body
    assert "381,000" not in headline.body
    corrected = find(library, "harbour-post", "varn-toll-rises")
    assert "32" in corrected.correction
    assert "23" in corrected.title
    flood = "\n".join(article.title for article in library.articles if article.event == "varn-flood")
    assert "23" in flood
    assert "31" in flood


def test_the_toll_rises_with_time(library: Library) -> None:
    told = [article for article in library.articles if article.event == "varn-flood"]
    told.sort(key=lambda article: article.age, reverse=True)
    first = {toll: next(a.age for a in told if re.search(rf"\b{toll}\b", a.title)) for toll in ("11", "17", "23", "31")}
    assert first["11"] > first["17"] > first["23"] > first["31"]


def test_a_meridian_report_is_carried_by_others(library: Library) -> None:
    carriers = {article.publisher for article in library.articles if article.agency == "Meridian"}
    assert len(carriers - {"meridian"}) >= 4


def test_front_matter_becomes_an_article() -> None:
    text = (
        '+++\nevent = "e"\ntitle = "T"\nauthors = ["A B"]\nage = "2d4h"\nmodified_age = "1h"\nimage = "harbour"\n'
        'revise_after = "15m"\nrevision_title = "U"\n+++\nFirst.\n\n=== revised ===\nSecond.\n'
    )
    article = read_article(text, "post", "a-slug")
    assert article.age == timedelta(days=2, hours=4)
    assert article.modified_age == timedelta(hours=1)
    assert article.authors == ("A B",)
    assert (article.body, article.revision_body) == ("First.", "Second.")
    assert article.revise_after == timedelta(minutes=15)


def test_later_is_an_age_still_to_come() -> None:
    assert read_article(ARTICLE.replace("age", "later"), "post", "a").age == -timedelta(hours=3, minutes=20)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (ARTICLE.replace("+++\n", "", 1), "front matter"),
        (ARTICLE.replace('"A"', '"A'), "articles/post/a.md"),
        (ARTICLE.replace('title = "A"\n', ""), "no title"),
        (ARTICLE.replace("Words.", ""), "no body"),
        (ARTICLE.replace("3h20m", "soon"), "age: 'soon'"),
        (ARTICLE.replace("3h20m", "7d"), "six days"),
        (ARTICLE.replace('age = "3h20m"\n', ""), "either age or later"),
        (ARTICLE.replace('"A"', "7"), "title must be a str"),
        (ARTICLE.replace("+++\nWords", 'colour = "red"\n+++\nWords'), "unknown: colour"),
        (ARTICLE.replace("+++\nWords", 'authors = "A"\n+++\nWords'), "authors must be a list"),
        (ARTICLE.replace("+++\nWords", "authors = [1]\n+++\nWords"), "list of texts"),
        (ARTICLE.replace("+++\nWords", 'genre = "gossip"\n+++\nWords'), "genre"),
        (ARTICLE.replace("+++\nWords", 'image = "unicorn"\n+++\nWords'), "unicorn"),
        (ARTICLE.replace("+++\nWords", 'modified_age = "4h"\n+++\nWords'), "modified_age"),
        (ARTICLE.replace("+++\nWords", 'revise_after = "4h"\n+++\nWords'), "go together"),
        (ARTICLE + "=== revised ===\nOther.", "go together"),
    ],
)
def test_a_fault_names_its_file(text: str, complaint: str) -> None:
    with pytest.raises(UnreadableFile, match=r"articles/post/a\.md") as caught:
        read_article(text, "post", "a")
    assert complaint in str(caught.value)


def test_a_slug_must_fit_an_address() -> None:
    with pytest.raises(UnreadableFile, match="lowercase ascii"):
        read_article(ARTICLE, "post", "Ünfit")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('key = "post"', 'key = "The Post"', "host name"),
        ('language = "en"', 'language = "fi"', "no text in fi"),
        ('name = "The Post"\n', "", "name is missing"),
        ("feeds = [{", "feeds = [] #", "no feed"),
        ('kind = "rss2"', 'kind = "telex"', "telex"),
        ("[mark]", "[mark", "publishers.toml"),
        ('city = "Leeds"', 'city = "Leeds"\nmotto = "x"', "unknown: motto"),
        ("Europe/London", "Europe/Londinium", "Londinium"),
    ],
)
def test_a_faulty_publisher_is_refused(old: str, new: str, complaint: str) -> None:
    with pytest.raises(UnreadableFile, match=re.escape(complaint)):
        read_publishers(PUBLISHERS.replace(old, new, 1), "publishers.toml")


def test_a_publisher_is_listed_once() -> None:
    table = PUBLISHERS[PUBLISHERS.index("[[") :]
    with pytest.raises(UnreadableFile, match="listed twice: post"):
        read_publishers(PUBLISHERS + table, "publishers.toml")


def test_a_folder_without_publisher_is_refused(tmp_path: Path) -> None:
    (tmp_path / "publishers.toml").write_text(PUBLISHERS)
    shelf = tmp_path / "articles" / "post"
    shelf.mkdir(parents=True)
    (shelf / "a.md").write_text(ARTICLE)
    (tmp_path / "articles" / "README.md").write_text("not a folder")
    assert [article.slug for article in read_library_from(tmp_path).articles] == ["a"]
    shelf.rename(tmp_path / "articles" / "gazette")
    with pytest.raises(UnreadableFile, match="articles/gazette"):
        read_library_from(tmp_path)


@pytest.mark.parametrize(("text", "minutes"), [("25m", 25), ("7h", 420), ("3h20m", 200), ("2d4h", 3120), ("1d", 1440)])
def test_lengths_of_time(text: str, minutes: int) -> None:
    assert read_span(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("section", "slug"),
    [
        ("World", "world"),
        ("Économie", "economie"),
        ("Görüş", "gorus"),
        ("Kıyı", "kiyi"),
        ("علوم", "news"),
        ("", "news"),
    ],
)
def test_sections_in_addresses(section: str, slug: str) -> None:
    assert section_slug(section) == slug


def test_a_number_does_not_change_between_starts(library: Library) -> None:
    numbers = {f"{a.publisher}/{a.slug}": a.number for a in library.articles}
    again = {f"{a.publisher}/{a.slug}": a.number for a in read_library().articles}
    assert json.dumps(numbers) == json.dumps(again)
