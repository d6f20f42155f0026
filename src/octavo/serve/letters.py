"""The letters of accounts, in the language of the edition they were asked for in; plain text."""

from octavo.accounts.tokens import token_key
from octavo.domain.account import Account
from octavo.domain.mail import Message
from octavo.serve.here import Here


def confirmation(here: Here, account: Account, token: str) -> Message:
    """Write the letter whose link confirms an address."""
    link = here.absolute(f"{here.at('confirm')}?ticket={token}")
    words = here.t("Hello {name}, this link confirms that this is your address:", name=account.name)
    end = here.t("If you did not ask for it, do nothing: without the link nothing happens.")
    return _letter(here, account, here.t("Confirm your address"), f"{words}\n\n{link}\n\n{end}\n", token)


def new_password(here: Here, account: Account, token: str) -> Message:
    """Write the letter whose link sets a new password."""
    link = here.absolute(f"{here.at('reset')}?ticket={token}")
    words = here.t("Hello {name}, this link sets a new password, once, within an hour:", name=account.name)
    end = here.t("If you did not ask for it, do nothing: without the link nothing happens.")
    return _letter(here, account, here.t("A new password"), f"{words}\n\n{link}\n\n{end}\n", token)


def _letter(here: Here, account: Account, subject: str, text: str, token: str) -> Message:
    return Message(
        account.email, f"{subject} · Octavo", text, f"account {token_key(token).hex()[:16]}", language=here.language.tag
    )
