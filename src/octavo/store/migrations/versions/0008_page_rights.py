"""What a page's headers say of its rights."""

import sqlalchemy as sa
from alembic import op

revision = "0008_page_rights"
down_revision = "0007_understanding"


def upgrade() -> None:
    """Keep it with the page; pages kept already say nothing until they are fetched again."""
    op.add_column("pages", sa.Column("rights_said", sa.Text(), nullable=True))
