"""What editors decide: pins with their notes, the ledger of sources, stories only editors change, public acts."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0020_desk"
down_revision = "0019_moderation"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables and columns; pins that were kept as facts move into theirs."""
    op.create_table(
        "edition_pins",
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("story_id", _id(), autoincrement=False, nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "story_id", name="pk_edition_pins"),
    )
    op.create_table(
        "source_ledger",
        sa.Column("id", _id(), nullable=False),
        sa.Column("publisher_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source_ledger"),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publishers.id"], name="fk_source_ledger_publisher_id_publishers", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_source_ledger_publisher_id_id", "source_ledger", ["publisher_id", "id"])
    op.add_column("publishers", sa.Column("contact", sa.Text(), nullable=True))
    op.add_column("publishers", sa.Column("edited_at", sa.BigInteger(), nullable=True))
    op.add_column("publishers", sa.Column("withdrawn_at", sa.BigInteger(), nullable=True))
    op.add_column("stories", sa.Column("held_at", sa.BigInteger(), nullable=True))
    op.add_column("audit", sa.Column("public", sa.Boolean(), nullable=True))
    shown = sa.text("public IS NOT NULL")
    op.create_index("ix_audit_public", "audit", ["id"], sqlite_where=shown, postgresql_where=shown)
    _move_pins()


def _move_pins() -> None:
    """Give each pin and burial a row; the order of the pins is that of their moments."""
    connection = op.get_bind()
    kept = sa.table("settings_kept", sa.column("key", sa.Text()), sa.column("value", sa.Text()))
    pins = sa.table(
        "edition_pins",
        sa.column("edition", sa.Text()),
        sa.column("story_id", sa.BigInteger()),
        sa.column("stance", sa.Text()),
        sa.column("note", sa.Text()),
        sa.column("at", sa.BigInteger()),
    )
    for row in connection.execute(sa.select(kept).where(kept.c.key.like("pins/%"))).all():
        told = json.loads(row.value)
        rows = [
            {"edition": row.key.removeprefix("pins/"), "story_id": story, "stance": stance, "note": "", "at": number}
            for stance in ("buried", "pinned")
            for number, story in enumerate(told[stance])
        ]
        if rows:
            connection.execute(pins.insert(), rows)
    connection.execute(kept.delete().where(kept.c.key.like("pins/%")))
