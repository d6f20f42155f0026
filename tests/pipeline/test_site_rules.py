"""The owner's own rules for hosts, in the data folder, are applied; a broken one stops nothing."""

from octavo.domain.journal import Event
from octavo.pipeline.extract_article import extract_pages
from octavo.ports.tools import Tools
from octavo.store import articles, journal

from .test_article_steps import HTML, LAST, URL, fetched

RULE = 'why = "Its first heading is the name of a series."\ntitle = "p"\n'


def _headline(tools: Tools, rule: str) -> str:
    folder = tools.settings.data_dir / "rules"
    folder.mkdir(parents=True)
    host = URL.split("/")[2].removeprefix("www.")
    (folder / f"{host}.toml").write_text(rule, encoding="utf-8")
    assert extract_pages(tools, [fetched(tools, HTML.format(last=LAST))], None) == 1
    with tools.database.read() as view:
        article = articles.by_url(view, URL)
        events: list[Event] = journal.of(view, URL)
    assert article is not None
    assert events
    return article.headline


def test_an_owners_rule_has_the_last_word(tools: Tools) -> None:
    assert _headline(tools, RULE) != "Bridge over the Orrin reopens after two years"


def test_a_broken_rule_is_left_aside(tools: Tools) -> None:
    assert _headline(tools, RULE + "dorp = []") == "Bridge over the Orrin reopens after two years"
