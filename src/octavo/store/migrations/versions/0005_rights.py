"""What an article is made of, and what its publisher says may be done with it."""

import sqlalchemy as sa
from alembic import op

revision = "0005_rights"
down_revision = "0004_boilerplate"


def upgrade() -> None:
    """Add both to the articles; those kept already are text, and say nothing until they are read again."""
    op.add_column("articles", sa.Column("form", sa.Text(), nullable=False, server_default="text"))
    op.add_column("articles", sa.Column("rights", sa.Text(), nullable=True))
