"""Archives of pages (WARC, as CC-NEWS has them) and of articles (NDJSON) to records, in their order.

Whatever an archive holds, a record takes bounded memory, and one that is broken costs itself and not the rest: where a
WARC cannot be read on, reading begins anew at the next gzip member, or the next thing that looks like a record. The
number and the order of records depend on the bytes alone, so that reading may go on by number.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord, WarcRecordType

from octavo.domain.backfill import Captured, LeftOut, Record

MAX_LINE = 20_000_000
_GZIP = b"\x1f\x8b\x08"
_BEGINS = b"WARC/1."
_OK = 200
_NO_ANSWER = "not an answer of a web server"
_PIECE = 1 << 20
_LAYERS = 4
"""Encodings that may lie upon one another in one body; browsers and servers use one."""

_BROKEN = (OSError, ValueError, EOFError, RuntimeError)
"""What the readers of fastwarc raise for bytes that are not what they should be."""


_READERS = {"gzip": GzipReader, "x-gzip": GzipReader, "br": BrotliReader, "zstd": ZstdReader, "chunked": ChunkedReader}


class BrokenBody(ValueError):
    """A body that is not in the encoding its headers name."""


def warc_records(stream: BinaryIO, max_bytes: int) -> Iterator[Record]:
    """Read a WARC's responses, gzipped or not; a body of more than `max_bytes` is left out, with its reason.

    Records that are no responses (requests, revisits, …) are passed over. The stream must be seekable.
    """
    position: int | None = 0
    while position is not None:
        begun = _Stretch()
        yield from _stretch(stream, position, max_bytes, begun)
        if begun.whole:
            return
        position = _after(stream, begun.last) if begun.last >= 0 else _next_start(stream, position + 1)


@dataclass(slots=True)
class _Stretch:
    """How reading on from some place went: where the last record begins, and whether the end was reached."""

    last: int = -1
    whole: bool = False


def _stretch(stream: BinaryIO, position: int, max_bytes: int, begun: _Stretch) -> Iterator[Record]:
    stream.seek(position)
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            begun.last = record.stream_pos
            if record.record_type == WarcRecordType.response:
                yield _response(record, max_bytes)
        begun.whole = True
    except _Short:
        yield LeftOut("a record is shorter than it says")
    except _BROKEN as error:
        yield LeftOut(f"a damaged stretch: {_plain(error)}")


class _Short(Exception):
    """A record ended before its length was reached."""


def _response(record: WarcRecord, max_bytes: int) -> Captured | LeftOut:
    said = record.headers
    url = (said.get("WARC-Target-URI") or "").strip("<> ")
    if not record.is_http or not url:
        return LeftOut(_NO_ANSWER)
    if record.content_length > max_bytes:
        return LeftOut(f"larger than {max_bytes} bytes")
    answer = _whole(record)
    head = HeaderMap()
    try:
        begins = head.parse(io.BytesIO(answer))
    except _BROKEN:
        return LeftOut(_NO_ANSWER)
    if head.status_code != _OK:
        return LeftOut("not answered with 200" if head.status_code else _NO_ANSWER)
    fields: dict[str, str] = {}
    for name, value in head.items():
        low = name.lower()
        fields[low] = f"{fields[low]}\n{value}" if low in fields else value
    return Captured(url, fields, answer[begins:], _moment(said.get("WARC-Date") or ""))


def _whole(record: WarcRecord) -> bytes:
    pieces = []
    while piece := record.reader.read(_PIECE):
        pieces.append(piece)
    answer = b"".join(pieces)
    if len(answer) < record.content_length:
        raise _Short
    return answer


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _plain(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _after(stream: BinaryIO, start: int) -> int | None:
    """Find where to read on, after the record that begins at `start` was the last to be read.

    A gzip member ends where its own bytes say, so that nothing a page holds can pass for one.
    """
    stream.seek(start)
    if stream.read(len(_GZIP)) != _GZIP:
        return _next_start(stream, start + 1)
    stream.seek(start)
    member = zlib.decompressobj(31)
    at, fed = start, b""
    try:
        while not member.eof:
            fed = member.unconsumed_tail or stream.read(_PIECE)
            if not fed:
                return None
            at += 0 if member.unconsumed_tail else len(fed)
            member.decompress(fed, _PIECE)
    except zlib.error:
        return _next_start(stream, start + 1)
    return _next_start(stream, at - len(member.unused_data))


def _next_start(stream: BinaryIO, position: int) -> int | None:
    """Find the next place, from `position` on, where a gzip member or a plain record seems to begin."""
    kept = len(_BEGINS) - 1
    stream.seek(position)
    piece = stream.read(_PIECE)
    while piece:
        found = [at for at in (piece.find(_GZIP), piece.find(_BEGINS)) if at >= 0]
        if found:
            return position + min(found)
        position += max(0, len(piece) - kept)
        stream.seek(position)
        piece = stream.read(_PIECE)
        if len(piece) <= kept:
            return None
    return None


def decoded(captured: Captured, max_bytes: int) -> bytes:
    """Take off the encodings a body was sent in. Raises BrokenBody, also where more than `max_bytes` come out."""
    layers = [*_named(captured, "content-encoding"), *_named(captured, "transfer-encoding")]
    body = captured.body
    if len(layers) > _LAYERS:
        raise BrokenBody("sent in too many encodings")
    for name in reversed(layers):
        body = _unpacked(body, name, max_bytes)
    return body


def _named(captured: Captured, field: str) -> list[str]:
    told = captured.headers.get(field, "").replace("\n", ",").lower()
    return [name.strip() for name in told.split(",") if name.strip() not in ("", "identity")]


def _unpacked(body: bytes, name: str, max_bytes: int) -> bytes:
    reader = _READERS.get(name)
    if reader is None:
        raise BrokenBody("sent in an encoding that is not known")
    try:
        with reader(io.BytesIO(body)) as opened:
            pieces, size = [], 0
            while (piece := opened.read(_PIECE)) and size <= max_bytes:
                pieces.append(piece)
                size += len(piece)
    except _BROKEN as error:
        # Crawlers that keep bodies unpacked often leave the field as it was: then the page is there to be read.
        if b"<" in body[:1000]:
            return body
        raise BrokenBody(f"not the {name} it says it is") from error
    if size > max_bytes:
        raise BrokenBody(f"larger than {max_bytes} bytes")
    return b"".join(pieces)


def numbered_lines(stream: BinaryIO, max_bytes: int = MAX_LINE) -> Iterator[bytes | LeftOut]:
    """Read lines; one that is longer than `max_bytes` is left out, and never in memory as a whole."""
    while line := stream.readline(max_bytes + 1):
        if len(line) <= max_bytes:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_PIECE)
        yield LeftOut(f"a line of more than {max_bytes} bytes")
