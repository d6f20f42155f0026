"""An index on what moderators decided on comments: a classifier learns from that; most acts are of rules."""

import sqlalchemy as sa
from alembic import op

revision = "0021_decided"
down_revision = "0020_desk"


def upgrade() -> None:
    """Create the index."""
    decided = sa.text("act IN ('removed', 'restored')")
    op.create_index(
        "ix_moderation_acts_decided", "moderation_acts", ["id"], sqlite_where=decided, postgresql_where=decided
    )
