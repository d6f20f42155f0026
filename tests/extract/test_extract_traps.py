"""Pages that lie: about whose they are, when they were published, and what they embed."""

from datetime import UTC, datetime, timedelta

import pytest

from octavo.domain.article import Article
from octavo.domain.page import PageSource
from octavo.extract.article import extract_article

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
PLAIN = """<h1>Tide ledger found in drowned archive</h1>
<p>The harbour office of Varn said on Monday that the tide ledger had been found in a drowned archive.</p>
<p>Archivists dried the ledger leaf by leaf for eleven months, and copied each of its entries by hand.</p>"""
WORDS = "<p>The find settles an old quarrel between two towns about who built the first quay of the bay.</p>"


def _read(body: str, head: str = "", url: str = "https://tides.co.example/1", seen: datetime | None = None) -> Article:
    page = f"<html lang=en><head><title>Tide ledger found</title>{head}</head><body><article>{body}</article></body>"
    return extract_article(PageSource(url, page.encode(), first_seen_at=seen), now=NOW)


def test_a_player_asked_with_a_hundred_words_spoils_no_article() -> None:
    asked = "&".join(f"a{number}=1" for number in range(100))
    frame = "<iframe src='https://www.facebook.com/plugins/post.php?href={}&{}'></iframe>"
    for href, wanted in (
        ("https%3A%2F%2Fwww.facebook.com%2Ftides", "https://www.facebook.com/tides"),
        ("%20%0Ahttps%3A%2F%2Ftides.example%2F%22%0A%3Cb%3E", "https://tides.example/%22%3Cb%3E"),
    ):
        article = _read(PLAIN + frame.format(href, asked) + WORDS)
        assert [block.url for block in article.blocks if block.url] == [wanted]


def test_words_from_elsewhere_are_no_post() -> None:
    post = "<blockquote class=twitter-tweet><p>The quay is sold, said its keeper.</p><a href='{}'>x</a></blockquote>"
    for address in ("https://rogue.example/?x.com/keeper/status/1", "https://rogue.example/x.com/keeper/status/1"):
        article = _read(PLAIN + post.format(address) + WORDS)
        assert [block.url for block in article.blocks if block.url] == []
    article = _read(PLAIN + post.format("https://mobile.twitter.com/keeper/status/1") + WORDS)
    assert [block.url for block in article.blocks if block.url] == ["https://mobile.twitter.com/keeper/status/1"]


@pytest.mark.parametrize("other", ["www.courant.co.example", "courant.co.example", "co.example.rogue.example"])
def test_no_page_says_it_is_a_neighbours(other: str) -> None:
    head = (
        f"<link rel=canonical href='https://{other}/ledger'><meta property='og:url' content='https://{other}/ledger'>"
    )
    assert _read(PLAIN + WORDS, head).canonical_url == "https://tides.co.example/1"


@pytest.mark.parametrize("said", ["2026-01-02T11:00:00Z", "2026-01-01T23:59:00", "2026-01-01T23:00:00+00:00"])
def test_a_date_that_lies_ahead_leads_no_list(said: str) -> None:
    """Nor does one that is later each time a page is asked for."""
    head = f"<meta property='article:published_time' content='{said}'>"
    assert _read(PLAIN + WORDS, head).published_at == NOW
    assert _read(PLAIN + WORDS, head, seen=NOW - timedelta(days=9)).published_at == NOW - timedelta(days=9)
