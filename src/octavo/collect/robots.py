"""May we fetch this? robots.txt as RFC 9309 has it, read by Protego, which forgives the usual misspellings."""

from protego import Protego

MAX_ROBOTS = 500 * 1024
"""Characters of a robots.txt that count (RFC 9309 §2.5 asks for at least 500 KiB)."""

MAX_DELAY_S = 60.0


def robots_url(origin: str) -> str:
    """Where an origin ("https://example.org") keeps its rules."""
    return f"{origin}/robots.txt"


def allowed(robots: str, agent: str, url: str) -> bool:
    """Tell whether `agent` (a product token such as "Octavo") may fetch `url`; an empty file allows everything."""
    return Protego.parse(robots[:MAX_ROBOTS]).can_fetch(url, agent)


def crawl_delay(robots: str, agent: str) -> float:
    """Read Crawl-delay in seconds (not in the RFC, but publishers mean it); 0 when none; at most a minute."""
    delay = Protego.parse(robots[:MAX_ROBOTS]).crawl_delay(agent)
    return min(max(delay or 0.0, 0.0), MAX_DELAY_S)
