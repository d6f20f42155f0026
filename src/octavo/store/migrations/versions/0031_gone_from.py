"""Which text a passage that somebody marked was found gone from."""

import sqlalchemy as sa
from alembic import op

revision = "0031_gone_from"
down_revision = "0030_answers_taken"


def upgrade() -> None:
    """Add the column; what was marked before is looked for once more."""
    op.add_column(
        "highlights", sa.Column("gone_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
    )
