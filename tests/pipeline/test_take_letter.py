"""Newsletters: a mail becomes an article by the steps of a page; what is no issue is refused or shown to editors."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import newsletters as actions
from octavo.actions import publishers as publisher_actions
from octavo.actions import sources
from octavo.config import NewsletterSettings
from octavo.domain.feed import FeedState
from octavo.domain.newsletter import Noted
from octavo.domain.page import Page, PageState
from octavo.domain.publisher import DisplayPolicy
from octavo.errors import InputError, MailUnwanted
from octavo.pipeline.extract_article import extract_pages
from octavo.pipeline.poll_feed import page_key
from octavo.pipeline.read_maildir import read_maildir
from octavo.pipeline.take_letter import known_address, take_letter
from octavo.ports.tools import Tools
from octavo.store import articles, entries, feeds, newsletters, pages, publishers

BODY = """<p>The harbour office of Varn said on Monday that the tide ledger had been found in a drowned archive. It
lists every ship that entered the bay between 1801 and 1855, with cargo and crew, and what each of them paid.</p>
<p>Archivists dried the ledger leaf by leaf for eleven months, and copied each of its 9,400 entries by hand. The work
was paid for by the two towns that had quarrelled about it for a century, and by the fishermen of the bay.</p>
<p>The find settles an old quarrel about who built the first quay. The town of Varn did, in 1803, with timber that it
had bought from its neighbour and never paid for, as the ledger says on its eleventh page.</p>
<p><a href="https://gull.example/unsubscribe?t=1">Unsubscribe</a></p>"""


def mail(number: int = 1, body: str = BODY, **headers: str) -> bytes:
    said = {
        "From": "Gull Letters <letters@gull.example>",
        "Subject": "Tide ledger found in drowned archive",
        "Message-ID": f"<{number}@gull.example>",
        "Date": "Mon, 02 Mar 2026 08:00:00 +0000",
        "Content-Type": "text/html; charset=utf-8",
    }
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in said.items() if value).encode() + b"\r\n" + body.encode()


@pytest.fixture
def tools(recorded_tools: Tools, tmp_path: Path) -> Tools:
    (tmp_path / "mail" / "new").mkdir(parents=True)
    said = NewsletterSettings(domain="in.news.example", maildir=tmp_path / "mail")
    settings = recorded_tools.settings.model_copy(update={"newsletters": said})
    return replace(recorded_tools, settings=settings)


@pytest.fixture
def local(tools: Tools) -> str:
    kept = actions.add(tools, OPERATOR, "gull.example", "The Gull Weekly")
    name, _, domain = kept.address.partition("@")
    assert domain == "in.news.example"
    assert len(name) == 24
    return name


def noted(tools: Tools) -> list[tuple[Noted, str, tuple[str, ...]]]:
    with tools.database.read() as view:
        [one] = actions.listed(tools, view)
    return [(mail.kind, mail.sender, mail.links) for mail in one.mails]


def test_an_issue_becomes_an_article_of_a_source_of_its_own(tools: Tools, local: str) -> None:
    assert take_letter(tools, mail(), local) == "taken"
    with tools.database.read() as view:
        waiting = pages.fetched(view, 10)
    assert [page.state for page in waiting] == [PageState.FETCHED]
    assert extract_pages(tools, waiting, None) == 1
    with tools.database.read() as view:
        article = articles.by_url(view, waiting[0].url)
        assert article is not None
        publisher = publishers.get(view, article.publisher_id)
        [feed] = feeds.all(view)
    assert article.headline == "Tide ledger found in drowned archive"
    assert article.text.startswith("The harbour office of Varn said")
    assert "nsubscribe" not in article.text
    assert article.url.startswith("https://gull.example/?newsletter=")
    assert article.published_at == datetime.fromisoformat("2026-03-02T08:00:00+00:00")
    assert publisher is not None
    assert publisher.policy is DisplayPolicy.EXCERPT, "what subscribers are sent is not for everybody"
    assert publisher.name == "The Gull Weekly"
    assert feed.state is FeedState.RECEIVED
    assert feed.poll.last_success_at == tools.now()


def test_the_page_it_can_be_read_on_is_its_address(tools: Tools, local: str) -> None:
    view_link = '<p><a href="https://www.gull.example/p/ledger?utm_source=x&token=1">View in browser</a></p>'
    take_letter(tools, mail(body=view_link + BODY), local)
    with tools.database.read() as view:
        [page] = pages.fetched(view, 10)
    assert page.url == "https://www.gull.example/p/ledger"


def test_a_page_that_is_kept_is_never_replaced_by_a_mail(tools: Tools, local: str) -> None:
    link = '<p><a href="https://gull.example/p/ledger">View in browser</a></p>'
    url = "https://gull.example/p/ledger"
    with tools.database.read() as view:
        [feed] = feeds.all(view)
    theirs = Page(page_key(url), url, "gull.example", feed.publisher_id, first_seen_at=tools.now())
    with tools.database.transaction() as tx:
        pages.add(tx, [theirs])
    take_letter(tools, mail(body=link + BODY), local)
    with tools.database.read() as view:
        assert pages.get(view, theirs.key) == theirs
        [ours] = pages.fetched(view, 10)
    assert ours.url.startswith("https://gull.example/?newsletter=")


def test_the_same_mail_twice_is_one_issue(tools: Tools, local: str) -> None:
    assert take_letter(tools, mail(), local) == "taken"
    assert take_letter(tools, mail(), local) == "already here"
    assert take_letter(tools, mail(2), local) == "taken"
    assert take_letter(tools, mail(Message_ID=""), local) == "taken"
    assert take_letter(tools, mail(Message_ID=""), local) == "already here"
    with tools.database.read() as view:
        [feed] = feeds.all(view)
        assert len(entries.known(view, feed.id, ["1@gull.example", "2@gull.example"])) == 2


def test_the_first_sender_is_remembered_until_an_editor_says_more(tools: Tools, local: str) -> None:
    take_letter(tools, mail(), local)
    with pytest.raises(MailUnwanted, match="senders of its newsletter") as refused:
        take_letter(tools, mail(2, From="evil@elsewhere.example"), local)
    assert refused.value.reply == "550 5.7.1"
    assert noted(tools) == [(Noted.REFUSED, "evil@elsewhere.example", ())]
    with tools.database.read() as view:
        [feed] = feeds.all(view)
        assert [(one.address, one.confirmed) for one in newsletters.senders(view, feed.id)] == [
            ("letters@gull.example", False)
        ]
    actions.accept(tools, OPERATOR, str(feed.id), "Evil@Elsewhere.example")
    actions.accept(tools, OPERATOR, str(feed.id), "letters@gull.example")
    assert take_letter(tools, mail(2, From="evil@elsewhere.example"), local) == "taken"
    with tools.database.read() as view:
        assert {(one.address, one.confirmed) for one in newsletters.senders(view, feed.id)} == {
            ("letters@gull.example", True),
            ("evil@elsewhere.example", True),
        }
    actions.refuse(tools, OPERATOR, str(feed.id), "evil@elsewhere.example")
    with pytest.raises(MailUnwanted):
        take_letter(tools, mail(3, From="evil@elsewhere.example"), local)
    with pytest.raises(InputError):
        actions.accept(tools, OPERATOR, str(feed.id), "nobody")


def test_a_request_to_confirm_is_shown_and_never_followed(tools: Tools, local: str) -> None:
    body = '<p>Please confirm your subscription.</p><p><a href="https://gull.example/confirm?t=1">Confirm</a></p>'
    told = take_letter(tools, mail(body=body, Subject="One more step", From="welcome@sender.example"), local)
    assert "editor" in told
    assert noted(tools) == [(Noted.CONFIRMATION, "welcome@sender.example", ("https://gull.example/confirm?t=1",))]
    with tools.database.read() as view:
        [feed] = feeds.all(view)
        assert newsletters.senders(view, feed.id) == [], "who asks is not yet who sends"
        assert pages.fetched(view, 10) == []
    assert getattr(tools.fetcher, "asked", []) == []


@pytest.mark.parametrize(
    ("headers", "reply"),
    [
        ({"Auto_Submitted": "auto-replied"}, "550 5.7.1"),
        ({"From": "MAILER-DAEMON@gull.example"}, "550 5.7.1"),
        ({"From": ""}, "550 5.6.0"),
        ({"Content_Type": "application/zip"}, "550 5.6.0"),
    ],
)
def test_bounces_and_rubbish_are_refused(tools: Tools, local: str, headers: dict[str, str], reply: str) -> None:
    with pytest.raises(MailUnwanted) as refused:
        take_letter(tools, mail(1, BODY, **headers), local)
    assert refused.value.reply == reply


def test_too_large_unknown_paused_and_removed(tools: Tools, local: str) -> None:
    def reply(raw: bytes, to: str) -> str:
        with pytest.raises(MailUnwanted) as refused:
            take_letter(tools, raw, known_address(tools, to))
        return refused.value.reply

    ours = f"{local}@in.news.example"
    assert known_address(tools, ours.upper()) == local
    assert reply(b"x" * 10_000_001, ours) == "552 5.3.4"
    assert reply(mail(), "x@in.news.example") == "550 5.1.1"
    assert reply(mail(), f"{local}@elsewhere.example") == "550 5.1.1"
    sources.set_state(tools, OPERATOR, "1", FeedState.PAUSED)
    assert reply(mail(), ours) == "450 4.2.1"
    sources.set_state(tools, OPERATOR, "1", FeedState.ACTIVE)
    with tools.database.read() as view:
        assert feeds.due(view, tools.now() + timedelta(days=9), 10) == [], "nobody is asked for a newsletter"
    assert take_letter(tools, mail(), local) == "taken"
    with tools.database.read() as view:
        [feed] = feeds.all(view)
    publisher_actions.withdraw(tools, OPERATOR, feed.publisher_id, "It asked.")
    assert reply(mail(2), ours) == "550 5.1.1"
    sources.remove(tools, OPERATOR, "1")
    assert reply(mail(2), ours) == "550 5.1.1"


def test_only_what_the_mail_server_vouches_for_is_taken_where_that_is_asked(tools: Tools, local: str) -> None:
    strict = tools.settings.newsletters.model_copy(update={"checked_by": "mx.news.example"})
    object.__setattr__(tools, "settings", tools.settings.model_copy(update={"newsletters": strict}))
    with pytest.raises(MailUnwanted, match="DMARC"):
        take_letter(tools, mail(), local)
    vouched = "mx.news.example; dmarc=pass header.from=gull.example"
    assert take_letter(tools, mail(Authentication_Results=vouched), local) == "taken"


def test_dates_are_believed_within_reason(tools: Tools, local: str) -> None:
    for number, said in enumerate(["Fri, 01 Jan 2038 00:00:00 +0000", "nonsense", "Mon, 01 Jan 1900 00:00:00 +0000"]):
        take_letter(tools, mail(number, Date=said), local)
    with tools.database.read() as view:
        found = entries.for_pages(view, [page.key for page in pages.fetched(view, 10)])
    assert [one.published_at for one in found.values()] == [None] * 3


def test_lost_bytes_of_a_mail_are_never_fetched(tools: Tools, local: str) -> None:
    take_letter(tools, mail(), local)
    with tools.database.read() as view:
        [page] = pages.fetched(view, 10)
    assert extract_pages(tools, [replace(page, blob="pages/no/such")], None) == 0
    with tools.database.read() as view:
        found = pages.get(view, page.key)
    assert found is not None
    assert found.state is PageState.REFUSED


def test_a_maildir_is_read_and_what_was_read_moves_on(tools: Tools, local: str, tmp_path: Path) -> None:
    new, cur = tmp_path / "mail" / "new", tmp_path / "mail" / "cur"
    (new / "1.a").write_bytes(mail(1, Delivered_To=f"{local}@in.news.example"))
    (new / "2.b").write_bytes(mail(2, To=f"Somebody <{local.upper()}@IN.news.example>"))
    (new / "3.c").write_bytes(mail(3, To="nobody@in.news.example"))
    (new / "4.d").write_bytes(b"\x00" * 100)
    (new / "link").symlink_to("/etc/passwd")
    assert read_maildir(tools) == 2
    assert sorted(one.name for one in cur.iterdir()) == ["1.a:2,S", "2.b:2,S", "3.c:2,ST", "4.d:2,ST"]
    assert [one.name for one in new.iterdir()] == ["link"]
    sources.set_state(tools, OPERATOR, "1", FeedState.PAUSED)
    (new / "5.e").write_bytes(mail(5, To=f"{local}@in.news.example"))
    assert read_maildir(tools) == 0
    assert (new / "5.e").exists(), "it waits until the newsletter is read again"


def test_the_commit_comes_last(tools: Tools, local: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the process dies here")

    monkeypatch.setattr("octavo.pipeline.take_letter.journal.add", fail)
    with pytest.raises(RuntimeError):
        take_letter(tools, mail(), local)
    monkeypatch.undo()
    assert take_letter(tools, mail(), local) == "taken", "a mail that was not kept is no duplicate"
