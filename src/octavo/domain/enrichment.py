"""Enrichment: everything enrich adds to one article."""

from dataclasses import dataclass

from octavo.domain.entity import Entity, EntityKind
from octavo.domain.ids import ArticleId

__all__ = ["Embedding", "Enrichment", "Entity", "EntityKind", "Hashtag", "Mention", "Topic"]


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A label readers follow: `tag` is canonical (no "#"), `label` as shown, `score` in (0, 1].

    `key` says what it stands for in any language: an entity's key, "theme/" and a theme, or "" for a word of the text.
    """

    tag: str
    label: str
    score: float
    key: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names an entity: character offsets into headline + newline + text; `key` is the entity's."""

    name: str
    kind: EntityKind
    start: int
    end: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """An IPTC Media Topic: `code` as in medtop:CODE, `score` in (0, 1]."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Embedding:
    """A unit vector, and which model made it; vectors of two models never meet."""

    model: str
    vector: tuple[float, ...] | bytes
    """`bytes` is little-endian float16, the stored form."""


@dataclass(frozen=True, slots=True)
class Enrichment:
    """Everything enrich adds to one article; `fingerprint` is its near-duplicate signature (32-bit minima)."""

    article_id: ArticleId
    language: str
    hashtags: tuple[Hashtag, ...] = ()
    mentions: tuple[Mention, ...] = ()
    topics: tuple[Topic, ...] = ()
    embedding: Embedding | None = None
    fingerprint: tuple[int, ...] = ()
    entities: tuple[Entity, ...] = ()
    """Who and what is named, most salient first."""
