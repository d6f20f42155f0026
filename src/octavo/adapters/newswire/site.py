"""The publishers' websites, rendered: each has one template, which is its whole site, in sites/."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from octavo.adapters.newswire.library import SampleFeed, SamplePublisher, article_path, section_slug
from octavo.adapters.newswire.markup import body_blocks, describe_article, describe_publisher, plain_text
from octavo.adapters.newswire.pictures import SIZE
from octavo.adapters.newswire.timetable import PublishedArticle

FEED_TYPES = {
    "rss2": "application/rss+xml",
    "rss2-full": "application/rss+xml",
    "rss1": "application/rss+xml",
    "rss091": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
}

_AND = {"en": " and ", "ar": " و", "es": " y ", "de": " und ", "fr": " et ", "uk": " і ", "tr": " ve "}
_DATES = {
    "US": "MMMM d, y, h:mm a",
    "DE": "d. MMMM y, HH:mm 'Uhr'",
    "AT": "d. MMMM y, HH:mm",
    "ES": "d 'de' MMMM 'de' y, HH:mm",
    "MX": "d 'de' MMMM 'de' y, HH:mm",
}
_FIRST_TAG = re.compile(r"^<(\w+)>")


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article ready to print: its address, its body as HTML blocks, its dates in words."""

    article: PublishedArticle
    path: str
    url: str
    picture: str
    blocks: tuple[Markup, ...]
    byline: str
    published: str
    modified: str

    @property
    def title(self) -> str:
        """The headline as it stands."""
        return self.article.title

    @property
    def summary(self) -> str:
        """The standfirst; for want of one, the first paragraph."""
        return self.article.draft.standfirst or plain_text(self.blocks[:1])


@dataclass(frozen=True, slots=True)
class Site:
    """One publisher's website at a moment: its articles, newest first, and where it lives."""

    publisher: SamplePublisher
    origin: str
    articles: tuple[ArticleView, ...]

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections in use, in order of their newest article."""
        return tuple(dict.fromkeys(view.article.draft.section for view in self.articles if view.article.draft.section))

    def most_read(self, count: int) -> tuple[ArticleView, ...]:
        """Articles for a "most read" box: always the same ones, whatever readers do."""
        return tuple(sorted(self.articles, key=lambda view: view.article.draft.number)[:count])

    def related(self, view: ArticleView, count: int) -> tuple[ArticleView, ...]:
        """Others of the publisher's articles: of the same event, then of the same section, then any."""
        draft = view.article.draft
        others = [other for other in self.articles if other.url != view.url]
        others.sort(key=lambda other: other.article.draft.section != draft.section)
        others.sort(key=lambda other: not draft.event or other.article.draft.event != draft.event)
        return tuple(others[:count])


@dataclass(frozen=True, slots=True)
class Page:
    """What a site's template is given: the site, and the article unless this is the home page."""

    site: Site
    view: ArticleView | None
    metadata: Mapping[str, object]

    @property
    def publisher(self) -> SamplePublisher:
        """Whose page this is."""
        return self.site.publisher

    @property
    def title(self) -> str:
        """For the title element."""
        return f"{self.view.title} | {self.publisher.name}" if self.view else self.publisher.name

    @property
    def feeds(self) -> tuple[SampleFeed, ...]:
        """The feeds that a page names in its head: all but sitemaps, which robots.txt names."""
        return tuple(feed for feed in self.publisher.feeds if feed.kind != "sitemap")


def make_templates() -> Environment:
    """The sites' templates, with everything they may use."""
    environment = Environment(
        loader=PackageLoader("octavo.adapters.newswire", "sites"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["classed"] = classed
    environment.filters["section_slug"] = section_slug
    environment.globals.update(feed_types=FEED_TYPES, picture_size=SIZE)
    return environment


def build_site(publisher: SamplePublisher, articles: Sequence[PublishedArticle], origin: str) -> Site:
    """The website of `publisher` at `origin`, such as http://al-minara.localhost:8000."""
    own = [article for article in articles if article.draft.publisher == publisher.key]
    return Site(publisher, origin, tuple(_view(publisher, article, origin) for article in own))


def render_home(templates: Environment, site: Site) -> str:
    """The publisher's home page."""
    described = {"@context": "https://schema.org"} | describe_publisher(site.publisher, site.origin)
    return _render(templates, Page(site, None, described))


def render_article(templates: Environment, site: Site, view: ArticleView) -> str:
    """The page of one article."""
    described = describe_article(site.publisher, view.article, site.origin, view.url, view.picture)
    return _render(templates, Page(site, view, described))


def last_modified(site: Site) -> datetime:
    """When anything on the site last changed; 1970 when it has no articles."""
    return max((view.article.modified_at for view in site.articles), default=datetime.fromtimestamp(0, UTC))


def picture_path(article: PublishedArticle) -> str:
    """Where the article's picture lives on its publisher's host, or an empty text."""
    return f"/pictures/{article.draft.slug}.jpg" if article.draft.image else ""


def classed(block: Markup, name: str) -> Markup:
    """The block with a class on its outermost element, when that is bare."""
    return Markup(_FIRST_TAG.sub(rf'<\1 class="{name}">', str(block)))  # noqa: S704  our own rendering


def _render(templates: Environment, page: Page) -> str:
    return templates.get_template(f"{page.publisher.key}.html").render(page=page, site=page.site, view=page.view)


def _view(publisher: SamplePublisher, article: PublishedArticle, origin: str) -> ArticleView:
    path = article_path(publisher, article.draft)
    picture = picture_path(article)
    draft = article.draft
    changed = article.modified_at > article.published_at
    return ArticleView(
        article=article,
        path=path,
        url=origin + path,
        picture=origin + picture if picture else "",
        blocks=tuple(Markup(block) for block in body_blocks(article)),  # noqa: S704  Markdown with HTML off
        byline=_joined(draft.authors, publisher.language) or draft.agency,
        published=_in_words(article.published_at, publisher),
        modified=_in_words(article.modified_at, publisher) if changed else "",
    )


def _joined(names: Sequence[str], language: str) -> str:
    if len(names) < 2:
        return "".join(names)
    comma = "، " if language == "ar" else ", "
    return comma.join(names[:-1]) + _AND[language] + names[-1]


def _in_words(moment: datetime, publisher: SamplePublisher) -> str:
    local = moment.astimezone(ZoneInfo(publisher.timezone))
    pattern = _DATES.get(publisher.country, "d MMMM y, HH:mm")
    return str(format_datetime(local, pattern, locale=f"{publisher.language}_{publisher.country}"))
