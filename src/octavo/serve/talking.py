"""The discussion as one reader sees it: what of each comment is shown, and what may be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from octavo.accounts.permissions import Act, may
from octavo.actions import comments as actions
from octavo.discuss.limits import Limits, may_delete, may_edit
from octavo.discuss.tree import Branch
from octavo.domain.account import Role
from octavo.domain.comment import Ballot, Comment, CommentState, Order, Thread, Venue
from octavo.domain.ids import CommentId, ThreadId
from octavo.serve import links
from octavo.serve.discussed import About, Remark, Talk
from octavo.serve.heard import talk_about
from octavo.serve.spoken import BEST, Wanted, after_name, first_rows
from octavo.serve.visit import Visit
from octavo.store import discussion, votes, watches
from octavo.text.markdown import to_html


@dataclass(frozen=True, slots=True)
class Matter:
    """What is talked about: an article or a story, its page, and the threads in which it is."""

    venue: Venue
    path: str
    heading: str
    language: str
    threads: Sequence[Thread]

    @property
    def ids(self) -> list[ThreadId]:
        """The threads' ids."""
        return [one.id for one in self.threads]


def talk_on(visit: Visit, matter: Matter, wanted: Wanted = BEST) -> Talk:
    """Give a discussion for the page of what is talked about, or for a page of its own."""
    branches, cursor = first_rows(visit, matter.ids, wanted)
    every = links.comments(matter.path)
    more = ""
    if cursor is not None:
        more = f"{every}?sort={wanted.order}&after={after_name(cursor)}"
    return frame_talk(visit, matter, see(visit, matter, branches), wanted.order, more)


def frame_talk(visit: Visit, matter: Matter, said: Sequence[Remark], order: Order, more: str) -> Talk:
    """Put around comments what every discussion has: counts, orders, the form and what it needs."""
    tools, person = visit.site.tools, visit.person
    closing = actions.closed(tools, visit.view, matter.venue, visit.plan.key)
    every = links.comments(matter.path)
    names = {Order.BEST: visit.t("Best"), Order.NEW: visit.t("New"), Order.OLD: visit.t("Old")}
    own = next((one.id for one in matter.threads if one.venue == matter.venue), None)
    watched = bool(person and own and watches.watching(visit.view, person.id, [own]))
    return Talk(
        path=matter.path,
        all=every,
        key=talk_about(matter.venue),
        total=sum(one.comments for one in matter.threads),
        said=said,
        order=str(order),
        orders=[(str(one), name, f"{every}?sort={one}") for one, name in names.items()],
        more=more,
        open=closing is None,
        note=closing.note if closing else "",
        writes=closing is None and may(person, Act.COMMENT),
        watched=watched,
        quotes=matter.venue.kind == "article",
        longest=tools.settings.comments.longest,
        sending=visit.mine.once() if visit.mine else "",
        back=matter.path.removeprefix(f"/{visit.plan.key}/"),
        text=visit.given.get("text", ""),
        quote=visit.given.get("quote", ""),
        problem=visit.problem,
    )


def see(visit: Visit, matter: Matter, branches: Sequence[Branch]) -> list[Remark]:
    """Give comments as this reader sees them."""
    return _Eyes.of(visit, matter, branches).see(branches)


@dataclass(frozen=True, slots=True)
class _Eyes:
    """One reader: what they voted, what they may do, and what the threads are about."""

    visit: Visit
    votes: Mapping[CommentId, Ballot]
    limits: Limits
    may_vote: bool
    may_comment: bool
    moderates: bool
    about: Mapping[ThreadId, About]

    @classmethod
    def of(cls, visit: Visit, matter: Matter, branches: Sequence[Branch]) -> "_Eyes":
        """Read what is to be known of a reader."""
        person = visit.person
        shown = [one.comment.id for one in _every(branches)]
        return cls(
            visit=visit,
            votes=votes.of(visit.view, person.id, shown) if person and shown else {},
            limits=actions.limits_of(visit.site.tools),
            may_vote=may(person, Act.VOTE),
            may_comment=may(person, Act.COMMENT),
            moderates=may(person, Act.MODERATE),
            about=_about(visit, matter),
        )

    def see(self, branches: Sequence[Branch]) -> list[Remark]:
        """Give comments as this reader sees them."""
        return [self._said(one) for one in branches]

    def _said(self, branch: Branch) -> Remark:
        comment, visit = branch.comment, self.visit
        own = visit.person is not None and comment.account_id == visit.person.id
        seen = comment.live or (comment.state is CommentState.HELD and (own or self.moderates))
        return Remark(
            comment=comment,
            html=Markup(to_html(comment.text)) if seen else Markup(""),  # noqa: S704 (safe: see text/markdown.py)
            path=links.comment(visit.plan.key, comment.id),
            anchor=links.anchor(comment.id),
            badge=self._badge(comment) if seen else "",
            own=own,
            vote=self.votes.get(comment.id, 0),
            votes=self.may_vote and comment.live and not own,
            edits=own and self.may_comment and may_edit(comment, self.limits, visit.here.now),
            deletes=own and self.may_comment and may_delete(comment),
            replies=self.see(branch.replies),
            more=branch.more,
            answers=(branch.answers.name or visit.t("[deleted]")) if branch.answers else "",
            about=self.about.get(comment.thread_id),
        )

    def _badge(self, comment: Comment) -> str:
        match comment.role:
            case Role.OWNER:
                return self.visit.t("Owner")
            case Role.EDITOR:
                return self.visit.t("Editor")
            case Role.MODERATOR:
                return self.visit.t("Moderator")
            case _:
                return ""


def _every(branches: Sequence[Branch]) -> list[Branch]:
    return [one for branch in branches for one in (branch, *_every(branch.replies))]


def _about(visit: Visit, matter: Matter) -> dict[ThreadId, About]:
    """Say of the threads of a story which articles they are about."""
    if matter.venue.kind != "story":
        return {}
    of = {one.venue.article_id: one.id for one in matter.threads if one.venue.article_id is not None}
    return {
        of[card.id]: About(card.headline, visit.here.card(card), card.publisher_name, card.language)
        for card in visit.cards([one for one in of if one is not None])
    }


def threads_of(visit: Visit, venue: Venue) -> list[Thread]:
    """Give the threads in which something is talked about: an article's own, or a story's and those of its articles."""
    if venue.story_id is not None:
        return discussion.threads_of_story(visit.view, venue.story_id)
    found = discussion.thread_of(visit.view, venue)
    return [found] if found else []
