"""The API of the discussion: what readers say about articles and stories; to say something needs a token."""

from collections.abc import Sequence
from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from octavo.actions import comments as saying
from octavo.actions import discussion as voting
from octavo.actions import reports
from octavo.domain.comment import NOBODY, CommentState, Thread, Venue, under_article
from octavo.domain.comment import Comment as KeptComment
from octavo.domain.ids import ArticleId, CommentId, StoryId
from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.api.asking import Asked
from octavo.serve.api.parameters import Id, ManyQuery, OneQuery
from octavo.serve.api.schemas.own import Comment, Comments, Complaint, Reworded, Said, Vote
from octavo.serve.comments import BALLOTS
from octavo.serve.visit import Visit
from octavo.store import discussion, stories
from octavo.text.slugs import read_short_id, short_id

router = APIRouter(tags=["discussion"])


@router.get("/articles/{id}/comments", response_model=Comments)
def article_comments(asked: Asked, number: Id, query: ManyQuery) -> Response:
    """List what readers said about an article, the newest first."""
    with asked.visit(query.edition) as visit:
        found = _number(number)
        if not visit.cards([ArticleId(found)]):
            raise NotFound("no article is kept under this address")
        one = discussion.thread_of(visit.view, under_article(ArticleId(found)))
        made = _page(visit, [one] if one else [], query.cursor, query.limit)
    return asked.list(made, query.fields)


@router.get("/stories/{id}/comments", response_model=Comments)
def story_comments(asked: Asked, number: Id, query: ManyQuery) -> Response:
    """List what readers said about a story and its articles, the newest first."""
    with asked.visit(query.edition) as visit:
        story = stories.get(visit.view, StoryId(_number(number)))
        if story is None:
            raise NotFound("no story is kept under this address")
        made = _page(visit, discussion.threads_of_story(visit.view, story.id), query.cursor, query.limit)
    return asked.list(made, query.fields)


@router.post("/articles/{id}/comments", response_model=Comment, status_code=201)
def comment_on_article(asked: Asked, number: Id, said: Said) -> Response:
    """Say something about an article."""
    return _said(asked, "article", number, said)


@router.post("/stories/{id}/comments", response_model=Comment, status_code=201)
def comment_on_story(asked: Asked, number: Id, said: Said) -> Response:
    """Say something about a story."""
    return _said(asked, "story", number, said)


@router.get("/comments/{id}", response_model=Comment)
def get_comment(asked: Asked, number: Id, query: OneQuery) -> Response:
    """Give one comment; one that waits for a moderator to its author alone."""
    with asked.visit(query.edition) as visit:
        made = _seen(asked, visit, CommentId(_number(number)))
    return asked.one(made, query.fields, own=asked.person is not None)


@router.put("/comments/{id}", response_model=Comment)
def edit_comment(asked: Asked, number: Id, sent: Reworded) -> Response:
    """Give one's own comment other words; the earlier ones stay to be seen."""
    comment = CommentId(_number(number))
    saying.edit(asked.site.tools, asked.person, comment, sent.text, sent.edits)
    return _own(asked, comment)


@router.delete("/comments/{id}", status_code=204)
def delete_comment(asked: Asked, number: Id) -> Response:
    """Take back one's own comment: its words are gone for good."""
    saying.delete(asked.site.tools, asked.person, CommentId(_number(number)))
    return Response(status_code=204)


@router.put("/comments/{id}/vote", response_model=Comment)
def vote_on_comment(asked: Asked, number: Id, sent: Vote) -> Response:
    """Vote a comment up or down, or take one's vote back."""
    comment = CommentId(_number(number))
    voting.vote(asked.site.tools, asked.person, comment, BALLOTS[sent.value])
    return _own(asked, comment)


@router.post("/comments/{id}/report", status_code=204)
def report_comment(asked: Asked, number: Id, sent: Complaint) -> Response:
    """Report a comment to the moderators; once is enough."""
    reports.report(asked.site.tools, asked.person, CommentId(_number(number)), sent.reason, sent.note)
    return Response(status_code=204)


def _own(asked: Asked, comment: CommentId) -> Response:
    with asked.visit("") as visit:
        return asked.one(_seen(asked, visit, comment), own=True)


def _seen(asked: Asked, visit: Visit, comment: CommentId) -> Comment:
    """Describe a comment to who may see it. Raises NotFound."""
    found = discussion.get(visit.view, comment) if visit.site.tools.settings.comments.open else None
    thread = discussion.thread(visit.view, found.thread_id) if found else None
    mine = found is not None and asked.person is not None and found.account_id == asked.person.id
    seen = found is not None and (found.live or (found.state is CommentState.HELD and mine))
    if found is None or thread is None or not seen:
        raise NotFound("no comment is kept under this id")
    return _comment(visit, found, thread.venue)


def _said(asked: Asked, kind: Literal["article", "story"], number: str, said: Said) -> Response:
    venue = Venue(kind, _number(number))
    answered = CommentId(_number(said.answers)) if said.answers else NOBODY
    plan = asked.site.plan_for("")
    draft = saying.Draft(said.text, venue, answered, said.quote, plan.key, said.key)
    kept = saying.post(asked.site.tools, asked.person, draft)
    with asked.visit("") as visit:
        thread = discussion.thread(visit.view, kept.thread_id)
        [one] = discussion.get_many(visit.view, [kept.id])
        made = _comment(visit, one, thread.venue if thread else venue)
    response = asked.one(made, own=True)
    response.status_code = 201
    return response


def _number(given: str) -> int:
    number = read_short_id(given)
    if number is None or number >= 2**62:
        raise NotFound("nothing is kept under this id")
    return number


def _page(visit: Visit, threads: Sequence[Thread], cursor: str, limit: int) -> Comments:
    if not visit.site.tools.settings.comments.open:
        raise NotFound("there is no discussion here")
    venues = {one.id: one.venue for one in threads}
    before = read_short_id(cursor)
    last = None if before is None else CommentId(min(before, 2**62 - 1))
    found = discussion.newest(visit.view, list(venues), limit + 1, last)
    items = [_comment(visit, one, venues[one.thread_id]) for one in found[:limit]]
    return Comments(items=items, next=items[-1].id if len(found) > limit else None)


def _comment(visit: Visit, one: KeptComment, venue: Venue) -> Comment:
    return Comment(
        id=short_id(one.id),
        page=visit.here.absolute(links.comment(visit.plan.key, one.id)),
        text=one.text,
        at=one.posted_at,
        by=one.name,
        role=str(one.role) if one.role else "",
        on=f"{venue.kind}/{short_id(venue.id)}",
        answers=short_id(one.parent_id) if one.parent_id != NOBODY else None,
        quote=one.quote,
        score=one.score,
        edited=one.edited_at,
        edits=one.edits,
        shown=one.live,
    )
