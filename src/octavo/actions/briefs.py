"""What AI features say: written by a language model and checked, kept, reported by readers, withdrawn by editors.

The model is asked outside of any transaction; a transaction keeps what came of it.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime

from octavo.accounts.permissions import Act, demand
from octavo.actions.audit import record, short_note
from octavo.brief.grounding import Grounds
from octavo.brief.prompt import BUDGET, prompt_for
from octavo.brief.translated import VERSION as TRANSLATED
from octavo.brief.translated import Pieces
from octavo.brief.written import Sieve
from octavo.domain.account import Person
from octavo.domain.brief import Brief, BriefKind, KeptBrief, Statement
from octavo.domain.telling import Telling
from octavo.errors import InputError, NotFound
from octavo.ports.language_model import LanguageModel
from octavo.ports.tools import Tools
from octavo.ports.translator import Translator, pair_of
from octavo.store import briefs

MOST_LISTED = 1000

_NOTHING = "NONE"
"""What a model writes when the articles do not say; our prompts tell it so."""

_KEPT_SHARE = 3
"""An answer of which fewer than one sentence in so many is borne out is no answer."""

_ORIGINALS = 2
"""A translation of which more than one sentence in so many stands in the original language is none."""

_CHARACTERS_A_TOKEN = 2
_OWN_TOKENS = 1200
"""Tokens of a prompt that are not material: our rules, and the answer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a model is to write: of which tellings, in which language, to which question after which others."""

    kind: BriefKind
    tellings: Sequence[Telling]
    language: str
    question: str = ""
    before: tuple[str, ...] = ()


def write(model: LanguageModel, wanted: Wanted, now: datetime) -> Generator[Statement | None, None, Brief]:
    """Let a model write; each statement comes as soon as its sources bear it out, None while nothing does.

    Returns the whole; it is silent where too little of it was borne out. Closing the generator stops the model. Raises
    ModelError.
    """
    budget = min(BUDGET, max(1000, (model.context - _OWN_TOKENS) * _CHARACTERS_A_TOKEN))
    framed = prompt_for(wanted.kind, wanted.tellings, wanted.language, wanted.question, wanted.before, budget)
    sieve = Sieve(Grounds(wanted.tellings), wanted.language)
    said: list[Statement] = []
    head, name, finished = "", model.model, False
    pieces = model.write(framed.prompt)
    try:
        for piece in pieces:
            head = (head + piece.text)[:20]
            name = piece.model or name
            finished = finished or piece.finished
            if head.strip().startswith(_NOTHING):
                break
            found = sieve.feed(piece.text)
            said += found
            yield from found or (None,)
            if sieve.full:
                break
    finally:
        pieces.close()
    nothing = head.strip().startswith(_NOTHING)
    rest = [] if nothing else sieve.finish(whole=finished)
    said += rest
    yield from rest
    dropped = 0 if nothing else sieve.dropped
    enough = len(said) * _KEPT_SHARE >= len(said) + dropped
    statements = tuple(said) if enough else ()
    return Brief(wanted.kind, wanted.language, statements, now, wanted.question, name, framed.prompt.name, dropped)


def translate(translator: Translator, wanted: Wanted, now: datetime) -> Generator[Statement | None, None, Brief]:
    """Let a translator translate an article, few sentences at a time; each comes once it was checked.

    Returns the whole, in the order of reading: a sentence whose translation does not hold stands as it was written, and
    where most do, nothing is said. Closing the generator ends it with the sentences under way. Raises TranslatorError.
    """
    telling = wanted.tellings[0]
    pair = pair_of(telling.language, wanted.language)
    name = translator.pairs.get(pair, "")
    said: list[Statement] = []
    for pieces in Pieces.of(telling):
        yield None
        found = pieces.statements(translator.translate(pieces.asked, pair), wanted.language)
        said += found
        yield from found
    kept = sum(one.chosen for one in said)
    statements = tuple(said) if kept * _ORIGINALS <= len(said) else ()
    return Brief(wanted.kind, wanted.language, statements, now, wanted.question, name, TRANSLATED, kept)


def prompt_name(wanted: Wanted) -> str:
    """Name the prompt that would be used, with its version."""
    return prompt_for(wanted.kind, wanted.tellings[:1], wanted.language, wanted.question).prompt.name


def keep(tools: Tools, kept: KeptBrief) -> None:
    """Keep what was written."""
    with tools.database.transaction() as tx:
        briefs.save(tx, kept)


def report(tools: Tools, kept: KeptBrief, reason: str) -> None:
    """Take down a reader's report; a brief that is not kept yet is, so that an editor sees what the reader saw."""
    with tools.database.transaction() as tx:
        briefs.save(tx, kept)
        found = briefs.get(tx, kept.key)
        if found is not None:
            briefs.report(tx, found, reason, tools.now())


def reported(tools: Tools, limit: int = 100) -> list[KeptBrief]:
    """List what readers reported, the newest report first."""
    with tools.database.read() as view:
        return briefs.reported(view, min(limit, MOST_LISTED))


def withdraw(tools: Tools, person: Person | None, name: str, note: str = "") -> KeptBrief:
    """Let a reported brief be shown no more; `name` is the beginning of its key. Raises NotFound, InputError."""
    who, said = demand(person, Act.EDIT_STORIES), short_note(note)
    found = [one for one in reported(tools, MOST_LISTED) if name and one.key.hex().startswith(name.lower())]
    if len(found) != 1:
        raise NotFound(f"no reported brief is called {name!r}: `octavo briefs reported` lists them")
    with tools.database.transaction() as tx:
        if not briefs.withdraw(tx, found[0].key, said, tools.now()):
            raise InputError(f"{found[0].name} was withdrawn already")
        record(tx, who, "brief withdrawn", f"brief/{found[0].name}", said, tools.now())
    return found[0]
