"""Readers' part in moderation: report a comment, and answer an act that concerns oneself."""

from datetime import timedelta

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.comment import CommentState
from octavo.domain.ids import CommentId
from octavo.domain.moderation import Flag, ModAct, ModerationAct, Reason
from octavo.errors import Conflict, InputError, NotAllowed, NotFound, SlowDown
from octavo.ports.tools import Tools
from octavo.store import accounts, comments, discussion, moderation

LONGEST = 1_000
_HOUR = timedelta(hours=1)
APPEALABLE = frozenset({ModAct.HELD, ModAct.REMOVED, ModAct.LIMITED, ModAct.BANNED, ModAct.LOCKED})
APPEAL_FOR = timedelta(days=60)
"""How long an act can be appealed against; as long, what was removed is kept."""


def report(tools: Tools, person: Person | None, comment_id: CommentId, reason: str, note: str = "") -> None:
    """Report a comment; once is enough. What several readers report is hidden until a moderator decides.

    Raises SignInRequired, NotAllowed, NotFound, InputError, SlowDown.
    """
    who, now, said = demand(person, Act.REPORT), tools.now(), _text(note)
    if reason not in tuple(Reason):
        raise InputError("say why")
    settings = tools.settings.comments
    with tools.database.transaction() as tx:
        comments.begin(tx)
        found = discussion.get(tx, comment_id)
        if found is None or found.state not in (CommentState.LIVE, CommentState.HELD):
            raise NotFound("this comment is no longer there")
        if found.account_id == who.id:
            raise NotAllowed("this is your own comment: delete it")
        if moderation.flagged_by(tx, who.id, now - _HOUR) >= settings.reports_an_hour:
            raise SlowDown("too many reports in an hour")
        if not moderation.flag(tx, Flag(comment_id, who.id, Reason(reason), said, now)):
            return
        if found.live and moderation.flags_of(tx, comment_id) >= settings.reports_hold:
            comments.set_state(tx, [comment_id], CommentState.HELD)
            moderation.hold(tx, comment_id, "reported", now)
            act = ModerationAct(now, "", ModAct.HELD, f"comment/{comment_id}", "reported", "", found.account_id)
            moderation.act(tx, act)


def appeal(tools: Tools, person: Person | None, act_id: int, text: str) -> None:
    """Answer an act that concerns oneself, once; somebody else than who acted decides.

    Raises SignInRequired, NotFound, NotAllowed, InputError, Conflict.
    """
    who, now, said = demand(person, Act.APPEAL), tools.now(), _text(text)
    if not said:
        raise InputError("say why the decision was wrong")
    with tools.database.transaction() as tx:
        act = moderation.get_act(tx, act_id)
        if act is None or act.target_id != who.id:
            raise NotFound("there is no such decision about you")
        if act.act not in APPEALABLE or now - act.at > APPEAL_FOR:
            raise NotAllowed("this decision can no longer be appealed against")
        if not moderation.appeal(tx, act_id, who.id, said, now):
            raise Conflict("you have appealed against this already")


def appeal_banned(tools: Tools, name: str, text: str) -> None:
    """Answer a ban: who is banned cannot sign in, so their letter is taken by the owner, at the command line.

    Raises NotFound, InputError, Conflict.
    """
    now, said = tools.now(), _text(text)
    with tools.database.transaction() as tx:
        account = accounts.named(tx, name)
        acts = moderation.acts_on(tx, account.id, 50) if account else []
        ban = next((one for one in acts if one.act is ModAct.BANNED), None)
        if account is None or ban is None:
            raise NotFound("nobody of this name is banned")
        if not said or not moderation.appeal(tx, ban.id, account.id, said, now):
            raise Conflict("there is an appeal against this ban already, or it is empty")


def _text(said: str) -> str:
    text = "\n".join(" ".join(line.split()) for line in said.strip().splitlines())
    if len(text) > LONGEST:
        raise InputError("this has {n} characters at most", n=LONGEST)
    return text
