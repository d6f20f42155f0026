"""extract_article: runs the parts of extraction in order."""

from dataclasses import dataclass, replace
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from octavo.domain.article import Article, Block, BlockKind, Byline, Image
from octavo.domain.ids import ArticleId
from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.blocks import to_blocks
from octavo.extract.body import Body, choose
from octavo.extract.boilerplate import PageLines, is_dropped, lines_of, without
from octavo.extract.byline import find_byline, is_byline
from octavo.extract.correction import find_correction
from octavo.extract.credit import credit_lines, find_credit
from octavo.extract.dateline import find_dateline
from octavo.extract.dates import feed_date, find_dates, find_hidden_date, find_printed
from octavo.extract.elsewhere import other_form
from octavo.extract.evidence import Known, key
from octavo.extract.feed_text import feed_blocks, promise_of_feed
from octavo.extract.form import find_form
from octavo.extract.genre import Claims, claims_of, find_genre
from octavo.extract.headline import find_headline, known_of, site_keys
from octavo.extract.language import find_language
from octavo.extract.layout import Layout
from octavo.extract.lead import find_lead_image
from octavo.extract.metadata import (
    choose_main,
    find_canonical,
    find_keywords,
    find_section,
    find_standfirst,
    find_summary,
    site_name,
)
from octavo.extract.quality import Evidence, Found, complete, is_article, is_paywalled
from octavo.extract.rights import find_rights
from octavo.extract.site_rules import prune, rule_for, settle_by, shipped, title_by
from octavo.extract.state import find_state_body
from octavo.extract.structured import Statements, Thing, read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import decode, parse
from octavo.text.words import clip, count_words

_EXCERPT = 300
_HIDDEN_SHARE = 0.6  # of the body the page states; with less of it in its markup the stated body is taken
_STATED_BODY = 400  # characters
_SENTENCE = 20  # letters
_SENTENCES = 300


@dataclass(frozen=True, slots=True)
class _Page:
    """A page read: what it shows, what it states, and what is known by that.

    `body` is as the page alone has it, `kept` without what its publisher is known to repeat.
    """

    tree: LexborHTMLParser
    layout: Layout
    statements: Statements
    main: Thing | None
    publisher: str
    headline: str
    known: Known
    body: Body
    kept: Body
    dropped: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Text:
    """The article's words: its blocks, its running text by line, what stands apart, and the F1 they promise."""

    blocks: tuple[Block, ...]
    prose: tuple[str, ...]
    standfirst: str
    correction: str
    promised: float


def extract_article(source: PageSource, *, now: datetime) -> Article:
    """Read the article out of a page.

    Raises NotAnArticle when the page holds none.
    """
    return _article(_read(source), source, now)


def read_article(source: PageSource, *, now: datetime) -> tuple[Article, PageLines, str]:
    """Read the article out of a page, the lines of it that other pages may show to be its publisher's, and the address
    of its other form (AMP, print), where it names one.

    Raises NotAnArticle when the page holds none.
    """
    page = _read(source)
    article = _article(page, source, now)
    summary = find_summary(page.statements, page.main)
    return article, lines_of(page.layout, page.body, article, summary), other_form(page.statements, source.url)


def _article(page: _Page, source: PageSource, now: datetime) -> Article:
    statements, main, entry = page.statements, page.main, source.entry
    feed = entry.authors if entry else ()
    byline = find_byline(statements, main, page.layout, page.body.chosen, page.publisher, feed)
    page, text = _with_feed(page, _set(page, byline, source.url), source, byline)
    plain = _plain(text.blocks)
    words = count_words(plain)
    found = Found(text.promised, words, text.prose, fed=entry is not None)
    if not text.blocks or not page.headline or not is_article(found, main, statements, source.url):
        raise NotAnArticle(f"No article was found at {source.url}.")
    language = find_language(plain or page.headline, statements, main)
    seen = source.first_seen_at or now
    published, modified = find_dates(statements, main, find_printed(page.layout, page.body.chosen), language, now)
    published = published or feed_date(entry, now) or find_hidden_date(page.tree, source.url, now) or modified
    paragraphs = [block.text for block in text.blocks if block.kind is BlockKind.PARAGRAPH] or [""]
    section = find_section(statements, main)
    keywords = find_keywords(statements, main)
    claims = claims_of(page.layout, page.body.chosen, Claims(source.url, section, keywords, page.headline))
    paywalled = is_paywalled(statements, main, words)
    stated = count_words(main.body) if main and len(main.body) > _STATED_BODY else 0
    return Article(
        id=ArticleId(0),
        url=source.url,
        publisher_id=source.publisher_id,
        headline=page.headline,
        language=language,
        first_seen_at=seen,
        blocks=text.blocks,
        page_key=source.page_key,
        feed_id=source.feed_id,
        external_id=entry.guid if entry else "",
        canonical_url=find_canonical(statements, source.url),
        standfirst=text.standfirst,
        byline=byline,
        source=find_credit(byline, main, paragraphs, page.publisher, credit_lines(page.layout, page.body.chosen)),
        dateline=find_dateline(paragraphs),
        section=section,
        published_at=min(published, seen) if published else None,  # else one that lies ahead stands first until then
        modified_at=modified,
        image=_lead_image(page, source),
        genre=find_genre(statements, main, claims),
        form=find_form(statements, main, page.layout, text.blocks, words, source.url),
        keywords=keywords,
        correction=text.correction or (main.correction if main else ""),
        paywalled=paywalled,
        complete=complete(Evidence(text.promised, words, stated, paragraphs[-1], paywalled)),
        excerpt=text.standfirst or _summary(page) or clip(plain, _EXCERPT),
        word_count=words,
        rights=find_rights(statements, main, source.url, source.rights_said),
    )


def _lead_image(page: _Page, source: PageSource) -> Image | None:
    begins = next(iter(page.body.chosen), 0)
    of_feed = source.entry.image if source.entry else ""
    return find_lead_image(page.statements, page.main, page.layout, source.url, of_feed, begins)


def _read(source: PageSource) -> _Page:
    tree = parse(decode(source.html, source.content_type))
    if tree.body is None:
        raise NotAnArticle(f"{source.url} is not an HTML page.")
    rule = source.rule or rule_for(source.url, shipped())
    prune(tree, rule)
    statements = read_statements(tree)
    layout = lay_out(tree.body)
    main = choose_main(statements, layout, source.url)
    publisher = site_name(statements, main, source.publisher_name)
    sites = site_keys(statements, publisher, source.url)
    known = known_of(statements, source.url)
    body = settle_by(choose(layout, known), tree, layout, rule)
    begins = body.chosen[0] if body.chosen else 0
    feed_title = source.entry.title if source.entry else ""
    return _Page(
        tree=tree,
        layout=layout,
        statements=statements,
        main=main,
        publisher=publisher,
        headline=title_by(tree, rule) or find_headline(statements, main, layout, sites, feed_title, begins),
        known=known,
        body=body,
        kept=without(layout, body, known, source),
        dropped=source.boilerplate | source.barred,
    )


def _set(page: _Page, byline: Byline, url: str) -> _Text:
    """Set the chosen pieces in blocks; where the markup shows too little, the body the page states or carries."""
    chosen = page.kept.chosen
    correction, of_correction = find_correction(page.layout, chosen)
    apart = find_standfirst(page.layout, chosen, page.known)
    standfirst = page.layout.pieces[apart].text if apart is not None else ""
    kept = [number for number in chosen if number != apart and number not in of_correction]
    blocks = _captioned(_only_body(to_blocks(page.layout, kept, url), page.headline, byline), page.dropped)
    pieces = [page.layout.pieces[number] for number in kept]
    prose = tuple(piece.text for piece in pieces if piece.prose)
    shown = sum(len(piece.text) for piece in pieces)
    hidden = _hidden_body(page, shown)
    if hidden:
        lines = (line for line in hidden if not is_dropped(line, "", page.dropped))
        prose = tuple(lines)
        blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in prose)
    return _Text(blocks, prose, standfirst, correction, 0.9 if hidden else page.kept.expected)


def _with_feed(page: _Page, text: _Text, source: PageSource, byline: Byline) -> tuple[_Page, _Text]:
    """Take the text its feed carries where that is the whole of which the page shows a part, or nothing of use.

    Where the page says of no article that it is its own, the feed's title goes with it.
    """
    entry = source.entry
    blocks = feed_blocks(entry, source.url)
    if not entry or not blocks:
        return page, text
    headline = page.headline if page.main else entry.title or page.headline
    blocks = _only_body(blocks, headline, byline)
    shown, carried = _plain(text.blocks), _plain(blocks)
    promised = promise_of_feed(shown, count_words(shown), text.promised, carried)
    if not promised:
        return page, text
    return replace(page, headline=headline), replace(
        text, blocks=blocks, prose=tuple(carried.split("\n")), promised=promised
    )


def _captioned(blocks: tuple[Block, ...], dropped: frozenset[int]) -> tuple[Block, ...]:
    """Take captions that the publisher repeats off the pictures."""
    if not dropped:
        return blocks
    theirs = [block.kind is BlockKind.FIGURE and is_dropped(block.text, "caption", dropped) for block in blocks]
    return tuple(replace(block, text="") if drop else block for block, drop in zip(blocks, theirs, strict=True))


def _summary(page: _Page) -> str:
    summary = find_summary(page.statements, page.main)
    return "" if is_dropped(summary, "summary", page.dropped) else summary


def _hidden_body(page: _Page, shown: int) -> tuple[str, ...]:
    stated = page.main.body if page.main else ""
    if len(stated) > _STATED_BODY and shown < _HIDDEN_SHARE * len(stated) and not _is_shown(page.layout, stated):
        return tuple(stated.split("\n"))
    if shown < _STATED_BODY or page.kept.expected < _HIDDEN_SHARE:
        carried = find_state_body(page.tree)
        if sum(map(len, carried)) > 2 * shown:
            return carried
    return ()


def _is_shown(layout: Layout, stated: str) -> bool:
    """Tell whether most of a stated text stands somewhere on the page: then leaving it out was a choice."""
    shown = key("".join(piece.text for piece in layout.pieces))
    sentences = [key(sentence) for line in stated.split("\n") for sentence in line.split(". ")]
    long = [sentence for sentence in sentences if len(sentence) > _SENTENCE][:_SENTENCES]
    return 2 * sum(sentence in shown for sentence in long) > len(long)


def _only_body(blocks: tuple[Block, ...], headline: str, byline: Byline) -> tuple[Block, ...]:
    """Drop the headline where the body begins with it, and lines that only name the author."""
    kept = [block for block in blocks if block.kind is not BlockKind.PARAGRAPH or not is_byline(block.text, byline)]
    while kept and kept[0].text and key(kept[0].text) == key(headline):
        del kept[0]
    return tuple(kept)


def _plain(blocks: tuple[Block, ...]) -> str:
    """The text whose language is judged and whose words are counted: paragraphs, quotations, lists."""
    lines = [line for block in blocks for line in ((block.text,) if block.text else block.items)]
    return "\n".join(lines)
