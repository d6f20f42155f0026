"""learn_boilerplate: pages teach once, articles that carry what was learned are read again, the owner's word stands."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from octavo.actions.boilerplate import find_publisher, lines_of, set_kept
from octavo.adapters.newswire.library import read_library
from octavo.adapters.newswire.markup import plain_text
from octavo.adapters.newswire.newsstand import Newsstand
from octavo.adapters.newswire.site import ArticleView, build_site
from octavo.adapters.newswire.timetable import visible
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.page import Page, PageState
from octavo.domain.publisher import Publisher
from octavo.errors import InputError, NotFound
from octavo.extract.boilerplate import line_key
from octavo.pipeline.extract_article import extract_pages, read_again
from octavo.pipeline.passes import extract_waiting
from octavo.pipeline.poll_feed import page_key
from octavo.ports.tools import Tools
from octavo.store import articles, boilerplate, changes, pages, publishers

from .conftest import NOW

PAPER = PublisherId("paper.example")
BOX = "Sign in to reach your portfolio and lists"
SUBJECTS = {
    "ferry": "Captains, deckhands and stewards of the ferry voted on Friday to sail again, after nine weeks ashore.",
    "tunnel": "Judges stopped the tunnel below Marram hill on Monday, because nobody had asked the farmers above it.",
    "museum": "The museum gives back four bronze horses, which a lieutenant had carried off in his luggage in 1904.",
    "harvest": "Growers on the southern slopes call this the poorest harvest since drought killed the olives of 1987.",
    "orchestra": "For the first time the orchestra is led by a violinist who learned her music from the radio alone.",
    "glacier": "Where the glacier ended in spring there is a lake now, and hikers row across it in borrowed boats.",
    "lighthouse": "Nobody has lived in the lighthouse for thirty years, yet someone polishes its brass every winter.",
}


def html(subject: str, box: str = BOX) -> bytes:
    return f"""<!doctype html><html lang="en"><title>{subject.title()} news</title><article>
<h1>Why the {subject} took so long</h1>
<p>{SUBJECTS[subject]}</p>
<p>{box}</p>
<p>“We have waited a long time for the {subject},” said Ilse Brandt, who came with a hundred others to see it.</p>
<p>Whoever wants to see the {subject} should come early, before the gates are shut again.</p>
</article></html>""".encode()


def keep(tools: Tools, url: str, body: bytes, publisher: PublisherId = PAPER, kind: str = "text/html") -> Page:
    """Keep a page as fetch_page leaves it, fetched an hour ago."""
    page = Page(
        key=page_key(url), url=url, host="paper.example", publisher_id=publisher, state=PageState.FETCHED,
        content_type=kind, blob=f"pages/{page_key(url)}", first_seen_at=NOW, fetched_at=NOW - timedelta(hours=1),
    )  # fmt: skip
    tools.blobs.put(page.blob, body)
    with tools.database.transaction() as tx:
        if publishers.get(tx, publisher) is None:
            publishers.save(tx, [Publisher(publisher, publisher.title(), hosts=(publisher,))])
        pages.add(tx, [replace(page, state=PageState.PENDING)])
        pages.save(tx, [page])
    return page


def address(subject: str) -> str:
    return f"https://paper.example/{subject}"


def texts(tools: Tools) -> list[str]:
    with tools.database.read() as view:
        return [one.text for one in articles.iterate(view, ArticleId(-1), 999)]


def extract(tools: Tools) -> int:
    """Extract until nothing waits; gives the number of pages read, which is bounded."""
    total = 0
    for done in extract_waiting(tools):
        total += done
        assert total < 1000, "it never settles"
    return total


@pytest.fixture
def taught(tools: Tools) -> Tools:
    """Tools whose store has read five pages, one after the other."""
    for subject in list(SUBJECTS)[:5]:
        keep(tools, address(subject), html(subject))
        extract(tools)
    return tools


def test_what_pages_share_is_learned_and_articles_that_carry_it_are_read_again(taught: Tools) -> None:
    assert [BOX in text for text in texts(taught)] == [False] * 5
    [line] = [one for one in lines_of(taught, find_publisher(taught, "paper.example")) if one.dropped]
    assert (line.text, line.pages, line.of_pages) == (BOX, 5, 5)
    with taught.database.read() as view:
        found = articles.by_url(view, address("ferry"))
        assert found is not None
        assert articles.revisions_of(view, found.id) == [], "reading again is no edit of the publisher's"
        kinds = [str(one.kind) for one in changes.since(view, 0, 99) if one.article_id == found.id]
    assert kinds == ["new", "edited"], "but search and stories hear of the new text"


def test_a_page_counts_once_however_often_it_is_read(taught: Tools) -> None:
    assert read_again(taught) == 5
    assert extract(taught) == 5
    keep(taught, address("ferry"), html("ferry"))
    assert extract(taught) == 1
    with taught.database.read() as view:
        assert boilerplate.pages_counted(view, PAPER) == 5


def test_pages_that_come_at_once_teach_as_those_that_come_in_turn(tools: Tools) -> None:
    for subject in SUBJECTS:
        keep(tools, address(subject), html(subject))
    assert extract(tools) == 2 * len(SUBJECTS)
    assert not [text for text in texts(tools) if BOX in text]


def test_publishers_do_not_teach_each_other(taught: Tools) -> None:
    keep(taught, "https://other.example/glacier", html("glacier"), PublisherId("other.example"))
    extract(taught)
    assert [BOX in text for text in texts(taught)].count(True) == 1


def test_the_owner_keeps_a_line_for_ever(taught: Tools) -> None:
    paper = find_publisher(taught, "https://www.paper.example/about")
    assert set_kept(taught, paper, f"{line_key(BOX):016x}", kept=True) == 5
    keep(taught, address("glacier"), html("glacier"))
    extract(taught)
    assert [BOX in text for text in texts(taught)] == [True] * 6
    [line] = lines_of(taught, paper)
    assert (line.learned, line.kept, line.dropped, line.pages) == (True, True, False, 6)


def test_the_owner_drops_a_line_nothing_was_learned_of(taught: Tools) -> None:
    words = SUBJECTS["tunnel"]
    set_kept(taught, find_publisher(taught, PAPER), words, kept=False)
    extract(taught)
    assert [text for text in texts(taught) if words in text] == []


def test_what_is_no_publisher_or_no_line_is_said(taught: Tools) -> None:
    with pytest.raises(NotFound, match=r"no publisher nobody\.example"):
        find_publisher(taught, "nobody.example")
    with pytest.raises(InputError, match="is no line"):
        set_kept(taught, find_publisher(taught, PAPER), "—", kept=True)


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def faults(tools: Tools, views: dict[str, ArticleView]) -> tuple[list[str], list[str]]:
    """Lines of articles that their authors did not write, and lines written that they lack."""
    strange, lost = [], []
    with tools.database.read() as read:
        for url, view in views.items():
            article = articles.by_url(read, url)
            assert article is not None, url
            written = plain_text(view.blocks).split("\n")
            gold = plain("".join(written) + view.article.draft.standfirst)
            text = plain(article.text + article.standfirst)
            strange += [line for line in article.text.split("\n") if plain(line) not in gold]
            lost += [line for line in written if plain(line) not in text]
    return strange, lost


@pytest.mark.slow
def test_the_newswires_furniture_goes_and_its_text_stays(tools: Tools) -> None:
    library = read_library()
    began = datetime.fromisoformat("2026-03-04T09:00:00+00:00")
    stand = Newsstand(library, began, 8000)
    views: dict[str, ArticleView] = {}
    waiting = []
    for publisher in library.publishers:
        for view in build_site(publisher, visible(library, began, began), stand.origin(publisher)).articles:
            answer = stand.answer(f"{publisher.key}.localhost:8000", view.path, began)
            waiting.append(keep(tools, view.url, answer.body, PublisherId(publisher.key), answer.content_type))
            views[view.url] = view
    extract_pages(tools, waiting, None)
    strange, lost = faults(tools, views)
    assert len(strange) >= 10, "there is something to learn"
    again = extract(tools)
    assert faults(tools, views) == ([], lost)
    assert 0 < again < len(views)
