"""Articles and headlines in another language, translated on this machine by Apertium, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from octavo import app as wiring
from octavo.config import AiSettings, Settings
from octavo.domain.ids import PublisherId
from octavo.domain.publisher import Publisher
from octavo.pipeline.enrich_article import CONSUMER as ENRICHER
from octavo.pipeline.translate_headlines import translate_headlines
from octavo.store import changes, publishers
from translators import apertium_here

from .conftest import CHROMIUM, Paper, open_paper
from .test_accessible import RULES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.skipif(not apertium_here(), reason="Apertium and its Spanish and Portuguese are not on this machine"),
]

HEADLINE = "El puerto de Santa Clara reabre tras una huelga de 1.200 trabajadores"
TRANSLATED = "O porto de Santa Clara reabre depois de uma greve de 1.200 trabalhadores"
QUOTE = "«Nadie nos avisó», dijo Marta Oyelaran, directora del puerto."
UNKNOWN = "El chiringuito rebujó los cachivaches achaparrados del tenderete."
BODY = (
    "El puerto de Santa Clara reabrió el lunes 16 de noviembre después de una huelga de 1.200 trabajadores.",
    f"{QUOTE} Las obras costaron 4,6 millones de euros y terminaron en Lisboa.",
    UNKNOWN,
)


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A website with articles in Spanish and Portuguese, where Apertium translates; the worker's step was done once."""
    folder: Path = tmp_path_factory.mktemp("bilingual")
    with open_paper(folder, {"OCTAVO_AI__TRANSLATORS": '["apertium"]'}) as made:
        with made.database.transaction() as tx:
            publishers.save(tx, [Publisher(PublisherId("faro"), "El Faro Example", "es", ("es",))])
        made.arrive("A ponte de Santa Clara abre em 2027", publisher="faro", language="pt")
        made.arrive(HEADLINE, publisher="faro", language="es", body=BODY)
        settings = Settings(data_dir=folder, embedder="off", ai=AiSettings(translators=("apertium",)))
        with wiring.open_tools(settings) as tools:
            with tools.database.transaction() as tx:
                changes.set_position(tx, ENRICHER, changes.last_seq(tx))
            assert translate_headlines(tools) > 0
        yield made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    yield opened
    opened.close()


def test_an_article_is_translated_on_its_page(context: BrowserContext, bilingual: Paper) -> None:
    page = context.new_page()
    page.goto(f"{bilingual.address}/pt-br/source/faro")
    page.get_by_role("link", name=HEADLINE).click()
    article = page.url
    page.get_by_role("link", name="Translate").click()
    expect(page.locator(".panel .told-how")).to_contain_text("Translated by a machine on this server, Apertium 3.")
    assert page.url == article, "on the article's own page"
    made = page.locator(".panel .told-list > li > span[lang=pt]").all_inner_texts()
    assert made[0] == TRANSLATED
    said = " ".join(made)
    for kept in ("Santa Clara", "1.200", "16 de novembro", "Marta Oyelaran", "4,6 milhões de euros", "Lisboa"):
        assert kept in said, kept
    assert re.search("«[^«»]+», disse Marta Oyelaran", said), "marks of speech as they were"
    left = page.locator(".panel .told-list > li", has=page.locator(".told-left"))
    expect(left).to_have_count(1)
    expect(left).to_contain_text("Not translated")
    expect(left.locator("span[lang=es]").first).to_have_text(UNKNOWN)
    one = page.locator(".panel .told-list > li", has_text="Ninguém nos avisou")
    one.locator("summary").click()
    expect(one.locator("q[lang=es]")).to_have_text(QUOTE)
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert [broken["id"] for broken in found.response["violations"]] == []
    one.locator(".told-passage a").click()
    page.wait_for_url("**#p1*")
    expect(page.locator("#p1")).to_be_in_viewport()


def test_a_list_shows_headlines_in_the_reader_s_language_once_they_choose_so(
    context: BrowserContext, bilingual: Paper
) -> None:
    page = context.new_page()
    page.goto(f"{bilingual.address}/pt-br/source/faro")
    card = page.locator("[data-card]").filter(has_text="Santa Clara").first
    expect(card.get_by_role("link", name=HEADLINE)).to_be_visible()
    expect(card.locator(".translated")).to_be_hidden()
    expect(card.locator(".translated-from")).to_be_hidden()
    page.goto(f"{bilingual.address}/pt-br/settings")
    page.locator("input[name=headlines][value=translated]").check()
    page.goto(f"{bilingual.address}/pt-br/source/faro")
    expect(card.get_by_role("link", name=TRANSLATED)).to_be_visible()
    expect(card.locator(".as-written")).to_be_hidden()
    mark = card.locator(".translated-from")
    expect(mark.locator("p").first).to_be_hidden()
    mark.locator("summary").click()
    expect(mark.locator("p").first).to_have_text(HEADLINE)
    assert mark.locator("p").first.get_attribute("lang") == "es"
    expect(mark).to_contain_text("Apertium 3.")
    expect(page.get_by_role("link", name="A ponte de Santa Clara abre em 2027")).to_be_visible()
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert [broken["id"] for broken in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("j")
    expect(page.locator(".is-current .card-head a")).to_be_focused()
    page.goto(f"{bilingual.address}/es-es/source/faro")
    expect(page.get_by_role("link", name="El puente de Santa Clara abre en 2027")).to_be_visible()


def test_a_reader_without_ai_sees_what_was_written(context: BrowserContext, bilingual: Paper) -> None:
    kept = '{"version": 1, "ai": "off", "headlines": "translated"}'
    context.add_init_script(f"localStorage.setItem('settings', '{kept}')")
    page = context.new_page()
    page.goto(f"{bilingual.address}/pt-br/source/faro")
    expect(page.get_by_role("link", name=HEADLINE)).to_be_visible()
    assert page.locator("[data-ai], .translated, .translated-from").count() == 0
