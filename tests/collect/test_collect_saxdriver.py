"""The parser that feedparser is given hands on a text at once, and feedparser takes it."""

from io import BytesIO
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import InputSource

import pytest

from octavo.collect import saxdriver
from octavo.collect.parse import parse_feed

LINES = "\n".join(f"<p>Line {number} &amp; more</p>" for number in range(50))
BODY = f"<description><![CDATA[{LINES}]]></description>"
FEED = f"<rss version='2.0'><channel><item><title>a</title>{BODY}</item></channel></rss>"


class _Calls(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def characters(self, content: str) -> None:
        self.texts.append(content)


def test_a_text_of_many_lines_is_one_call() -> None:
    parser, calls, source = saxdriver.create_parser(), _Calls(), InputSource()
    parser.setContentHandler(calls)
    source.setByteStream(BytesIO(FEED.encode()))
    parser.parse(source)
    assert calls.texts == ["a", LINES]


def test_feedparser_reads_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ExpatParser] = []
    make = saxdriver.create_parser

    def counted() -> ExpatParser:
        made.append(make())
        return made[-1]

    monkeypatch.setattr(saxdriver, "create_parser", counted)
    _, [entry] = parse_feed(FEED.encode(), url="https://gazette.example/feed")
    assert entry.summary == LINES
    assert len(made) == 1
