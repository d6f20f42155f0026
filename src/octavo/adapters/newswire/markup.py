"""An article's body as HTML blocks, and its schema.org description."""

import html
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from octavo.adapters.newswire.library import SamplePublisher
from octavo.adapters.newswire.timetable import PublishedArticle

_TAG = re.compile(r"<[^>]*>")
_TYPES = {
    "analysis": "AnalysisNewsArticle",
    "opinion": "OpinionNewsArticle",
    "review": "ReviewNewsArticle",
}


def body_blocks(article: PublishedArticle) -> tuple[str, ...]:
    """The body as HTML, one string for each paragraph, heading, quotation, list or table.

    The dateline opens the first paragraph, as agencies and newspapers print it.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    blocks = [
        parser.renderer.render(tokens, parser.options, {}).strip() for tokens in _by_block(parser.parse(article.body))
    ]
    opening = dateline(article)
    for index, block in enumerate(blocks):
        if opening and block.startswith("<p>"):
            blocks[index] = f'<p><span class="dateline">{html.escape(opening)}</span> {block.removeprefix("<p>")}'
            break
    return tuple(blocks)


def dateline(article: PublishedArticle) -> str:
    """ "PORT SELWYN (Meridian) —", or an empty text."""
    place, agency = article.draft.dateline, article.draft.agency
    if not place:
        return f"({agency}) —" if agency else ""
    return f"{place} ({agency}) —" if agency else f"{place} —"


def plain_text(blocks: Sequence[str]) -> str:
    """The words of `blocks`, one line for each block."""
    return "\n".join(html.unescape(_TAG.sub("", block)) for block in blocks)


def describe_publisher(publisher: SamplePublisher, origin: str) -> dict[str, object]:
    """The publisher as a schema.org NewsMediaOrganization."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{origin}/#publisher",
        "name": publisher.name,
        "url": f"{origin}/",
        "parentOrganization": {"@type": "Organization", "name": publisher.owner},
    }


def describe_article(
    publisher: SamplePublisher, article: PublishedArticle, origin: str, url: str, picture: str
) -> dict[str, object]:
    """The article as a schema.org NewsArticle, or the kind of it that its genre asks for."""
    draft = article.draft
    people: list[object] = [{"@type": "Person", "name": name} for name in draft.authors]
    agency = {"@type": "Organization", "name": draft.agency}
    house = {"@type": "Organization", "name": publisher.name}
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(draft.genre, "NewsArticle"),
        "mainEntityOfPage": url,
        "headline": article.title,
        "inLanguage": publisher.language,
        "datePublished": article.published_at.isoformat(),
        "dateModified": article.modified_at.isoformat(),
        "author": people or [agency if draft.agency else house],
        "publisher": describe_publisher(publisher, origin),
        "isAccessibleForFree": True,
    }
    optional = {
        "description": draft.standfirst,
        "articleSection": draft.section,
        "keywords": list(draft.keywords),
        "dateline": draft.dateline,
        "correction": draft.correction,
        "sourceOrganization": agency if draft.agency else None,
        "image": [picture] if picture else [],
    }
    return described | {key: value for key, value in optional.items() if value}


def _by_block(tokens: Sequence[Token]) -> list[list[Token]]:
    blocks: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            blocks.append([])
        blocks[-1].append(token)
    return blocks
