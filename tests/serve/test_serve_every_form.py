"""Every address that changes something, by the site's own list: without a token, with another's, stale, from elsewhere.

An address that is not in the list of forms has to be named here with who may send to it, or this fails.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.routing import BaseRoute, Mount, Route

from octavo.actions import accounts as account_actions
from octavo.actions import comments
from octavo.domain.account import Person, Role
from octavo.domain.comment import under_article
from octavo.serve import routes
from octavo.serve.forms import Post
from octavo.serve.site import open_site
from octavo.store import accounts
from octavo.store.tables import metadata
from octavo.text.slugs import short_id

from .conftest import Reader, Visitor
from .test_serve_accounts import QUICK

FIELDS = {"name": "x", "text": "Forged", "value": "up", "act": "follow", "kind": "hashtag", "key": "x", "sure": "yes"}
JSON = {"accept": "application/json"}
"""Answers to scripts tell the status alone: no page is shown again, which may not be there."""

NO_COOKIE = (
    "/push/",  # a browser's own subscription, known by its address; is_own is asked
    "/mail/stop/",  # by the secret in a letter (RFC 8058)
    # reader apps: a token in each request
    "/reader/", "/accounts/ClientLogin", "/api/fever", "/fever", "/v1/", "/api/greader",
)  # fmt: skip
"""What no cookie opens, by how its address begins."""

BY_SESSION = ("/{edition}/account/export",)
REPORTS = tuple(f"{path}/report" for path, _, _ in routes.BRIEFS)
"""Reports of what a model said: anybody may send one from this site's pages; it names nobody."""


@pytest.fixture
def site(make_reader: Callable[..., Reader]) -> Reader:
    return make_reader(settings={"accounts": {"sign_up": "open", **QUICK}})


@pytest.fixture
def olga(site: Reader) -> Visitor:
    """An owner, so that nothing is refused for the role."""
    olga = site.visitor().sign_up("olga")
    with site.tools.database.transaction() as tx:
        accounts.set_role(tx, account_actions.named(tx, "olga").id, Role.OWNER)
    return olga


def forms(site: Reader) -> list[Post]:
    opened = open_site(site.tools)
    return [post for posts in routes.POSTS for post in posts(opened)]


def filled(site: Reader, path: str) -> str:
    """Give an address in which every name stands for something."""
    with site.tools.database.read() as view:
        said = view.execute(select(metadata.tables["comments"].c.id)).scalars().first() or 1
    path = path.replace("/comment/{number}", "/comment/{comment}")
    known = {
        "comment": short_id(said),
        "edition": "en-gb",
        "publisher": "harbour",
        "number": short_id(site.ids["ledger"]),
        "words": "x",
    }
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], "1"), path)


def everything(site: Reader) -> dict[str, list[str]]:
    """Read all there is, but when sessions were used last."""
    with site.tools.database.read() as view:
        return {
            name: sorted(repr(row) for row in view.execute(select(table)))
            for name, table in metadata.tables.items()
            if name != "sessions"
        }


def taking(found: list[BaseRoute]) -> list[str]:
    """List the addresses among routes that take more than reading."""
    paths = []
    for one in found:
        if isinstance(one, Mount):
            paths += [one.path + path for path in taking(list(one.routes))]
        elif isinstance(one, Route) and (one.methods or set()) - {"GET", "HEAD"}:
            paths.append(one.path)
    return paths


def test_every_address_that_takes_something_is_known(site: Reader) -> None:
    site.site()
    given = set(taking(routes.routes(open_site(site.tools))))
    known = {post.path for post in forms(site)} | set(BY_SESSION) | set(REPORTS)
    assert len(given) > 90
    assert {path for path in given - known if not path.startswith(NO_COOKIE)} == set()


def test_no_form_is_taken_that_was_forged(site: Reader, olga: Visitor) -> None:
    eve = site.visitor().sign_up("eve")
    with site.tools.database.read() as view:
        person = Person(account_actions.named(view, "eve"))
    comments.post(site.tools, person, comments.Draft("Well.", under_article(site.ids["ledger"])))
    mine, hers = olga.token(), eve.token()
    stale = site.visitor()
    stale.cookies = {"octavo": "x" * 43}
    before = everything(site)
    paths = [post.path for post in forms(site) if not post.open] + list(BY_SESSION)
    assert len(paths) > 80
    for path in paths:
        at = filled(site, path)
        assert site.visitor().post(at, {**FIELDS, "token": mine}, **JSON).status_code == 401, (path, "nobody")
        assert stale.post(at, {**FIELDS, "token": mine}, **JSON).status_code == 401, (path, "no such session")
        for forged in ("", hers, mine[:-1]):
            assert olga.post(at, {**FIELDS, "token": forged}, **JSON).status_code == 403, (path, forged)
        other = {**JSON, "sec_fetch_site": "cross-site", "origin": "https://evil.example"}
        assert olga.post(at, {**FIELDS, "token": mine}, **other).status_code == 403, (path, "from elsewhere")
        assert olga.post(at, {**FIELDS, "token": mine}, sec_fetch_site="same-site", **JSON).status_code == 403, path
    assert everything(site) == before


def test_no_form_is_taken_after_the_session_ended(site: Reader, olga: Visitor) -> None:
    other = Visitor(site, dict(olga.cookies))
    mine = olga.token()
    assert other.get("/en-gb/account").status_code == 200
    site.clock.now += timedelta(days=61)
    before = everything(site)
    for post in forms(site):
        if not post.open:
            answer = olga.post(filled(site, post.path), {**FIELDS, "token": mine}, **JSON)
            assert answer.status_code == 401, post.path
    assert everything(site) == before


def test_what_needs_no_session_is_taken_from_this_sites_pages_alone(site: Reader) -> None:
    before = everything(site)
    opened = [post.path for post in forms(site) if post.open]
    assert len(opened) >= 9
    for path in [*opened, *REPORTS]:
        for where in ("cross-site", "same-site", "none"):
            answer = site.visitor().post(filled(site, path), FIELDS, sec_fetch_site=where, **JSON)
            assert answer.status_code == (422 if path in REPORTS else 403), (path, where)
    assert everything(site) == before


def test_a_session_opens_nothing_for_programs(site: Reader, olga: Visitor) -> None:
    number = short_id(site.ids["ledger"])
    before = everything(site)
    for method, path in (
        ("PUT", f"/api/v1/me/saved/{number}"),
        ("DELETE", f"/api/v1/me/saved/{number}"),
        ("PUT", "/api/v1/me/follows/hashtag/tide"),
        ("POST", f"/api/v1/articles/{number}/comments"),
        ("PUT", "/v1/entries"),
        ("POST", "/api/greader.php/reader/api/0/edit-tag"),
    ):
        cookie = "; ".join(f"{name}={value}" for name, value in olga.cookies.items())
        headers = {"cookie": cookie, "sec_fetch_site": "cross-site", "content_type": "application/json"}
        answer = site.ask(method, path, headers, content=b'{"text": "Forged"}')
        assert answer.status_code in (401, 403, 404, 405), (path, answer.status_code)
    assert everything(site) == before
