"""From what pages show to what the API answers: articles, stories and the words of either. Nothing is read here."""

from collections.abc import Iterable, Sequence

from octavo.domain.article import ArticleCard, BlockKind, Image
from octavo.domain.article import Block as TextBlock
from octavo.domain.enrichment import Hashtag
from octavo.domain.story import Story as KeptStory
from octavo.serve import links
from octavo.serve.api.schemas.articles import (
    Article,
    Block,
    Byline,
    Change,
    Difference,
    FullArticle,
    Picture,
    Piece,
    Place,
    Related,
    Revision,
    Rights,
    Sentence,
    Source,
    Tag,
    Words,
)
from octavo.serve.api.schemas.stories import (
    Day,
    Earlier,
    FullStory,
    Larger,
    Quotation,
    Story,
    Teller,
    Telling,
    Wording,
)
from octavo.serve.closely import Closely, Differs, Edited, Said
from octavo.serve.contexts import ArticlePage, Chosen, StoryPage
from octavo.serve.contexts import Related as ShownRelated
from octavo.serve.display import web_address
from octavo.serve.storied import Told
from octavo.serve.visit import Visit
from octavo.text.slugs import short_id


def article(visit: Visit, card: ArticleCard) -> Article:
    """Describe an article from its card, which holds no more than may be shown."""
    return Article(
        id=short_id(card.id),
        headline=card.headline,
        url=web_address(card.url),
        page=visit.here.absolute(visit.here.card(card)),
        publisher=Source(id=card.publisher_id, name=card.publisher_name),
        language=card.language,
        time=card.time,
        published=card.published_at,
        seen=card.first_seen_at,
        excerpt=card.excerpt,
        agency=card.source,
        section=card.section,
        genre=str(card.genre),
        form=str(card.form),
        picture=picture(visit, card.image),
        country=card.country,
        words=card.word_count,
        hashtags=list(card.hashtags),
        story=short_id(card.story_id) if card.story_id is not None else None,
        story_articles=card.story_size,
        fictional=card.fictional,
    )


def articles(visit: Visit, cards: Iterable[ArticleCard]) -> list[Article]:
    """Describe articles."""
    return [article(visit, card) for card in cards]


def picture(visit: Visit, image: Image | None) -> Picture | None:
    """Describe a picture by its address on this instance."""
    if image is None:
        return None
    return Picture(url=_picture(visit, image.url), alt=image.alt, caption=image.caption, credit=image.credit)


def _picture(visit: Visit, url: str) -> str:
    return visit.here.absolute(f"/picture/{visit.site.signer.token(url)}/1280.jpg")


def full_article(visit: Visit, page: ArticlePage, card: ArticleCard) -> FullArticle:
    """Describe one article as its page shows it."""
    shown, rights = page.article, page.article.rights
    return FullArticle(
        **(dict(article(visit, card)) | {"picture": picture(visit, shown.image), "excerpt": shown.excerpt}),
        policy=page.policy,
        withheld=page.doubt,
        from_feed=page.from_feed,
        blocks=[_block(visit, one) for one in page.blocks],
        standfirst=shown.standfirst,
        byline=Byline(text=shown.byline.text, people=list(shown.byline.people)),
        dateline=shown.dateline.place,
        modified=shown.modified_at,
        correction=shown.correction,
        minutes=page.minutes,
        summary=chosen(page.brief, short_id(shown.id)),
        places=places(visit, page.places),
        tags=tags(page.hashtags),
        carried=articles(visit, page.carried),
        rights=Rights(
            licences=[one for one in rights.licences if web_address(one)],
            holder=rights.holder,
            tdm_reserved=rights.tdm_reserved,
            tdm_policy=web_address(rights.tdm_policy),
            robots=list(rights.robots),
        ),
    )


def _block(visit: Visit, one: TextBlock) -> Block:
    url = web_address(one.url)
    return Block(
        kind=str(one.kind),
        text=one.text,
        level=one.level,
        items=list(one.items),
        rows=[list(row) for row in one.rows],
        url=_picture(visit, url) if url and one.kind is BlockKind.FIGURE else url,
        credit=one.credit,
    )


def chosen(sentences: Sequence[Chosen], own: str) -> list[Sentence]:
    """Describe chosen sentences; `own` is the article of those that name none."""
    return [Sentence(text=one.text, article=short_id(one.card.id) if one.card else own) for one in sentences]


def places(visit: Visit, found: Iterable[tuple[str, str]]) -> list[Place]:
    """Describe places by (key, name)."""
    return [Place(key=key, name=visit.here.place_name(key, name)) for key, name in found]


def tags(found: Iterable[Hashtag]) -> list[Tag]:
    """Describe hashtags."""
    return [Tag(tag=one.tag, label=one.label) for one in found]


def related(visit: Visit, found: Iterable[ShownRelated]) -> list[Related]:
    """Describe what is worth reading next."""
    return [Related(article=article(visit, one.card), reason=one.reason, shares=list(one.shares)) for one in found]


def words(said: Said, mark: str = "") -> Words:
    """Describe words of an article, where they may be shown."""
    card = said.card
    return Words(
        article=short_id(card.id),
        publisher=Source(id=card.publisher_id, name=card.publisher_name),
        language=card.language,
        text=said.text,
        mark=said.mark or mark,
    )


def differences(found: Iterable[Differs]) -> list[Difference]:
    """Describe what differs."""
    return [Difference(kind=one.kind, label=one.label, words=[words(said) for said in one.words]) for one in found]


def revisions(found: Iterable[Edited]) -> list[Revision]:
    """Describe what a publisher changed."""
    return [
        Revision(
            at=one.at,
            kinds=list(one.kinds),
            changes=[
                Change(
                    kind=change.kind,
                    label=change.label,
                    pieces=[Piece(text=text, became=became) for text, became in change.pieces],
                )
                for change in one.changes
            ],
        )
        for one in found
    ]


def story(visit: Visit, kept: KeptStory, lead: ArticleCard | None) -> Story:
    """Describe a story; its lead speaks for it."""
    headline = lead.headline if lead else kept.headline
    return Story(
        id=short_id(kept.id),
        headline=headline,
        page=visit.here.absolute(links.story(visit.plan.key, kept.id, headline)),
        language=lead.language if lead else kept.language,
        moved=kept.last_at,
        began=kept.first_at,
        articles=kept.article_count,
        publishers=kept.publisher_count,
        reports=kept.report_count,
        countries=list(kept.countries),
        languages=list(kept.languages),
        lead=article(visit, lead) if lead else None,
    )


def full_story(visit: Visit, page: StoryPage) -> FullStory:
    """Describe one story as its page shows it."""
    return FullStory(
        **dict(story(visit, page.story, page.lead)),
        summary=chosen(page.brief, short_id(page.lead.id)),
        tellers=[
            Teller(
                name=one.name,
                kind=one.kind,
                outlets=one.outlets,
                articles=[_telling(told) for told in (*one.leads, *one.rest)],
            )
            for one in page.tellers
        ],
        tags=tags(page.hashtags),
        places=places(visit, page.places),
        earlier=[_another(visit, one.story, one.why) for one in page.earlier],
        larger=Larger(
            about=places(visit, page.larger.about),
            stories=page.larger.count,
            since=page.larger.since,
            latest=[_another(visit, one) for one in page.larger.stories],
        )
        if page.larger
        else None,
    )


def _another(visit: Visit, kept: KeptStory, why: Iterable[str] = ()) -> Earlier:
    address = visit.here.absolute(visit.here.story(kept.id, kept.headline))
    return Earlier(id=short_id(kept.id), headline=kept.headline, page=address, why=list(why))


def _telling(told: Told) -> Telling:
    return Telling(article=short_id(told.card.id), kind=told.kind, why=list(told.why))


def days(closely: Closely) -> list[Day]:
    """Describe a story's timeline."""
    return [
        Day(
            day=one.day,
            precision=one.precision,
            ahead=one.ahead,
            words=words(one.said),
            outlets=one.outlets,
        )
        for one in closely.days
    ]


def quotations(closely: Closely) -> list[Quotation]:
    """Describe who said what."""
    return [
        Quotation(
            words=words(one.words),
            speaker=one.speaker,
            role=one.role,
            wordings=[
                Wording(
                    article=short_id(each.card.id),
                    publisher=Source(id=each.card.publisher_id, name=each.card.publisher_name),
                    how=each.how,
                )
                for each in one.versions
            ],
        )
        for one in closely.quotations
    ]
