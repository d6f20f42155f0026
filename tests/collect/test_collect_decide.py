"""Which entries are new, which changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from octavo.collect.decide import EPOCH, believable, decide, fingerprint
from octavo.domain.entry import Entry
from octavo.domain.feed import Feed
from octavo.domain.ids import EntryId, FeedId, PublisherId

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FEED = Feed(FeedId(7), "https://paper.example/feed", PublisherId("paper"))


def entry(guid: str, hours_ago: float | None = None, title: str = "") -> Entry:
    moment = None if hours_ago is None else NOW - timedelta(hours=hours_ago)
    return Entry(EntryId(0), FeedId(0), guid, f"https://paper.example/{guid}", published_at=moment, title=title)


def test_entries_are_new_changed_or_known() -> None:
    old, edited = entry("old", 3), entry("edited", 2, title="Harbour closes")
    known = {"old": fingerprint(old), "edited": fingerprint(edited), "gone": "x"}
    decided = decide(FEED, [entry("new", 1), replace(edited, title="Harbour opens"), old], known, NOW)
    assert [one.guid for one in decided.new] == ["new"]
    assert [(one.guid, one.title) for one in decided.changed] == [("edited", "Harbour opens")]
    assert decided.known == 1
    assert {one.feed_id for one in (*decided.new, *decided.changed)} == {FEED.id}
    assert decided.new[0].first_seen_at == NOW
    assert decided.new[0].content_hash == fingerprint(entry("new"))
    again = decide(FEED, [entry("new", 1)], {"new": decided.new[0].content_hash}, NOW)
    assert (again.new, again.changed, again.known) == ((), (), 1)


def test_of_two_entries_with_one_guid_the_first_stands() -> None:
    decided = decide(FEED, [entry("a", 1, title="First"), entry("a", 1, title="Second")], {}, NOW)
    assert [one.title for one in decided.new] == ["First"]
    assert decided.known == 0


def test_the_newest_come_first_where_all_are_dated() -> None:
    dated = [entry("a", 3), entry("b", 1), entry("c", 2)]
    assert [one.guid for one in decide(FEED, dated, {}, NOW).new] == ["b", "c", "a"]
    assert [one.guid for one in decide(FEED, [*dated, entry("d")], {}, NOW).new] == ["a", "b", "c", "d"]


def test_an_entry_that_was_only_updated_stands_by_that_date() -> None:
    updated = replace(entry("u"), updated_at=NOW - timedelta(hours=1.5))
    assert [one.guid for one in decide(FEED, [entry("a", 2), updated, entry("b", 1)], {}, NOW).new] == ["b", "u", "a"]


@pytest.mark.parametrize("other", [{"title": "x"}, {"summary": "x"}, {"content": "x"}, {"url": "https://x.example/"}])
def test_wording_counts_as_a_change(other: dict[str, Any]) -> None:
    assert fingerprint(entry("a")) != fingerprint(replace(entry("a"), **other))


def test_dates_pictures_and_tags_do_not_count_as_a_change() -> None:
    assert fingerprint(entry("a", 1)) == fingerprint(replace(entry("a", 5), image="https://x.example/i", tags=("t",)))
    assert fingerprint(entry("a", title="x")) != fingerprint(replace(entry("a"), summary="x"))


@pytest.mark.parametrize(
    ("moment", "stays"),
    [
        (NOW, True),
        (NOW + timedelta(hours=1), True),
        (NOW + timedelta(hours=1, seconds=1), False),
        (EPOCH, True),
        (EPOCH - timedelta(seconds=1), False),
        (datetime(9999, 12, 31, tzinfo=UTC), False),
    ],
)
def test_dates_no_article_can_have_are_dropped(moment: datetime, stays: bool) -> None:
    assert (believable(moment, NOW) == moment) is stays
    decided = decide(FEED, [replace(entry("a"), published_at=moment, updated_at=moment)], {}, NOW)
    kept = moment if stays else None
    assert (decided.new[0].published_at, decided.new[0].updated_at) == (kept, kept)
