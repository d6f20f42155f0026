"""Tools for the pipeline's steps: a real SQLite store, answers from a table, no model, a clock that stands still."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from octavo.adapters.blobs.disk import DiskBlobs
from octavo.adapters.embedders.off import OffEmbedder
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.adapters.language_models.off import OffModel
from octavo.adapters.mailers.off import OffMailer
from octavo.adapters.pushers.recorded import RecordedPusher
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.config import Settings
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.ports.tools import Tools
from octavo.store import articles, publishers

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def tools(sqlite_database: SqliteDatabase, tmp_path: Path) -> Tools:
    """One of each port, all of them real but the web."""
    return Tools(
        settings=Settings(data_dir=tmp_path, embedder="off"),
        now=lambda: NOW,
        database=sqlite_database,
        blobs=DiskBlobs(tmp_path / "blobs"),
        fetcher=RecordedFetcher({}),
        pusher=RecordedPusher(),
        mailer=OffMailer(),
        embedder=OffEmbedder(),
        language_model=OffModel(),
        search_index=SqliteSearch(sqlite_database),
        vector_index=ExactIndex(),
    )


Keep = Callable[..., list[ArticleId]]


@pytest.fixture
def keep(tools: Tools) -> Keep:
    """Save articles of these publishers, one each, an hour apart; gives their ids in order."""

    def saved(texts: Sequence[tuple[str, str, str]], language: str = "en") -> list[ArticleId]:
        made = [
            Article(
                id=ArticleId(0),
                url=f"https://{publisher}.example/{number}",
                publisher_id=PublisherId(publisher),
                headline=headline,
                language=language,
                first_seen_at=NOW,
                published_at=NOW - timedelta(hours=len(texts) - number),
                blocks=tuple(Block(BlockKind.PARAGRAPH, part) for part in text.split("\n")),
                excerpt=text[:200],
                word_count=len(text.split()),
            )
            for number, (publisher, headline, text) in enumerate(texts)
        ]
        with tools.database.transaction() as tx:
            names = {publisher for publisher, _, _ in texts}
            publishers.save(tx, [Publisher(PublisherId(one), one.title(), country="gb") for one in sorted(names)])
            articles.save(tx, made)
        with tools.database.read() as view:
            found = [articles.by_url(view, one.url) for one in made]
        return [one.id for one in found if one is not None]

    return saved
