"""What moderators do: decide on comments, one or many; limit and ban accounts; rules; appeals.

All of it is written into the public log, with its reason, in the transaction that does it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from octavo.accounts.permissions import Act, demand
from octavo.actions.comments import to_tell
from octavo.actions.notifying import tell_as_chosen, tell_of_comment
from octavo.discuss.screening import check_rule
from octavo.domain.account import Account, Person, Role, Standing
from octavo.domain.comment import Comment, CommentState
from octavo.domain.ids import AccountId, CommentId
from octavo.domain.moderation import ModAct, ModerationAct, Reason, Rule
from octavo.domain.notification import Why
from octavo.errors import Conflict, InputError, NotAllowed, NotFound
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import accounts, comments, discussion, moderation, screening, sessions

MOST_AT_ONCE = 5_000
LONGEST_NOTE = 1_000
_ORDER = (Role.READER, Role.MODERATOR, Role.EDITOR, Role.OWNER)
_SLOWEST = 3_600
_DAY = timedelta(days=1)


class Decision(StrEnum):
    """What is decided on a comment."""

    SHOW = "show"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Because:
    """Why: a reason, a note for all to see, and what happens to the accounts besides (None: nothing).

    With `others`, what the same accounts said within a day is removed as well, shown or not.
    """

    reason: str = ""
    note: str = ""
    authors: Standing | None = None
    others: bool = False


def decide(tools: Tools, person: Person | None, ids: Sequence[CommentId], decision: Decision, because: Because) -> int:
    """Show or remove comments, one or thousands; gives how many changed. What is removed keeps its words for an appeal.

    Raises SignInRequired, NotAllowed, InputError.
    """
    who, now = demand(person, Act.MODERATE), tools.now()
    _check(because, needed=decision is Decision.REMOVE)
    if because.authors is Standing.BANNED:
        demand(who, Act.BAN)
    if len(ids) > MOST_AT_ONCE:
        raise InputError("{n} comments at once, at most", n=MOST_AT_ONCE)
    state = CommentState.LIVE if decision is Decision.SHOW else CommentState.REMOVED
    with tools.database.transaction() as tx:
        comments.begin(tx)
        there = [one for one in discussion.get_many(tx, ids) if one.state is not CommentState.DELETED]
        if because.others and decision is Decision.REMOVE:
            there = _with_others(tx, there, now)
        _check_authors(tx, who, there)
        changed = comments.set_state(tx, [one.id for one in there], state)
        moderation.settle(tx, [*ids, *(one.id for one in there)], now)
        kind = ModAct.RESTORED if decision is Decision.SHOW else ModAct.REMOVED
        doing = _Doing(who, because, now)
        for one in changed:
            _act(tx, doing, kind, f"comment/{one.id}", one.account_id)
        _tell_authors(tx, changed, str(kind), now)
        _tell_others(tx, changed if decision is Decision.SHOW else (), now)
        if because.authors is not None:
            for account_id in dict.fromkeys(one.account_id for one in there if one.account_id is not None):
                _stand(tx, doing, account_id, because.authors)
    return len(changed)


def _with_others(tx: Transaction, chosen: Sequence[Comment], now: datetime) -> list[Comment]:
    """Add what the authors of these comments said within a day."""
    authors = dict.fromkeys(one.account_id for one in chosen if one.account_id is not None)
    more = discussion.said_since(tx, list(authors), now - _DAY, MOST_AT_ONCE)
    known = {one.id for one in chosen}
    return [*chosen, *(one for one in more if one.id not in known and one.state is not CommentState.DELETED)]


def decide_alike(tools: Tools, person: Person | None, why: str, decision: Decision, because: Because) -> int:
    """Decide on all comments that wait for one reason, such as "wave"; gives how many changed."""
    demand(person, Act.MODERATE)
    with tools.database.read() as view:
        ids = moderation.held_alike(view, why, MOST_AT_ONCE)
    return decide(tools, person, ids, decision, because)


def lock(tools: Tools, person: Person | None, comment_id: CommentId, because: Because, *, on: bool) -> None:
    """Let a comment, and what is below it, take no more answers; or take them again."""
    who, now = demand(person, Act.MODERATE), tools.now()
    _check(because, needed=on)
    with tools.database.transaction() as tx:
        found = discussion.get(tx, comment_id)
        if found is None:
            raise NotFound("this comment is no longer kept")
        if on:
            moderation.lock(tx, comment_id, because.note, now)
        elif not moderation.unlock(tx, comment_id):
            return
        kind = ModAct.LOCKED if on else ModAct.UNLOCKED
        _act(tx, _Doing(who, because, now), kind, f"comment/{comment_id}", found.account_id)


def stand(tools: Tools, person: Person | None, account_id: AccountId, standing: Standing, because: Because) -> Account:
    """Limit or ban an account, or pardon it. Raises SignInRequired, NotAllowed, NotFound, InputError."""
    who, now = demand(person, Act.BAN), tools.now()
    _check(because, needed=standing is not Standing.GOOD)
    with tools.database.transaction() as tx:
        return _stand(tx, _Doing(who, because, now), account_id, standing)


def note(tools: Tools, person: Person | None, account_id: AccountId, text: str) -> None:
    """Tell other moderators something of an account."""
    who, said = demand(person, Act.MODERATE), " ".join(text.split())
    if not 0 < len(said) <= LONGEST_NOTE:
        raise InputError("a note has 1 to {n} characters", n=LONGEST_NOTE)
    with tools.database.transaction() as tx:
        if accounts.get(tx, account_id) is None:
            raise NotFound("there is no such account")
        moderation.add_note(tx, account_id, who.account.name, said, tools.now())


def judge(tools: Tools, person: Person | None, appeal_id: int, reply: str, *, upheld: bool) -> None:
    """Answer an appeal: take the act back, or leave it. Not by who acted, where there is somebody else.

    Raises SignInRequired, NotAllowed, NotFound, InputError, Conflict.
    """
    who, now = demand(person, Act.JUDGE_APPEALS), tools.now()
    because = Because(note=reply)
    _check(because, needed=True)
    with tools.database.transaction() as tx:
        comments.begin(tx)
        found = moderation.get_appeal(tx, appeal_id)
        act = moderation.get_act(tx, found.act_id) if found else None
        if found is None or act is None:
            raise NotFound("there is no such appeal")
        others = [one for one in accounts.with_roles(tx, (Role.EDITOR, Role.OWNER)) if one.id != act.account_id]
        if act.account_id is not None and act.account_id == who.id and others:
            raise NotAllowed("somebody else than who acted decides on an appeal")
        if not moderation.decide(tx, appeal_id, reply.strip(), who.account.name, now, upheld=upheld):
            raise Conflict("somebody has decided on this meanwhile")
        kind = ModAct.UPHELD if upheld else ModAct.DENIED
        doing = _Doing(who, because, now)
        number = _act(tx, doing, kind, f"act/{act.id}", found.account_id)
        if upheld:
            _take_back(tx, doing, act)
        given = {found.account_id: {"decision": str(kind), "path": f"moderation#act-{number}", "name": ""}}
        tell_as_chosen(tx, Why.APPEAL, f"appeal {appeal_id}", given, now)


def make_rule(tools: Tools, person: Person | None, rule: Rule) -> None:
    """Hold or refuse comments with a word, or with links to a host. Raises InputError, Conflict."""
    who, now, checked = demand(person, Act.EDIT_RULES), tools.now(), check_rule(rule)
    with tools.database.transaction() as tx:
        if not screening.add_rule(tx, checked, now):
            raise Conflict("there is a rule for this already")
        said = Because(note=checked.note)
        _act(tx, _Doing(who, said, now), ModAct.RULE_MADE, f"{checked.kind}/{checked.pattern}", None)


def drop_rule(tools: Tools, person: Person | None, number: int, reason: str = "") -> None:
    """Take a rule back. Raises NotFound."""
    who, now = demand(person, Act.EDIT_RULES), tools.now()
    with tools.database.transaction() as tx:
        rule = screening.drop_rule(tx, number)
        if rule is None:
            raise NotFound("there is no such rule")
        _act(tx, _Doing(who, Because(note=reason), now), ModAct.RULE_DROPPED, f"{rule.kind}/{rule.pattern}", None)


def slow(tools: Tools, person: Person | None, place: str, seconds: int, reason: str = "") -> None:
    """Let seconds lie between two comments of one account: place is site, edition/KEY, article/ID or story/ID."""
    who, now, kind = demand(person, Act.EDIT_RULES), tools.now(), place.partition("/")[0]
    if kind not in ("site", "edition", "publisher", "article", "story") or len(place) > 300:
        raise InputError("slow mode is for site, edition/…, publisher/…, article/… or story/…")
    if not 0 <= seconds <= _SLOWEST:
        raise InputError("slow mode is 0 to {n} seconds", n=_SLOWEST)
    with tools.database.transaction() as tx:
        screening.slow(tx, place, seconds, now)
        said = Because(reason=f"{seconds} s", note=reason)
        _act(tx, _Doing(who, said, now), ModAct.SLOWED, place, None)


def _check(because: Because, *, needed: bool) -> None:
    if len(because.note) > LONGEST_NOTE:
        raise InputError("a note has {n} characters at most", n=LONGEST_NOTE)
    if because.reason and because.reason not in tuple(Reason):
        raise InputError("this is not one of the reasons")
    if needed and not (because.reason or because.note.strip()):
        raise InputError("every act needs its reason: it is shown in the public log")


def _check_authors(tx: Transaction, who: Person, there: Iterable[Comment]) -> None:
    for account_id in dict.fromkeys(one.account_id for one in there if one.account_id is not None):
        account = accounts.get(tx, account_id)
        if account is not None:
            _check_rank(who, account)


def _check_rank(who: Person, other: Account) -> None:
    """Raise NotAllowed where somebody would act on one of the same role or above; an owner may, but not on oneself."""
    below = _ORDER.index(other.role) < _ORDER.index(who.account.role)
    if not below and (who.account.role is not Role.OWNER or other.id == who.id):
        raise NotAllowed("this account is not below yours: ask an owner")


@dataclass(frozen=True, slots=True)
class _Doing:
    """Who acts, why, and when."""

    who: Person
    because: Because
    now: datetime


def _stand(tx: Transaction, doing: _Doing, account_id: AccountId, standing: Standing) -> Account:
    account = accounts.get(tx, account_id)
    if account is None:
        raise NotFound("there is no such account")
    _check_rank(doing.who, account)
    if account.standing is standing:
        return account
    accounts.set_standing(tx, account_id, standing)
    if standing is Standing.BANNED:
        sessions.end_others(tx, account_id, sessions.NONE)
        sessions.revoke_tokens(tx, account_id)
    kinds = {Standing.GOOD: ModAct.PARDONED, Standing.LIMITED: ModAct.LIMITED, Standing.BANNED: ModAct.BANNED}
    _act(tx, doing, kinds[standing], f"account/{account_id}", account_id)
    return account


def _take_back(tx: Transaction, doing: _Doing, act: ModerationAct) -> None:
    """Undo what an appeal was right against."""
    kind, _, name = act.subject.partition("/")
    if kind == "account":
        accounts.set_standing(tx, AccountId(int(name)), Standing.GOOD)
    elif act.act is ModAct.LOCKED:
        moderation.unlock(tx, CommentId(int(name)))
    elif kind == "comment":
        found = discussion.get(tx, CommentId(int(name)))
        if found is not None and found.state in (CommentState.REMOVED, CommentState.HELD):
            _tell_others(tx, comments.set_state(tx, [found.id], CommentState.LIVE), doing.now)
            moderation.settle(tx, [found.id], doing.now)


def _act(tx: Transaction, doing: _Doing, kind: ModAct, subject: str, target: AccountId | None) -> int:
    who, because = doing.who, doing.because
    said = " ".join(because.note.split())
    one = ModerationAct(doing.now, who.account.name, kind, subject, because.reason, said, target, who.id or None)
    return moderation.act(tx, one)


def _tell_authors(tx: Transaction, changed: Iterable[Comment], decision: str, now: datetime) -> None:
    """Tell each author what was decided: once for many comments."""
    newest = {one.account_id: one for one in changed if one.account_id is not None}
    for account_id, one in newest.items():
        given = {account_id: {"decision": decision, "comment": one.id, "path": "moderation/mine", "name": ""}}
        tell_as_chosen(tx, Why.DECISION, f"decision {one.id} {decision}", given, now)


def _tell_others(tx: Transaction, shown: Iterable[Comment], now: datetime) -> None:
    """Tell those whom comments concern that waited until now."""
    waited = [one.id for one in shown if one.state is CommentState.HELD]
    for one in discussion.get_many(tx, waited):
        tell_of_comment(tx, one, to_tell(tx, one), one.name, now)
