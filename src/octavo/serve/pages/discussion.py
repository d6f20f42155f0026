"""The discussion's own pages: all comments on an article or a story, one comment, editing and deleting one's own."""

import json
from dataclasses import replace
from typing import Literal
from urllib.parse import unquote

from markupsafe import Markup

from octavo.accounts.permissions import Act, demand, may
from octavo.actions.comments import limits_of, venue_of
from octavo.discuss.limits import check_edit, editable_until, may_delete
from octavo.discuss.tree import Branch
from octavo.domain.comment import Comment, CommentState, Order, Venue, under_article, under_story
from octavo.domain.ids import ArticleId, CommentId, StoryId
from octavo.errors import NotAllowed, NotFound
from octavo.serve import links
from octavo.serve.discussed import ChangeCommentPage, CommentPage, CommentsPage, Remark
from octavo.serve.frame import Frame
from octavo.serve.pages.account import back_of
from octavo.serve.spoken import WHOLE, after_name, rows_below, wanted_of
from octavo.serve.talking import Matter, frame_talk, see, talk_on, threads_of
from octavo.serve.visit import Moved, Visit
from octavo.store import discussion, stories
from octavo.text.markdown import plain, to_html
from octavo.text.slugs import read_short_id
from octavo.text.words import clip

Kind = Literal["article", "story"]

IN_FEEDS = 50
"""Comments in one feed."""

_DESCRIBED = 160
_MINUTE_S = 60


def matter_of(visit: Visit, venue: Venue) -> Matter:
    """Give what is talked about. Raises NotFound."""
    key = visit.plan.key
    if venue.article_id is not None:
        for card in visit.cards([venue.article_id]):
            return Matter(venue, links.card(key, card), card.headline, card.language, threads_of(visit, venue))
        raise NotFound("no article is kept under this address")
    story = stories.get(visit.view, venue.story_id) if venue.story_id is not None else None
    if story is None:
        raise NotFound("no story is kept under this address")
    path, there = links.story(key, story.id, story.headline), under_story(story.id)
    return Matter(there, path, story.headline, story.language, threads_of(visit, there))


def load_comments(visit: Visit, *, kind: Kind) -> CommentsPage | Moved:
    """Give all that is said about an article or a story, page by page. Raises NotFound."""
    matter = matter_of(visit, _venue(visit, kind))
    path = links.comments(matter.path)
    if unquote(path) != f"/{visit.plan.key}/{kind}/{visit.names['number']}/{visit.names['words']}/comments":
        return Moved(path)
    talk = talk_on(visit, matter, wanted_of(visit))
    talk = replace(talk, back=path.removeprefix(f"/{visit.plan.key}/"))
    return CommentsPage(_frame(visit, matter, path), matter.heading, matter.language, talk, ())


def load_newest(visit: Visit, *, kind: Kind) -> CommentsPage | Moved:
    """Give the newest comments on an article or a story, for their feeds. Raises NotFound."""
    matter = matter_of(visit, _venue(visit, kind))
    path = links.comments(matter.path)
    if unquote(path) != f"/{visit.plan.key}/{kind}/{visit.names['number']}/{visit.names['words']}/comments":
        return Moved(path)
    found = discussion.newest(visit.view, matter.ids, IN_FEEDS)
    newest = see(visit, matter, [Branch(one, 0) for one in found])
    talk = frame_talk(visit, matter, (), Order.NEW, "")
    return CommentsPage(_frame(visit, matter, path), matter.heading, matter.language, talk, newest)


def write_count(visit: Visit, *, kind: Kind) -> bytes:
    """Say how many comments there are, for pages that are open: answered from memory until there are more."""
    threads = threads_of(visit, _venue(visit, kind))
    return json.dumps({"comments": sum(one.comments for one in threads)}).encode()


def load_comment(visit: Visit) -> CommentPage:
    """Give one comment among what it answers and what answers it. Raises NotFound."""
    comment = _comment(visit)
    matter = matter_of(visit, venue_of(visit.view, comment.thread_id))
    path = links.comment(visit.plan.key, comment.id)
    wanted = wanted_of(visit)
    rows, cursor = rows_below(visit, comment, replace(wanted, spread=WHOLE))
    before = [Branch(one, 0) for one in discussion.get_many(visit.view, comment.path)]
    whole = Branch(comment, 0, tuple(rows))
    *above, said = see(visit, matter, [*before, whole])
    earlier = discussion.wordings(visit.view, comment.id) if comment.edits and said.html else []
    talk = frame_talk(visit, matter, (), wanted.order, "")
    frame = Frame(
        title=visit.t("{name} on “{title}”", name=comment.name or visit.t("[deleted]"), title=matter.heading),
        description=clip(plain(comment.text), _DESCRIBED) if said.html else matter.heading,
        path=path,
        kind="comment",
        feed=links.comments(matter.path),
        index=False,
    )
    return CommentPage(
        frame=frame,
        heading=matter.heading,
        language=matter.language,
        before=above,
        said=said,
        more=f"{path}?sort={wanted.order}&after={after_name(cursor)}" if cursor else "",
        wordings=[(one, Markup(to_html(one.text))) for one in earlier],  # noqa: S704 (safe: see text/markdown.py)
        talk=replace(talk, back=path.removeprefix(f"/{visit.plan.key}/"), writes=talk.writes and comment.live),
    )


def load_edit(visit: Visit) -> ChangeCommentPage:
    """Give the page where somebody edits their own comment. Raises NotFound, SignInRequired, NotAllowed."""
    found, said = _own(visit)
    limits = limits_of(visit.site.tools)
    if not visit.problem:
        check_edit(found, limits, visit.here.now)
    left = (editable_until(found, limits) - visit.here.now).total_seconds()
    page = _change(visit, "edit", visit.t("Edit your comment"), said)
    text = visit.given.get("text") or found.text
    return replace(page, text=text, minutes=max(1, round(left / _MINUTE_S)), longest=limits.longest)


def load_delete(visit: Visit) -> ChangeCommentPage:
    """Give the page that asks whether to delete one's comment. Raises NotFound, SignInRequired, NotAllowed."""
    found, said = _own(visit)
    if not may_delete(found):
        raise NotAllowed("this comment is no longer there to be deleted")
    return _change(visit, "delete", visit.t("Delete your comment?"), said)


def comment_id_of(name: str) -> CommentId:
    """Read a comment's id out of an address. Raises NotFound."""
    number = read_short_id(name)
    if number is None or number >= 2**62:
        raise NotFound("no comment is kept under this address")
    return CommentId(number)


def venue_in(kind: Kind, name: str) -> Venue:
    """Read what is talked about out of an address. Raises NotFound."""
    number = read_short_id(name)
    if number is None or number >= 2**62:
        raise NotFound("nothing is kept under this address")
    return under_article(ArticleId(number)) if kind == "article" else under_story(StoryId(number))


def _venue(visit: Visit, kind: Kind) -> Venue:
    return venue_in(kind, visit.names["number"])


def _comment(visit: Visit) -> Comment:
    """Give the comment an address names; one that waits is there for its author and moderators only."""
    found = discussion.get(visit.view, comment_id_of(visit.names["number"]))
    if found is None:
        raise NotFound("no comment is kept under this address")
    own = visit.person is not None and found.account_id == visit.person.id
    if found.state is CommentState.HELD and not own and not may(visit.person, Act.MODERATE):
        raise NotFound("no comment is kept under this address")
    return found


def _own(visit: Visit) -> tuple[Comment, Remark]:
    who = demand(visit.person, Act.COMMENT)
    found = _comment(visit)
    if found.account_id != who.id:
        raise NotAllowed("this is somebody else's comment")
    matter = matter_of(visit, venue_of(visit.view, found.thread_id))
    return found, see(visit, matter, [Branch(found, 0)])[0]


def _change(visit: Visit, kind: str, title: str, said: Remark) -> ChangeCommentPage:
    return ChangeCommentPage(
        frame=Frame(title=title, description=title, path=f"{said.path}/{kind}", kind="comment", index=False),
        kind=kind,
        said=said,
        text=said.comment.text,
        seen=said.comment.edits,
        minutes=0,
        longest=0,
        back=back_of(visit) or said.path.removeprefix(f"/{visit.plan.key}/"),
        problem=visit.problem,
    )


def _frame(visit: Visit, matter: Matter, path: str) -> Frame:
    title = visit.t("Comments on “{title}”", title=matter.heading)
    return Frame(
        title=title, description=title, path=path, kind="comments", feed=path, canonical=matter.path, index=False
    )
