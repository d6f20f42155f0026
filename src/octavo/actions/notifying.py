"""Telling people with an account: on the site, in their browsers, and by their next digest, as they chose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from octavo.domain.comment import Cause, Comment
from octavo.domain.ids import AccountId, CommentId, StoryId
from octavo.domain.notification import Channel, Told, Why, Wishes
from octavo.domain.push import Notice, NoticeKind
from octavo.ports.database import Transaction
from octavo.store import notices, notifications, push, wishes
from octavo.text.slugs import short_id


def tell(tx: Transaction, told: Sequence[Told], now: datetime) -> None:
    """Tell people things by the ways each `Told` names. What is pushed is sent by the worker, minutes later at most."""
    notifications.add(tx, told, now)
    pushed = [one for one in told if one.channels & Channel.PUSH]
    if not pushed:
        return
    browsers = push.of_accounts(tx, {one.account_id for one in pushed}, now)
    notices.add(tx, [_notice(one, at, now) for one in pushed for at in browsers.get(one.account_id, ())])


def tell_as_chosen(
    tx: Transaction, why: Why, subject: str, given: Mapping[AccountId, Mapping[str, Any]], now: datetime
) -> None:
    """Tell people the same thing by the ways each chose for its kind; `given` is what each one's sentence needs:
    `name` (whose deed it is), `path` (where it leads, below the edition), and what its page looks up.

    For a reply, a mention, a decision: under one subject, such as "comment 12", somebody is told once.
    """
    chosen = wishes.of_many(tx, given)
    tell(
        tx,
        [
            Told(who, why, subject, subject, said, chosen.get(who, Wishes()).channels(why))
            for who, said in given.items()
        ],
        now,
    )


def tell_of_thread(
    tx: Transaction, topic: str, people: Iterable[AccountId], given: Mapping[str, Any], now: datetime
) -> None:
    """Tell those who watch a thread that something was said there: once, until they looked."""
    ids = list(people)
    chosen = wishes.of_many(tx, ids)
    made = [
        Told(one, Why.WATCHED, topic, topic, given, chosen.get(one, Wishes()).channels(Why.WATCHED), again=True)
        for one in ids
    ]
    tell(tx, made, now)


def tell_of_comment(
    tx: Transaction, comment: Comment, people: Mapping[AccountId, Cause], author: str, now: datetime
) -> None:
    """Tell those whom a comment answers, those it names, and those who watch its thread; `people` says who is what.

    What it says is not kept with it: who looks reads it as it is then, if it is still there.
    """
    said = {"comment": comment.id, "thread": comment.thread_id, "name": author, "path": comment_path(comment.id)}
    for cause, why in ((Cause.REPLY, Why.REPLY), (Cause.MENTION, Why.MENTION)):
        mine = dict.fromkeys((one for one, its in people.items() if its is cause), said)
        tell_as_chosen(tx, why, f"comment {comment.id}", mine, now)
    watching = [one for one, its in people.items() if its is Cause.WATCHED]
    tell_of_thread(tx, f"thread {comment.thread_id}", watching, said, now)


def comment_path(comment_id: CommentId) -> str:
    """Give the address of a comment below an edition's."""
    return f"comment/{short_id(comment_id)}"


def grown(account_id: AccountId, story_id: StoryId, reports: int, channels: Channel) -> Told:
    """Say that a story somebody follows has so many independent reports now."""
    subject = f"story {story_id}"
    return Told(account_id, Why.STORY, subject, subject, {"story": story_id, "n": reports}, channels, again=True)


def _notice(one: Told, browser: Any, now: datetime) -> Notice:
    """Write down what to push. What a browser itself follows has the same name in `dedupe`, and comes once."""
    n = int(one.given.get("n", 0))
    dedupe = one.subject
    if one.again:
        dedupe = f"{one.subject} {n}" if one.why is Why.STORY else f"{one.subject} {one.given.get('comment', n)}"
    made = Notice(browser, NoticeKind(str(one.why)), dedupe, now, StoryId(int(one.given.get("story", 0))))
    said = {name: str(one.given[name]) for name in ("path", "comment", "decision") if name in one.given}
    return replace(made, name=str(one.given.get("name", "")), n=n, given=said)
