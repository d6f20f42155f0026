"""enrich_article: everything of one article, the same on every run, whatever the text."""

import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from octavo.domain.article import Block, BlockKind
from octavo.enrich.article import enrich_article, enrich_articles

from .samples import FERRY, TEXTS, TinyEmbedder, article, in_language


def test_a_batch_gives_what_each_alone_does_in_order() -> None:
    batch = [FERRY, *map(in_language, TEXTS)]
    assert enrich_articles(batch, TinyEmbedder()) == [enrich_article(one, TinyEmbedder()) for one in batch]
    assert enrich_articles([], TinyEmbedder()) == []


@pytest.mark.parametrize("language", TEXTS)
def test_an_article_gains_every_part(language: str) -> None:
    found = enrich_article(in_language(language), TinyEmbedder())
    assert found.article_id == 1
    assert found.language == language
    assert found.hashtags
    assert found.topics
    assert found.fingerprint
    assert (found.embedding is not None) == (language in TinyEmbedder.languages)


def test_mentions_count_from_the_headline() -> None:
    found = enrich_article(FERRY, TinyEmbedder())
    whole = f"{FERRY.headline}\n{FERRY.text}"
    first = next(mention for mention in found.mentions if mention.name == "Port Selwyn")
    assert whole[first.start : first.end] == "Port Selwyn"
    assert first.end <= len(FERRY.headline)


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("", ""),
        ("Rain", ""),
        ("", "Rain."),
        ("2026", "1 2 3 4 5 6 7 8 9 10"),
        ("🦉", "🦉 🦉🦉 🦉"),
        ("\x00\u202e", "\ud800 \ufffe"),
        ("A" * 5000, "b" * 5000),
        ("' '", "«»"),
        ("İ" * 40, "ﬁ ẞ ǅ"),
    ],
)
def test_odd_texts_are_enriched_without_complaint(headline: str, text: str) -> None:
    for language in ("", "en", "tr", "zh", "und"):
        found = enrich_article(article(headline, text, language), TinyEmbedder())
        assert len(found.hashtags) <= 8
        assert len({tag.tag for tag in found.hashtags}) == len(found.hashtags)


def test_a_very_long_text_is_enriched_in_good_time() -> None:
    paragraphs = "\n".join(f"{FERRY.text} Chapter {number} of the Harbour Commission." for number in range(420))
    assert len(paragraphs) > 200_000
    begun = time.process_time()
    found = enrich_article(article(FERRY.headline, paragraphs), TinyEmbedder())
    assert time.process_time() - begun < 3.0
    assert "PortSelwyn" in {tag.label for tag in found.hashtags}


def test_captions_and_embeds_are_not_read() -> None:
    caption = Block(BlockKind.FIGURE, "Zebulon Quist waves.", url="https://harbour-post.example/a.jpg")
    found = enrich_article(replace(FERRY, blocks=(*FERRY.blocks, caption)), TinyEmbedder())
    assert found == enrich_article(FERRY, TinyEmbedder())


_PRINT = """
import sys
sys.path.insert(0, sys.argv[1])
from enrich.samples import FERRY, TinyEmbedder, in_language
from octavo.enrich.article import enrich_articles
from octavo.relate.words import rarest, terms
for one in enrich_articles([FERRY, *map(in_language, ("ar", "de", "zh"))], TinyEmbedder()):
    print(ascii(one))
print(ascii(sorted(terms(FERRY.text, "en").items())), ascii(rarest(FERRY.text, "en", 9)))
"""


def test_another_process_with_other_hashes_gives_the_same() -> None:
    tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _PRINT, tests],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    printed = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert printed[0] == printed[1]
    assert "PortSelwyn" in printed[0]
