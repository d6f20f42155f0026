"""Articles as the AI features may read them: no word that is withheld from readers, and how much may be quoted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from octavo.domain.article import ArticleCard, Rights
from octavo.domain.brief import Brief, Statement
from octavo.domain.ids import ArticleId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.telling import Telling
from octavo.serve.display import EXCERPT
from octavo.serve.visit import Visit
from octavo.store import tellings
from octavo.text.words import sentences

_CUT = ("…", "...")


@dataclass(frozen=True, slots=True)
class Readable:
    """An article's words as they may be read for a brief. `most` characters of them may be quoted, None for any.

    `barred`: its publisher keeps machines from it, so that no language model is given any of it.
    """

    telling: Telling
    card: ArticleCard
    most: int | None = None
    barred: bool = False


def readable(visit: Visit, ids: Sequence[ArticleId]) -> list[Readable]:
    """Give these articles, in this order; those of which nothing but the headline may be shown are left out.

    Where the policy is not `full`, or the text is in doubt, what is read is what the card shows: an excerpt, or the
    words of the publisher's feed.
    """
    display = visit.known.display
    cards = {card.id: card for card in visit.cards(ids)}
    found = []
    for one in tellings.tellings(visit.view, [key for key in ids if key in cards], display.bar):
        card = cards[one.id]
        policy = display.of(card.publisher_id, fictional=card.fictional)
        if policy is not DisplayPolicy.FULL or display.doubts(card.complete):
            said = "" if policy is DisplayPolicy.HEADLINE else _whole(card.excerpt)
            one = replace(one, standfirst="", paragraphs=(said,) if said else (), whole=False, names=(), fingerprint=())
        if one.paragraphs:
            found.append(Readable(one, card, most_of(card.rights), card.rights.machines_barred))
    return found


def most_of(rights: Rights) -> int | None:
    """Give how many characters of an article may be quoted: its publisher's limit; an excerpt's of one that bars us."""
    limit = rights.longest_snippet
    if not rights.machines_barred:
        return limit
    return EXCERPT if limit is None else min(limit, EXCERPT)


def _whole(excerpt: str) -> str:
    """Leave out of an excerpt the sentence that was cut."""
    found = sentences(excerpt)
    if found and found[-1].endswith(_CUT):
        found.pop()
    return " ".join(found) if excerpt.startswith(" ".join(found)) else ""


def within_limits(brief: Brief, read: Iterable[Readable]) -> Brief:
    """Leave out the statements that quote more of an article than its publisher allows, in order of reading."""
    left: dict[ArticleId, int] = {one.telling.id: one.most for one in read if one.most is not None}
    kept = []
    for statement in (*brief.statements, *brief.near):
        cost = _cost(statement, left)
        if all(spent <= left[key] for key, spent in cost.items()):
            left |= {key: left[key] - spent for key, spent in cost.items()}
            kept.append(statement)
    said = tuple(one for one in kept if one in brief.statements)
    return replace(brief, statements=said, near=tuple(one for one in kept if one in brief.near))


def _cost(statement: Statement, left: Mapping[ArticleId, int]) -> dict[ArticleId, int]:
    """Count the characters a statement shows of each article that has a limit: its citations' words are shown too."""
    spent: dict[ArticleId, int] = {}
    for one in statement.citations:
        key = one.passage.article_id
        if key in left:
            spent[key] = spent.get(key, 0) + len(one.passage.text)
    return spent


def for_models(read: Sequence[Readable]) -> list[Telling]:
    """Give those a language model may be given."""
    return [one.telling for one in read if not one.barred]
