"""Mails become letters and issues: by value, and for mails made to break whoever reads them."""

import base64
import time
from datetime import UTC, datetime

import pytest

from octavo.collect.letter import MOST_PARTS, read_letter, recipients
from octavo.collect.letter_kinds import confirmation_links, passed_dmarc
from octavo.collect.letter_links import clean_link, page_of_sender
from octavo.collect.letter_text import read_issue
from octavo.domain.newsletter import Letter
from octavo.errors import MailUnwanted

SECRET = "abcdefgh234567jkmnpqrstu"


def mail(body: bytes = b"", *, kind: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    said = {
        "From": "The Gull Weekly <letters@mail.gull.example>",
        "To": f"{SECRET}@in.news.example",
        "Subject": "The tide ledger, and other finds",
        "Message-ID": "<one@gull.example>",
        "Date": "Mon, 02 Mar 2026 08:00:00 +0000",
        "MIME-Version": "1.0",
        "Content-Type": kind,
    }
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in said.items()).encode() + b"\r\n" + body


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1000))
PAGE = """<html><head><link rel="amphtml" href="https://evil.example/x"><style>p{}</style></head><body>
<div style="display:none">Words that only lists of mail show</div><div class="preheader">And these</div>
<table><tr><td><a href="https://gull.example/p/tide-ledger?token=1&amp;utm_source=m">
View this email in your browser</a></td></tr>
<tr><td><h1>Tide ledger found</h1><img src="https://pics.gull.example/a.jpg" width="600" height="400" alt="A quay">
<p>The harbour office of Varn said that the tide ledger had been found in a
<a href="https://click.mail.example/c?u=https%3A%2F%2Fharbour.example%2Fledger%3Futm_source%3Dx">drowned archive</a>.
</p>
<p onclick="x()">Archivists <script>alert(1)</script>dried it leaf by leaf, and copied each of its 9,400 entries.</p>
<ul><li>One thing</li><li>Another</li></ul>
<table><tr><th>Ship</th><th>Tons</th></tr><tr><td>Ada</td><td>90</td></tr></table>
<img src="https://t.gull.example/open/x.gif" width="1" height="1"><img src="https://t.gull.example/wf/open?x=1"></td></tr>
<tr><td><p>You are receiving this email because SECRET@in.news.example signed up.</p>
<a href="https://gull.example/unsub?e=SECRET">Unsubscribe</a><p>Gull House, Varn</p></td></tr></table></body></html>
""".replace("SECRET", SECRET)


def test_an_issue_is_its_text_with_links_that_lead_where_they_say() -> None:
    letter = read_letter(mail(PAGE.encode()))
    assert (letter.sender, letter.name) == ("letters@mail.gull.example", "The Gull Weekly")
    assert letter.at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert letter.message_id == "one@gull.example"
    issue = read_issue(letter, SECRET)
    assert issue.html.split("\n") == [
        "<h2>Tide ledger found</h2>",
        '<figure><img src="https://pics.gull.example/a.jpg" alt="A quay"></figure>',
        "<p>The harbour office of Varn said that the tide ledger had been found in a "
        '<a href="https://harbour.example/ledger" rel="noopener noreferrer nofollow">drowned archive</a>.</p>',
        "<p>Archivists dried it leaf by leaf, and copied each of its 9,400 entries.</p>",
        "<ul>",
        "<li>One thing</li>",
        "<li>Another</li>",
        "</ul>",
        "<table><tr><td>Ship</td><td>Tons</td></tr><tr><td>Ada</td><td>90</td></tr></table>",
    ]
    assert issue.view == "https://gull.example/p/tide-ledger"


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("https://a.example/x?utm_source=m&id=3", "https://a.example/x?id=3"),
        ("https://t.awstrack.example/L0/https:%2F%2Fa.example%2Fx%3Fid=3/1/0100", "https://a.example/x?id=3"),
        (
            "https://c.example/?url=https%3A%2F%2Fd.example%2F%3Fu%3Dhttps%253A%252F%252Fa.example%252Fx",
            "https://a.example/x",
        ),
        (
            "https://s.example/redirect/2/"
            + base64.urlsafe_b64encode(b'{"e":"https://a.example/p/1"}').decode()
            + ".sig",
            "https://a.example/p/1",
        ),
        ("https://s.example/r/" + base64.urlsafe_b64encode(b"https://a.example/p/1").decode(), "https://a.example/p/1"),
        (
            "https://www.facebook.com/sharer?u=https://a.example/",
            "https://www.facebook.com/sharer?u=https://a.example/",
        ),
        ("https://opaque.example/ls/click?upn=u001.xyz", "https://opaque.example/ls/click?upn=u001.xyz"),
        ("javascript:alert(1)", ""),
        ("https://c.example/?url=javascript:alert(1)", "https://c.example/?url=javascript:alert(1)"),
        ("data:text/html,x", ""),
        ("mailto:a@b.example", ""),
        ("", ""),
    ],
)
def test_links_are_unwrapped_without_asking_anybody(href: str, leads: str) -> None:
    assert clean_link(href) == leads


@pytest.mark.parametrize(
    ("href", "page"),
    [
        (
            "https://www.gull.example/p/issue-4?token=abc&e=me%40x.example&id=4",
            "https://www.gull.example/p/issue-4?id=4",
        ),
        ("https://news.gull.example/archive/4", "https://news.gull.example/archive/4"),
        ("https://evil.example/p/issue-4", ""),
        ("https://notgull.example/p/issue-4", ""),
        ("https://gull.example.evil.example/p", ""),
        (f"https://gull.example/v/{SECRET}", ""),
        ("https://gull.example/v/" + "a1b2" * 12, ""),
        ("https://gull.example/", ""),
    ],
)
def test_the_page_of_an_issue_is_of_its_senders_and_names_no_subscriber(href: str, page: str) -> None:
    assert page_of_sender(href, "mail.gull.example", SECRET) == page


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        ("Café".encode("cp1252"), "text/html; charset=iso-8859-1", "Café"),
        ("Café".encode(), "text/html; charset=x-nonsense", "Café"),
        ("Café".encode(), "text/html; charset=us-ascii", "Café"),
        ("Газета".encode("koi8-r"), "text/html; charset=koi8-r", "Газета"),
        ("新聞".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "新聞"),
        (b"Caf\xff\xfe", 'text/html; charset="', "Cafÿþ"),
        ("صحيفة".encode("cp1256"), "text/html; charset=windows-1256", "صحيفة"),
    ],
)
def test_whatever_a_mail_says_of_its_letters_they_are_read(body: bytes, kind: str, said: str) -> None:
    assert said in read_letter(mail(body, kind=kind)).html


def test_plain_text_is_read_where_there_is_no_html() -> None:
    letter = read_letter(
        mail(
            b"Hello.\r\n\r\nRead <https://a.example/x> now.\r\n\r\nUnsubscribe: https://a.example/u", kind="text/plain"
        )
    )
    issue = read_issue(letter, SECRET)
    assert issue.html == "<p>Hello.</p>\n<p>Read now.</p>"
    assert [url for url, _ in issue.links] == ["https://a.example/x", "https://a.example/u"]


def test_markup_in_text_stays_text() -> None:
    attack = (
        b"<p>&lt;script&gt;alert(1)&lt;/script&gt; \x00 <img src=x onerror=alert(1)><svg onload=alert(1)></svg>"
        b"Then <a href='javascript:1'>x</a></p>"
    )
    html = read_issue(read_letter(mail(attack)), SECRET).html
    assert html == "<p>&lt;script&gt;alert(1)&lt;/script&gt; Then x</p>"


def test_headers_cannot_be_injected_by_what_they_encode() -> None:
    letter = read_letter(
        mail(b"Hi", Subject="=?utf-8?q?One=0D=0ABcc:_x@y.example?=", From="=?utf-8?q?A=0D=0AB?= <a@gull.example>")
    )
    assert letter.subject == "One Bcc: x@y.example"
    assert letter.name == "A B"
    assert letter.sender == "a@gull.example"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("empty", b""),
        ("zeros", b"\x00" * 10_000),
        ("no sender", mail(b"Hi", From="nobody")),
        ("two senders", b"From: a@b.example\r\n" + mail(b"Hi")),
        ("nothing to read", mail(b"", kind="image/png")),
        ("endless header", b"Subject: " + b"x" * 300_000 + b"\r\n\r\nHi"),
        ("many lines", mail(b"\r\n" * 300_000)),
        (
            "a thousand mails in each other",
            b"From: a@b.example\r\n" + NESTED,
        ),
        ("a thousand forwarded", b"From: a@b.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"Hi"),
    ],
)  # fmt: skip
def test_what_is_no_newsletter_is_refused_at_once(name: str, raw: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(MailUnwanted) as refused:
        read_letter(raw)
    assert refused.value.reply == "550 5.6.0"
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "((((" * 2000 + "a@gull.example"},
        {"From": "\"" * 900 + " <a@gull.example>"},
        {"Date": "Mon, 99 Foo 99999 99:99:99 +9999"},
        {"Message_ID": "<" + "[" * 900},
        {"Subject": "=?x-nonsense?q?=FF?= =?utf-8?b?!!!?= =?utf-8?q?" + "=" * 500},
        {"Content_Disposition": "inline; filename*=x''%ff%00"},
        {"Content_Transfer_Encoding": "x-nonsense"},
    ],
)  # fmt: skip
def test_headers_nobody_foresaw_cost_no_more_than_themselves(headers: dict[str, str]) -> None:
    try:
        letter = read_letter(mail(b"<p>Hello there.</p>", **headers))
    except MailUnwanted:
        assert "From" in headers
    else:
        assert "Hello there." in letter.html


def test_as_many_parts_as_may_be_are_read_soon() -> None:
    deep = b"From: a@b.example\r\n"
    for number in range(MOST_PARTS - 1):
        deep += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
    deep += b"Content-Type: text/plain\r\n\r\n" + b"Hello\r\n" * 200_000
    begun = time.process_time()
    assert read_letter(deep).plain.startswith("Hello")
    assert time.process_time() - begun < 30


def test_deep_and_wide_html_is_read_soon() -> None:
    begun = time.process_time()
    for body in (
        b"<div>" * 100_000 + b"deep",
        b"<table><tr><td>" * 20_000 + b"deep",
        b"<p>a" * 200_000,
        b"<a href=x>" * 50_000,
    ):
        read_issue(read_letter(mail(body)), SECRET)
    assert time.process_time() - begun < 40


@pytest.mark.parametrize(
    ("subject", "text", "links"),
    [
        (
            "Please confirm your subscription",
            "<a href='https://g.example/c?t=1'>Yes, confirm my address</a> <a href='https://g.example/'>Home</a>",
            ["https://g.example/c?t=1"],
        ),
        ("Fast geschafft", "Bitte bestätigen Sie Ihre Anmeldung: <a href='https://g.example/opt-in/1'>hier</a>", ["https://g.example/opt-in/1"]),
        ("أهلا", "يرجى تأكيد اشتراكك <a href='https://g.example/confirm/1'>هنا</a>", ["https://g.example/confirm/1"]),
        ("The week", "He could not confirm it. <a href='https://g.example/x'>More</a>", []),
        ("Confirm your email", "No link at all", []),
        ("The week", f"{'A long issue. ' * 300} Confirm your email <a href='https://g.example/x'>here</a>", []),
    ],
)  # fmt: skip
def test_requests_to_confirm_are_told_from_issues(subject: str, text: str, links: list[str]) -> None:
    letter = read_letter(mail(text.encode(), Subject=subject))
    assert list(confirmation_links(letter, read_issue(letter, SECRET))) == links


@pytest.mark.parametrize(
    ("said", "passed"),
    [
        ("mx.news.example; dmarc=pass header.from=gull.example", True),
        ("mx.news.example 1; spf=fail; dmarc=pass", True),
        ("mx.news.example; dmarc=fail (p=none) header.from=gull.example", False),
        ("mx.news.example; spf=pass (; dmarc=pass)", False),
        ('mx.news.example; spf=pass reason="; dmarc=pass"', False),
        ("mx.evil.example; dmarc=pass", False),
        ("", False),
    ],
)
def test_only_our_own_mail_server_vouches(said: str, passed: bool) -> None:
    letter = Letter("1", "a@gull.example", "", "", None, "", "", vouched=(said,))
    assert passed_dmarc(letter, "mx.news.example") is passed


def test_the_addresses_a_mail_was_delivered_to_come_surest_first() -> None:
    raw = b"To: A <a@in.example>, b@in.example\r\nDelivered-To: C@In.example\r\n\r\nTo: d@in.example"
    assert recipients(raw) == ["c@in.example", "a@in.example", "b@in.example"]


def test_bounces_and_answers_are_known() -> None:
    assert read_letter(mail(b"x", Auto_Submitted="auto-replied")).automatic
    assert read_letter(mail(b"x", From="MAILER-DAEMON@gull.example")).automatic
    assert not read_letter(mail(b"x", Auto_Submitted="auto-generated")).automatic
