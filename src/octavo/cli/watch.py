"""A child that outlives its parent serves nobody: end with it."""

import os
import threading

POLL_S = 0.5


def end_with_parent(parent: int | None) -> None:
    """End this process soon after process `parent` is gone; does nothing without one.

    Asking for the parent's number is the one way that works on every system; a lost parent gives another number.
    """
    if parent is None:
        return
    wait = threading.Event()

    def watch() -> None:
        while os.getppid() == parent:
            wait.wait(POLL_S)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
