"""Hints, layout, blocks, evidence, body, JSON-LD, page state, corrections, quality: each part by itself."""

import json

import numpy as np
import pytest

from octavo.domain.article import BlockKind
from octavo.extract.blocks import to_blocks
from octavo.extract.body import choose, likeliest, settle
from octavo.extract.correction import find_correction
from octavo.extract.evidence import Known, gather
from octavo.extract.hints import Hint, hints_of
from octavo.extract.layout import Layout
from octavo.extract.phrases import NAMES, is_placeholder, phrases_in
from octavo.extract.quality import Evidence, Found, complete, is_article, is_paywalled
from octavo.extract.state import find_state_body
from octavo.extract.structured import Statements, Thing, load_json, read_statements
from octavo.extract.trees import trees
from octavo.extract.walk import lay_out
from octavo.text.html import parse

URL = "https://gazette.example/news/ferry"


def _layout(body: str) -> Layout:
    tree = parse(f"<body>{body}</body>")
    assert tree.body
    return lay_out(tree.body)


@pytest.mark.parametrize(
    ("names", "hints"),
    [
        ("article-body", Hint.ARTICLE | Hint.BODY),
        ("articleBody", Hint.ARTICLE | Hint.BODY),
        ("newsletter_signup", Hint.SIGNUP),
        ("relatedPosts", Hint.RELATED),
        ("lg:hidden text", Hint.BODY),
        ("hidden", Hint.HIDDEN),
        ("werbung", Hint.ADVERT),
        ("css-1x2y3z", 0),
        ("", 0),
    ],
)
def test_hints(names: str, hints: int) -> None:
    assert hints_of(names) & hints == hints
    assert hints or not hints_of(names)


def test_hints_of_screens_that_hide_are_not_hidden() -> None:
    assert not hints_of("lg:hidden") & Hint.HIDDEN


def test_the_walk_parts_text_at_blocks_and_double_breaks() -> None:
    layout = _layout(
        "<p>One <b>bold</b> <a href=/x>link</a></p>two<br>three<br><br>four<div>five<span> six</span></div>"
    )
    assert [piece.text for piece in layout.pieces] == ["One bold link", "two three", "four", "five six"]
    first = layout.pieces[0]
    assert (first.linked, first.bold, first.links) == (4, 4, 1)


def test_what_is_not_shown_is_not_walked() -> None:
    hidden = "<script>a</script><style>b</style><template>c</template><svg><text>d</text></svg><noscript>e</noscript>"
    layout = _layout(f"{hidden}<iframe>f</iframe><video>g</video><!-- h --><select><option>i</select><p>shown</p>")
    assert [piece.text for piece in layout.pieces] == ["shown"]


def test_boxes_count_what_is_in_them() -> None:
    layout = _layout('<div class="related"><p>One two three.</p><p><a href=/>Four</a></p></div>')
    related = next(box for box in layout.boxes if box.hints & Hint.RELATED)
    assert (related.pieces, related.chars, related.linked) == (2, 18, 4)


def test_hidden_elements_are_marked() -> None:
    layout = _layout('<p hidden>a</p><p style="display: none">b</p><p role="navigation">c</p><p>d</p>')
    hints = [layout.boxes[piece.box].hints for piece in layout.pieces]
    assert [bool(hint & Hint.HIDDEN) for hint in hints] == [True, True, False, False]
    assert hints[2] & Hint.NAVIGATION


def test_prose() -> None:
    assert [piece.prose for piece in _layout("<p>Short</p><p>A sentence, with a comma and a stop.</p>").pieces] == [
        False,
        True,
    ]
    assert not _layout("<p><a href=/>A whole sentence, all of it a link.</a></p>").pieces[0].prose


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sign up for our newsletter", "signup"),
        ("Lesen Sie auch: die Fähre", "related"),
        ("İLGİLİ HABER Köprü", "related"),
        ("Foto: Ann Lee", "credit"),
        ("Error in retrieving data", "error"),
        ("相关新闻", "related"),
        ("4 March 2026", "time"),
        ("By Ann Lee", "by"),
        ("© Tarn Gazette", "rights"),
    ],
)
def test_phrases(text: str, kind: str) -> None:
    assert phrases_in(text) >> NAMES.index(kind) & 1


def test_long_text_has_no_phrases() -> None:
    assert phrases_in("newsletter " * 40) == 0


def test_placeholders() -> None:
    assert is_placeholder("An dieser Stelle steht ein externer Inhalt. Mit einem Klick laden Sie ihn.")
    assert is_placeholder("Please enable JavaScript, or upgrade to a browser that plays HTML5 video.")
    assert not is_placeholder("The minister spoke about cookies, and about who bakes them, at some length.")


def _blocks(body: str) -> list[tuple[BlockKind, str]]:
    layout = _layout(body)
    blocks = to_blocks(layout, range(len(layout.pieces)), URL)
    return [(block.kind, block.text or "|".join(block.items) or str(block.rows)) for block in blocks]


def test_blocks_of_every_kind() -> None:
    body = (
        "<p>One.</p><h3>Head</h3><ul><li>a</li><li><p>b</p></li></ul><ol><li>c</li></ol><blockquote><p>Said.</p>"
        "</blockquote><p><strong>A bold head</strong></p><pre>x = 1</pre><table><tr><th>A</th><th>B</th></tr>"
        "<tr><td>1</td><td>2</td></tr></table>"
    )
    assert _blocks(body) == [
        (BlockKind.PARAGRAPH, "One."),
        (BlockKind.SUBHEAD, "Head"),
        (BlockKind.LIST, "a|b"),
        (BlockKind.LIST, "c"),
        (BlockKind.QUOTE, "Said."),
        (BlockKind.SUBHEAD, "A bold head"),
        (BlockKind.CODE, "x = 1"),
        (BlockKind.TABLE, "(('A', 'B'), ('1', '2'))"),
    ]


def test_a_table_that_lays_out_a_page_is_set_as_paragraphs() -> None:
    prose = "The winter ferry keeps its crossings. " * 40
    assert {
        kind
        for kind, _ in _blocks(f"<table><tr><td>{prose}</td><td>{prose}</td></tr><tr><td>{prose}</td></tr></table>")
    } == {BlockKind.PARAGRAPH}
    assert _blocks("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>")[0][0] is BlockKind.PARAGRAPH


def test_pictures_stand_where_they_stood_and_only_safe_ones() -> None:
    layout = _layout(
        '<p>One.</p><figure><img src="/a.jpg"><figcaption>A boat. Photo: Ann Lee</figcaption></figure>'
        '<img src="javascript:alert(1)"><img src="/icon.png" width=16><div class="advert"><img src="/ad.jpg"></div>'
        '<iframe src="https://video.example/1" title="A film"></iframe><iframe src="javascript:x"></iframe><p>Two.</p>'
        '<img src="/after.jpg">'
    )
    chosen = [number for number, piece in enumerate(layout.pieces) if piece.text in ("One.", "Two.")]
    blocks = to_blocks(layout, chosen, URL)
    assert [(block.kind, block.url) for block in blocks] == [
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.FIGURE, "https://gazette.example/a.jpg"),
        (BlockKind.EMBED, "https://video.example/1"),
        (BlockKind.PARAGRAPH, ""),
    ]
    assert (blocks[1].text, blocks[1].credit, blocks[2].text) == ("A boat.", "Ann Lee", "A film")


def test_no_blocks_of_nothing() -> None:
    assert to_blocks(_layout("<p>One.</p>"), [], URL) == ()


def test_the_likeliest_set() -> None:
    sizes = np.array([100.0, 100.0, 100.0])
    assert likeliest(np.array([0.9, 0.1, 0.8]), sizes)[0] == [0, 2]
    assert likeliest(np.array([0.4, 0.4, 0.4]), sizes)[0] == [0, 1, 2]
    chosen, promised = likeliest(np.array([1.0, 0.0, 1.0]), sizes)
    assert (chosen, promised) == ([0, 2], 1.0)


_NOTICE = (
    "<div><div>When you visit, we store cookies on your device to keep the site working.</div>"
    "<div>Opting out of some cookies may change what you see on our pages.</div><div>More on this.</div></div>"
)
_STORY = "<div>" + "<p>The old bridge over the river was opened again on Monday, the town said.</p>" * 8 + "</div>"


@pytest.mark.parametrize(
    ("headline", "notice", "chosen"),
    [
        ("Bridge reopens", _NOTICE, range(1, 9)),
        ("Court rules on cookies", _NOTICE, range(1, 12)),
        ("Bridge reopens", _NOTICE.replace("cookies", "biscuits").replace("Opting out", "Tasting"), range(1, 12)),
        ("Bridge reopens", '<div class="cookie-banner"><p>This cookie is set by us.</p></div>', range(1, 9)),
    ],
    ids=["box of cookies", "article on cookies", "box of biscuits", "box by name"],
)
def test_a_notice_on_cookies_is_no_text(headline: str, notice: str, chosen: range) -> None:
    layout = _layout(f"<h1>{headline}</h1>{_STORY.replace('on Monday', 'on day {}')}{notice}")
    for number, piece in enumerate(layout.pieces):
        layout.pieces[number] = piece._replace(text=piece.text.replace("{}", str(number)))
    likely = np.full(len(layout.pieces), 0.9)
    likely[0] = 0.0
    assert settle(layout, likely).chosen == tuple(chosen)


def test_the_trees_fit_the_evidence() -> None:
    layout = _layout("<p>One two three.</p><p>Four five six.</p>")
    evidence = gather(layout, Known())
    assert evidence.shape == (2, trees().wide)
    assert np.isfinite(evidence).all()


def test_nothing_is_chosen_of_nothing() -> None:
    assert choose(_layout(""), Known()).chosen == ()


def test_a_text_printed_twice_is_taken_once() -> None:
    prose = "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings, the board said.</p>"
    layout = _layout(f"<article><h1>Ferry stays</h1>{prose}{prose}{prose.replace('seven', 'eight')}</article>")
    texts = [layout.pieces[number].text for number in choose(layout, Known()).chosen]
    assert len([text for text in texts if "seven" in text]) == 1


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('{"a": 1}', {"a": 1}),
        ('<!-- {"a": 1} -->', {"a": 1}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        ('{"a": "line\nbreak"}', {"a": "line\nbreak"}),
        ('{"a": "\\ud800"}', {"a": "\ufffd"}),
        ('{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}),
        ("{nonsense", None),
        ("[" * 100_000, None),
        ("", None),
    ],
)
def test_json_as_pages_carry_it(source: str, wanted: object) -> None:
    assert load_json(source) == wanted


def _things(*stated: object) -> list[Thing]:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in stated)
    return read_statements(parse(f"<head>{scripts}</head>")).things


def test_a_graph_is_followed() -> None:
    things = _things(
        {
            "@graph": [
                {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
                {"@type": "Organization", "@id": "#org", "name": "Tarn Gazette"},
                {
                    "@type": ["NewsArticle"],
                    "headline": "Ferry &amp; bridge",
                    "author": [{"@id": "#ann"}, "Tom Askew", {"@type": "Organization", "name": "dpa"}],
                    "publisher": {"@id": "#org"},
                    "articleSection": ["Harbour", "News"],
                    "keywords": "ferry, Tarn",
                    "isAccessibleForFree": "http://schema.org/False",
                    "articleBody": "<p>One.</p><p>Two.</p>",
                },
            ]
        }
    )
    (thing,) = things
    assert thing.headline == "Ferry & bridge"
    assert thing.authors == (("Ann Lee", "person"), ("Tom Askew", ""), ("dpa", "organization"))
    assert (thing.publisher, thing.section, thing.keywords) == ("Tarn Gazette", "Harbour", ("ferry", "Tarn"))
    assert thing.free is False
    assert thing.body == "One.\nTwo."
    assert thing.is_article


@pytest.mark.parametrize(
    "odd",
    [
        None,
        [],
        7,
        "text",
        {"@type": "NewsArticle", "headline": {"a": 1}, "author": [[["x"]], 3, None, {"name": [{"name": "y"}]}]},
        {"@type": "NewsArticle", "image": [1, None, {"url": [2]}], "keywords": {"a": 1}, "publisher": [[]]},
        {"@type": [None, 5], "@id": 5},
        {"@type": "NewsArticle", "datePublished": ["2026"], "articleBody": ["x"], "mainEntityOfPage": True, "url": [1]},
    ],
)
def test_json_ld_of_any_shape_is_read(odd: object) -> None:
    read_statements(parse(f'<script type="application/ld+json">{json.dumps(odd)}</script>'))
    assert all(isinstance(thing.headline, str) and isinstance(thing.url, str) for thing in _things(odd))


def test_markup_in_stated_names_is_no_markup() -> None:
    (thing,) = _things(
        {"@type": "NewsArticle", "headline": "x", "author": {"@type": "Person", "name": "<b>Ann</b> Lee"}}
    )
    assert thing.authors == (("Ann Lee", "person"),)


PROSE = "The winter ferry between Tarn and Low Skerry will keep its seven daily crossings until the end of March. "


def test_state_of_a_single_page_site() -> None:
    state = json.dumps({"props": {"blocks": [{"type": "p", "text": PROSE + str(number)} for number in range(8)]}})
    body = find_state_body(parse(f"<body><script>window.__STATE__ = {state}</script></body>"))
    assert body == tuple(PROSE + str(number) for number in range(8))


def test_state_that_is_streamed() -> None:
    inner = json.dumps({"html": f"<p>{PROSE * 4}</p><p>{PROSE * 4}</p>"})
    streamed = f"self.__next_f.push([1, {json.dumps('5:' + inner)}])"
    body = find_state_body(parse(f"<body><script>{streamed}</script></body>"))
    assert [line[:20] for line in body] == [PROSE[:20]] * 2


def test_scripts_that_carry_no_article() -> None:
    code = "var a = function () { return 'x' };" * 200
    assert find_state_body(parse(f'<script>{code}</script><script>{{"a": "{PROSE}"}}</script>')) == ()


@pytest.mark.parametrize(
    ("body", "correction"),
    [
        ("<p>Correction: the fare is 20p.</p>", "the fare is 20p."),
        ("<p>Correction (4 March): the fare is 20p.</p>", "4 March): the fare is 20p."),
        ("<aside><b>Berichtigung</b><p>Der Preis steigt um 20 Cent.</p></aside>", "Der Preis steigt um 20 Cent."),
        ("<p>تصحيح: السعر عشرون سنتاً.</p>", "السعر عشرون سنتاً."),
        ("<p>Виправлено: квиток коштує 20 копійок.</p>", "квиток коштує 20 копійок."),
        ("<p>Corrections officers went on strike.</p>", ""),
    ],
)
def test_corrections(body: str, correction: str) -> None:
    layout = _layout(f"<p>{PROSE}</p>{body}")
    assert find_correction(layout, [0])[0] == correction


def test_complete_falls_with_every_doubt() -> None:
    sure = complete(Evidence(0.98, 600))
    assert 0.9 < sure <= 1.0
    doubts = [
        Evidence(0.8, 600),
        Evidence(0.98, 20),
        Evidence(0.98, 300, stated_words=900),
        Evidence(0.98, 600, ending="And so it was that the…"),
        Evidence(0.98, 600, paywalled=True),
    ]
    assert all(complete(doubt) < 0.6 * sure for doubt in doubts)
    assert complete(Evidence(0.0, 600)) == 0.0
    assert complete(Evidence(1.0, 600)) == 0.98


def test_what_is_an_article() -> None:
    stated = Thing(types=frozenset({"newsarticle"}))
    website = Statements(meta={"og:type": ["website"]})
    whole = ("The ferry is back.",) * 12
    assert is_article(Found(0.6, 200, whole, fed=True), None, Statements(), URL)
    assert not is_article(Found(0.4, 200, whole, fed=True), None, Statements(), URL)
    assert is_article(Found(0.4, 200, whole), stated, Statements(), URL)
    assert not is_article(Found(0.9, 0), stated, Statements(), URL)
    assert not is_article(Found(0.9, 200, whole), None, website, "https://gazette.example/")
    assert is_article(Found(0.9, 200, whole), None, website, URL)


_ARTICLE = Statements(meta={"og:type": ["article"]})
_WARE = Statements(meta={"og:type": ["product"]})


@pytest.mark.parametrize(
    ("found", "statements", "url", "told"),
    [
        (Found(0.9, 200, ("Ferry back on the water",) * 12), Statements(), URL, False),
        (Found(0.9, 200, ("Ferry back on the water",) * 12), _ARTICLE, URL, False),
        (Found(0.9, 200, ("word " * 80,) * 12), Statements(), URL, True),
        (Found(0.9, 60, ("The ferry is back.",) * 3), Statements(), URL, True),
        (Found(0.8, 60, ("The ferry is back.",) * 4), Statements(), URL, False),
        (Found(0.8, 60, ("The ferry is back.",) * 4), _ARTICLE, URL, True),
        (Found(0.8, 60, ("The ferry is back.",) * 4, fed=True), Statements(), URL, True),
        (Found(0.9, 60, ("The ferry is back.",) * 3), _WARE, URL, False),
        (Found(0.9, 60, ("The ferry is back.",) * 3), Statements(), "https://gazette.example/", False),
        (Found(0.9, 60, ("The ferry is back.",) * 3), Statements(), "https://gazette.example/tag/ferry", False),
        (Found(0.9, 60, ("The ferry is back.",) * 3), Statements(), "https://gazette.example/sport/page/2", False),
        (Found(0.98, 900, ("The ferry is back.",) * 30), Statements(), "https://gazette.example/tag/ferry", True),
    ],
)
def test_the_odds_of_an_article(found: Found, statements: Statements, url: str, told: bool) -> None:
    assert is_article(found, None, statements, url) is told


def test_paywalls() -> None:
    locked = Statements(meta={"article:content_tier": ["locked"]})
    assert is_paywalled(locked, None, 80)
    assert not is_paywalled(locked, None, 800)
    assert is_paywalled(Statements(), Thing(free=False), 80)
    assert not is_paywalled(Statements(), Thing(free=True), 80)
    assert not is_paywalled(Statements(), None, 80)
