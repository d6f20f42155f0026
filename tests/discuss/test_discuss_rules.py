"""How long, how often, whom it names, what it quotes, who is told: by value."""

from datetime import timedelta

import pytest

from octavo.discuss.limits import (
    Limits,
    check_edit,
    check_key,
    check_pace,
    check_quote,
    check_text,
    check_votes,
    may_delete,
    may_edit,
)
from octavo.discuss.mentions import MOST, mentioned
from octavo.discuss.quoting import passage
from octavo.discuss.telling import told
from octavo.domain.comment import Cause, CommentState
from octavo.domain.ids import AccountId
from octavo.errors import InputError, NotAllowed, SlowDown

from .talk import NOON, said

LIMITS = Limits(longest=20, longest_quote=10, edit_minutes=15, a_minute=2, an_hour=4, votes_an_hour=3)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("text", ["", "  \n ", "\u202e", "> ", "```\n```", "<!-- -->\x00 ".replace("<!-- -->", "")])
def test_a_comment_without_words_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="has words"):
        check_text(text, LIMITS)


def test_a_comment_is_tidied_and_bounded() -> None:
    assert check_text(" Well,\r\n\r\n\r\n\r\nyes.\x07 ", LIMITS) == "Well,\n\nyes."
    assert check_text("x" * 20, LIMITS) == "x" * 20
    with pytest.raises(InputError, match="20 characters at most: this one has 21"):
        check_text("x" * 21, LIMITS)
    assert check_quote("a\n b", LIMITS) == "a b"
    with pytest.raises(InputError):
        check_quote("x" * 11, LIMITS)
    with pytest.raises(InputError):
        check_key("x" * 201)


def test_a_comment_is_edited_within_its_minutes_and_never_once_removed() -> None:
    comment = said(0)
    assert may_edit(comment, LIMITS, NOON + 15 * MINUTE - timedelta(seconds=1))
    assert not may_edit(comment, LIMITS, NOON + 15 * MINUTE)
    removed = said(0, state=CommentState.REMOVED)
    assert not may_edit(removed, LIMITS, NOON)
    with pytest.raises(NotAllowed, match="15 minutes"):
        check_edit(comment, LIMITS, NOON + 15 * MINUTE)
    with pytest.raises(NotAllowed, match="no longer there"):
        check_edit(removed, LIMITS, NOON)


def test_what_moderators_removed_is_kept_for_an_appeal() -> None:
    states = {state: may_delete(said(1, state=state)) for state in CommentState}
    assert states == {
        CommentState.LIVE: True,
        CommentState.HELD: True,
        CommentState.REMOVED: False,
        CommentState.DELETED: False,
    }


def test_how_often_somebody_may_post() -> None:
    check_pace([NOON - 61 * MINUTE, NOON - MINUTE, NOON], LIMITS, NOON)
    with pytest.raises(SlowDown, match="2 comments a minute"):
        check_pace([NOON - timedelta(seconds=59), NOON], LIMITS, NOON)
    with pytest.raises(SlowDown, match="4 comments an hour"):
        check_pace([NOON - n * MINUTE for n in (1, 2, 3, 59)], LIMITS, NOON)
    check_votes(2, LIMITS)
    with pytest.raises(SlowDown, match="votes"):
        check_votes(3, LIMITS)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ada and @Grace-Hopper, see @ada.", ("ada", "Grace-Hopper")),
        ("(@ada)", ("ada",)),
        ("write to a@b.example or b@c", ()),
        ("> @quoted said\n@me too", ("me",)),
        ("`@code` and\n```\n@more\n```\n@yes", ("yes",)),
        ("@ليلى و @Ümit", ("ليلى", "Ümit")),
        ("@a @-b @_ @ https://x.example/@path", ("a",)),
        ("@" + "n" * 40, ("n" * 30,)),
    ],
)
def test_whom_a_comment_names(text: str, names: tuple[str, ...]) -> None:
    assert mentioned(text) == names


def test_a_comment_calls_a_few_people_at_most() -> None:
    assert len(mentioned(" ".join(f"@name{n}" for n in range(50)))) == MOST


def test_a_passage_stands_in_the_article_word_for_word() -> None:
    article = "The ferry “Aurora” was\u00a0late.\nNobody was hurt."
    assert passage(article, "“Aurora” was late.\n\n Nobody") == "“Aurora” was late. Nobody"
    assert passage(article, " ") == ""
    for other in ('"Aurora"', "was hurt. The", "the ferry"):
        with pytest.raises(InputError):
            passage(article, other)


def test_who_is_told_and_why_nobody_twice() -> None:
    one, two, three, author = map(AccountId, (1, 2, 3, 9))
    comment = said(9)
    assert told(comment, answered=one, named=[one, two, author], watching=[two, three, author]) == {
        one: Cause.REPLY,
        two: Cause.MENTION,
        three: Cause.WATCHED,
    }
    assert told(comment, answered=author, named=[], watching=[]) == {}
    held = said(9, state=CommentState.HELD)
    assert told(held, answered=one, named=[two], watching=[three]) == {}
