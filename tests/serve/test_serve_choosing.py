"""What came before a story: its own earlier articles and related ones, in the reader's language where it has any."""

from datetime import UTC, datetime, timedelta
from typing import cast

from octavo.domain.article import ArticleCard
from octavo.domain.brief import BriefKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling
from octavo.serve.choosing import choose
from octavo.serve.readable import Readable
from octavo.serve.subjects import Subject

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
CARD = cast("ArticleCard", None)


def read(number: int, days: int, language: str, text: str) -> Readable:
    at = NOW - timedelta(days=days)
    publisher = PublisherId(f"p{number}")
    return Readable(Telling(ArticleId(number), publisher, publisher, language, at, "", paragraphs=(text,)), CARD)


OWN = (
    read(9, 0, "es", "La bocana del puerto de Millbrook volvió a abrirse el martes tras nueve días de trabajo."),
    read(8, 0, "en", "The harbour mouth at Millbrook reopened on Tuesday after nine days of dredging."),
    read(2, 6, "en", "Sand closed the harbour mouth at Millbrook, and ferries to Ostrey were stopped at once."),
    read(3, 5, "de", "Sand verschließt die Hafeneinfahrt von Millbrook, die Fähren nach Ostrey liegen still."),
    read(7, 0, "de", "Die Hafeneinfahrt von Millbrook ist am Dienstag nach neun Tagen wieder geöffnet worden."),
)
RELATED = read(
    1, 20, "en", "Three times the council put off buying a dredger for the harbour mouth, for want of money."
)


def before(asks_in: str) -> list[int]:
    story = ("/story/3", "Harbour")
    subject = Subject(BriefKind.BACKGROUND, "story/3", story, "es", "/background", (*OWN, RELATED), len(OWN), asks_in)
    return [one.citations[0].passage.article_id for one in choose(subject, NOW).statements]


def test_a_story_s_background_is_in_the_readers_language_where_that_has_any() -> None:
    assert before("en-GB") == [1, 2]
    assert before("de") == [3]


def test_it_is_in_another_language_where_the_readers_has_none() -> None:
    assert before("es") == [1, 2]
