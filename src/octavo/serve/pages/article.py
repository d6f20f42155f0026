"""One article: as much of it as may be shown, where it stands among others, and the way to the original."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

from octavo.domain.article import Article, ArticleCard
from octavo.domain.comment import under_article
from octavo.domain.ids import ArticleId, EditionKey
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.domain.relation import Relation, RelationKind
from octavo.domain.story import Story
from octavo.errors import NotFound
from octavo.serve import editions, features, links, shownwords
from octavo.serve.closely import Edited
from octavo.serve.contexts import ArticlePage, Chosen, Frame, Related
from octavo.serve.discussed import Talk
from octavo.serve.display import web_address
from octavo.serve.gate import why_not_shown
from octavo.serve.handing import hand_on_article
from octavo.serve.pages.described import article_description, breadcrumbs
from octavo.serve.pages.digested import shown_differences
from octavo.serve.pages.edited import edits
from octavo.serve.pages.keep import marked_in
from octavo.serve.pages.worked import Worked, worked_out
from octavo.serve.robots import article_robots, may_index
from octavo.serve.talking import Matter, talk_on, threads_of
from octavo.serve.visit import Moved, Visit
from octavo.store import articles, reading, relations, stories
from octavo.text.slugs import read_short_id, short_id

RELATED = 10
_PLACES = 4
_NAMED = 6
_EARLIER = timedelta(hours=12)
"""How much older another report of one story must be to be an earlier chapter of it."""

_MATES = 30
"""Newest articles of the story that are looked at besides the related ones."""


def load(visit: Visit) -> ArticlePage | Moved:
    """Read an article. Raises NotFound; a headline that changed since the address was written moves the page."""
    article, publisher = _kept(visit)
    path = links.article(visit.plan.key, article.id, article.headline)
    if unquote(path) != f"/{visit.plan.key}/article/{visit.names['number']}/{visit.names['words']}":
        return Moved(path)
    return _page(visit, article, publisher, path)


def read(visit: Visit) -> ArticlePage:
    """Read an article by its number alone, for programs. Raises NotFound."""
    article, publisher = _kept(visit)
    return _page(visit, article, publisher, links.article(visit.plan.key, article.id, article.headline))


def _kept(visit: Visit) -> tuple[Article, Publisher]:
    number = read_short_id(visit.names["number"])
    article = articles.get(visit.view, ArticleId(number)) if number is not None and number < 2**62 else None
    publisher = visit.publisher(article.publisher_id) if article else None
    if article is None or publisher is None:
        raise NotFound("no article is kept under this address")
    return article, publisher


def _page(visit: Visit, whole: Article, publisher: Publisher, path: str) -> ArticlePage:
    display = visit.known.display
    policy = display.of(publisher.id, fictional=publisher.fictional)
    doubted = display.doubts(whole.complete)
    article, words = shownwords.shown(visit.view, display, whole, fictional=publisher.fictional)
    article = replace(article, image=visit.seen(article.image))
    story = stories.stories_of(visit.view, [article.id]).get(article.id)
    relating, cards = _relating(visit, article, story)
    related, carried = _around(visit, article, story, relating, cards)
    worked = worked_out(whole, publisher, articles.names_of(visit.view, whole.id)) if not doubted else Worked((), 0, ())
    brief = policy is DisplayPolicy.FULL and features.chosen_on(visit)
    return ArticlePage(
        frame=_frame(visit, article, publisher, path),
        article=article,
        publisher=publisher,
        story=story if story and story.article_count > 1 else None,
        blocks=article.blocks,
        policy=str(policy),
        brief=[Chosen(text, None) for text in worked.brief] if brief else (),
        hashtags=visit.known.rules.apply(articles.hashtags_of(visit.view, article.id)),
        places=reading.places_of(visit.view, article.id)[:_PLACES],
        named=reading.named_in(visit.view, [article.id], _NAMED),
        related=related,
        minutes=worked.minutes,
        carried=carried,
        doubt=why_not_shown(display, whole, policy),
        from_feed=words.from_feed,
        differences=shown_differences(visit, worked.differences, cards) if worked.differences else (),
        edits=_edits(visit, whole) if policy is DisplayPolicy.FULL and not doubted else (),
        panel=features.of_article(visit, path, policy, story, whole.language),
        talk=_talk(visit, whole, path),
        mine=marked_in(visit, visit.mine.person.id, article) if visit.mine else None,
        sending=hand_on_article(visit.here, article, path),
    )


def _talk(visit: Visit, article: Article, path: str) -> Talk:
    venue = under_article(article.id)
    return talk_on(visit, Matter(venue, path, article.headline, article.language, threads_of(visit, venue)))


def _edits(visit: Visit, article: Article) -> Sequence[Edited]:
    earlier = articles.revisions_of(visit.view, article.id)
    return edits(visit, article, earlier) if earlier else ()


def _frame(visit: Visit, article: Article, publisher: Publisher, path: str) -> Frame:
    topics = [topic.code for topic in articles.topics_of(visit.view, [article.id]).get(article.id, ())]
    section = next((one for code in topics for one in visit.plan.sections if one.topic == code), None)
    same = editions.in_language(visit.site.plans, article.language) or [editions.FIRST]
    steps = [(visit.plan.title, links.front(visit.plan.key))]
    if section:
        steps.append((section.title, links.section(visit.plan.key, section.topic)))
    picture = f"/picture/{visit.site.signer.token(article.image.url)}/1280.jpg" if article.image else ""
    own = links.article(same[0], article.id, article.headline)
    original = _original(visit, article, publisher)
    policy = visit.known.display.of(publisher.id, fictional=publisher.fictional)
    return Frame(
        title=article.headline,
        description=article.excerpt or visit.t("Reported by {name}.", name=publisher.name),
        path=path,
        kind="article",
        canonical=own,
        original=original,
        alternates=() if original else _alternates(visit, same, article),
        index=may_index(article.rights),
        robots=article_robots(article.rights, policy),
        topic=section.topic if section else "",
        picture=visit.preview("article", short_id(article.id), f"{article.headline}{picture}"),
        published=article.published_at.isoformat(timespec="seconds") if article.published_at else "",
        data=(
            article_description(
                visit.here, article, publisher, path, main=original or visit.here.absolute(own), picture=picture
            ),
            breadcrumbs(visit.here, [*steps, (article.headline, path)]),
        ),
    )


def _original(visit: Visit, article: Article, publisher: Publisher) -> str:
    """Give the publisher's own page where search engines are to list that one: it has all of the text, and wrote it.

    Nothing invented has one.
    """
    if publisher.fictional or visit.site.tools.settings.web.canonical == "own":
        return ""
    return web_address(article.canonical_url) or web_address(article.url)


def _alternates(visit: Visit, same: Sequence[EditionKey], article: Article) -> tuple[tuple[str, str], ...]:
    rest = links.article("", article.id, article.headline).removeprefix("/")
    return visit.in_editions(rest, [visit.site.plans[key] for key in same if not visit.site.plans[key].places])


def _relating(
    visit: Visit, article: Article, story: Story | None
) -> tuple[list[Relation], Mapping[ArticleId, ArticleCard]]:
    """Read what an article is related to, the rest of its story last, with the cards of all, its own among them."""
    found = relations.of(visit.view, article.id)
    mates = stories.article_ids(visit.view, story.id) if story and story.article_count > 1 else []
    known = {one.other_id for one in found} | {article.id}
    found += [Relation(article.id, one, RelationKind.SAME_EVENT, 0.0) for one in mates[:_MATES] if one not in known]
    return found, {card.id: card for card in visit.cards([article.id, *(one.other_id for one in found)])}


def _around(
    visit: Visit,
    article: Article,
    story: Story | None,
    found: Sequence[Relation],
    cards: Mapping[ArticleId, ArticleCard],
) -> tuple[list[Related], list[ArticleCard]]:
    """Give what is worth reading next, with reasons, and who else carries the same text; the two do not overlap."""
    reasons = _reasons(visit)
    related: list[Related] = []
    carried: dict[str, ArticleCard] = {}
    seen = {_text_key(article.publisher_id, article.headline)}
    for one in found:
        card = cards.get(one.other_id)
        if card is None or _text_key(card.publisher_id, card.headline) in seen:
            continue
        seen.add(_text_key(card.publisher_id, card.headline))
        if one.kind is not RelationKind.DUPLICATE:
            # What settled in one story is of one event, whatever the two alone seemed to be when they were related.
            mate = story is not None and card.story_id == story.id
            told_before = mate and article.time - card.time >= _EARLIER
            kind = RelationKind.SAME_EVENT if mate else one.kind
            related.append(Related(card, visit.t("Earlier in this story") if told_before else reasons[kind], one.why))
        elif card.publisher_id != article.publisher_id:
            carried.setdefault(card.publisher_id, card)
    return related[:RELATED], list(carried.values())


def _text_key(publisher: str, headline: str) -> tuple[str, str]:
    return publisher, headline.casefold()


def _reasons(visit: Visit) -> dict[RelationKind, str]:
    return {
        RelationKind.SAME_EVENT: visit.t("Same event"),
        RelationKind.SAME_PEOPLE: visit.t("Same people"),
        RelationKind.SAME_PLACE: visit.t("Same place"),
        RelationKind.BACKGROUND: visit.t("Background"),
    }
