"""Every passage a reader marked, by article, with what became of it since."""

from collections.abc import Sequence

from octavo.accounts.permissions import Act, demand
from octavo.domain.follow import Highlight
from octavo.domain.ids import ArticleId, HighlightId
from octavo.serve.contexts import Frame
from octavo.serve.owned import HighlightsPage, Noted
from octavo.serve.pages.keep import marked_in, shown_in
from octavo.serve.visit import Visit
from octavo.store import highlights
from octavo.text.slugs import read_short_id, short_id

_PAGE = 40


def load(visit: Visit) -> HighlightsPage:
    """Give one page of passages. Raises SignInRequired."""
    who = demand(visit.person, Act.KEEP)
    number = read_short_id(visit.query.get("before", ""))
    before = HighlightId(number) if number is not None and number < 2**62 else None
    kept = highlights.latest(visit.view, who.id, before, _PAGE + 1)
    path = f"/{visit.plan.key}/highlights"
    return HighlightsPage(
        frame=Frame(
            title=visit.t("Highlights"),
            description=visit.t("The passages you marked, with your notes."),
            path=path,
            kind="highlights",
            index=False,
        ),
        articles=_by_article(visit, kept[:_PAGE]),
        older=f"{path}?before={short_id(kept[_PAGE - 1].id)}" if len(kept) > _PAGE else "",
    )


def _by_article(visit: Visit, kept: Sequence[Highlight]) -> list[Noted]:
    who = demand(visit.person, Act.KEEP)
    here: dict[ArticleId, set[int]] = {}
    for one in kept:
        here.setdefault(one.article_id, set()).add(one.id)
    cards = {card.id: card for card in visit.cards(list(here))}
    found = []
    for article, numbers in here.items():
        shown = shown_in(visit, article)
        if shown is None or article not in cards:
            continue
        passages = [one for one in marked_in(visit, who.id, shown).passages if one.number in numbers]
        found.append(Noted(cards[article], passages))
    return found
