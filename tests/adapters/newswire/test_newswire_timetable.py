"""The newswire in time: ages become dates, late articles appear, texts are revised."""

from datetime import UTC, datetime, timedelta

from octavo.adapters.newswire.library import Library, SampleArticle, read_article
from octavo.adapters.newswire.timetable import publish, visible

STARTED = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)


def draft(slug: str, times: str, body: str = "Words.") -> SampleArticle:
    return read_article(f'+++\ntitle = "{slug}"\n{times}\n+++\n{body}\n', "post", slug)


def test_ages_count_back_from_the_start() -> None:
    article = publish(draft("a", 'age = "3h20m"\nmodified_age = "1h"'), STARTED, STARTED)
    assert article.published_at == datetime(2025, 3, 4, 8, 40, tzinfo=UTC)
    assert article.modified_at == datetime(2025, 3, 4, 11, 0, tzinfo=UTC)


def test_an_unmodified_article_was_modified_when_published() -> None:
    article = publish(draft("a", 'age = "2h"'), STARTED, STARTED)
    assert article.modified_at == article.published_at


def test_newest_first() -> None:
    library = Library((), (draft("old", 'age = "2d"'), draft("new", 'age = "5m"'), draft("middle", 'age = "1h"')))
    assert [a.title for a in visible(library, STARTED, STARTED)] == ["new", "middle", "old"]


def test_a_late_article_appears_when_its_time_has_come() -> None:
    library = Library((), (draft("late", 'later = "40m"'),))
    due = STARTED + timedelta(minutes=40)
    assert visible(library, STARTED, due - timedelta(seconds=1)) == ()
    assert [a.published_at for a in visible(library, STARTED, due)] == [due]


def test_a_revision_changes_title_body_and_date() -> None:
    times = 'age = "1h"\nrevise_after = "15m"\nrevision_title = "edited"'
    article = draft("a", times, "First.\n\n=== revised ===\n\nSecond.")
    before = publish(article, STARTED, STARTED + timedelta(minutes=14))
    after = publish(article, STARTED, STARTED + timedelta(minutes=15))
    assert (before.title, before.body, before.modified_at) == ("a", "First.", STARTED - timedelta(hours=1))
    assert (after.title, after.body, after.modified_at) == ("edited", "Second.", STARTED + timedelta(minutes=15))


def test_a_revised_title_leaves_the_body() -> None:
    article = draft("a", 'age = "1h"\nrevise_after = "15m"\nrevision_title = "edited"')
    assert publish(article, STARTED, STARTED + timedelta(hours=1)).body == "Words."
