"""Blocks by value: lists in lists, tables with gaps, code, pull quotes, figures, and what is embedded, as links."""

import pytest

from octavo.domain.article import Block, BlockKind
from octavo.extract.blocks import to_blocks
from octavo.extract.embeds import page_of
from octavo.extract.walk import lay_out
from octavo.text.html import parse

URL = "https://gazette.example/news/ferry"


def _blocks(body: str) -> tuple[Block, ...]:
    tree = parse(f"<body>{body}</body>")
    assert tree.body
    layout = lay_out(tree.body)
    return to_blocks(layout, range(len(layout.pieces)), URL)


def _between(media: str) -> list[Block]:
    """The blocks that come of what stands between two paragraphs."""
    first, *found, last = _blocks(f"<p>Before it all.</p>{media}<p>After it all.</p>")
    assert (first.text, last.text) == ("Before it all.", "After it all.")
    return found


def test_lists_in_lists_are_one_list_in_order() -> None:
    body = "<ul><li>Boats<ul><li>Tern</li><li>Skua<ol><li>Old</li></ol></li></ul></li><li>Crews</li></ul>"
    assert [block.items for block in _blocks(f"{body}<ol><li>One</li></ol>")] == [
        ("Boats", "Tern", "Skua", "Old", "Crews"),
        ("One",),
    ]


def test_a_list_that_lays_out_a_page_parts_what_it_holds() -> None:
    body = "<ul><li>" + "".join(f"<p>Paragraph {number}.</p>" for number in range(5)) + "<ol><li>a</li></ol></li></ul>"
    kinds = [block.kind for block in _blocks(body)]
    assert kinds == [BlockKind.PARAGRAPH] * 5 + [BlockKind.LIST]


def test_entries_of_two_paragraphs_are_one_entry() -> None:
    assert _blocks("<ul><li><p>Tern:</p><p>old.</p></li><li>Skua</li></ul>")[0].items == ("Tern: old.", "Skua")


def test_empty_cells_keep_their_place() -> None:
    table = (
        "<table><tr><th></th><th>May</th><th>June</th></tr><tr><td>Tern</td><td></td><td>7</td><td></td></tr></table>"
    )
    assert _blocks(table)[0].rows == (("", "May", "June"), ("Tern", "", "7"))


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td></td><td>One.</td></tr><tr><td></td><td>Two.</td></tr></table>",
        "<table><tr><td>One.</td><td>Two.</td></tr></table>",
    ],
)
def test_tables_that_only_lay_out_are_paragraphs(table: str) -> None:
    assert [(block.kind, block.text) for block in _blocks(table)] == [
        (BlockKind.PARAGRAPH, "One."),
        (BlockKind.PARAGRAPH, "Two."),
    ]


def test_code_keeps_its_lines_and_indents_and_stays_apart() -> None:
    blocks = _blocks("<pre><code>if tide:\n    <b>sail</b>()\n\n</code></pre><pre>moor()</pre>")
    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.CODE, "if tide:\n    sail()"),
        (BlockKind.CODE, "moor()"),
    ]


def test_prose_in_code_type_is_prose() -> None:
    text = "The winter ferry between Tarn and Low Skerry will keep its seven daily crossings. " * 4
    assert [block.kind for block in _blocks(f"<pre>{text}</pre>")] == [BlockKind.PARAGRAPH]


SAID = "We will not leave Low Skerry without a boat"


@pytest.mark.parametrize(
    "pulled", [f"<blockquote>“{SAID}.”</blockquote>", f'<div class="pullquote"><p>{SAID}</p></div>']
)
def test_pull_quotes_that_repeat_the_body_go(pulled: str) -> None:
    assert len(_blocks(f"<p>“{SAID},” she said.</p>{pulled}<p>More.</p>")) == 2


def test_quotations_that_are_said_once_stay() -> None:
    quoted = [block.kind for block in _blocks(f'<p>She said:</p><aside class="pull-quote"><p>{SAID}</p></aside>')]
    assert quoted == [BlockKind.PARAGRAPH, BlockKind.QUOTE]


FILE = "https://gazette.example/"


@pytest.mark.parametrize(
    ("picture", "file"),
    [
        ('<img src="a.jpg">', "news/a.jpg"),
        ('<img src="/s.jpg" srcset="/a.jpg 400w, /b.jpg 1200w,/c.jpg 3000w">', "b.jpg"),
        ('<img src="/s.jpg" srcset="/c.jpg 3000w, /d.jpg 2000w">', "d.jpg"),
        ('<img src="/s.jpg" srcset="/a.jpg 1x, /b.jpg 2x">', "s.jpg"),
        ('<img src="data:image/gif;base64,R0" data-srcset="/a,b.jpg 800w">', "a,b.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="/lazy.jpg">', "lazy.jpg"),
        ('<picture><source srcset="/w.jpg 900w"><source srcset="/v.jpg 800w"><img src="/s.jpg"></picture>', "w.jpg"),
        ('<picture><img src="/s.jpg"></picture><picture><source srcset="/w.jpg 900w"></picture>', "s.jpg"),
        ('<amp-img src="/amp.jpg" width="800" height="600"></amp-img>', "amp.jpg"),
    ],
)
def test_the_best_file_of_a_picture(picture: str, file: str) -> None:
    assert [(block.kind, block.url) for block in _between(picture)] == [(BlockKind.FIGURE, FILE + file)]


@pytest.mark.parametrize(
    "ornament",
    [
        '<img src="/a.jpg" width="32">',
        '<img src="/img/play-button.png">',
        '<img src="/icons/mail.png">',
        '<img src="/site-logo.png">',
        '<div class="related"><img src="/a.jpg"></div>',
        '<img src="javascript:alert(1)">',
    ],
)
def test_ornaments_are_no_figures(ornament: str) -> None:
    assert _between(ornament) == []


@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("<figcaption>The Tern at Tarn. Photo: Mara Ilves</figcaption>", ("The Tern at Tarn.", "Mara Ilves")),
        ("<button>Enlarge</button><figcaption>The Tern.</figcaption>", ("The Tern.", "")),
        ("<figcaption><p>The Tern.</p><p>Mara Ilves/Tarn Wire</p></figcaption>", ("The Tern.", "Mara Ilves/Tarn Wire")),
        ("<figcaption><p>The Tern.</p><p>Photo: Mara Ilves</p></figcaption>", ("The Tern.", "Mara Ilves")),
        ("<figcaption><p>The Tern.</p><p>It is old.</p></figcaption>", ("The Tern. It is old.", "")),
        ("", ("A boat at a pier", "")),
    ],
)
def test_captions_and_credits(caption: str, found: tuple[str, str]) -> None:
    page = f'<p>Before.</p><figure><img src="/a.jpg" alt="A boat at a pier">{caption}</figure><p>After.</p>'
    tree = parse(f"<body>{page}</body>")
    assert tree.body
    layout = lay_out(tree.body)
    blocks = to_blocks(layout, (0, len(layout.pieces) - 1), URL)
    assert [(block.text, block.credit) for block in blocks if block.kind is BlockKind.FIGURE] == [found]


def test_a_caption_is_found_without_a_figure_element() -> None:
    figure = '<div class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">The Tern.</p></div>'
    tree = parse(f"<body><p>Before.</p>{figure}<p>After.</p></body>")
    assert tree.body
    assert to_blocks(lay_out(tree.body), (0, 2), URL)[1].text == "The Tern."


@pytest.mark.parametrize(
    ("player", "page"),
    [
        ("https://www.youtube.com/embed/aB3-_x9?feature=oembed", "https://www.youtube.com/watch?v=aB3-_x9"),
        ("https://www.youtube-nocookie.com/embed/aB3-_x9", "https://www.youtube.com/watch?v=aB3-_x9"),
        ("https://www.youtube.com/embed/videoseries?list=L1", "https://www.youtube.com/embed/videoseries?list=L1"),
        ("https://player.vimeo.com/video/12345?h=1", "https://vimeo.com/12345"),
        ("https://geo.dailymotion.com/player/x1.html?video=x8abc", "https://www.dailymotion.com/video/x8abc"),
        ("https://www.instagram.com/p/Cabc_1/embed/captioned", "https://www.instagram.com/p/Cabc_1/"),
        ("https://www.tiktok.com/embed/v2/7123456789012345678", "https://www.tiktok.com/@/video/7123456789012345678"),
        ("https://platform.twitter.com/embed/Tweet.html?id=12345", "https://x.com/i/status/12345"),
        ("https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1",
         "https://www.facebook.com/a/posts/1"),
        ("https://www.facebook.com/plugins/post.php?href=javascript:alert(1)",
         "https://www.facebook.com/plugins/post.php?href=javascript:alert(1)"),
        ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/tarn/song", "https://soundcloud.com/tarn/song"),
        ("https://open.spotify.com/embed/episode/0123456789abcdef", "https://open.spotify.com/episode/0123456789abcdef"),
        ("https://embed.podcasts.apple.com/no/podcast/tarn/id1", "https://podcasts.apple.com/no/podcast/tarn/id1"),
        ("https://datawrapper.dwcdn.net/AbCd1/3/", "https://datawrapper.dwcdn.net/AbCd1/3/"),
    ],
)  # fmt: skip
def test_players_lead_to_pages(player: str, page: str) -> None:
    assert page_of(player) == page
    found = _between(f'<div><iframe src="about:blank" data-src="{player}" title="Seen"></iframe></div>')
    assert found == [Block(BlockKind.EMBED, "Seen", url=page)]


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="https://www.googletagmanager.com/ns.html?id=1"></iframe>',
        '<iframe src="https://ads.doubleclick.net/1"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>',
        '<iframe src="https://maps.example/1" width="1" height="1"></iframe>',
        '<iframe src="https://maps.example/1" style="display: none"></iframe>',
        "<iframe></iframe>",
    ],
)
def test_frames_that_show_nothing_are_left_out(frame: str) -> None:
    assert _between(frame) == []


@pytest.mark.parametrize(
    ("post", "text", "page"),
    [
        ('<blockquote class="twitter-tweet"><p>No boat today <a href="https://t.co/x">pic</a></p>&mdash; Tarn Harbour '
         '<a href="https://twitter.com/tarn/status/123?ref_src=tw">May 4</a></blockquote>',
         "No boat today pic — Tarn Harbour May 4", "https://twitter.com/tarn/status/123"),
        ('<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cabc_1/?utm=1">'
         "<p>The Tern</p></blockquote>", "The Tern", "https://www.instagram.com/p/Cabc_1/"),
        ('<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@tarn/video/71">Waves</blockquote>',
         "Waves", "https://www.tiktok.com/@tarn/video/71"),
        ('<amp-youtube data-videoid="aB3-_x9"></amp-youtube>', "", "https://www.youtube.com/watch?v=aB3-_x9"),
        ('<amp-twitter data-tweetid="12345"></amp-twitter>', "", "https://x.com/i/status/12345"),
    ],
)  # fmt: skip
def test_posts_are_links_with_their_words(post: str, text: str, page: str) -> None:
    assert _between(post) == [Block(BlockKind.EMBED, text, url=page)]


def test_a_post_that_leads_nowhere_is_a_quotation() -> None:
    post = '<blockquote class="twitter-tweet"><p>No boat today <a href="https://gazette.example/x">more</a></p></blockquote>'
    assert [(one.kind, one.text) for one in _between(post)] == [(BlockKind.QUOTE, "No boat today more")]
