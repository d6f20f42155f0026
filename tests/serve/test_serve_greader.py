"""Google Reader's API: each trap that clients set, as a case."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import feedparser
import pytest

from octavo.actions import follows, tokens
from octavo.collect.opml import read_opml
from octavo.domain.article import Article, Block, BlockKind
from octavo.store import articles, sessions
from octavo.text.slugs import short_id

from .apps import READ, App, body_of, came_in, fed, open_app, second_app
from .conftest import NOW, SECRET_TAIL, Reader

STARRED = "user/-/state/com.google/starred"
KEPT = "user/-/state/com.google/kept-unread"
ALL = "user/-/state/com.google/reading-list"


@pytest.fixture
def app(make_reader: Callable[..., Reader]) -> App:
    """An app that may read and write."""
    return open_app(make_reader)


@pytest.mark.parametrize("base", ["", "/api/greader.php", "/api/greader", "/api//greader.php/", "/api/greader.php/"])
def test_it_answers_at_every_base_address(app: App, base: str) -> None:
    app.base = base
    answer = app.ask("POST", "/accounts/ClientLogin", {"Email": "ada", "Passwd": app.token}, auth=False)
    lines = dict(line.split("=", 1) for line in answer.text.splitlines())
    assert lines == {"SID": app.token, "LSID": "null", "Auth": app.token}
    assert lines["Auth"] not in ("NA", "unused", "none", "null")
    assert app.get("user-info")["userName"] == "ada"


def test_sign_in_by_get_by_address_and_as_json(app: App) -> None:
    found = app.ask("GET", f"/accounts/ClientLogin?Email=ADA&Passwd={app.token}&output=json", auth=False)
    assert found.json()["Auth"] == app.token


@pytest.mark.parametrize(("name", "token"), [("ada", "octavo_wrong"), ("eve", ""), ("", ""), ("eve", "own")])
def test_a_wrong_sign_in_is_said_so_that_clients_ask_anew(app: App, name: str, token: str) -> None:
    given = app.token if token == "own" else token
    answer = app.ask("POST", "/accounts/ClientLogin", {"Email": name, "Passwd": given}, auth=False)
    assert answer.status_code == 401
    assert answer.text == "Error=BadAuthentication"
    assert answer.headers["google-bad-token"] == "true"
    assert answer.headers["x-reader-google-bad-token"] == "true"
    assert "Auth=" not in answer.text


def test_a_token_that_is_taken_back_opens_nothing(app: App) -> None:
    tools = app.reader.tools
    made = tokens.make(tools, app.person, "other", ("read",))
    app.token = made.token
    assert app.ask("GET", "/reader/api/0/user-info").status_code == 200
    with tools.database.read() as view:
        newest = sessions.tokens_of(view, app.person.id)[0]
    tokens.revoke(tools, app.person, newest.id)
    refused = app.ask("GET", "/reader/api/0/user-info")
    assert refused.status_code == 401
    assert refused.headers["google-bad-token"] == "true"


def test_tries_that_fail_are_counted_by_network(make_reader: Callable[..., Reader]) -> None:
    app = open_app(
        make_reader, settings={"accounts": {"sign_up": "open", "password_memory_kib": 7_168, "tries_an_hour": 3}}
    )
    wrong = {"Email": "ada", "Passwd": "octavo_wrong"}
    for _ in range(3):
        assert app.ask("POST", "/accounts/ClientLogin", wrong, auth=False).status_code == 401
    refused = app.ask("POST", "/accounts/ClientLogin", wrong, auth=False)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "3600"
    app.reader.clock.now += timedelta(hours=1, seconds=1)
    assert app.ask("POST", "/accounts/ClientLogin", wrong, auth=False).status_code == 401


@pytest.mark.parametrize("t", [None, "", "x", "own", "padded"])
def test_writing_with_the_header_needs_no_token(app: App, t: str | None) -> None:
    given = {"own": app.token, "padded": app.ask("GET", "/reader/api/0/token").text}.get(t or "", t)
    fields = {"i": str(app.ids[0]), "a": READ} | ({} if given is None else {"T": given})
    assert app.post("edit-tag", **fields).text == "OK"
    assert app.ids[0] not in app.unread()


def test_writing_with_the_token_needs_no_header(app: App) -> None:
    token = app.ask("GET", "/reader/api/0/token").text
    assert len(token) == 57
    for given in (token, app.token):
        fields = {"i": str(app.ids[0]), "T": given, "output": "json", "mediaRss": "true"}
        answer = app.ask("POST", "/reader/api/0/stream/items/contents", fields, auth=False)
        assert len(answer.json()["items"]) == 1
    for wrong in ("", "x", "octavo_x"):
        fields = {"i": str(app.ids[0]), "T": wrong}
        assert app.ask("POST", "/reader/api/0/stream/items/contents", fields, auth=False).status_code == 401


def test_a_token_that_only_reads_writes_nothing(make_reader: Callable[..., Reader]) -> None:
    app = open_app(make_reader, scopes=("read",))
    assert len(app.unread()) == 5
    assert app.post("edit-tag", i=str(app.ids[0]), a=READ).status_code == 403
    assert app.post("mark-all-as-read", s=ALL).status_code == 403
    assert app.post("subscription/edit", ac="unsubscribe", s=f"feed/{app.feeds[0]}").status_code == 403
    assert len(app.unread()) == 5


def test_what_one_reads_is_nobody_elses(app: App) -> None:
    app.post("edit-tag", i=str(app.ids[0]), a=[READ, STARRED])
    eve = second_app(app)
    assert app.ids[0] in eve.unread()
    assert eve.starred() == []
    assert app.starred() == [app.ids[0]]


@pytest.mark.parametrize(
    "form",
    ["{0}", "{0:016x}", "{0:x}", "tag:google.com,2005:reader/item/{0:016x}", "tag:google.com,2005:reader/item/{0:x}"],
)
def test_items_are_known_by_every_form_of_their_number(app: App, form: str) -> None:
    found = app.post("stream/items/contents", i=[form.format(one) for one in app.ids], output="json").json()
    assert [one["id"] for one in found["items"]] == [f"tag:google.com,2005:reader/item/{one:016x}" for one in app.ids]
    assert all(one < 2**53 for one in app.ids)


def test_numbers_that_are_none_do_no_harm(app: App) -> None:
    wrong = ["", "x", "-1", "0", str(2**53), str(2**64), "f" * 17, "tag:google.com,2005:reader/item/", "٣٣٣"]
    assert app.post("stream/items/contents", i=wrong).json()["items"] == []
    assert app.post("edit-tag", i=wrong, a=READ).text == "OK"


def test_hundreds_are_named_in_one_body_and_asked_for_in_thousands(app: App) -> None:
    fed(app.reader, "ledger", tuple(f"Ship {n}" for n in range(620)), 24.0)
    ids = app.unread()
    assert len(ids) == 625
    found = app.post("stream/items/contents", i=[f"{one:016x}" for one in ids], output="json")
    assert [int(one["id"][-16:], 16) for one in found.json()["items"]] == ids
    assert app.post("edit-tag", i=[str(one) for one in ids[:200]], a=READ).text == "OK"
    assert app.unread() == ids[200:]
    assert len(app.get("stream/items/ids", s=ALL, n=200_000)["itemRefs"]) == 625


def test_types_are_those_that_qt_reads(app: App) -> None:
    refs = body_of(app.ask("GET", f"/reader/api/0/stream/items/ids?s={ALL}&n=2"))
    assert [type(one["id"]) for one in refs["itemRefs"]] == [str, str]
    assert type(refs["continuation"]) is str
    item = body_of(app.post("stream/items/contents", i=str(app.ids[0])))["items"][0]
    assert type(item["published"]) is int
    assert type(item["crawlTimeMsec"]) is str
    assert type(item["timestampUsec"]) is str
    subscribed = {one["id"] for one in app.get("subscription/list", output="json")["subscriptions"]}
    assert item["origin"]["streamId"] in subscribed
    assert item["published"] == app.ids[0] >> 20


def test_pages_follow_one_another_without_gap_or_repeat(app: App) -> None:
    for order in ("n", "d", "o"):
        seen: list[str] = []
        after = ""
        for _ in range(10):
            more = {"c": after} if after else {}
            page = app.get("stream/items/ids", s=ALL, n=2, r=order, xt=READ, **more)
            seen += [one["id"] for one in page["itemRefs"]]
            after = page.get("continuation", "")
            if not after:
                break
        newest_first = [str(one) for one in [*app.ids, app.strict]]
        assert seen == (newest_first[::-1] if order == "o" else newest_first)


@pytest.mark.parametrize("name", ["feed/{0}", "feed/feed/{0}", "feed/{url}", "feed%2F{0}", "feed/feed/{url}"])
def test_feeds_are_known_by_number_and_address(app: App, name: str) -> None:
    stream = name.format(app.feeds[1], url="https://strict.example/apps.xml")
    found = app.get("stream/items/ids", s=stream)
    assert [one["id"] for one in found["itemRefs"]] == [str(app.strict)]
    inside = app.ask("GET", f"/reader/api/0/stream/contents/{quote(stream, safe='')}?n=5")
    assert [one["title"] for one in inside.json()["items"]] == ["Strict words"]


def test_an_empty_list_does_not_stop_news_plus(app: App) -> None:
    app.post("mark-all-as-read", s=ALL)
    assert app.get("stream/items/ids", s=ALL, xt=READ, client="newsplus")["itemRefs"] == [{"id": "0"}]
    assert app.get("stream/items/ids", s=ALL, xt=READ)["itemRefs"] == []


def test_what_was_reworded_is_told_to_those_who_ask_what_is_new(app: App) -> None:
    later = NOW + timedelta(hours=3)
    ot = int((NOW + timedelta(hours=1)).timestamp())
    assert app.get("stream/items/ids", s=ALL, ot=ot)["itemRefs"] == []
    with app.reader.tools.database.transaction() as tx:
        known = articles.get(tx, app.ids[2])
        assert known is not None
        changed = Article(
            **{name: getattr(known, name) for name in known.__slots__}
            | {"blocks": (Block(BlockKind.PARAGRAPH, "The gulls never left."),)}
        )
        articles.save(tx, [changed], now=later)
    assert [one["id"] for one in app.get("stream/items/ids", s=ALL, ot=ot)["itemRefs"]] == [str(app.ids[2])]
    item = app.post("stream/items/contents", i=str(app.ids[2])).json()["items"][0]
    assert item["updated"] == int(later.timestamp())
    assert item["published"] == app.ids[2] >> 20


def test_what_came_in_late_is_new_however_old_it_is(app: App) -> None:
    ot = int((NOW + timedelta(hours=1)).timestamp())
    old = fed(app.reader, "ledger", ("Found in an attic",), 200.0)
    assert old[0].feed_id is not None
    nt = int((NOW - timedelta(hours=1)).timestamp())
    assert app.get("stream/items/ids", s=ALL, ot=ot)["itemRefs"] == []
    just = int(NOW.timestamp())
    assert str(old[0].id) in [one["id"] for one in app.get("stream/items/ids", s=ALL, ot=just)["itemRefs"]]
    assert app.get("stream/items/ids", s=ALL, nt=nt)["itemRefs"] == []


@pytest.mark.parametrize("path", ["preference/set", "item/edit", "nothing", "stream/unknown", "search/items/ids"])
def test_what_is_unknown_is_an_empty_list(app: App, path: str) -> None:
    assert app.get(path) == []


def test_what_only_old_clients_ask(app: App) -> None:
    assert app.get("preference/list") == {"prefs": []}
    assert app.get("preference/stream/list") == {"streamprefs": {}}
    assert app.get("friend/list") == {"friends": []}
    assert app.ask("GET", f"/reader/api/0/stream/items/count?s={ALL}").text == "5"
    assert app.ask("GET", "/reader/api/0/edit-tag").status_code == 405


def test_a_proxy_that_drops_the_header_is_found_out(app: App) -> None:
    assert app.ask("GET", "/api/greader.php/check/compatibility").text == "PASS"
    assert app.ask("GET", "/api/greader.php/check/compatibility", auth=False).text.startswith("FAIL")


def test_read_unread_and_kept_unread(app: App) -> None:
    one = f"tag:google.com,2005:reader/item/{app.ids[1]:016x}"
    app.post("edit-tag", i=one, a=READ, r=KEPT, ac="edit-tags", s=f"feed/{app.feeds[0]}")
    assert app.ids[1] not in app.unread()
    item = app.post("stream/items/contents", i=one).json()["items"][0]
    assert READ in item["categories"]
    app.post("edit-tag", i=one, r="user/7/state/com.google/read")
    assert app.ids[1] in app.unread()
    app.post("edit-tag", i=one, a=READ)
    app.post("edit-tag", i=one, a=[KEPT, "user/-/state/com.google/tracking-kept-unread"], r=READ)
    assert app.ids[1] in app.unread()
    reading = app.get("stream/items/ids", s=ALL, it=KEPT)["itemRefs"]
    assert str(app.ids[1]) in [ref["id"] for ref in reading]


def test_a_star_stays_one_however_often_it_is_set(app: App) -> None:
    for _ in range(2):
        app.post("edit-tag", i=str(app.ids[3]), a=STARRED)
    assert app.starred() == [app.ids[3]]
    assert app.get("stream/items/ids", s=ALL, it=STARRED)["itemRefs"] == [{"id": str(app.ids[3])}]
    assert len(app.get("stream/items/ids", s=ALL, xt=STARRED)["itemRefs"]) == 4
    app.post("edit-tag", i=str(app.ids[3]), r=STARRED)
    assert app.starred() == []


@pytest.mark.parametrize("parts", [1, 10**3, 10**6, 10**9])
def test_a_stream_is_read_up_to_when_its_articles_came_in(app: App, parts: int) -> None:
    """Whenever they were published: an app that marks what it has may not mark what it was not yet given."""
    seen = NOW + timedelta(minutes=5, microseconds=123_456)
    came_in(app, seen, 2.5, "seen")
    late = came_in(app, NOW + timedelta(minutes=9), 30.0)
    app.reader.clock.now = NOW + timedelta(minutes=10)
    # As an app knows when the newest came in: in its own unit, the rest cut off.
    micros = int(seen.timestamp()) * 10**6 + seen.microsecond
    assert app.post("mark-all-as-read", s=ALL, ts=str(micros * parts // 10**6)).text == "OK"
    assert app.unread() == [late]
    app.post("mark-all-as-read", s=ALL, ts=str(int((NOW + timedelta(minutes=9)).timestamp()) * parts))
    assert app.unread() == []


def test_one_feed_is_marked_as_read(app: App) -> None:
    app.post("mark-all-as-read", s=f"feed/{app.feeds[0]}")
    assert app.unread() == [app.strict]
    app.post("mark-all-as-read", s="feed/999")
    app.post("mark-all-as-read", s="user/-/label/none")
    assert app.unread() == [app.strict]
    counts = {one["id"]: one["count"] for one in app.get("unread-count")["unreadcounts"]}
    assert counts[ALL] == 1
    assert counts[f"feed/{app.feeds[1]}"] == 1
    assert f"feed/{app.feeds[0]}" not in counts
    every = {one["id"]: one["count"] for one in app.get("unread-count", all="true")["unreadcounts"]}
    assert every[f"feed/{app.feeds[0]}"] == 0


def test_feeds_have_names_and_folders_of_the_readers_own(app: App) -> None:
    feed = f"feed/{app.feeds[0]}"
    app.post("subscription/edit", ac="edit", s=feed, t="My harbour", a="user/-/label/Sea")
    listed = {one["id"]: one for one in app.get("subscription/list")["subscriptions"]}
    assert listed[feed]["title"] == "My harbour"
    assert listed[feed]["categories"] == [{"id": "user/-/label/Sea", "label": "Sea"}]
    assert {"id": "user/-/label/Sea", "type": "folder"} in app.get("tag/list")["tags"]
    assert len(app.get("stream/items/ids", s="user/-/label/Sea")["itemRefs"]) == 4
    app.post("rename-tag", s="user/-/label/Sea", dest="user/-/label/Shore")
    assert len(app.get("stream/items/ids", s="user/-/label/Shore")["itemRefs"]) == 4
    app.post("subscription/edit", ac="edit", s=feed, r="user/-/label/Shore")
    again = {one["id"]: one for one in app.get("subscription/list")["subscriptions"]}[feed]
    assert again["title"] == "My harbour"
    assert again["categories"][0]["label"] not in ("Sea", "Shore")
    exported = app.ask("GET", "/reader/api/0/subscription/export")
    assert "My harbour" in [one.title for one in read_opml(exported.content)]


def test_feeds_are_left_and_come_back(app: App) -> None:
    app.post("subscription/edit", ac="unsubscribe", s=f"feed/{app.feeds[1]}")
    assert app.strict not in app.unread()
    assert app.get("stream/items/ids", s=f"feed/{app.feeds[1]}")["itemRefs"] == []
    added = app.post("subscription/quickadd", quickadd="https://strict.example/apps.xml").json()
    assert (added["numResults"], added["streamId"]) == (1, f"feed/{app.feeds[1]}")
    assert app.strict in app.unread()
    none = app.post("subscription/quickadd", quickadd="https://unknown.example/feed").json()
    assert none["numResults"] == 0


def test_an_opml_file_subscribes_to_what_is_collected_here(app: App) -> None:
    app.post("subscription/edit", ac="unsubscribe", s=f"feed/{app.feeds[1]}")
    inside = '<outline xmlUrl="https://strict.example/apps.xml"/><outline xmlUrl="https://unknown.example/feed"/>'
    opml = f'<opml version="2.0"><body><outline text="Sea">{inside}</outline></body></opml>'.encode()
    sent = {"authorization": f"GoogleLogin auth={app.token}"}
    answer = app.send("POST", "/reader/api/0/subscription/import", opml, "text/xml", sent)
    assert answer.text == "OK: 1"
    listed = {one["id"]: one for one in app.get("subscription/list")["subscriptions"]}
    assert listed[f"feed/{app.feeds[1]}"]["categories"][0]["label"] == "Sea"
    refused = app.send("POST", "/reader/api/0/subscription/import", b"none", "text/xml", sent)
    assert refused.status_code == 422


def test_sections_and_followed_hashtags_are_labels(app: App) -> None:
    follows.follow(app.reader.tools, app.person, "hashtag", "tide", "Tide")
    labels = [one["id"] for one in app.get("tag/list")["tags"] if one.get("type") == "tag"]
    assert "user/-/label/#Tide" in labels
    business = next(one for one in labels if one.startswith("user/-/label/Econ") or "usiness" in one)
    for label in ("user/-/label/#Tide", business):
        ids = [int(one["id"]) for one in app.get("stream/items/ids", s=label, n=50)["itemRefs"]]
        assert set(app.ids[:2]) <= set(ids)
        assert app.ids[2] not in ids
    item = app.post("stream/items/contents", i=str(app.ids[0])).json()["items"][0]
    assert {"user/-/label/#Tide", business} <= set(item["categories"])
    app.post("mark-all-as-read", s="user/-/label/#Tide")
    assert app.unread() == app.ids[2:]


def test_what_is_followed_is_a_feed(app: App) -> None:
    page = f"http://127.0.0.1:8000/en-gb/story/{short_id(app.reader.story)}/words"
    added = app.post("subscription/quickadd", quickadd=page).json()
    assert added["numResults"] == 1
    listed = {one["id"]: one for one in app.get("subscription/list")["subscriptions"]}
    story = listed[added["streamId"]]
    assert "Tide ledger" in story["title"]
    found = app.get("stream/contents/" + added["streamId"])
    assert len(found["items"]) == 3
    assert {one["origin"]["streamId"] for one in found["items"]} == {added["streamId"]}
    app.post("mark-all-as-read", s=added["streamId"])
    assert app.get("stream/items/ids", s=added["streamId"], xt=READ)["itemRefs"] == []
    app.post("subscription/edit", ac="unsubscribe", s=added["streamId"])
    assert added["streamId"] not in {one["id"] for one in app.get("subscription/list")["subscriptions"]}


def test_texts_are_as_long_as_the_policy_lets_them_be(app: App) -> None:
    items = app.post("stream/items/contents", i=[str(app.ids[0]), str(app.strict)]).json()["items"]
    assert SECRET_TAIL in items[0]["summary"]["content"]
    assert items[1]["summary"]["content"] == ""
    assert "enclosure" not in items[1]
    assert SECRET_TAIL not in app.ask("GET", f"/reader/atom/feed/{app.feeds[1]}").text


def test_nothing_in_a_text_is_markup(app: App) -> None:
    found = app.post("stream/items/contents", i=str(app.reader.ids["attack"])).json()["items"][0]
    assert "<script" not in found["summary"]["content"]
    assert "&lt;script&gt;" in found["summary"]["content"]
    assert found["title"].endswith("over the bay")
    assert "<" not in found["title"], "many apps take titles for HTML"
    assert "‹script>" in found["title"]


def test_the_atom_stream_says_what_is_read(app: App) -> None:
    app.post("edit-tag", i=str(app.ids[0]), a=[READ, STARRED])
    answer = app.ask("GET", f"/reader/atom/feed%2F{app.feeds[0]}?n=20")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo
    assert [one.title for one in found.entries] == ["Crane falls", "Ferry leaves", "Gulls return", "Harbour freezes"]
    labels = [{tag.label for tag in one.tags if tag.scheme == "http://www.google.com/reader/"} for one in found.entries]
    assert {"read", "starred"} <= labels[0]
    assert "kept-unread" not in labels[0]
    assert {"fresh", "kept-unread"} <= labels[1]


def test_answers_are_kept_by_nobody(app: App) -> None:
    answer = app.ask("GET", "/reader/api/0/user-info")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert app.ask("GET", "/reader/api/0/user-info", auth=False).status_code == 401
