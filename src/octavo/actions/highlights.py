"""Mark passages of articles, with notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.follow import Highlight, Quote
from octavo.domain.ids import ArticleId, HighlightId
from octavo.errors import InputError, NotFound
from octavo.ports.tools import Tools
from octavo.relate.anchoring import LONGEST, Held, anchor, fingerprint, quote_of
from octavo.store import articles, highlights

LONGEST_NOTE = 5_000


@dataclass(frozen=True, slots=True)
class Selected:
    """What was selected in an article, and all of its text that may be shown to who selected it."""

    article_id: ArticleId
    shown: str
    quote: Quote


def add(tools: Tools, person: Person | None, said: Selected, note: str = "") -> HighlightId:
    """Mark a passage of an article. Raises InputError where it does not stand in what is shown, NotFound.

    What is kept, with what stands around it, is what the page shows: of what a publisher withholds nothing can be had.
    """
    who, now = demand(person, Act.KEEP), tools.now()
    if not 0 < len(said.quote.exact.strip()) <= LONGEST:
        raise InputError("select a passage of at most {n} characters", n=LONGEST)
    found = anchor(said.shown, said.quote)
    if found.held is not Held.SAME:
        raise InputError("these words do not stand in the article as it is now: load it anew, and select them again")
    quote = quote_of(said.shown, found.start, found.end)
    with tools.database.transaction() as tx:
        if not articles.cards(tx, [said.article_id]):
            raise NotFound("there is no such article")
        if highlights.count(tx, who.id) >= tools.settings.keep.highlights:
            raise InputError("no more than {n} passages can be marked", n=tools.settings.keep.highlights)
        new = Highlight(HighlightId(0), said.article_id, quote, now, _checked(note))
        return highlights.add(tx, who.id, new)


def note(tools: Tools, person: Person | None, one: HighlightId, text: str) -> ArticleId:
    """Write another note to a passage; gives its article. Raises NotFound."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        known = highlights.get(tx, who.id, one)
        if known is None:
            raise NotFound("there is no such passage")
        highlights.set_note(tx, who.id, one, _checked(text))
    return known.article_id


def remove(tools: Tools, person: Person | None, one: HighlightId) -> None:
    """Mark a passage no longer."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        highlights.remove(tx, who.id, one)


def settle(tools: Tools, person: Person | None, article: ArticleId, gone: Sequence[HighlightId], shown: str) -> None:
    """Keep that passages were found gone from an article as it is shown: nobody has to look for them there again."""
    who, text = demand(person, Act.KEEP), fingerprint(shown)
    with tools.database.read() as view:
        new = [one.id for one in highlights.of(view, who.id, article) if one.id in gone and one.gone_from != text]
    if new:
        with tools.database.transaction() as tx:
            highlights.set_gone(tx, who.id, new, text)


def _checked(text: str) -> str:
    said = text.strip()
    if len(said) > LONGEST_NOTE:
        raise InputError("a note has at most {n} characters", n=LONGEST_NOTE)
    return said
