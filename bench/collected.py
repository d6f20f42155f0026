"""An instance on the sample newswire: a port for it, and when it has read all there is.

Benches measure it then, and not while articles come in.
"""

import re
import socket
import time
import urllib.error
import urllib.request

SETTINGS = {"OCTAVO_METRICS__NETWORKS": '["127.0.0.0/8"]'}
"""What such an instance needs among its settings: its figures are asked."""

_FIGURE = re.compile(r'^octavo_(\w+?)(?:\{\w+="(\w+)"\})? (\d+)', re.MULTILINE)
_STEPS = ("enrich", "relate", "digest", "settle", "lay_out")
_LEAST = 100
"""Articles from which it is no longer about to begin."""


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_collected(address: str, patience_s: float) -> None:
    """Wait until its pages are read, its articles understood and its front page laid out. Raises TimeoutError."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if _is_collected(read(f"{address}/metrics")) and 'class="eight' in read(f"{address}/en-gb"):
            return
        time.sleep(0.5)
    raise TimeoutError(f"{address} did not settle within {patience_s:g} seconds")


def read(address: str) -> str:
    """Read a page; "" while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own loopback server
            text: str = answer.read().decode()
            return text
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def _is_collected(figures: str) -> bool:
    found = {(name, label): int(value) for name, label, value in _FIGURE.findall(figures)}
    waiting = [found.get(("backlog", step), 1) for step in _STEPS]
    waiting += [found.get(("pages", state), 0) for state in ("pending", "fetched")]
    return found.get(("articles", ""), 0) >= _LEAST and not any(waiting)
