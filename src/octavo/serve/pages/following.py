"""Everything a reader follows and mutes, to look through and to change."""

from collections.abc import Sequence
from itertools import groupby

from octavo.accounts.permissions import Act, demand
from octavo.domain.follow import Follow, FollowKind, Stance
from octavo.serve import links
from octavo.serve.contexts import Frame
from octavo.serve.followed import page_of_search
from octavo.serve.owned import FollowingPage, Sought, Subject
from octavo.serve.pages.keep import subjects
from octavo.serve.visit import Visit
from octavo.store import follows, searches, subscriptions

_ORDER = list(FollowKind)


def load(visit: Visit) -> FollowingPage:
    """Give the page. Raises SignInRequired."""
    who = demand(visit.person, Act.KEEP)
    kept = follows.of(visit.view, who.id)
    known = {(one.kind, one.key) for one in kept}
    tastes = [one for one in follows.tastes_of(visit.view, who.id) if (one.kind, one.key) not in known]
    mine = visit.mine
    return FollowingPage(
        frame=Frame(
            title=visit.t("Following"),
            description=visit.t("What you follow, and what you mute."),
            path=f"/{visit.plan.key}/following",
            kind="following",
            index=False,
        ),
        problem=visit.problem,
        followed=_by_kind(visit, [one for one in kept if one.stance is Stance.FOLLOW]),
        muted=_by_kind(visit, [one for one in kept if one.stance is Stance.MUTE]),
        tastes=subjects(visit, [(one.kind, one.key, one.name) for one in tastes]),
        searches=[
            Sought(one.id, one.name, path, links.feed(path, "atom"))
            for one in searches.of(visit.view, who.id)
            for path in (page_of_search(visit.plan.key, one),)
        ],
        edition_feeds=mine.preferences.edition_feeds if mine else True,
        feeds=len(subscriptions.of(visit.view, who.id, visit.plan)),
    )


def kinds_of(visit: Visit) -> dict[str, str]:
    """Name each kind of what is followed; "search" for searches that are kept."""
    return {str(kind): words for kind, words in _words(visit).items()} | {"search": visit.t("Saved searches")}


def _words(visit: Visit) -> dict[FollowKind, str]:
    return {
        FollowKind.STORY: visit.t("Stories"),
        FollowKind.HASHTAG: visit.t("Hashtags"),
        FollowKind.PERSON: visit.t("People"),
        FollowKind.ORGANISATION: visit.t("Organisations"),
        FollowKind.PLACE: visit.t("Places"),
        FollowKind.PUBLISHER: visit.t("Publishers"),
        FollowKind.WORD: visit.t("Words"),
    }


def _by_kind(visit: Visit, kept: Sequence[Follow]) -> list[tuple[str, Sequence[Subject]]]:
    words = _words(visit)
    sorted_ = sorted(kept, key=lambda one: (_ORDER.index(one.kind), one.name.casefold()))
    return [
        (words[kind], subjects(visit, [(one.kind, one.key, one.name) for one in some]))
        for kind, some in groupby(sorted_, key=lambda one: one.kind)
    ]
