"""What a signed-in reader takes along: a copy of what is kept for the browser, a list of what is followed."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.accounts.permissions import Act, demand
from octavo.domain.follow import Follow, FollowKind, Stance
from octavo.domain.preferences import LONGEST, MOST, clean_settings
from octavo.serve import answering, followed
from octavo.serve.pages import following
from octavo.serve.site import Site
from octavo.serve.visit import Visit
from octavo.store import bookmarks

_SAVED = 300
"""Articles kept for reading without a network, at most: those saved last."""


def answer(site: Site, request: Request) -> Response:
    """Answer with the copy. Raises SignInRequired."""
    with answering.visiting(site, request) as visit:
        return JSONResponse(_copy(visit), headers={"cache-control": "private, no-store"})


def subscriptions(site: Site, request: Request) -> Response:
    """Answer with all that the reader follows and searches for, as OPML. Raises SignInRequired."""
    with answering.visiting(site, request) as visit:
        who = demand(visit.person, Act.SEE_KEPT)
        written = followed.write_followed(visit.view, who.id, site.origin, visit.plan.key, following.kinds_of(visit))
    headers = {"cache-control": "private, no-store", "content-disposition": 'attachment; filename="octavo.opml"'}
    return Response(written, headers=headers, media_type="text/x-opml")


def _copy(visit: Visit) -> dict[str, object]:
    who = demand(visit.person, Act.KEEP)
    saved = {one.article_id: one.at for one in bookmarks.latest(visit.view, who.id, None, _SAVED)}
    mine = visit.mine
    muted = [one for one in mine.follows if one.stance is Stance.MUTE] if mine else []
    return {
        "set": bool(mine and mine.preferences.shown),
        "settings": clean_settings(mine.preferences.shown if mine else {}) | {"muted": _muted(muted)},
        "saved": [
            {
                "path": visit.here.card(card),
                "headline": card.headline,
                "source": card.publisher_name,
                "language": card.language,
                "at": saved[card.id].isoformat(),
            }
            for card in visit.cards(list(saved))
        ],
    }


def _muted(kept: list[Follow]) -> dict[str, object]:
    def named(kind: FollowKind) -> Mapping[str, str]:
        return {one.key[:LONGEST]: one.name[:LONGEST] for one in kept[:MOST] if one.kind is kind}

    return {
        "sources": named(FollowKind.PUBLISHER),
        "hashtags": named(FollowKind.HASHTAG),
        "words": [one.key[:LONGEST] for one in kept if one.kind is FollowKind.WORD][:MOST],
    }
