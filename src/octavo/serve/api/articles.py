"""The API's articles: lists of the newest, one article, what is related, its publisher's edits."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from octavo.domain.edition import LOCAL
from octavo.domain.ids import ArticleId, PublisherId
from octavo.errors import NotFound
from octavo.serve.api import described
from octavo.serve.api.asking import Asked
from octavo.serve.api.parameters import Articles as AskedFor
from octavo.serve.api.parameters import ArticlesQuery, Id, OneQuery
from octavo.serve.api.schemas.articles import FullArticle
from octavo.serve.api.schemas.lists import Articles, Differences, RelatedArticles, Revisions
from octavo.serve.pages import article as article_page
from octavo.serve.pages.hashtag import shown_tag
from octavo.serve.visit import Visit
from octavo.store import hashtags, reading
from octavo.text.slugs import short_id

router = APIRouter(tags=["articles"])

_CONDITIONS = ("language", "section", "hashtag", "publisher", "about")


@router.get("/articles", response_model=Articles)
def list_articles(asked: Asked, query: ArticlesQuery) -> Response:
    """List the newest articles: of the edition's languages, or those one condition chooses."""
    chosen = [name for name in _CONDITIONS if getattr(query, name)]
    if len(chosen) > 1:
        both = f"{chosen[0]} and {chosen[1]} do not go together here: /search takes several conditions"
        raise RequestValidationError([{"loc": ("query", chosen[1]), "msg": both}])
    with asked.visit(query.edition, query={"before": query.cursor}) as visit:
        ids = _LISTS[chosen[0] if chosen else ""](visit, query, query.limit + 1)
        made = page_of(visit, ids, query.limit)
    return asked.list(made, query.fields)


def page_of(visit: Visit, ids: Sequence[ArticleId], limit: int) -> Articles:
    """Give a page of articles; `ids` holds one more than a page when there is another."""
    following = short_id(ids[limit - 1]) if len(ids) > limit else None
    return Articles(items=described.articles(visit, visit.cards(ids[:limit])), next=following)


def _latest(visit: Visit, query: AskedFor, limit: int) -> list[ArticleId]:
    languages = visit.languages
    return reading.latest_ids(visit.view, languages, visit.before, limit) if languages else []


def _in_language(visit: Visit, query: AskedFor, limit: int) -> list[ArticleId]:
    return reading.latest_ids(visit.view, [query.language], visit.before, limit)


def _of_section(visit: Visit, query: AskedFor, limit: int) -> list[ArticleId]:
    if query.section not in {one.topic for one in visit.plan.sections}:
        raise NotFound(f"this edition has no section {query.section!r}")
    if query.section == LOCAL:
        papers = [PublisherId(key) for key in visit.plan.local_publishers]
        return reading.near_ids(visit.view, visit.plan.places, papers, visit.before, limit)
    languages = visit.languages
    return reading.topic_ids(visit.view, query.section, languages, visit.before, limit) if languages else []


def _with_hashtag(visit: Visit, query: AskedFor, limit: int) -> list[ArticleId]:
    tag = shown_tag(hashtags.rules(visit.view), query.hashtag.removeprefix("#"))
    return hashtags.article_ids(visit.view, tag, visit.before, limit)


def _of_publisher(visit: Visit, query: AskedFor, limit: int) -> list[ArticleId]:
    return reading.publisher_ids(visit.view, PublisherId(query.publisher), visit.before, limit)


def _about(visit: Visit, query: AskedFor, limit: int) -> list[ArticleId]:
    return reading.about_ids(visit.view, query.about, visit.before, limit)


_LISTS: dict[str, Callable[[Visit, AskedFor, int], list[ArticleId]]] = {
    "": _latest,
    "language": _in_language,
    "section": _of_section,
    "hashtag": _with_hashtag,
    "publisher": _of_publisher,
    "about": _about,
}


@router.get("/articles/{id}", response_model=FullArticle)
def get_article(asked: Asked, number: Id, query: OneQuery) -> Response:
    """Give one article, with as much of its text as its publisher's policy lets be shown."""
    with asked.visit(query.edition, {"number": number}) as visit:
        page = article_page.read(visit)
        made = described.full_article(visit, page, visit.cards([page.article.id])[0])
    return asked.one(made, query.fields)


@router.get("/articles/{id}/related", response_model=RelatedArticles)
def related_articles(asked: Asked, number: Id, query: OneQuery) -> Response:
    """List what is worth reading next to an article, each with the reason."""
    with asked.visit(query.edition, {"number": number}) as visit:
        made = RelatedArticles(items=described.related(visit, article_page.read(visit).related), next=None)
    return asked.list(made, query.fields)


@router.get("/articles/{id}/revisions", response_model=Revisions)
def article_revisions(asked: Asked, number: Id, query: OneQuery) -> Response:
    """List what an article's publisher changed; nothing where its policy lets no full text be shown."""
    with asked.visit(query.edition, {"number": number}) as visit:
        made = Revisions(items=described.revisions(article_page.read(visit).edits), next=None)
    return asked.list(made, query.fields)


@router.get("/articles/{id}/differences", response_model=Differences)
def article_differences(asked: Asked, number: Id, query: OneQuery) -> Response:
    """List what an article's headline says that its text does not bear out."""
    with asked.visit(query.edition, {"number": number}) as visit:
        made = Differences(items=described.differences(article_page.read(visit).differences), next=None)
    return asked.list(made, query.fields)
