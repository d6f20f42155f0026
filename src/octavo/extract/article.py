"""extract_article: runs the parts of extraction in order."""

from datetime import datetime

from octavo.domain.article import Article, BlockKind
from octavo.domain.ids import ArticleId
from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.blocks import to_blocks
from octavo.extract.body import choose
from octavo.extract.byline import find_byline
from octavo.extract.credit import find_credit
from octavo.extract.dateline import find_dateline
from octavo.extract.evidence import key
from octavo.extract.images import find_lead_image
from octavo.extract.language import find_language
from octavo.extract.layout import lay_out
from octavo.extract.metadata import (
    choose_main,
    find_canonical,
    find_dates,
    find_genre,
    find_headline,
    find_keywords,
    find_section,
    find_standfirst,
    known_of,
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
    headline = find_headline(statements, main, layout, publisher, entry.title if entry else "")
    body = choose(layout, known_of(statements))
    blocks = to_blocks(layout, body.chosen, source.url)
    if blocks and key(blocks[0].text) == key(headline):
        blocks = blocks[1:]
    paragraphs = [block.text for block in blocks if block.kind is BlockKind.PARAGRAPH]
    if not headline or not blocks:
        raise NotAnArticle(f"No article was found at {source.url}.")
    text = "\n".join(paragraphs)
    language = find_language(text or headline, statements, main)
    published, modified = find_dates(statements, main, layout, statements.language or language, now)
    byline = find_byline(statements, main, layout, publisher, entry.authors if entry else ())
    standfirst = find_standfirst(statements, main)
    if any(key(standfirst)[:80] in key(paragraph) for paragraph in paragraphs[:3]):
        standfirst = ""
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
        excerpt=standfirst or clip(text, _EXCERPT),
        word_count=count_words(text),
    )
