"""Passages that readers mark: with scripts or without, re-found when the article is edited, nobody else's."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from octavo.config import WebSettings
from octavo.store import articles
from octavo.text.slugs import short_id

from .conftest import ARTICLES, BODY, SECRET_TAIL, Reader, Visitor
from .test_serve_routes import article_path

Make = Callable[..., Reader]
QUICK = {"accounts": {"sign_up": "open", "password_memory_kib": 7_168}}
HERE = "/en-gb/keep"


@pytest.fixture
def site(make_reader: Make) -> Reader:
    return make_reader(settings=QUICK)


@pytest.fixture
def ana(site: Reader) -> Visitor:
    return site.visitor().sign_up("ana")


@pytest.fixture
def ben(site: Reader) -> Visitor:
    return site.visitor().sign_up("ben")


def number(site: Reader, name: str) -> str:
    return short_id(site.ids[name])


def shown(text: str) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_passage_is_marked_shown_and_changed(site: Reader, ana: Visitor, ben: Visitor) -> None:
    one, path = number(site, "ledger"), article_path(site, "ledger")
    answer = ana.post(f"{HERE}/highlight", {"article": one, "exact": "leaf by leaf", "note": "How?", "back": path})
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    page = ana.get(path).text
    assert re.search(r'<mark class="my-mark" id="m\d+" data-mark="\d+">leaf by leaf</mark>', page)
    assert "How?" in page
    assert "my-mark" not in ben.get(path).text
    assert "How?" not in ben.get("/en-gb/highlights").text
    [mark] = re.findall(r'id="m(\d+)"', page)
    assert ben.post(f"{HERE}/highlight/{mark}", {"note": "Ben was here", "act": "note"}).status_code == 404
    ben.post(f"{HERE}/highlight/{mark}", {"act": "remove"})
    assert "How?" in shown(ana.get("/en-gb/highlights").text)
    ana.post(f"{HERE}/highlight/{mark}", {"note": "By hand", "act": "note"})
    assert "By hand" in shown(ana.get("/en-gb/highlights").text)
    ana.post(f"{HERE}/highlight/{mark}", {"act": "remove"})
    assert "leaf by leaf" not in ana.get("/en-gb/highlights").text


def test_a_paragraph_is_marked_without_scripts(site: Reader, ana: Visitor) -> None:
    one = number(site, "ledger")
    page = ana.get(f"{HERE}/{one}").text
    assert page.count('type="radio" name="line"') == len(BODY)
    assert ana.post(f"{HERE}/highlight", {"article": one, "line": "1", "note": ""}).status_code == 303
    ana.post(f"{HERE}/highlight", {"article": one, "line": "2", "exact": "an old quarrel"})
    page = ana.get(article_path(site, "ledger")).text
    assert [unescape(words) for words in re.findall(r"<mark[^>]*>([^<]+)</mark>", page)] == [BODY[1], "an old quarrel"]
    again = ana.post(f"{HERE}/highlight", {"article": one, "line": "0", "exact": "no such words", "note": "kept"})
    assert again.status_code == 422
    assert "These words do not stand in the article" in shown(again.text)
    assert "kept" in again.text
    assert ana.post(f"{HERE}/highlight", {"article": one, "line": "77"}).status_code == 422
    assert ana.post(f"{HERE}/highlight", {"article": "zzz", "line": "0"}).status_code == 404


def test_an_edited_article_says_what_became_of_a_passage(site: Reader, ana: Visitor) -> None:
    one = number(site, "ledger")
    for words in ("dried the ledger leaf by leaf for eleven months", "settles an old quarrel between two towns"):
        assert ana.post(f"{HERE}/highlight", {"article": one, "exact": words}).status_code == 303
    whole = ARTICLES["ledger"]
    texts = [BODY[0], BODY[1].replace("eleven months", "twelve long months")]
    blocks = tuple(type(whole.blocks[0])(whole.blocks[0].kind, text) for text in texts)
    edited = type(whole)(**{name: getattr(whole, name) for name in whole.__slots__} | {"blocks": blocks})
    with site.tools.database.transaction() as tx:
        articles.save(tx, [edited], now=site.clock.now)
    said = shown(ana.get("/en-gb/highlights").text)
    assert "The article says it otherwise now. You marked: dried the ledger leaf by leaf for eleven months" in said
    assert "for twelve long months" in said
    assert "does not say this any more. You marked: settles an old quarrel between two towns" in said


def test_of_what_a_publisher_withholds_nothing_can_be_marked(make_reader: Make) -> None:
    site = make_reader(settings=QUICK)
    public = make_reader(WebSettings(host="192.0.2.1", public_url="http://reader.test"), settings=QUICK)
    ana = public.visitor().sign_up("ana")
    one = number(site, "ledger")
    answer = ana.post(f"{HERE}/highlight", {"article": one, "exact": "lighthouse keeper"})
    assert answer.status_code == 422
    assert SECRET_TAIL not in ana.get(f"{HERE}/{one}").text
    assert ana.post(f"{HERE}/highlight", {"article": number(site, "strict"), "exact": "ledger"}).status_code == 422
