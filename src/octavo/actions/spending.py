"""What language models take, counted in the database: by model and day, and answers by reader and day.

A prompt is counted before it is asked, and put right after the answer.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

from octavo.domain.account import Person
from octavo.errors import ModelBusy, SlowDown
from octavo.ports.database import Database
from octavo.ports.spending import Allowance, Spent
from octavo.ports.tools import Tools
from octavo.store import answers_taken, model_spending


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


def take_answer(tools: Tools, person: Person | None) -> None:
    """Count an answer that somebody has written, in all processes together. Raises SlowDown: that is enough for a day.

    Who is not signed in is counted by the hour and the network alone (serve/allowance.py): addresses are not kept.
    """
    most = tools.settings.ai.written_a_day
    if person is None or not most:
        return
    with tools.database.transaction() as tx:
        if answers_taken.take(tx, person.id, tools.now().astimezone(UTC).date()) > most:
            raise SlowDown(f"a model has written {most} answers for you today; it counts anew at 00:00 UTC")


def _exceeds(spent: Spent, allowance: Allowance) -> bool:
    tokens = spent.tokens_in + spent.tokens_out
    too_many = 0 < allowance.daily_tokens < tokens
    return too_many or 0 < allowance.daily_price * 1_000_000 < spent.millionths
