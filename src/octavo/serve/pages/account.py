"""Signing in and up, and one's own account: what is shown there."""

import segno

from octavo.accounts.codes import address_of, is_secret, new_secret
from octavo.accounts.permissions import ROLES, Act, demand
from octavo.accounts.tokens import stamp, token_key
from octavo.actions import accounts as actions
from octavo.actions import addresses
from octavo.domain.account import Role, Scope
from octavo.domain.ids import AccountId
from octavo.errors import NotFound
from octavo.serve.accounted import (
    AccountPage,
    LetterPage,
    RecoveryPage,
    SecondStepPage,
    SignInPage,
    SignUpPage,
    VerifyPage,
)
from octavo.serve.frame import Frame
from octavo.serve.visit import Moved, Visit
from octavo.store import accounts, credentials, sessions, tickets

_LONGEST_BACK = 400


def back_of(visit: Visit) -> str:
    """Read where to go afterwards: a path inside the edition, and so always inside this site."""
    said = visit.given.get("back") or visit.query.get("back", "")
    plain = said.strip().strip("/")
    return plain if len(plain) <= _LONGEST_BACK and plain.isprintable() and "\\" not in plain else ""


def home(visit: Visit, back: str = "") -> str:
    """Give the path to go to afterwards."""
    return f"/{visit.plan.key}/{back}".rstrip("/")


def load_sign_in(visit: Visit) -> SignInPage | Moved:
    """Give the page to sign in on; who is signed in is led on."""
    back = back_of(visit)
    if visit.person is not None and not visit.problem:
        return Moved(home(visit, back), for_good=False)
    settings = visit.site.tools.settings.accounts
    return SignInPage(
        frame=_frame(visit, visit.t("Sign in"), "sign-in"),
        problem=visit.problem,
        name=visit.given.get("name", ""),
        back=back,
        mail=addresses.sends(visit.site.tools),
        sign_up=settings.sign_up == "open",
        providers=[(one.key, one.label) for one in settings.providers],
    )


def load_code(visit: Visit) -> SecondStepPage:
    """Give the page that asks for a code. Raises NotFound without a ticket."""
    ticket = visit.given.get("ticket", "")
    if not ticket:
        raise NotFound("this page follows a password")
    return SecondStepPage(
        frame=_frame(visit, visit.t("One more step"), "sign-in/code"),
        problem=visit.problem,
        ticket=ticket,
        back=back_of(visit),
    )


def load_sign_up(visit: Visit) -> SignUpPage:
    """Give the page to make an account on, by invitation or without."""
    tools, now = visit.site.tools, visit.here.now
    ticket = visit.given.get("ticket") or visit.query.get("ticket", "")
    owner = bool(ticket) and tickets.find(visit.view, token_key(ticket), actions.OWNER_TICKET, now) is not None
    return SignUpPage(
        frame=_frame(visit, visit.t("Make an account"), "sign-up"),
        problem=visit.problem,
        kind="owner" if owner else "reader",
        ticket=ticket,
        stamp=stamp(visit.site.form_secret, visit.here.now),
        admitted=actions.admits(visit.view, tools, ticket, now),
        name=visit.given.get("name", ""),
        email=visit.given.get("email", ""),
        email_needed=tools.settings.accounts.email == "required",
        back=back_of(visit),
    )


def load_reset(visit: Visit) -> SignUpPage:
    """Give the page a link to a new password leads to."""
    ticket = visit.given.get("ticket") or visit.query.get("ticket", "")
    found = tickets.find(visit.view, token_key(ticket), actions.RESET, visit.here.now) if ticket else None
    return SignUpPage(
        frame=_frame(visit, visit.t("A new password"), "reset"),
        problem=visit.problem,
        kind="reset",
        ticket=ticket,
        stamp="",
        admitted=found is not None,
        name="",
        email="",
        email_needed=False,
        back="",
    )


def load_forgotten(visit: Visit, kind: str = "forgotten") -> LetterPage:
    """Give the page on which a letter for a new password is asked for, and what is said when it was ("sent")."""
    title = visit.t("Forgotten your password?")
    mail = addresses.sends(visit.site.tools)
    return LetterPage(_frame(visit, title, "forgotten"), kind, visit.problem, "", mail)


def load_confirm(visit: Visit, kind: str = "confirm") -> LetterPage:
    """Give the page the link in a letter leads to: nothing happens before its button is pressed."""
    ticket = visit.given.get("ticket") or visit.query.get("ticket", "")
    title = visit.t("Confirm your address")
    return LetterPage(_frame(visit, title, "confirm"), kind, visit.problem, ticket, mail=True)


def load_verify(visit: Visit) -> VerifyPage:
    """Give the page that asks once more for the password. Raises SignInRequired."""
    who = demand(visit.person, Act.OWN_ACCOUNT)
    return VerifyPage(
        frame=_frame(visit, visit.t("Is it you?"), "account/verify"),
        problem=visit.problem,
        back=back_of(visit) or "account",
        code=who.account.two_factor,
    )


def load_account(visit: Visit) -> AccountPage:
    """Give one's own account. Raises SignInRequired."""
    who = demand(visit.person, Act.OWN_ACCOUNT)
    kept, now = accounts.secrets_of(visit.view, who.id), visit.here.now
    return AccountPage(
        frame=_frame(visit, visit.t("Your account"), "account"),
        problem=visit.problem,
        name=who.account.name,
        role=role_name(visit, who.account.role),
        held_back=role_name(visit, who.held_back) if who.held_back else "",
        since=who.account.created_at,
        email=who.account.email,
        confirmable=addresses.sends(visit.site.tools) and bool(who.account.email),
        verified=who.account.email_verified,
        has_password=bool(kept.password),
        two_factor=who.account.two_factor,
        passkeys=credentials.passkeys_of(visit.view, who.id),
        providers=_providers(visit, who.id),
        recovery_left=len(kept.recovery),
        sessions=sessions.of(visit.view, who.id, now),
        this=who.session_id,
        tokens=sessions.tokens_of(visit.view, who.id),
        scopes=[(str(one), scope_name(visit, one)) for one in Scope if _offered(one, who.account.role)],
    )


def load_enrol(visit: Visit) -> RecoveryPage:
    """Give a new secret for an authenticator, as text and as a picture. Raises SignInRequired."""
    who = demand(visit.person, Act.OWN_ACCOUNT)
    given = visit.given.get("secret", "")
    secret = given if is_secret(given) else new_secret()
    address = address_of(secret, who.account.name, "Octavo")
    return RecoveryPage(
        frame=_frame(visit, visit.t("Codes from an authenticator"), "account/second-factor"),
        kind="enrol",
        problem=visit.problem,
        secret=secret,
        picture=segno.make(address, error="m").svg_data_uri(scale=5, border=2, dark="#15140f", light="#ffffff"),
        codes=(),
    )


def shown_once(visit: Visit, kind: str, secret: str, codes: tuple[str, ...] = ()) -> RecoveryPage:
    """Give the page of something that is shown this once: "codes" or "token"."""
    title = visit.t("Your recovery codes") if kind == "codes" else visit.t("Your new token")
    return RecoveryPage(_frame(visit, title, "account"), kind, "", secret, "", codes)


def role_name(visit: Visit, role: Role) -> str:
    """Name a role."""
    return {
        Role.OWNER: visit.t("Owner"),
        Role.EDITOR: visit.t("Editor"),
        Role.MODERATOR: visit.t("Moderator"),
        Role.READER: visit.t("Reader"),
    }[role]


def _offered(scope: Scope, role: Role) -> bool:
    """Tell whether a token with this scope could do anything for an account with this role."""
    return scope is not Scope.WEBHOOKS or role in ROLES[Act.MANAGE_WEBHOOKS]


def scope_name(visit: Visit, scope: Scope) -> str:
    """Say what a token with this scope may do."""
    return {
        Scope.READ: visit.t("Read what you follow and keep"),
        Scope.WRITE: visit.t("Mark as read, save, follow"),
        Scope.DISCUSS: visit.t("Comment, vote and report"),
        Scope.EDIT: visit.t("What your role may do besides"),
        Scope.WEBHOOKS: visit.t("Webhooks"),
    }[scope]


def _providers(visit: Visit, account_id: AccountId) -> list[tuple[str, str, bool]]:
    connected = {one.provider for one in credentials.identities_of(visit.view, account_id)}
    return [(one.key, one.label, one.key in connected) for one in visit.site.tools.settings.accounts.providers]


def _frame(visit: Visit, title: str, rest: str) -> Frame:
    return Frame(title=title, description=title, path=f"/{visit.plan.key}/{rest}", kind="account", index=False)
