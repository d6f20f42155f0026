"""Listening in a real browser: what is said, marked and skipped; a queue without a network. The voice is the test's.

Chromium without a window has no voices, so the browser's speech is played by a script: what is asked of it is noted.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.enrichment import Enrichment
from octavo.domain.ids import ArticleId, PublisherId
from octavo.serve import links
from octavo.store import arrivals, articles, changes

from .conftest import CHROMIUM, Paper
from .test_accessible import RULES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]

VOICE = """
window.spoken = [];
window.auto = false;
const voice = (name, lang, localService) => ({ name, lang, localService, default: false });
class Utterance extends EventTarget {
  constructor(text) { super(); Object.assign(this, { text, lang: "", rate: 1, voice: null }); }
}
const speech = Object.assign(new EventTarget(), {
  speaking: false, pending: false, now: null,
  getVoices: () => [voice("Far", "en-US", false), voice("Near", "en_GB", true)],
  speak(one) {
    if (!one.text) return;
    window.spoken.push({ text: one.text, lang: one.lang, rate: one.rate, voice: one.voice?.name });
    this.now = one;
    this.speaking = true;
    one.dispatchEvent(new Event("start"));
    if (window.auto) setTimeout(() => this.now === one && this.end(), 3);
  },
  done(event) { const one = this.now; this.now = null; this.speaking = false; one?.dispatchEvent(event); },
  cancel() { this.done(Object.assign(new Event("error"), { error: "canceled" })); },
  end() { this.done(new Event("end")); },
});
Object.defineProperty(window, "speechSynthesis", { value: speech });
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
"""

LONG = "The office lists every ship that came, " + ", ".join(
    f"the brig number {number} of Kalden" for number in range(12)
)
BLOCKS = (
    Block(BlockKind.PARAGRAPH, "The harbour office opened the ledger. It was wet."),
    Block(BlockKind.FIGURE, "A quay at dusk", url="https://harbour.example/quay.jpg", credit="A. Quill"),
    Block(BlockKind.PARAGRAPH, f"{LONG}."),
    Block(BlockKind.EMBED, "A post of the harbour", url="https://posts.example/1"),
    Block(BlockKind.TABLE, rows=(("Port", "Ships", "Crew"), ("Varn", "12", "140"), ("Kalden", "–", "9"))),
    Block(BlockKind.QUOTE, "It smelled of salt."),
    *(Block(BlockKind.PARAGRAPH, f"Entry {number} tells of the tide and of the bay.") for number in range(20)),
)


def arrive(paper: Paper) -> str:
    """Let a whole article come in; gives the address of its page."""
    new = Article(
        id=ArticleId(0), url="https://harbour.example/whole", publisher_id=PublisherId("harbour"), language="en",
        headline="Tide ledger opened", standfirst="It lists every ship.", first_seen_at=paper.began,
        published_at=paper.began - timedelta(seconds=60), excerpt="It lists every ship.", word_count=300, blocks=BLOCKS,
    )  # fmt: skip
    with paper.database.transaction() as tx:
        [saved] = articles.save(tx, [new], now=paper.began)
        articles.save_enrichments(tx, [Enrichment(saved.id, "en")])
        changes.set_position(tx, arrivals.RELATED, changes.last_seq(tx))
    return f"{paper.address}{links.article('en-gb', saved.id, new.headline)}"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    opened.add_init_script(VOICE)
    yield opened
    opened.close()


def said(page: Page) -> list[str]:
    texts: list[str] = page.evaluate("spoken.map((one) => one.text)")
    return texts


def end(page: Page, times: int = 1) -> None:
    """Let the voice come to its end."""
    for _ in range(times):
        page.evaluate("speechSynthesis.end()")


def press(page: Page, name: str) -> None:
    page.locator(".listen-bar").get_by_role("button", name=name).click()


def test_an_article_is_read_from_its_headline_on(context: BrowserContext, standing: Paper) -> None:
    page = context.new_page()
    page.goto(arrive(standing), wait_until="load")
    assert (
        page.evaluate(
            "performance.getEntriesByType('resource').filter((one) => /listen|aloud|voices/.test(one.name)).length"
        )
        == 0
    )
    page.get_by_role("button", name="Listen").click()
    expect(page.locator(".listen-bar .listen-now")).to_have_text("Tide ledger opened ")
    expect(page.locator("h1.is-said")).to_be_visible()
    assert page.evaluate("spoken[0]") == {"text": "Tide ledger opened", "lang": "en_GB", "rate": 1, "voice": "Near"}
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert [one["id"] for one in found.response["violations"]] == []
    end(page, 4)
    expect(page.locator("#p0.is-said")).to_be_in_viewport()
    assert said(page)[1] == "The Harbour Example"
    assert said(page)[3:5] == ["It lists every ship.", "The harbour office opened the ledger."]
    press(page, "Pause reading aloud")
    assert page.evaluate("speechSynthesis.speaking") is False
    press(page, "Go on reading aloud")
    assert said(page)[5] == "The harbour office opened the ledger.", "the sentence that was cut off"
    press(page, "Speed")
    assert page.evaluate("spoken.at(-1).rate") == 1.25
    press(page, "Next paragraph")
    assert said(page)[-1].startswith("The office lists every ship")
    press(page, "Paragraph before")
    assert said(page)[-1] == "The harbour office opened the ledger."
    page.evaluate("auto = true")
    press(page, "Next paragraph")
    expect(page.locator(".listen-bar")).to_have_count(0)
    expect(page.get_by_role("button", name="Listen")).to_be_focused()
    everything = said(page)
    assert max(map(len, everything)) <= 180
    assert "Varn: Ships 12, Crew 140" in everything
    assert "Kalden: Crew 9" in everything
    assert everything[-1] == "Entry 19 tells of the tide and of the bay."
    assert "brig number 11 of Kalden." in " ".join(everything)
    assert not [word for word in ("dusk", "Quill", "A post") if word in " ".join(everything)]
    assert page.locator(".is-said").count() == 0


def test_a_device_without_a_voice_for_it_says_so(context: BrowserContext, standing: Paper) -> None:
    page = context.new_page()
    page.goto(f"{standing.address}/de-de/latest")
    page.get_by_role("link", name="Ein Wal in der Bucht").first.click()
    page.get_by_role("button", name="Anhören").click()
    expect(page.locator(".listen-line")).to_have_text("Dieses Gerät hat keine Stimme für diese Sprache: Deutsch.")
    assert said(page) == []
    press(page, "Vorlesen beenden")
    expect(page.locator(".listen-bar")).to_have_count(0)
    expect(page.get_by_role("button", name="Anhören")).to_be_focused()


def test_saved_articles_are_a_queue_without_a_network(context: BrowserContext, standing: Paper) -> None:
    page = context.new_page()
    page.goto(f"{standing.address}/en-gb/latest", wait_until="load")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    for place in range(2):
        ship = page.locator("main [data-card]").filter(has_text="Ship number 1").nth(place)
        ship.locator("[data-keep-card]").click()
    page.goto(f"{standing.address}/en-gb/saved", wait_until="load")
    expect(page.locator(".kept-here")).to_have_count(2)
    headlines = page.locator("[data-saved] .card-head").all_inner_texts()
    context.set_offline(True)
    page.reload()
    expect(page.locator(".kept-here")).to_have_count(2)
    page.get_by_role("button", name="Listen").click()
    expect(page.locator(".listen-now")).to_have_text(f"{headlines[0]} 1 / 2")
    expect(page.locator("[data-saved] > .card").first).to_have_class("card is-said")
    press(page, "Next article")
    expect(page.locator(".listen-now")).to_have_text(f"{headlines[1]} 2 / 2")
    page.evaluate("auto = true")
    end(page)
    expect(page.locator(".listen-bar")).to_have_count(0)
    assert [one for one in said(page) if one in headlines] == headlines
    assert "The harbour office said so on Monday, and showed the ledger to those who asked." in said(page)


def test_who_cannot_listen_sees_no_button(browser: Browser, standing: Paper) -> None:
    for given in ({"java_script_enabled": False}, {}):
        context = browser.new_context(**given)  # type: ignore[arg-type]
        context.add_init_script("delete Window.prototype.speechSynthesis; delete window.speechSynthesis;")
        page = context.new_page()
        page.goto(f"{standing.address}/en-gb/latest")
        page.get_by_role("link", name="Ship number 23 enters the bay").first.click()
        expect(page.locator("h1")).to_have_text("Ship number 23 enters the bay")
        expect(page.locator("[data-listen]")).to_be_hidden()
        context.close()
