"""How a field of a page's context says what it is: the reference for themes is written from these words."""

from dataclasses import field
from typing import Any


def shown(text: str) -> Any:
    """Describe a field of a context."""
    return field(metadata={"help": text})
