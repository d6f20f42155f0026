"""Column types that mean the same on SQLite and PostgreSQL: moments, clean text, JSON."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits. SQLite gives a column its own row number only when the type is called INTEGER."""


def moment_number(moment: datetime) -> int:
    """Write a moment as whole microseconds since 1970 UTC, exactly. Raises ValueError when it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return (moment - EPOCH) // _MICROSECOND


def number_moment(number: int) -> datetime:
    """Read back what `moment_number` wrote."""
    return EPOCH + timedelta(microseconds=number)


def clean(text: str) -> str:
    """Drop what a database cannot hold: NUL (PostgreSQL refuses it) and lone surrogates (not UTF-8)."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "ignore").decode()
    return text


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list | tuple) else value


class Moment(TypeDecorator[datetime]):
    """A point in time as microseconds since 1970 UTC: sorts, indexes and round-trips alike on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Python to database."""
        return None if value is None else moment_number(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Database to Python."""
        return None if value is None else number_moment(value)


class Words(TypeDecorator[str]):
    """Text from anywhere, made fit to be kept: see `clean`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Python to database."""
        return None if value is None else clean(value)


class Json(TypeDecorator[Any]):
    """Lists and dictionaries as compact JSON text; text, not a JSON column, so that both databases keep the bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Python to database."""
        if value is None:
            return None
        text = _written(value)
        # JSON writes NUL as six harmless letters, which would come back as NUL.
        return clean(text if "\\u0000" not in text else _written(_cleaned(value)))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Database to Python."""
        return None if value is None else json.loads(value)
