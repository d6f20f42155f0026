"""What the desk's forms about webhooks do."""

from functools import partial

from octavo.actions import webhooks
from octavo.domain.webhook import HookState, Webhook
from octavo.serve.forms import Again, Form, Post
from octavo.serve.pages import desk_webhooks


def posts() -> list[Post]:
    """List the forms."""
    all_, page = "/{edition}/desk/webhooks", desk_webhooks.load
    one = f"{all_}/{{hook}}"
    return [
        Post(all_, _add, page),
        Post(f"{one}/test", _test, page),
        Post(f"{one}/again", _again, page),
        Post(f"{one}/pause", partial(_set_state, HookState.PAUSED), page),
        Post(f"{one}/resume", partial(_set_state, HookState.ON), page),
        Post(f"{one}/remove", _remove, page),
    ]


def _add(form: Form) -> Again:
    least = Form.number(form.get("least") or "2")
    wanted = Webhook(form.get("address"), (), form.now, form.get("name"), form.get("search"), least)
    made = webhooks.add(form.site.tools, form.person, wanted, form.all("kind"))
    return Again(partial(desk_webhooks.load, secret=made.secret), data={"id": made.id, "secret": made.secret})


def _test(form: Form) -> str:
    webhooks.test(form.site.tools, form.person, form.names["hook"])
    return _page(form)


def _again(form: Form) -> str:
    webhooks.again(form.site.tools, form.person, form.names["hook"], form.get("message"))
    return _page(form)


def _set_state(state: HookState, form: Form) -> str:
    webhooks.set_state(form.site.tools, form.person, form.names["hook"], state)
    return _page(form)


def _remove(form: Form) -> str:
    webhooks.remove(form.site.tools, form.person, form.names["hook"])
    return _page(form)


def _page(form: Form) -> str:
    return f"/{form.names['edition']}/desk/webhooks"
