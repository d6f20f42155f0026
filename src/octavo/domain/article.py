"""Article, Byline, Dateline, Block: the clean piece of journalism."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from octavo.domain.headline import TranslatedHeadline
from octavo.domain.ids import ArticleId, FeedId, PageKey, PublisherId, StoryId


class BlockKind(StrEnum):
    """What a block of the body is."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    LIST = "list"
    QUOTE = "quote"
    TABLE = "table"
    FIGURE = "figure"
    EMBED = "embed"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body: plain text, never markup.

    LIST uses `items`; TABLE uses `rows`; FIGURE uses `url`, `text` (the caption) and `credit`; EMBED uses `url` and
    `text`; SUBHEAD uses `level` (2-4).
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    url: str = ""
    credit: str = ""


class Genre(StrEnum):
    """IPTC genre, the few that matter to a reader."""

    NEWS = "news"
    ANALYSIS = "analysis"
    OPINION = "opinion"
    INTERVIEW = "interview"
    LIVE = "live"
    REVIEW = "review"


class Form(StrEnum):
    """What an article is made of, where that is not mainly text."""

    TEXT = "text"
    GALLERY = "gallery"
    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class Rights:
    """What the publisher says may be done with its article; empty where it says nothing.

    `licences` are addresses of licences and terms (schema.org license and usageInfo, rel=license, RSL 1.0). `holder`
    has the copyright. `tdm_reserved` and `tdm_policy` are TDMRep's: whether text and data mining is reserved (None: not
    said), and the address of its terms. `robots` holds the directives of the page's robots meta elements, lower case:
    "noai", "max-snippet:50".
    """

    licences: tuple[str, ...] = ()
    holder: str = ""
    tdm_reserved: bool | None = None
    tdm_policy: str = ""
    robots: tuple[str, ...] = ()

    @property
    def longest_snippet(self) -> int | None:
        """How many characters of it may be shown elsewhere; None for as many as we like."""
        limits = [0] if "nosnippet" in self.robots else []
        for directive in self.robots:
            name, _, value = directive.partition(":")
            if name == "max-snippet" and value.isascii() and value.isdigit():
                limits.append(int(value[:6]))
        return min(limits, default=None)

    @property
    def pictures(self) -> bool:
        """Whether its pictures may be shown elsewhere."""
        return {"noimageindex", "max-image-preview:none"}.isdisjoint(self.robots)

    @property
    def machines_barred(self) -> bool:
        """Whether the publisher keeps models from learning from it: TDMRep's reservation, or "noai"."""
        return self.tdm_reserved is True or "noai" in self.robots


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it: `text` as printed, `people` the names recognised in it, clean and apart."""

    text: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where it was filed: "KYIV" in "KYIV, 4 March - "."""

    place: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A publisher's picture, by address; width and height in pixels, 0 unknown.

    `tint` numbers the colour that stands for it until it is there (domain/picture.py), 0 unknown; it is never saved.
    """

    url: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0
    tint: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of journalism, clean. `id` is 0 until saved.

    Honest time: `published_at` and `modified_at` are the publisher's word (None when it gave none; never "now"),
    `first_seen_at` is ours, and nothing is published later than that. `source` is the organisation the text came from
    when that is not the publisher (IPTC `source`): an agency. `complete` is the probability in [0, 1] that the text is
    the whole article and nothing else.
    """

    id: ArticleId
    url: str
    publisher_id: PublisherId
    headline: str
    language: str
    first_seen_at: datetime
    blocks: tuple[Block, ...] = ()
    page_key: PageKey | None = None
    feed_id: FeedId | None = None
    external_id: str = ""
    canonical_url: str = ""
    standfirst: str = ""
    byline: Byline = field(default_factory=Byline)
    source: str = ""
    dateline: Dateline = field(default_factory=Dateline)
    section: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    image: Image | None = None
    genre: Genre = Genre.NEWS
    form: Form = Form.TEXT
    keywords: tuple[str, ...] = ()
    correction: str = ""
    paywalled: bool = False
    complete: float = 1.0
    excerpt: str = ""
    word_count: int = 0
    rights: Rights = field(default_factory=Rights)

    @property
    def text(self) -> str:
        """The body as plain text, one paragraph a line; captions and embeds are left out."""
        return "\n".join(line for block in self.blocks for line in _lines(block))

    @property
    def time(self) -> datetime:
        """The time to order by: when published, else when first seen."""
        return self.published_at or self.first_seen_at


def _lines(block: Block) -> list[str]:
    if block.kind in (BlockKind.FIGURE, BlockKind.EMBED):
        return []
    if block.kind is BlockKind.LIST:
        return list(block.items)
    if block.kind is BlockKind.TABLE:
        return [" ".join(row) for row in block.rows]
    return [block.text] if block.text else []


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article as lists show it: no body. `story_size` counts the articles of its story.

    `hashtags` and `translated`, its headline in the language of an edition, are for pages.
    """

    id: ArticleId
    headline: str
    publisher_id: PublisherId
    publisher_name: str
    url: str
    language: str
    first_seen_at: datetime
    published_at: datetime | None = None
    excerpt: str = ""
    source: str = ""
    section: str = ""
    genre: Genre = Genre.NEWS
    form: Form = Form.TEXT
    image: Image | None = None
    country: str = ""
    complete: float = 1.0
    word_count: int = 0
    fictional: bool = False
    story_id: StoryId | None = None
    story_size: int = 1
    story_publishers: int = 1
    rights: Rights = field(default_factory=Rights)
    hashtags: tuple[str, ...] = ()
    translated: TranslatedHeadline | None = None

    @property
    def time(self) -> datetime:
        """The time to order by: when published, else when first seen."""
        return self.published_at or self.first_seen_at
