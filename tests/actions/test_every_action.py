"""Every permission, every action, in one table: what each needs, tried by everybody there can be.

Actions are found by what they are: functions of octavo.actions that are given a person. One that is not in the table
fails the first test.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import select

from octavo import actions
from octavo.accounts.permissions import OPERATOR, Act, may
from octavo.actions.accounts import Wanted
from octavo.actions.comments import Draft
from octavo.actions.highlights import Selected
from octavo.actions.moderation import Because
from octavo.domain.account import Account, Person, Role, Scope, Standing
from octavo.domain.comment import Venue
from octavo.domain.edition import EditionPlan
from octavo.domain.follow import Quote
from octavo.domain.ids import AccountId, ArticleId, EditionKey
from octavo.domain.moderation import Does, Rule
from octavo.domain.notification import Wishes
from octavo.domain.webhook import Webhook
from octavo.errors import NotAllowed, OctavoError, SignInRequired
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import accounts
from octavo.store.tables import metadata

NEEDS: Mapping[Act, str] = {
    Act.KEEP: """bookmarks.save bookmarks.save_many bookmarks.remove follows.follow follows.mute follows.leave
        follows.weigh highlights.add highlights.note highlights.remove highlights.settle
        lists.make lists.describe lists.remove
        lists.put_in lists.take_out lists.share lists.tell lists.withdraw notices.mark_read notices.set_wishes
        notices.set_follow_ways preferences.set_shown preferences.bring preferences.set_edition_feeds
        preferences.forget_ranking reading.mark reading.mark_until reading.remember reading.turn_history
        reading.forget reading.forget_all
        searches.save searches.rename searches.remove subscriptions.subscribe subscriptions.leave""",
    Act.OWN_ACCOUNT: """accounts.set_email addresses.ask_to_confirm leaving.demand_fresh leaving.export leaving.leave
        passkeys.ask_to_add passkeys.add passkeys.prove passkeys.remove providers.disconnect signing.prove
        signing.change_password signing.end_session signing.end_others signing.begin_second_factor
        signing.set_second_factor signing.drop_second_factor tokens.make tokens.revoke""",
    Act.COMMENT: "comments.post comments.edit comments.delete discussion.watch",
    Act.VOTE: "discussion.vote",
    Act.REPORT: "reports.report",
    Act.APPEAL: "reports.appeal",
    Act.MODERATE: "moderation.decide moderation.decide_alike moderation.lock moderation.note",
    Act.BAN: "moderation.stand",
    Act.JUDGE_APPEALS: "moderation.judge",
    Act.EDIT_RULES: """moderation.make_rule moderation.drop_rule moderation.slow discussion.close discussion.reopen
        fediverse.decide""",
    Act.EDIT_FEEDS: """publishers.set_facts publishers.set_policy publishers.note publishers.withdraw
        publishers.readmit sources.follow sources.follow_edition
        sources.follow_listed sources.bring sources.set_state sources.remove
        sources.act_on_many sources.check sources.poll_now
        newsletters.add newsletters.accept newsletters.refuse""",
    Act.EDIT_STORIES: """briefs.withdraw editions.pin editions.bury editions.release hashtags.merge hashtags.mute
        hashtags.restore stories.merge stories.split stories.let_go""",
    Act.SEE_DESK: "desk.jobs desk.measure desk.log fediverse.standing",
    Act.RUN_JOBS: "desk.retry desk.retry_all",
    Act.MANAGE_WEBHOOKS: """webhooks.add webhooks.every webhooks.told webhooks.with_messages webhooks.again
        webhooks.test webhooks.set_state webhooks.remove""",
    Act.INVITE: "accounts.invite accounts.uninvite accounts.invitations",
    Act.MANAGE_ACCOUNTS: "accounts.add accounts.give_role accounts.offer_reset accounts.end_sessions",
}
PROMISED = {name: act for act, names in NEEDS.items() for name in names.split()}

OTHERWISE = {
    "audit.record": "writes down what an action did, in its transaction",
    "providers.send": "what somebody does who signs in by a provider, too",
    "spending.take_answer": "counts what a page has written for whoever asks, and refuses nobody for who they are",
    "signing.sign_out": "ends the very session it is given",
}
NOTHING_TO_DO = {Act.SEE_KEPT}
"""What is seen on pages and by programs (tests/serve), and changes nothing."""

GIVEN: Mapping[Any, Callable[[], Any]] = {
    Draft: lambda: Draft("Well."),
    Because: lambda: Because("spam"),
    Selected: lambda: Selected(ArticleId(1), "x", Quote("x")),
    Rule: lambda: Rule("word", "pills", Does.HOLD),
    Venue: lambda: Venue("article", 1),
    EditionPlan: lambda: EditionPlan(EditionKey("en-gb"), "en", "gb", "Britain"),
    Wishes: Wishes,
    Webhook: lambda: Webhook("https://hook.example/", (), datetime.fromisoformat("2026-03-02T09:00:00Z")),
    Role: lambda: Role.READER,
    Wanted: lambda: Wanted("somebody", "a lamp in the harbour"),
    datetime: lambda: datetime.fromisoformat("2026-03-02T09:00:00Z"),
    str: lambda: "x",
    bytes: lambda: b"x",
    bool: lambda: True,
    int: lambda: 1,
    object: dict,
}


def found() -> dict[str, Callable[..., object]]:
    """Every action there is, by module and name."""
    made = {}
    for one in iter_modules(actions.__path__):
        module = import_module(f"octavo.actions.{one.name}")
        for name, act in vars(module).items():
            own = inspect.isfunction(act) and act.__module__ == module.__name__ and not name.startswith("_")
            if own and "person" in inspect.signature(act).parameters:
                made[f"{one.name}.{name}"] = act
    return made


def given(kind: Any) -> Any:
    """Make something of a type: what it says does not matter, the action is not to look at it."""
    kind = getattr(kind, "__supertype__", kind)
    if getattr(kind, "__supertype__", None):
        return given(kind)
    origin = get_origin(kind)
    if origin is UnionType:
        return given(get_args(kind)[0])
    if origin is Literal:
        return get_args(kind)[-1]
    if origin in (Iterable, Sequence):
        return []
    if origin is Mapping:
        return {}
    if origin is Callable:
        return lambda *_: None
    if isinstance(kind, type) and issubclass(kind, Enum) and kind not in GIVEN:
        return next(iter(kind))
    return GIVEN[kind]()


def do(name: str, tools: Tools, person: Person | None) -> object:
    act = found()[name]
    hints = get_type_hints(act)
    asked = inspect.signature(act).parameters
    with tools.database.read() as view:
        more = {
            one.name: view if hints[one.name] is Read else given(hints[one.name])
            for one in asked.values()
            if one.name not in ("tools", "person") and one.default is inspect.Parameter.empty
        }
        return act(tools=tools, person=person, **more)


def said_by(name: str, tools: Tools, person: Person | None) -> str:
    """Do something with what makes no sense; gives what is said to that."""
    try:
        do(name, tools, person)
    except (OctavoError, ValueError) as error:
        return str(error)
    return ""


def everything(tools: Tools) -> dict[str, list[str]]:
    with tools.database.read() as view:
        return {name: sorted(map(repr, view.execute(select(one)).all())) for name, one in metadata.tables.items()}


@pytest.fixture
def people(recorded_tools: Tools) -> dict[str, Person | None]:
    """Everybody there can be: of each role, limited, banned, by tokens of each scope; nobody; the command line."""
    now = recorded_tools.now()
    made: dict[str, Person | None] = {"nobody": None, "operator": OPERATOR}
    with recorded_tools.database.transaction() as tx:
        for role in Role:
            for standing in Standing:
                account = Account(AccountId(0), f"{role}{standing}", role, now, standing)
                kept = accounts.add(tx, account, "")
                made[f"{role} {standing}"] = Person(kept, verified_at=now)
        owner = made[f"{Role.OWNER} {Standing.GOOD}"]
        assert owner
        for scope in Scope:
            made[f"token {scope}"] = replace(owner, scopes=frozenset({scope}))
        made["token of nothing"] = replace(owner, scopes=frozenset())
    return made


def test_every_action_is_in_the_table_and_every_permission_has_one() -> None:
    assert set(found()) == set(PROMISED) | set(OTHERWISE)
    assert set(NEEDS) | NOTHING_TO_DO == set(Act)


def test_who_may_not_is_refused_and_nothing_happened(recorded_tools: Tools, people: dict[str, Person | None]) -> None:
    before = everything(recorded_tools)
    tried = 0
    for name, act in PROMISED.items():
        for who, person in people.items():
            if may(person, act):
                continue
            wanted = SignInRequired if person is None else NotAllowed
            with pytest.raises(wanted) as caught:
                do(name, recorded_tools, person)
            assert person is None or str(act) in str(caught.value), (name, who)
            tried += 1
    assert tried > 900
    assert everything(recorded_tools) == before


@pytest.mark.parametrize("act", NEEDS)
def test_who_may_is_not_refused_for_who_they_are(
    recorded_tools: Tools, people: dict[str, Person | None], act: Act
) -> None:
    allowed = {who: person for who, person in people.items() if may(person, act)}
    assert allowed
    for name in NEEDS[act].split():
        for who, person in allowed.items():
            if name != "leaving.leave":
                assert "may not do this" not in said_by(name, recorded_tools, person), (name, who)
