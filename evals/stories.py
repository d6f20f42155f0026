"""Stories in a stream: BCubed and pairwise F1, the articles one by one as the pipeline would place them.

The streams are labelled by others; the newswire is the sample that ships with Octavo.

python evals/stories.py --shared ../shared
"""

import argparse
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.adapters.newswire.library import SampleArticle, read_library
from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.enrichment import Enrichment
from octavo.domain.ids import ArticleId, PublisherId, StoryId, first_article_id
from octavo.domain.relation import Candidate
from octavo.enrich.article import enrich_articles
from octavo.enrich.entities import ranked_names
from octavo.relate.article import relate_article
from octavo.relate.recluster import Settled, settle
from octavo.relate.words import rarest
from octavo.text.words import sentences

DATA = (
    *(f"data/labelled/stream_{name}.dev.jsonl" for name in ("uci_news", "itn", "ecbplus", "meantime")),
    "evals/metrics.py",
)
STREAMS = ("uci_news", "itn", "ecbplus", "meantime")
LANGUAGES = {"eng": "en", "ita": "it", "spa": "es", "nld": "nl", "deu": "de", "fra": "fr", "rus": "ru"}
UNDATED = datetime(2024, 1, 1, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
LEAD = 1000
BY_VECTOR, BY_WORDS, RAREST = 40, 20, 12
AT_ONCE, PER_STORY, MOST, LEAST = 100, 60, 1200, 300
WINDOW = timedelta(days=30)
SETTLING = True
OPENED = 1 << 60
"""Added to an article's id for a story that opens where another was split: no address so far is like it."""


def metrics(shared: Path) -> ModuleType:
    """Load the scores as the papers define them."""
    spec = importlib.util.spec_from_file_location("metrics", shared / "evals" / "metrics.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared}/evals/metrics.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(shared: Path, name: str) -> list[dict[str, Any]]:
    """Read one labelled set."""
    path = shared / "data" / "labelled" / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def stream(shared: Path, name: str) -> tuple[list[Article], list[str]]:
    """Read a stream in order of time: its articles, and the story each belongs to."""
    listed = rows(shared, f"stream_{name}.dev.jsonl")
    listed.sort(key=lambda row: row["ts"] or 0.0)
    return [_article(number, row) for number, row in enumerate(listed)], [row["story"] for row in listed]


def _article(number: int, row: Mapping[str, Any]) -> Article:
    at = datetime.fromtimestamp(row["ts"], UTC) if row["ts"] else UNDATED
    parts = sentences(row["text"]) if not row["title"] else []
    headline = row["title"] or (parts[0][:200] if parts else "")
    text = row["text"].strip()
    return Article(
        id=ArticleId(first_article_id(int(at.timestamp())) + number),
        url=row.get("url") or f"https://example.org/{number}",
        publisher_id=PublisherId(row["source"] or f"p{number}"),
        headline=headline.strip(),
        language=LANGUAGES.get(row["lang"], row["lang"]),
        first_seen_at=at,
        published_at=at,
        blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n") if line.strip()),
    )


def candidates(articles: Sequence[Article], found: Sequence[Enrichment]) -> list[Candidate]:
    """Make what relate sees, as the store does."""
    return [_candidate(article, enrichment) for article, enrichment in zip(articles, found, strict=True)]


def _candidate(article: Article, enrichment: Enrichment) -> Candidate:
    vector = enrichment.embedding
    return Candidate(
        id=article.id,
        publisher_id=article.publisher_id,
        headline=article.headline,
        lead=article.text[:LEAD],
        language=enrichment.language,
        at=article.time,
        source=article.source,
        names=ranked_names(enrichment.mentions),
        keys=tuple(entity.key for entity in enrichment.entities),
        hashtags=tuple(tag.tag for tag in enrichment.hashtags),
        fingerprint=enrichment.fingerprint,
        vector=vector.vector if vector and isinstance(vector.vector, bytes) else b"",
        model=vector.model if vector else "",
    )


@dataclass
class Neighbours:
    """The vector index and a search for any of the rarest words, in memory."""

    vectors: ExactIndex = field(default_factory=ExactIndex)
    words: dict[str, list[ArticleId]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Candidate) -> None:
        """Take in one article."""
        if one.vector:
            self.vectors.update([one.id], unpack(one)[None, :])
        for word in set(rarest(f"{one.headline} {one.lead}", one.language, 10**6)):
            self.words[word].append(one.id)

    def near(self, one: Candidate, since: ArticleId | None = None) -> tuple[dict[ArticleId, float], list[ArticleId]]:
        """Find an article's neighbours: those by vector with their cosines, and further ones by words."""
        near = dict(self.vectors.nearest(unpack(one), limit=BY_VECTOR, since=since)) if one.vector else {}
        votes: Counter[ArticleId] = Counter()
        total = max(1, len(self.vectors))
        for word in rarest(f"{one.headline} {one.lead}", one.language, RAREST):
            holders = self.words.get(word, [])
            for holder in holders:
                if since is None or holder >= since:
                    votes[holder] += np.log1p(total / len(holders))
        return near, [holder for holder, _ in votes.most_common(BY_WORDS + 1) if holder not in near]


def unpack(one: Candidate) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Give a candidate's vector as numbers."""
    return np.frombuffer(one.vector, dtype="<f2").astype(np.float32)


def place(stream_of: Iterable[Candidate]) -> dict[ArticleId, StoryId]:
    """Send candidates through relate one by one, each knowing only those before it; settle after every hundred."""
    index, held, home = Neighbours(), dict[ArticleId, Candidate](), dict[ArticleId, StoryId]()
    waiting: dict[ArticleId, set[ArticleId]] = {}
    for one in stream_of:
        if len(waiting) >= AT_ONCE and SETTLING:
            settle_some(held, home, waiting)
            waiting = {}
        near, more = index.near(one, first_article_id(int((one.at - WINDOW).timestamp())))
        known = [replace(held[other], story_id=home[other]) for other in [*near, *more]]
        placement = relate_article(one, known, near, LATER).placement
        chosen = placement.story_id or StoryId(int(one.id))
        for article, story in home.items():
            if story in placement.merged:
                home[article] = chosen
        home[one.id] = chosen
        held[one.id] = one
        index.add(one)
        waiting[one.id] = {*near, *more}
    if SETTLING:
        settle_some(held, home, waiting)
    return home


def settle_some(
    held: Mapping[ArticleId, Candidate], home: dict[ArticleId, StoryId], changed: Mapping[ArticleId, set[ArticleId]]
) -> None:
    """Settle the stories of articles just placed and of those near them, as pipeline/settle_stories.py does."""
    members: dict[StoryId, list[ArticleId]] = defaultdict(list)
    for article in sorted(home, reverse=True):
        members[home[article]].append(article)
    near = sorted({other for others in changed.values() for other in others}, reverse=True)
    latest = sorted(members, key=lambda story: -members[story][0])[:LEAST]
    wanted: dict[ArticleId, None] = {}
    for stories, most in (([home[one] for one in [*changed, *near]], MOST), (latest, LEAST)):
        for story in dict.fromkeys(stories):
            ids = members[story][:PER_STORY]
            if len(wanted) + len(ids) <= most:
                wanted.update(dict.fromkeys(ids))
    for change in settle([replace(held[one], story_id=home[one]) for one in wanted]):
        _apply(change, home)


def _apply(change: Settled, home: dict[ArticleId, StoryId]) -> None:
    target = change.story_id if change.story_id is not None else StoryId(int(change.articles[0]) + OPENED)
    moved = set(change.articles) | {one for one, story in home.items() if story in change.folded}
    home.update(dict.fromkeys(moved, target))


def newswire() -> tuple[list[Candidate], list[str]]:
    """Read the sample newswire in published order: what relate sees, and each article's event (its own where none)."""
    library = read_library()
    publishers = {publisher.key: publisher for publisher in library.publishers}
    listed = sorted(library.articles, key=lambda sample: -sample.age)
    made = samples()
    owned = [
        replace(one, owner=publishers[sample.publisher].owner)
        for one, sample in zip(candidates(made, enrich_articles(made, LocalEmbedder())), listed, strict=True)
    ]
    return owned, [sample.event or f"{sample.publisher}/{sample.slug}" for sample in listed]


def samples() -> list[Article]:
    """Read the articles of the sample newswire in published order."""
    library = read_library()
    languages = {publisher.key: publisher.language for publisher in library.publishers}
    listed = sorted(library.articles, key=lambda sample: -sample.age)
    return [_sample(number, sample, languages[sample.publisher]) for number, sample in enumerate(listed)]


def _sample(number: int, sample: SampleArticle, language: str) -> Article:
    at = UNDATED - sample.age
    return Article(
        id=ArticleId(first_article_id(int(at.timestamp())) + number),
        url=f"https://{sample.publisher}.example/{sample.slug}",
        publisher_id=PublisherId(sample.publisher),
        headline=sample.title,
        language=language,
        first_seen_at=at,
        published_at=at,
        standfirst=sample.standfirst,
        source=sample.agency,
        section=sample.section,
        keywords=sample.keywords,
        blocks=tuple(Block(BlockKind.PARAGRAPH, part) for part in sample.body.split("\n\n") if part.strip()),
    )


def measure(shared: Path, chosen: Sequence[str] = (*STREAMS, "newswire")) -> dict[str, float]:
    """Give BCubed and pairwise F1 of every stream."""
    scores, embedder, found = metrics(shared), LocalEmbedder(), {}
    for name in chosen:
        if name == "newswire":
            listed, gold = newswire()
        else:
            articles, gold = stream(shared, name)
            listed = candidates(articles, enrich_articles(articles, embedder))
        home = place(listed)
        placed = [home[one.id] for one in listed]
        found[f"{name}.bcubed"] = float(scores.bcubed(gold, placed)["f1"])
        found[f"{name}.pairwise"] = float(scores.pairwise(gold, placed)["f1"])
    return found


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--set", choices=(*STREAMS, "newswire"), action="append")
    options = parser.parse_args()
    sys.stdout.write(json.dumps(measure(options.shared, options.set or (*STREAMS, "newswire"))) + "\n")


if __name__ == "__main__":
    main()
