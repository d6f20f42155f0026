"""The API's stories: lists of those that moved last, one story, its articles, numbers, days and quotations."""

from fastapi import APIRouter
from starlette.responses import Response

from octavo.domain.digest import Digest
from octavo.domain.ids import StoryId
from octavo.domain.story import Story as KeptStory
from octavo.serve.api import cursors, described
from octavo.serve.api.asking import Asked
from octavo.serve.api.parameters import Id, OneQuery, StoriesQuery
from octavo.serve.api.schemas.lists import Articles, Days, Differences, Figures, Quotations, Stories
from octavo.serve.api.schemas.stories import Figure, FullStory, Given
from octavo.serve.closely import Closely
from octavo.serve.figures import label, presentable, scope
from octavo.serve.pages import story as story_page
from octavo.serve.pages.digested import closely, shown_differences
from octavo.serve.pages.numbered import Cards, said
from octavo.serve.visit import Visit
from octavo.store import reading, stories

router = APIRouter(tags=["stories"])


@router.get("/stories", response_model=Stories)
def list_stories(asked: Asked, query: StoriesQuery) -> Response:
    """List the stories several publishers report, the last moved first."""
    with asked.visit(query.edition) as visit:
        start = cursors.before(query.cursor)
        last = (start[0], StoryId(start[1])) if start else None
        found = reading.moved(visit.view, last, query.limit + 1, query.publishers)
        kept = stories.get_many(visit.view, [one for one, _ in found[: query.limit]])
        leads = {card.id: card for card in visit.cards([one.lead_article_id for one in kept.values()])}
        items = [
            described.story(visit, kept[one], leads.get(kept[one].lead_article_id))
            for one, _ in found[: query.limit]
            if one in kept
        ]
        more = cursors.after(found[query.limit - 1][1], found[query.limit - 1][0]) if len(found) > query.limit else None
        made = Stories(items=items, next=more)
    return asked.list(made, query.fields)


@router.get("/stories/{id}", response_model=FullStory)
def get_story(asked: Asked, number: Id, query: OneQuery) -> Response:
    """Give one story: who reports what, and what belongs to it."""
    with asked.visit(query.edition, {"number": number}) as visit:
        made = described.full_story(visit, story_page.read(visit))
    return asked.one(made, query.fields)


@router.get("/stories/{id}/articles", response_model=Articles)
def story_articles(asked: Asked, number: Id, query: OneQuery) -> Response:
    """List a story's articles, newest first: the newest 120 of a long one."""
    with asked.visit(query.edition, {"number": number}) as visit:
        cards = story_page.newest(visit, story_page.kept(visit))
        made = Articles(items=described.articles(visit, cards), next=None)
    return asked.list(made, query.fields)


@router.get("/stories/{id}/figures", response_model=Figures)
def story_figures(asked: Asked, number: Id, query: OneQuery) -> Response:
    """List the numbers of a story, as each outlet gives them: the ledger."""
    with asked.visit(query.edition, {"number": number}) as visit:
        _, digest, cards = read_closely(visit)
        made = Figures(items=figures(visit, digest, cards) if digest else [], next=None)
    return asked.list(made, query.fields)


@router.get("/stories/{id}/differences", response_model=Differences)
def story_differences(asked: Asked, number: Id, query: OneQuery) -> Response:
    """List where a story's reports differ, shown and not judged."""
    with asked.visit(query.edition, {"number": number}) as visit:
        _, digest, cards = read_closely(visit)
        found = shown_differences(visit, digest.differences, cards) if digest else []
        made = Differences(items=described.differences(found), next=None)
    return asked.list(made, query.fields)


@router.get("/stories/{id}/timeline", response_model=Days)
def story_timeline(asked: Asked, number: Id, query: OneQuery) -> Response:
    """List what happened when, by the texts themselves."""
    with asked.visit(query.edition, {"number": number}) as visit:
        found = _closely(visit)
        made = Days(items=described.days(found) if found else [], next=None)
    return asked.list(made, query.fields)


@router.get("/stories/{id}/quotations", response_model=Quotations)
def story_quotations(asked: Asked, number: Id, query: OneQuery) -> Response:
    """List who said what, and how each outlet gives it."""
    with asked.visit(query.edition, {"number": number}) as visit:
        found = _closely(visit)
        made = Quotations(items=described.quotations(found) if found else [], next=None)
    return asked.list(made, query.fields)


def read_closely(visit: Visit) -> tuple[KeptStory, Digest | None, Cards]:
    """Give the story an address names, read closely, with the cards of its articles. Raises NotFound."""
    story = story_page.kept(visit)
    newest = story_page.newest(visit, story)
    return story, story_page.digest_of(visit, story, newest), {card.id: card for card in newest}


def _closely(visit: Visit) -> Closely | None:
    _, digest, cards = read_closely(visit)
    return closely(visit, digest, cards) if digest else None


def figures(visit: Visit, digest: Digest, cards: Cards) -> list[Figure]:
    """Describe the numbers of a story that can be compared, with the words that give them where they may be shown."""
    found = []
    for row, spoken in presentable(digest.ledger):
        given = [
            Given(low=one.low, high=one.high, bound=one.bound, at=one.at, words=described.words(words))
            for _, one in spoken
            if (words := said(visit, one.sentence, cards, one.passage.text)) is not None
        ]
        found.append(
            Figure(
                quantity=row.quantity,
                label=label(visit.here, row.quantity),
                scope=scope(visit.here, row),
                unit=row.unit,
                who=sorted(row.who),
                where=sorted(row.where),
                period=sorted(row.period),
                run=list(row.run),
                given=given,
            )
        )
    return found
