"""octavo migrate, backup, restore, reprocess: looking after what is kept."""

import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.actions.opening import note_backup
from octavo.cli.main import load_settings
from octavo.cli.output import stages
from octavo.config import Settings
from octavo.errors import InputError, StoreError, StoreFull, UnreadableFile
from octavo.pipeline.extract_article import read_again
from octavo.pipeline.move import move
from octavo.pipeline.passes import Progress
from octavo.ports.database import Database

DATABASE = "octavo.sqlite"
JOBS = "jobs.sqlite"
BLOBS = "blobs"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(migrate)
    app.command()(backup)
    app.command()(restore)
    app.command()(reprocess)


def migrate(
    context: typer.Context,
    to: Annotated[
        str, typer.Option(help="Move the instance there: a postgresql:// address, or sqlite for a file in data_dir.")
    ] = "",
) -> None:
    """Bring the database up to date (on SQLite after a backup); every other command does so by itself.

    With --to, move the instance to another database: every table, whole or not at all, compared at the end. The old
    database is only read and stays. Stop the instance first; then set OCTAVO_DATABASE_URL, and start it.
    """
    settings = load_settings(context)
    database = wiring.open_database(settings)
    try:
        database.migrate()
        if to:
            _move(settings, database, to)
    finally:
        database.close()
    if not to:
        typer.echo("the database is up to date")


def _move(settings: Settings, source: Database, to: str) -> None:
    if settings.blobs == "database":
        raise InputError("an instance whose pages and pictures lie in the database (blobs) cannot be moved")
    target = wiring.open_target(settings, to)
    try:
        with stages() as report:
            counts = move(source, target, wiring.clock(), lambda name, done: report(Progress(name, done)))
    finally:
        target.database.close()
    typer.echo(f"{sum(counts.values())} rows of {len(counts)} tables moved, and found the same there")
    setting = "take OCTAVO_DATABASE_URL away" if to == "sqlite" else "set OCTAVO_DATABASE_URL to that address"
    typer.echo(f"{setting}, and start Octavo: pages and pictures stay in {settings.data_dir / BLOBS}")


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A .tar file to write.")],
    pages: Annotated[bool, typer.Option(help="Keep the original pages too.")] = True,
) -> None:
    """Write everything to one file while the instance goes on running."""
    settings = load_settings(context)
    _need_sqlite(settings, "pg_dump")
    unfinished = file.with_name(file.name + ".unfinished")
    database = wiring.open_database(settings)
    try:
        with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
            copy = Path(folder) / DATABASE
            database.backup(copy)
            _pack(unfinished, copy, settings.data_dir / BLOBS if pages else None)
        unfinished.replace(file)
        note_backup(database, wiring.clock())
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise StoreFull(f"{file} cannot be written: {error.strerror}") from error
    finally:
        database.close()
    typer.echo(f"{file} holds everything ({file.stat().st_size / 1e6:.1f} MB)")


def _pack(file: Path, database: Path, blobs: Path | None) -> None:
    with tarfile.open(file, "w") as tar:
        tar.add(database, DATABASE)
        if blobs is not None and blobs.is_dir():
            tar.add(blobs, BLOBS)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file `octavo backup` wrote.")],
    replace: Annotated[bool, typer.Option(help="Put it in place of what is there.")] = False,
) -> None:
    """Bring back what `octavo backup` wrote. Stop the instance first."""
    settings = load_settings(context)
    _need_sqlite(settings, "pg_restore")
    target = settings.data_dir
    if (target / DATABASE).exists() and not replace:
        raise InputError(f"{target} holds an instance already: give --replace to put the backup in its place")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        _unpack(file, Path(folder))
        for name in (DATABASE, JOBS):
            for ending in ("", "-wal", "-shm"):
                (target / f"{name}{ending}").unlink(missing_ok=True)
        shutil.move(Path(folder) / DATABASE, target / DATABASE)
        if (Path(folder) / BLOBS).is_dir():
            shutil.rmtree(target / BLOBS, ignore_errors=True)
            shutil.move(Path(folder) / BLOBS, target / BLOBS)
    typer.echo(f"{target} is as it was when {file.name} was written")


def _unpack(file: Path, folder: Path) -> None:
    """Unpack and check before anything is replaced. Raises UnreadableFile."""
    try:
        with tarfile.open(file) as tar:
            tar.extractall(folder, filter="data")
    except (OSError, tarfile.TarError) as error:
        said = str(error).partition("\n")[0].rstrip(":")
        raise UnreadableFile(f"{file} is not a backup that can be read: {said}") from error
    copy = folder / DATABASE
    if not copy.is_file():
        raise UnreadableFile(f"{file} is not a backup: it holds no {DATABASE}")
    if not wiring.is_sound(copy):
        raise UnreadableFile(f"{file} holds a damaged database; nothing was changed")


def reprocess(context: typer.Context) -> None:
    """Extract every kept page again with this version, and all that follows from it."""
    with wiring.open_tools(load_settings(context)) as tools, stages() as report:
        count = read_again(tools)
        wiring.finish(tools, report)
    typer.echo(f"{count} pages extracted again")


def _need_sqlite(settings: Settings, instead: str) -> None:
    if settings.database_url:
        raise StoreError(f"this works on SQLite; for PostgreSQL use {instead}")
