"""Parts of a file (RFC 9110 §14): players ask for a stretch of a recording, and for its rest when somebody skips."""

import re
from collections.abc import Mapping

from starlette.responses import Response

from octavo.serve.answers import is_known

_ONE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*")


def part_of(field: str, size: int) -> range | None:
    """Read Range: the bytes that are asked for, none of them where there are no such, None for all of the file.

    A field that is none, names another unit, or several parts, asks for nothing that has to be heeded.
    """
    found = _ONE.fullmatch(field)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return range(max(0, size - int(found[2])), size)
    first, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if found[2] and last < first:
        return None
    return range(first, min(last + 1, size)) if first < size else range(0)


def send_file(body: bytes, media_type: str, etag: str, asked: Mapping[str, str], more: Mapping[str, str]) -> Response:
    """Answer with a file or the part of it that is asked for: 200, 206, 304, or 416. `etag` is strong."""
    headers = {"etag": etag, "accept-ranges": "bytes", **more}
    known = asked.get("if-none-match", "")
    if known and is_known(etag, known):
        return Response(status_code=304, headers=headers)
    wanted = part_of(asked.get("range", ""), len(body)) if asked.get("if-range", etag) == etag else None
    if wanted is None:
        return Response(body, 200, headers, media_type)
    if not wanted:
        return Response(b"", 416, {**headers, "content-range": f"bytes */{len(body)}"}, media_type)
    said = f"bytes {wanted.start}-{wanted.stop - 1}/{len(body)}"
    return Response(body[wanted.start : wanted.stop], 206, {**headers, "content-range": said}, media_type)
