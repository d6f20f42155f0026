"""articles -> headlines in the languages of the editions, for lists: made ahead, checked, kept."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import structlog

from octavo.brief.headlines import cut, fit, joined, prompt_for_headlines, read_headlines
from octavo.brief.translated import VERSION
from octavo.domain.article import ArticleCard
from octavo.domain.headline import TranslatedHeadline
from octavo.domain.ids import ArticleId, first_article_id
from octavo.domain.publisher import DisplayPolicy
from octavo.errors import ModelError, ModelRefused, TranslatorError
from octavo.pipeline.enrich_article import CONSUMER as ENRICHER
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.ports.translator import pair_of
from octavo.store import articles, changes, facts, headlines, reading, starter

log = structlog.get_logger()

CONSUMER = "headlines"
MADE_BY = "headlines_made_by"
"""The fact that names what headlines were translated by last: when it is another, those of late are made anew."""

AT_ONCE = 100
"""Changes taken in one round."""

A_PROMPT = 10
"""Headlines a language model is given at a time."""

OF_LATE = timedelta(days=7)
"""Articles older than this when they come in, or when a translator comes, are left: they stand in few lists."""

Held = dict[tuple[ArticleId, str], TranslatedHeadline]


@dataclass(frozen=True, slots=True)
class Makers:
    """Who translates headlines here, and into which languages (BCP 47, those of editions)."""

    tools: Tools
    languages: tuple[str, ...]

    def of(self, source: str, target: str) -> str:
        """Name what translates from one language into another; "" for nobody."""
        pair = pair_of(source, target)
        if pair[0] == pair[1]:
            return ""
        by = self.tools.translator.pairs.get(pair, "")
        asked = target in self.tools.settings.ai.headline_languages
        return by or (self.tools.language_model.model if asked else "")

    @property
    def name(self) -> str:
        """Name all of them with the check, in short: it differs once any of that does."""
        pairs = sorted(self.tools.translator.pairs.items())
        asked = sorted(self.tools.settings.ai.headline_languages)
        said = repr((VERSION, self.languages, pairs, asked, self.tools.language_model.model if asked else ""))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def translate_headlines(tools: Tools) -> int:
    """Translate the headlines of articles that came or changed; gives how many changes were looked at.

    Where what translates does not answer at all, the rest waits for the next time.
    """
    if not tools.settings.ai.translates_headlines:
        return 0
    editions = starter.read(tools.settings.data_dir).editions.values()
    makers = Makers(tools, tuple(sorted({plan.language for plan in editions})))
    looked = 0
    try:
        _begin_anew(tools, makers)
        while done := _round(tools, makers):
            looked += done
    except ModelError as error:
        log.warning("headlines wait for what translates them", reason=str(error))
    return looked


def _begin_anew(tools: Tools, makers: Makers) -> None:
    """Go back to the articles of late when others translate than before, or for the first time."""
    name = makers.name
    with tools.database.read() as view:
        if facts.get(view, MADE_BY) == name:
            return
        before = changes.before_first(view, _oldest(tools))
    with tools.database.transaction() as tx:
        facts.set(tx, MADE_BY, name)
        changes.set_position(tx, CONSUMER, before)


def _oldest(tools: Tools) -> ArticleId:
    return first_article_id(int((tools.now() - OF_LATE).timestamp()))


def _round(tools: Tools, makers: Makers) -> int:
    """Translate what the next changes need, once it was enriched: only then is an article's language known."""
    with tools.database.read() as view:
        enriched = changes.position(view, ENRICHER)
        rows = [one for one in changes.since(view, changes.position(view, CONSUMER), AT_ONCE) if one.seq <= enriched]
        wanted = list(_wanted(tools, makers, view, list(dict.fromkeys(one.article_id for one in rows))))
    if not rows:
        return 0
    made = [one for target, by, cards in wanted for one in _made(tools, target, by, cards)]
    with tools.database.transaction() as tx:
        headlines.save(tx, made)
        changes.set_position(tx, CONSUMER, rows[-1].seq)
    if made:
        log.info("headlines translated", headlines=len(made), shown=sum(bool(one.text) for one in made))
    return len(rows)


def _wanted(
    tools: Tools, makers: Makers, view: Read, ids: Sequence[ArticleId]
) -> Iterator[tuple[str, str, list[ArticleCard]]]:
    """Give what is to be translated: a language, by whom, the articles of one language that have it not yet."""
    oldest = _oldest(tools)
    lately = [one for one in ids if one >= oldest]
    held = {(one.article_id, one.language): one for one in headlines.every(view, lately)}
    policies, default = reading.policies(view), tools.settings.web.default_policy
    groups: dict[tuple[str, str, str], list[ArticleCard]] = {}
    for card in articles.cards(view, lately):
        policy = DisplayPolicy.FULL if card.fictional else policies.get(card.publisher_id, default)
        if not fit(card, policy):
            continue
        for target in makers.languages:
            by = makers.of(card.language, target)
            if by and not _stands(held, card, target, by):
                groups.setdefault((card.language, target, by), []).append(card)
    for (_, target, by), cards in groups.items():
        yield target, by, cards


def _stands(held: Held, card: ArticleCard, target: str, by: str) -> bool:
    """Say whether what is kept was made by the same from the same words, and checked by the same."""
    one = held.get((card.id, target))
    return one is not None and (one.original, one.made_by, one.checked_by) == (card.headline, by, VERSION)


def _made(tools: Tools, target: str, by: str, cards: Sequence[ArticleCard]) -> list[TranslatedHeadline]:
    """Translate some headlines of one language."""
    translated = pair_of(cards[0].language, target) in tools.translator.pairs
    texts = _translated(tools, target, cards) if translated else _written(tools, target, cards)
    now = tools.now()
    return [
        TranslatedHeadline(card.id, target, card.headline, text, by, VERSION, now)
        for card, text in zip(cards, texts, strict=True)
    ]


def _translated(tools: Tools, target: str, cards: Sequence[ArticleCard]) -> list[str]:
    """Let a translator translate; where it fails with many, each is tried by itself, and goes without if need be."""
    pair = pair_of(cards[0].language, target)
    pieces = [cut(one) for one in cards]
    asked = [sentence for one in pieces for sentence in one.asked]
    try:
        made = iter(tools.translator.translate(asked, pair))
    except TranslatorError as error:
        log.warning("headlines were not translated", headlines=len(cards), into=target, reason=str(error))
        return [text for one in cards for text in _translated(tools, target, [one])] if len(cards) > 1 else [""]
    return [joined(one, [next(made) for _ in one.asked], target) for one in pieces]


def _written(tools: Tools, target: str, cards: Sequence[ArticleCard]) -> list[str]:
    """Let a language model translate, some at a time. Raises ModelError, but for a refusal: then there is none."""
    texts: list[str] = []
    for start in range(0, len(cards), A_PROMPT):
        some = cards[start : start + A_PROMPT]
        try:
            with closing(tools.language_model.write(prompt_for_headlines(some, target))) as pieces:
                written = "".join(piece.text for piece in pieces)
        except ModelRefused as error:
            log.warning("headlines were not translated", headlines=len(some), into=target, reason=str(error))
            written = ""
        texts += read_headlines(written, some, target)
    return texts
