"""Rules for single hosts: each that is shipped is needed and has a page that shows it; what is no rule is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import octavo
from octavo.domain.page import PageSource
from octavo.domain.site_rule import SiteRule
from octavo.errors import NotAnArticle, UnreadableFile
from octavo.extract.article import extract_article
from octavo.extract.site_rules import MAX_SELECTORS, read_rules, rule_for, shipped

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PAGES = Path(__file__).parent / "rules"
RULES = Path(octavo.__file__).parent / "data" / "rules"
WHY = 'why = "Its pages are turned around."\n'
NO_RULE = SiteRule("nowhere.example", "So that nothing is applied.")


def _read(url: str, html: bytes, rule: SiteRule | None) -> list[str]:
    """The headline and the lines of an article; nothing where there is none."""
    try:
        article = extract_article(PageSource(url=url, html=html, rule=rule), now=NOW)
    except NotAnArticle:
        return []
    return [article.headline, *article.text.split("\n")]


@pytest.mark.parametrize("host", sorted(path.stem for path in RULES.iterdir()))
def test_every_rule_has_a_page_that_needs_it(host: str) -> None:
    page, wanted = PAGES / f"{host}.html", PAGES / f"{host}.txt"
    assert page.exists(), f"put an invented page of the same build at {page}"
    assert wanted.exists(), f"put its headline and paragraphs, a line each, at {wanted}"
    lines = wanted.read_text(encoding="utf-8").splitlines()
    html = page.read_bytes()
    assert _read(f"https://www.{host}/news/page", html, None) == lines
    assert _read(f"https://www.{host}/news/page", html, NO_RULE) != lines, "a rule that nothing needs"


def test_pages_without_a_rule_are_of_no_use() -> None:
    assert {path.stem for path in PAGES.iterdir()} == {path.stem for path in RULES.iterdir()} == set(shipped())


def test_a_rule_holds_for_its_host_and_those_below_it() -> None:
    rules = {host: SiteRule(host, "") for host in ("gazette.example", "boats.gazette.example")}
    found = [
        rule_for(url, rules)
        for url in (
            "https://gazette.example/a",
            "https://www.gazette.example/a",
            "https://old.boats.gazette.example/a",
            "https://the-gazette.example/a",
            "https://example/a",
            "",
        )
    ]
    hosts = [rule.host if rule else "" for rule in found]
    assert hosts == ["gazette.example", "gazette.example", "boats.gazette.example", "", "", ""]


SENTENCE = "<div class=p{0}><p>Paragraph {0} of it says, in some words, what the council said of it.</p></div>"
PAGE = ("<h1>Ferry stays</h1><h2>The boat</h2>" + "".join(map(SENTENCE.format, range(4)))).encode()


def _paragraphs(rule: SiteRule) -> list[str]:
    lines = _read("https://gazette.example/a", PAGE, rule)
    return [line.split()[1] for line in lines if line.startswith("Paragraph")]


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (SiteRule("gazette.example", "", drop=(".p1", "html", "body")), ["0", "2", "3"]),
        (SiteRule("gazette.example", "", body=(".p2", ".p1")), ["1", "2"]),
        (SiteRule("gazette.example", "", body=(".p1",), keep=(".p3",)), ["1", "3"]),
        (SiteRule("gazette.example", "", body=(".nowhere",)), ["0", "1", "2", "3"]),
    ],
)
def test_what_a_rule_drops_and_takes(rule: SiteRule, kept: list[str]) -> None:
    assert _paragraphs(rule) == kept


def test_the_title_a_rule_names_is_the_headline() -> None:
    rule = SiteRule("gazette.example", "", title="h2")
    assert _read("https://gazette.example/a", PAGE, rule)[0] == "The boat"
    assert _read("https://gazette.example/a", PAGE, SiteRule("gazette.example", "", title="h3"))[0] == "Ferry stays"


def test_a_folder_of_rules_is_read(tmp_path: Path) -> None:
    (tmp_path / "gazette.example.toml").write_text(WHY + 'drop = [".a > b"]', encoding="utf-8")
    wanted = SiteRule("gazette.example", "Its pages are turned around.", drop=(".a > b",))
    assert read_rules(tmp_path) == {"gazette.example": wanted}
    assert read_rules(tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("gazette.example", "why", "cannot be read"),
        ("gazette.example", WHY + 'drop = [".a >"]', "no CSS selector"),
        ("gazette.example", WHY + 'drop = ["div:has(p)"]', "takes too long"),
        ("gazette.example", WHY + 'drop = ".a"', "a list"),
        ("gazette.example", WHY + "drop = [1]", "a text"),
        ("gazette.example", WHY + f"drop = {['.a'] * (MAX_SELECTORS + 1)}", "at most"),
        ("gazette.example", WHY + f'drop = ["{"a" * 201}"]', "at most 200 characters"),
        ("gazette.example", WHY + 'remove = [".a"]', "'remove' is no part of a rule"),
        ("gazette.example", WHY, "names nothing"),
        ("gazette.example", 'drop = [".a"]', "why is to be a sentence"),
        ("gazette.example", "#" * 30_000, "too large"),
        ("Gazette", WHY + 'drop = [".a"]', "named for its host"),
    ],
)
def test_what_is_no_rule_is_refused(name: str, text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=told):
        read_rules(tmp_path)
