"""What the forms of signing in and of one's own account do."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from octavo.accounts.devices import device_of
from octavo.accounts.permissions import Act, demand
from octavo.accounts.tokens import stamped_s
from octavo.actions import accounts, addresses, leaving, signing, tokens
from octavo.domain.ids import EditionKey, SessionId, TokenId
from octavo.errors import InputError, NotAllowed, SlowDown
from octavo.serve import letters
from octavo.serve.accounted import SecondStepPage
from octavo.serve.allowance import Allowance
from octavo.serve.forms import Again, Form, Post, To
from octavo.serve.here import Here
from octavo.serve.pages import account as pages
from octavo.serve.site import Site
from octavo.serve.visit import Visit

T = TypeVar("T")

_STAMPED_S = 86_400
"""Seconds after which the form for an account must be loaded anew."""

LETTERS_AN_HOUR = 5
"""Letters that are asked for from one network, and to one account."""


@dataclass(frozen=True, slots=True)
class _Door:
    """How often one network may try: sign-ins that fail, and new accounts."""

    failed: Allowance
    sign_ups: Allowance


def posts(site: Site) -> list[Post]:
    """List the forms of accounts."""
    settings = site.tools.settings.accounts
    door = _Door(Allowance(settings.tries_an_hour), Allowance(settings.sign_ups_an_hour))
    own, letters_allowed = "/{edition}/account", Allowance(LETTERS_AN_HOUR)
    return [
        Post("/{edition}/sign-in", partial(_sign_in, door), pages.load_sign_in, open=True),
        Post("/{edition}/sign-in/code", partial(_second_step, door), pages.load_code, open=True),
        Post("/{edition}/sign-up", partial(_sign_up, door), pages.load_sign_up, open=True),
        Post("/{edition}/reset", partial(_reset, door), pages.load_reset, open=True),
        Post("/{edition}/forgotten", partial(_forgotten, letters_allowed), pages.load_forgotten, open=True),
        Post("/{edition}/confirm", _confirm, pages.load_confirm, open=True),
        Post(f"{own}/email/confirm", partial(_ask_to_confirm, letters_allowed), pages.load_account),
        Post("/{edition}/sign-out", _sign_out),
        Post(f"{own}/verify", partial(_verify, door), pages.load_verify),
        Post(f"{own}/email", _set_email, pages.load_account),
        Post(f"{own}/password", partial(_change_password, door), pages.load_account),
        Post(f"{own}/second-factor", _second_factor, pages.load_enrol),
        Post(f"{own}/second-factor/off", _no_second_factor, pages.load_account),
        Post(f"{own}/sessions/{{session}}/end", _end_session, pages.load_account),
        Post(f"{own}/sessions/end-others", _end_others, pages.load_account),
        Post(f"{own}/tokens", _make_token, pages.load_account),
        Post(f"{own}/tokens/{{token}}/revoke", _revoke_token, pages.load_account),
        Post(f"{own}/leave", _leave, pages.load_account),
    ]


def _account(form: Form, rest: str = "") -> str:
    return f"/{form.names['edition']}/account{rest}"


def _limited(door: _Door, form: Form, who: str) -> None:
    """Count a sign-in that failed, against the network and against the account that was tried. Raises SlowDown."""
    door.failed.take(f"network {form.network}", form.now)
    door.failed.take(f"name {who.casefold()}", form.now)


def _guarded(door: _Door, form: Form, who: str, act: Callable[[], T]) -> T:
    """Try to sign in, unless it failed too often from there, or for that account, within the hour."""
    if door.failed.spent(f"network {form.network}", form.now) or door.failed.spent(f"name {who.casefold()}", form.now):
        raise SlowDown("too many tries: wait an hour, or ask an owner for a new password")
    try:
        return act()
    except NotAllowed:
        _limited(door, form, who)
        raise


def _sign_in(door: _Door, form: Form) -> To | Again:
    name, device = form.get("name"), device_of(form.device)
    done = _guarded(door, form, name, lambda: signing.sign_in(form.site.tools, name, form.get("password"), device))
    if isinstance(done, signing.SignedIn):
        return To(form.back(), done.token)
    return Again(partial(_ask_code, ticket=done.ticket))


def _ask_code(visit: Visit, ticket: str) -> SecondStepPage:
    return pages.load_code(replace(visit, given={**visit.given, "ticket": ticket}))


def _second_step(door: _Door, form: Form) -> To:
    tools, device = form.site.tools, device_of(form.device)
    ticket, code = form.get("ticket"), form.get("code")
    done = _guarded(door, form, f"ticket {ticket}", lambda: signing.second_step(tools, ticket, code, device))
    return To(form.back(), done.token)


def _sign_up(door: _Door, form: Form) -> To:
    _check_human(form)
    door.sign_ups.take(form.network, form.now)
    tools, device = form.site.tools, device_of(form.device)
    wanted = accounts.Wanted(form.get("name"), form.get("password"), form.get("email"))
    made = accounts.sign_up(tools, wanted, form.get("ticket"))
    return To(form.back(), signing.begin_new(tools, made, device).token)


def _check_human(form: Form) -> None:
    """Refuse what programs do: fill in what nobody sees, faster than anybody reads. Raises InputError."""
    seconds = form.site.tools.settings.accounts.sign_up_seconds
    shown = stamped_s(form.site.form_secret, form.get("stamp"), form.now)
    if form.get("homepage") or (seconds and (shown is None or not seconds <= shown < _STAMPED_S)):
        raise InputError("that was too fast, or the page too old: read it once more, then send it")


def _here(form: Form) -> Here:
    return form.site.here(form.site.plans[EditionKey(form.names["edition"])], form.now)


def _forgotten(allowance: Allowance, form: Form) -> Again:
    name = form.get("name")
    for one in (f"network {form.network}", f"name {name.casefold()}"):
        allowance.take(one, form.now)
    addresses.forgotten(form.site.tools, name, partial(letters.new_password, _here(form)))
    return Again(partial(pages.load_forgotten, kind="sent"))


def _ask_to_confirm(allowance: Allowance, form: Form) -> Again:
    who = demand(form.person, Act.OWN_ACCOUNT)
    allowance.take(f"account {who.id}", form.now)
    addresses.ask_to_confirm(form.site.tools, who, partial(letters.confirmation, _here(form)))
    return Again(partial(pages.load_forgotten, kind="sent"))


def _confirm(form: Form) -> Again:
    addresses.confirm(form.site.tools, form.get("ticket"))
    return Again(partial(pages.load_confirm, kind="confirmed"))


def _reset(door: _Door, form: Form) -> To:
    tools, ticket = form.site.tools, form.get("ticket")
    _guarded(door, form, "reset", lambda: accounts.reset(tools, ticket, form.get("password")))
    return To(f"/{form.names['edition']}/sign-in")


def _sign_out(form: Form) -> To:
    signing.sign_out(form.site.tools, demand(form.person, Act.OWN_ACCOUNT))
    return To(f"/{form.names['edition']}", "")


def _verify(door: _Door, form: Form) -> To:
    who = demand(form.person, Act.OWN_ACCOUNT)
    password, code = form.get("password"), form.get("code")
    token = _guarded(door, form, who.account.name, lambda: signing.prove(form.site.tools, who, password, code))
    return To(form.back(), token)


def _set_email(form: Form) -> To:
    leaving.demand_fresh(form.site.tools, form.person)
    accounts.set_email(form.site.tools, form.person, form.get("email"))
    return To(_account(form, "#email"))


def _change_password(door: _Door, form: Form) -> To:
    who = demand(form.person, Act.OWN_ACCOUNT)
    old, new = form.get("password"), form.get("new_password")
    token = _guarded(door, form, who.account.name, lambda: signing.change_password(form.site.tools, who, old, new))
    return To(_account(form, "#password"), token)


def _second_factor(form: Form) -> Again:
    leaving.demand_fresh(form.site.tools, form.person)
    codes = signing.set_second_factor(form.site.tools, form.person, form.get("secret"), form.get("code"))
    return Again(partial(pages.shown_once, kind="codes", secret="", codes=tuple(codes)))


def _no_second_factor(form: Form) -> To:
    leaving.demand_fresh(form.site.tools, form.person)
    signing.drop_second_factor(form.site.tools, form.person)
    return To(_account(form, "#second-factor"))


def _end_session(form: Form) -> To:
    signing.end_session(form.site.tools, form.person, SessionId(form.number(form.names["session"])))
    return To(_account(form, "#sessions"))


def _end_others(form: Form) -> To:
    signing.end_others(form.site.tools, form.person)
    return To(_account(form, "#sessions"))


def _make_token(form: Form) -> Again:
    leaving.demand_fresh(form.site.tools, form.person)
    days = form.number(form.get("days") or "0")
    made = tokens.make(form.site.tools, form.person, form.get("label"), form.all("scope"), min(days, 3650))
    return Again(partial(pages.shown_once, kind="token", secret=made.token), data={"token": made.token})


def _revoke_token(form: Form) -> To:
    tokens.revoke(form.site.tools, form.person, TokenId(form.number(form.names["token"])))
    return To(_account(form, "#tokens"))


def _leave(form: Form) -> To:
    if form.get("sure") != "yes":
        raise InputError("tick the box first: what is deleted cannot be had back")
    leaving.leave(form.site.tools, form.person)
    return To(f"/{form.names['edition']}", "")


def exported(form: Form) -> bytes:
    """Write down everything that is kept of somebody, as JSON."""
    kept = leaving.export(form.site.tools, form.person)
    return json.dumps(kept, ensure_ascii=False, indent=1, default=str).encode()
