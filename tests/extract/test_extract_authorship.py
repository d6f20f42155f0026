"""Which authors are believed when the places of a page disagree."""

import string
import time

import pytest

from octavo.domain.article import Byline
from octavo.extract.attribution import Kind, Source, gather_claims
from octavo.extract.authorship import Setting, gather, identity, readings, weigh, weights
from octavo.extract.byline import find_byline, setting_of
from octavo.extract.structured import Thing, read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import parse

PROSE = (
    "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings, the council said.</p>"
    "<p>The popular route was built in 1978, and the harbour still sells its own products to those who wait for it.</p>"
)


def _source(
    body: str, head: str = "", main: Thing | None = None, feed: tuple[str, ...] = (), also: frozenset[int] = frozenset()
) -> Source:
    tree = parse(f"<head>{head}</head><body>{body}</body>")
    assert tree.body
    layout = lay_out(tree.body)
    chosen = [number for number, piece in enumerate(layout.pieces) if len(piece.text) > 80 or number in also]
    return Source(read_statements(tree), main, layout, chosen, "Tarn Gazette", feed)


def _byline(
    body: str, head: str = "", main: Thing | None = None, feed: tuple[str, ...] = (), also: frozenset[int] = frozenset()
) -> Byline:
    source = _source(body, head, main, feed, also)
    return find_byline(source.statements, main, source.layout, source.chosen, source.publisher, feed)


def _stated(*names: str, kind: str = "person") -> Thing:
    return Thing(authors=tuple((name, kind) for name in names))


def test_all_who_are_printed_wrote_it_when_the_page_states_one_of_them() -> None:
    body = f"<h1>Ferry</h1><div class=byline>Tom Askew</div><div class=byline>Anna Lee</div>{PROSE}"
    assert set(_byline(body, main=_stated("Anna Lee")).people) == {"Anna Lee", "Tom Askew"}


def test_a_line_that_names_more_than_is_stated_is_believed() -> None:
    body = f"<h1>Ferry</h1><p class=byline>By Anna Lee, Tom Askew and Maria Ruiz</p>{PROSE}"
    assert _byline(body, main=_stated("Anna Lee")).people == ("Anna Lee", "Tom Askew", "Maria Ruiz")


def test_an_outlet_is_not_the_author_where_somebody_signs() -> None:
    body = f"<h1>Ferry</h1><p class=byline>by Tarn Gazette</p><p>ANNA LEE</p>{PROSE}"
    found = _byline(body, main=_stated("Tarn Gazette"), also=frozenset({2}))
    assert found.people == ("ANNA LEE",)


def test_an_editor_stated_as_the_author_is_not_when_the_page_says_editor() -> None:
    body = f"<h1>Ferry</h1><div class=author>Anna Lee</div><div>20/1/2026 18:30</div>{PROSE}<p>Editor : Tom Askew</p>"
    assert _byline(body, main=_stated("Tom Askew")).people == ("Anna Lee",)


@pytest.mark.parametrize(
    "line",
    [
        "Written by Anna Lee",
        "Autorin/Autor Anna Lee",
        "(Autor: Anna Lee)",
        "All articles by Anna Lee",
        "Anna Lee",
    ],
)
def test_an_author_named_at_the_end(line: str) -> None:
    assert _byline(f"<h1>Ferry</h1>{PROSE}<p>{line}</p>").people == ("Anna Lee",)


def test_an_author_described_at_the_end() -> None:
    body = f"<h1>Ferry</h1>{PROSE}<h3>About the author</h3><p>Anna Lee</p><p>Anna Lee is a reporter in Tarn.</p>"
    assert _byline(body).people == ("Anna Lee",)
    alone = _source(f"<h1>Ferry</h1>{PROSE}<div>About the author</div><p>Anna Lee</p>")
    assert [claim.people for claim in gather_claims(alone) if claim.kind is Kind.ABOUT] == [("Anna Lee",)]


@pytest.mark.parametrize("junk", ["<h2>Popular Products</h2>", "<ul><li><a href=/x>My Account</a></li></ul>"])
def test_headings_and_links_of_lists_are_no_authors(junk: str) -> None:
    assert _byline(f"<h1>Ferry</h1>{junk}{PROSE}{junk}").people == ()


def test_words_the_page_writes_small_are_no_name() -> None:
    assert _byline(f"<h1>Ferry</h1><div>Popular Products</div>{PROSE}").people == ()
    source = _source(f"<h1>Ferry</h1><p class=byline>By Winter Crossings</p><p>By Winter Harbourmaster</p>{PROSE}")
    claims, setting = gather_claims(source), setting_of(source)
    offers = gather(claims, setting)
    common = {
        name: weigh(reading, offers, setting).get("common", 0.0)
        for reading in readings(claims, setting)
        for name in reading.names.values()
    }
    assert common == {"Winter Crossings": 1.0, "Winter Harbourmaster": 0.0}


@pytest.mark.parametrize("role", ["Photo: Tom Askew", "Edited by Tom Askew", "Foto: Tom Askew", "摄影：王小明"])
def test_others_at_work_are_no_authors(role: str) -> None:
    assert _byline(f"<h1>Ferry</h1><p class=byline>By Anna Lee</p><p>{role}</p>{PROSE}").people == ("Anna Lee",)
    assert _byline(f"<h1>Ferry</h1><p>{role}</p>{PROSE}").people == ()


@pytest.mark.parametrize(
    ("stated", "kind", "text"),
    [
        ("Gazette Staff", "person", "Gazette Staff"),
        ("dpa", "organization", "dpa"),
        ("Redaktion gazette.example", "organization", "Redaktion gazette.example"),
        ("Tarn Gazette et AFP", "person", "Tarn Gazette et AFP"),
    ],
)
def test_a_desk_or_an_agency_is_kept_as_stated(stated: str, kind: str, text: str) -> None:
    assert _byline(f"<h1>Ferry</h1>{PROSE}", main=_stated(stated, kind=kind)) == Byline(text)


def test_a_staff_byline_is_not_filled_with_the_authors_of_other_articles() -> None:
    cards = "".join(f"<div><p class=meta-author>By {name}</p></div>" for name in ("Tom Askew", "Maria Ruiz"))
    body = f'<h1>Ferry</h1><a rel="author">Gazette Staff</a>{PROSE}{"<p>x</p>" * 40}{cards}'
    assert _byline(body, '<meta name="author" content="Gazette Staff">') == Byline("Gazette Staff")


def test_the_feed_agrees_or_fills_in() -> None:
    assert _byline(f"<h1>Ferry</h1>{PROSE}", feed=("Anna Lee",)).people == ("Anna Lee",)


def test_a_name_in_capitals_is_given_as_the_page_writes_it_elsewhere() -> None:
    body = f"<h1>Ferry</h1><p class=byline>By Anna Lee</p>{PROSE}"
    assert _byline(body, main=_stated("ANNA LEE")).people == ("Anna Lee",)


def test_the_publishers_own_part_of_a_line_is_left_out() -> None:
    for own in ("Tarn GAZETTE", "Tarn G."):
        body = f"<h1>Ferry</h1><p class=byline>By Anna Lee, {own}</p>{PROSE}"
        assert _byline(body).people == ("Anna Lee",)


def test_nobody_is_named_where_nothing_says_so() -> None:
    assert _byline(f"<h1>Ferry</h1>{PROSE}<footer>© 2026 All rights reserved</footer>") == Byline()


def test_spellings_of_a_name_are_one_person() -> None:
    assert identity("Anna M. Lee") == identity("Anna Lee") == identity("ANNA  LEE")
    assert identity("Anna Lee") != identity("Anna Low")


def test_every_place_is_told_apart() -> None:
    body = f"<h1>Ferry</h1><p class=byline>By Anna Lee</p><p>4 March 2026</p>{PROSE}<p>Photos by Tom Askew</p>"
    claims = gather_claims(_source(body, '<meta name="author" content="Anna Lee">', _stated("Anna Lee"), ("Anna Lee",)))
    assert {Kind.PERSON, Kind.META, Kind.BYLINE_NEAR, Kind.BY_ABOVE, Kind.FEED, Kind.OTHER} <= {c.kind for c in claims}
    assert [reading.names for reading in readings(claims, Setting())] == [{"annalee": "Anna Lee"}]


def test_the_weights_are_of_places_that_exist() -> None:
    places = {kind.value for kind in Kind}
    said = {name.partition("_")[2] for name in weights() if name.startswith(("with_", "lacks_", "against_", "is_"))}
    assert said <= places
    assert weights()["with_person"] > 0 > weights()["common"]


@pytest.mark.parametrize(
    "part", ["By Ann Lee, ", "a", "(", "Ann Lee and ", "© ", "王", "1/1/2026 ", string.punctuation]
)
def test_long_lines_are_read_in_bounded_time(part: str) -> None:
    long = part * (1_000_000 // len(part))
    start = time.process_time()
    _byline(
        f"<h1>{long}</h1><p class=author>{long}</p><p>{long}</p>{PROSE}<p>{long}</p>", main=_stated(long), feed=(long,)
    )
    assert time.process_time() - start < 5
