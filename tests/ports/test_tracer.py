"""Traces: what a collector is sent, read with the protocol's own messages; pages and jobs go on without one."""

import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span as Sent
from opentelemetry.proto.trace.v1.trace_pb2 import Status

from octavo.adapters.registry import find
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.tracers.store import TracedDatabase
from octavo.config import TracesSettings
from octavo.ports.tracer import Tracer
from octavo.store import migrations_path

pytestmark = pytest.mark.enable_socket


@dataclass
class Collector:
    """Takes spans, and who sent them."""

    address: str = ""
    spans: list[Sent] = field(default_factory=list)
    senders: list[dict[str, str]] = field(default_factory=list)

    def take(self, body: bytes) -> None:
        told = ExportTraceServiceRequest.FromString(body)
        for group in told.resource_spans:
            self.senders.append({one.key: one.value.string_value for one in group.resource.attributes})
            self.spans += [span for scope in group.scope_spans for span in scope.spans]

    def named(self, name: str) -> Sent:
        (found,) = [one for one in self.spans if one.name == name]
        return found


@pytest.fixture
def collector() -> Iterator[Collector]:
    held = Collector()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            held.take(gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    held.address = f"http://127.0.0.1:{server.server_port}/v1/traces"
    yield held
    server.shutdown()
    thread.join()
    server.server_close()


def tracer(address: str, share: float = 1.0) -> Tracer:
    made: Tracer = find("tracer", "otlp")(TracesSettings(address=address, share=share, service="harbour"))
    return made


def test_spans_lie_within_each_other_with_what_is_told_of_them(collector: Collector, tmp_path: Path) -> None:
    taking = tracer(collector.address)
    database = TracedDatabase(SqliteDatabase(tmp_path / "a.sqlite", migrations_path()), taking)
    with taking.span("GET", door="page") as page:
        with database.transaction(), database.read():
            pass
        page.call("GET /{edition}")
        page.tell(**{"http.response.status_code": 200})
    database.close()
    taking.close()
    page_, write, view = (collector.named(one) for one in ("GET /{edition}", "store transaction", "store view"))
    assert (write.parent_span_id, view.parent_span_id) == (page_.span_id, write.span_id)
    assert len({one.trace_id for one in (page_, write, view)}) == 1
    told = {one.key: one.value.string_value or one.value.int_value for one in page_.attributes}
    assert told == {"door": "page", "http.response.status_code": 200}
    assert collector.senders[0]["service.name"] == "harbour"


def test_of_a_failure_nothing_but_that_it_was_one_is_sent(collector: Collector) -> None:
    taking = tracer(collector.address)
    with pytest.raises(ValueError, match="secret"), taking.span("job poll"):
        raise ValueError("a secret word")
    taking.close()
    span = collector.named("job poll")
    assert (span.status.code, span.status.message) == (Status.STATUS_CODE_ERROR, "ValueError")
    assert b"secret" not in span.SerializeToString()


def test_of_no_share_nothing_is_sent(collector: Collector) -> None:
    taking = tracer(collector.address, share=0)
    with taking.span("job poll"):
        pass
    taking.close()
    assert collector.spans == []


@pytest.mark.parametrize("name", ["otlp", "off"])
def test_without_a_collector_work_goes_on(name: str) -> None:
    taking: Tracer = find("tracer", name)(TracesSettings(address="http://127.0.0.1:9/v1/traces"))
    done = []
    with taking.span("job poll") as span:
        span.call("job fetch")
        span.tell(feeds=3)
        done.append("fetch")
    taking.close()
    assert done == ["fetch"]
