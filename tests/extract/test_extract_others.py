"""What stands on an article's page and is by others: readers' comments, the next article, tables of cookies."""

import numpy as np
import pytest

from octavo.extract.body import settle
from octavo.extract.layout import Layout
from octavo.extract.walk import lay_out
from octavo.text.html import parse

_PROSE = "".join(
    f"<p>On day {day} the old bridge over the river was closed to carts, the town said.</p>" for day in range(8)
)
_COMMENT = "<li><p>I walked over it in {} and it shook, whatever they say now.</p><a>{}</a></li>"


def _chosen(body: str, titles: frozenset[str] = frozenset()) -> list[str]:
    layout = _layout(body)
    likely = np.full(len(layout.pieces), 0.9)
    return [layout.pieces[number].text for number in settle(layout, likely, titles).chosen]


def _layout(body: str) -> Layout:
    tree = parse(f"<body>{body}</body>")
    assert tree.body
    return lay_out(tree.body)


@pytest.mark.parametrize("button", ["Reply", "Reply to Ann", "Antworten", "Répondre", "回复", "Ann antworten"])
def test_readers_comments_are_told_by_their_buttons(button: str) -> None:
    comments = "".join(_COMMENT.format(year, button) for year in (1998, 2004))
    text = "\n".join(_chosen(f"<h1>Bridge closed</h1><div>{_PROSE}</div><ul>{comments}</ul>"))
    assert "On day 7" in text
    assert "shook" not in text


@pytest.mark.parametrize(
    "body",
    [
        f"<ul>{_COMMENT.format(1998, 'Reply')}</ul>",  # one alone may be the article's own list
        f"<ul>{_COMMENT.format(1998, 'More')}{_COMMENT.format(2004, 'More')}</ul>",
        f"<ul>{_COMMENT.format(1998, 'She gave no reply.')}{_COMMENT.format(2004, 'The town gave no reply.')}</ul>",
    ],
    ids=["one button", "other buttons", "sentences"],
)
def test_a_list_without_buttons_stays(body: str) -> None:
    assert "shook" in "\n".join(_chosen(f"<h1>Bridge closed</h1><div>{_PROSE}</div>{body}"))


def test_a_box_that_holds_the_article_too_is_no_box_of_comments() -> None:
    buttons = "<p>Question</p><a>Reply</a><p>Another</p><a>Reply</a>"
    assert "On day 7" in "\n".join(_chosen(f"<h1>Bridge closed</h1><div>{_PROSE}{buttons}</div>"))


def _article(headline: str, word: str) -> str:
    return f"<article><h1>{headline}</h1>{_PROSE.replace('bridge', word)}</article>"


def test_the_next_article_is_another() -> None:
    page = _article("Bridge closed", "bridge") + _article("Ferry late", "ferry")
    text = "\n".join(_chosen(page, frozenset({"bridgeclosed"})))
    assert "old bridge" in text
    assert "old ferry" not in text


def test_the_article_is_the_one_whose_headline_the_page_states() -> None:
    page = _article("Ferry late", "ferry") + _article("Bridge closed", "bridge")
    assert "old bridge" in "\n".join(_chosen(page, frozenset({"bridgeclosed"})))


def test_parts_of_one_article_stay() -> None:
    parts = _article("First part", "bridge") + _article("Second part", "ferry")
    text = "\n".join(_chosen(f"<article>{parts}</article>", frozenset({"firstpart"})))
    assert "old ferry" in text


def test_a_table_of_cookies_is_a_notice() -> None:
    rows = "".join(f"<tr><td>id_{n}</td><td>{n} days</td><td>This cookie counts visits.</td></tr>" for n in range(3))
    text = "\n".join(_chosen(f"<h1>Bridge closed</h1><div>{_PROSE}</div><table>{rows}</table>"))
    assert "counts visits" not in text
    assert "id_1" not in text


_TERMS = (
    "<div><div>This work is licensed under Creative Commons.</div><div>You may reprint it whole.</div>"
    "<div>Name the Tarn Gazette.</div></div>"
)


@pytest.mark.parametrize(("headline", "kept"), [("Bridge closed", False), ("Who may reprint the news", True)])
def test_terms_to_print_a_text_again_are_a_notice(headline: str, *, kept: bool) -> None:
    text = "\n".join(_chosen(f"<h1>{headline}</h1><div>{_PROSE}</div>{_TERMS}"))
    assert "On day 7" in text
    assert ("Name the Tarn Gazette" in text) is kept


def test_a_box_headed_by_such_terms_goes_whole() -> None:
    rules = "".join(f"<p>Rule {n}: our editors would like to be told of what you change in it.</p>" for n in range(9))
    rules += "<p>You may republish it.</p><p>Republish it whole.</p>"
    box = f"<div><button>×</button><h3>Republish this story</h3>{rules}</div>"
    text = "\n".join(_chosen(f"<h1>Bridge closed</h1><div>{_PROSE * 3}</div>{box}"))
    assert "On day 7" in text
    assert "Rule 4" not in text


def test_a_table_with_one_cookie_in_it_stays() -> None:
    rows = "".join(f"<tr><td>Cake {n}</td><td>{n} coins</td><td>{n} eggs</td></tr>" for n in range(6))
    table = f"<table>{rows}<tr><td>Cookie</td><td>1 coin</td><td>no egg</td></tr></table>"
    assert "Cake 3" in "\n".join(_chosen(f"<h1>Bridge fair</h1><div>{_PROSE}</div>{table}"))


@pytest.mark.parametrize("sure", [0.2, 0.9])
def test_where_all_seems_doubtful_or_little_is_chosen_the_text_under_the_headline_is_taken(sure: float) -> None:
    layout = _layout(f"<article><h1>Bridge closed</h1>{_PROSE}</article><div><p>Point it at our mobile site.</p></div>")
    likely = np.full(len(layout.pieces), 0.01)
    likely[-1] = sure
    found = settle(layout, likely)
    assert found.chosen == tuple(range(1, 9))
    assert found.expected == 0.5


def test_without_an_article_nothing_takes_the_place_of_doubt() -> None:
    layout = _layout(f"<h1>Bridge closed</h1><div>{_PROSE}</div><div><p>Point it at our mobile site.</p></div>")
    likely = np.full(len(layout.pieces), 0.01)
    likely[-1] = 0.2
    assert settle(layout, likely).expected < 0.5


@pytest.mark.parametrize(
    "pitch",
    [
        "Sign up for our newsletter and have the bridge in your inbox.",
        "Hat Ihnen der Text gefallen? Unterstützen Sie uns mit einer Spende.",
        "Abonnez-vous à la newsletter du soir.",
        "訂閱電子報，登錄即可",
    ],
)
def test_what_asks_readers_at_either_end_is_no_text(pitch: str) -> None:
    for body in (f"<p>{pitch}</p>{_PROSE}", f"{_PROSE}<p>{pitch}</p>"):
        text = "\n".join(_chosen(f"<div>{body}</div>"))
        assert "On day 0" in text
        assert pitch not in text


@pytest.mark.parametrize(
    "line", ["The town asks for donations.", "Half of the readers of the newsletter subscribe to it. " * 20]
)
def test_what_asks_for_one_thing_or_says_more_stays(line: str) -> None:
    assert line.strip() in "\n".join(_chosen(f"<div>{_PROSE}<p>{line}</p></div>"))


def test_what_asks_readers_inside_a_body_stays() -> None:
    pitch = "Sign up for our newsletter, said the poster on the bridge."
    assert pitch in "\n".join(_chosen(f"<div>{_PROSE}<p>{pitch}</p>{_PROSE.replace('bridge', 'ferry')}</div>"))


@pytest.mark.parametrize(
    "note",
    [
        "This summary was written by AI and checked by an editor.",
        "Diese Zusammenfassung wurde künstlich erzeugt.",
        "Sammendraget er laget av ChatGPT.",
        "AI 요약은 핵심 내용을 제공합니다.",
    ],
)
def test_a_machines_summary_is_no_text(note: str) -> None:
    box = f"<section><div><p>{note}</p></div><ul><li>Bridge shut.</li><li>Carts wait.</li></ul></section>"
    text = "\n".join(_chosen(f"<article><h1>Bridge closed</h1>{box}<div>{_PROSE * 2}</div></article>"))
    assert "On day 0" in text
    assert "Carts wait" not in text


def test_a_sentence_on_machines_stays_and_so_does_what_stands_with_it() -> None:
    line = "<p>The council asked what artificial intelligence costs.</p><p>In summary, nobody knew.</p>"
    text = "\n".join(_chosen(f"<article><h1>Bridge closed</h1>{line}<div>{_PROSE}</div></article>"))
    assert "nobody knew" in text
    assert "intelligence costs" in text


def test_an_article_on_machines_may_sum_up() -> None:
    told = "".join(f"<p>On day {day} the AI of the town was asked again.</p>" for day in range(9))
    text = "\n".join(_chosen(f"<h1>Asked again</h1><div>{told}</div><div><p>In summary, AI is dear.</p></div>"))
    assert "AI is dear" in text
