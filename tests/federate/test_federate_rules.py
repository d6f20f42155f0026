"""Names, signatures, and what activities mean, by value."""

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from octavo.domain.ids import ArticleId
from octavo.errors import InputError, NotAllowed
from octavo.federate import keys, names, reading, signatures, writing
from octavo.federate.plain import plain_text
from octavo.federate.reading import Deed
from octavo.text.slugs import short_id

HERE = "https://news.example"
ADA = "https://social.example/users/ada"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("tide", "tag_tide"),
        ("covid-19", "tag_covid-19"),
        ("g7", "tag_g7"),
        ("україна", "tag_x--2gb5bowrqdilbumx2c65bma"),
        ("a b", "tag_x--meqge"),
        ("x--tide", "tag_x--paws25djmrsq"),
    ],
)
def test_a_hashtag_is_named_in_letters_other_servers_take_and_read_back(tag: str, name: str) -> None:
    assert names.hashtag_of(names.of_hashtag(tag)) == tag
    assert re.fullmatch(r"[a-z0-9_]+([.-]+[a-z0-9_]+)*", names.of_hashtag(tag))
    assert names.of_hashtag(tag) == name


@pytest.mark.parametrize("name", ["en-gb", "", "tag_x--", "tag_x--1", "tag_x--orugk", "tag_" + "a" * 300])
def test_what_names_no_hashtag(name: str) -> None:
    assert names.hashtag_of(name) == ""


def test_addresses_are_read_back() -> None:
    article = ArticleId(123456789)
    address = names.article(HERE, "en-gb", article)
    assert address == f"{HERE}/fediverse/en-gb/article/{short_id(article)}"
    assert names.article_of(HERE, address) == article
    for other in (address + "/create", address.replace("news", "views"), f"{HERE}/fediverse/en-gb", "", "x" * 50):
        assert names.article_of(HERE, other) is None
    assert names.actor_of(HERE, f"{HERE}/fediverse/tag_tide") == "tag_tide"
    assert names.actor_of(HERE, f"{HERE}/en-gb") == ""
    assert names.named("acct:EN-gb@News.example", HERE) == "en-gb"
    assert names.named(f"{HERE}/fediverse/en-gb", HERE) == "en-gb"
    assert names.named("acct:en-gb@social.example", HERE) == ""


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Social.example/a", "social.example"),
        ("http://social.example:8080", "social.example:8080"),
        ("https://ada@social.example/", ""),
        ("ftp://social.example", ""),
        ("https://[social", ""),
        ("https://social.example:99999/", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    assert names.host_of(address) == host


def test_what_is_signed_can_be_checked_and_nothing_else() -> None:
    pair, other = keys.make_pair(), keys.make_pair()
    unsigned = signatures.prepare("post", f"{ADA}/inbox?a=1", b"{}", NOW)
    assert unsigned.text.decode().split("\n") == [
        "(request-target): post /users/ada/inbox?a=1",
        "host: social.example",
        "date: Fri, 20 Nov 2026 12:00:00 GMT",
        "digest: SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=",
    ]
    signature = keys.sign(pair.private, unsigned.text)
    said = signatures.read(signatures.field(f"{ADA}#key", unsigned.signed, signature))
    fields = {name.lower(): value for name, value in unsigned.fields}
    text = signatures.string("post", "/users/ada/inbox?a=1", said.fields, fields)
    assert (text, said.key_id, said.signature) == (unsigned.text, f"{ADA}#key", signature)
    assert keys.is_signed(pair.public, text, signature)
    assert not keys.is_signed(pair.public, text + b" ", signature)
    assert not keys.is_signed(other.public, text, signature)
    assert not keys.is_signed("-----BEGIN PUBLIC KEY-----", text, signature)


@pytest.mark.parametrize(
    "field",
    [
        "",
        'keyId="https://social.example/k",headers="date",signature="AAAA"',
        'keyId="https://social.example/k",headers="(request-target) host date",signature="AAAA"',
        'keyId="https://social.example/k",headers="(request-target) host date digest",signature="%"',
        'headers="(request-target) host date digest",signature="AAAA"',
        'keyId="a",algorithm="hmac-sha256",headers="(request-target) host date digest",signature="AAAA"',
        'keyId="a",headers="(request-target) host date digest date",signature="AAAA"',
    ],
)
def test_signatures_over_too_little_are_refused(field: str) -> None:
    with pytest.raises(NotAllowed):
        signatures.read(field)


def test_hs2019_is_what_the_key_is() -> None:
    found = signatures.read(
        'keyId="https://s.example/k",algorithm="hs2019",created=1700000000,'
        'headers="(request-target) host date digest",signature="AAAA"'
    )
    assert (found.key_id, found.signature) == ("https://s.example/k", b"\0\0\0")


def test_a_date_too_far_off_is_refused_either_way() -> None:
    signatures.check_date("Fri, 20 Nov 2026 11:01:00 GMT", NOW)
    signatures.check_date("Fri, 20 Nov 2026 12:59:00 GMT", NOW)
    for far in ("Fri, 20 Nov 2026 10:59:00 GMT", "Fri, 20 Nov 2026 13:01:00 GMT", "yesterday", ""):
        with pytest.raises(NotAllowed):
            signatures.check_date(far, NOW)


def test_the_digest_is_that_of_the_body() -> None:
    digest = base64.b64encode(hashlib.sha256(b"{}").digest()).decode()
    signatures.check_digest(f"SHA-256={digest}", b"{}")
    signatures.check_digest(f"md5=x, sha-256={digest}", b"{}")
    for wrong in (f"SHA-256={digest[:-2]}A=", f"SHA-512={digest}", "", f"SHA-256={digest}, SHA-256=x"[:5]):
        with pytest.raises(NotAllowed):
            signatures.check_digest(wrong, b"{}")


def note(**more: Any) -> dict[str, Any]:
    return {
        "id": f"{ADA}/1",
        "type": "Note",
        "attributedTo": ADA,
        "inReplyTo": f"{HERE}/fediverse/en-gb/article/abc",
        "content": "<p>Well.</p>",
        "to": [writing.PUBLIC],
        **more,
    }


def act(kind: str, inner: Any, **more: Any) -> dict[str, Any]:
    return {"id": f"{ADA}/act", "type": kind, "actor": ADA, "object": inner, **more}


OTHERS = "https://other.example/users/bo"


@pytest.mark.parametrize(
    ("data", "deed", "about"),
    [
        (act("Follow", f"{HERE}/fediverse/en-gb"), Deed.FOLLOW, f"{HERE}/fediverse/en-gb"),
        (act("Undo", {"type": "Follow", "object": f"{HERE}/x"}), Deed.UNFOLLOW, f"{HERE}/x"),
        (act("Undo", f"{ADA}/act-1"), Deed.UNFOLLOW, f"{ADA}/act-1"),
        (act("Undo", {"type": "Like", "id": f"{ADA}/l"}), Deed.OTHER, f"{ADA}/l"),
        (act("Block", f"{HERE}/fediverse/en-gb"), Deed.UNFOLLOW, f"{HERE}/fediverse/en-gb"),
        (act("Create", note()), Deed.REPLY, f"{ADA}/1"),
        (act("Create", f"{ADA}/1"), Deed.OTHER, f"{ADA}/1"),
        (act("Create", note(attributedTo=OTHERS)), Deed.OTHER, f"{ADA}/1"),
        (act("Create", note(attributedTo=[ADA, OTHERS])), Deed.OTHER, f"{ADA}/1"),
        (act("Create", note(id="https://other.example/1")), Deed.OTHER, "https://other.example/1"),
        (act("Update", note()), Deed.EDIT, f"{ADA}/1"),
        (act("Update", {"type": "Person", "id": ADA}), Deed.CHANGE, ADA),
        (act("Update", {"type": "Person", "id": OTHERS}), Deed.OTHER, OTHERS),
        (act("Delete", {"type": "Tombstone", "id": f"{ADA}/1"}), Deed.DELETE, f"{ADA}/1"),
        (act("Delete", OTHERS), Deed.OTHER, OTHERS),
        (act("Delete", ADA), Deed.LEAVE, ADA),
        (act("Like", f"{HERE}/a"), Deed.OTHER, f"{HERE}/a"),
        (act("Announce", f"{HERE}/a"), Deed.OTHER, f"{HERE}/a"),
        ({"type": ["Follow"], "actor": {"id": ADA}, "object": []}, Deed.OTHER, ""),
        (act("Create", note(type=["Note"])), Deed.OTHER, f"{ADA}/1"),
        (act("Update", {"type": {"id": "Person"}, "id": ADA}), Deed.OTHER, ADA),
    ],
)
def test_what_activities_mean(data: dict[str, Any], deed: Deed, about: str) -> None:
    heard = reading.activity(data)
    assert (heard.deed, heard.actor, heard.object) == (deed, ADA, about)


@pytest.mark.parametrize("data", [{}, act("Follow", "x", actor=""), act("Follow", HERE, id="https://other.example/1")])
def test_who_speaks_for_another_server_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        reading.activity(data)


@pytest.mark.parametrize(
    ("to", "public"),
    [
        ({"to": [writing.PUBLIC]}, True),
        ({"to": [], "cc": "as:Public"}, True),
        ({"to": [f"{HERE}/fediverse/en-gb"]}, False),
        ({"to": None}, False),
    ],
)
def test_only_what_is_said_to_everybody_is_public(to: dict[str, Any], public: bool) -> None:
    said = reading.activity(act("Create", note(**to))).said
    assert said is not None
    assert said.public is public


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 200_000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b'"' + b"a" * 300_000 + b'"',
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_activity_is_refused_whatever_its_depth_or_size(body: bytes) -> None:
    with pytest.raises(InputError):
        reading.parse(body)


def document(**more: Any) -> dict[str, Any]:
    key = {"id": f"{ADA}#main-key", "owner": ADA, "publicKeyPem": "PEM"}
    return {"id": ADA, "type": "Person", "inbox": f"{ADA}/inbox", "publicKey": key, **more}


def test_an_actor_is_read() -> None:
    shared = {"sharedInbox": "https://social.example/inbox"}
    found = reading.actor(document(preferredUsername="ada<b>", endpoints=shared, url="https://x.example"), ADA, NOW)
    assert (found.name, found.sent_to, found.key_id, found.key) == (
        "@adab@social.example",
        "https://social.example/inbox",
        f"{ADA}#main-key",
        "PEM",
    )
    assert found.page == ""


def test_a_shared_inbox_elsewhere_is_not_believed() -> None:
    found = reading.actor(document(endpoints={"sharedInbox": "https://victim.example/inbox"}), ADA, NOW)
    assert found.sent_to == f"{ADA}/inbox"


@pytest.mark.parametrize(
    "more",
    [
        {"id": OTHERS},
        {"type": "Note"},
        {"type": ["Person"]},
        {"type": {"id": "Person"}},
        {"inbox": "https://victim.example/inbox"},
        {"inbox": None},
        {"publicKey": None},
        {"publicKey": {"id": "https://victim.example/k", "owner": ADA, "publicKeyPem": "PEM"}},
        {"publicKey": {"id": f"{ADA}#k", "owner": OTHERS, "publicKeyPem": "PEM"}},
        {"publicKey": {"id": f"{ADA}#k", "owner": ADA, "publicKeyPem": "P" * 9_000}},
    ],
)
def test_an_actor_that_is_not_its_own_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        reading.actor(document(**more), ADA, NOW)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<br>two</p><p>three &amp; four</p>", "One\ntwo\n\nthree & four"),
        ('<p><a class="u-url mention" href="https://news.example/en-gb">@<b>en-gb</b></a> Yes</p>', "Yes"),
        ('<p><a class="u-url mention" href="https://social.example/@bo">@bo</a> Yes</p>', "@bo Yes"),
        ('<a class="mention hashtag" href="https://news.example/tags/t">#<span>tide</span></a>', "#tide"),
        ('see <a href="https://a.example/long"><span>a.example</span></a>', "see https://a.example/long"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ("<script>alert(1)</script><style>p{}</style>Calm", "Calm"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("plain\nwords", "plain words"),
        ("<p></p>", ""),
    ],
)
def test_a_reply_in_words(html: str, text: str) -> None:
    assert plain_text(html, "news.example", 500) == text


def test_a_warning_stands_first_and_what_is_too_long_is_cut() -> None:
    assert plain_text("<p>Said.</p>", "news.example", 500, "The  end") == "The end\n\nSaid."
    assert plain_text(f"<p>{'a' * 600}</p>", "news.example", 500) == "a" * 499 + "…"


def told(**more: Any) -> writing.Telling:
    given: dict[str, Any] = {
        "headline": "Tide & <ledger>",
        "excerpt": "It was found.",
        "publisher": "The Harbour Example",
        "url": "https://harbour.example/a?b=1&c=2",
        "page": f"{HERE}/en-gb/article/abc/tide",
        "language": "en",
        "published": NOW - timedelta(hours=1),
    }
    return writing.Telling(**(given | more))


def test_an_article_is_a_note_that_leads_to_its_publisher_first() -> None:
    made = writing.note(HERE, "en-gb", "abc", told(tags=[("Tide", f"{HERE}/en-gb/hashtag/tide")]))
    assert made["content"] == (
        "<p><strong>Tide &amp; &lt;ledger&gt;</strong></p><p>It was found.</p>"
        '<p><a href="https://harbour.example/a?b=1&amp;c=2" rel="noopener">The Harbour Example</a></p>'
        f'<p><a href="{HERE}/en-gb/hashtag/tide" class="mention hashtag" rel="tag">#Tide</a></p>'
    )
    assert [one["href"] for one in made["url"]] == [
        f"{HERE}/en-gb/article/abc/tide",
        "https://harbour.example/a?b=1&c=2",
    ]
    assert made["contentMap"] == {"en": made["content"]}
    assert (made["type"], made["attributedTo"]) == ("Note", f"{HERE}/fediverse/en-gb")
    assert made["tag"] == [{"type": "Hashtag", "name": "#Tide", "href": f"{HERE}/en-gb/hashtag/tide"}]
    assert "attachment" not in made


def test_activities_of_ours_are_such_as_we_understand() -> None:
    made = writing.note(HERE, "en-gb", "abc", told())
    heard = reading.activity(writing.create(made, NOW))
    assert (heard.deed, heard.actor, heard.said is not None) == (Deed.REPLY, f"{HERE}/fediverse/en-gb", True)
    assert reading.activity(writing.update(made, NOW, 1)).deed is Deed.EDIT
    gone = reading.activity(writing.delete(made["attributedTo"], made["id"], NOW))
    assert (gone.deed, gone.object) == (Deed.DELETE, made["id"])
    assert reading.activity(writing.announce(f"{HERE}/fediverse/tag_tide", made["id"], NOW)).object == made["id"]
    taken = writing.accept(made["attributedTo"], f"{ADA}/follow", ADA)
    assert taken["object"]["actor"] == ADA
    assert reading.activity(taken).deed is Deed.OTHER
