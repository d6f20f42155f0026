"""write_digests and send_mail with a real mail server: what a digest holds, when it comes, that none comes twice."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from octavo.accounts.stopping import read_stop_token
from octavo.actions.notices import stop_digest
from octavo.actions.notifying import tell_as_chosen
from octavo.actions.opening import prepare_site
from octavo.adapters.mailers.smtp import SmtpMailer
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.account import Account, Role, Standing
from octavo.domain.article import Image
from octavo.domain.follow import FollowKind
from octavo.domain.ids import AccountId, EditionKey
from octavo.domain.notification import Channel, DigestWishes, Rhythm, Told, Why
from octavo.domain.picture import Fitness, Picture
from octavo.domain.push import Quiet
from octavo.pipeline.tell_followers import tell_followers
from octavo.ports.tools import Tools
from octavo.serve.bulletins import open_writer
from octavo.store import (
    accounts,
    articles,
    facts,
    mail_outbox,
    migrations_path,
    notifications,
    pictures,
    stories,
    wishes,
)
from postoffice import Post, RunningPost
from running import PATIENCE_S

from .conftest import NOW, Keep
from .mailroom import BERLIN, Elements, Room, parts, settings_of

ATTACK = "<script>alert(1)</script>\r\nBcc: eve@reader.example"


@pytest.fixture
def post(socket_enabled: None) -> Iterator[Post]:
    with RunningPost() as running:
        yield running


@pytest.fixture
def room(tools: Tools, keep: Keep, post: Post) -> Iterator[Room]:
    clock = [NOW]
    settings = settings_of(tools.settings.data_dir, post)
    mailer = SmtpMailer(settings, lambda: clock[-1])
    prepare_site(tools.database)
    letters = open_writer(settings, tools.database)
    yield Room(
        replace(tools, settings=settings, mailer=mailer, letters=letters, now=lambda: clock[-1]), keep, clock, post
    )
    mailer.close()


def test_a_digest_comes_at_the_readers_hour_with_what_is_new(room: Room) -> None:
    ada = room.person()
    room.follow(ada)
    room.later(minutes=1)
    room.story("The tide rose", reports=3)
    room.story("The quay opened")
    assert room.work() == [], "it is noon"
    room.until("2026-11-21T05:59:00+00:00")
    assert room.work() == []
    room.until("2026-11-21T06:00:30+00:00")
    [got] = room.work()
    plain, marked = parts(got)
    assert (got["To"], got["From"]) == ("ada@reader.example", "Paper <news@news.example>")
    assert got["Subject"] == "The quay opened and 1 more story"
    for text in (plain, marked):
        assert "2 new stories with #Tide" in text
        assert "The tide rose" in text
        assert "3 independent reports" in text
        assert "https://news.example/en-gb/story/" in text
        assert "https://news.example/en-gb/notices/settings" in text
    assert got["Content-Language"] == "en"
    assert room.work() == []
    room.until("2026-11-22T06:01:00+00:00")
    assert room.work() == [], "nothing is new, so nothing is sent"
    room.story("A third")
    assert room.work() == []
    room.until("2026-11-23T06:01:00+00:00")
    [again] = room.work()
    assert "A third" in parts(again)[0]
    assert "The tide rose" not in parts(again)[0]


def test_a_letter_is_stopped_by_one_post_and_says_where(room: Room) -> None:
    ada = room.person()
    room.follow(ada)
    room.later(minutes=1)
    room.story()
    room.work()
    room.later(days=1)
    [got] = room.work()
    raw = room.post.raw[-1].decode()
    found = re.search(r"\r\nList-Unsubscribe: <https://news\.example/mail/stop/([\w-]+)>\r\n", raw)
    assert found
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["List-Id"] == "<digest.news.example>"
    with room.tools.database.read() as view:
        secret = facts.get(view, facts.PICTURE_SECRET).encode()
    assert read_stop_token(secret, found[1]) == ada
    assert f"/mail/stop/{found[1]}" in parts(got)[0]
    assert stop_digest(room.tools, ada)
    room.story("Another")
    room.later(days=3)
    assert room.work() == []


def test_nothing_is_loaded_and_nothing_runs(room: Room) -> None:
    ada = room.person("ada")
    room.follow(ada, name=ATTACK)
    room.later(minutes=1)
    room.story(f"Tide {ATTACK}")
    with room.tools.database.transaction() as tx:
        given = {ada: {"name": ATTACK, "path": "lists/1", "about": ATTACK}}
        tell_as_chosen(tx, Why.LIST, "list 1", given, room.clock[-1])
    room.work()
    room.later(days=1)
    [got] = room.work()
    assert got["Bcc"] is None
    assert "\n" not in str(got["Subject"])
    elements = Elements(parts(got)[1]).found
    assert {tag for tag, _ in elements} <= {
        "html", "head", "meta", "title", "body", "table", "tr", "td", "p", "a", "h1", "h2", "h3", "div", "bdi",
    }  # fmt: skip
    for tag, attributes in elements:
        assert not {"src", "srcset", "background", "class", "id", "onload"} & set(attributes), tag
        assert "url(" not in (attributes.get("style") or "")
        assert (attributes.get("href") or "https://news.example/").startswith("https://news.example/")


def test_pictures_only_where_they_were_chosen_and_may_be_shown(room: Room) -> None:
    plain, rich = room.person("plain"), room.person("rich")
    room.wish(rich, replace(BERLIN, digest=replace(BERLIN.digest, pictures=True)))
    url = "https://pictures.example/quay.png"
    for who in (plain, rich):
        room.follow(who)
    room.later(minutes=1)
    story = room.story()
    with room.tools.database.transaction() as tx:
        number = stories.article_ids(tx, story)[0]
        found = articles.get(tx, number)
        assert found is not None
        articles.save(tx, [replace(found, image=Image(url))])
        pictures.save(tx, [Picture(url, Fitness.READY, room.clock[-1], 1200, 800)])
    room.work()
    room.later(days=1)
    html = {str(one["To"]): parts(one)[1] for one in room.work()}
    assert "<img" not in html["plain@reader.example"]
    assert re.findall(r'<img src="(https://news\.example/picture/[\w-]+/640\.jpg)"', html["rich@reader.example"])
    assert "pictures.example" not in html["rich@reader.example"]


def test_in_the_language_of_the_edition_and_its_direction(room: Room) -> None:
    ada = room.person("ada", replace(BERLIN, edition=EditionKey("ar-eg"), zone="Africa/Cairo"))
    room.follow(ada)
    room.later(minutes=1)
    room.story("\u0627\u0644\u0645\u062f \u064a\u0631\u062a\u0641\u0639", language="ar")
    room.story("Only English", language="en")
    room.work()
    room.later(days=1)
    [got] = room.work()
    plain, marked = parts(got)
    assert got["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in marked
    assert 'align="right"' in marked
    assert "\u0627\u0644\u0645\u062f" in plain
    assert "Only English" not in plain
    assert "/ar-eg/story/" in plain


def test_weekly_on_the_day_and_by_the_follow(room: Room) -> None:
    ada = room.person("ada", replace(BERLIN, digest=DigestWishes(Rhythm.WEEKLY, 7, 2)))
    room.follow(ada)
    room.follow(ada, "storm", "Storm")
    with room.tools.database.transaction() as tx:
        wishes.set_follow(tx, ada, FollowKind.HASHTAG, "tide", Channel.SITE)
    room.later(minutes=1)
    room.story()
    room.work()
    room.until("2026-11-25T06:01:00+00:00")
    assert room.work() == [], "this one is not to be in the digest"
    with room.tools.database.transaction() as tx:
        wishes.set_follow(tx, ada, FollowKind.HASHTAG, "tide", Channel.DIGEST)
    room.later(minutes=1)
    room.story("Once more")
    room.work()
    room.until("2026-12-01T06:01:00+00:00")
    assert room.work() == [], "it is a Tuesday"
    room.until("2026-12-02T06:01:00+00:00")
    assert [str(one["Subject"]) for one in room.work()] == ["Once more"]


def test_what_was_read_on_the_site_is_not_told_again(room: Room) -> None:
    ada = room.person()
    room.follow(ada)
    room.later(minutes=1)
    room.story("Seen already")
    room.work()
    with room.tools.database.transaction() as tx:
        notifications.read_all(tx, ada, room.clock[-1], 2**60)
    room.later(minutes=1)
    room.story("Unread")
    room.work()
    room.later(days=1)
    [got] = room.work()
    assert "Unread" in parts(got)[0]
    assert "Seen already" not in parts(got)[0]


def test_quiet_hours_hold_a_late_digest_back(room: Room) -> None:
    ada = room.person("ada", replace(BERLIN, quiet=Quiet(22 * 60, 6 * 60)))
    room.follow(ada)
    room.later(minutes=1)
    room.story()
    tell_followers(room.tools)
    room.until("2026-11-21T22:30:00+00:00")  # the worker was away all day
    assert room.work() == []
    room.until("2026-11-22T05:00:30+00:00")
    assert len(room.work()) == 1
    room.story("Later")
    room.until("2026-11-22T06:01:00+00:00")
    assert len(room.work()) == 0, "told at five; the day's own comes tomorrow"


@pytest.mark.parametrize("confirmed", [True, False])
def test_no_letter_to_who_is_banned_or_confirmed_no_address(room: Room, confirmed: bool) -> None:
    ada = room.person("ada", confirmed=confirmed)
    with room.tools.database.transaction() as tx:
        accounts.set_standing(tx, ada, Standing.BANNED if confirmed else Standing.GOOD)
    room.follow(ada)
    room.later(minutes=1)
    room.story()
    room.work()
    room.later(days=2)
    assert room.work() == []
    with room.tools.database.read() as view:
        assert (mail_outbox.waiting(view).count, mail_outbox.dropped_since(view, NOW, 9)) == (0, []), "none was written"


def test_in_summer_and_in_winter_at_the_same_hour(room: Room) -> None:
    room.until("2026-03-27T12:00:00+00:00")
    ada = room.person()
    room.follow(ada)
    hours = []
    for day in ("27", "28", "29", "30"):
        room.until(f"2026-03-{day}T13:00:00+00:00")
        room.story(f"Of the {day}th")
        room.work()
        room.until(f"2026-03-{int(day) + 1}T03:00:00+00:00")
        while not room.work():
            room.later(minutes=30)
        hours.append(room.clock[-1].strftime("%d %H:%M"))
    assert hours == ["28 06:00", "29 05:00", "30 05:00", "31 05:00"]


@pytest.mark.slow
def test_a_worker_writes_and_sends_it(tmp_path: Path, post: Post) -> None:
    """A real worker with nothing but a database, a mail server and a clock."""
    database = SqliteDatabase(tmp_path / "octavo.sqlite", migrations_path())
    database.migrate()
    now = datetime.now(tz=NOW.tzinfo)
    hour_ago = now - timedelta(hours=1)
    with database.transaction() as tx:
        ada = accounts.add(tx, Account(AccountId(0), "ada", Role.READER, hour_ago), "").id
        accounts.set_email(tx, ada, "ada@reader.example", verified=True)
        wishes.save(tx, ada, BERLIN, now, hour_ago)
        given = {"name": "eve", "about": "Harbours", "path": "lists/1"}
        notifications.add(tx, [Told(ada, Why.LIST, "list 1", "list 1", given)], now - timedelta(minutes=30))
    database.close()
    settings = {
        "OCTAVO_DATA_DIR": str(tmp_path),
        "OCTAVO_EMBEDDER": "off",
        "OCTAVO_LOG_LEVEL": "error",
        "OCTAVO_WEB__PUBLIC_URL": "https://news.example",
        "OCTAVO_MAIL__SERVER": "127.0.0.1",
        "OCTAVO_MAIL__PORT": str(post.port),
        "OCTAVO_MAIL__TLS": "none",
        "OCTAVO_MAIL__SENDER": "news@news.example",
    }
    process = subprocess.Popen([sys.executable, "-m", "octavo", "work"], env=os.environ | settings)
    try:
        deadline = time.monotonic() + PATIENCE_S
        while not post.raw:
            assert time.monotonic() < deadline, "no letter came"
            assert process.poll() is None
            time.sleep(0.2)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
    [got] = post.messages
    assert got["Subject"] == "eve shared a list with you"
    assert "Harbours" in parts(got)[0]
