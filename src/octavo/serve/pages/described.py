"""Pages described for programs: JSON-LD of schema.org."""

from collections.abc import Mapping, Sequence
from typing import Any

from octavo.domain.article import Article
from octavo.domain.publisher import Publisher
from octavo.domain.story import Story
from octavo.serve.here import Here

_CONTEXT = "https://schema.org"


def article_description(
    here: Here, article: Article, publisher: Publisher, path: str, picture: str
) -> Mapping[str, Any]:
    """Describe an article as the publisher's work, which this page only shows."""
    described = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": article.headline[:110],
        "description": article.excerpt,
        "inLanguage": article.language,
        "url": here.absolute(path),
        "mainEntityOfPage": here.absolute(path),
        "isBasedOn": article.url,
        "datePublished": article.published_at.isoformat() if article.published_at else "",
        "dateModified": article.modified_at.isoformat() if article.modified_at else "",
        "author": [{"@type": "Person", "name": name} for name in article.byline.people]
        or [{"@type": "Organization", "name": publisher.name}],
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher.name, "url": publisher.homepage},
        "image": [here.absolute(picture)] if picture else [],
        "isAccessibleForFree": not article.paywalled,
        "license": list(article.rights.licences),
        "copyrightHolder": {"@type": "Organization", "name": article.rights.holder} if article.rights.holder else "",
    }
    return {name: value for name, value in described.items() if value not in ("", [])}


def story_description(here: Here, story: Story, path: str) -> Mapping[str, Any]:
    """Describe a story's page as a collection of reports."""
    return {
        "@context": _CONTEXT,
        "@type": "CollectionPage",
        "name": story.headline,
        "url": here.absolute(path),
        "inLanguage": story.language,
        "dateModified": story.last_at.isoformat(),
    }


def breadcrumbs(here: Here, steps: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """Describe the way to a page: (name, path) from the front page down."""
    return {
        "@context": _CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": here.absolute(path)}
            for number, (name, path) in enumerate(steps, 1)
        ],
    }
