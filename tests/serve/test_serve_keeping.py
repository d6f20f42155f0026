"""What a reader keeps, by plain forms: followed, muted, saved, marked, remembered, in lists; nobody else's to see."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from octavo.domain.ids import ArticleId
from octavo.serve.pages import foryou
from octavo.store import articles
from octavo.text.slugs import short_id

from .conftest import ARTICLES, Reader, Visitor
from .test_serve_routes import article_path, story_path

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


def follow(who: Visitor, kind: str, key: str, act: str = "follow", **more: str) -> None:
    answer = who.post(f"{HERE}/follow", {"kind": kind, "key": key, "name": key.title(), "act": act, **more})
    assert answer.status_code == 303, answer.text


def save(who: Visitor, one: str, act: str = "save") -> None:
    assert who.post(f"{HERE}/save", {"act": f"{act}:{one}"}).status_code == 303


def make_list(who: Visitor, name: str, one: str) -> str:
    answer = who.post(f"{HERE}/lists", {"name": name, "article": one})
    assert answer.status_code == 303
    return answer.headers["location"].rsplit("/", 1)[1]


def shown(text: str) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_who_is_not_signed_in_keeps_things_in_the_browser(site: Reader) -> None:
    page = site.get("/en-gb/hashtag/tide").text
    assert "/en-gb/sign-in?back=hashtag%2Ftide" in page
    assert "keep/follow" not in page
    assert "data-saved-page" in site.get("/en-gb/saved").text
    assert 'id="keep"' not in page


OWN = ("following", "for-you", "highlights", "history", "lists", "lists/1", "keep/zzz", "keep/taken.json")


@pytest.mark.parametrize("path", OWN)
def test_pages_of_ones_own_need_an_account(site: Reader, path: str) -> None:
    assert site.get(f"/en-gb/{path}").status_code == 401


def test_follow_and_mute_from_each_page(site: Reader, ana: Visitor) -> None:
    for path, kind, key in (
        ("/en-gb/hashtag/tide", "hashtag", "tide"),
        ("/en-gb/source/harbour", "publisher", "harbour"),
        (story_path(site), "story", short_id(site.story)),
    ):
        assert f'name="key" value="{key}"' in ana.get(path).text
        answer = ana.post(f"{HERE}/follow", {"kind": kind, "key": key, "name": "N", "act": "follow", "back": path})
        assert answer.headers["location"] == path
        assert 'value="leave" data-act="follow" aria-pressed="true"' in ana.get(path).text
    said = shown(ana.get("/en-gb/following").text)
    for name in ("Stories", "Tide ledger found in drowned archive", "Hashtags #N", "Publishers The Harbour Example"):
        assert name in said
    follow(ana, "hashtag", "tide", "leave")
    assert "#N" not in shown(ana.get("/en-gb/following").text)


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "en-gb/latest", "x" * 700]
)
def test_no_form_leads_off_the_site(ana: Visitor, back: str) -> None:
    answer = ana.post(f"{HERE}/follow", {"kind": "word", "key": "w", "act": "mute", "back": back})
    assert re.match(r"/en-gb(/|$)", answer.headers["location"])
    assert "evil.example" not in answer.headers["location"] or answer.headers["location"].startswith("/en-gb/")


def test_what_is_muted_is_left_out_and_the_page_says_so(site: Reader, ana: Visitor, ben: Visitor) -> None:
    follow(ana, "publisher", "wire", "mute")
    page = ana.get("/en-gb/latest").text
    assert page.count('data-hidden="mine"') == 2
    assert "2 articles muted" in shown(page)
    assert "( Wire &" in shown(page), "it is called by its name"
    all_of_it = ana.get("/en-gb/latest?muted=show").text
    assert 'data-hidden="mine"' not in all_of_it
    assert "2 articles muted" in shown(all_of_it)
    assert 'data-hidden="mine"' not in ana.get("/en-gb/source/wire").text, "on its own page nothing is left out"
    assert 'data-hidden="mine"' not in ana.get(story_path(site)).text
    for other in (ben.get("/en-gb/latest").text, site.get("/en-gb/latest").text):
        assert 'data-hidden="mine"' not in other
        assert "2 articles muted" not in shown(other)


def test_words_and_stories_are_muted_too(site: Reader, ana: Visitor) -> None:
    follow(ana, "word", "Lumen", "mute")
    follow(ana, "story", short_id(site.story), "mute")
    page = ana.get("/en-gb/latest").text
    assert page.count('data-hidden="mine"') == 4
    assert "“Lumen”" in shown(page)


def test_the_eight_are_never_left_out_silently(site: Reader, ana: Visitor) -> None:
    follow(ana, "story", short_id(site.story), "mute")
    page = ana.get("/en-gb").text
    eight = page[page.index('class="eight wide"') : page.index('class="eight-latest"')]
    assert "You muted Tide ledger found in drowned archive: one of the Eight is folded here." in shown(eight)
    assert article_path(site, "ledger") in eight
    assert 'data-hidden="mine"' not in eight
    assert "muted-place" not in ana.get("/en-gb?muted=show").text


def test_saved_from_a_card_and_from_an_article(site: Reader, ana: Visitor, ben: Visitor) -> None:
    one, other = number(site, "ledger"), number(site, "sample")
    assert f'form="keep" name="act" value="save:{one}"' in ana.get("/en-gb/latest").text
    for _ in range(2):
        save(ana, one)
    site.clock.now += timedelta(seconds=1)
    answer = ana.post(f"{HERE}/save", {"act": f"save:{other}", "back": "/en-gb/latest"})
    assert answer.headers["location"] == "/en-gb/latest"
    assert f'value="unsave:{one}"' in ana.get("/en-gb/latest").text
    assert f'value="unsave:{one}" data-save aria-pressed="true"' in ana.get(article_path(site, "ledger")).text
    page = ana.get("/en-gb/saved").text
    assert page.index("Lumen Labs") < page.index("Tide ledger found"), "saved last, first"
    assert "2 articles in your account" in shown(page)
    assert f'value="save:{one}"' in ben.get("/en-gb/latest").text
    assert "Tide ledger" not in ben.get("/en-gb/saved").text
    save(ben, one, "unsave")
    save(ana, other, "unsave")
    assert "Lumen Labs" not in ana.get("/en-gb/saved").text
    assert "Tide ledger found" in ana.get("/en-gb/saved").text


def test_long_lists_go_on(site: Reader, ana: Visitor) -> None:
    with site.tools.database.transaction() as tx:
        more = [
            ARTICLES["sample"].__class__(
                ArticleId(0),
                f"https://harbour.example/{n}",
                ARTICLES["ledger"].publisher_id,
                f"Number {n}",
                "en",
                site.clock.now,
                published_at=site.clock.now,
            )
            for n in range(35)
        ]
        ids = [short_id(one.id) for one in articles.save(tx, more)]
    for n, one in enumerate(ids):
        site.clock.now += timedelta(seconds=n % 2)
        save(ana, one)
    first = ana.get("/en-gb/saved").text
    older = unescape(re.findall(r'rel="next" href="([^"]+)"', first)[0])
    second = ana.get(older).text
    heads = [re.findall(r'card-head"><a[^>]*>([^<]+)<', page) for page in (first, second)]
    assert (len(heads[0]), len(heads[1]), len({*heads[0], *heads[1]})) == (30, 5, 35)
    assert 'rel="next"' not in second
    assert ana.get("/en-gb/saved?before=zz-").status_code == 200


def test_a_history_is_off_until_it_is_turned_on(site: Reader, ana: Visitor, ben: Visitor) -> None:
    one, path = number(site, "ledger"), article_path(site, "ledger")
    ana.post(f"{HERE}/read", {"article": one})
    assert "Tide ledger" not in ana.get("/en-gb/history").text
    assert "data-remember" not in ana.get(path).text
    assert ana.post(f"{HERE}/history", {"act": "on"}).headers["location"] == "/en-gb/history"
    assert "data-remember" in ana.get(path).text
    assert "data-remember" not in ben.get(path).text
    for name in ("ledger", "sample"):
        ana.post(f"{HERE}/read", {"article": number(site, name)})
    assert "Tide ledger found" in ana.get("/en-gb/history").text
    assert "Tide ledger found" not in ben.get("/en-gb/history").text
    ana.post(f"{HERE}/history", {"act": f"forget:{one}"})
    said = ana.get("/en-gb/history").text
    assert ("Tide ledger found" in said, "Lumen Labs" in said) == (False, True)
    ana.post(f"{HERE}/history", {"act": "clear"})
    assert "Lumen Labs" not in ana.get("/en-gb/history").text
    assert ana.post(f"{HERE}/history", {"act": "nonsense"}).status_code == 422


def test_a_list_is_ones_own_until_it_is_shared(site: Reader, ana: Visitor, ben: Visitor) -> None:
    one = number(site, "ledger")
    mine = make_list(ana, "Storms", one)
    path, act = f"/en-gb/lists/{mine}", f"{HERE}/lists/{mine}"
    assert "Tide ledger found" in ana.get(path).text
    assert ben.get(path).status_code == 404
    for said in ("share", "withdraw", f"put:{one}", f"take:{one}", "describe"):
        assert ben.post(act, {"act": said, "name": "Ben's", "about": ""}).status_code == 404
    ben.post(act, {"act": "remove"})
    assert "Storms" in ana.get("/en-gb/lists").text
    assert "Storms" not in ben.get("/en-gb/lists").text
    ana.post(act, {"act": "share"})
    [address] = re.findall(r'href="(http[^"]+/en-gb/list/[^"]+)"', ana.get(path).text)[:1]
    public = address[address.index("/en-gb/") :]
    page = site.get(public)
    assert page.status_code == 200
    assert "A list by ana." in shown(page.text)
    assert 'content="noindex,follow"' in page.text
    for kind in ("atom", "rss", "json"):
        feed = site.get(f"{public}.{kind}")
        assert "Tide ledger found in drowned archive" in feed.text
        assert "public" not in feed.headers["cache-control"]
    ana.post(act, {"act": f"put:{number(site, 'sample')}"})
    assert "Lumen Labs" in site.get(public).text, "at once, not from a kept page"
    ana.post(act, {"act": f"take:{one}"})
    assert "Tide ledger found" not in site.get(f"{public}.json").text
    ana.post(act, {"act": "withdraw"})
    assert [site.get(path).status_code for path in (public, f"{public}.atom")] == [404, 404]
    ana.post(act, {"act": "describe", "name": "Floods", "about": "Of March"})
    assert "Of March" in ana.get(path).text
    assert ana.post(act, {"act": "nonsense"}).status_code == 422
    assert ana.post(act, {"act": "remove"}).headers["location"] == "/en-gb/lists"
    assert ana.get(path).status_code == 404
    assert ana.post(f"{HERE}/lists", {"name": " "}).status_code == 422


def test_the_keep_page_has_everything(site: Reader, ana: Visitor) -> None:
    one = number(site, "ledger")
    mine = make_list(ana, "Storms", one)
    page = ana.get(f"{HERE}/{one}").text
    said = shown(page)
    for name in ("This story", "The Harbour Example", "#Tide", "Storms", "Mark a paragraph"):
        assert name in said
    assert f'value="take:{one}"' in page
    assert f"{HERE}/lists/{mine}" in page
    assert ana.get(f"{HERE}/zzz").status_code == 404


def test_for_you_says_why_and_keeps_the_eight(site: Reader, ana: Visitor, ben: Visitor) -> None:
    assert "You follow nothing yet." in shown(ana.get("/en-gb/for-you").text)
    follow(ana, "publisher", "invented")
    follow(ana, "hashtag", "tide")
    page = shown(ana.get("/en-gb/for-you").text)
    assert "because you follow Invented Example" in page
    assert "The Eight 1 Tide ledger found in drowned archive" in page
    assert "because you follow" not in shown(ben.get("/en-gb/for-you").text)
    follow(ana, "word", "lumen", "mute")
    page = shown(ana.get("/en-gb/for-you").text)
    assert "Lumen Labs" not in page
    assert "1 article muted ( “Lumen” )" in page
    assert "Lumen Labs" in shown(ana.get("/en-gb/for-you?muted=show").text)


def test_a_followed_word_is_found_in_articles_that_are_not_among_the_newest(
    site: Reader, ana: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foryou, "_POOL", 1)
    follow(ana, "word", "lumen labs")
    page = shown(ana.get("/en-gb/for-you").text)
    assert "Lumen Labs opens a school of glass" in page
    assert "because you follow “Lumen Labs”" in page


def test_more_and_less_change_the_ranking_and_are_reset(ana: Visitor) -> None:
    follow(ana, "hashtag", "tide")
    taste = {"kind": "publisher", "key": "strict", "name": "Strict Example"}
    for act, word in (("more", "more"), ("more", "much more"), ("less", "more"), ("forget", "")):
        answer = ana.post(f"{HERE}/taste", {**taste, "act": act, "back": "following"})
        assert answer.headers["location"] == "/en-gb/following"
        said = shown(ana.get("/en-gb/following").text)
        assert (f"Strict Example {word}" in said) == bool(word)
    ana.post(f"{HERE}/taste", {**taste, "act": "more"})
    assert ana.post(f"{HERE}/ranking", {}).headers["location"] == "/en-gb/for-you"
    assert "Strict Example more" not in shown(ana.get("/en-gb/following").text)
    assert ana.post(f"{HERE}/taste", {**taste, "act": "nonsense"}).status_code == 422


def test_feeds_of_reader_apps(ana: Visitor) -> None:
    assert "show 1 feed" in shown(ana.get("/en-gb/following").text)
    ana.post(f"{HERE}/feeds", {"act": "off"})
    assert "show 0 feeds" in shown(ana.get("/en-gb/following").text)
    ana.post(f"{HERE}/feeds", {"act": "on"})
    assert "show 1 feed" in shown(ana.get("/en-gb/following").text)


def test_a_browser_takes_a_copy_along_and_brings_its_own_once(site: Reader, ana: Visitor, ben: Visitor) -> None:
    settings = {"theme": "dark", "muted": {"sources": {"wire": "W"}, "hashtags": {}, "words": ["derby"]}}
    paths = [article_path(site, "ledger"), article_path(site, "sample"), "/en-gb/story/1/x", "nonsense", 7]
    followed = [{"kind": "hashtag", "key": "tide", "name": "Tide"}, {"kind": "person", "key": "x", "name": "x"}, 5]
    given = {"saved": json.dumps(paths), "settings": json.dumps(settings), "follows": json.dumps(followed)}
    assert ana.post(f"{HERE}/bring", given).status_code == 303
    taken = ana.get(f"{HERE}/taken.json")
    assert taken.headers["cache-control"] == "private, no-store"
    copy = taken.json()
    assert [one["path"] for one in copy["saved"]] == paths[:2]
    assert (copy["set"], copy["settings"]["theme"]) == (True, "dark")
    assert copy["settings"]["muted"]["words"] == ["derby"]
    assert list(copy["settings"]["muted"]["sources"]) == ["wire"]
    assert "#Tide" in shown(ana.get("/en-gb/following").text)
    other = ben.get(f"{HERE}/taken.json").json()
    assert (other["saved"], other["set"], other["settings"]["muted"]["words"]) == ([], False, [])
    assert ana.post(f"{HERE}/settings", {"settings": json.dumps({"theme": "light"})}).status_code == 303
    copy = ana.get(f"{HERE}/taken.json").json()
    assert (copy["settings"]["theme"], copy["settings"]["muted"]["words"]) == ("light", [])
    for bad in ("{", "[" * 100_000):
        assert ana.post(f"{HERE}/settings", {"settings": bad}).status_code == 422
    assert ana.post(f"{HERE}/bring", {"saved": "7", "follows": "{}", "settings": "[]"}).status_code == 303


POSTS: dict[str, dict[str, str]] = {
    "follow": {"kind": "hashtag", "key": "tide", "act": "follow"},
    "taste": {"kind": "hashtag", "key": "tide", "name": "Tide", "act": "more"},
    "save": {"act": "save:1"},
    "highlight": {"article": "1", "exact": "x"},
    "highlight/1": {"act": "remove"},
    "read": {"article": "1"},
    "history": {"act": "on"},
    "ranking": {},
    "feeds": {"act": "off"},
    "settings": {"settings": "{}"},
    "bring": {},
    "lists": {"name": "x"},
    "lists/1": {"act": "remove"},
}


@pytest.mark.parametrize("name", POSTS)
def test_every_form_is_its_sessions_own(site: Reader, ana: Visitor, ben: Visitor, name: str) -> None:
    path, fields = f"{HERE}/{name}", dict(POSTS[name])
    if "article" in fields:
        fields["article"] = number(site, "ledger")
    own = {"sec_fetch_site": "same-origin"}
    assert site.ask("POST", path, own, fields).status_code == 401
    assert ana.post(path, {**fields, "token": ""}).status_code == 403
    assert ana.post(path, {**fields, "token": ben.token()}).status_code == 403
    assert ana.post(path, fields, sec_fetch_site="cross-site").status_code == 403
    before = dict(ana.cookies)
    ana.post("/en-gb/sign-out")
    ana.cookies = before
    assert ana.post(path, {**fields, "token": "0" * 64}).status_code == 401


def test_scripts_are_answered_in_json(site: Reader, ana: Visitor) -> None:
    one = number(site, "ledger")
    answer = ana.post(f"{HERE}/save", {"act": f"save:{one}"}, accept="application/json")
    assert (answer.status_code, answer.json()) == (200, {"path": "/en-gb/saved"})
    wrong = ana.post(f"{HERE}/save", {"act": "save:zzz"}, accept="application/json")
    assert (wrong.status_code, "error" in wrong.json()) == (404, True)


def test_pages_that_everybody_sees_stay_everybodys(site: Reader, ana: Visitor) -> None:
    save(ana, number(site, "ledger"))
    follow(ana, "publisher", "wire", "mute")
    mine = ana.get("/en-gb/latest")
    assert mine.headers["cache-control"] == "private, no-cache"
    everybodys = site.get("/en-gb/latest")
    assert "ana" not in re.findall(r'data-me="([^"]*)"', everybodys.text)
    assert "keep/save" not in everybodys.text
    assert 'aria-pressed="true"' not in everybodys.text
