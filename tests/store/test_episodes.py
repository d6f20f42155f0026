"""Episodes as they are kept, on both databases."""

from dataclasses import replace
from datetime import date

from octavo.domain.ids import ArticleId, EditionKey
from octavo.domain.speech import Episode, Script, Spoken
from octavo.ports.database import Database
from octavo.store import episodes

from .examples import NOON

LINES = (
    Spoken("The Eight of Varn.", "en", chapter="The Eight", pause_s=1.0),
    Spoken("عُثر على السجل.", "ar", ArticleId(7), quoted=True),
)
ONE = Episode(
    EditionKey("en-gb"), date(2026, 3, 1), NOON, Script("The Eight", "en", LINES), (0.0, 2.5), 4.25, "audio/mpeg",
    "episodes/en-gb-2026-03-01-00.mp3", 1234, "A whistle",
)  # fmt: skip


def test_an_episode_comes_back_as_it_was(database: Database) -> None:
    with database.transaction() as tx:
        episodes.save(tx, ONE)
        episodes.save(tx, replace(ONE, day=date(2026, 2, 28)))
        episodes.save(tx, replace(ONE, edition=EditionKey("ar-ae")))
        episodes.save(tx, replace(ONE, seconds=9.5))
    with database.read() as view:
        assert episodes.get(view, ONE.edition, ONE.day) == replace(ONE, seconds=9.5)
        assert episodes.get(view, EditionKey("de-de"), ONE.day) is None
        assert [one.day.day for one in episodes.latest(view, ONE.edition, 5)] == [1, 28]
        assert len(episodes.latest(view, ONE.edition, 1)) == 1
        assert [(one.edition, one.day.day) for one in episodes.kept(view)] == [
            ("ar-ae", 1),
            ("en-gb", 28),
            ("en-gb", 1),
        ]
    with database.transaction() as tx:
        episodes.forget(tx, ONE)
        assert len(episodes.kept(tx)) == 2
