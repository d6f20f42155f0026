"""How much of an article's text one may see: what its page shows, and so all that may be quoted of it."""

from datetime import datetime

from octavo.domain.article import Article
from octavo.ports.database import Read
from octavo.serve.display import Display, shown_article
from octavo.serve.gate import StandIn, guarded, stand_ins
from octavo.serve.site import Site
from octavo.store import publishers, reading


def shown(view: Read, display: Display, whole: Article, *, fictional: bool) -> tuple[Article, StandIn]:
    """Give an article as its page shows it, and the words that stand in where its text is in doubt."""
    policy = display.of(whole.publisher_id, fictional=fictional)
    if not display.doubts(whole.complete):
        return shown_article(whole, policy), StandIn()
    words = stand_ins(view, [whole.id])[whole.id]
    return guarded(whole, words, policy), words


def shown_of(site: Site, view: Read, whole: Article, now: datetime) -> Article | None:
    """Give an article as its page shows it; None where its publisher is not known."""
    publisher = publishers.get(view, whole.publisher_id)
    if publisher is None:
        return None
    display = site.known(view, reading.stamp(view), now).display
    return shown(view, display, whole, fictional=publisher.fictional)[0]
