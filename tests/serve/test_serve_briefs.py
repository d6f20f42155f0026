"""AI features as readers meet them: on their own pages, with JavaScript off and no language model."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest

from octavo.config import AiSettings, WebSettings
from octavo.serve import links

from .conftest import ARTICLES, SECRET_TAIL, Reader


def _article(reader: Reader, name: str) -> str:
    return links.article("en-gb", reader.ids[name], ARTICLES[name].headline)


def _story(reader: Reader) -> str:
    return links.story("en-gb", reader.story, ARTICLES["ledger"].headline)


def test_the_panel_stands_between_the_article_and_the_comments(reader: Reader) -> None:
    text = reader.get(_article(reader, "ledger")).text
    assert text.index("</article>") < text.index("Try the AI features") < text.index('id="comments-title"')
    assert f'href="{_article(reader, "ledger")}/summary" data-opens rel="nofollow"' in text
    assert f'action="{_article(reader, "ledger")}/ask"' in text


@pytest.mark.parametrize("word", ["summary", "background", "ask?q=Who+found+the+tide+ledger", "define?q=Varn"])
def test_an_article_s_features_answer_without_scripts(reader: Reader, word: str) -> None:
    answer = reader.get(f"{_article(reader, 'ledger')}/{word}")
    assert answer.status_code == 200
    assert '<meta name="robots" content="noindex,follow">' in answer.text
    assert "chosen" in answer.text.lower() or "don’t say" in answer.text


def test_where_an_article_does_not_say_the_whole_archive_may_be_searched(reader: Reader) -> None:
    unknown = "Who+conducts+the+opera%3F"
    silent = reader.get(f"{_article(reader, 'ledger')}/ask?q={unknown}").text
    assert "don’t say" in silent
    assert 'href="/en-gb/search?q=Who%20conducts%20the%20opera%3F"' in silent
    everywhere = reader.get(f"/en-gb/ask?q={unknown}").text
    assert "don’t say" in everywhere
    assert "/search?q=Who%20conducts" not in everywhere


def test_each_sentence_leads_to_its_passage(reader: Reader) -> None:
    path = _article(reader, "ledger")
    text = reader.get(f"{path}/summary").text
    found = re.findall(rf'href="{re.escape(path)}#(p\d+)"', text)
    assert found
    article = reader.get(path).text
    assert all(f' id="{part}"' in article for part in found)
    assert "Chosen from the articles." in text
    assert "The Harbour Example" in text


@pytest.mark.parametrize(
    "word", ["summary", "perspectives", "background", "new?since=2026-02-01", "ask?q=tide", "define?q=Varn"]
)
def test_a_story_s_features_answer_without_scripts(reader: Reader, word: str) -> None:
    answer = reader.get(f"{_story(reader)}/{word}")
    assert answer.status_code == 200
    assert "told-page" in answer.text


def test_the_eight_and_the_whole_archive_answer_too(reader: Reader) -> None:
    assert 'href="/en-gb/briefing"' in reader.get("/en-gb").text
    assert "told-edition" in reader.get("/en-gb/briefing").text
    assert 'action="/en-gb/ask"' in reader.get("/en-gb/search?q=ledger").text
    text = reader.get("/en-gb/ask?q=How+many+entries+does+the+tide+ledger+have").text
    assert "9,400" in text
    assert "The Harbour Example" in text


def test_earlier_questions_stay_in_the_address_and_are_bounded(reader: Reader) -> None:
    path = f"{_article(reader, 'ledger')}/ask"
    text = reader.get(f"{path}?q1=one+tide&q2=two+tides&q3=three+tides&q=four+tides").text
    assert text.count('class="told-question"') == 4
    hidden = re.findall(r'<input type="hidden" name="(q\d)" value="([^"]+)"', text)
    assert hidden == [("q1", "two tides"), ("q2", "three tides"), ("q3", "four tides")]
    assert reader.get(f"{path}?q={'x' * 201}").status_code == 422


def test_a_question_is_shown_as_text_whatever_is_in_it(reader: Reader) -> None:
    hostile = '<img src=x onerror=alert(1)>"><a href="javascript:alert(1)">‮'
    text = reader.get(f"/en-gb/ask?q={quote(hostile)}").text
    assert "<img src=x" not in text
    assert 'href="javascript:' not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_an_old_headline_in_the_address_leads_on_with_the_question(reader: Reader) -> None:
    path = _article(reader, "ledger")
    answer = reader.get(f"{path.rpartition('/')[0]}/old-words/ask?q=tide")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{path}/ask?q=tide")
    for unknown in (f"{path}/nonsense", f"{path}/new", "/en-gb/article/zzz/x/summary", "/en-gb/story/1/x/summary"):
        assert reader.get(unknown).status_code == 404


def test_off_means_off(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(settings={"ai": AiSettings(on=False)})
    for path in ("/en-gb", _article(reader, "ledger"), _story(reader), "/en-gb/search?q=ledger", "/en-gb/settings"):
        text = reader.get(path).text
        for trace in (
            "data-ai",
            "brief.css",
            "panel.js",
            "AI features",
            '/summary"',
            "briefing",
            "seen.js",
            "brief-title",
        ):
            assert trace not in text, (path, trace)
    for path in (f"{_article(reader, 'ledger')}/summary", f"{_story(reader)}/new", "/en-gb/briefing", "/en-gb/ask?q=x"):
        assert reader.get(path).status_code == 404


def test_a_feature_alone_can_be_off(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(settings={"ai": AiSettings(features=("background",))})
    text = reader.get(_article(reader, "ledger")).text
    assert "/background" in text
    assert "/summary" not in text.replace("</summary>", "")
    assert 'name="q"' not in text
    assert reader.get(f"{_article(reader, 'ledger')}/summary").status_code == 404


def test_what_needs_a_model_is_not_offered_without_one(reader: Reader) -> None:
    text = reader.get(_article(reader, "arabic")).text
    assert "/translation" not in text
    assert "/simpler" not in text
    assert reader.get(f"{_article(reader, 'arabic')}/translation").status_code == 404


def test_nothing_withheld_from_readers_is_in_a_brief(public_reader: Reader) -> None:
    """A public instance shows excerpts; Strict Example allows its headline only."""
    for name in ("ledger", "second", "strict"):
        for word in ("summary", "ask?q=Who+wrote+the+ledger", "define?q=lighthouse+keeper", "background"):
            text = public_reader.get(f"{_article(public_reader, name)}/{word}").text
            assert SECRET_TAIL not in text, (name, word)
            assert "9,400" not in text, (name, word)
    for path in ("/en-gb/ask?q=Who+wrote+the+ledger", f"{_story(public_reader)}/summary", "/en-gb/briefing"):
        for told in public_reader.get(path).text.split("<li>"):
            assert SECRET_TAIL not in told or "Invented Example" in told, path  # whose texts anybody may read in full


def test_one_network_asks_so_often_and_no_more(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(settings={"ai": AiSettings(questions_an_hour=2)})
    path = f"{_article(reader, 'ledger')}/summary"
    assert [reader.get(path).status_code for _ in range(3)] == [200, 200, 429]


def test_robots_stay_out(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(WebSettings(host="192.0.2.1", public_url="https://news.example"))
    said = reader.get("/robots.txt").text
    assert "Disallow: /*/ask\n" in said
    assert "Disallow: /*/article/*/*/\n" in said
