"""Passkeys and providers of identities: the forms and addresses by which people sign in with them."""

import json
from functools import partial
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from octavo.accounts.devices import device_of
from octavo.accounts.permissions import Act, demand
from octavo.actions import passkeys, providers
from octavo.errors import NotAllowed, NotFound
from octavo.serve import forms, readers
from octavo.serve.allowance import Allowance
from octavo.serve.forms import Form, Post, To
from octavo.serve.pages import account as pages
from octavo.serve.site import Site

_HELD = "octavo-step"
"""The cookie of somebody who is at a provider just now; gone when they are back, or after a quarter of an hour."""

_HELD_S = 900
TRIES_AN_HOUR = 60
"""Beginnings of signing in by passkey or provider, from one network: each keeps something for some minutes."""


def posts(site: Site) -> list[Post]:
    """List the forms of passkeys and providers."""
    own, allowance = "/{edition}/account", Allowance(TRIES_AN_HOUR)
    return [
        Post("/{edition}/sign-in/passkey/begin", partial(_ask, allowance), open=True),
        Post("/{edition}/sign-in/passkey", _sign_in, pages.load_sign_in, open=True),
        Post("/{edition}/sign-in/with/{provider}", partial(_send, allowance), pages.load_sign_in, open=True),
        Post(f"{own}/verify/passkey", _prove, pages.load_verify),
        Post(f"{own}/passkeys/begin", _ask_to_add),
        Post(f"{own}/passkeys", _add, pages.load_account),
        Post(f"{own}/passkeys/{{passkey}}/remove", _remove, pages.load_account),
        Post(f"{own}/providers/{{provider}}", _connect, pages.load_account),
        Post(f"{own}/providers/{{provider}}/remove", _disconnect, pages.load_account),
    ]


def redirect_of(site: Site, provider: str) -> str:
    """Give the address a provider sends people back to."""
    return f"{site.origin}/sign-in/from/{provider}"


async def returned(site: Site, request: Request) -> Response:
    """Take somebody back from a provider, and lead them to where they were. Raises NotAllowed, FetchError.

    The address alone does nothing: it must come with what this very browser was given when it left.
    """
    query, held = request.query_params, request.cookies.get(_HELD, "")
    key, state, code = request.path_params["provider"], query.get("state", ""), query.get("code", "")
    if not state or not code or not held or max(len(state), len(code), len(held)) > 4_000:
        raise NotAllowed("you were not signed in: begin again")
    back = providers.Back(state, code, held, device_of(request.headers.get("user-agent", "")[:400]))
    done = await run_in_threadpool(providers.receive, site.tools, key, redirect_of(site, key), back)
    response = RedirectResponse("/" + done.back.strip("/"), 303, {"cache-control": "no-store"})
    response.delete_cookie(_HELD, path="/sign-in/from")
    if done.signed is not None:
        before = readers.token_in(request.headers.get("cookie", ""), site.origin)
        await run_in_threadpool(forms.hand_over, site, response, done.signed.token, before)
    return response


def _ask(allowance: Allowance, form: Form) -> Response:
    allowance.take(form.network, form.now)
    return _question(passkeys.ask_to_sign_in(form.site.tools, form.site.origin))


def _sign_in(form: Form) -> To:
    tools, device = form.site.tools, device_of(form.device)
    done = passkeys.sign_in(tools, form.site.origin, form.get("ticket"), form.get("answer"), device)
    return To(form.back(), done.token)


def _prove(form: Form) -> To:
    token = passkeys.prove(form.site.tools, form.person, form.site.origin, form.get("ticket"), form.get("answer"))
    return To(form.back(), token)


def _ask_to_add(form: Form) -> Response:
    return _question(passkeys.ask_to_add(form.site.tools, form.person, form.site.origin))


def _add(form: Form) -> To:
    label = form.get("label") or device_of(form.device)
    ticket, answer = form.get("ticket"), form.get("answer")
    passkeys.add(form.site.tools, form.person, form.site.origin, ticket, answer, label)
    return To(f"/{form.names['edition']}/account#passkeys")


def _remove(form: Form) -> To:
    try:
        credential = bytes.fromhex(form.names["passkey"])
    except ValueError as error:
        raise NotFound("there is no such passkey") from error
    passkeys.remove(form.site.tools, form.person, credential)
    return To(f"/{form.names['edition']}/account#passkeys")


def _send(allowance: Allowance, form: Form) -> Response:
    allowance.take(form.network, form.now)
    return _away(form, providers.send(form.site.tools, form.names["provider"], _redirect(form), form.back()))


def _connect(form: Form) -> Response:
    who = demand(form.person, Act.OWN_ACCOUNT)
    back = f"{form.names['edition']}/account"
    return _away(form, providers.send(form.site.tools, form.names["provider"], _redirect(form), back, who))


def _disconnect(form: Form) -> To:
    providers.disconnect(form.site.tools, form.person, form.names["provider"])
    return To(f"/{form.names['edition']}/account#providers")


def _redirect(form: Form) -> str:
    return redirect_of(form.site, form.names["provider"])


def _away(form: Form, sent: providers.Sent) -> Response:
    """Send somebody to the provider the owner named in the settings: the one way that leads off this site.

    By a page that goes on by itself: browsers hold a redirect of a form to our `form-action` (CSP Level 3 §6.1.7.1).
    """
    link = Markup('<!doctype html><meta charset="utf-8"><title>Octavo</title><p><a href="{0}">{1}</a></p>')
    page = link.format(sent.address, urlsplit(sent.address).hostname)
    headers = {"cache-control": "no-store", "refresh": f"0; url={sent.address}"}
    response = Response(page, headers=headers, media_type="text/html; charset=utf-8")
    secure = form.site.origin.startswith("https:")
    response.set_cookie(_HELD, sent.held, _HELD_S, path="/sign-in/from", secure=secure, httponly=True, samesite="lax")
    return response


def _question(asked: passkeys.Question) -> Response:
    body = json.dumps({"options": json.loads(asked.options), "ticket": asked.ticket})
    return Response(body, headers={"cache-control": "no-store"}, media_type="application/json")
