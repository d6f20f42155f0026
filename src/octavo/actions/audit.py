"""What those with a role did, written down in the transaction that did it."""

from datetime import datetime

from octavo.domain.account import Person
from octavo.ports.database import Transaction
from octavo.store import audit

LONGEST_NOTE = 1000


def record(tx: Transaction, person: Person, act: str, subject: str, note: str, now: datetime) -> None:
    """Write down an act of a person, such as ("role given", "account/7", "reader to editor")."""
    account = person.id or None
    audit.add(tx, audit.Record(now, person.account.name, act, subject, note[:LONGEST_NOTE], account))
