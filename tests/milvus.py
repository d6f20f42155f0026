"""A real Milvus server for tests: Milvus Lite in a process of its own, on loopback, with its files in a folder."""

import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_connection

from octavo.adapters.vector_indexes.milvus import MilvusIndex
from octavo.config import MilvusSettings
from running import PATIENCE_S, free_port


@dataclass
class MilvusServer:
    """The server: what it has acknowledged lies in `folder`, whatever happens to its process."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it listens. One request at a time: it takes no two writers of a collection."""
        where = ["--data-dir", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port), "--max-workers", "1"]
        command = [sys.executable, "-m", "milvus_lite.cmdline", "server", *where]
        self.running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            assert self.running.poll() is None, "Milvus Lite ended by itself"
            with suppress(OSError):
                create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            time.sleep(0.1)
        raise AssertionError("Milvus Lite does not listen")

    def kill(self) -> None:
        """End it as `kill -9` does."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None

    def index(self, model: str, **changes: object) -> MilvusIndex:
        """An index of its own, as another worker makes it."""
        usual: dict[str, object] = {"url": self.url, "connect_s": PATIENCE_S, "whole_s": PATIENCE_S}
        return MilvusIndex(MilvusSettings.model_validate(usual | changes), "", model)
