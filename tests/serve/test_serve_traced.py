"""Pages as spans: by their routes, and nothing of who asked or what for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from octavo.config import TracesSettings
from octavo.ports.tracer import Span

from .conftest import Reader


@dataclass
class Noted:
    """A span as a test looks at it."""

    name: str
    facts: dict[str, str | int]

    def call(self, name: str) -> None:
        self.name = name

    def tell(self, **facts: str | int) -> None:
        self.facts |= facts


@dataclass
class Noting:
    """Notes every span."""

    spans: list[Noted] = field(default_factory=list)

    @contextmanager
    def span(self, name: str, **facts: str | int) -> Iterator[Span]:
        noted = Noted(name, facts)
        self.spans.append(noted)
        yield noted

    def close(self) -> None:
        """Nothing is open."""


def test_a_page_is_a_span_by_its_route(make_reader: Callable[..., Reader]) -> None:
    tracer = Noting()
    reader = make_reader(tracer=tracer, settings={"traces": TracesSettings(address="http://127.0.0.1:4318/v1/traces")})
    for path in ("/en-gb/search?q=who+is+ill", "/en-gb/source/nobody-there", "/api/v1/articles", "/a/secret/place"):
        reader.get(path)
    told = [(one.name, one.facts["http.response.status_code"]) for one in tracer.spans]
    assert told == [
        ("GET /{edition}/search", 200),
        ("GET /{edition}/source/{publisher}", 404),
        ("GET /api/v1/articles", 200),
        ("GET none", 404),
    ]
    words = str([(one.name, one.facts) for one in tracer.spans])
    assert not [one for one in ("ill", "nobody", "secret") if one in words]


def test_what_is_kept_is_sent_without_one_and_nobody_traces_unasked(make_reader: Callable[..., Reader]) -> None:
    tracer = Noting()
    reader = make_reader(tracer=tracer, settings={"traces": TracesSettings(address="http://127.0.0.1:4318/v1/traces")})
    for _ in range(3):
        reader.get("/en-gb/latest")
    assert len(tracer.spans) == 1
    unasked = Noting()
    make_reader(tracer=unasked).get("/en-gb/latest")
    assert unasked.spans == []
