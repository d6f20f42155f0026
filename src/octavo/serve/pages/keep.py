"""One article as its reader keeps it: saved, in lists, what it is about to follow or mute, passages to mark."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from octavo.accounts.permissions import Act, demand
from octavo.domain.article import Article, ArticleCard
from octavo.domain.follow import Follow, FollowKind, Highlight, kind_of_entity
from octavo.domain.ids import AccountId, ArticleId
from octavo.errors import NotFound
from octavo.relate.anchoring import Anchor, Held, anchor, fingerprint
from octavo.serve import links, shownwords
from octavo.serve.contexts import Frame
from octavo.serve.mine import label_of
from octavo.serve.owned import KeepPage, Marked, Passage, Piece, Subject
from octavo.serve.visit import Visit
from octavo.store import articles, follows, highlights, lists, reading
from octavo.text.slugs import read_short_id, short_id

_SHORTEST = 2
_NAMES = 8
_TAGS = 8


def load(visit: Visit) -> KeepPage:
    """Give the page. Raises SignInRequired, NotFound."""
    return _page(visit, visit.names["number"])


def load_again(visit: Visit) -> KeepPage:
    """Give the page in answer to a form of it. Raises SignInRequired, NotFound."""
    return _page(visit, visit.given.get("article", ""))


def _page(visit: Visit, asked: str) -> KeepPage:
    who = demand(visit.person, Act.KEEP)
    number = read_short_id(asked)
    whole = articles.get(visit.view, ArticleId(number)) if number is not None and number < 2**62 else None
    publisher = visit.publisher(whole.publisher_id) if whole else None
    cards = visit.cards([whole.id]) if whole else []
    if whole is None or publisher is None or not cards:
        raise NotFound("no article is kept under this address")
    shown, _ = shownwords.shown(visit.view, visit.known.display, whole, fictional=publisher.fictional)
    lines = shown.text.split("\n")
    holding = lists.holding(visit.view, who.id, whole.id)
    return KeepPage(
        frame=Frame(
            title=visit.t("Keep: {headline}", headline=whole.headline),
            description=visit.t("Save this article, mark passages in it, follow what it is about."),
            path=f"/{visit.plan.key}/keep/{short_id(whole.id)}",
            kind="keep",
            index=False,
        ),
        problem=visit.problem,
        card=cards[0],
        number=short_id(whole.id),
        subjects=subjects_of(visit, cards[0]),
        lists=[(one, one.id in holding) for one in lists.of(visit.view, who.id)],
        marked=marked_in(visit, who.id, shown),
        paragraphs=[(at, line) for at, line in enumerate(lines) if len(line) >= _SHORTEST],
        given=visit.given,
    )


def subjects_of(visit: Visit, card: ArticleCard) -> list[Subject]:
    """List what an article is about, to follow and to mute: its story, publisher, hashtags, whom and what it names."""
    found: list[tuple[FollowKind, str, str]] = []
    if card.story_id:
        found.append((FollowKind.STORY, short_id(card.story_id), visit.t("This story")))
    found.append((FollowKind.PUBLISHER, card.publisher_id, card.publisher_name))
    tags = visit.known.rules.apply(articles.hashtags_of(visit.view, card.id))
    found += [(FollowKind.HASHTAG, one.tag, one.label) for one in tags[:_TAGS]]
    for key, name in reading.about_names(visit.view, [card.id]).get(card.id, [])[:_NAMES]:
        kind = kind_of_entity(key)
        found.append((kind, key, visit.here.place_name(key, name) if kind is FollowKind.PLACE else name))
    return subjects(visit, dict.fromkeys(found))


def subjects(visit: Visit, named: Iterable[tuple[FollowKind, str, str]]) -> list[Subject]:
    """Say of things what the reader does with them."""
    mine = visit.mine
    weights = {(one.kind, one.key): one.weight for one in follows.tastes_of(visit.view, mine.person.id)} if mine else {}
    return [
        Subject(
            str(kind),
            key,
            name,
            label_of(Follow(kind, key, name, visit.here.now)),
            path_of(visit, kind, key, name),
            mine.stance(kind, key) if mine else "",
            weights.get((kind, key), 0),
        )
        for kind, key, name in named
    ]


def path_of(visit: Visit, kind: FollowKind, key: str, name: str) -> str:
    """Give the page of something that can be followed; a search for what has none of its own."""
    edition = visit.plan.key
    match kind:
        case FollowKind.STORY:
            number = read_short_id(key)
            return links.story(edition, number, name) if number is not None else ""
        case FollowKind.HASHTAG:
            return links.hashtag(edition, key)
        case FollowKind.PLACE:
            return visit.here.place(key)
        case FollowKind.PUBLISHER:
            return links.source(edition, key)
        case FollowKind.PERSON | FollowKind.ORGANISATION:
            return links.entity(edition, key)
        case _:
            return links.search(edition, q=f'"{name}"')


def marked_in(visit: Visit, account: AccountId, shown: Article) -> Marked:
    """Find what somebody marked in an article, in its text as it is shown now."""
    kept = highlights.of(visit.view, account, shown.id)
    if not kept:
        return Marked((), {})
    text = shown.text
    name = fingerprint(text)
    found = [(one, Anchor(Held.GONE) if one.gone_from == name else anchor(text, one.quote)) for one in kept]
    spans = [(at.start, at.end, one.id) for one, at in found if at.held is not Held.GONE]
    return Marked(
        [_passage(one, at.held, text[at.start : at.end]) for one, at in found],
        _lines(shown, sorted(spans)),
    )


def _passage(one: Highlight, held: Held, now: str) -> Passage:
    return Passage(one.id, str(held), one.quote.exact, now, one.note, one.made_at)


def _lines(shown: Article, spans: Sequence[tuple[int, int, int]]) -> dict[int, list[Piece]]:
    """Cut the lines of a text that hold passages into pieces; where two overlap, the one that begins first goes on."""
    found: dict[int, list[Piece]] = {}
    begun: set[int] = set()
    begin = 0
    for number, line in enumerate(shown.text.split("\n")):
        end = begin + len(line)
        pieces: list[Piece] = []
        at = begin
        for first, last, highlight in spans:
            first, last = max(first, at), min(last, end)
            if first >= last:
                continue
            if first > at:
                pieces.append(Piece(shown.text[at:first], 0, False))
            pieces.append(Piece(shown.text[first:last], highlight, highlight not in begun))
            begun.add(highlight)
            at = last
        if pieces:
            if at < end:
                pieces.append(Piece(shown.text[at:end], 0, False))
            found[number] = pieces
        begin = end + 1
    return found


def shown_in(visit: Visit, article: ArticleId) -> Article | None:
    """Give an article as its page shows it; None for one that is not kept."""
    whole = articles.get(visit.view, article)
    publisher = visit.publisher(whole.publisher_id) if whole else None
    if whole is None or publisher is None:
        return None
    shown, _ = shownwords.shown(visit.view, visit.known.display, whole, fictional=publisher.fictional)
    return replace(shown, id=whole.id)
