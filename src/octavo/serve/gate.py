"""The quality gate: what readers see of an article whose text is not surely whole and clean.

Its publisher's feed speaks for it, else the page's own summary; never the text in doubt, not even its first words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.entry import Entry
from octavo.domain.ids import ArticleId
from octavo.domain.publisher import DisplayPolicy
from octavo.ports.database import Read
from octavo.serve.display import EXCERPT, Display, snippet
from octavo.store import articles, entries
from octavo.text.html import parse, text_of
from octavo.text.words import clip

MOST = 900
"""Characters of a feed's own words that are shown, at most."""

_READ = 60_000  # characters of a feed's HTML that are looked at
_SAYS_SOMETHING = 40  # characters; shorter summaries are labels ("Comments", "Photo")
_ENDS = (".", "!", "?", "…", "”", "»", '"', "]", "。", "！", "？", "؟", "।")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Words that stand in for a text: a paragraph a line, "" when there are none; `from_feed` says whose they are."""

    text: str = ""
    from_feed: bool = False

    @property
    def short(self) -> str:
        """The words in one line, short enough for a card."""
        return clip(self.text, EXCERPT)


def stand_ins(view: Read, ids: Sequence[ArticleId]) -> dict[ArticleId, StandIn]:
    """Find what stands in for these articles: two queries at most, however many there are."""
    said = {
        key: StandIn(words, from_feed=True)
        for key, entry in entries.of_articles(view, ids).items()
        if (words := feed_words(entry))
    }
    silent = [one for one in ids if one not in said]
    of_page = {one.id: StandIn(page_words(one)) for one in articles.get_many(view, silent)} if silent else {}
    return said | of_page


def guarded(article: Article, words: StandIn, policy: DisplayPolicy) -> Article:
    """Put the words that stand in where an article's text was, as many as the policy lets us show."""
    image = article.image
    lines, short = words.text.split("\n"), words.short
    if policy is not DisplayPolicy.FULL:
        short = "" if policy is DisplayPolicy.HEADLINE else snippet(words.text, article.rights)
        lines = [short]
        image = image if policy is DisplayPolicy.EXCERPT and article.rights.pictures else None
    return replace(
        article,
        blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in lines if line),
        excerpt=short,
        standfirst="",
        correction="",
        image=image,
    )


def why_not_shown(display: Display, article: Article, policy: DisplayPolicy) -> str:
    """Say why a text is not shown: "unread", "paywalled", or "" where it is, or the policy never lets it be."""
    if policy is DisplayPolicy.HEADLINE or not display.doubts(article.complete):
        return ""
    return "paywalled" if article.paywalled else "unread"


def feed_words(entry: Entry) -> str:
    """Read what a feed says of an article as plain text, a paragraph a line; "" when that is nothing of its own.

    Markup is dropped, and with it lines and endings that only lead somewhere ("Continue reading").
    """
    for source in (entry.summary, entry.content):
        text = _plain(source[:_READ])
        if len(text) >= _SAYS_SOMETHING and text.casefold() != entry.title.strip().casefold():
            return _first_lines(text)
    return ""


def page_words(article: Article) -> str:
    """Give the standfirst, or the summary the page states; "" where that is but the beginning of the text in doubt."""
    said = article.standfirst or article.excerpt
    lines = (" ".join((block.text, *block.items)) for block in article.blocks)
    begins = " ".join(" ".join(lines).split())
    known = " ".join(said.split()).rstrip("…").rstrip()
    return "" if not known or begins.startswith(known) else clip(said, EXCERPT)


def _plain(fragment: str) -> str:
    if "<a" not in fragment.lower():
        return text_of(fragment)
    body = parse(fragment).body
    if body is None:
        return ""
    for line in reversed(body.css("p, li, div, td")):  # inner lines first: no line is looked at after it is gone
        anchors = sum(len(anchor.text()) for anchor in line.css("a"))
        if anchors and 2 * anchors > len(line.text().strip()):
            line.decompose()
    _drop_last_anchor(body)
    return text_of(body.html or "")


def _drop_last_anchor(body: LexborNode) -> None:
    """Drop a link at the very end, when the words before it end a sentence."""
    anchors = body.css("a")
    words = anchors[-1].text() if anchors else ""
    if not words:
        return
    before, _, after = body.text().rpartition(words)
    if not after.strip() and before.rstrip().endswith(_ENDS):
        anchors[-1].decompose()


def _first_lines(text: str) -> str:
    """Keep whole lines up to the cap; the first is clipped when it alone is longer."""
    kept: list[str] = []
    left = MOST
    for line in text.split("\n"):
        if len(line) > left:
            break
        kept.append(line)
        left -= len(line)
    return "\n".join(kept) or clip(text, MOST)
