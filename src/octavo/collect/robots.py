"""May we fetch this? robots.txt as RFC 9309 has it, read by Protego, which forgives the usual misspellings."""

from protego import Protego

from octavo.domain.web import Response
from octavo.errors import FetchError
from octavo.text.html import decode

MAX_ROBOTS = 500 * 1024
"""Characters of a robots.txt that count (RFC 9309 §2.5 asks for at least 500 KiB)."""


def robots_url(origin: str) -> str:
    """Where an origin ("https://example.org") keeps its rules."""
    return f"{origin}/robots.txt"


def rules_in(answer: Response | FetchError) -> str | None:
    """Read the answer for a robots.txt: its text; "" when there is none (4xx: all is allowed, RFC 9309 §2.3.1.3).

    None when it cannot be had at present (5xx, 429, no connection): then nothing may be fetched (§2.3.1.4). What never
    can be had (too many redirects, too many bytes) counts as none.
    """
    if isinstance(answer, Response):
        return decode(answer.body)[:MAX_ROBOTS]
    status = answer.status or 0
    if answer.retry == "never":
        return ""
    return "" if 300 <= status < 500 and status != 429 else None


def allowed(robots: str, agent: str, url: str) -> bool:
    """Tell whether `agent` (a product token such as "Octavo") may fetch `url`; an empty file allows everything."""
    return Protego.parse(robots[:MAX_ROBOTS]).can_fetch(url, agent)
