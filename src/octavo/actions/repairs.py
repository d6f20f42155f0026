"""The owner's word on a publisher that is queued for repair."""

from octavo.domain.ids import PublisherId
from octavo.ports.tools import Tools
from octavo.store import repairs as repair_store


def settle(tools: Tools, publisher: PublisherId) -> None:
    """Take a publisher off the queue: what was seen until now needs no repair."""
    with tools.database.transaction() as tx:
        repair_store.settle(tx, publisher, tools.now())
