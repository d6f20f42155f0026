"""A hashtag's page as an editor's rules let it be seen, its trend, and the hashtags that rise."""

from datetime import timedelta

from octavo.domain.hashtag import HashtagRule
from octavo.store import hashtags

from .conftest import NOW, Reader


def _rule(reader: Reader, rule: HashtagRule) -> None:
    with reader.tools.database.transaction() as tx:
        hashtags.set_rule(tx, rule)
    reader.clock.now += timedelta(seconds=10)  # a page is looked at anew after a few seconds


def test_a_folded_hashtag_has_moved_and_a_muted_one_is_not_there(reader: Reader) -> None:
    assert reader.get("/en-gb/hashtag/archives").status_code == 200
    _rule(reader, HashtagRule("archives", NOW, into="tide"))
    moved = reader.get("/en-gb/hashtag/archives")
    assert (moved.status_code, moved.headers["location"]) == (302, "/en-gb/hashtag/tide")
    assert "Archives" not in reader.get("/en-gb/hashtag/tide").text
    _rule(reader, HashtagRule("tide", NOW, muted=True))
    assert reader.get("/en-gb/hashtag/tide").status_code == 404
    assert "/hashtag/" not in reader.get("/en-gb/hashtags").text.split("<main")[1]


def test_a_hashtags_page_draws_its_days(reader: Reader) -> None:
    page = reader.get("/en-gb/hashtag/tide").text
    assert page.count("<rect") == 14
    assert "1 March 2026: 7<" in page
    assert "<caption>Articles a day, the last two weeks</caption>" in page


def test_what_rises_is_listed_with_its_numbers(reader: Reader) -> None:
    page = reader.get("/en-gb/hashtags").text
    assert 'href="/en-gb/hashtag/tide"' in page
    assert "7 articles since yesterday" in page
    assert "7 times the usual" in page
