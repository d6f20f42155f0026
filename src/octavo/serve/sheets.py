"""Pages for readers who are signed in: kept as stencils, and filled with each reader's own at every request.

A sheet is written for Anybody, and holds nothing of a reader. Who asks for it has their session looked up, and all
their marks read, in one statement at that very moment: what they did a moment ago shows, and a session that was ended
opens nothing. Whoever sees more than marks (a moderator, who muted something, who spoke here, who marked a passage
that still stands)
gets a page of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from markupsafe import Markup

from octavo.accounts.tokens import form_token, token_key
from octavo.domain.account import Account, Person, Role, Standing
from octavo.domain.article import ArticleCard
from octavo.domain.ids import AccountId
from octavo.ports.database import Database, Read
from octavo.serve.answers import ONCE, PAGE, encoding_for, packed
from octavo.serve.frame import Me
from octavo.serve.kept import KeptPages
from octavo.serve.languages import Language
from octavo.serve.mine import Mine, new_sending, unread_words
from octavo.serve.patches import MOST_LOOKS, Looks
from octavo.serve.readers import token_in
from octavo.serve.stencils import Key, Stencil, Value, choice, text, written
from octavo.store import own
from octavo.store.own import Own, Wanted

PRIVATE = "private, no-cache"

FRESH = timedelta(minutes=15)
"""How long what a reader said is shown to them wherever it stands."""

Headers = list[tuple[str, str]]

_HEADERS: Headers = [("content-type", PAGE), ("cache-control", PRIVATE), ("vary", "Accept-Encoding")]

_NOBODY = AccountId(-1)
"""An account there never is."""


class Anybody(Mine):
    """Stands for the reader while a sheet is written: puts down marks where a reader's own would be."""

    def __init__(self) -> None:
        super().__init__(Person(Account(_NOBODY, text("name"), Role.READER, datetime.fromtimestamp(0, UTC))))

    @property
    def me(self) -> Me:
        """What every page shows of a reader."""
        return Me(text("name"), str(Role.READER), text("token"), moderates=False, edits=False)

    def one_of(self, key: Key, value: Value, among: Sequence[Value], caller: Any) -> Markup:
        """Mark where a piece stands, with all the ways it can look."""
        return choice(key, {one: caller(one) for one in among})

    def told(self, language: Language, unread: int) -> tuple[str, str]:
        """Mark where it is said how many notifications are unread."""
        return text("unread"), text("unread in short")

    def once(self) -> str:
        """Mark where a form's sending is named."""
        return text("sending")

    def mark(self, card: ArticleCard, *, always: bool = False) -> tuple[Any, bool]:
        """Say of a card that it is marked: pieces that are kept are other ones than readers' own."""
        return "marked", False

    def look(self, view: Read, context: Any) -> None:
        """Find nothing: what is saved and muted is each reader's own."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page for whoever is signed in, with what has to be known of a reader to fill it."""

    stencil: Stencil
    wanted: Wanted
    language: Language
    authors: frozenset[AccountId] = frozenset()
    """Who wrote the comments on it: their own look otherwise to them."""
    state: tuple[object, ...] = ()
    """How far the discussion and those with a role were when it was written."""
    packed: Looks = field(default_factory=Looks)
    """It as it was packed, for the looks it has to one reader and another."""

    @property
    def weight(self) -> int:
        """About how much memory it takes, packed for as many looks as are kept."""
        return self.stencil.size * (1 + MOST_LOOKS // 3)

    def own(self, view: Read, token: str, now: datetime) -> Own | None:
        """Read what is the own of who holds this token; None for nobody."""
        return own.read(view, token_key(token), self.wanted, now, FRESH)

    def ask(self, database: Database, token: str, now: datetime) -> Own | None:
        """Read the same by the shortest way."""
        return own.ask(database, token_key(token), self.wanted, now, FRESH)

    def holds(self, reader: Own) -> bool:
        """Tell whether nobody spoke or voted on it, and nobody with a role did anything, since it was written."""
        return state_of(reader) == self.state

    def suits(self, reader: Own) -> bool:
        """Tell whether a reader differs from any other in marks alone."""
        return is_plain(reader) and not (reader.marked or reader.spoke or reader.id in self.authors)

    def fill(self, reader: Own, token: str) -> bytes:
        """Write the page of one reader."""
        return self.stencil.fill(_facts(reader), self.texts(reader, token))

    def fill_packed(self, reader: Own, token: str) -> bytes | None:
        """Write the page of one reader as Zstandard has it; None where it cannot be packed before it is filled."""
        facts, said = _facts(reader), written(self.texts(reader, token))
        patched = self.packed.get(self.stencil, facts, said)
        return patched.fill(said) if patched else None

    def texts(self, reader: Own, token: str) -> dict[str, str]:
        """Give what stands on it of one reader; the token of forms and the name of a sending are new ones."""
        unread, short = unread_words(self.language, reader.unread) if reader.unread else ("", "")
        own = {"name": reader.name, "token": form_token(token), "sending": new_sending()}
        return own | {"unread": unread, "unread in short": short}


def state_of(reader: Own) -> tuple[object, ...]:
    """Give what a sheet is written from and the store's stamp does not tell."""
    return reader.heard, reader.acts, reader.counts


class Filled:
    """Answers signed-in readers from sheets at hand, with nothing on the way but the one statement."""

    def __init__(self, kept: KeptPages[Sheet], database: Database, origin: str) -> None:
        self._kept = kept
        self._database = database
        self._origin = origin

    @property
    def near(self) -> bool:
        """Whether it answers without waiting for anything."""
        return self._database.near

    def at_hand(self, asked: str, stamp: str | None, now: datetime) -> Sheet | None:
        """Give the sheet of what is asked for. No I/O."""
        return None if stamp is None else self._kept.get(asked, stamp, now)

    def answer(self, sheet: Sheet, cookies: str, accepts: str, now: datetime) -> "tuple[Headers, bytes] | None":
        """Write the answer to one reader, packed; None for who has no session, or needs a page made for them.

        Runs in a thread, but where the store is near. Raises StoreBusy or StoreError.
        """
        token = token_in(cookies, self._origin)
        if not token:
            return None
        reader = sheet.ask(self._database, token, now)
        if reader is None or not sheet.holds(reader) or not sheet.suits(reader):
            return None
        encoding = encoding_for(accepts, once=True)
        body = sheet.fill_packed(reader, token) if encoding == "zstd" else None
        if body is None:
            plain = sheet.fill(reader, token)
            body = packed(plain, encoding, ONCE) if encoding else plain
        headers = [*_HEADERS, ("content-length", str(len(body)))]
        return headers + [("content-encoding", encoding)] * bool(encoding), body


def is_plain(reader: Own) -> bool:
    """Tell whether a reader is one like most: of whom nothing is to be left out, and who has no role."""
    return reader.role is Role.READER and reader.standing is Standing.GOOD and not reader.mutes


def _facts(reader: Own) -> dict[Key, Value]:
    found: dict[Key, Value] = {("saved", one): True for one in reader.saved}
    found |= {("vote", one): value for one, value in reader.votes.items()}
    found |= {("stance", *one): stance for one, stance in reader.stances.items()}
    said = {"unread": reader.unread > 0, "gone": reader.gone, "history": reader.history, "watch": reader.watches}
    return found | {(name,): value for name, value in said.items()}
