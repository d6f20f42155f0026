"""What every table is written with: the one MetaData, and the columns that come again and again."""

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, text

from octavo.store.columns import BigId, Json, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    }
)


def words(name: str) -> Column[str]:
    """Make a column of text that always holds some, if only the empty one."""
    return Column(name, Words, nullable=False)


def json(name: str) -> Column[object]:
    """Make a column of JSON that always holds some."""
    return Column(name, Json, nullable=False)


def where(rows: str) -> dict[str, Any]:
    """Limit an index to some rows, on both databases."""
    return {"sqlite_where": text(rows), "postgresql_where": text(rows)}


def of_article(*, primary_key: bool = True) -> Column[int]:
    """Make the column that says which article a row belongs to; the row goes when the article goes."""
    article = ForeignKey("articles.id", ondelete="CASCADE")
    return Column("article_id", BigId, article, primary_key=primary_key, autoincrement=False, nullable=False)


def of_account(*, primary_key: bool = True) -> Column[int]:
    """Make the column that says whose a row is; the row goes when the account goes."""
    account = ForeignKey("accounts.id", ondelete="CASCADE")
    return Column("account_id", BigId, account, primary_key=primary_key, autoincrement=False, nullable=False)
