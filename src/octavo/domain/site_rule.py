"""SiteRule: what is told about the pages of one host, where reading them as any other page goes wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Selectors (CSS) for the pages of `host` and the hosts below it; `why` says in a sentence what goes wrong without.

    `drop` names what is no part of the page's text, `body` the elements whose text is the article (all of it, and
    nothing else), `keep` elements whose text belongs to the article besides, `title` the headline.
    """

    host: str
    why: str
    drop: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    title: str = ""
