"""Markdown to safe HTML, by value: what it makes, and what never leaves it."""

import re
import time
from itertools import product

import pytest
from selectolax.lexbor import LexborHTMLParser

from octavo.text.markdown import plain, tidied, to_html

ALLOWED = set("p br em strong s code pre blockquote ul ol li a".split())
REL = ' rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *b* **c** ~~d~~ `e<`", "<p>A <em>b</em> <strong>c</strong> <s>d</s> <code>e&lt;</code></p>"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("> said\n\n- a\n- b", "<blockquote>\n<p>said</p>\n</blockquote>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("[a](https://x.example/?b=1&c)", f'<p><a href="https://x.example/?b=1&amp;c"{REL}>a</a></p>'),
        ("<https://x.example>", f'<p><a href="https://x.example"{REL}>https://x.example</a></p>'),
        ("(https://x.example/a_(b)).", f'<p>(<a href="https://x.example/a_(b)"{REL}>https://x.example/a_(b)</a>).</p>'),
        ("`https://x.example`", "<p><code>https://x.example</code></p>"),
        ("[m](mailto:a@b.example)", f'<p><a href="mailto:a@b.example"{REL}>m</a></p>'),
        ('[a](https://x.example "title")', f'<p><a href="https://x.example"{REL}>a</a></p>'),
        ("# No heading\n\nNor\n===", "<p># No heading</p>\n<p>Nor<br>\n===</p>"),
        ("<b>raw</b> &lt;", "<p>&lt;b&gt;raw&lt;/b&gt; &lt;</p>"),
        ("![alt](https://x.example/a.png)", f'<p>!<a href="https://x.example/a.png"{REL}>alt</a></p>'),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<p>| a | b |<br>\n|---|---|<br>\n| 1 | 2 |</p>"),
    ],
)
def test_what_markdown_makes(text: str, html: str) -> None:
    assert to_html(text) == html


HREFS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:x",
    "//evil.example",
    "/en-gb/sign-out",
    "\\\\evil.example",
    "ftp://x.example",
    "blob:https://x.example/1",
    "%6aavascript:alert(1)",
    "\x01javascript:alert(1)",
    "https:javascript:alert(1)",
]
FORMS = ["[x]({})", "[x](<{}>)", "<{}>", '<a href="{}">x</a>', "![x]({})", "[x][1]\n\n[1]: {}", '<img src="{}">']


@pytest.mark.parametrize(("form", "href"), list(product(FORMS, HREFS)))
def test_no_address_but_web_and_mail_leaves(form: str, href: str) -> None:
    hrefs = [node.attributes.get("href") for node in LexborHTMLParser(to_html(form.format(href))).css("a")]
    assert all(one is None or re.match(r"https?://|mailto:", one) for one in hrefs)


RAW = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    '<iframe srcdoc="<script>alert(1)</script>">',
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--><img src=x onerror=alert(1)>-->",
    '[x](https://x.example"onmouseover="alert(1))',
    "[<img src=x onerror=alert(1)>](https://x.example)",
    "> <style>@import 'https://evil.example'</style>",
    "<a href='https://x.example' style='position:fixed' onclick='alert(1)' target='_blank'>x</a>",
]


@pytest.mark.parametrize("raw", RAW)
def test_no_element_or_attribute_but_those_named(raw: str) -> None:
    body = LexborHTMLParser(f"<body>{to_html(raw)}</body>").body
    assert body is not None
    for node in body.traverse():
        assert node.tag in ALLOWED | {"body"}
        assert set(node.attributes) <= {"href", "rel", "start"}


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "![" * 10_000, "*a " * 6_600, "*_" * 10_000, "> " * 10_000, "- " * 10_000, "[a](" * 5_000,
     "`" * 20_000, "~~a " * 5_000, "&" * 20_000, "<" * 20_000, "a\n" * 10_000, "https://x.example/((( " * 900],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    to_html(text)
    assert time.process_time() - begun < 10


def test_a_text_is_tidied() -> None:
    assert tidied(" a\r\nb\rc\n\n\n\nd\x00\u202e\u2066\ud800 ") == "a\nb\nc\n\nd"
    assert tidied("Z" + "\u0301" * 50) == "Z" + "\u0301" * 4
    assert tidied("कि हि नि\u200dक") == "कि हि नि\u200dक"
    assert tidied(tidied("x\n \n \n\n y")) == tidied("x\n \n \n\n y")


def test_the_words_alone() -> None:
    assert plain("> a\n\n**b** [c](https://x.example)\n- d") == "a b c d"
    assert plain("<b>x</b>") == "<b>x</b>"
