"""octavo extract PAGE.html|--batch: pages to articles, as JSON."""

import gzip
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from octavo.app import clock
from octavo.cli.batches import numbered_rows, read_file, write_lines
from octavo.cli.output import as_json
from octavo.domain.article import Article
from octavo.domain.page import PageSource
from octavo.errors import InputError, NotAnArticle, UnreadableFile
from octavo.extract.article import extract_article

CHUNK = 16


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(extract)


def extract(
    page: Annotated[Path | None, typer.Argument(help="An HTML file, may be gzipped.")] = None,
    url: Annotated[str, typer.Option(help="The address the page came from.")] = "",
    batch: Annotated[Path | None, typer.Option(help='NDJSON of {"id", "url", "file"}; files relative to it.')] = None,
    out: Annotated[Path | None, typer.Option(help="Where a batch's NDJSON goes.")] = None,
    jobs: Annotated[int, typer.Option(min=1, max=256, help="Processes side by side.")] = 1,
) -> None:
    """Extract one page, or a list of pages, to clean articles.

    Exit code 2 when the input cannot be read; a page that holds no article gives a line with "error".
    """
    if batch is not None:
        if out is None:
            raise InputError("a batch needs --out, the file to write")
        write_lines(out, extract_batch(batch, jobs))
    elif page is not None:
        result = extract_file("", url or page.resolve().as_uri(), page)
        as_json(result)
        if "error" in result:
            raise typer.Exit(1)
    else:
        raise InputError("name a page, or a list of pages with --batch")


@dataclass(frozen=True, slots=True)
class Job:
    """One line of a batch."""

    id: str
    url: str
    file: Path


def extract_batch(batch: Path, jobs: int) -> Iterator[dict[str, Any]]:
    """Extract the pages a batch lists, in its order."""
    work = [_job(row, number, batch) for number, row in numbered_rows(batch)]
    if jobs == 1:
        yield from map(_run, work)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(_run, work, chunksize=CHUNK)


def _job(row: dict[str, Any], number: int, batch: Path) -> Job:
    try:
        return Job(str(row["id"]), str(row["url"]), batch.parent / str(row["file"]))
    except KeyError as error:
        raise UnreadableFile(f"{batch} line {number}: {error.args[0]!r} is missing") from error


def _run(job: Job) -> dict[str, Any]:
    try:
        return extract_file(job.id, job.url, job.file)
    except UnreadableFile as error:
        return {"id": job.id, "url": job.url, "error": str(error)}


def extract_file(page_id: str, url: str, file: Path) -> dict[str, Any]:
    """Extract one file to the fields `octavo extract` promises; "error" says why there is no article."""
    html = read_file(file)
    if html.startswith(b"\x1f\x8b"):
        try:
            html = gzip.decompress(html)
        except (OSError, EOFError) as error:
            raise UnreadableFile(f"{file} is not a whole gzip file: {error}") from error
    try:
        article = extract_article(PageSource(url=url, html=html), now=clock())
    except NotAnArticle as error:
        return {"id": page_id, "url": url, "error": str(error)}
    return article_row(page_id, article)


def article_row(page_id: str, article: Article) -> dict[str, Any]:
    """The fields of one extracted article; text has one paragraph a line."""
    return {
        "id": page_id,
        "title": article.headline,
        "text": "\n".join(filter(None, (article.standfirst, article.text))),
        "authors": list(article.byline.people),
        "published": _iso(article.published_at),
        "modified": _iso(article.modified_at),
        "language": article.language,
        "image": article.image.url if article.image else None,
        "publisher": article.publisher_id or None,
        "agency": article.source or None,
        "dateline": article.dateline.place or None,
        "section": article.section or None,
        "complete": round(article.complete, 4),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
