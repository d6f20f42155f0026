"""Pages described for programs: JSON-LD of schema.org."""

from collections.abc import Mapping, Sequence
from typing import Any

from octavo.domain.article import Article, ArticleCard
from octavo.domain.publisher import Publisher
from octavo.domain.story import Story
from octavo.serve.display import web_address
from octavo.serve.here import Here

_CONTEXT = "https://schema.org"

_LISTED = 10
"""Articles of a list that are named in its description."""


def article_description(
    here: Here, article: Article, publisher: Publisher, path: str, *, main: str, picture: str
) -> Mapping[str, Any]:
    """Describe an article as its publisher's work, which this page only passes on.

    `url` is this page, `isBasedOn` the original; `main` is the address of the page to index, one of the two; whoever
    made this description is `sdPublisher`. Says no more than `article`, which holds only what may be shown.
    """
    people: list[dict[str, Any]] = [{"@type": "Person", "name": name} for name in article.byline.people]
    described = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": article.headline[:110],
        "description": article.excerpt,
        "inLanguage": article.language,
        "url": here.absolute(path),
        "mainEntityOfPage": {"@type": "WebPage", "@id": main},
        "isBasedOn": article.url,
        "datePublished": article.published_at.isoformat() if article.published_at else "",
        "dateModified": article.modified_at.isoformat() if article.modified_at else "",
        "author": people or [publisher_description(here, publisher)],
        "publisher": publisher_description(here, publisher),
        "sdPublisher": {"@type": "Organization", "name": "Octavo", "url": here.origin},
        "image": [here.absolute(picture)] if picture else [],
        "isAccessibleForFree": not article.paywalled,
        "license": list(article.rights.licences),
        "copyrightHolder": {"@type": "Organization", "name": article.rights.holder} if article.rights.holder else "",
    }
    return {name: value for name, value in described.items() if value not in ("", [])}


def publisher_description(here: Here, publisher: Publisher) -> dict[str, Any]:
    """Describe who publishes."""
    home = web_address(publisher.homepage) or here.absolute(here.source(publisher.id))
    return {"@type": "NewsMediaOrganization", "name": publisher.name, "url": home}


def story_description(here: Here, story: Story, path: str, cards: Sequence[ArticleCard]) -> Mapping[str, Any]:
    """Describe a story's page as a collection of reports."""
    return {
        **list_description(here, story.headline, path, cards),
        "inLanguage": story.language,
        "dateModified": story.last_at.isoformat(),
    }


def list_description(here: Here, name: str, path: str, cards: Sequence[ArticleCard]) -> Mapping[str, Any]:
    """Describe a page that lists articles, and the first of them in order."""
    described: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "CollectionPage",
        "name": name,
        "url": here.absolute(path),
        "inLanguage": here.language.tag,
    }
    if cards:
        described["mainEntity"] = {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "url": here.absolute(here.card(card))}
                for number, card in enumerate(cards[:_LISTED], 1)
            ],
        }
    return described


def website(here: Here, name: str) -> Mapping[str, Any]:
    """Describe the newspaper as a site that can be searched."""
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": "Octavo",
        "alternateName": name,
        "url": here.absolute(f"/{here.edition}"),
        "inLanguage": here.language.tag,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": here.absolute(here.at("search")) + "?q={words}"},
            "query-input": "required name=words",
        },
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
