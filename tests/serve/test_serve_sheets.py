"""Pages on sheets: to each reader the very page that would be made for them alone, and nobody else's."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from octavo.domain.account import Role
from octavo.domain.notification import Told, Why
from octavo.serve import links, routes, sheets
from octavo.store import accounts, articles, notifications
from octavo.store.own import Own
from octavo.text.slugs import short_id

from .conftest import ARTICLES, BODY, Reader, Visitor
from .talk import OPEN, page_of, say, story_of
from .test_serve_keeping import follow, save

Make = Callable[..., Reader]
ONCE = re.compile(r'name="(token|key)" value="[\w-]+"')
PATHS = ("/en-gb", "/en-gb/latest", "/en-gb/section/04000000", "/en-gb/hashtag/tide", "/en-gb/source/harbour")


@pytest.fixture
def site(make_reader: Make) -> Reader:
    return make_reader(settings=OPEN)


@pytest.fixture
def plain(make_reader: Make, monkeypatch: pytest.MonkeyPatch, site: Reader) -> Reader:
    """The same site, where every reader's page is made for them alone."""
    site.site()
    monkeypatch.setattr(routes, "SHEETS", {})
    made = make_reader(settings=OPEN)
    made.site()
    return made


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The readers whose pages were written on a sheet."""
    seen: list[str] = []
    texts = sheets.Sheet.texts

    def noted(sheet: sheets.Sheet, reader: Own, token: str) -> dict[str, str]:
        seen.append(reader.name)
        return texts(sheet, reader, token)

    monkeypatch.setattr(sheets.Sheet, "texts", noted)
    return seen


def shown(who: Visitor, path: str) -> str:
    """A page without what is another each time it is asked for."""
    answer = who.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["cache-control"] == "private, no-cache"
    return ONCE.sub("", answer.text)


def told(site: Reader, name: str, times: int) -> None:
    with site.tools.database.transaction() as tx:
        found = accounts.named(tx, name)
        assert found is not None
        known = [Told(found.id, Why.REPLY, f"comment {n}", f"topic {n}", {}) for n in range(times)]
        notifications.add(tx, known, site.clock.now)


def test_a_page_on_a_sheet_is_the_page_made_for_that_reader(site: Reader, plain: Reader, filled: list[str]) -> None:
    ada, bo, one = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    voted = links.comment("en-gb", say(bo, one, "I voted for the tide."))
    site.clock.now += timedelta(minutes=20)  # what bo said is now where anybody sees it
    whole = story_of(site)
    of_story = links.comment("en-gb", say(bo, whole, "The whole story, at last."))
    site.clock.now += timedelta(minutes=20)
    number = short_id(site.ids["ledger"])
    deeds: list[Callable[[], object]] = [
        lambda: None,
        lambda: save(ada, number),
        lambda: follow(ada, "hashtag", "tide"),
        lambda: ada.post(f"{voted}/vote", {"value": "up"}),
        lambda: ada.post(f"{one}/watch", {"on": "1"}),
        lambda: follow(ada, "story", short_id(site.story)),
        lambda: ada.post(f"{of_story}/vote", {"value": "down"}),
        lambda: ada.post(f"{whole}/watch", {"on": "1"}),
        lambda: ada.post("/en-gb/keep/history", {"act": "on"}),
        lambda: told(site, "ada", 3),
        lambda: told(site, "ada", 120),
        lambda: ada.post(f"{voted}/vote", {"value": "none"}),
        lambda: save(ada, number, "unsave"),
    ]
    twin = Visitor(plain, ada.cookies)
    for deed in deeds:
        deed()
        for path in (one, whole, *PATHS):
            assert shown(ada, path) == shown(ada, path) == shown(twin, path), path
    assert filled.count("ada") == 2 * len(deeds) * (2 + len(PATHS))


def test_who_sees_more_than_marks_gets_a_page_of_their_own(site: Reader, plain: Reader, filled: list[str]) -> None:
    mona = site.visitor().sign_up("mona")
    with site.tools.database.transaction() as tx:
        found = accounts.named(tx, "mona")
        assert found is not None
        accounts.set_role(tx, found.id, Role.MODERATOR)
    ada, bo, one = site.visitor().sign_up("ada"), site.visitor().sign_up("bo"), page_of(site)
    quote = {"article": short_id(site.ids["ledger"]), "exact": "It lists every ship"}
    assert bo.post("/en-gb/keep/highlight", quote).status_code == 303
    say(ada, one, "Mine.")
    for page in (one, story_of(site)):
        for who in (mona, ada, bo):
            assert shown(who, page) == shown(Visitor(plain, who.cookies), page)
    follow(bo, "hashtag", "tide", "mute")
    assert shown(bo, "/en-gb") == shown(Visitor(plain, bo.cookies), "/en-gb")
    assert not {"mona", "ada"} & set(filled)


def test_who_marked_what_is_gone_has_the_sheet_until_it_stands_there_again(
    site: Reader, plain: Reader, filled: list[str]
) -> None:
    bo, one, number = site.visitor().sign_up("bo"), page_of(site), short_id(site.ids["ledger"])
    marked = "settles an old quarrel between two towns"
    assert bo.post("/en-gb/keep/highlight", {"article": number, "exact": marked}).status_code == 303
    whole = ARTICLES["ledger"]

    def write(texts: list[str]) -> None:
        blocks = tuple(type(whole.blocks[0])(whole.blocks[0].kind, text) for text in texts)
        edited = type(whole)(**{name: getattr(whole, name) for name in whole.__slots__} | {"blocks": blocks})
        site.clock.now += timedelta(minutes=2)
        with site.tools.database.transaction() as tx:
            articles.save(tx, [edited], now=site.clock.now)

    assert "my-mark" in shown(bo, one)
    write([BODY[0], BODY[1]])
    said = "The article no longer says everything you marked in it."
    pages = [shown(bo, one) for _ in range(3)]
    assert pages == [shown(Visitor(plain, bo.cookies), one)] * 3
    assert said in pages[0]
    assert f'href="/en-gb/keep/{number}#highlights"' in pages[0]
    assert filled == ["bo"] * 2
    assert marked in bo.get(f"/en-gb/keep/{number}").text
    assert said not in shown(site.visitor().sign_up("ada"), one)
    write(list(BODY))
    again = shown(bo, one)
    assert "my-mark" in again
    assert said not in again
    assert filled == ["bo"] * 2 + ["ada"]


def test_readers_by_turns_never_see_what_is_anothers(site: Reader, filled: list[str]) -> None:
    names, one, whole = ("anselma", "berengar", "cunegund"), page_of(site), story_of(site)
    readers = {name: site.visitor().sign_up(name) for name in names}
    save(readers["anselma"], short_id(site.ids["ledger"]))
    follow(readers["berengar"], "hashtag", "archives", "mute")
    told(site, "cunegund", 2)
    for _ in range(2):
        for path in (one, whole, *PATHS):
            for name, who in readers.items():
                page = who.get(path).text
                assert f'data-me="{name}"' in page
                assert not [other for other in names if other != name and other in page]
                assert name == "anselma" or 'value="unsave:' not in page
                assert name != "anselma" or 'value="unsave:' in page or path not in (one, "/en-gb/latest")
                assert ("tool-count" in page) == (name == "cunegund")
                [token] = set(re.findall(r'name="token" value="(\w+)"', page))
                other = readers[next(each for each in names if each != name)]
                assert other.post("/en-gb/keep/save", {"act": "save:zz", "token": token}).status_code == 403
                assert who.post("/en-gb/keep/save", {"act": "save:zz", "token": token}).status_code != 403
            nobody = site.get(path)
            assert not [name for name in names if name in nobody.text]
            assert "data-me" not in nobody.text
            assert "\x02" not in nobody.text
    assert set(filled) == set(names)


def test_a_session_that_was_ended_opens_no_page(site: Reader, filled: list[str]) -> None:
    ada, one = site.visitor().sign_up("ada"), page_of(site)
    assert "data-me" in ada.get(one).text
    assert "data-me" in ada.get(one).text
    assert filled == ["ada", "ada"]
    left = dict(ada.cookies)
    ada.post("/en-gb/sign-out")
    ada.cookies = left
    assert "data-me" not in ada.get(one).text
    bo = site.visitor().sign_up("bo")
    assert "data-me" in bo.get(one).text
    site.clock.now += timedelta(days=400)
    assert "data-me" not in bo.get(one).text


def test_a_page_is_the_same_however_it_is_packed(site: Reader, filled: list[str]) -> None:
    ada, one = site.visitor().sign_up("ada"), page_of(site)
    plain = shown(ada, one)
    for accepts, encoding in (("identity", None), ("gzip", "gzip"), ("gzip, br", "br"), ("gzip, br, zstd", "zstd")):
        answer = ada.get(one, accept_encoding=accepts)
        assert answer.headers.get("content-encoding") == encoding
        assert ONCE.sub("", answer.text) == plain
    assert filled == ["ada"] * 5
    assert site.get(one, accept_encoding="gzip, br, zstd").headers["content-encoding"] == "br"
