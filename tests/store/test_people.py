"""Accounts, sessions, tokens, passkeys, identities, tickets, the audit: kept and given back alike on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from octavo.domain.account import Account, ApiToken, Role, Scope, Session, Standing
from octavo.domain.ids import AccountId, SessionId, TokenId
from octavo.errors import StoreError
from octavo.ports.database import Database
from octavo.store import accounts, audit, credentials, sessions, tickets
from octavo.store.credentials import Identity, Passkey
from octavo.store.tickets import Ticket

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def made(database: Database, name: str = "Ada", email: str = "", role: Role = Role.READER) -> Account:
    with database.transaction() as tx:
        return accounts.add(tx, Account(AccountId(0), name, role, NOW, email=email), "hash of " + name)


def test_an_account_is_found_by_its_names_and_addresses(database: Database) -> None:
    ada, bo = made(database, "Ада", "Ada@Example.org"), made(database, "Bo", role=Role.OWNER)
    with database.read() as view:
        assert accounts.get(view, ada.id) == ada
        assert accounts.named(view, "@аДа") == ada
        assert accounts.with_email(view, "ada@example.ORG") == ada
        assert accounts.with_email(view, "") is None
        assert accounts.names(view, [bo.id, ada.id, AccountId(99)]) == {ada.id: "Ада", bo.id: "Bo"}
        assert accounts.ids_named(view, ["ада", "B.o", "nobody"]) == {"ада": ada.id, "B.o": bo.id}
        assert (accounts.count(view), accounts.count(view, Role.OWNER)) == (2, 1)
        assert accounts.listed(view, 10, ada.id) == [bo]
        assert accounts.with_roles(view, [Role.OWNER, Role.EDITOR]) == [bo]


@pytest.mark.parametrize(("name", "email"), [("ADA", ""), ("eve", "ADA@example.org")])
def test_no_two_accounts_have_one_name_or_address(database: Database, name: str, email: str) -> None:
    made(database, "Ada", "ada@example.org")
    with pytest.raises(StoreError):
        made(database, name, email)
    made(database, "bo")
    made(database, "cy")


def test_what_somebody_signs_in_with_is_changed(database: Database) -> None:
    ada = made(database)
    with database.transaction() as tx:
        accounts.set_password(tx, ada.id, "other")
        accounts.set_second_factor(tx, ada.id, "SECRET", ["one", "two"], 7)
        accounts.set_email(tx, ada.id, "a@example.org", verified=True)
        accounts.set_role(tx, ada.id, Role.EDITOR)
        accounts.set_standing(tx, ada.id, Standing.LIMITED)
    with database.transaction() as tx:
        assert not accounts.use_step(tx, ada.id, 7), "that code was used"
        assert accounts.use_step(tx, ada.id, 8)
        accounts.use_recovery(tx, ada.id, ["two"])
    with database.read() as view:
        kept, account = accounts.secrets_of(view, ada.id), accounts.get(view, ada.id)
        assert accounts.secrets_of(view, AccountId(99)).password == ""
    assert (kept.password, kept.totp_secret, kept.totp_step, kept.recovery) == ("other", "SECRET", 8, ("two",))
    assert account
    assert (account.two_factor, account.email_verified, account.role) == (True, True, Role.EDITOR)


def session(database: Database, account: Account, key: bytes, ends: datetime = NOW + HOUR) -> SessionId:
    with database.transaction() as tx:
        return sessions.add(tx, key, Session(SessionId(0), account.id, NOW, NOW, ends, "Firefox · Linux", NOW))


def test_sessions_are_ones_own_and_end(database: Database) -> None:
    ada, bo = made(database, "Ada"), made(database, "Bo")
    first, second, other = session(database, ada, b"1"), session(database, ada, b"2"), session(database, bo, b"3")
    with database.read() as view:
        found = sessions.find(view, b"1", NOW)
        assert found
        assert (found[0].id, found[0].device, found[1]) == (first, "Firefox · Linux", ada)
        assert sessions.find(view, b"1", NOW + HOUR) is None
        assert sessions.find(view, b"9", NOW) is None
        assert [one.id for one in sessions.of(view, ada.id, NOW)] == [second, first]
    with database.transaction() as tx:
        assert not sessions.end(tx, ada.id, other), "that is bo's"
        sessions.touch(tx, first, NOW + HOUR, NOW + 3 * HOUR)
        sessions.verify(tx, first, b"4", NOW + HOUR)
        assert sessions.forget(tx, NOW + 2 * HOUR) == 2
        assert [one.verified_at for one in sessions.of(tx, ada.id, NOW + 2 * HOUR)] == [NOW + HOUR]
        assert sessions.end_others(tx, ada.id, sessions.NONE) == 1


def test_tokens_are_found_by_their_hashes_and_taken_back(database: Database) -> None:
    ada, bo = made(database, "Ada"), made(database, "Bo")
    new = ApiToken(
        TokenId(0), ada.id, "newsboat", frozenset({Scope.READ, Scope.WRITE}), "octavo_ab", NOW, None, NOW + HOUR
    )
    with database.transaction() as tx:
        number = sessions.add_token(tx, b"k", b"f", new)
        sessions.use_token(tx, number, NOW)
    with database.read() as view:
        found = sessions.find_token(view, b"k", NOW)
        assert found
        assert (found[0].scopes, found[0].used_at, found[1]) == (new.scopes, NOW, ada)
        assert sessions.find_fever(view, b"f", NOW) == found
        assert sessions.find_token(view, b"k", NOW + HOUR) is None
        assert sessions.find_token(view, b"f", NOW) is None
        assert "k" not in str(sessions.export(view, ada.id, NOW)["tokens"][0].get("token_key", ""))
    with database.transaction() as tx:
        assert not sessions.revoke_token(tx, bo.id, number)
        assert sessions.revoke_tokens(tx, ada.id) == 1


def test_passkeys_and_identities(database: Database) -> None:
    ada, bo = made(database, "Ada"), made(database, "Bo")
    key = Passkey(b"\x00cred", ada.id, b"public\x00", 3, "Phone", ("internal",), NOW)
    with database.transaction() as tx:
        credentials.add_passkey(tx, key)
        credentials.add_identity(tx, Identity("tower", "s-1", ada.id, NOW))
        credentials.used_passkey(tx, key.credential, 4, NOW + HOUR)
    with database.read() as view:
        [found] = credentials.passkeys_of(view, ada.id)
        assert (found.uses, found.used_at, found.public_key) == (4, NOW + HOUR, b"public\x00")
        assert credentials.passkey(view, b"other") is None
        assert credentials.identity(view, "tower", "s-1") == Identity("tower", "s-1", ada.id, NOW)
        assert credentials.identity(view, "castle", "s-1") is None
        assert (credentials.ways_in(view, ada.id), credentials.ways_in(view, bo.id)) == (2, 0)
        assert "public" not in str(credentials.export(view, ada.id))
    with database.transaction() as tx:
        assert not credentials.remove_passkey(tx, bo.id, key.credential)
        assert not credentials.remove_identity(tx, bo.id, "tower")
        assert credentials.remove_passkey(tx, ada.id, key.credential)
        assert credentials.remove_identity(tx, ada.id, "tower")


def test_a_ticket_is_good_once_of_its_kind_and_for_a_while(database: Database) -> None:
    ada = made(database)
    with database.transaction() as tx:
        tickets.add(tx, Ticket(b"a", "reset", NOW, NOW + HOUR, ada.id, {"x": [1]}))
        tickets.add(tx, Ticket(b"b", "reset", NOW, NOW + HOUR))
    with database.transaction() as tx:
        tickets.tried(tx, b"a")
        assert tickets.take(tx, b"a", "owner", NOW) is None
        assert tickets.find(tx, b"a", "reset", NOW + HOUR) is None
        assert len(tickets.of_kind(tx, "reset", NOW)) == 2
        taken = tickets.take(tx, b"a", "reset", NOW)
        assert taken == Ticket(b"a", "reset", NOW, NOW + HOUR, ada.id, {"x": [1]}, 1)
        assert tickets.take(tx, b"a", "reset", NOW) is None
        assert tickets.take(tx, b"b", "reset", NOW + HOUR) is None
        assert not tickets.remove(tx, b"b"), "what is too old is used up, too"
        tickets.add(tx, Ticket(b"c", "reset", NOW, NOW + HOUR, ada.id))
        assert tickets.remove_of(tx, ada.id) == 1
        tickets.add(tx, Ticket(b"d", "owner", NOW, NOW + HOUR))
        assert tickets.remove_kind(tx, "owner") == 1
        tickets.add(tx, Ticket(b"e", "owner", NOW, NOW + HOUR))
        assert tickets.forget(tx, NOW + HOUR) == 1


def test_an_account_goes_with_all_that_is_its_own_but_what_it_did(database: Database) -> None:
    ada = made(database)
    session(database, ada, b"1")
    with database.transaction() as tx:
        tickets.add(tx, Ticket(b"t", "reset", NOW, NOW + HOUR, ada.id))
        credentials.add_identity(tx, Identity("tower", "s-1", ada.id, NOW))
        audit.add(tx, audit.Record(NOW, "Ada", "role given", "account/2", "reader to editor", ada.id))
        accounts.remove(tx, ada.id)
    with database.read() as view:
        assert accounts.get(view, ada.id) is None
        assert sessions.find(view, b"1", NOW) is None
        assert tickets.find(view, b"t", "reset", NOW) is None
        assert credentials.identity(view, "tower", "s-1") is None
        [kept] = audit.newest(view, 5)
        assert (kept.actor, kept.account_id, audit.of_subject(view, "account/2", 5)) == ("Ada", ada.id, [kept])
        assert audit.newest(view, 5, kept.id) == []
