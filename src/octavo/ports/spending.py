"""Spending: what language models may still take today, and what they took; kept where restarts don't lose it."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a model may take in a day, and its prices for a million tokens. 0 bounds nothing."""

    daily_tokens: int = 0
    daily_price: float = 0.0
    price_in: float = 0.0
    price_out: float = 0.0

    def millionths(self, tokens_in: int, tokens_out: int) -> int:
        """Price these tokens, in millionths of the currency the prices are in."""
        return round(tokens_in * self.price_in + tokens_out * self.price_out)


@dataclass(frozen=True, slots=True)
class Spent:
    """What one model took in one day (UTC): answers asked for, tokens, millionths of the currency."""

    day: date
    model: str
    asked: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    millionths: int = 0


class Spending(Protocol):
    """Keeps count for each model, by its name in settings, and for each day."""

    def reserve(self, model: str, allowance: Allowance, tokens_in: int, tokens_out: int) -> date:
        """Count an answer before it is asked for, as large as it may get; gives the day it counts for.

        Raises ModelBusy when the day's budget does not hold it, and StoreBusy.
        """
        ...

    def settle(self, day: date, model: str, allowance: Allowance, more_in: int, more_out: int) -> None:
        """Correct what was reserved by how many tokens it was off; below zero for fewer. Raises StoreBusy."""
        ...
