"""The feed's word on when an article was published: taken where the page says nothing, and never when it lies ahead."""

from datetime import UTC, datetime, timedelta

import pytest

from octavo.domain.entry import Entry
from octavo.domain.ids import EntryId, FeedId
from octavo.domain.page import PageSource
from octavo.extract.article import extract_article

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAID = NOW - timedelta(days=2)
PAGE = """<!doctype html><html lang="en"><head><title>Bridge reopens</title>{stated}</head><body><article>
<h1>Bridge over the Orrin reopens after two years</h1>
<p>The old bridge over the Orrin reopened after two years of repairs, the city of Port Ember said in a statement.</p>
<p>“We have waited a long time for this,” said Mayor Ilse Brandt, who walked across it with a hundred others.</p>
<p>The work cost 14 million crowns, a third more than planned, because the foundations were cracked.</p>
</article></body></html>"""
STATED = '<meta property="article:published_time" content="2026-11-19T08:00:00Z">'


@pytest.mark.parametrize(
    ("stated", "said", "published"),
    [
        ("", SAID, SAID),
        (STATED, SAID, datetime(2026, 11, 19, 8, tzinfo=UTC)),
        ("", NOW + timedelta(days=9), None),
        ("", None, None),
    ],
)
def test_the_feeds_date_fills_in(stated: str, said: datetime | None, published: datetime | None) -> None:
    entry = Entry(EntryId(1), FeedId(1), "guid", "https://paper.example/bridge", "Bridge", published_at=said)
    page = PageSource("https://paper.example/bridge", PAGE.format(stated=stated).encode(), entry=entry)
    assert extract_article(page, now=NOW).published_at == published
