"""Letters of accounts: an address is confirmed by one, a forgotten password set anew by one."""

import re
from collections.abc import Callable

import pytest

from octavo.store import mail_outbox
from octavo.store.mail_outbox import Queued

from .conftest import Reader
from .test_serve_accounts import QUICK, sign_in

Make = Callable[..., Reader]


@pytest.fixture
def writing_site(make_reader: Make) -> Reader:
    """A newspaper that sends mail; nobody takes it from the outbox."""
    mail = {"server": "mail.example", "sender": "news@example.org"}
    return make_reader(settings={"accounts": {"sign_up": "open", **QUICK}, "mail": mail})


def letters(site: Reader) -> list[Queued]:
    with site.tools.database.read() as view:
        return mail_outbox.due(view, site.clock.now, 50)


def test_an_address_is_confirmed_by_a_letter_and_then_sets_a_new_password(writing_site: Reader) -> None:
    site = writing_site
    ada = site.visitor().sign_up("ada", email="ada@example.org")
    site.visitor().post("/en-gb/forgotten", {"name": "ada"})
    assert letters(site) == [], "the address is not confirmed: nobody knows whose it is"
    ada.post("/en-gb/account/email/confirm")
    [letter] = letters(site)
    assert letter.message.to == "ada@example.org"
    link = re.search(r"http://127.0.0.1:8000(/en-gb/confirm\?ticket=[\w-]+)", letter.message.text)
    assert link
    page = site.visitor().get(link[1])
    assert "Not confirmed yet" in ada.get("/en-gb/account").text, "looking at the page confirms nothing"
    ticket = link[1].partition("=")[2]
    assert ticket in page.text
    assert "confirmed" in site.visitor().post("/en-gb/confirm", {"ticket": ticket}).text
    assert site.visitor().post("/en-gb/confirm", {"ticket": ticket}).status_code == 403
    known = site.visitor().post("/en-gb/forgotten", {"name": "ada@example.org"})
    unknown = site.visitor().post("/en-gb/forgotten", {"name": "eve@example.org"})
    assert known.text == unknown.text
    [new] = [one for one in letters(site) if "reset?ticket=" in one.message.text]
    ticket = new.message.text.partition("reset?ticket=")[2].split()[0]
    done = site.visitor().post("/en-gb/reset", {"ticket": ticket, "password": "a boat in the harbour"})
    assert done.status_code == 303
    sign_in(site, "ada", "a boat in the harbour")


def test_an_address_that_is_changed_is_not_the_one_that_was_confirmed(writing_site: Reader) -> None:
    ada = writing_site.visitor().sign_up("ada", email="ada@example.org")
    ada.post("/en-gb/account/email/confirm")
    [letter] = letters(writing_site)
    ada.post("/en-gb/account/email", {"email": "other@example.org"})
    ticket = letter.message.text.partition("ticket=")[2].split()[0]
    assert ada.post("/en-gb/confirm", {"ticket": ticket}).status_code == 403


def test_letters_are_not_asked_for_without_end(writing_site: Reader) -> None:
    ada = writing_site.visitor().sign_up("ada", email="ada@example.org")
    said = [ada.post("/en-gb/account/email/confirm").status_code for _ in range(6)]
    assert said == [200] * 5 + [429]
