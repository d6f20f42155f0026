"""Archives are read record by record, whatever they hold."""

import gzip
import io
import tracemalloc

import brotli
import pytest
import zstandard

from archives import answer, members, responses, warc
from octavo.collect.archive import BrokenBody, decoded, numbered_lines, warc_records
from octavo.domain.backfill import Captured, LeftOut, Record

GOOD = [warc("response", f"https://a.example/{n}", answer(b"<p>hello %d" % n)) for n in range(4)]
MAX = 100_000


def read(data: bytes) -> list[str]:
    """Each record as its address and body, or as why it was left out."""
    return [told(one) for one in warc_records(io.BytesIO(data), MAX)]


def told(one: Record) -> str:
    if isinstance(one, LeftOut):
        return one.reason.split(":")[0]
    assert isinstance(one, Captured)
    return f"{one.url[-1]}:{one.body.decode(errors='replace')}"


ALL = [f"{n}:<p>hello {n}" for n in range(4)]
DAMAGED = "a damaged stretch"


@pytest.mark.parametrize(
    "data", [members(GOOD), b"".join(GOOD), gzip.compress(b"".join(GOOD))], ids=["members", "plain", "whole"]
)
def test_members_plain_and_whole_gzip_read_the_same(data: bytes) -> None:
    assert read(data) == ALL


def test_answers_come_with_their_fields_and_their_time() -> None:
    fields = ("Content-Type: text/html", "Link: <a>; rel=license", "link: <b>")
    page, *rest = warc_records(io.BytesIO(warc("response", "<https://a.example/>", answer(b"x", *fields))), MAX)
    assert isinstance(page, Captured)
    assert not rest
    assert page.url == "https://a.example/"
    assert page.headers == {"content-type": "text/html", "link": "<a>; rel=license\n<b>"}
    assert page.at is not None
    assert page.at.isoformat() == "2026-05-04T03:02:01+00:00"


def test_what_is_no_answer_is_passed_over() -> None:
    assert read(members([warc("warcinfo", "x", b"y"), *responses([3])[:1], GOOD[0]])) == ALL[:1]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (members([GOOD[1].replace(b"WARC/1.0", b"WXRC/1.0")]), DAMAGED),
        (members([GOOD[1]])[:70] + b"\x00" * 40, DAMAGED),
        (b"JUNK" * 50, DAMAGED),
        (members([b"WARC/1.0\r\n" + b"A" * 300_000]), DAMAGED),
        (
            members([warc("response", "https://a.example/1", b"short", length=MAX - 1)]),
            "a record is shorter than it says",
        ),
        (members([warc("response", "https://a.example/1", answer(b"0" * 5_000_000))]), f"larger than {MAX} bytes"),
        (members([warc("response", "https://a.example/1", b"no HTTP")]), "not an answer of a web server"),
        (members([warc("response", "", answer(b"x"))]), "not an answer of a web server"),
        (
            members([warc("response", "https://a.example/1", answer(b"x", status="404 Not Found"))]),
            "not answered with 200",
        ),
    ],
)
def test_a_broken_record_costs_itself_alone(broken: bytes, reason: str) -> None:
    found = read(members(GOOD[:1]) + broken + members(GOOD[2:]))
    assert [one for one in found if one in ALL] == [ALL[0], ALL[2], ALL[3]]
    assert {one for one in found if one not in ALL} == {reason}


def test_a_page_cannot_pass_for_a_record() -> None:
    """What a page holds is not looked through for records where the one after it is broken."""
    forged = members([warc("response", "https://bank.example/9", answer(b"forged"))])
    holds = gzip.compress(warc("response", "https://a.example/0", answer(forged)), compresslevel=0)
    assert forged in holds
    found = read(holds + b"JUNK" * 20 + members(GOOD[2:]))
    assert found[1:] == [DAMAGED, *ALL[2:]]


def test_an_archive_that_breaks_off_ends() -> None:
    found = read(members(GOOD[:1]) + members(GOOD[1:2])[:60])
    assert found[0] == ALL[0]
    assert set(found[1:]) <= {DAMAGED}


def test_a_large_record_takes_little_memory() -> None:
    data = members([warc("response", "https://a.example/1", answer(b"\0" * 60_000_000)), GOOD[2]])
    tracemalloc.start()
    try:
        assert read(data) == [f"larger than {MAX} bytes", ALL[2]]
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def sent(body: bytes, **fields: str) -> Captured:
    return Captured("https://a.example/", {name.replace("_", "-"): value for name, value in fields.items()}, body)


@pytest.mark.parametrize(
    "captured",
    [
        sent(b"<p>hello"),
        sent(gzip.compress(b"<p>hello"), content_encoding="gzip"),
        sent(brotli.compress(b"<p>hello"), content_encoding="BR"),
        sent(zstandard.compress(b"<p>hello"), content_encoding="zstd"),
        sent(b"3\r\n<p>\r\n5\r\nhello\r\n0\r\n\r\n", transfer_encoding="chunked"),
        sent(b"<p>hello", content_encoding="gzip"),
        sent(b"<p>hello", content_encoding="identity"),
    ],
)
def test_bodies_are_unpacked(captured: Captured) -> None:
    assert decoded(captured, MAX) == b"<p>hello"


@pytest.mark.parametrize(
    ("captured", "reason"),
    [
        (sent(gzip.compress(b"0" * 10_000_000), content_encoding="gzip"), "larger than"),
        (sent(brotli.compress(b"0" * 10_000_000), content_encoding="br"), "larger than"),
        (sent(b"nothing of the kind", content_encoding="gzip"), "not the gzip"),
        (sent(b"ZZZ\r\n", transfer_encoding="chunked"), "not the chunked"),
        (sent(b"x", content_encoding="rot13"), "not known"),
        (sent(b"x", content_encoding="gzip, gzip, gzip, gzip, gzip"), "too many"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(captured: Captured, reason: str) -> None:
    with pytest.raises(BrokenBody, match=reason):
        decoded(captured, MAX)


def test_a_line_too_long_is_left_out() -> None:
    lines = list(numbered_lines(io.BytesIO(b"one\n" + b"x" * 5000 + b"\ntwo\nthree"), 1000))
    assert lines == [b"one\n", LeftOut("a line of more than 1000 bytes"), b"two\n", b"three"]
