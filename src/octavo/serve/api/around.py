"""The rest of what the API gives: search, hashtags, entities, editions, publishers, feeds."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from octavo.domain.edition import EditionPlan
from octavo.domain.feed import Feed as KeptFeed
from octavo.domain.ids import EditionKey, FeedId, PublisherId
from octavo.domain.publisher import Publisher as KeptPublisher
from octavo.errors import NotFound, StoreError
from octavo.serve import links
from octavo.serve.api import described
from octavo.serve.api.asking import Asked
from octavo.serve.api.parameters import EditionKeyPath, FieldsQuery, Key, KeyedQuery, ManyQuery, OneQuery, SearchQuery
from octavo.serve.api.schemas.around import (
    Edition,
    Entity,
    Feed,
    Find,
    Front,
    FullPublisher,
    FullTag,
    Position,
    Publisher,
    Section,
    Shelf,
    TagDay,
    TagUse,
)
from octavo.serve.api.schemas.lists import Editions, Feeds, Finds, Publishers, RisingTags
from octavo.serve.contexts import FrontPage
from octavo.serve.display import web_address
from octavo.serve.pages import front, hashtag, publisher, search
from octavo.serve.searched import Found
from octavo.serve.visit import Moved, Visit
from octavo.store import feeds, hashtags, publishers, reading
from octavo.text.slugs import short_id

router = APIRouter()


@router.get("/search", response_model=Finds, tags=["search"])
def search_articles(asked: Asked, query: SearchQuery) -> Response:
    """Search every article, in any language: those with every word first, then those that come near."""
    given = {
        "q": query.q,
        "source": query.publisher,
        "section": query.section,
        "language": query.language,
        "tag": query.tag,
        "after": query.after,
        "before": query.before,
        "from": query.cursor,
        "sort": "new" if query.newest else "",
    }
    with asked.visit(query.edition, query=given) as visit:
        page = search.load(visit)
        if page.failed:
            raise StoreError("the search does not answer just now")
        start = min(int(query.cursor or "0"), search.DEEPEST - search.SIZE)
        made = Finds(
            items=[_find(visit, one) for one in page.found],
            next=str(start + search.SIZE) if page.older else None,
            exact=page.exact,
            meant=page.meant[0],
        )
    return asked.list(made, query.fields)


def _find(visit: Visit, found: Found) -> Find:
    pieces = (*found.headline, *found.snippet)
    return Find(
        article=described.article(visit, found.card),
        snippet="".join(text for text, _ in found.snippet),
        marks=list(dict.fromkeys(text for text, hit in pieces if hit)),
        alike=found.alike,
    )


@router.get("/hashtags", response_model=RisingTags, tags=["hashtags"])
def rising_hashtags(asked: Asked, query: OneQuery) -> Response:
    """List the hashtags used more than on a usual day."""
    with asked.visit(query.edition) as visit:
        items = [
            TagUse(tag=one.tag, label=one.label, last_day=one.last_day, usual=one.usual)
            for one in hashtag.load_rising(visit).rising
        ]
    return asked.list(RisingTags(items=items, next=None), query.fields)


@router.get("/hashtags/{key:path}", response_model=FullTag, tags=["hashtags"])
def get_hashtag(asked: Asked, key: Key, query: OneQuery) -> Response:
    """Give one hashtag; one that an editor folded into another gives that one."""
    with asked.visit(query.edition, {"tag": key}) as visit:
        tag = hashtag.shown_tag(hashtags.rules(visit.view), key)
        page = hashtag.load(replace(visit, names={"tag": tag}))
        if isinstance(page, Moved):
            raise NotFound("this hashtag was changed meanwhile")
        days = hashtags.days(visit.view, tag, visit.here.now, hashtag.DAYS)
        made = FullTag(
            tag=tag,
            label=page.label,
            page=visit.here.absolute(visit.here.hashtag(tag)),
            articles=page.count,
            beside=described.tags(page.related),
            days=[TagDay(day=one.day, articles=one.articles) for one in days],
        )
    return asked.one(made, query.fields)


@router.get("/entities/{key:path}", response_model=Entity, tags=["entities"])
def get_entity(asked: Asked, key: Key, query: OneQuery) -> Response:
    """Give who or what articles are about, by its key: place/703448, org/UN. Places have pages here."""
    with asked.visit(query.edition) as visit:
        name = visit.here.place_name(key, reading.entity_name(visit.view, key))
        if not name or not reading.about_ids(visit.view, key, None, 1):
            raise NotFound("no article is about this")
        page = visit.here.absolute(visit.here.place(key)) if key.startswith("place/") else ""
    return asked.one(Entity(key=key, name=name, page=page), query.fields)


@router.get("/editions", response_model=Editions, tags=["editions"])
def list_editions(asked: Asked, query: OneQuery) -> Response:
    """List every edition there is, by its key."""
    with asked.visit(query.edition) as visit:
        items = [_edition(visit, plan) for _, plan in sorted(visit.site.plans.items())]
    return asked.list(Editions(items=items, next=None), query.fields)


@router.get("/editions/{key}", response_model=Front, tags=["editions"])
def get_edition(asked: Asked, key: EditionKeyPath, query: FieldsQuery) -> Response:
    """Give an edition with its front page as it is now: the Eight, the sections, the newest articles."""
    with asked.visit(key) as visit:
        page = front.load(visit)
        made = Front(
            **dict(_edition(visit, visit.plan)),
            at=page.at,
            eight=[Position(article=described.article(visit, one.card), why=list(one.why)) for one in page.eight],
            shelves=_shelves(visit, page),
            latest=described.articles(visit, page.latest),
        )
    return asked.one(made, query.fields)


def _shelves(visit: Visit, page: FrontPage) -> list[Shelf]:
    return [
        Shelf(
            key=one.section.key,
            title=one.section.title,
            topic=one.section.topic,
            articles=described.articles(visit, one.cards),
        )
        for one in page.shelves
    ]


def _edition(visit: Visit, plan: EditionPlan) -> Edition:
    return Edition(
        key=plan.key,
        title=plan.title,
        page=visit.here.absolute(links.front(EditionKey(plan.key))),
        language=plan.language,
        country=plan.country,
        reads=list(plan.languages),
        places=list(plan.places),
        sections=[Section(key=one.key, title=one.title, topic=one.topic) for one in plan.sections],
    )


@router.get("/publishers", response_model=Publishers, tags=["publishers"])
def list_publishers(asked: Asked, query: KeyedQuery) -> Response:
    """List the publishers read here, by name."""
    with asked.visit(query.edition) as visit:
        every = publishers.all(visit.view)
        start = next((place + 1 for place, (one, _) in enumerate(every) if one.id == query.cursor), 0)
        shown = every[start : start + query.limit]
        items = [Publisher(**_publisher(visit, one), articles=count) for one, count in shown]
        more = shown[-1][0].id if start + query.limit < len(every) else None
    return asked.list(Publishers(items=items, next=more), query.fields)


@router.get("/publishers/{key}", response_model=FullPublisher, tags=["publishers"])
def get_publisher(asked: Asked, key: Key, query: OneQuery) -> Response:
    """Give one publisher, with its feeds."""
    with asked.visit(query.edition, {"publisher": PublisherId(key)}) as visit:
        page = publisher.load(visit)
        made = FullPublisher(
            **_publisher(visit, page.publisher),
            per_day=page.per_day,
            feeds=[_feed(one) for one in page.feeds],
        )
    return asked.one(made, query.fields)


def _publisher(visit: Visit, one: KeptPublisher) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "page": visit.here.absolute(visit.here.source(one.id)),
        "policy": str(visit.known.display.of(one.id, fictional=one.fictional)),
        "country": one.country,
        "languages": list(one.languages),
        "owner": one.owner,
        "kind": one.kind,
        "homepage": web_address(one.homepage),
        "description": one.description,
        "fictional": one.fictional,
    }


@router.get("/feeds", response_model=Feeds, tags=["publishers"])
def list_feeds(asked: Asked, query: ManyQuery) -> Response:
    """List the feeds this instance reads, the oldest first."""
    with asked.visit(query.edition) as visit:
        last = int(query.cursor, 36) if query.cursor else 0
        found = [one for one in feeds.all(visit.view) if one.id > FeedId(last)]
        shown = found[: query.limit]
        more = short_id(shown[-1].id) if len(found) > query.limit else None
    return asked.list(Feeds(items=[_feed(one) for one in shown], next=more), query.fields)


def _feed(one: KeptFeed) -> Feed:
    return Feed(
        id=one.id,
        url=web_address(one.url),
        publisher=one.publisher_id,
        title=one.title,
        site=web_address(one.site_url),
        language=one.language,
        section=one.section,
        state=str(one.state),
        per_day=one.poll.entries_per_day,
        read=one.poll.last_success_at,
    )
