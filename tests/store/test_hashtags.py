"""Hashtags as readers see them: an editor's rules applied, what was found kept underneath."""

from datetime import timedelta

import pytest

from octavo.domain.article import Article
from octavo.domain.enrichment import Enrichment, Hashtag
from octavo.domain.hashtag import HashtagRule, HashtagRules
from octavo.domain.ids import ArticleId
from octavo.ports.database import Database
from octavo.store import enrichments, hashtags

from .examples import DAY, NOON, article, keep

TAGS = (
    ("Storm", "Storm"),
    ("Orkan", "Orkan"),
    ("Storm", "Tempête"),
    ("Orkan", "Orkan"),
    ("Port", "Port"),
    ("Storm", "Storm"),
)
LANGUAGES = ("en", "de", "fr", "de", "en", "en")


@pytest.fixture
def kept(database: Database) -> list[Article]:
    """Six articles, one an hour until noon; a storm that German articles call otherwise; a port beside all."""
    given = [
        article(n, language=language, published_at=NOON - timedelta(hours=6 - n))
        for n, language in enumerate(LANGUAGES)
    ]
    found = keep(database, given)
    with database.transaction() as tx:
        rows = [
            Enrichment(one.id, one.language, hashtags=(Hashtag(tag, label, 0.9), Hashtag("Rain", "Rain", 0.2)))
            for one, (tag, label) in zip(found, TAGS, strict=True)
        ]
        enrichments.save_enrichments(tx, rows)
    return found


def _rule(database: Database, tag: str, into: str = "", *, muted: bool = False) -> None:
    with database.transaction() as tx:
        hashtags.set_rule(tx, HashtagRule(tag, NOON, into, muted, "as we say it"))


def test_a_folded_hashtag_is_counted_where_it_is_shown(database: Database, kept: list[Article]) -> None:
    _rule(database, "Orkan", "Storm")
    with database.read() as read:
        assert hashtags.article_ids(read, "Storm", None, 9) == [kept[n].id for n in (5, 3, 2, 1, 0)]
        assert hashtags.article_ids(read, "Storm", kept[3].id, 1) == [kept[2].id]
        assert hashtags.label_and_count(read, "Storm") == ("Storm", 5)
        assert [one.tag for one in hashtags.beside(read, "Rain", 9)] == ["Storm", "Port"]
        assert [(one.tag, one.score) for one in hashtags.common(read, [kept[1].id, kept[5].id], 1)] == [("Storm", 1.0)]


def test_rules_never_chain_and_can_be_taken_back(database: Database, kept: list[Article]) -> None:
    _rule(database, "Orkan", "Storm")
    _rule(database, "Storm", "Rain")
    with database.read() as read:
        assert hashtags.rules(read).into == {"Orkan": "Rain", "Storm": "Rain"}
        assert {one.tag: one.note for one in hashtags.all_rules(read)} == dict.fromkeys(
            ["Orkan", "Storm"], "as we say it"
        )
    with database.transaction() as tx:
        assert hashtags.drop_rule(tx, "Storm")
        assert hashtags.drop_rule(tx, "Orkan")
        assert not hashtags.drop_rule(tx, "Orkan")
    with database.read() as read:
        assert hashtags.label_and_count(read, "Orkan") == ("Orkan", 2)
        assert hashtags.rules(read) == HashtagRules()


def test_a_muted_hashtag_is_shown_nowhere(database: Database, kept: list[Article]) -> None:
    _rule(database, "Orkan", "Storm")
    _rule(database, "Storm", muted=True)
    with database.read() as read:
        assert [one.tag for one in hashtags.beside(read, "Rain", 9)] == ["Port"]
        assert [one.tag for one in hashtags.rising(read, NOON, 9)] == ["Rain"]
        rules = hashtags.rules(read)
    assert rules.hidden("Orkan")
    assert [one.tag for one in rules.apply([Hashtag("Orkan", "Orkan", 0.9), Hashtag("Port", "Port", 0.1)])] == ["Port"]


def test_rules_applied_keep_the_best_score_once() -> None:
    rules = HashtagRules({"Orkan": "Storm"})
    given = [Hashtag("Storm", "Storm", 0.2), Hashtag("Port", "Port", 0.3), Hashtag("Orkan", "Orkan", 0.9)]
    assert rules.apply(given) == [Hashtag("Storm", "Storm", 0.9), Hashtag("Port", "Port", 0.3)]


def test_a_label_is_in_the_readers_language_where_there_is_one(database: Database, kept: list[Article]) -> None:
    with database.read() as read:
        assert hashtags.labels(read, ["Storm"], "fr") == {"Storm": "Tempête"}
        assert hashtags.labels(read, ["Storm", "none"], "ja") == {"Storm": "Storm"}
        assert hashtags.label_and_count(read, "Storm", "fr") == ("Tempête", 3)
        tags = [*(f"none{n}" for n in range(9)), "Storm", "Port", "Orkan"]
        for language in ("fr", "en", ""):
            alone = {tag: label for tag in tags for label in hashtags.labels(read, [tag], language).values()}
            assert hashtags.labels(read, tags, language) == alone
        assert [one.label for one in hashtags.common(read, [kept[0].id], 1, "fr")] == ["Tempête"]


def test_days_and_what_rises(database: Database, kept: list[Article]) -> None:
    before = keep(database, [article(60 + n, published_at=NOON - DAY - DAY * n) for n in range(1, 4)])
    with database.transaction() as tx:
        enrichments.save_enrichments(
            tx, [Enrichment(one.id, "en", hashtags=(Hashtag("Rain", "Rain", 0.5),)) for one in before]
        )
    with database.read() as read:
        assert [day.articles for day in hashtags.days(read, "Rain", NOON, 5)] == [1, 1, 1, 0, 6]
        assert hashtags.days(read, "Rain", NOON, 5)[-1].day == NOON.date()
        found = hashtags.rising(read, NOON, 9)
    assert [(one.tag, one.last_day, round(one.usual, 2)) for one in found] == [
        ("Rain", 6, 0.43),
        ("Storm", 3, 0.0),
        ("Orkan", 2, 0.0),
    ]
    assert found[0].growth == 6.0


def test_what_each_article_is_shown_under(database: Database, kept: list[Article]) -> None:
    wanted = [kept[n].id for n in (1, 4)]
    with database.read() as read:
        assert hashtags.of_articles(read, wanted) == {wanted[0]: ("Orkan", "Rain"), wanted[1]: ("Port", "Rain")}
        assert hashtags.of_articles(read, []) == {}
        assert hashtags.of_articles(read, [ArticleId(5)]) == {}
    _rule(database, "Orkan", "Storm")
    _rule(database, "Rain", muted=True)
    with database.read() as read:
        assert hashtags.of_articles(read, wanted) == {wanted[0]: ("Storm",), wanted[1]: ("Port",)}
    _rule(database, "Port", muted=True)
    with database.read() as read:
        assert hashtags.of_articles(read, wanted) == {wanted[0]: ("Storm",)}


def test_two_hashtags_folded_into_one_are_shown_once(database: Database, kept: list[Article]) -> None:
    _rule(database, "Rain", "Storm")
    with database.read() as read:
        assert hashtags.of_articles(read, [kept[0].id]) == {kept[0].id: ("Storm",)}
