"""Two instances on loopback, each with its website and its worker: one follows the other, is told, and answers."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from octavo.actions.opening import prepare_site
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.comment import CommentState
from octavo.domain.fediverse import Delivery
from octavo.domain.ids import PublisherId
from octavo.domain.publisher import Publisher
from octavo.federate import writing
from octavo.store import (
    changes,
    comment_origins,
    discussion,
    facts,
    fediverse,
    fediverse_inbox,
    fediverse_outbox,
    fediverse_posts,
    migrations_path,
    publishers,
)
from running import PATIENCE_S, free_port

from .conftest import Paper, read


@contextmanager
def instance(folder: Path) -> Iterator[Paper]:
    """A website and a worker that take part, and speak plain http on loopback."""
    folder.mkdir()
    database = SqliteDatabase(folder / "octavo.sqlite", migrations_path())
    database.migrate()
    prepare_site(database)
    made = Paper(f"http://127.0.0.1:{free_port()}", database, folder)
    made.settings = {
        "OCTAVO_WEB__PUBLIC_URL": made.address,
        "OCTAVO_FEDIVERSE__ON": "true",
        "OCTAVO_FEDIVERSE__ALLOW_NETWORKS": '["127.0.0.0/8"]',
        "OCTAVO_FEDIVERSE__HOLD": "unknown",
        "OCTAVO_NEWSWIRE__MODE": "never",
        "OCTAVO_EMBEDDER": "off",
        "OCTAVO_LOG_LEVEL": "error",
    }
    with database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("harbour"), "The Harbour Example", "gb", ("en",))])
    made.arrive("Ein Wal in der Bucht", language="de", tag="Whale")
    made.arrive("Ship number one enters the bay")
    with database.transaction() as tx:
        for step in ("enrich", "relate"):  # understood by the test, not by the worker, which would find other hashtags
            changes.set_position(tx, step, changes.last_seq(tx))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    command = [sys.executable, "-m", "octavo", "--data-dir", str(folder), "work"]
    worker = subprocess.Popen(command, env=clean | made.settings, cwd=folder)
    try:
        made.start()
        yield made
    finally:
        made.kill()
        worker.terminate()
        worker.wait(PATIENCE_S)
        database.close()


def until(holds: Callable[[], Any], what: str) -> Any:
    """Wait until something holds; gives what it gave."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := holds()):
        assert time.monotonic() < deadline, f"not within {PATIENCE_S:g} seconds: {what}"
        time.sleep(0.2)
    return found


def has_key(paper: Paper) -> bool:
    with paper.database.read() as view:
        return bool(facts.get(view, facts.FEDIVERSE_KEYS))


def send(from_: Paper, to: Paper, activity: dict[str, Any]) -> None:
    """Have an instance send an activity to another: its worker signs and delivers it."""
    now = datetime.now(UTC)
    inbox, host = f"{to.address}/fediverse/inbox", to.address.partition("://")[2]
    with from_.database.transaction() as tx:
        fediverse_outbox.add(tx, [Delivery(inbox, host, "en-gb", json.dumps(activity), now, now + timedelta(hours=1))])


def followers(paper: Paper) -> dict[str, int]:
    with paper.database.read() as view:
        return fediverse.counts(view)


def verified(paper: Paper, actor: str) -> bool:
    """Whether an instance took something for signed by an actor: only such are kept."""
    with paper.database.read() as view:
        return fediverse.get(view, actor) is not None


def looked_at(paper: Paper) -> bool:
    with paper.database.read() as view:
        return fediverse_inbox.waiting(view) == 0


def sent(paper: Paper) -> bool:
    with paper.database.read() as view:
        return fediverse_outbox.waiting(view).count == 0


def replies(paper: Paper, actor: str) -> list[Any]:
    with paper.database.read() as view:
        ids = [one.comment_id for one in comment_origins.by_author(view, actor)]
        return discussion.get_many(view, ids)


def activity(who: str, kind: str, number: str, inner: Any) -> dict[str, Any]:
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": number,
        "type": kind,
        "actor": who,
        "object": inner,
    }


@pytest.mark.slow
@pytest.mark.enable_socket
def test_one_instance_follows_another_is_told_and_answers(tmp_path: Path) -> None:
    with ExitStack() as stack:
        ours = stack.enter_context(instance(tmp_path / "ours"))
        theirs = stack.enter_context(instance(tmp_path / "theirs"))
        until(lambda: has_key(ours) and has_key(theirs), "the workers make their keys")
        them, tide = f"{theirs.address}/fediverse/en-gb", f"{ours.address}/fediverse/tag_tide"
        asked = urllib.request.Request(f"{ours.address}/en-gb/hashtag/tide", headers={"Accept": writing.MEDIA_TYPE})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert json.loads(answer.read())["id"] == tide
        assert "<html" in read(f"{ours.address}/en-gb/hashtag/tide")

        send(theirs, ours, activity(them, "Follow", f"{them}#follow", tide))
        until(lambda: followers(ours) == {"tag_tide": 1}, "they follow the hashtag")
        # The answer and what is told next are taken by them only when their own worker could check who signed it.
        until(lambda: verified(theirs, tide), "they are told, and believe it")
        until(lambda: sent(ours) and looked_at(theirs), "everything is taken")
        with ours.database.read() as view:
            [told] = fediverse_posts.newest(view, "tag_tide", 5)
        with urllib.request.urlopen(f"{tide}/outbox?page=1", timeout=60) as answer:
            [made] = json.loads(answer.read())["orderedItems"]

        note = {
            "id": f"{them}/note/1",
            "type": "Note",
            "attributedTo": them,
            "inReplyTo": made["object"]["id"],
            "to": [writing.PUBLIC],
            "content": "<p>Which <b>bay</b>?</p>",
        }
        send(theirs, ours, activity(them, "Create", f"{them}/note/1/create", note))
        [said] = until(lambda: replies(ours, them), "their reply comes")
        host = theirs.address.partition("://")[2]
        assert (said.text, said.state, said.name) == ("Which bay?", CommentState.HELD, f"@en-gb@{host}")
        with ours.database.read() as view:
            thread = discussion.thread(view, said.thread_id)
        assert thread is not None
        assert thread.venue.article_id == told.article_id

        send(
            theirs,
            ours,
            activity(them, "Delete", f"{them}/note/1#delete", {"id": f"{them}/note/1", "type": "Tombstone"}),
        )
        until(lambda: not replies(ours, them), "their reply is taken back")
        send(theirs, ours, activity(them, "Undo", f"{them}#undo", activity(them, "Follow", f"{them}#follow", tide)))
        until(lambda: followers(ours) == {}, "they follow no more")
