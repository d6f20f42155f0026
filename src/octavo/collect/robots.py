"""May we fetch this? robots.txt as RFC 9309 has it, read by Protego, which forgives the usual misspellings."""

from protego import Protego

from octavo.domain.web import Response
from octavo.errors import FetchError, TooLarge
from octavo.text.html import decode

MAX_ROBOTS = 500 * 1024
"""Bytes of a robots.txt that count (RFC 9309 §2.5 asks for at least 500 KiB)."""

MAX_SENT = 5_000_000
"""Bytes of a robots.txt that are taken at all; of a longer one nothing is known."""

LONGEST_PAUSE_S = 600.0


class Rules:
    """What a robots.txt asks of one program, named by a product token such as "Octavo"; "" allows everything."""

    def __init__(self, text: str, agent: str) -> None:
        self._parsed = Protego.parse(text)
        self._agent = agent

    def allow(self, url: str) -> bool:
        """Tell whether `url` may be fetched."""
        return bool(self._parsed.can_fetch(url, self._agent))

    def pause_s(self) -> float:
        """Seconds asked for between two requests (Crawl-delay, which many write and no RFC knows), ten minutes at most.

        0 when nothing is asked for.
        """
        asked = self._parsed.crawl_delay(self._agent) or 0.0
        return min(max(float(asked), 0.0), LONGEST_PAUSE_S)


def robots_url(origin: str) -> str:
    """Where an origin ("https://example.org") keeps its rules."""
    return f"{origin}/robots.txt"


def rules_in(answer: Response | FetchError) -> str | None:
    """Read the answer for a robots.txt: its text; "" when there is none (4xx: all is allowed, RFC 9309 §2.3.1.3).

    None when it cannot be had (5xx, 429, no connection, more bytes than anyone would read): then nothing may be
    fetched (§2.3.1.4). One that lies beyond too many redirects, or nowhere on the web, counts as none.
    """
    if isinstance(answer, Response):
        return _readable(answer.body)
    status = answer.status or 0
    if answer.retry == "never":
        return None if isinstance(answer, TooLarge) else ""
    return "" if 300 <= status < 500 and status != 429 else None


def _readable(body: bytes) -> str:
    """Decode what counts, in whole lines: half a line could forbid what the whole one allows."""
    if len(body) > MAX_ROBOTS:
        body = body[:MAX_ROBOTS]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r"), 0)]
    return decode(body)
