"""The desk's page of accounts and invitations."""

from octavo.accounts.permissions import Act, may
from octavo.actions import accounts as actions
from octavo.domain.account import Role
from octavo.domain.ids import AccountId
from octavo.serve.desked import DeskAccountsPage, Invitation
from octavo.serve.pages.account import role_name
from octavo.serve.pages.desking import enter, frame, path_of, tabs
from octavo.serve.visit import Visit
from octavo.store import accounts

PAGE = 100


def load_accounts(visit: Visit, secret: str = "") -> DeskAccountsPage:
    """Give invitations, and accounts to those who may change them. Raises SignInRequired, NotAllowed."""
    enter(visit, Act.INVITE)
    manages = may(visit.person, Act.MANAGE_ACCOUNTS)
    asked = visit.query.get("after", "")
    after = AccountId(int(asked)) if asked.isdecimal() and len(asked) < 19 else None
    found = accounts.listed(visit.view, PAGE + 1, after) if manages else []
    roles = [Role.READER, Role.MODERATOR, Role.EDITOR, Role.OWNER] if manages else [Role.READER]
    return DeskAccountsPage(
        frame=frame(visit, visit.t("Accounts"), "accounts"),
        problem=visit.problem,
        tabs=tabs(visit, "accounts"),
        accounts=found[:PAGE],
        invitations=[
            Invitation(one.key.hex()[:12], role_name(visit, Role(one.given["role"])), one.given["note"], one.expires_at)
            for one in actions.invitations(visit.site.tools, visit.person)
        ],
        roles=[(str(one), role_name(visit, one)) for one in roles],
        manages=manages,
        secret=secret,
        more=f"{path_of(visit, 'accounts')}?after={found[PAGE - 1].id}" if len(found) > PAGE else "",
    )
