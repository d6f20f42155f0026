"""octavo backfill FILE…: archives of pages (WARC) or articles (NDJSON), in this process or on a Ray cluster."""

import gzip
import hashlib
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, BinaryIO, cast

import typer

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, stages
from octavo.collect.archive import numbered_lines, warc_records
from octavo.config import Settings
from octavo.domain.backfill import ArchiveMark, LeftOut, Record
from octavo.errors import UnreadableFile
from octavo.pipeline.backfill import AHEAD, backfill
from octavo.pipeline.passes import Progress
from octavo.pipeline.read_archive import ReaderMaker
from octavo.ports.embedder import Embedder

_ENDS = 1 << 16


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backfill")(backfill_files)


def backfill_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="WARC (CC-NEWS has such) or NDJSON; may be gzipped.")],
    ray: Annotated[
        str, typer.Option(help="Read on the Ray cluster at this address; auto: the one this machine is part of.")
    ] = "",
    ahead: Annotated[
        int, typer.Option(min=1, max=10_000, help="Batches on their way at once; twice the cluster's CPUs or more.")
    ] = AHEAD,
    later: Annotated[bool, typer.Option(help="Leave related articles and stories to a running worker.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Bring archives in; one that was cut off goes on where it was. Exit code 2 when a file could not be read."""
    begun = time.monotonic()
    settings = load_settings(context)
    archives = [ArchiveFile(file, settings.fetch.max_page_bytes) for file in files]
    marks: dict[str, ArchiveMark] = {}
    with wiring.open_tools(settings) as tools, ExitStack() as after:
        crew = wiring.open_crew(ray)
        after.callback(crew.close)
        with stages() as report:
            for mark in backfill(tools, archives, crew, ReaderMaker(_embedder_maker(settings)), ahead):
                marks[mark.key] = mark
                report(Progress("backfill", sum(one.through for one in marks.values())))
            if not later:
                wiring.finish(tools, report)
    _tell(json, list(marks.values()), time.monotonic() - begun)


def _embedder_maker(settings: Settings) -> Callable[[], Embedder]:
    """Give what makes the embedder on another machine; of the settings, only what that takes goes there."""
    told: dict[str, Any] = {
        "embedder": settings.embedder,
        "embeddings": settings.embeddings,
        "secrets_dir": settings.secrets_dir,
    }
    return partial(wiring.make_embedder, Settings.model_construct(**told))


def _tell(json: bool, marks: list[ArchiveMark], seconds: float) -> None:
    reasons: Counter[str] = Counter()
    for mark in marks:
        reasons.update(mark.reasons)
    saved, known = sum(one.saved for one in marks), sum(one.known for one in marks)
    if json:
        rows = dict(reasons.most_common())
        records = sum(one.through for one in marks)
        as_json({"records": records, "saved": saved, "known": known, "left_out": rows, "seconds": round(seconds, 1)})
        return
    for reason, number in reasons.most_common():
        typer.echo(f"{number} left out: {reason}", err=True)
    typer.echo(f"{saved} articles brought in, {known} were there, {reasons.total()} records left out ({seconds:.1f} s)")


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of records."""

    file: Path
    max_bytes: int

    @property
    def name(self) -> str:
        """What it is called."""
        return self.file.name

    @property
    def key(self) -> str:
        """Made from its size and its two ends, so that it is known again wherever it lies. Raises UnreadableFile."""
        try:
            with self.file.open("rb") as raw:
                size = raw.seek(0, 2)
                raw.seek(0)
                hashed = hashlib.sha256(f"{size}\n".encode() + raw.read(_ENDS))
                raw.seek(max(0, size - _ENDS))
                hashed.update(raw.read(_ENDS))
        except OSError as error:
            raise UnreadableFile(f"{self.file} cannot be read: {error.strerror}") from error
        return hashed.hexdigest()[:32]

    def records(self) -> Iterator[Record]:
        """Give its records. Raises UnreadableFile when it is neither kind of archive."""
        try:
            with self.file.open("rb") as raw, gzip.open(raw) as unpacked:
                gzipped = raw.read(2) == b"\x1f\x8b"
                raw.seek(0)
                opened = cast("BinaryIO", unpacked) if gzipped else raw
                start = opened.read(512)
                self._check(start)
                opened.seek(0)
                if start.startswith(b"WARC/"):
                    raw.seek(0)
                    yield from warc_records(raw, self.max_bytes)
                else:
                    yield from numbered_lines(opened)
        except (OSError, EOFError, zlib.error) as error:
            yield LeftOut(f"the file breaks off ({type(error).__name__})")

    def _check(self, start: bytes) -> None:
        if not start.strip():
            raise UnreadableFile(f"{self.file} is empty")
        if not start.startswith(b"WARC/") and (b"\x00" in start or start.lstrip()[:1] == b"<"):
            raise UnreadableFile(f"{self.file} is neither a WARC nor NDJSON")
