"""Subscription lists in and out."""

import pytest

from octavo.collect.opml import MAX_OUTLINES, Subscription, read_opml, write_opml
from octavo.errors import UnreadableFile


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="1.0"><head/><body>{body}</body></opml>'.encode()


def test_feeds_come_with_their_folders_in_order() -> None:
    found = read_opml(
        opml(
            '<outline text="World"><outline title="Asia">'
            '<outline text="A &amp; B" xmlUrl="https://a.example/f" htmlUrl="https://a.example/"/></outline>'
            '<outline type="rss" text="" title="C" xmlurl="https://c.example/f"/></outline>'
            '<outline xmlUrl="https://d.example/f"/><outline text="empty folder"/>'
        )
    )
    assert found == [
        Subscription("https://a.example/f", "A & B", "https://a.example/", "World / Asia"),
        Subscription("https://c.example/f", "C", "", "World"),
        Subscription("https://d.example/f"),
    ]


def test_what_is_written_is_read_back() -> None:
    rows = [
        Subscription("https://a.example/f?x=1&y=2", 'Quotes " & <tags> ünï', "https://a.example/", "GB"),
        Subscription("https://b.example/f", "B", "https://b.example/", "GB"),
        Subscription("https://c.example/f", "C\x00\x0b"),
    ]
    written = write_opml("Mine", rows)
    assert b'<opml version="2.0">' in written
    inert = Subscription("https://a.example/f?x=1&y=2", 'Quotes " & ‹tags> ünï', "https://a.example/", "GB")
    assert read_opml(written) == [inert, rows[1], Subscription("https://c.example/f", "C")]


def test_what_is_written_begins_no_tag_and_leads_to_the_web_alone() -> None:
    """Apps take titles for HTML, and open what stands beside them."""
    title, folder = "<img src=x onerror=alert(1)>", "</outline><script>"
    written = write_opml("Octavo", [Subscription("https://a.example/f", title, "javascript:alert(1)", folder)]).decode()
    assert "&lt;" not in written
    assert "javascript:" not in written
    assert [(one.title, one.site_url) for one in read_opml(written.encode())] == [("‹img src=x onerror=alert(1)>", "")]
    assert read_opml(write_opml("None", [])) == []


@pytest.mark.parametrize(
    "data", [b"", b"plain", b"<html><p>x</p></html>", b"<opml/>", b"\xff\xfe\x00", b"<opml><head/></opml>"]
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="not an OPML file"):
        read_opml(data)


def test_a_damaged_list_is_read_as_far_as_it_goes() -> None:
    assert [one.url for one in read_opml(opml('<outline text="a & b" xmlUrl="https://a.example/f"/>')[:-10])] == [
        "https://a.example/f"
    ]


def test_entities_are_not_expanded_and_files_not_read() -> None:
    data = (
        b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        b'<opml><body><outline text="t" xmlUrl="https://a.example/&b;"/>&x;</body></opml>'
    )
    for one in read_opml(data):
        assert "aaaaaaaaaa" not in one.url


def test_depth_and_number_are_bounded() -> None:
    deep = opml('<outline text="x">' * 200 + '<outline xmlUrl="https://a.example/f"/>' + "</outline>" * 200)
    assert len(read_opml(deep)[0].folder) <= 300
    with pytest.raises(UnreadableFile, match="more than 20000 outlines"):
        read_opml(opml("<outline/>" * (MAX_OUTLINES + 1)))
