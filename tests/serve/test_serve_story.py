"""A story's page: its pictures, whose report each article carries, and the articles of one language or outlet."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html

from octavo.domain.article import Article, Block, BlockKind, Dateline
from octavo.domain.digest import Digest, Located, Saga
from octavo.domain.ids import PublisherId, StoryId
from octavo.domain.provenance import Provenance
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.domain.story import Placement
from octavo.serve import links
from octavo.store import articles, digests, publishers, stories

from .conftest import NOW, PUBLISHERS, Reader
from .conftest import article as made

TOLL = "At least {n} people were killed when the Varn burst its banks on Monday, the emergency office said. {more}"
TOLD = (("harbour", 4, 60), ("ledger", 11, 40), ("harbour", 11, 39), ("wire", 17, 20), ("harbour", 17, 9))


def _blocks(text: str) -> tuple[Block, ...]:
    return (Block(BlockKind.PARAGRAPH, text),)


def _keep(reader: Reader, given: list[Article]) -> tuple[StoryId, list[Article]]:
    free = [replace(one, policy=DisplayPolicy.FULL) for one in PUBLISHERS]
    with reader.tools.database.transaction() as tx:
        publishers.save(tx, free)
        saved = articles.save(tx, given, now=NOW)
        story = stories.place(tx, Placement(saved[0].id, None, 1.0), NOW)
        for one in saved[1:]:
            stories.place(tx, Placement(one.id, story, 0.9), NOW)
        stories.describe(tx, story, lead=saved[0].id, reports=2)
    return story, saved


@pytest.fixture
def flood(reader: Reader) -> str:
    """A toll that grew over days, by three outlets, one of them in Arabic too; gives the page's address."""
    given = [
        made(
            publisher,
            f"flood-{number}",
            f"Varn flood kills {n}, day {number}",
            hours,
            blocks=_blocks(TOLL.format(n=n, more=f"Report {number} from the bridge of Ilva told of boats.")),
            excerpt="A flood.",
        )
        for number, (publisher, n, hours) in enumerate(TOLD)
    ]
    given.append(made("minara", "flood", "فيضان في وادي فارن", 5, language="ar", excerpt="فيضان.", blocks=()))
    story, _ = _keep(reader, given)
    return links.story("en-gb", story, given[0].headline)


def _articles(page: str) -> list[str]:
    return [one.text_content() for one in html.fromstring(page).xpath("//section[@class='tellers']//h3")]


def test_the_story_shows_how_its_toll_grew_and_when_each_outlet_reported(reader: Reader, flood: str) -> None:
    page = reader.get(flood).text
    assert [name in page for name in ("plot-strip", "plot-odometer", "plot-map")] == [True, True, False]
    assert "In order of time: 4 → 11 → 17." in page
    assert '<p class="latest"><strong>17</strong>' in page
    assert "4 outlets: " in page
    assert page.count("<caption>") == 2
    assert " style=" not in page


def test_every_article_stands_once_under_whose_report_it_is(reader: Reader, flood: str) -> None:
    page = reader.get(flood).text
    assert len(_articles(page)) == len(set(_articles(page))) == 6
    told = page.split('class="tellers"')[1].split("<footer")[0]
    assert "publishers" not in told


def test_articles_can_be_seen_by_language_and_by_outlet(reader: Reader, flood: str) -> None:
    page = reader.get(flood).text
    ways = dict(re.findall(r'<a href="([^"]+#reports)"[^>]*>(?:<bdi>)?([^<]+?)(?:</bdi>)? <span>', page))
    by_name = {name: path.replace("&amp;", "&") for path, name in ways.items()}
    arabic = reader.get(by_name["Arabic"].split("#")[0]).text
    assert _articles(arabic) == ["فيضان في وادي فارن"]
    assert '<meta name="robots" content="noindex,follow">' in arabic
    assert "All articles of this story" in arabic
    ledger = reader.get(by_name["Ledger Example"].split("#")[0]).text
    assert _articles(ledger) == ["Varn flood kills 11, day 1"]
    nonsense = reader.get(f"{flood}?language=%22%3E%3Cb%3E&outlet=nobody").text
    assert len(_articles(nonsense)) == 6
    assert "<b>&outlet" not in nonsense


def test_a_map_is_shown_where_a_place_matters_and_named_for_the_reader(reader: Reader, flood: str) -> None:
    story = StoryId(int(flood.split("/")[3], 36))
    muscat = Located("place/287286", "Muscat", "OM", 23.58, 58.41, 3)
    oman = Located("place/OM", "Oman", "OM", 21.0, 57.0, 4)
    empty = Digest(6, Provenance(4, ()))
    with reader.tools.database.transaction() as tx:
        digests.save(tx, story, replace(empty, places=(oman, muscat)), NOW)
    page = reader.get(flood).text
    assert "A map that shows Muscat." in page
    assert 'href="/en-gb/place/287286"' in page
    assert "خريطة تُظهر مسقط." in reader.get(flood.replace("en-gb", "ar-ae")).text
    reader.clock.now = NOW + timedelta(hours=2)
    with reader.tools.database.transaction() as tx:
        digests.save(tx, story, replace(empty, places=(oman,)), reader.clock.now)
    reader.app = None
    assert "plot-map" not in reader.get(flood).text


def test_the_brief_does_not_say_where_a_report_was_filed(reader: Reader) -> None:
    text = "VARN (Wire) — The harbour of Varn will open its third quay in May after nine years of work, the mayor said."
    given = [
        made("harbour", "quay", "Third quay opens", 2, blocks=_blocks(text), dateline=Dateline("VARN")),
        made("ledger", "quay", "Quay number three", 1, blocks=_blocks("A quay opens. It was long.")),
    ]
    story, saved = _keep(reader, given)
    page = reader.get(links.story("en-gb", story, saved[0].headline)).text
    assert "<span>The harbour of Varn will open" in page


def test_a_story_of_120_articles_stays_light(reader: Reader) -> None:
    outlets = [Publisher(PublisherId(f"p{n}"), f"Outlet {n}", "gb", ("en",)) for n in range(40)]
    with reader.tools.database.transaction() as tx:
        publishers.save(tx, outlets)
    given = [
        made(
            f"p{n % 40}", f"n{n}", f"Bridge over the Orrin closes, report {n}", 1 + n / 4, blocks=_blocks(f"Text {n}.")
        )
        for n in range(130)
    ]
    story, saved = _keep(reader, given)
    answer = reader.get(links.story("en-gb", story, saved[0].headline), accept_encoding="gzip")
    assert len(_articles(answer.text)) == 120
    assert int(answer.headers["content-length"]) < 40_000


def test_what_a_story_is_part_of_is_shown_with_the_names_it_is_about(reader: Reader, flood: str) -> None:
    story = StoryId(int(flood.split("/")[3], 36))
    days = [made("ledger", f"dam-{n}", f"Harrow dam inquiry, day {n}", 48 + n, excerpt="") for n in range(8)]
    with reader.tools.database.transaction() as tx:
        saved = articles.save(tx, days, now=NOW)
        others = [stories.place(tx, Placement(one.id, None, 1.0), NOW) for one in saved]
        for home, one in zip(others, saved, strict=True):
            stories.describe(tx, home, lead=one.id, reports=1)
        saga = Saga(("place/OM", "org/harrow"), NOW - timedelta(days=20), tuple(others))
        digests.save(tx, story, replace(Digest(6, Provenance(4, ())), saga=saga), NOW)
    [shown] = html.fromstring(reader.get(flood).text).xpath("//section[@aria-labelledby='larger-title']")
    assert shown.xpath(".//li/a/text()") == [f"Harrow dam inquiry, day {n}" for n in range(6)]
    assert "9 stories since" in shown.text_content()
    assert shown.xpath(".//p/a/@href")[0] == "/en-gb/place/OM"
    assert "Oman" in shown.text_content()
    told = reader.get(f"/api/v1/stories/{flood.split('/')[3]}?edition=en-gb").json()["larger"]
    assert (told["stories"], told["about"][0]["name"], len(told["latest"])) == (9, "Oman", 6)


def test_where_too_few_of_its_stories_are_left_nothing_larger_is_shown(reader: Reader, flood: str) -> None:
    story = StoryId(int(flood.split("/")[3], 36))
    saga = Saga(("place/OM", "org/harrow"), NOW, tuple(StoryId(900 + n) for n in range(5)))
    with reader.tools.database.transaction() as tx:
        digests.save(tx, story, replace(Digest(6, Provenance(4, ())), saga=saga), NOW)
    assert "larger-title" not in reader.get(flood).text
