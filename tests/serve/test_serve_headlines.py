"""Headlines in the reader's language: in every list of an edition, beside the original, and nowhere when off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import publishers as publisher_actions
from octavo.brief.translated import VERSION
from octavo.config import AiSettings
from octavo.domain.article import Rights
from octavo.domain.headline import TranslatedHeadline
from octavo.serve import links
from octavo.store import articles, headlines

from .conftest import ARTICLES, NOW, Reader
from .test_serve_translated import Booked

TEXT = "Livro das marés encontrado em arquivo <submerso>"
SHOWN = TEXT.replace("<", "&lt;").replace(">", "&gt;")
ON = {"ai": AiSettings(translators=("booked",))}


def _made(reader: Reader, name: str = "ledger", language: str = "pt", **more: str) -> None:
    given = {"original": ARTICLES[name].headline, "text": TEXT, "made_by": "Booked 1.0"} | more
    one = TranslatedHeadline(reader.ids[name], language, checked_by=VERSION, made_at=NOW, **given)
    with reader.tools.database.transaction() as tx:
        headlines.save(tx, [one])


@pytest.fixture
def reader(make_reader: Callable[..., Reader]) -> Reader:
    made = make_reader(translator=Booked(), settings=ON)
    _made(made)
    _made(made, "second", text="Arquivo submerso devolve o livro das marés")
    return made


def _story(reader: Reader, edition: str = "pt-br") -> str:
    return links.story(edition, reader.story, ARTICLES["ledger"].headline)


@pytest.mark.parametrize("path", ["/source/harbour", "/hashtag/tide", "/search?q=tide", "/story", "/article"])
def test_every_list_has_it_beside_the_original(reader: Reader, path: str) -> None:
    whole = {
        "/story": _story(reader),
        "/article": links.article("pt-br", reader.ids["copy"], ARTICLES["copy"].headline),
    }.get(path, f"/pt-br{path}")
    page = reader.get(whole).text
    assert f'<span class="translated" data-ai lang="pt" dir="ltr">{SHOWN}</span>' in page or path == "/article"
    found = page.split('<span class="translated"')
    assert len(found) > 1
    assert page.count('class="as-written"') == page.count('class="translated-from"') == len(found) - 1
    detail = page.split('class="translated-from"')[1].split("</details>")[0]
    assert ' lang="en" dir="ltr">' in detail
    assert "Booked 1.0" in detail


def test_the_front_page_and_sections_have_it_where_they_list_the_article(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(translator=Booked(pairs={("ar", "en"): "Booked 1.0"}), settings=ON)
    _made(reader, "arabic", "en", text="The record of the tides")
    page = reader.get("/en-gb/source/minara").text
    assert '<span class="translated" data-ai lang="en" dir="ltr">The record of the tides</span>' in page
    assert '<p lang="ar" dir="rtl">سجل المد والجزر</p>' in page
    assert 'class="card-head" lang="ar" dir="rtl"' in page


@pytest.mark.parametrize(
    "ai",
    [
        AiSettings(),
        AiSettings(on=False, translators=("booked",)),
        AiSettings(headlines=False, translators=("booked",)),
        AiSettings(features=(), translators=("booked",)),
    ],
)
def test_off_is_off(make_reader: Callable[..., Reader], ai: AiSettings) -> None:
    reader = make_reader(translator=Booked(), settings={"ai": ai})
    _made(reader)
    for path in ("/pt-br/source/harbour", _story(reader), "/pt-br/hashtag/tide"):
        page = reader.get(path).text
        assert "translated" not in page.replace("/translation", ""), path
    assert 'name="headlines"' not in reader.get("/pt-br/settings").text


def test_only_the_edition_s_own_language_and_only_what_stands(reader: Reader) -> None:
    assert "translated-from" not in reader.get("/en-gb/source/harbour").text
    assert "translated-from" not in reader.get("/es-es/source/harbour").text
    _made(reader, original="Tide ledger found in archive")
    assert "translated-from" not in _fresh(reader, "/pt-br/source/harbour"), "made of another wording"
    _made(reader, text="")
    assert "translated-from" not in _fresh(reader, "/pt-br/source/harbour")


def test_a_publisher_that_withdraws_or_keeps_machines_out_takes_it_along(reader: Reader) -> None:
    barred = replace(ARTICLES["ledger"], rights=Rights(tdm_reserved=True))
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [barred], now=NOW)
    assert "translated-from" not in _fresh(reader, "/pt-br/source/harbour")
    assert "translated-from" in _fresh(reader, "/pt-br/source/ledger")
    publisher_actions.withdraw(reader.tools, OPERATOR, "ledger", "As they asked.")
    assert "translated-from" not in _fresh(reader, "/pt-br/source/ledger")
    with reader.tools.database.read() as view:
        assert headlines.every(view, [reader.ids["second"]]) == []


def test_the_setting_is_offered_where_something_translates_into_the_language(reader: Reader) -> None:
    assert 'name="headlines" value="translated"' in reader.get("/pt-br/settings").text
    assert 'name="headlines"' not in reader.get("/de-de/settings").text


def test_feeds_and_programs_are_given_what_the_publisher_wrote(reader: Reader) -> None:
    for path in ("/pt-br/source/harbour.atom", "/pt-br/source/harbour.json"):
        assert "Livro" not in reader.get(path).text


def _fresh(reader: Reader, path: str) -> str:
    """Ask a minute later: pages are kept as long."""
    reader.clock.now += timedelta(minutes=2)
    return reader.get(path).text
