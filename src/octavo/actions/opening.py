"""Opening the newspaper to readers: what the store must hold before the site can be served."""

from octavo.ports.database import Database
from octavo.store import facts


def prepare_site(database: Database) -> None:
    """Make the secret that pictures' addresses are signed with, unless there is one. Raises StoreError."""
    with database.transaction() as tx:
        facts.make_secret(tx, facts.PICTURE_SECRET)
