"""Lists, and so feeds, of articles that were corrected, do not agree, or alone report something."""

from collections.abc import Mapping, Sequence

from octavo.domain.article import ArticleCard
from octavo.domain.ids import ArticleId
from octavo.domain.publisher import DisplayPolicy
from octavo.serve import links
from octavo.serve.closely import Differs
from octavo.serve.contexts import Frame, ListPage
from octavo.serve.pages.digested import shown_differences
from octavo.serve.pages.listed import described_list
from octavo.serve.visit import PAGE, Visit
from octavo.store import articles, digests, reading, stories

STORIES = 200
"""Stories that are looked through: those that moved last."""

_LONGEST = 400
"""Characters of what is said of one article."""


def load_corrections(visit: Visit) -> ListPage:
    """List the articles whose publishers say that they corrected or withdrew them, the last changed first."""
    ids = reading.corrected_ids(visit.view, visit.languages, PAGE) if visit.languages else []
    cards = visit.cards(ids)
    told = {one.id: one.correction for one in articles.get_many(visit.view, [card.id for card in cards])}
    notes = {card.id: _corrected(visit, card, told.get(card.id, "")) for card in cards}
    heading, intro = visit.t("Corrections"), visit.t("Articles that their publishers corrected or withdrew.")
    return _page(visit, "corrections", (heading, intro), cards, notes)


def load_contradictions(visit: Visit) -> ListPage:
    """List articles whose numbers are not those of others, or whose headline their text does not bear out."""
    heading = visit.t("Contradictions")
    intro = visit.t("Articles that do not agree with each other, or with their own headlines.")
    return _page(visit, "contradictions", (heading, intro), *_differing(visit, ("outlets", "headline")))


def load_only_here(visit: Visit) -> ListPage:
    """List articles that alone report something of a story that others report, too."""
    heading, intro = visit.t("Only here"), visit.t("What one outlet alone reports of a story that others report, too.")
    return _page(visit, "only-here", (heading, intro), *_differing(visit, ("only",)))


def _corrected(visit: Visit, card: ArticleCard, words: str) -> str:
    """Say that an article was corrected, in the publisher's words where its policy lets them be shown."""
    policy = visit.known.display.of(card.publisher_id, fictional=card.fictional)
    said = visit.t("corrected")
    return f"{said}: {words[:_LONGEST]}" if policy is DisplayPolicy.FULL and words else said


def _differing(visit: Visit, kinds: Sequence[str]) -> tuple[list[ArticleCard], dict[ArticleId, str]]:
    """Find the articles of late stories of which something is said that differs; each with what that is."""
    told = [one for one in stories.latest(visit.view, STORIES) if one.article_count > 1 or "headline" in kinds]
    known = digests.get_many(visit.view, [one.id for one in told])
    found = [known[one.id].differences for one in told if one.id in known]
    ids = dict.fromkeys(words.article_id for each in found for one in each for words in one.passages)
    cards = {card.id: card for card in visit.cards(list(ids))}
    notes: dict[ArticleId, str] = {}
    for each in found:
        for one in shown_differences(visit, each, cards):
            if one.kind in kinds:
                _note(notes, visit, one)
    return [cards[one] for one in list(notes)[:PAGE]], notes


def _note(notes: dict[ArticleId, str], visit: Visit, one: Differs) -> None:
    """Say of each article that is read here what differs, in the words of all that it differs from."""
    said = [f"{each.card.publisher_name}: “{each.text}”" for each in one.words if each.text]
    for each in one.words:
        if each.card.language in visit.languages:
            notes.setdefault(each.card.id, " · ".join((one.label, *said))[:_LONGEST])


def _page(
    visit: Visit,
    name: str,
    words: tuple[str, str],
    cards: Sequence[ArticleCard],
    notes: Mapping[ArticleId, str],
) -> ListPage:
    path = links.differing(visit.plan.key, name)
    return ListPage(
        frame=Frame(
            title=words[0],
            description=words[1],
            path=path,
            kind="differing",
            feed=path,
            alternates=visit.everywhere(f"/{name}"),
            data=described_list(visit, words[0], path, cards),
        ),
        heading=words[0],
        intro=words[1],
        lead=(),
        cards=cards,
        notes=notes,
        older="",
    )
