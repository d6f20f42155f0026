"""Feeds that no publisher of good will would write, by what is wrong with them."""

import gzip
import json
import zlib

ITEM = "<item><guid>{n}</guid><link>{base}/{n}</link><title>Ferry {n} leaves</title></item>"


def rss(inside: str, before: str = "", attributes: str = "") -> bytes:
    """A feed around this."""
    head = "<title>Tides</title><link>https://tides.example/</link>"
    return f"{before}<rss version='2.0'{attributes}><channel>{head}{inside}</channel></rss>".encode(
        "utf-8", "surrogatepass"
    )


def item(title: str = "Ferry leaves", more: str = "", link: str = "https://tides.example/1", guid: str = "1") -> str:
    """One entry."""
    return f"<item><guid>{guid}</guid><link>{link}</link><title>{title}</title>{more}</item>"


LAUGHS = "<!DOCTYPE r [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED: dict[str, bytes] = {
    "billion laughs": rss(item("&i;"), f"{LAUGHS}]>"),
    "a file as entity": rss(item("&x;"), "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
    "an address as entity": rss(item("&x;"), "<!DOCTYPE r [<!ENTITY x SYSTEM 'http://169.254.169.254/'>]>"),
    "a parameter entity": rss(item(), "<!DOCTYPE r [<!ENTITY % x SYSTEM 'http://127.0.0.1/x.dtd'> %x;]>"),
    "one entity of megabytes": rss(item("&a;" * 30_000), f"<!DOCTYPE r [<!ENTITY a '{'ha' * 100_000}'>]>"),
    "a title of twenty-five megabytes": rss(item("tide " * 5_000_000)),
    "a hundred thousand entries": rss("".join(ITEM.format(n=n, base="https://tides.example") for n in range(100_000))),
    "twenty thousand levels": rss("<a>" * 20_000),
    "twenty thousand attributes": rss("<item " + " ".join(f"a{n}='1'" for n in range(20_000)) + "/>"),
    "a name of a million characters": rss(item(more=f"<author>{'x' * 1_000_000}</author>")),
    "deep JSON": b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 200_000,
    "JSON of one number": b'{"items":[{"id":' + b"9" * 100_000 + b"}]}",
    "JSON that is none": b'{"items": "many"}',
    "packed a hundredfold": gzip.compress(rss(item("tide " * 8_000_000))),
    "packed and broken": gzip.compress(rss(item()))[:20] + b"no" * 90,
    "packed otherwise": zlib.compress(rss(item())),
    "nothing": b"",
    "space": b" \n" * 100_000,
    "noise": bytes(range(256)) * 400,
    "an archive": b"PK\x03\x04" + bytes(3_000),
    "a page": b"<!doctype html><html><body><script>octavo()</script></body></html>",
    "a list of sitemaps": b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>",
    "an old charset": rss(item()).decode().encode("cp037"),
    "tags never closed": b"<rss" * 300_000,
}
"""Each of these is no feed that can be read, and the feed's record says why."""

CLEANED: dict[str, bytes] = {
    "dates of other ages": rss(
        item("One", "<pubDate>Thu, 01 Jan 1601 00:00:00 GMT</pubDate>")
        + item("Two", "<pubDate>Fri, 31 Dec 9999 23:59:59 -1200</pubDate>", guid="2", link="https://tides.example/2")
        + item("Three", "<pubDate>Mon, 99 Foo -5 99:99:99 +9999</pubDate>", guid="3", link="https://tides.example/3")
        + item("Four", "<pubDate>" + "9" * 5000 + "</pubDate>", guid="4", link="https://tides.example/4")
    ),
    "one identifier for all": rss(
        "".join(item(f"Ferry {n}", link=f"https://tides.example/{n}", guid="same") for n in range(9))
    ),
    "an identifier of a megabyte": rss(item(guid="g" * 1_000_000)),
    "identifiers with NUL": rss(
        item("One", guid="a&#0;b") + item("Two", guid="a\x00c", link="https://tides.example/2")
    ),
    "lone surrogates": rss(item("Tide \ud83d high &#xD800; &#xDFFF; &#x110000;", "<description>\udc00</description>")),
    "turned around": rss(item("Tide \u202egnp.exe\u202c \u2066high\u2069 \u200f")),
    "piled up": rss(item("T" + "\u0301" * 5_000)),
    "controls": rss(item("Ti\x01de\x08\x1b[31m &#x1b;[2J \x7f\x9b high")),
    "a host that looks like another": rss(item(link="https://tidеs.example/1")),
    "addresses that lead inside": rss(
        "".join(
            item(f"Ferry {n}", link=one, guid=str(n))
            for n, one in enumerate(
                [
                    "http://169.254.169.254/",
                    "http://[::1]/",
                    "http://0x7f.1/",
                    "http://[::ffff:127.0.0.1]/x",
                    "javascript:octavo()",
                    "data:text/html,x",
                    "file:///etc/passwd",
                    "ftp://tides.example/x",
                    "http://",
                    "http://[",
                    "//",
                    "http://tides.example:99999/",
                    "http://a b/",
                    "http://%00/",
                    "?",
                    "#",
                ]
            )
        )
    ),
    "pictures that lead inside": rss(
        item(
            more="<enclosure url='http://169.254.169.254/a.png' type='image/png' length='-1'/>"
            "<enclosure url='file:///etc/a.png' type='image/png' length='99999999999999999999999'/>"
        )
    ),
    "a thousand enclosures": rss(item(more="<enclosure url='https://tides.example/a.mp3' type='audio/mpeg'/>" * 1_000)),
    "ten thousand authors": rss(item(more="<author>a</author>" * 10_000 + "<category>b</category>" * 10_000)),
    "a time to live of ages": rss(f"<ttl>{'9' * 400}</ttl>" + item()),
    "a wrong charset": b"<?xml version='1.0' encoding='utf-16'?>" + rss(item("Flut über dem Kai")),
    "a charset nobody knows": b"<?xml version='1.0' encoding='klingon'?>" + rss(item("Flut")),
    "a charset that runs scripts": b"<?xml version='1.0' encoding='utf-7'?>" + rss(item("+ADw-script+AD4-octavo()")),
    "two texts in one": rss(item()) + b"\n" + rss(item("Another")),
    "markup in markup": rss(item("&lt;b&gt;<![CDATA[<script>octavo()</script>]]>&amp;lt;script&amp;gt;")),
    "an instruction": rss(item(), "<?xml-stylesheet type='text/xsl' href='http://169.254.169.254/x.xsl'?>"),
    "a part from elsewhere": rss(
        "<xi:include href='file:///etc/passwd' parse='text'/>" + item(),
        attributes=" xmlns:xi='http://www.w3.org/2001/XInclude'",
    ),
    "a hundred name spaces": rss(item(), attributes="".join(f" xmlns:n{n}='u{n}'" for n in range(100))),
    "JSON with everything wrong": json.dumps(
        {
            "version": 5,
            "title": ["no"],
            "home_page_url": {"a": 1},
            "authors": "x",
            "items": [
                None,
                5,
                [],
                {"id": None},
                {"id": 7, "url": 8, "tags": {"a": 1}, "attachments": [1, {"url": []}]},
                {
                    "id": "1",
                    "url": "https://tides.example/1",
                    "title": "Flut",
                    "date_published": 5,
                    "authors": [None],
                    "attachments": [
                        {"url": "https://tides.example/a.mp3", "size_in_bytes": 10**300, "mime_type": None}
                    ],
                    "content_html": "<p>\ud800</p>",
                    "image": "javascript:octavo()",
                },
            ],
        }
    ).encode(),
}
"""Each of these has something in it that can be read, once it is cleaned."""
