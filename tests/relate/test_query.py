"""What a reader's line of a search means."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from octavo.relate.query import Part, Question, merge, operator, parse, span, unfinished

NOW = datetime(2026, 11, 26, 20, 30, tzinfo=UTC)


def said(line: str) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(one.kind, one.values, one.wanted) for one in parse(line).parts]


CASES = {
    "flood london": [("word", ("flood",), True), ("word", ("london",), True)],
    'a "iron bridge"': [("word", ("a",), True), ("word", ("iron bridge",), True)],
    "“iron bridge”": [("word", ("iron bridge",), True)],
    '"never closed': [("word", ("never closed",), True)],
    "flood -storm": [("word", ("flood",), True), ("word", ("storm",), False)],
    '-"iron bridge"': [("word", ("iron bridge",), False)],
    "source:bbc": [("source", ("bbc",), True)],
    'source:"The Times"': [("source", ("The Times",), True)],
    "-source:bbc": [("source", ("bbc",), False)],
    "#Climate tag:#sea": [("tag", ("Climate",), True), ("tag", ("sea",), True)],
    "lang:en,ar": [("language", ("en", "ar"), True)],
    "LANG:en": [("language", ("en",), True)],
    "مصدر:المنارة بعد:أمس": [("source", ("المنارة",), True), ("after", ("أمس",), True)],
    "before:٢٠٢٦-١١": [("before", ("٢٠٢٦-١١",), True)],
    "has:photo sort:new": [("has", ("photo",), True), ("sort", ("new",), True)],
    "flood OR storm": [("word", ("flood", "storm"), True)],
    "source:a OR source:b": [("source", ("a", "b"), True)],
    "flood OR source:b": [("word", ("flood",), True), ("source", ("b",), True)],
    "foo:bar http://x.example/y": [("word", ("foo:bar",), True), ("word", ("http://x.example/y",), True)],
    "before:banana has:cheese": [("word", ("before:banana",), True), ("word", ("has:cheese",), True)],
    "before:2026-13-40": [("word", ("before:2026-13-40",), True)],
    "source: flood": [("word", ("flood",), True)],
    "iron-bridge": [("word", ("iron-bridge",), True)],
    '- "" OR ( # :': [],
}


@pytest.mark.parametrize("line", CASES)
def test_a_line_is_read(line: str) -> None:
    assert said(line) == CASES[line]


def test_what_the_index_is_asked_for() -> None:
    asked = parse('flood "iron bridge" OR quay london -storm -"old town" source:bbc')
    assert (asked.text, asked.either) == ("flood london", (('"iron bridge"', "quay"),))
    assert asked.without == ("storm", '"old town"')
    assert [one.written for one in asked.filters] == ["-storm", '-"old town"', "source:bbc"]


@pytest.mark.parametrize("line", CASES)
def test_a_question_is_written_so_that_it_reads_the_same(line: str) -> None:
    asked = parse(line)
    assert said(asked.written()) == [(one.kind, one.values, one.wanted) for one in asked.parts]
    for one in asked.parts:
        left = asked.without_part(one)
        assert said(left.written()) == [(kept.kind, kept.values, kept.wanted) for kept in left.parts]


def test_controls_and_operators_are_the_same_thing() -> None:
    asked = parse("flood source:bbc")
    assert merge(asked, [operator("source", "bbc")]) == asked
    assert merge(asked, [operator("tag", "two words")]).written() == 'flood source:bbc tag:"two words"'
    assert parse(operator("language", "en").written).parts == (Part("language", ("en",), True, "lang:en"),)


MOMENTS = {
    "2026": datetime(2026, 1, 1, tzinfo=UTC),
    "2026-11": datetime(2026, 11, 1, tzinfo=UTC),
    "2026-11-05": datetime(2026, 11, 5, tzinfo=UTC),
    "٢٠٢٦-١١-٠٥": datetime(2026, 11, 5, tzinfo=UTC),
    "today": datetime(2026, 11, 26, tzinfo=UTC),
    "yesterday": datetime(2026, 11, 25, tzinfo=UTC),
    "أمس": datetime(2026, 11, 25, tzinfo=UTC),
    "7d": NOW - timedelta(days=7),
    "24h": NOW - timedelta(hours=24),
    "2w": NOW - timedelta(days=14),
    "2026-02-30": None,
    "0000-01-01": None,
    "soon": None,
}


@pytest.mark.parametrize("text", MOMENTS)
def test_dates_name_a_moment(text: str) -> None:
    assert span(Part("after", (text,)), NOW, UTC) == MOMENTS[text]


def test_a_day_begins_where_the_reader_is() -> None:
    gulf = timezone(timedelta(hours=4))
    assert span(Part("after", ("today",)), NOW, gulf) == datetime(2026, 11, 27, tzinfo=gulf)


UNFINISHED = {
    "flood lon": ("", "word", "flood lon"),
    "flood source:gu": ("flood", "source", "gu"),
    "flood #cli": ("flood", "tag", "cli"),
    "source:": ("", "source", ""),
    'x "quoted" wor': ('x "quoted"', "word", "wor"),
    "source:bbc fl oo": ("source:bbc", "word", "fl oo"),
    "-sto": ("-sto", "word", ""),
    "": ("", "word", ""),
}


@pytest.mark.parametrize("line", UNFINISHED)
def test_what_is_still_being_typed(line: str) -> None:
    assert unfinished(line) == UNFINISHED[line]


@pytest.mark.parametrize("line", ['"' * 500, "source:" * 200, "-" * 999, "OR " * 300, "a:b:" * 99, "\x00\ud800", "“„«"])
def test_no_line_is_an_error_and_the_work_is_bounded(line: str) -> None:
    assert isinstance(parse(line), Question)
    assert len(parse(line).parts) <= 40
    unfinished(line)
