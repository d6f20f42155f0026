"""What language models take, counted in the database: each prompt before it is asked, put right after the answer."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from octavo.errors import ModelBusy
from octavo.ports.database import Database
from octavo.ports.spending import Allowance, Spent
from octavo.store import model_spending


class KeptSpending:
    """Spending on a database: all processes of an instance share one budget, and a restart does not renew it."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def reserve(self, model: str, allowance: Allowance, tokens_in: int, tokens_out: int) -> date:
        """Count an answer before it is asked for; see the port."""
        day = self._now().astimezone(UTC).date()
        more = Spent(day, model, 1, tokens_in, tokens_out, allowance.millionths(tokens_in, tokens_out))
        with self._database.transaction() as tx:
            model_spending.add(tx, more)
            spent = model_spending.of(tx, day, model)  # after adding, which lets one transaction at a time go on
            if _exceeds(spent, allowance):
                raise ModelBusy(f"what {model} may take today is spent; it counts anew at 00:00 UTC")
        return day

    def settle(self, day: date, model: str, allowance: Allowance, more_in: int, more_out: int) -> None:
        """Correct what was reserved; see the port."""
        millionths = allowance.millionths(more_in, more_out)
        with self._database.transaction() as tx:
            model_spending.add(tx, Spent(day, model, 0, more_in, more_out, millionths))


def _exceeds(spent: Spent, allowance: Allowance) -> bool:
    tokens = spent.tokens_in + spent.tokens_out
    too_many = 0 < allowance.daily_tokens < tokens
    return too_many or 0 < allowance.daily_price * 1_000_000 < spent.millionths
