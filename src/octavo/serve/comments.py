"""What the forms of the discussion do: post, answer, vote, edit, delete, watch; each leads back to its page."""

from functools import partial

from octavo.actions import comments as acts
from octavo.actions import discussion
from octavo.actions.comments import Draft
from octavo.discuss.limits import LONGEST_KEY
from octavo.domain.comment import NOBODY, Ballot, Comment, Venue
from octavo.domain.ids import CommentId
from octavo.errors import InputError
from octavo.serve import links
from octavo.serve.allowance import Allowance
from octavo.serve.forms import Form, Post
from octavo.serve.pages import discussion as pages
from octavo.serve.pages.discussion import Kind, comment_id_of, venue_in
from octavo.serve.site import Site

KINDS: tuple[Kind, ...] = ("article", "story")
BALLOTS: dict[str, Ballot] = {"up": 1, "down": -1, "none": 0}
"""What a vote is called in a form."""


def posts(site: Site) -> list[Post]:
    """List the forms of the discussion."""
    allowance = Allowance(site.tools.settings.comments.an_hour_a_network)
    one = "/{edition}/comment/{number}"
    found = [
        Post(f"{one}/reply", partial(_answer, allowance), pages.load_comment),
        Post(f"{one}/vote", _vote),
        Post(f"{one}/edit", _edit, pages.load_edit),
        Post(f"{one}/delete", _delete),
    ]
    for kind in KINDS:
        of = f"/{{edition}}/{kind}/{{number}}/{{words}}"
        found += [
            Post(f"{of}/comments", partial(_post, allowance, kind), partial(pages.load_comments, kind=kind)),
            Post(f"{of}/watch", partial(_watch, kind)),
        ]
    return found


def _post(allowance: Allowance, kind: Kind, form: Form) -> str:
    allowance.take(form.network, form.now)
    venue = venue_in(kind, form.names["number"])
    return _led(form, acts.post(form.site.tools, form.person, _draft(form, venue)))


def _answer(allowance: Allowance, form: Form) -> str:
    allowance.take(form.network, form.now)
    return _led(form, acts.post(form.site.tools, form.person, _draft(form, None, _number(form))))


def _draft(form: Form, venue: Venue | None, parent_id: CommentId = NOBODY) -> Draft:
    """Read what was written. The page's own name for the sending comes before the outbox's: a form that was sent, and
    then given to the outbox because no answer came, is one and the same."""
    key = form.get("key")[:LONGEST_KEY] or form.key
    return Draft(form.get("text"), venue, parent_id, form.get("quote"), form.names["edition"], key)


def _vote(form: Form) -> str:
    value = BALLOTS.get(form.get("value"))
    if value is None:
        raise InputError("a vote is up, down or none")
    return _led(form, discussion.vote(form.site.tools, form.person, _number(form), value))


def _edit(form: Form) -> str:
    seen = form.get("seen")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 6):
        raise InputError("an edit says how often the comment had been edited")
    return _led(form, acts.edit(form.site.tools, form.person, _number(form), form.get("text"), int(seen)))


def _delete(form: Form) -> str:
    return _led(form, acts.delete(form.site.tools, form.person, _number(form)))


def _watch(kind: Kind, form: Form) -> str:
    venue = venue_in(kind, form.names["number"])
    discussion.watch(form.site.tools, form.person, venue, on=form.get("on") == "1")
    return form.back() + "#comments"


def _number(form: Form) -> CommentId:
    return comment_id_of(form.names["number"])


def _led(form: Form, comment: Comment) -> str:
    """Give where to go on: the page the form was on, at the comment."""
    return f"{form.back(links.comment('', comment.id).strip('/'))}#{links.anchor(comment.id)}"
