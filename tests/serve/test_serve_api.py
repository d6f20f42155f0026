"""The API's answers: what is in them, how they are paged, and that no text gets out that pages withhold."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from octavo.config import WebSettings
from octavo.domain.hashtag import HashtagRule
from octavo.domain.story import Placement
from octavo.store import articles, hashtags, stories
from octavo.text.slugs import short_id

from .conftest import ARTICLES, BODY, NOW, SECRET_TAIL, Program, Reader


def test_the_newest_articles_of_the_editions_languages(program: Program) -> None:
    found = program.read("/articles")
    newest_first = sorted((name for name in ARTICLES if name != "arabic"), key=lambda name: -program.reader.ids[name])
    assert [one["id"] for one in found["items"]] == [program.id(name) for name in newest_first]
    assert found["next"] is None
    assert program.read("/articles?edition=ar-ae")["items"][0]["headline"] == ARTICLES["arabic"].headline


def test_an_article_in_a_list_says_who_published_it_where_and_when(program: Program) -> None:
    one = program.read("/articles?publisher=harbour")["items"][0]
    assert one["headline"] == "Tide ledger found in drowned archive"
    assert one["publisher"] == {"id": "harbour", "name": "The Harbour Example"}
    assert one["url"] == "https://harbour.example/ledger"
    assert one["published"] == (NOW - timedelta(hours=5)).isoformat().replace("+00:00", "Z")
    assert one["story"] == program.story
    assert one["hashtags"] == ["tide", "archives"]
    assert urlsplit(one["picture"]["url"]).path.startswith("/picture/")
    assert program.reader.get(urlsplit(one["page"]).path).status_code == 200


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("language=ar", ["arabic"]),
        ("publisher=wire", ["attack", "copy"]),
        ("hashtag=tide&limit=2", ["arabic", "attack"]),
        ("hashtag=%23tide&limit=1", ["arabic"]),
        ("section=04000000&limit=2", ["attack", "copy"]),
        ("about=place/1", []),
        ("publisher=nobody", []),
    ],
)
def test_lists_by_one_condition(program: Program, condition: str, names: list[str]) -> None:
    found = program.read(f"/articles?{condition}")
    assert [one["id"] for one in found["items"]] == [program.id(name) for name in names]


def test_two_conditions_are_refused_with_the_way_out(program: Program) -> None:
    answer = program.get("/articles?publisher=wire&hashtag=tide")
    assert answer.status_code == 422
    assert "/search" in answer.json()["detail"]


def test_lists_are_paged_by_cursor_and_link(program: Program) -> None:
    whole = [one["id"] for one in program.read("/articles")["items"]]
    seen, path = [], "/articles?limit=4"
    while path:
        answer = program.get(path)
        page = answer.json()
        seen += [one["id"] for one in page["items"]]
        link = answer.headers.get("link", "")
        assert bool(link) == (page["next"] is not None)
        path = link.partition(">")[0].removeprefix("</api/v1")
    assert seen == whole


def test_fields_leave_out_what_is_not_named(program: Program) -> None:
    always = {"id", "headline", "url", "page", "publisher", "language", "time"}
    assert set(program.read("/articles?fields=excerpt")["items"][0]) == always | {"excerpt"}
    assert set(program.read("/articles?fields=excerpt")) == {"items", "next"}
    assert "blocks" in program.read(f"/articles/{program.id('ledger')}?fields=blocks,%20minutes")
    refused = program.get("/articles?fields=excerpt,body")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "query.fields"


def test_one_article_with_its_text(program: Program) -> None:
    one = program.read(f"/articles/{program.id('ledger')}")
    assert [block["text"] for block in one["blocks"]] == list(BODY)
    assert (one["policy"], one["withheld"], one["minutes"]) == ("full", "", 1)
    assert {tag["tag"]: tag["label"] for tag in one["tags"]} == {"tide": "Tide", "archives": "Archives"}
    assert program.read(f"/articles/{program.id('second')}")["byline"]["people"] == ["Ada Quill"]


def test_a_public_instance_gives_no_more_than_its_pages(public_program: Program) -> None:
    for name in ("ledger", "second", "copy", "strict"):
        one = public_program.read(f"/articles/{public_program.id(name)}")
        assert SECRET_TAIL not in json.dumps(one)
        assert one["policy"] == ("headline" if name == "strict" else "excerpt")
    strict = public_program.read(f"/articles/{public_program.id('strict')}")
    assert (strict["blocks"], strict["excerpt"], strict["picture"]) == ([], "", None)
    for path in (f"/stories/{public_program.story}", f"/stories/{public_program.story}/timeline", "/articles"):
        assert SECRET_TAIL not in public_program.get(path).text
    shown = [one for one in public_program.read("/search?q=keeper")["items"] if not one["article"]["fictional"]]
    assert shown
    assert all("keeper" not in one["snippet"] for one in shown)


def test_a_text_in_doubt_is_withheld(make_program: Callable[..., Program]) -> None:
    program = make_program(WebSettings())
    with program.reader.tools.database.transaction() as tx:
        [kept] = articles.get_many(tx, [program.reader.ids["ledger"]])
        articles.save(tx, [replace(kept, complete=0.1)], now=NOW)
    one = program.read(f"/articles/{program.id('ledger')}")
    assert one["withheld"] == "unread"
    assert SECRET_TAIL not in json.dumps(one)


def test_what_is_related_with_reasons(program: Program) -> None:
    found = program.read(f"/articles/{program.id('ledger')}/related")["items"]
    assert {one["article"]["id"]: one["reason"] for one in found} == {
        program.id("second"): "Same event",
        program.id("sample"): "Background",
    }
    arabic = program.read(f"/articles/{program.id('ledger')}/related?edition=ar-ae")["items"]
    assert {one["reason"] for one in arabic}.isdisjoint({"Same event", "Background"})


def test_what_a_publisher_changed(program: Program) -> None:
    with program.reader.tools.database.transaction() as tx:
        [kept] = articles.get_many(tx, [program.reader.ids["ledger"]])
        block = replace(kept.blocks[1], text=kept.blocks[1].text.replace("9,400", "8,400"))
        articles.save(tx, [replace(kept, blocks=(kept.blocks[0], block, kept.blocks[2]))], now=NOW + timedelta(hours=1))
    [revision] = program.read(f"/articles/{program.id('ledger')}/revisions")["items"]
    assert revision["kinds"] == ["figure"]
    [change] = revision["changes"]
    assert [one["text"].strip() for one in change["pieces"] if one["became"] != "same"] == ["9,400", "8,400"]


def test_stories_the_last_moved_first(program: Program) -> None:
    with program.reader.tools.database.transaction() as tx:
        for name in ("attack", "sample", "arabic"):
            other = stories.place(tx, Placement(program.reader.ids[name], None, 1.0), NOW)
            stories.describe(tx, other, lead=program.reader.ids[name], reports=1)
    [story] = program.read("/stories")["items"]
    assert (story["id"], story["articles"], story["publishers"], story["reports"]) == (program.story, 3, 3, 2)
    assert story["lead"]["id"] == program.id("ledger")
    whole = [one["id"] for one in program.read("/stories?publishers=1")["items"]]
    assert len(whole) == 4
    seen, cursor = [], ""
    while cursor is not None:
        page = program.read(f"/stories?publishers=1&limit=1&cursor={cursor}")
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert seen == whole


def test_one_story_and_its_articles(program: Program) -> None:
    story = program.read(f"/stories/{program.story}")
    told = {one["article"] for teller in story["tellers"] for one in teller["articles"]}
    assert told == {program.id(name) for name in ("ledger", "second", "copy")}
    listed = program.read(f"/stories/{program.story}/articles")["items"]
    assert [one["id"] for one in listed] == [program.id(name) for name in ("copy", "second", "ledger")]


def test_the_search_of_the_pages(program: Program) -> None:
    found = program.read("/search?q=%22tide%20ledger%22&publisher=wire")
    assert [one["article"]["id"] for one in found["items"]] == [program.id("copy")]
    assert found["exact"] == 1
    assert "ledger" in " ".join(found["items"][0]["marks"]).lower()
    assert program.read("/search")["items"] == []


def test_hashtags_with_their_days(program: Program) -> None:
    one = program.read("/hashtags/tide")
    assert (one["label"], one["articles"], len(one["days"])) == ("Tide", 7, 14)
    assert one["days"][-1] == {"day": "2026-03-01", "articles": 7}
    with program.reader.tools.database.transaction() as tx:
        hashtags.set_rule(tx, HashtagRule("tides", NOW, into="tide"))
        hashtags.set_rule(tx, HashtagRule("archives", NOW, muted=True))
    assert program.read("/hashtags/tides")["tag"] == "tide"
    assert program.get("/hashtags/archives").status_code == 404
    assert program.get("/articles?hashtag=archives").status_code == 404


def test_a_front_page(program: Program) -> None:
    front = program.read("/editions/en-gb")
    [first] = front["eight"]
    assert first["article"]["id"] == program.id("ledger")
    assert first["why"] == ["2 independent reports", "Close to home"]
    assert [shelf["key"] for shelf in front["shelves"]] == ["04000000"]
    keys = [one["key"] for one in program.read("/editions")["items"]]
    assert "ar-ae" in keys
    assert keys == sorted(keys)


def test_publishers_and_their_feeds(program: Program) -> None:
    names, cursor = [], ""
    while cursor is not None:
        page = program.read(f"/publishers?limit=2&cursor={cursor}")
        names += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert sorted(names) == sorted(["harbour", "ledger", "wire", "invented", "strict", "minara"])
    one = program.read("/publishers/strict")
    assert (one["policy"], one["feeds"]) == ("headline", [])
    [feed] = program.read("/publishers/harbour")["feeds"]
    assert program.read("/feeds")["items"] == [feed]


MISSING = (
    "/articles/zzzzzzzzzzz",
    "/articles/0",
    "/stories/0/figures",
    "/hashtags/unheard",
    "/entities/place/0",
    "/editions/xx-yy",
    "/articles?edition=xx-yy",
    "/articles?section=99999999",
    "/publishers/nobody",
    "/problems/none",
    "/nowhere",
)


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_a_problem(program: Program, path: str) -> None:
    answer = program.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["instance"]) == (404, f"/api/v1{path.partition('?')[0]}")
    assert program.read(urlsplit(told["type"]).path.removeprefix("/api/v1"))["title"] == told["title"]


def test_a_story_folded_into_another_gives_that_one(program: Program) -> None:
    reader: Reader = program.reader
    with reader.tools.database.transaction() as tx:
        other = stories.place(tx, Placement(reader.ids["sample"], None, 1.0), NOW)
        stories.place(tx, Placement(reader.ids["ledger"], reader.story, 1.0, merged=(other,)), NOW)
    assert program.read(f"/stories/{short_id(other)}")["id"] == program.story
