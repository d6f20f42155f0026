"""A Ray cluster: one piece of work is one task of one CPU. The only module that imports ray.

The cluster is somebody else's: it is started (`ray start`), and ended, outside of Octavo. Every machine needs the same
version of Octavo; a task made by another is refused.
"""

import pickle
import socket
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import ray
from ray.exceptions import RayError, RayTaskError

from octavo import __version__
from octavo.errors import CrewFailed
from octavo.ports.crew import Given, Result

_RETRIES = 5
"""How often a piece is done anew when its process or machine is lost. What it raises itself is not tried again."""


_KNOCK_S = 10.0


class RayCrew:
    """Hands work to the cluster at `address` ("auto": the one this machine belongs to)."""

    def __init__(self, address: str) -> None:
        try:
            _knock(address)
            ray.init(address=address, namespace="octavo", log_to_driver=False, configure_logging=False)
        except (RayError, ConnectionError, ValueError, RuntimeError, OSError) as error:
            said = str(error).strip().split("\n")[0]
            raise CrewFailed(f"no Ray cluster answers at {address!r}; start one with `ray start` ({said})") from error

    def start(self, make: Callable[[], Callable[[Given], Result]]) -> Callable[[Given], Callable[[], Result]]:
        """Give a function that hands work to the cluster; see the port."""
        made = ray.put(pickle.dumps((__version__, make)))
        task: Any = ray.remote(num_cpus=1, max_retries=_RETRIES)(_do)

        def hand(piece: Given) -> Callable[[], Result]:
            done = task.remote(made, piece)
            return lambda: _wait(done)

        return hand

    def close(self) -> None:
        """Leave the cluster."""
        ray.shutdown()


def _knock(address: str) -> None:
    """Ask whether anything is there: Ray itself would ask for minutes, and end the process when nobody answers."""
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_KNOCK_S).close()


def _wait(done: Any) -> Any:
    try:
        return ray.get(done)
    except RayTaskError as error:
        raise error.cause from error
    except RayError as error:
        said = str(error).strip().split("\n")[0]
        raise CrewFailed(f"the Ray cluster gave a piece of work up after {_RETRIES} tries: {said}") from error


def _do(made: bytes, piece: Any) -> Any:
    """Do one piece, in a process of the cluster."""
    return _worker(bytes(made))(piece)


@lru_cache(maxsize=1)
def _worker(made: bytes) -> Callable[[Any], Any]:
    version, make = pickle.loads(made)  # noqa: S301 (from the program that owns the cluster, to its own tasks)
    if version != __version__:
        raise CrewFailed(f"this machine has Octavo {__version__}, the one that hands out the work {version}")
    work: Callable[[Any], Any] = make()
    return work
