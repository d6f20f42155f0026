"""Facets: what an article is besides its words, as the search index holds it and filters ask for it.

A facet is a short text, "kind/value", the same when an article is indexed and when a reader asks. Indexes keep it
whole: nothing in it is split, and no word of a text is ever taken for one.
"""

from octavo.text.folding import fold, split

PICTURE = "has/picture"


def language(tag: str) -> str:
    """Say that an article is in a language; its script and country do not matter."""
    return f"language/{tag.split('-')[0].lower()}"


def publisher(key: str) -> str:
    """Say whose an article is, by the publisher's id."""
    return f"publisher/{key}"


def hashtag(tag: str) -> str:
    """Say that an article carries a hashtag; capitals do not matter."""
    return f"tag/{fold(tag)}"


def place(key: str) -> str:
    """Say that an article is about a place, by what names it in its entity's key: a number of GeoNames or a country."""
    return f"place/{key.removeprefix('place/')}"


def topic(code: str) -> str:
    """Say what an article is about, by a code of IPTC Media Topics."""
    return f"topic/{code}"


def author(name: str) -> list[str]:
    """Say who wrote an article: one facet for each word of the name, so that a family name alone is enough."""
    return [f"by/{word}" for word in dict.fromkeys(split(name))]
