"""Holding a comment to the rules in the transaction that adds it: shown, held with a reason, or refused."""

from dataclasses import replace
from datetime import datetime, timedelta

from octavo.actions.classifying import asked
from octavo.discuss.screening import KNOWN_AFTER, SHOWN, Author, Bounds, Lately, Rules, Verdict, heed, marks, screen
from octavo.domain.account import Person, Role, Standing
from octavo.domain.comment import Comment, CommentState, Venue
from octavo.domain.fediverse import RemoteActor, Stance
from octavo.domain.ids import CommentId
from octavo.domain.moderation import Does, ModAct, ModerationAct, Opinion
from octavo.errors import NotAllowed, SlowDown
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import comment_origins, discussion, fediverse_hosts, moderation, screening

_HOUR, _WAVE = timedelta(hours=1), timedelta(minutes=10)
ELSEWHERE = "elsewhere"
"""Why a comment waits that came from another server."""

LIMITED = "limited"
"""Why a comment waits whose author's account is limited."""


def bounds_of(tools: Tools) -> Bounds:
    """Give what the settings allow."""
    given = tools.settings.comments
    return Bounds(given.new_links, given.most_links, given.same_an_hour, given.new_in_ten_minutes)


def ask(tools: Tools, who: Person, text: str, venue: Venue | None, parent_id: CommentId) -> Opinion | None:
    """Ask the classifier about what a reader is about to say, where there is one and the rules would show it.

    Outside of any transaction that writes: it may take a while.
    """
    if not tools.classifier.on:
        return None
    with tools.database.read() as view:
        if _by_rules(view, tools, who, text, tools.now()).does is not None or who.account.role is not Role.READER:
            return None
        said = asked(view, text, venue, parent_id)
    return tools.classifier.judge(said)


def judge(
    tx: Transaction, tools: Tools, who: Person, text: str, now: datetime, opinion: Opinion | None = None
) -> Verdict:
    """Decide on a comment that is about to be added. Raises NotAllowed for what a rule refuses."""
    verdict = _by_rules(tx, tools, who, text, now)
    if verdict.does is Does.REFUSE:
        raise NotAllowed("this newspaper's rules do not allow a word or link in your comment")
    return heed(verdict, opinion, tools.settings.comments.classifier_sure)


def judge_stranger(tx: Transaction, tools: Tools, actor: RemoteActor, text: str, now: datetime) -> Verdict:
    """Decide on a reply from another server: the rules for everybody first; then it waits, unless editors allowed its
    server. Raises NotAllowed for what a rule refuses."""
    found = marks(text)
    lately = Lately(screening.count_marked(tx, found, now - _HOUR), screening.count_new(tx, now - _WAVE))
    author = Author(actor.known_at or now, comment_origins.shown_before(tx, actor.address, now, KNOWN_AFTER))
    verdict = screen(text, author, lately, Rules(bounds_of(tools), screening.rules(tx)), now)
    if verdict.does is Does.REFUSE:
        raise NotAllowed("this newspaper's rules do not allow a word or link in your comment")
    allowed = fediverse_hosts.get(tx, actor.host).stance is Stance.ALLOWED
    if verdict.does is None and not (allowed and tools.settings.fediverse.hold == "unknown"):
        return replace(verdict, does=Does.HOLD, why=ELSEWHERE)
    return verdict


def keep(tx: Transaction, comment: Comment, verdict: Verdict, now: datetime) -> None:
    """Write down what a comment has in common with others, and why it waits if it does."""
    screening.mark(tx, comment.id, marks(comment.text), now, new=verdict.new)
    if verdict.does is Does.HOLD:
        hold(tx, comment, verdict, now)


def hold(tx: Transaction, comment: Comment, verdict: Verdict, now: datetime) -> None:
    """Write down why a comment waits; in the public log as well, but for accounts that are limited in silence."""
    moderation.hold(tx, comment.id, verdict.why, now)
    if verdict.why != LIMITED:
        subject = f"comment/{comment.id}"
        moderation.act(tx, ModerationAct(now, "", ModAct.HELD, subject, verdict.why, verdict.note, comment.account_id))


def state_of(verdict: Verdict) -> CommentState:
    """Give the state a comment begins in."""
    return CommentState.HELD if verdict.does is Does.HOLD else CommentState.LIVE


def check_answers(tx: Transaction, parent: Comment | None) -> None:
    """Raise NotAllowed below a comment that takes no more answers."""
    if parent is not None and moderation.locked(tx, [*parent.path, parent.id]):
        raise NotAllowed("this part of the discussion takes no more answers")


def check_slow(tx: Transaction, who: Person, places: list[str], now: datetime) -> None:
    """Raise SlowDown where a comment follows one's last faster than a slow place allows; `places` as in closings."""
    seconds = screening.slowed(tx, ["site", *places])
    last = discussion.posted(tx, who.id, 1) if seconds and who.account.role is Role.READER else []
    if last and now - last[0].posted_at < timedelta(seconds=seconds):
        raise SlowDown("slow mode: {n} seconds between two comments", n=seconds)


def _by_rules(read: Read, tools: Tools, who: Person, text: str, now: datetime) -> Verdict:
    if who.account.standing is Standing.LIMITED:
        return Verdict(Does.HOLD, LIMITED)
    if who.account.role is not Role.READER:
        return SHOWN
    author = Author(who.account.created_at, screening.shown_before(read, who.id, now, KNOWN_AFTER))
    found = marks(text)
    lately = Lately(screening.count_marked(read, found, now - _HOUR), screening.count_new(read, now - _WAVE))
    return screen(text, author, lately, Rules(bounds_of(tools), screening.rules(read)), now)
