"""One everyday word, looked for in module names and first lines, leads to the right module."""

import re
from functools import cache

import pytest

from .tree import modules

FEW = 6
"""A word that leads to more modules than this leads nowhere."""

SOUGHT = {
    # collect
    "due": "collect.schedule",
    "robots": "collect.robots",
    "opml": "collect.opml",
    "sitemap": "collect.sitemap",
    "polite": "collect.request",
    "changed": "collect.decide",
    "atom": "collect.parse",
    # extract
    "byline": "extract.byline",
    "dateline": "extract.dateline",
    "caption": "extract.figures",
    "canonical": "text.urls",
    # enrich, relate
    "labels an editor": "enrich.hashtags",
    "rising": "cli.hashtags",
    "who said": "relate.quotations",
    "what happened": "relate.timeline",
    "which language": "enrich.language",
    "organisations": "enrich.entities",
    "duplicates": "relate.duplicates",
    "belongs": "relate.cluster",
    "matters": "relate.rank",
    # underneath
    "all sql": "store",
    "subscriptions": "cli.importing",
    "wiring": "app",
    "environment": "config",
    "error": "errors",
    "neighbours": "ports.vector_index",
    "fts5": "adapters.sqlite.search",
    "journey": "cli.trace",
    "healthy": "cli.doctor",
    "fictional": "adapters.newswire",
}
"""An everyday word, and the module it should lead to."""


@cache
def purposes() -> dict[str, str]:
    """What can be found of each module: the words of its name, and its first line."""
    return {
        module.name: f"{module.name.replace('.', ' ').replace('_', ' ')} {module.purpose}" for module in modules("src/")
    }


@pytest.mark.parametrize("word", SOUGHT)
def test_a_word_leads_to_its_module(word: str) -> None:
    found = [name for name, said in purposes().items() if re.search(rf"\b{re.escape(word)}", said, re.IGNORECASE)]
    assert SOUGHT[word] in found
    assert len(found) <= FEW, found
