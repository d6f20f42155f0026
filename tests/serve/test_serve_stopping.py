"""The link in a digest: looked at it changes nothing; one POST from anywhere stops the digest of one account alone."""

from collections.abc import Callable

import pytest

from octavo.accounts.stopping import read_stop_token, stop_token
from octavo.domain.account import Account, Role
from octavo.domain.ids import AccountId
from octavo.domain.notification import DigestWishes, Rhythm, Wishes
from octavo.store import accounts, facts, wishes

from .conftest import Reader


@pytest.fixture
def people(reader: Reader) -> dict[str, AccountId]:
    """Two readers with a digest."""
    found = {}
    with reader.tools.database.transaction() as tx:
        for name in ("ada", "eve"):
            found[name] = accounts.add(tx, Account(AccountId(0), name, Role.READER, reader.clock.now), "").id
            wanted = Wishes(digest=DigestWishes(Rhythm.DAILY))
            wishes.save(tx, found[name], wanted, reader.clock.now, reader.clock.now)
    return found


def path(reader: Reader, who: AccountId) -> str:
    with reader.tools.database.read() as view:
        secret = facts.get(view, facts.PICTURE_SECRET).encode()
    return f"/mail/stop/{stop_token(secret, who)}"


def wants(reader: Reader, who: AccountId) -> bool:
    with reader.tools.database.read() as view:
        return wishes.of(view, who).digest.rhythm is not Rhythm.OFF


def test_looking_at_it_changes_nothing(reader: Reader, people: dict[str, AccountId]) -> None:
    shown = reader.get(path(reader, people["ada"]), accept_language="en")
    assert shown.status_code == 200
    assert f'action="{path(reader, people["ada"])}"' in shown.text
    assert "noindex" in shown.text
    assert wants(reader, people["ada"])


def test_one_post_from_a_mail_program_stops_it(reader: Reader, people: dict[str, AccountId]) -> None:
    answer = reader.ask("POST", path(reader, people["ada"]), {}, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "No more digests" in answer.text
    assert (wants(reader, people["ada"]), wants(reader, people["eve"])) == (False, True)
    assert reader.ask("POST", path(reader, people["ada"]), {}, {"x": "y"}).status_code == 200, "and again"


@pytest.mark.parametrize(
    "break_it",
    [
        lambda path: path[:-1],
        lambda path: path + "A",
        lambda path: path[:-2] + ("AA" if path[-2:] != "AA" else "BB"),
        lambda path: "/mail/stop/" + "A" * 32,
        lambda path: "/mail/stop/x",
        lambda path: "/mail/stop/%00",
        lambda path: path.replace("/mail/stop/", "/mail/stop/\u0661"),
    ],
)
def test_a_broken_link_stops_nothing(
    reader: Reader, people: dict[str, AccountId], break_it: Callable[[str], str]
) -> None:
    broken = break_it(path(reader, people["ada"]))
    assert reader.get(broken).status_code == 404
    assert reader.ask("POST", broken, {}, {"List-Unsubscribe": "One-Click"}).status_code == 404
    assert wants(reader, people["ada"])


def test_another_secret_makes_another_token() -> None:
    token = stop_token(b"one", AccountId(7))
    assert read_stop_token(b"one", token) == 7
    assert read_stop_token(b"two", token) is None
    assert stop_token(b"one", AccountId(8)) != token


def test_the_account_may_be_gone(reader: Reader, people: dict[str, AccountId]) -> None:
    link = path(reader, people["ada"])
    with reader.tools.database.transaction() as tx:
        accounts.remove(tx, people["ada"])
    assert reader.ask("POST", link, {}, {}).status_code == 200
