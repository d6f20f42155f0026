"""An instance on either database, all of it real but the web."""

from pathlib import Path

import pytest

from octavo.adapters.blobs.disk import DiskBlobs
from octavo.adapters.embedders.off import OffEmbedder
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.adapters.language_models.off import OffModel
from octavo.adapters.mailers.off import OffMailer
from octavo.adapters.postgres.search import PostgresSearch
from octavo.adapters.pushers.recorded import RecordedPusher
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.config import FetchSettings, Settings
from octavo.ports.database import Database
from octavo.ports.tools import Tools

from .publisher import NOW


@pytest.fixture
def tools(database: Database, tmp_path: Path) -> Tools:
    """One of each port."""
    search = SqliteSearch if isinstance(database, SqliteDatabase) else PostgresSearch
    return Tools(
        settings=Settings(data_dir=tmp_path, embedder="off", fetch=FetchSettings(second_chance=False)),
        now=lambda: NOW,
        database=database,
        blobs=DiskBlobs(tmp_path / "blobs"),
        fetcher=RecordedFetcher({}),
        pusher=RecordedPusher(),
        mailer=OffMailer(),
        embedder=OffEmbedder(),
        language_model=OffModel(),
        search_index=search(database),
        vector_index=ExactIndex(),
    )
