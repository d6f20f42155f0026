"""Large tables that are mostly not looked at: on a file, mapped, so that only the parts in use take memory."""

import mmap
import tempfile
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Mapped:
    """A table of numbers, read-only, on a file that has no name and is gone with the process.

    `array` has the shape and type given. Where no file can be written the table stays in memory.
    """

    def __init__(self, table: NDArray[Any]) -> None:
        table = np.ascontiguousarray(table)
        self._map: mmap.mmap | None = None
        self.array = table
        try:
            with tempfile.TemporaryFile(prefix="octavo-") as file:
                # Written, not grown: a full disk is an error here, not a signal when a page is first read.
                table.tofile(file)
                file.flush()
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError:
            return
        self.array = np.frombuffer(self._map, dtype=table.dtype).reshape(table.shape)

    def release(self) -> None:
        """Let go of the parts read so far; they come back from the file, or the cache of it, when asked for."""
        if self._map is not None and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)
