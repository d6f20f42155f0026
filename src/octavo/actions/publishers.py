"""Publishers in an editor's hands: their facts, how much of them is shown, the ledger, a request to be left out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from octavo.accounts.permissions import Act, demand
from octavo.actions.audit import record, short_note
from octavo.domain.account import Person
from octavo.domain.feed import FeedState
from octavo.domain.ids import PublisherId
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.errors import InputError, NotFound
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import briefs, headlines, ledger, reading
from octavo.store import feeds as feed_store
from octavo.store import pages as page_store
from octavo.store import publishers as publisher_store

KINDS = (
    *("newspaper", "broadcaster", "public-broadcaster", "agency", "magazine"),
    *("local", "digital", "blog", "state-media"),
)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Facts:
    """What an editor writes of a publisher; see Publisher."""

    name: str
    country: str = ""
    owner: str = ""
    kind: str = ""
    homepage: str = ""
    description: str = ""
    contact: str = ""

    @classmethod
    def given(cls, values: Mapping[str, str], before: Publisher) -> "Facts":
        """Read what was given; what was not stays as it was."""
        names = ("name", "country", "owner", "kind", "homepage", "description", "contact")
        return cls(**{name: values.get(name, getattr(before, name)) for name in names})


def set_facts(tools: Tools, person: Person | None, publisher: str, values: Mapping[str, str]) -> Publisher:
    """Write down who a publisher is: `values` by the names of Facts. Raises NotAllowed, NotFound, InputError.

    What comes with Octavo no longer replaces it.
    """
    who, now = demand(person, Act.EDIT_FEEDS), tools.now()
    with tools.database.transaction() as tx:
        before = known(tx, publisher)
        facts = _checked(Facts.given(values, before))
        after = replace(
            before,
            name=facts.name,
            country=facts.country,
            owner=facts.owner,
            kind=facts.kind,
            homepage=facts.homepage,
            description=facts.description,
            contact=facts.contact,
            edited_at=now,
        )
        publisher_store.edit(tx, after)
        changed = [name for name in Facts.__slots__ if getattr(before, name) != getattr(after, name)]
        record(tx, who, "publisher's facts set", f"publisher/{before.id}", ", ".join(changed), now)
    return after


def set_policy(tools: Tools, person: Person | None, publisher: str, policy: str, note: str = "") -> Publisher:
    """Decide how much of a publisher's articles is shown: full, excerpt, headline, or "" for as everywhere.

    Raises NotAllowed, NotFound, InputError.
    """
    who, said, now = demand(person, Act.EDIT_FEEDS), short_note(note), tools.now()
    if policy not in ("", *DisplayPolicy):
        raise InputError("this is full, excerpt, headline or nothing")
    with tools.database.transaction() as tx:
        before = known(tx, publisher)
        if before.withdrawn_at is not None and policy != DisplayPolicy.HEADLINE:
            raise InputError("this publisher asked not to be read here: take that back first")
        after = replace(before, policy=DisplayPolicy(policy) if policy else None, edited_at=now)
        publisher_store.edit(tx, after)
        told = f"{policy or 'as everywhere'}. {said}".strip()
        _enter(tx, who, after, ledger.Entry(after.id, now, ledger.Kind.POLICY, told, public=True, actor=""))
        record(tx, who, "policy set", f"publisher/{after.id}", told, now)
    return after


def note(tools: Tools, person: Person | None, publisher: str, kind: ledger.Kind, said: str, *, public: bool) -> None:
    """Write into the ledger why a source is read, who objected, what was decided. Raises NotAllowed, NotFound."""
    who, told, now = demand(person, Act.EDIT_FEEDS), short_note(said), tools.now()
    if not told:
        raise InputError("say something first")
    with tools.database.transaction() as tx:
        found = known(tx, publisher)
        _enter(tx, who, found, ledger.Entry(found.id, now, kind, told, public=public, actor=""))
        act = "source noted" if public else "source noted for editors"
        record(tx, who, act, f"publisher/{found.id}", told, now)


def withdraw(tools: Tools, person: Person | None, publisher: str, said: str = "") -> Publisher:
    """Do as a publisher asks: its feeds are read no more, and nothing of its articles is shown but headlines that
    lead to it; what AI features wrote of them is forgotten. Raises NotAllowed, NotFound."""
    who, told, now = demand(person, Act.EDIT_FEEDS), short_note(said), tools.now()
    with tools.database.transaction() as tx:
        before = known(tx, publisher)
        after = replace(before, policy=DisplayPolicy.HEADLINE, withdrawn_at=now, edited_at=now)
        publisher_store.edit(tx, after)
        for feed in reading.feeds_of(tx, before.id):
            feed_store.set_state(tx, feed.id, FeedState.RETIRED)
        page_store.refuse_pending(tx, before.id, "its publisher asked to be left out")
        briefs.forget_publisher(tx, before.id)
        headlines.forget_publisher(tx, before.id)
        _enter(tx, who, after, ledger.Entry(after.id, now, ledger.Kind.REMOVAL, told, public=True, actor=""))
        record(tx, who, "texts withdrawn", f"publisher/{after.id}", told, now)
    return after


def readmit(tools: Tools, person: Person | None, publisher: str, said: str = "") -> Publisher:
    """Take back that a publisher asked to be left out; its feeds stay retired until they are resumed."""
    who, told, now = demand(person, Act.EDIT_FEEDS), short_note(said), tools.now()
    with tools.database.transaction() as tx:
        before = known(tx, publisher)
        if before.withdrawn_at is None:
            raise InputError("this publisher did not ask to be left out")
        after = replace(before, withdrawn_at=None, policy=None, edited_at=now)
        publisher_store.edit(tx, after)
        _enter(tx, who, after, ledger.Entry(after.id, now, ledger.Kind.DECISION, told, public=bool(told), actor=""))
        record(tx, who, "source readmitted", f"publisher/{after.id}", told, now)
    return after


def known(read: Read, publisher: str) -> Publisher:
    """Give a publisher by its id. Raises NotFound."""
    found = publisher_store.get(read, PublisherId(publisher))
    if found is None:
        raise NotFound("no publisher is known as {publisher}", publisher=publisher)
    return found


def _enter(tx: Transaction, who: Person, publisher: Publisher, entry: ledger.Entry) -> None:
    ledger.add(tx, replace(entry, publisher_id=publisher.id, actor=who.account.name))


def _checked(facts: Facts) -> Facts:
    """Hold facts to their form. Raises InputError."""
    trimmed = Facts(*(" ".join(getattr(facts, name).split()) for name in Facts.__slots__))
    if not trimmed.name:
        raise InputError("a publisher has a name")
    if any(len(getattr(trimmed, name)) > _LONGEST for name in Facts.__slots__ if name != "description"):
        raise InputError("at most {n} characters each", n=_LONGEST)
    if len(trimmed.description) > 4 * _LONGEST:
        raise InputError("at most {n} characters", n=4 * _LONGEST)
    country = trimmed.country.lower()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise InputError("a country is two letters, such as gb")
    if trimmed.kind not in ("", *KINDS):
        raise InputError("this kind of publisher is none of {kinds}", kinds=", ".join(KINDS))
    if trimmed.homepage and not trimmed.homepage.startswith(("https://", "http://")):
        raise InputError("a website's address begins with https://")
    return replace(trimmed, country=country)
