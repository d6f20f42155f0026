"""Files of commands that work on batches: NDJSON in, NDJSON out."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from octavo.collect.archive import numbered_lines
from octavo.domain.backfill import LeftOut
from octavo.errors import StoreFull, UnreadableFile


def read_file(file: Path) -> bytes:
    """Read a whole file. Raises UnreadableFile."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be read: {error.strerror}") from error


def numbered_rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read NDJSON objects with their line numbers. Raises UnreadableFile naming the first line that is none."""
    try:
        with file.open("rb") as lines:
            numbered = enumerate(numbered_lines(lines), 1)
            yield from ((number, _row(file, number, line)) for number, line in numbered if _says_something(line))
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be read: {error.strerror}") from error


def _says_something(line: bytes | LeftOut) -> bool:
    return isinstance(line, LeftOut) or bool(line.strip())


def _row(file: Path, number: int, line: bytes | LeftOut) -> dict[str, Any]:
    if isinstance(line, LeftOut):
        raise UnreadableFile(f"{file} line {number} cannot be read: {line.reason}")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{file} line {number} is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise UnreadableFile(f"{file} line {number} is not a JSON object")
    return row


def write_lines(file: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as NDJSON, beside the target first: a file of that name is always a whole one. Raises StoreFull."""
    unfinished = file.with_name(file.name + ".unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", errors="replace") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise StoreFull(f"{file} cannot be written: {error.strerror}") from error
