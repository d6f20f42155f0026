"""The quality gate: below the bar a text goes nowhere; its feed, or its page's summary, speaks for it."""

import json
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from octavo.config import QualitySettings, WebSettings
from octavo.domain.article import Article, Block, BlockKind, Image, Rights
from octavo.domain.entry import Entry
from octavo.domain.ids import ArticleId, EntryId, FeedId, PageKey, PublisherId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.relation import Relation, RelationKind
from octavo.domain.story import Placement
from octavo.ports.search_index import SearchDocument
from octavo.serve import links
from octavo.serve.display import Display
from octavo.serve.gate import MOST, StandIn, feed_words, guarded, page_words, why_not_shown
from octavo.store import articles, entries, feeds, relations, stories
from octavo.text.hashes import content_hash
from octavo.text.urls import canonical_url

from .conftest import NOW, PICTURE, Reader, article

JUNK = "Accept the cookies of our 1,204 partners to go on reading about the lamp of Varn. "
FEED_HTML = (
    "<p>The lamp of Varn burns again after forty years in the dark, its keeper wrote on Sunday. </p>"
    "<p>Ships of three nations saluted &amp; <b>the town</b> sang.</p><script>alert(1)</script>"
    '<p><a href="https://harbour.example/lamp">Continue reading</a></p>'
)
FEED_WORDS = (
    "The lamp of Varn burns again after forty years in the dark, its keeper wrote on Sunday.\n"
    "Ships of three nations saluted & the town sang."
)


def doubtful(name: str, hours: float, **more: Any) -> Article:
    """An article whose text is mostly what it should not be."""
    url = f"https://harbour.example/{name}"
    made = article("harbour", name, f"Lamp of Varn: {name}", hours, **({"complete": 0.31} | more))
    return replace(
        made,
        blocks=(Block(BlockKind.PARAGRAPH, JUNK * 12),),
        excerpt=more.get("excerpt", JUNK),
        page_key=PageKey(content_hash(canonical_url(url))),
        image=Image(PICTURE, alt="A lamp"),
    )


def keep(reader: Reader) -> dict[str, str]:
    """Save articles below the bar, with and without a feed that speaks of them; gives their paths."""
    made = {
        "fed": doubtful("fed", 1.1),
        "locked": doubtful("locked", 1.2, paywalled=True),
        "alone": doubtful("alone", 1.3, excerpt="What the page says of itself, in a sentence of its own."),
        "mute": doubtful("mute", 1.4),
    }
    with reader.tools.database.transaction() as tx:
        feed = feeds.all(tx)[0]
        saved = articles.save(tx, list(made.values()), now=NOW)
        told = [
            Entry(EntryId(0), feed.id, url, url, summary=FEED_HTML) for url in (made["fed"].url, made["locked"].url)
        ]
        entries.save(tx, told)
        reader.ids.update({name: one.id for name, one in zip(made, saved, strict=True)})
        stories.place(tx, Placement(reader.ids["fed"], reader.story, 0.9), NOW)
        stories.describe(tx, reader.story, lead=reader.ids["fed"], reports=3)
        background = Relation(reader.ids["fed"], reader.ids["sample"], RelationKind.BACKGROUND, 0.4)
        relations.save(tx, reader.ids["fed"], [background])
        reader.tools.search_index.update(
            tx,
            [SearchDocument(one.id, one.headline, one.text, (), one.publisher_id, one.language) for one in saved],
        )
    return {name: links.article("en-gb", reader.ids[name], one.headline) for name, one in made.items()}


def test_below_the_bar_the_feed_speaks_and_the_way_leads_out(reader: Reader) -> None:
    path = keep(reader)["fed"]
    page = unescape(reader.get(path).text)
    assert "partners" not in page
    for number, line in enumerate(FEED_WORDS.split("\n")):
        assert f'<p id="p{number}">{line}</p>' in page.replace("&amp;", "&")
    assert "Continue reading" not in page
    assert "alert(1)" not in page
    assert "We could not be sure to have read this article whole and clean" in page
    assert "From the feed of The Harbour Example" in page
    assert 'class="button" href="https://harbour.example/fed"' in page
    assert "Lamp of Varn: fed" in page
    assert "/picture/" in page
    assert "In brief" not in page
    assert "to read</span>" not in page
    assert "Lumen Labs opens a school of glass" in page, "related articles stay"
    assert "3 independent reports" in page, "the story stays"


def test_paywalls_are_called_so(reader: Reader) -> None:
    page = unescape(reader.get(keep(reader)["locked"]).text)
    assert "The Harbour Example shows the whole article to subscribers only" in page
    assert "We could not be sure" not in page
    arabic = reader.get(keep(reader)["locked"].replace("/en-gb/", "/ar-ae/")).text
    assert "للمشتركين وحدهم" in arabic


def test_without_a_feed_the_page_s_own_summary_speaks_or_nobody(reader: Reader) -> None:
    paths = keep(reader)
    alone = unescape(reader.get(paths["alone"]).text)
    assert '<p id="p0">What the page says of itself, in a sentence of its own.</p>' in alone
    assert "Summary by The Harbour Example" in alone
    mute = unescape(reader.get(paths["mute"]).text)
    assert "partners" not in mute
    assert 'class="gate-from"' not in mute
    assert "We could not be sure" in mute


def test_no_word_of_it_goes_out_anywhere(reader: Reader) -> None:
    paths = keep(reader)
    story = links.story("en-gb", reader.story, "Lamp of Varn: fed")
    lists = ["/en-gb/latest", "/en-gb/source/harbour", story, "/en-gb/search?q=lamp", "/en-gb", *paths.values()]
    for path in lists:
        page = reader.get(path)
        assert page.status_code == 200
        assert "Lamp" in page.text
        assert "partners" not in page.text, path
    for path in ("/en-gb/latest", story):
        for kind in links.FORMATS:
            feed = reader.get(links.feed(path, kind)).text
            assert "partners" not in feed, (path, kind)
            assert "burns again after forty years" in feed, (path, kind)
    found = json.loads(reader.get("/en-gb/search.json?q=lamp").text)
    assert len(found["items"]) == 4
    assert all("partners" not in json.dumps(one) for one in found["items"])


def test_the_bar_is_a_setting(make_reader: Callable[..., Reader]) -> None:
    trusting = make_reader(settings={"quality": QualitySettings(bar=0.3)})
    page = trusting.get(keep(trusting)["fed"]).text
    assert "partners" in page
    assert "We could not be sure" not in page
    strict = make_reader(settings={"quality": QualitySettings(bar=1.0)})
    page = strict.get(links.article("en-gb", strict.ids["ledger"], "Tide ledger found in drowned archive")).text
    assert "We could not be sure" not in page, "1.0 is not below 1.0"


def test_a_policy_may_show_less_but_never_more(make_reader: Callable[..., Reader]) -> None:
    public = make_reader(WebSettings(public_url="https://news.example"))
    page = unescape(public.get(keep(public)["fed"]).text)
    assert "burns again after forty years" in page
    assert "partners" not in page
    assert "We could not be sure" in page
    headlines = make_reader(WebSettings(policy="headline"))
    page = unescape(headlines.get(links.article("en-gb", headlines.ids["fed"], "Lamp of Varn: fed")).text)
    assert "burns again" not in page
    assert "We could not be sure" not in page
    assert "/picture/" not in page.partition('class="related')[0]


def entry(summary: str = "", content: str = "", title: str = "") -> Entry:
    return Entry(EntryId(1), FeedId(1), "g", "https://harbour.example/x", title, summary, content)


LONG = "The keeper climbed the four hundred steps with a can of oil in each hand, and lit it."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (entry(FEED_HTML), FEED_WORDS),
        (entry(LONG), LONG),
        (entry("Comments", f"<div>{LONG}</div>"), LONG),
        (entry(f'{LONG} <a href="/x">Read more</a>'), LONG),
        (entry(f'{LONG[:-1]} with <a href="/x">his daughter</a>'), f"{LONG[:-1]} with his daughter"),
        (entry(f"<p>{LONG}</p><p>The post <a>{LONG}</a> appeared on <a>Harbour</a>.</p>"), LONG),
        (entry(LONG, title=LONG), ""),
        (entry("", "<img src=x>"), ""),
        (entry("<p>a</p>" * 9 + "<a"), ""),
        (entry(), ""),
    ],
)
def test_what_a_feed_says_in_plain_words(given: Entry, said: str) -> None:
    assert feed_words(given) == said


def test_a_feed_that_says_everything_is_cut_at_a_line() -> None:
    assert feed_words(entry(f"<p>{LONG}</p>" * 40)).split("\n") == [LONG] * (MOST // len(LONG))
    assert len(feed_words(entry(f"{LONG} " * 40))) <= MOST


def test_hostile_feeds_are_read_in_no_time() -> None:
    for bomb in ("<a>" * 200_000, "<p><a" * 200_000, "<div>" * 200_000 + "x", "&" * 1_000_000):
        assert len(feed_words(entry(bomb))) <= MOST


def test_a_page_s_summary_counts_when_it_is_not_the_text_s_beginning() -> None:
    one = article("harbour", "x", "X", 1)
    assert page_words(one) == "", "its excerpt is where the text begins"
    assert page_words(replace(one, excerpt=f"{one.text[:60]}…")) == ""
    assert page_words(replace(one, excerpt="A summary.")) == "A summary."
    assert page_words(replace(one, standfirst="A standfirst.")) == "A standfirst."
    assert page_words(replace(one, excerpt="")) == ""


def test_what_is_guarded_keeps_only_what_stands_in() -> None:
    whole = replace(doubtful("x", 1), standfirst="Doubtful.", correction="Doubtful.")
    words = StandIn("One.\nTwo.", from_feed=True)
    full = guarded(whole, words, DisplayPolicy.FULL)
    assert [block.text for block in full.blocks] == ["One.", "Two."]
    assert (full.excerpt, full.standfirst, full.correction, full.image) == ("One. Two.", "", "", whole.image)
    assert [block.text for block in guarded(whole, words, DisplayPolicy.EXCERPT).blocks] == ["One. Two."]
    assert guarded(whole, StandIn(), DisplayPolicy.FULL).blocks == ()
    bare = guarded(whole, words, DisplayPolicy.HEADLINE)
    assert (bare.blocks, bare.excerpt, bare.image) == ((), "", None)
    shy = replace(whole, rights=Rights(robots=("max-snippet:9", "noimageindex")))
    bound = guarded(shy, words, DisplayPolicy.EXCERPT)
    assert (bound.excerpt, bound.image) == ("One.…", None)


def test_why_a_text_is_not_shown() -> None:
    display = Display(DisplayPolicy.FULL, {PublisherId("x"): DisplayPolicy.FULL}, 0.5)
    one = replace(doubtful("x", 1), id=ArticleId(1))
    assert why_not_shown(display, one, DisplayPolicy.FULL) == "unread"
    assert why_not_shown(display, replace(one, paywalled=True), DisplayPolicy.EXCERPT) == "paywalled"
    assert why_not_shown(display, replace(one, complete=0.5), DisplayPolicy.FULL) == ""
    assert why_not_shown(display, one, DisplayPolicy.HEADLINE) == ""
