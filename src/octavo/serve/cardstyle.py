"""The style of a story's card, and its policy: it may stand in any frame, and can do nothing there."""

import base64
import hashlib
from functools import cache
from pathlib import Path

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
"""Its link may open; nothing else may."""


@cache
def style() -> str:
    """Give the card's style, which stands in its page: it asks for nothing."""
    path = Path(__file__).with_name("templates") / "parts" / "card.css"
    return " ".join(path.read_text("utf-8").split())


@cache
def policy() -> str:
    """Give the card's content policy: its own style and nothing else, in any frame."""
    seen = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{seen}'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors *",
            f"sandbox {SANDBOX}",
        )
    )
