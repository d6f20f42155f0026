"""For one reader: from what they follow, and what they read and saved, each article with its reasons."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.article import ArticleCard
from octavo.domain.follow import Follow, FollowKind, Preferences, Stance, kind_of_entity
from octavo.domain.ids import ArticleId, PublisherId, StoryId, first_article_id
from octavo.ports.search_index import SearchQuery
from octavo.relate.foryou import How, Offer, Pick, Reason, for_reader, learn
from octavo.relate.muting import wishes
from octavo.serve.contexts import Frame
from octavo.serve.mine import facts_of, label_of, muted_among
from octavo.serve.owned import Chosen, ForYouPage
from octavo.serve.pages import front
from octavo.serve.pages.keep import subjects
from octavo.serve.visit import Visit
from octavo.store import bookmarks, follows, hashtags, highlights, history, reading, starter
from octavo.text.slugs import read_short_id

SHOWN = 40
_POOL = 300
_OF_EACH = 30
_OF_WORD = 100
"""Articles that say a followed word; those that say it below what a card shows are not met by it."""

_LOOKED_AT = 60
"""Things that are followed, at most, whose newest articles are looked at; all count where an article meets them."""

_READ = 150
_OLDEST = timedelta(days=7)
_WHY = 2


def load(visit: Visit) -> ForYouPage:
    """Give the page. Raises SignInRequired."""
    who = demand(visit.person, Act.KEEP)
    mine = visit.mine
    kept = mine.follows if mine else ()
    preferences = mine.preferences if mine else Preferences()
    eight = _eight(visit)
    cards = _offered(visit, kept, {card.story_id for card in eight})
    muted = muted_among(visit.view, wishes(kept, Stance.MUTE), cards)
    shows = mine is not None and mine.shows
    offers = _offers(visit, [card for card in cards if shows or card.id not in muted])
    read = _offers(visit, visit.cards(_read(visit, who, preferences)))
    tastes = follows.tastes_of(visit.view, who.id)
    picks = for_reader(offers, kept, tastes, learn(read, offers), visit.here.now)[:SHOWN]
    by_id = {card.id: card for card in cards}
    left_out = for_reader(_offers(visit, [one for one in cards if one.id in muted]), kept, tastes, (), visit.here.now)
    return ForYouPage(
        frame=Frame(
            title=visit.t("For you"),
            description=visit.t("From what you follow and read; computed here, for you alone."),
            path=f"/{visit.plan.key}/for-you",
            kind="for-you",
            index=False,
        ),
        eight=eight,
        picks=[_chosen(visit, pick, by_id) for pick in picks],
        muted=0 if shows else len(left_out),
        reasons=list(dict.fromkeys(label_of(muted[one.offer.facts.id]) for one in left_out)),
        follows=sum(one.stance is Stance.FOLLOW for one in kept),
        learns=bool(read),
    )


def _eight(visit: Visit) -> list[ArticleCard]:
    return [place.card for place in front.load(visit).eight]


def _offered(visit: Visit, kept: Sequence[Follow], shown: set[StoryId | None]) -> list[ArticleCard]:
    """Give the newest articles of what is followed, and of the edition; not those of the Eight, which stand above."""
    oldest = first_article_id(int(_since(visit).timestamp()))
    followed = sorted((one for one in kept if one.stance is Stance.FOLLOW), key=lambda one: one.since, reverse=True)
    ids = {one for follow in followed[:_LOOKED_AT] for one in _newest(visit, follow)}
    everywhere = {one for one in ids if one >= oldest}
    pool = reading.latest_ids(visit.view, visit.languages, None, _POOL)
    cards = visit.cards(sorted({one for one in pool if one >= oldest} | everywhere, reverse=True))
    shown = shown - {None}
    papers = {one.key for one in followed if one.kind in (FollowKind.PUBLISHER, FollowKind.STORY)}
    mine = visit.mine
    chosen = tuple(mine.preferences.shown.get("languages", ())) if mine else ()
    reads = chosen or visit.plan.languages or (visit.plan.language,)
    return [
        card
        for card in cards
        if card.story_id not in shown and (card.publisher_id in papers or starter.reads(reads, card.language))
    ]


def _since(visit: Visit) -> datetime:
    return visit.here.now - _OLDEST


def _newest(visit: Visit, one: Follow) -> Iterable[ArticleId]:
    view = visit.view
    match one.kind:
        case FollowKind.HASHTAG:
            return hashtags.article_ids(view, one.key, None, _OF_EACH)
        case FollowKind.PUBLISHER:
            return reading.publisher_ids(view, PublisherId(one.key), None, _OF_EACH)
        case FollowKind.PERSON | FollowKind.ORGANISATION | FollowKind.PLACE:
            return reading.about_ids(view, one.key, None, _OF_EACH)
        case FollowKind.STORY:
            number = read_short_id(one.key)
            return reading.story_ids(view, StoryId(number), _OF_EACH) if number is not None else ()
        case FollowKind.WORD:
            asked = SearchQuery(f'"{one.name.replace(chr(34), " ")}"', _OF_WORD, newest=True, since=_since(visit))
            return [hit.id for hit in visit.site.tools.search_index.search(asked)]


def _offers(visit: Visit, cards: Sequence[ArticleCard]) -> list[Offer]:
    named = reading.about_names(visit.view, [card.id for card in cards])
    found = []
    for card in cards:
        about = named.get(card.id, [])
        names: dict[tuple[FollowKind, str], str] = {(FollowKind.HASHTAG, tag): tag for tag in card.hashtags}
        names |= {(kind_of_entity(key), key): name for key, name in about}
        names[FollowKind.PUBLISHER, card.publisher_id] = card.publisher_name
        facts = facts_of(card, tuple(key for key, _ in about))
        found.append(Offer(facts, card.time, card.story_publishers, names))
    return found


def _read(visit: Visit, who: Person, preferences: Preferences) -> list[ArticleId]:
    """List what the reader read (where that is remembered), saved and marked, since the ranking was begun anew."""
    view, since = visit.view, preferences.learn_from
    found = [(one.at, one.article_id) for one in history.latest(view, who.id, None, _READ)]
    found += [(one.at, one.article_id) for one in bookmarks.latest(view, who.id, None, _READ)]
    found += [(one.made_at, one.article_id) for one in highlights.latest(view, who.id, None, _READ)]
    newest = sorted((at, one) for at, one in found if since is None or at > since)
    return list(dict.fromkeys(one for _, one in reversed(newest)))[:_READ]


def _chosen(visit: Visit, pick: Pick, cards: Mapping[ArticleId, ArticleCard]) -> Chosen:
    card = cards[pick.offer.facts.id]
    named = [(one.kind, one.key, _name(visit, one)) for one in pick.why[:_WHY]]
    paper = (FollowKind.PUBLISHER, str(card.publisher_id), card.publisher_name)
    about = subjects(visit, dict.fromkeys([*named, paper]))
    return Chosen(card, [_said(visit, one) for one in pick.why[:_WHY]], about)


def _said(visit: Visit, one: Reason) -> str:
    name = label_of(Follow(one.kind, one.key, _name(visit, one), visit.here.now))
    if one.how is How.FOLLOW:
        return visit.t("because you follow {name}", name=name)
    if one.how is How.MORE:
        return visit.t("because you want more of {name}", name=name)
    if one.kind is FollowKind.PUBLISHER:
        return visit.t("because you often read {name}", name=name)
    return visit.t("because you often read about {name}", name=name)


def _name(visit: Visit, one: Reason) -> str:
    """Name what a reason is about in the page's language, where it has a name there."""
    if one.kind is FollowKind.PLACE:
        return visit.here.place_name(one.key, one.name)
    if one.kind is FollowKind.HASHTAG and one.how is not How.FOLLOW:
        label, _ = hashtags.label_and_count(visit.view, one.key, visit.plan.language.split("-")[0])
        return label or one.name
    return one.name
