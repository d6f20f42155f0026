"""octavo import FILE: articles (NDJSON) or subscriptions (OPML)."""

import gzip
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer

from octavo import app as wiring
from octavo.actions import archive
from octavo.cli.batches import read_file
from octavo.cli.feeds import follow_opml
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, stages
from octavo.collect.archive import numbered_lines
from octavo.domain.backfill import LeftOut
from octavo.errors import UnreadableFile
from octavo.pipeline.passes import Progress

SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_file)


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="NDJSON, one article a line (may be gzipped); or OPML.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    later: Annotated[bool, typer.Option(help="Only save: leave hashtags and stories to a running worker.")] = False,
) -> None:
    """Import articles; skips what is there, so it resumes where it was cut off. Exit code 2 when a line was bad."""
    begun = time.monotonic()
    settings = load_settings(context)
    saved = known = 0
    bad: list[archive.BadLine] = []
    with _NumberedLines(file) as lines, wiring.open_tools(settings) as tools:
        if lines.looks_like_xml:
            typer.echo(f"following {len(follow_opml(tools, file, read_file(file)))} feeds of {file.name}")
            return
        with stages() as report:
            for batch in archive.import_lines(tools, lines):
                saved, known = saved + batch.saved, known + batch.known
                bad += batch.bad
                report(Progress("import", batch.through))
            if not later:
                wiring.finish(tools, report)
    seconds = time.monotonic() - begun
    _tell(json, saved, known, bad, seconds)
    if bad:
        raise typer.Exit(2)


def _tell(json: bool, saved: int, known: int, bad: list[archive.BadLine], seconds: float) -> None:
    if json:
        rows = [{"line": one.number, "reason": one.reason} for one in bad]
        as_json({"saved": saved, "known": known, "bad": rows, "seconds": round(seconds, 1)})
        return
    for one in bad[:SHOWN]:
        typer.echo(f"line {one.number}: {one.reason}", err=True)
    if len(bad) > SHOWN:
        typer.echo(f"and {len(bad) - SHOWN} more lines like these (all of them with --json)", err=True)
    typer.echo(f"{saved} articles imported, {known} were there, {len(bad)} lines could not be read ({seconds:.1f} s)")


class _NumberedLines:
    """The numbered lines of a plain or gzipped file; OSErrors become sentences."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            with file.open("rb") as raw:
                gzipped = raw.read(2) == b"\x1f\x8b"
            self._lines = gzip.open(file, "rb") if gzipped else file.open("rb")  # noqa: SIM115 (closed on leaving)
        except OSError as error:
            raise UnreadableFile(f"{file} cannot be read: {error.strerror}") from error
        self.looks_like_xml = False

    def __enter__(self) -> "_NumberedLines":
        """Look at the beginning. Raises UnreadableFile when these are no lines of text."""
        try:
            start = self._lines.read(512)
            self._lines.seek(0)
            if b"\x00" in start:
                raise UnreadableFile(f"{self._file} is not NDJSON: it is a binary file")
            if not start.strip():
                raise UnreadableFile(f"{self._file} is empty")
        except (OSError, EOFError) as error:
            self._lines.close()
            raise UnreadableFile(f"{self._file} cannot be read: {error}") from error
        except UnreadableFile:
            self._lines.close()
            raise
        self.looks_like_xml = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()

    def __iter__(self) -> Iterator[tuple[int, bytes | LeftOut]]:
        try:
            yield from enumerate(numbered_lines(cast("BinaryIO", self._lines), archive.MAX_LINE), start=1)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableFile(f"{self._file} breaks off: {error}") from error
