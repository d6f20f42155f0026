"""What was sent a moment ago: sent again only while nothing was learnt."""

from datetime import datetime, timedelta

from octavo.ports.database import Database
from octavo.serve.justsent import JustSent, Question, Sent
from octavo.serve.watching import EARLY, Watcher

from .conftest import Reader

PAGE = Sent(200, [], b"page")
ASKED: Question = ("/", "", "", "")


def opened(database: Database, now: datetime) -> tuple[JustSent, Watcher]:
    watcher = Watcher(database, lambda: now)
    return JustSent(watcher), watcher


def test_an_answer_holds_until_the_watcher_looks_again(reader: Reader) -> None:
    now = datetime.fromisoformat("2026-07-28T10:00:30+00:00")
    sent, watcher = opened(reader.tools.database, now)
    sent.begin(now)
    sent.keep(ASKED, PAGE, now)
    assert sent.get(ASKED, now) is None  # no stamp is known
    watcher.learn("one", now)
    sent.begin(now)
    sent.keep(ASKED, PAGE, now)
    assert sent.get(ASKED, now + EARLY / 2) == PAGE
    assert sent.get(("/other", "", "", ""), now) is None
    assert sent.get(ASKED, now + EARLY) is None
    assert sent.get(ASKED, now - timedelta(seconds=1)) is None  # the clock was set back
    assert sent.times == 1


def test_it_ends_with_what_is_learnt_heard_and_with_the_minute(reader: Reader) -> None:
    now = datetime.fromisoformat("2026-07-28T10:00:59.900+00:00")
    sent, watcher = opened(reader.tools.database, now)
    watcher.learn("one", now)
    sent.begin(now)
    sent.keep(ASKED, PAGE, now)
    assert sent.get(ASKED, now + timedelta(milliseconds=99)) == PAGE
    assert sent.get(ASKED, now + timedelta(milliseconds=100)) is None
    watcher.learn("one", now)  # the same stamp, learnt again: kept pages decide
    assert sent.get(ASKED, now) is None
    sent.begin(now)
    sent.keep(ASKED, PAGE, now)
    assert sent.get(ASKED, now) == PAGE
    watcher.heard.seq += 1
    assert sent.get(ASKED, now) is None


def test_what_was_learnt_while_it_was_looked_for_keeps_it_from_being_remembered(reader: Reader) -> None:
    now = datetime.fromisoformat("2026-07-28T10:00:30+00:00")
    sent, watcher = opened(reader.tools.database, now)
    watcher.learn("one", now)
    sent.begin(now)
    watcher.learn("two", now)
    sent.keep(ASKED, PAGE, now)
    assert sent.get(ASKED, now) is None
    sent.begin(now)
    assert sent.get(ASKED, now) is None
