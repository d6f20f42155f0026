"""Traces by OpenTelemetry's protocol over HTTP (OTLP 1, protobuf), to whatever gathers them.

Spans are gathered and sent by a thread of their own. Where nobody takes them they are dropped; pages and jobs go on.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Span as Taken
from opentelemetry.trace import StatusCode

from octavo import __version__
from octavo.config import TracesSettings
from octavo.ports.tracer import Span

WHOLE_S = 2
"""Seconds in which a collector takes a batch, or goes without it."""


class OtlpTracer:
    """Sends spans to the address in settings."""

    def __init__(self, settings: TracesSettings) -> None:
        told = {
            "service.name": settings.service,
            "service.version": __version__,
            "service.instance.id": f"{socket.gethostname()}/{os.getpid()}",
        }
        # A provider of our own, not the process's: what other packages would send is not asked for.
        self._provider = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(settings.share)), resource=Resource(told), shutdown_on_exit=False
        )
        sending = OTLPSpanExporter(endpoint=settings.address, timeout=WHOLE_S)
        self._provider.add_span_processor(BatchSpanProcessor(sending, schedule_delay_millis=2000))
        self._tracer = self._provider.get_tracer("octavo", __version__)

    @contextmanager
    def span(self, name: str, **facts: str | int) -> Iterator[Span]:
        """Do something as a span."""
        begun = self._tracer.start_as_current_span(
            name, attributes=facts, record_exception=False, set_status_on_exception=False
        )
        with begun as taken:
            try:
                yield _Span(taken)
            except Exception as error:
                # The words of an exception may hold what a reader sent: of a failure only its kind is taken down.
                taken.set_status(StatusCode.ERROR, type(error).__name__)
                raise

    def close(self) -> None:
        """Send the rest."""
        self._provider.shutdown()


class _Span:
    def __init__(self, taken: Taken) -> None:
        self._taken = taken

    def call(self, name: str) -> None:
        """Name it."""
        self._taken.update_name(name)

    def tell(self, **facts: str | int) -> None:
        """Say something of it."""
        self._taken.set_attributes(facts)
