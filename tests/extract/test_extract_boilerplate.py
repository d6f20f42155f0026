"""Learning what a publisher repeats: lines named, counted, judged; articles read without them, nothing else lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from octavo.domain.article import Article, BlockKind
from octavo.domain.boilerplate import RepeatedLine, Topic
from octavo.domain.ids import PublisherId
from octavo.domain.page import PageSource
from octavo.domain.site_rule import SiteRule
from octavo.extract.article import extract_article, read_article
from octavo.extract.boilerplate import (
    WIDTH,
    PageLine,
    PageLines,
    add_page,
    is_theirs,
    judged,
    keys_of_text,
    line_key,
    newly_dropped,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAPER = PublisherId("harbour-post.example")

STORIES = (
    ("Ferry crews end their strike", "crews ferry strike union wages", "ferry crews"),
    ("Observatory finds a cold planet", "planet telescope orbit astronomers survey", "cold planet"),
    ("Olive harvest fails on the southern slopes", "olive harvest growers drought slopes", "olive harvest"),
    ("Court halts the tunnel below Marram hill", "tunnel court hillside judges excavation", "tunnel"),
    ("Chess champion loses to a schoolgirl", "champion schoolgirl opening endgame tournament", "chess game"),
    ("Museum gives back four bronze horses", "museum bronze horses curator collection", "bronze horses"),
)
JUNK = "Error in retrieving data. Sign in to reach your portfolio and lists."


def story(number: int) -> tuple[str, list[str]]:
    """A fictional headline and its paragraphs."""
    headline, words, about = STORIES[number]
    one, two, three, four, five = words.split()
    return headline, [
        f"The {about} of Port Ember had kept the whole town waiting since the spring, and on Tuesday the {one} came.",
        f"“Nobody expected the {two} so soon,” said Ilse Brandt, who has followed the {three} for eleven years.",
        f"What the {four} means for the {one} will be known in a month, when the {five} is looked at again.",
        f"Until then the {two} and the {three} stay where they are, the town's office said in a short statement.",
    ]


def html(number: int, extra: Sequence[str] = (), *, junk: str = JUNK, tag: str = "p") -> bytes:
    headline, paragraphs = story(number)
    shown = [f"<p>{text}</p>" for text in [*paragraphs, *extra]]
    shown.insert(2, f"<{tag}>{junk}</{tag}>" if junk else "")
    body = "".join(shown)
    return (
        f"<!doctype html><html lang=en><title>{headline}</title><article><h1>{headline}</h1>{body}</article>".encode()
    )


def source(number: int, page: bytes, dropped: frozenset[int] = frozenset()) -> PageSource:
    return PageSource(url=f"https://harbour-post.example/{number}", html=page, boilerplate=dropped)


def learn(pages: Sequence[bytes], before: dict[int, RepeatedLine] | None = None) -> tuple[RepeatedLine, ...]:
    lines = dict(before or {})
    number = 0
    for number, page in enumerate(pages, 1):
        add_page(lines, read_article(source(number, page), now=NOW)[1], number, PAPER, NOW)
    return judged(lines, number)


def dropped(lines: Sequence[RepeatedLine]) -> frozenset[int]:
    return frozenset(line.key for line in lines if line.dropped)


def read(number: int, page: bytes, without: frozenset[int]) -> Article:
    return extract_article(source(number, page, without), now=NOW)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Subscribe: 3 articles left", "SUBSCRIBE — 12 articles left!", ""),
        ("You own this paper. 2,300 of you do.", "You  own this paper. 950 of you do.", ""),
        ("4 March 2026, 04:10", "Tuesday, 17 November 2025", ""),
        ("2026年3月4日", "2025年12月31日", ""),
        ("تابعوا الخبر 3", "تابعوا الخبر 44", ""),
        ("Background", "background", "head"),
    ],
)
def test_lines_that_differ_in_numbers_or_type_are_one(first: str, second: str, kind: str) -> None:
    assert line_key(first, kind) == line_key(second, kind) != 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Read our letter", "Read our letters"),
        ("Budget 2024", "Budget 2025 passed"),
        ("In March 2026 the town had 300 ferries and one bridge.", "4 March 2026, 04:10"),
    ],
)
def test_other_lines_are_other_lines(first: str, second: str) -> None:
    assert line_key(first) != line_key(second)


@pytest.mark.parametrize("text", ["", "—", "12:30", "3 – 1", "x" * 700, "A", "https://harbour-post.example/2511"])
def test_what_cannot_be_told_from_others_has_no_key(text: str) -> None:
    assert line_key(text) == 0


def test_a_heading_is_not_the_sentence_it_looks_like() -> None:
    assert line_key("Background", "head") != line_key("Background")
    assert {line_key("Background", "head"), line_key("Background")} <= keys_of_text("Background")


def test_a_box_in_the_text_is_learned_and_dropped_and_nothing_else_is() -> None:
    pages = [html(number) for number in range(5)]
    assert JUNK in read(0, pages[0], frozenset()).text, "the page alone cannot tell"
    lines = learn(pages)
    assert [line.text for line in lines if line.learned] == [JUNK]
    for number, page in enumerate(pages):
        alone, without = read(number, page, frozenset()), read(number, page, dropped(lines))
        assert alone.text.replace(f"{JUNK}\n", "") == without.text
        assert without.text.count("\n") == 3
        assert without.complete >= alone.complete
        assert _facts(without) == _facts(alone)


def _facts(article: Article) -> Article:
    """All but the text and what is measured of it."""
    return replace(article, blocks=(), word_count=0, complete=0.0, excerpt="")


def test_a_rule_for_the_site_still_holds() -> None:
    pages = [html(number) for number in range(5)]
    rule = SiteRule("harbour-post.example", "A test needs it.", body=("p:not(:last-child)",))
    ruled = replace(source(0, pages[0], dropped(learn(pages))), rule=rule)
    assert extract_article(ruled, now=NOW).text == "\n".join(story(0)[1][:-1])


def test_a_page_seen_alone_teaches_nothing_and_is_read_as_before() -> None:
    page = html(0)
    assert dropped(learn([page])) == frozenset()
    assert dropped(learn([page] * 9)) == frozenset(), "one article at nine addresses is one article"


def test_two_pages_are_not_enough_for_what_looks_like_the_article() -> None:
    assert dropped(learn([html(0), html(1)])) == frozenset()


def test_a_running_storys_background_stays() -> None:
    known = "The ferry crews have been on strike since 3 March over wages their union calls the lowest on the coast."
    pages = []
    for headline in ("Ferry strike enters its third week", "Union of ferry crews rejects offer", "Ferry talks resume",
                     "Minister meets striking ferry crews", "Wages at the heart of the ferry strike"):  # fmt: skip
        text = html(0, [known], junk="").decode().replace(STORIES[0][0], headline)
        pages.append(text.encode())
    pages += [html(number, junk="") for number in range(1, 6)]
    assert known not in [line.text for line in learn(pages) if line.learned]


def test_a_subhead_that_opens_part_of_the_text_stays() -> None:
    pages = [html(number, junk="What happened", tag="h2") for number in range(6)]
    lines = learn(pages)
    assert dropped(lines) == frozenset()
    article = read(0, pages[0], dropped(lines))
    assert [block.text for block in article.blocks if block.kind is BlockKind.SUBHEAD] == ["What happened"]


def test_code_and_tables_repeat_what_they_have_to() -> None:
    code = "<pre>ferry --from harbour --to island --fare adult</pre>"
    rows = "<table><tr><td>Fare for adults and children</td><td>4 crowns</td></tr>" * 2 + "</table>"
    pages = [html(number, junk=f"</p>{code}{rows}<p>") for number in range(6)]
    assert dropped(learn(pages)) == frozenset()
    assert "--fare adult" in read(0, pages[0], frozenset()).text, "or the test is about nothing"


def test_the_page_a_teaser_comes_from_keeps_its_words() -> None:
    teaser = "Deckhands and stewards walked back aboard the blue steamers at dawn, their lunch in paper bags."
    more = "The stewards had been first to leave in spring; deckhands followed, and no steamers were walked."
    pages = [html(number, junk=teaser) for number in range(1, 6)]
    lines = learn(pages)
    assert teaser in [line.text for line in lines if line.learned]
    own = source(0, html(0, [more], junk=teaser), dropped(lines))
    assert teaser in extract_article(own, now=NOW).text
    assert teaser not in extract_article(replace(own, barred=own.boilerplate), now=NOW).text, "the owner's word"
    assert teaser not in read(1, pages[0], dropped(lines)).text


def test_captions_and_summaries_that_repeat_are_dropped_too() -> None:
    tagline = "All the news of the harbour, the hill and the coast, every single morning."
    caption = "Archive picture of the Harbour Post, for use with any article"
    pages = []
    for number in range(6):
        picture = f"<figure><img src=/{number}.jpg width=900><figcaption>{caption}</figcaption></figure>"
        text = html(number, junk="").decode().replace("</p><p>", f"</p>{picture}<p>", 1)
        pages.append(text.replace("<title>", f'<meta name=description content="{tagline}"><title>').encode())
    alone = read(0, pages[0], frozenset())
    assert (alone.excerpt, [block.text for block in alone.blocks if block.url]) == (tagline, [caption])
    article = read(0, pages[0], dropped(learn(pages)))
    assert [block.text for block in article.blocks if block.url] == [""]
    assert article.excerpt == story(0)[1][0] or article.excerpt.startswith(story(0)[1][0][:60])


def linking(number: int, label: str) -> bytes:
    return html(number, junk=f"<a href=/{number}>{label}{STORIES[number - 1][0]}</a>")


def test_a_label_before_links_is_one_line_whatever_it_links_to() -> None:
    pages = [linking(number, "Read also: ") for number in range(6)]
    lines = learn(pages)
    assert all("Read also" not in read(number, page, dropped(lines)).text for number, page in enumerate(pages))


@pytest.mark.parametrize("label", ["Rule {}: ", "https://harbour-post.example/{}/"])
def test_numbered_links_and_addresses_are_not_one_line(label: str) -> None:
    assert dropped(learn([linking(number, label.format(number)) for number in range(6)])) == frozenset()


def topic(number: int) -> Topic:
    return Topic(frozenset({number}), frozenset({number}))


def line(**given: object) -> RepeatedLine:
    topics = tuple(topic(number) for number in range(4))
    made = RepeatedLine(PAPER, 1, "Sign up for our letter about the harbour and the coast", 4, 4, NOW, NOW,
                        likely=0.9, topics=topics)  # fmt: skip
    return replace(made, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "theirs"),
    [
        ({}, True),
        ({"pages": 4, "of_pages": 200}, False),  # too small a share
        ({"about": 0.6}, False),  # its words are the article's
        ({"heads": 3}, False),  # it opens parts of the text
        ({"topics": (topic(1),)}, False),  # one story
        ({"topics": (topic(1),), "likely": 0.05, "pages": 9, "of_pages": 9}, False),
        ({"text": "Background"}, False),  # short, and only four pages
        ({"text": "Advertising", "pages": 9, "of_pages": 10, "likely": 0.5}, True),
        ({"text": "Advertising", "pages": 9, "of_pages": 90, "likely": 0.5}, False),
        ({"likely": 0.98, "topics": (topic(1), topic(2))}, False),
        ({"pages": 2, "of_pages": 2, "likely": 0.5, "topics": (topic(1), topic(2))}, True),
        ({"pages": 2, "of_pages": 5, "likely": 0.5, "topics": (topic(1), topic(2))}, False),
        ({"pages": 9, "of_pages": 9, "likely": 0.3, "topics": (topic(1), topic(2))}, False),  # a series
        ({"pages": 2, "of_pages": 2, "likely": 0.8, "topics": (topic(1), topic(2))}, False),
    ],
)
def test_the_evidence_decides(given: dict[str, object], theirs: bool) -> None:
    assert is_theirs(line(**given)) is theirs


def test_what_was_learned_is_not_given_up_for_a_trifle() -> None:
    doubtful = line(about=0.5, likely=0.97)
    assert (is_theirs(doubtful), is_theirs(replace(doubtful, learned=True))) == (False, True)


def test_the_owners_word_outweighs_the_machine() -> None:
    assert line(learned=True).dropped
    assert not line(learned=True, kept=True).dropped
    assert line(kept=False).dropped
    after = [line(learned=True), line(key=2, kept=False), line(key=3, learned=True, kept=True)]
    assert newly_dropped({1: line(learned=True)}, after) == {2}


def test_memory_is_bounded_however_many_pages_come() -> None:
    lines: dict[int, RepeatedLine] = {}
    for number in range(1, 20 * WIDTH + 1):
        fresh = [PageLine(number * 100 + one, f"Once only {number} {one}", 0.9) for one in range(20)]
        always = PageLine(7, "On every page of them all", 0.5)
        add_page(lines, PageLines((*fresh, always), topic(number)), number, PAPER, NOW)
        if number % WIDTH == 0:
            lines = {one.key: one for one in judged(lines, number)}
            assert set(lines) == {7}
    assert (lines[7].pages, lines[7].of_pages, len(lines[7].topics)) == (20 * WIDTH, 20 * WIDTH, 5)


def test_a_line_new_to_the_site_is_measured_by_the_pages_since() -> None:
    lines: dict[int, RepeatedLine] = {}
    for number in range(1, 1001):
        shown = (PageLine(7, "A box that came with the new design", 0.5),) if number > 900 else ()
        add_page(lines, PageLines(shown, topic(number)), number, PAPER, NOW)
    [found] = judged(lines, 1000)
    assert (found.pages, found.of_pages, found.learned) == (100, 100, True)
