"""Content codings undone piece by piece, within bounds on what goes in and what comes out (RFC 9110 §8.4)."""

import zlib
from typing import Protocol

import brotli
import zstandard

from octavo.errors import FetchError, TooLarge

MAX_MEMBERS = 1000  # gzip members in one body: more are an attack on the unpacker, not a page
_PIECE = 65_536
_ZSTD_SLICE = 1024  # a block of four bytes may stand for 128 KiB, and this library has no limit on output
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659 §3: no more for the content coding


class _Coding(Protocol):
    def unpack(self, data: bytes, room: int) -> bytes:
        """Undo a piece; more than `room` bytes mean that there is no room."""
        ...

    def is_whole(self) -> bool:
        """Tell whether the data ended where it should."""
        ...


class _Plain:
    def unpack(self, data: bytes, room: int) -> bytes:
        return data

    def is_whole(self) -> bool:
        return True


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._decoder = zlib.decompressobj(wbits)
        self._members = 0
        self._begun = False

    def unpack(self, data: bytes, room: int) -> bytes:
        pieces = []
        while data:
            if self._decoder.eof and not self._next_member(data):
                break
            self._begun = True
            piece = self._decoder.decompress(data, room + 1)
            pieces.append(piece)
            room -= len(piece)
            if room < 0:
                break
            data = self._decoder.unused_data
        return b"".join(pieces)

    def _next_member(self, data: bytes) -> bool:
        if not data.startswith(b"\x1f\x8b"):  # padding after the last member is common, and harmless
            return False
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise zlib.error("too many gzip members")
        self._decoder = zlib.decompressobj(self._wbits)
        return True

    def is_whole(self) -> bool:
        return self._decoder.eof or not self._begun


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self._begun = False

    def unpack(self, data: bytes, room: int) -> bytes:
        self._begun = True
        pieces = [self._decoder.process(data, output_buffer_limit=_PIECE)]
        room -= len(pieces[0])
        while room >= 0 and pieces[-1] and not self._decoder.is_finished():  # it may hold back more than it has read
            pieces.append(self._decoder.process(b"", output_buffer_limit=_PIECE))
            room -= len(pieces[-1])
        return b"".join(pieces)

    def is_whole(self) -> bool:
        return not self._begun or bool(self._decoder.is_finished())


class _Zstd:
    def __init__(self) -> None:
        self._library = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._decoder = self._library.decompressobj(read_across_frames=True)
        self._begun = False

    def unpack(self, data: bytes, room: int) -> bytes:
        pieces = []
        self._begun = True
        for start in range(0, len(data), _ZSTD_SLICE):
            piece = self._decoder.decompress(data[start : start + _ZSTD_SLICE])
            pieces.append(piece)
            room -= len(piece)
            if room < 0:
                break
        return b"".join(pieces)

    def is_whole(self) -> bool:
        return True


class Body:
    """Gathers a body of at most `max_bytes`, packed and unpacked. `where` names it in errors."""

    def __init__(self, coding: str, max_bytes: int, where: str, url: str) -> None:
        self._coding_name = coding.strip().lower()
        self._coding: _Coding | None = None
        self._max = max_bytes
        self._where = where
        self._url = url
        self._packed = 0
        self._room = max_bytes
        self._pieces: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Take the next bytes off the wire. Raises TooLarge, or FetchError for a coding that is broken or unknown."""
        self._packed += len(data)
        if self._packed > self._max:
            raise self.too_large()
        if self._coding is None:
            self._coding = self._choose(data)
        try:
            piece = self._coding.unpack(data, self._room)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise self._broken() from error
        self._room -= len(piece)
        if self._room < 0:
            raise self.too_large()
        self._pieces.append(piece)

    def whole(self) -> bytes:
        """Give what was unpacked. Raises FetchError when it was cut off."""
        if self._coding is not None and not self._coding.is_whole():
            raise self._broken()
        return b"".join(self._pieces)

    def too_large(self) -> TooLarge:
        """Say that there is no room for it."""
        return TooLarge(f"{self._where} sent more than {self._max:,} bytes", url=self._url)

    def _broken(self) -> FetchError:
        return FetchError(f"{self._where} sent a body that is broken ({self._coding_name})", url=self._url)

    def _choose(self, start: bytes) -> _Coding:
        name = self._coding_name
        if name in ("", "identity", "none", "utf-8"):
            return _Plain()
        if name in ("gzip", "x-gzip"):
            return _Zlib(31) if start[:1] == b"\x1f" else _Plain()  # some servers say gzip and do not mean it
        if name == "deflate":
            return _Zlib(15) if start[:1] and start[0] & 0x0F == 8 else _Zlib(-15)
        if name == "br":
            return _Brotli()
        if name == "zstd":
            return _Zstd()
        raise FetchError(f"{self._where} answered in a coding nobody asked for ({name[:40]})", url=self._url)
