"""Nobody takes traces down."""

from octavo.config import TracesSettings
from octavo.ports.tracer import NoTracer


class OffTracer(NoTracer):
    """The tracer of an instance that wants none."""

    def __init__(self, settings: TracesSettings) -> None:
        self._settings = settings
