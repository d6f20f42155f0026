"""Who may do what: one table, behind the pages, the APIs and the command line alike."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from octavo.domain.account import Account, Person, Role, Scope, Standing
from octavo.domain.ids import AccountId
from octavo.errors import NotAllowed, SignInRequired, VerifyAgain


class Act(StrEnum):
    """Everything that needs an account."""

    KEEP = "keep"
    """Follow, mute, save, highlight, mark as read, make lists."""
    SEE_KEPT = "see_kept"
    """See what one keeps: what is followed, saved, read."""
    OWN_ACCOUNT = "own_account"
    """See and change one's own account: password, sessions, tokens, export, leave."""
    COMMENT = "comment"
    VOTE = "vote"
    REPORT = "report"
    APPEAL = "appeal"
    MODERATE = "moderate"
    """See the queue; remove, restore and lock comments; limit accounts; notes."""
    BAN = "ban"
    JUDGE_APPEALS = "judge_appeals"
    EDIT_RULES = "edit_rules"
    """Words, links, slow mode, where comments are closed."""
    EDIT_FEEDS = "edit_feeds"
    """Add, pause and remove feeds; publishers' facts and policies; the source ledger."""
    EDIT_STORIES = "edit_stories"
    """Merge and split stories, pin and bury, merge and mute hashtags, withdraw briefs."""
    SEE_DESK = "see_desk"
    """Feeds' health, jobs, quarantine, storage, models and spending, the audit log."""
    RUN_JOBS = "run_jobs"
    INVITE = "invite"
    MANAGE_ACCOUNTS = "manage_accounts"
    """See accounts, change their roles, reset their sign-in."""
    MANAGE_WEBHOOKS = "manage_webhooks"
    """Have other programs told of the news; see what they were told."""


_READER = (Role.READER, Role.MODERATOR, Role.EDITOR, Role.OWNER)
_MODERATOR = (Role.MODERATOR, Role.EDITOR, Role.OWNER)
_EDITOR = (Role.EDITOR, Role.OWNER)
_OWNER = (Role.OWNER,)

ROLES: Mapping[Act, tuple[Role, ...]] = MappingProxyType(
    {
        Act.KEEP: _READER,
        Act.SEE_KEPT: _READER,
        Act.OWN_ACCOUNT: _READER,
        Act.COMMENT: _READER,
        Act.VOTE: _READER,
        Act.REPORT: _READER,
        Act.APPEAL: _READER,
        Act.MODERATE: _MODERATOR,
        Act.BAN: _MODERATOR,
        Act.JUDGE_APPEALS: _EDITOR,
        Act.EDIT_RULES: _EDITOR,
        Act.EDIT_FEEDS: _EDITOR,
        Act.EDIT_STORIES: _EDITOR,
        Act.SEE_DESK: _EDITOR,
        Act.RUN_JOBS: _OWNER,
        Act.INVITE: _EDITOR,
        Act.MANAGE_ACCOUNTS: _OWNER,
        Act.MANAGE_WEBHOOKS: _OWNER,
    }
)
"""The roles that may do each act."""

SCOPES: Mapping[Act, Scope | None] = MappingProxyType(
    {
        Act.KEEP: Scope.WRITE,
        Act.SEE_KEPT: Scope.READ,
        Act.OWN_ACCOUNT: None,
        Act.COMMENT: Scope.DISCUSS,
        Act.VOTE: Scope.DISCUSS,
        Act.REPORT: Scope.DISCUSS,
        Act.APPEAL: Scope.DISCUSS,
        Act.MODERATE: Scope.EDIT,
        Act.BAN: Scope.EDIT,
        Act.JUDGE_APPEALS: Scope.EDIT,
        Act.EDIT_RULES: Scope.EDIT,
        Act.EDIT_FEEDS: Scope.EDIT,
        Act.EDIT_STORIES: Scope.EDIT,
        Act.SEE_DESK: Scope.EDIT,
        Act.RUN_JOBS: None,
        Act.INVITE: Scope.EDIT,
        Act.MANAGE_ACCOUNTS: None,
        Act.MANAGE_WEBHOOKS: Scope.WEBHOOKS,
    }
)
"""The scope a token needs for each act; None for what no program may do."""

_WHILE_LIMITED = frozenset({Act.KEEP, Act.SEE_KEPT, Act.OWN_ACCOUNT, Act.COMMENT, Act.REPORT, Act.APPEAL})
"""What an account with limited standing may still do: it does not know that only moderators read it."""


def as_may_be(person: Person, second_factor: str) -> Person:
    """Hold somebody to a reader's rights where a second factor is demanded, and theirs is not on."""
    role = person.account.role
    if second_factor != "demanded" or role is Role.READER or person.account.two_factor:
        return person
    return replace(person, account=replace(person.account, role=Role.READER), held_back=role)


def may(person: Person | None, act: Act) -> bool:
    """Tell whether somebody may do something."""
    if person is None or person.account.standing is Standing.BANNED:
        return False
    if person.account.role not in ROLES[act]:
        return False
    if person.account.standing is Standing.LIMITED and act not in _WHILE_LIMITED:
        return False
    return person.scopes is None or SCOPES[act] in person.scopes


def demand(person: Person | None, act: Act) -> Person:
    """Let somebody through who may do something. Raises SignInRequired, NotAllowed."""
    if person is None:
        raise SignInRequired("this needs an account: sign in first")
    if not may(person, act) and person.held_back in ROLES[act]:
        raise NotAllowed("this needs codes from an authenticator: turn them on in your account first")
    if not may(person, act):
        raise NotAllowed(f"the account {person.account.name} may not do this ({act})")
    return person


OPERATOR = Person(Account(AccountId(0), "the command line", Role.OWNER, datetime.fromtimestamp(0, UTC)))
"""Who runs the instance, at its command line: may do what an owner may, and has no account."""


def demand_proof(person: Person, within: timedelta, now: datetime) -> None:
    """Let somebody through who has proved a short while ago who they are. Raises VerifyAgain."""
    if person.verified_at is None or now - person.verified_at > within:
        raise VerifyAgain("this is grave: sign in once more first")
