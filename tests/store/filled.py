"""A store in which every table holds something: real articles, and rows made up column by column for all the rest."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Float, Integer, LargeBinary, Table, func, select

from octavo.domain.enrichment import Enrichment, Hashtag, Mention, Topic
from octavo.domain.entity import Entity, EntityKind
from octavo.domain.ids import PublisherId
from octavo.ports.database import Database, Transaction
from octavo.store import articles, moving, publishers
from octavo.store.columns import Json, Moment

from .examples import HERALD, NOON, article, keep, publisher

TEXTS = ('a "quoted" word', "سجل المد", "𝕬 ledger\nof tides", "", "it's 100 %")
ROWS = 3


def fill_everything(database: Database) -> None:
    """Write a few articles with all that is known of them, then rows for every table that is still empty."""
    kept = keep(database, [article(number, ("It rained.", "سجل المد والجزر")) for number in range(1, 4)])
    with database.transaction() as tx:
        publishers.save(tx, [publisher(), publisher(HERALD), publisher(PublisherId("courier.example"))])
    place = Entity("place/varn", EntityKind.PLACE, "Varn", "Varn", 0.9, about=True)
    with database.transaction() as tx:
        articles.save_enrichments(
            tx,
            [
                Enrichment(
                    one.id, "en", hashtags=(Hashtag("tide", "Tide", 0.9),), topics=(Topic("04000000", 0.8),),
                    entities=(place,), mentions=(Mention("Varn", EntityKind.PLACE, 3, 7, "place/varn"),),
                )
                for one in kept
            ],
        )  # fmt: skip
    chance = random.Random(7)  # noqa: S311 - values for a test
    with database.transaction() as tx:
        for table in moving.TABLES:
            if not tx.execute(select(func.count()).select_from(table)).scalar():
                rows = [row(tx, table, number, chance) for number in range(1, ROWS + 1)]
                tx.execute(table.insert(), rows)


def row(tx: Transaction, table: Table, number: int, chance: random.Random) -> dict[str, Any]:
    """Make up a row; what refers to another table refers to a row of it, another one for each number."""
    made: dict[str, Any] = {}
    for column in table.columns:
        keys = list(column.foreign_keys)
        if keys:
            there = tx.execute(select(keys[0].column).order_by(keys[0].column)).scalars().all()
            made[column.name] = there[(number - 1) % len(there)]
        elif column.nullable and number == 1:
            made[column.name] = None
        elif isinstance(column.type, Moment):
            made[column.name] = NOON + timedelta(seconds=number, microseconds=chance.randrange(1_000_000))
        elif isinstance(column.type, Json):
            made[column.name] = {"n": number, "x": [0.1 * number, None, "ö"]}
        elif isinstance(column.type, Boolean):
            made[column.name] = bool(number % 2)
        elif isinstance(column.type, Float):
            made[column.name] = chance.random() * 10 ** (number - 2)
        elif isinstance(column.type, LargeBinary):
            made[column.name] = chance.randbytes(16)
        elif isinstance(column.type, Integer) or column.type.python_type is int:
            made[column.name] = number if not column.primary_key else number * 1_000
        else:
            made[column.name] = f"{table.name} {column.name} {number} {TEXTS[number % len(TEXTS)]}"
    return made


LATER = datetime(2026, 5, 1, tzinfo=UTC)
