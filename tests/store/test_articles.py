"""Articles: kept once per address; what their publishers changed is a revision and a change."""

from dataclasses import fields, replace

import pytest

from octavo.domain.article import Article, ArticleCard, Block, BlockKind, Byline, Dateline, Form, Genre, Image, Rights
from octavo.domain.ids import TIE_BITS, ArticleId, FeedId, PageKey
from octavo.domain.revision import Revision
from octavo.errors import StoreError
from octavo.ports.database import Database
from octavo.store import articles, changes
from octavo.store.changes import ChangeKind

from .examples import DAY, GAZETTE, HERALD, HOUR, NOON, article, keep

WHOLE = replace(
    article(),
    blocks=(
        Block(BlockKind.PARAGRAPH, "First.\nش 港"),
        Block(BlockKind.SUBHEAD, "Sub", level=3),
        Block(BlockKind.LIST, items=("one", "two")),
        Block(BlockKind.QUOTE, "Said", credit="Someone"),
        Block(BlockKind.TABLE, rows=(("a", "b"), ("c", ""))),
        Block(BlockKind.FIGURE, "Caption", url="https://gazette.example/a.jpg", credit="Photographer"),
        Block(BlockKind.EMBED, url="https://video.example/1"),
        Block(BlockKind.PARAGRAPH, ""),
    ),
    page_key=PageKey("a" * 32),
    feed_id=FeedId(7),
    external_id="ext-1",
    canonical_url="https://gazette.example/canonical",
    standfirst="Standfirst",
    byline=Byline("By A. Author", ("A. Author",)),
    source="Agency",
    dateline=Dateline("TARNMOUTH"),
    section="Politics",
    modified_at=NOON,
    image=Image("https://gazette.example/lead.jpg", "Caption", "Credit", "Alt", 640, 480),
    genre=Genre.ANALYSIS,
    form=Form.GALLERY,
    rights=Rights(("https://gazette.example/rsl.xml",), "The Gazette", False, "https://gazette.example/tdm", ("noai",)),
    keywords=("k1", "k2"),
    correction="Corrected",
    paywalled=True,
    complete=0.25,
    excerpt="Excerpt",
    word_count=12,
)


def _changes(database: Database, after: int = 0) -> list[tuple[ArticleId, ChangeKind]]:
    with database.read() as read:
        return [(one.article_id, one.kind) for one in changes.since(read, after, 100)]


def test_the_example_leaves_no_field_at_its_default() -> None:
    bare = article()
    same = {one.name for one in fields(Article) if getattr(WHOLE, one.name) == getattr(bare, one.name)}
    assert same == {"id", "url", "publisher_id", "headline", "language", "first_seen_at", "published_at"}


def test_an_article_comes_back_as_it_was_given(database: Database) -> None:
    (kept,) = keep(database, [WHOLE])
    assert kept == replace(WHOLE, id=kept.id)
    assert kept.published_at
    assert kept.id >> TIE_BITS == int(kept.published_at.timestamp())
    with database.read() as read:
        assert articles.get(read, kept.id) == kept
        assert articles.by_url(read, kept.url) == kept
        assert articles.by_url(read, f"{kept.url}#") is None
        assert articles.by_external_id(read, "ext-1") == kept
        assert articles.by_external_id(read, "") is None
        assert articles.get(read, ArticleId(1)) is None
        assert articles.count(read) == 1
    assert _changes(database) == [(kept.id, ChangeKind.NEW)]


def test_what_no_database_can_hold_is_dropped(database: Database) -> None:
    (kept,) = keep(database, [article(headline="a\x00b\ud800c", text="d\x00\x00e\udfff \\u0000 \\\x00")])
    with database.read() as read:
        found = articles.get(read, kept.id)
    assert found
    assert (found.headline, found.text) == ("abc", "de \\u0000 \\")
    assert keep(database, [article(headline="a\x00b\ud800c", text="d\x00\x00e\udfff \\u0000 \\\x00")])[0].id == kept.id
    assert _changes(database) == [(kept.id, ChangeKind.NEW)]


def test_the_same_again_changes_nothing(database: Database) -> None:
    (kept,) = keep(database, [WHOLE])
    assert keep(database, [replace(WHOLE, first_seen_at=NOON + DAY)], now=NOON + DAY) == [kept]
    with database.read() as read:
        assert articles.get(read, kept.id) == kept
        assert articles.revisions_of(read, kept.id) == []
    assert _changes(database) == [(kept.id, ChangeKind.NEW)]


def test_an_edit_keeps_the_earlier_wording_and_records_a_change(database: Database) -> None:
    (kept,) = keep(database, [article(text="Two were hurt.")])
    (edited,) = keep(database, [article(text="Three were hurt.")], now=NOON + HOUR)
    keep(database, [article(text="Three were hurt.", headline="New")], now=NOON + DAY)
    assert edited.id == kept.id
    with database.read() as read:
        assert articles.revisions_of(read, kept.id) == [
            Revision(kept.id, 1, "Headline 1", "Two were hurt.", NOON),
            Revision(kept.id, 2, "Headline 1", "Three were hurt.", NOON + HOUR),
        ]
        found = articles.get(read, kept.id)
    assert found
    assert (found.headline, found.text) == ("New", "Three were hurt.")
    assert _changes(database) == [(kept.id, kind) for kind in (ChangeKind.NEW, ChangeKind.EDITED, ChangeKind.EDITED)]


def test_extracting_again_is_no_edit_but_is_followed(database: Database) -> None:
    (kept,) = keep(database, [article(text="Two were hurt. Advertisement")])
    keep(database, [article(text="Two were hurt.")], revise=False)
    with database.read() as read:
        assert articles.revisions_of(read, kept.id) == []
        found = articles.get(read, kept.id)
        assert found
        assert found.text == "Two were hurt."
    assert _changes(database) == [(kept.id, ChangeKind.NEW), (kept.id, ChangeKind.EDITED)]


def test_other_facts_are_taken_over_without_a_change(database: Database) -> None:
    (kept,) = keep(database, [article()])
    keep(database, [article(section="Sport", word_count=9)])
    with database.read() as read:
        found = articles.get(read, kept.id)
    assert found == replace(kept, section="Sport", word_count=9)
    assert _changes(database) == [(kept.id, ChangeKind.NEW)]


def test_a_later_look_does_not_forget_what_it_cannot_know(database: Database) -> None:
    (kept,) = keep(database, [WHOLE])
    bare = replace(
        WHOLE,
        published_at=None,
        external_id="",
        feed_id=FeedId(8),
        page_key=None,
        language="",
        first_seen_at=NOON + DAY,
    )
    assert keep(database, [bare]) == [kept]


def test_of_two_with_one_address_the_last_counts(database: Database) -> None:
    first, second = keep(database, [article(text="One."), article(text="Two.")])
    assert first == second
    assert first.text == "Two."
    assert _changes(database) == [(first.id, ChangeKind.NEW)]


def test_articles_of_one_second_get_ids_of_their_own_in_order_of_time(database: Database) -> None:
    same = [article(number, published_at=NOON) for number in range(1, 1501)]
    later = article(9999, published_at=NOON + HOUR / 3600)
    undated = article(9998, published_at=None, first_seen_at=NOON + DAY)
    kept = keep(database, [*same, later, undated])
    assert [one.url for one in kept] == [one.url for one in [*same, later, undated]]
    assert len({one.id for one in kept}) == 1502
    assert max(one.id for one in kept[:-2]) < kept[-2].id < kept[-1].id
    with database.read() as read:
        assert articles.count(read) == 1502


@pytest.mark.parametrize("years", [-3000, -500, 5000])
def test_absurd_dates_have_ids_all_the_same(database: Database, years: int) -> None:
    moment = NOON.replace(year=max(1, min(9999, NOON.year + years)))
    (kept,) = keep(database, [article(published_at=moment)])
    assert 0 <= kept.id < 1 << 53
    with database.read() as read:
        assert articles.get(read, kept.id) == kept


def test_many_come_in_the_order_asked_for(database: Database) -> None:
    one, two, three = (kept.id for kept in keep(database, [article(1), article(2), article(3)]))
    with database.read() as read:
        assert [found.id for found in articles.get_many(read, [three, ArticleId(5), one])] == [three, one]
        assert [found.id for found in articles.cards(read, [two, ArticleId(5), one])] == [two, one]
        assert articles.get_many(read, []) == []
        assert articles.cards(read, []) == []


def test_known_addresses_are_told_from_unknown_ones(database: Database) -> None:
    keep(database, [article(number) for number in range(3)])
    asked = [article(number).url for number in range(1200)]
    with database.read() as read:
        assert articles.known_urls(read, asked) == {article(number).url for number in range(3)}
        assert articles.known_urls(read, []) == set()


def test_all_are_walked_oldest_first_page_by_page(database: Database) -> None:
    kept = keep(database, [article(number, external_id=f"e{number}" if number else "") for number in range(5)])
    with database.read() as read:
        first = articles.iterate(read, ArticleId(-1), 3)
        second = articles.iterate(read, first[-1].id, 3)
        assert articles.iterate(read, second[-1].id, 3) == []
        assert list(articles.external_ids(read)) == [(one.id, one.external_id) for one in kept]
    assert first + second == kept


def test_a_card_holds_what_a_list_shows(database: Database) -> None:
    (kept,) = keep(database, [replace(WHOLE, publisher_id=HERALD)])
    with database.read() as read:
        assert articles.cards(read, [kept.id]) == [
            ArticleCard(
                id=kept.id,
                headline="Headline 1",
                publisher_id=HERALD,
                publisher_name="The herald.example",
                url=kept.url,
                language="en",
                first_seen_at=NOON,
                published_at=kept.published_at,
                excerpt="Excerpt",
                source="Agency",
                section="Politics",
                genre=Genre.ANALYSIS,
                form=Form.GALLERY,
                image=WHOLE.image,
                country="gb",
                complete=0.25,
                word_count=12,
                rights=WHOLE.rights,
            )
        ]


def test_an_article_of_a_publisher_nobody_knows_is_refused(database: Database) -> None:
    def save() -> None:
        with database.transaction() as tx:
            articles.save(tx, [article()])

    with pytest.raises(StoreError):
        save()
    with database.read() as read:
        assert articles.count(read) == 0
        assert changes.last_seq(read) == 0
    assert keep(database, [article()])[0].publisher_id == GAZETTE
