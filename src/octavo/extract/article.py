"""extract_article: runs the parts of extraction in order."""

from datetime import datetime

from octavo.domain.article import Article, Block, BlockKind, Byline
from octavo.domain.ids import ArticleId
from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.blocks import to_blocks
from octavo.extract.body import choose
from octavo.extract.byline import find_byline, is_byline
from octavo.extract.credit import find_credit
from octavo.extract.dateline import find_dateline
from octavo.extract.dates import find_dates, find_printed
from octavo.extract.evidence import key
from octavo.extract.headline import find_headline, known_of, site_keys
from octavo.extract.images import find_lead_image
from octavo.extract.language import find_language
from octavo.extract.layout import lay_out
from octavo.extract.metadata import (
    choose_main,
    find_canonical,
    find_genre,
    find_keywords,
    find_section,
    find_standfirst,
    find_summary,
    site_name,
)
from octavo.extract.structured import read_statements
from octavo.text.html import decode, parse
from octavo.text.words import clip, count_words

_EXCERPT = 300


def extract_article(source: PageSource, *, now: datetime) -> Article:
    """Read the article out of a page.

    Raises NotAnArticle when the page holds none.
    """
    tree = parse(decode(source.html, source.content_type))
    root = tree.body
    if root is None:
        raise NotAnArticle(f"{source.url} is not an HTML page.")
    statements = read_statements(tree)
    layout = lay_out(root)
    main = choose_main(statements, layout, source.url)
    entry = source.entry
    publisher = site_name(statements, main, source.publisher_name)
    sites = site_keys(statements, publisher, source.url)
    headline = find_headline(statements, main, layout, sites, entry.title if entry else "")
    known = known_of(statements, source.url)
    body = choose(layout, known)
    if not body.chosen or not headline:
        raise NotAnArticle(f"No article was found at {source.url}.")
    apart = find_standfirst(layout, body.chosen, known)
    standfirst = layout.pieces[apart].text if apart is not None else ""
    byline = find_byline(statements, main, layout, body.chosen, publisher, entry.authors if entry else ())
    blocks = to_blocks(layout, [number for number in body.chosen if number != apart], source.url)
    blocks = _only_body(blocks, headline, byline)
    paragraphs = [block.text for block in blocks if block.kind is BlockKind.PARAGRAPH]
    if not blocks:
        raise NotAnArticle(f"No article was found at {source.url}.")
    text = "\n".join(paragraphs)
    language = find_language(text or headline, statements, main)
    printed = find_printed(layout, body.chosen[0], tree, source.url)
    published, modified = find_dates(statements, main, printed, language, now)
    opening, closing = (paragraphs[0], paragraphs[-1]) if paragraphs else ("", "")
    section = find_section(statements, main)
    return Article(
        id=ArticleId(0),
        url=source.url,
        publisher_id=source.publisher_id,
        headline=headline,
        language=language,
        first_seen_at=source.first_seen_at or now,
        blocks=blocks,
        page_key=source.page_key,
        feed_id=source.feed_id,
        external_id=entry.guid if entry else "",
        canonical_url=find_canonical(statements, source.url),
        standfirst=standfirst,
        byline=byline,
        source=find_credit((byline.text,), opening, closing, publisher),
        dateline=find_dateline(opening),
        section=section,
        published_at=published,
        modified_at=modified,
        image=find_lead_image(statements, main, source.url, entry.image if entry else ""),
        genre=find_genre(main, section, source.url),
        keywords=find_keywords(statements, main),
        complete=body.expected,
        excerpt=standfirst or find_summary(statements, main) or clip(text, _EXCERPT),
        word_count=count_words(text),
    )


def _only_body(blocks: tuple[Block, ...], headline: str, byline: Byline) -> tuple[Block, ...]:
    """Drop the headline where the body begins with it, and lines that only name the author."""
    kept = [block for block in blocks if block.kind is not BlockKind.PARAGRAPH or not is_byline(block.text, byline)]
    while kept and kept[0].text and key(kept[0].text) == key(headline):
        del kept[0]
    return tuple(kept)
