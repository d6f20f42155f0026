"""What those with a role did, written down in the transaction that did it."""

from datetime import datetime

from octavo.domain.account import Person
from octavo.errors import InputError
from octavo.ports.database import Transaction
from octavo.store import audit

LONGEST_NOTE = 1000

PUBLIC = frozenset(
    {
        "pinned",
        "buried",
        "released",
        "stories merged",
        "story split",
        "story let go",
        "hashtag merged",
        "hashtag muted",
        "hashtag restored",
        "policy set",
        "texts withdrawn",
        "source added",
        "source removed",
        "source noted",
        "brief withdrawn",
    }
)
"""Acts every reader may see, with their notes and without a name: what changes what readers are shown."""


def record(tx: Transaction, person: Person, act: str, subject: str, note: str, now: datetime) -> None:
    """Write down an act of a person, such as ("role given", "account/7", "reader to editor")."""
    account = person.id or None
    audit.add(
        tx, audit.Record(now, person.account.name, act, subject, note[:LONGEST_NOTE], account, public=act in PUBLIC)
    )


def short_note(note: str) -> str:
    """Give a note as it is kept: on one line. Raises InputError for one that is too long."""
    said = " ".join(note.split())
    if len(said) > LONGEST_NOTE:
        raise InputError("the note is longer than {n} characters", n=LONGEST_NOTE)
    return said
