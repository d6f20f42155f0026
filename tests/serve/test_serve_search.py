"""Search as readers meet it: operators, conditions as chips, what was meant, what to leave out, what is offered."""

import json
import re
from html import unescape

import pytest

from octavo.pipeline.learn_vocabulary import learn_vocabulary
from octavo.pipeline.reindex import reindex

from .conftest import Reader


@pytest.fixture
def filled(reader: Reader) -> Reader:
    """The newspaper of the tests with what the worker adds for searching."""
    reindex(reader.tools)
    learn_vocabulary(reader.tools)
    return reader


def found(reader: Reader, query: str, **more: str) -> set[str]:
    """Names of the articles a search finds."""
    given = "".join(f"&{name}={value}" for name, value in more.items())
    page = reader.get(f"/en-gb/search.json?q={query}{given}")
    paths = {one["external_url"] for one in json.loads(page.text)["items"]}
    return {path.rsplit("/", 1)[1] for path in paths}


OPERATED = {
    "ledger source:harbour": {"ledger"},
    'ledger source:"The Harbour Example"': {"ledger"},
    "archive -source:harbour": {"second", "copy", "attack", "sample", "strict", "a"},
    "lang:ar": {"a"},
    "%23tide lang:ar": {"a"},
    "tag:Tide source:ledger": {"second"},
    "ledger by:quill": {"second"},
    'ledger by:"Ada Quill"': {"second"},
    "tide has:picture": {"ledger", "strict"},
    "section:04000000 lang:ar": {"a"},
    "storm after:3h": {"attack"},
    "ledger after:2026-03-01 before:2026-03-02 source:ledger": {"second"},
    "ledger before:2026-03-01": set(),
    "ledger source:nobody": set(),
    'glass OR storm -"nothing like it"': {"sample", "attack"},
    "after:2h source:minara": {"a"},
}


@pytest.mark.parametrize("query", OPERATED)
def test_operators_narrow(filled: Reader, query: str) -> None:
    assert found(filled, query) == OPERATED[query]


def test_controls_do_as_operators(filled: Reader) -> None:
    assert found(filled, "ledger", source="harbour") == found(filled, "ledger source:harbour")
    assert found(filled, "", language="ar") == {"a"}
    assert found(filled, "", tag="Tide", source="ledger") == {"second"}
    assert found(filled, "ledger", after="nonsense") == found(filled, "ledger")


def test_each_condition_is_a_chip_with_a_way_back(filled: Reader) -> None:
    page = filled.get("/en-gb/search?q=ledger+-storm+source:harbour&language=en").text
    chips = re.findall(r'class="chip( chip-not)?" href="([^"]+)"', page)
    paths = [unescape(path) for _, path in chips]
    assert paths == [
        "/en-gb/search?q=ledger+source%3Aharbour&language=en",
        "/en-gb/search?q=ledger+-storm&language=en",
        "/en-gb/search?q=ledger+-storm+source%3Aharbour",
    ]
    assert chips[0][0] == " chip-not"
    assert "<bdi>The Harbour Example</bdi>" in page


def test_a_search_without_finds_says_what_to_leave_out(filled: Reader) -> None:
    page = filled.get("/en-gb/search?q=ledger+source:minara").text
    assert "Nothing was found." in page
    told = re.findall(r"Without ([^<]+)</a> <span class=\"ease-count\">([^<]+)<", page)
    assert told == [("source:minara", "5 articles"), ("ledger", "1 article")]


def test_did_you_mean_only_what_finds_more(filled: Reader) -> None:
    page = filled.get("/en-gb/search?q=archiev").text
    assert re.search(r'class="meant">Did you mean <a href="/en-gb/search\?q=archive"><bdi>archive</bdi>', page)
    for query in ("archive", "xylophone", '"archiev"'):
        assert 'class="meant"' not in filled.get(f"/en-gb/search?q={query}").text, query


def test_the_newest_come_first_when_asked(filled: Reader) -> None:
    items = json.loads(filled.get("/en-gb/search.json?q=archive&sort=new").text)["items"]
    dates = [one["date_published"] for one in items]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 7


def offers(reader: Reader, typed: str) -> list[tuple[str, str]]:
    page = reader.get(f"/en-gb/suggest?q={typed}")
    assert page.status_code == 200
    return [
        (kind, unescape(path)) for kind, path in re.findall(r'class="offer offer-(\w+)" data-path="([^"]+)"', page.text)
    ]


def test_pages_are_offered_as_words_are_typed(filled: Reader) -> None:
    assert ("tag", "/en-gb/hashtag/tide") in offers(filled, "ti")
    assert ("source", "/en-gb/source/harbour") in offers(filled, "harb")
    assert [kind for kind, _ in offers(filled, "tide dro")] == ["story"]
    assert offers(filled, "t") == []
    assert offers(filled, "zzz") == []


def test_values_are_offered_for_operators_and_the_question_goes_on(filled: Reader) -> None:
    assert offers(filled, "flood source:harb") == [("source", "/en-gb/search?q=flood+source%3Aharbour+")]
    assert ("tag", "/en-gb/search?q=tag%3Atide+") in offers(filled, "%23ti")
    assert offers(filled, "lang:ar") == [("language", "/en-gb/search?q=lang%3Aar+")]
    assert offers(filled, "before:20") == []


@pytest.mark.parametrize("odd", ["<script>", "%00", '"', "source:<b>", "%F0%9F%98%80", "a" * 2000])
def test_odd_beginnings_are_answered(filled: Reader, odd: str) -> None:
    answer = filled.get(f"/en-gb/suggest?q={odd}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
