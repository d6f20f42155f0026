"""Programs of ours that tests start: a port for each, and how long is waited for them."""

import secrets
import socket
from contextlib import suppress

PATIENCE_S = 400.0
"""How long is waited for what takes seconds on a machine with nothing else to do: a busy one is no fault of ours."""

_PORTS = range(12_000, 32_000)
"""Below those that the system gives to whoever connects to somewhere, so that one that is free stays so for a while."""


def free_port() -> int:
    """A port nobody listens on at this moment."""
    for _ in range(100):
        port = secrets.choice(_PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
