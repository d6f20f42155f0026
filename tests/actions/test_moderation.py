"""Moderation: a flood is stopped and cleaned; reports, decisions, locks, rules, bans, appeals; who may do what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from octavo.accounts.permissions import OPERATOR, Act, may
from octavo.actions import comments, moderation, reports
from octavo.actions.comments import Draft
from octavo.actions.moderation import Because, Decision
from octavo.domain.account import Account, Person, Role, Standing
from octavo.domain.article import Article
from octavo.domain.comment import Comment, CommentState, under_article
from octavo.domain.ids import AccountId, CommentId
from octavo.domain.moderation import Does, ModAct, Rule
from octavo.errors import Conflict, InputError, NotAllowed, NotFound, SignInRequired, SlowDown
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import accounts, sessions
from octavo.store import discussion as kept
from octavo.store import moderation as queue
from octavo.store.tables import metadata

from .test_comments import article as article
from .test_comments import now_kept, on, with_settings

IDS = select(metadata.tables["comments"].c.id)
SPAM = Because("spam", "advertises pills")


def make(tools: Tools, name: str, role: Role = Role.READER, days: float = 30, **more: Any) -> Person:
    with tools.database.transaction() as tx:
        since = tools.now() - timedelta(days=days)
        return Person(accounts.add(tx, Account(AccountId(0), name, role, since, **more), ""))


@pytest.fixture
def people(recorded_tools: Tools) -> dict[str, Person]:
    """One of each role, a second editor, three readers who are no newcomers, and a newcomer."""
    roles = {"mo": Role.MODERATOR, "eve": Role.EDITOR, "ed": Role.EDITOR, "ow": Role.OWNER}
    found = {name: make(recorded_tools, name, role) for name, role in roles.items()}
    found |= {name: make(recorded_tools, name) for name in ("ada", "bo", "cy")}
    return found | {"new": make(recorded_tools, "new", days=0)}


@pytest.fixture
def said(recorded_tools: Tools, article: Article, people: dict[str, Person]) -> Comment:
    """What ada said."""
    return comments.post(recorded_tools, people["ada"], on(article, "The ferry was on time."))


def log(tools: Tools) -> list[tuple[str, ModAct, str]]:
    with tools.database.read() as view:
        return [(one.actor, one.act, one.reason) for one in queue.log(view, 50)]


def later(tools: Tools, step: timedelta) -> Tools:
    moment = tools.now() + step
    return replace(tools, now=lambda: moment)


def queue_states(view: Read) -> set[CommentState]:
    return {one.state for one in kept.get_many(view, [CommentId(one) for one in view.execute(IDS).scalars()])}


def _made_up(n: int) -> str:
    """Eight words no other comment of the flood has together."""
    first, second, third = "abcdefghij", "klmnopqrst", "uvwxyz"
    return " ".join(f"word{first[(n * 7 + k * 3) % 10]}{second[(n + k) % 10]}{third[n // 50 % 6]}" for k in range(8))


FLOODS: dict[str, Callable[[int], str]] = {
    "the same words": lambda n: f"Best pills in town, call {n} today and save a lot",
    "one host, other words": lambda n: f"Story {n} of my life, told at https://s{n}.pills.example/{n}, about {n}",
    "other words and hosts": lambda n: f"{'abcdefghij'[n % 10]}{n} makes me think of https://shop{n}.example/{n}",
    "no links at all": _made_up,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", FLOODS)
def test_a_flood_from_fifty_new_accounts_is_stopped_and_cleaned_at_once(
    recorded_tools: Tools, article: Article, people: dict[str, Person], kind: str
) -> None:
    tools = recorded_tools
    spammers = [make(tools, f"spam{n}x", days=0) for n in range(50)]
    shown: list[int] = []
    number = 0
    rounds = 20 if kind == "no links at all" else 4
    for step in range(rounds):
        at = later(tools, timedelta(minutes=step))
        for who in spammers:
            made = comments.post(at, who, on(article, FLOODS[kind](number)))
            shown += [number] if made.live else []
            number += 1
    assert number == rounds * 50
    assert all(one < 20 for one in shown), "within the first twenty it is stopped"
    assert len(shown) <= 20
    after = later(tools, timedelta(minutes=30))
    with tools.database.read() as view:
        reasons = queue.holds_by_reason(view)
    assert sum(count for _, count in reasons) == number - len(shown)
    because = Because("spam", authors=Standing.BANNED, others=True)
    gone = moderation.decide_alike(after, people["mo"], reasons[0][0], Decision.REMOVE, because)
    assert gone == number, "those that were shown as well, whatever the others waited for"
    with tools.database.read() as view:
        assert queue.count_waiting(view) == 0
        assert queue_states(view) == {CommentState.REMOVED}
        assert all(accounts.get(view, one.id).standing is Standing.BANNED for one in spammers)  # type: ignore[union-attr]


def test_what_else_an_author_said_goes_only_when_asked_and_within_a_day(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    tools = recorded_tools
    old = comments.post(later(tools, timedelta(days=-2)), people["ada"], on(article, "Long ago"))
    one, other = (comments.post(tools, people["ada"], on(article, text)) for text in ("One", "Other"))
    theirs = comments.post(tools, people["bo"], on(article, "Mine"))
    assert moderation.decide(tools, people["mo"], [one.id], Decision.REMOVE, SPAM) == 1
    assert now_kept(tools, other).live
    moderation.decide(tools, people["mo"], [one.id], Decision.SHOW, Because(others=True))
    assert moderation.decide(tools, people["mo"], [one.id], Decision.REMOVE, replace(SPAM, others=True)) == 2
    assert not now_kept(tools, other).live
    assert now_kept(tools, old).live
    assert now_kept(tools, theirs).live


def test_who_is_no_newcomer_is_not_held_up_by_the_flood(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    for number in range(30):
        who = make(recorded_tools, f"fan{number}x", days=0)
        comments.post(
            recorded_tools, who, on(article, f"I was there, at pier {'abcdefghijklmnopqrstuvwxyzåäöæøáéíó'[number]}")
        )
    assert comments.post(recorded_tools, people["ada"], on(article, "So was I, see https://pier.example/a")).live
    assert not comments.post(recorded_tools, people["new"], on(article, "Me, too, and my dog")).live


def test_words_and_hosts_that_are_not_wanted(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    tools = recorded_tools
    moderation.make_rule(tools, people["eve"], Rule("word", "Miracle Cure", Does.HOLD))
    moderation.make_rule(tools, people["eve"], Rule("host", "https://pills.example/", Does.REFUSE))
    with pytest.raises(Conflict):
        moderation.make_rule(tools, people["eve"], Rule("word", "miracle  cure", Does.REFUSE))
    assert not comments.post(tools, people["ada"], on(article, "A MIRACLE cure, they said")).live
    assert comments.post(tools, people["ada"], on(article, "No miracle, no cure")).live
    for text in ("See https://www.pills.example/x", "see shop.pills.example/x"):
        with pytest.raises(NotAllowed):
            comments.post(tools, people["bo"], on(article, text))
    for kind, pattern in (("word", "a"), ("host", "pills"), ("regex", ".*")):
        with pytest.raises(InputError):
            moderation.make_rule(tools, people["eve"], Rule(kind, pattern, Does.HOLD))


def test_an_edit_that_brings_a_link_in_is_held_like_a_comment_that_has_it(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    made = comments.post(recorded_tools, people["new"], on(article, "Quite so, I think"))
    assert made.live
    comments.edit(recorded_tools, people["new"], made.id, "Quite so https://pills.example/x", 0)
    assert now_kept(recorded_tools, made).state is CommentState.HELD


def test_what_three_readers_report_is_hidden_until_somebody_decides(
    recorded_tools: Tools, people: dict[str, Person], said: Comment
) -> None:
    tools = recorded_tools
    for name in ("bo", "bo", "cy"):
        reports.report(tools, people[name], said.id, "false", "It was late.")
    assert now_kept(tools, said).live
    reports.report(tools, people["new"], said.id, "false")
    assert now_kept(tools, said).state is CommentState.HELD
    with tools.database.read() as view:
        [waiting] = queue.waiting(view, 10)
    assert (waiting.why, len(waiting.reasons), waiting.notes) == ("reported", 3, ("It was late.", "It was late."))
    assert moderation.decide(tools, people["mo"], [said.id], Decision.SHOW, Because()) == 1
    assert now_kept(tools, said).live
    with tools.database.read() as view:
        assert queue.waiting(view, 10) == []
    with pytest.raises(NotAllowed):
        reports.report(tools, people["ada"], said.id, "spam")
    with pytest.raises(InputError):
        reports.report(tools, people["bo"], said.id, "because")


def test_reports_are_not_made_without_end(recorded_tools: Tools, article: Article, people: dict[str, Person]) -> None:
    tools = with_settings(recorded_tools, reports_an_hour=2)
    made = [comments.post(tools, people["ada"], on(article, f"Well, {word}")) for word in ("one", "two", "three")]
    for one in made[:2]:
        reports.report(tools, people["bo"], one.id, "other")
    with pytest.raises(SlowDown):
        reports.report(tools, people["bo"], made[2].id, "other")


def test_what_is_removed_keeps_its_words_and_an_appeal_brings_it_back(
    recorded_tools: Tools, people: dict[str, Person], said: Comment
) -> None:
    tools = recorded_tools
    with pytest.raises(InputError, match="reason"):
        moderation.decide(tools, people["eve"], [said.id], Decision.REMOVE, Because())
    moderation.decide(tools, people["eve"], [said.id], Decision.REMOVE, Because("false", "It was two hours late."))
    gone = now_kept(tools, said)
    assert (gone.state, gone.text) == (CommentState.REMOVED, said.text)
    with tools.database.read() as view:
        [act] = queue.acts_on(view, people["ada"].id, 5)
    with pytest.raises(NotFound):
        reports.appeal(tools, people["bo"], act.id, "It was not.")
    with pytest.raises(InputError):
        reports.appeal(tools, people["ada"], act.id, " ")
    reports.appeal(tools, people["ada"], act.id, "I was on it.")
    with pytest.raises(Conflict):
        reports.appeal(tools, people["ada"], act.id, "I was!")
    with tools.database.read() as view:
        [appeal] = queue.open_appeals(view, 5)
    with pytest.raises(NotAllowed, match="somebody else"):
        moderation.judge(tools, people["eve"], appeal.id, "No.", upheld=False)
    moderation.judge(tools, people["ed"], appeal.id, "So it was.", upheld=True)
    assert now_kept(tools, said).live
    with pytest.raises(Conflict):
        moderation.judge(tools, people["ow"], appeal.id, "No.", upheld=False)
    assert log(tools)[0] == ("ed", ModAct.UPHELD, "")


def test_a_banned_account_is_out_at_once_and_pardoned_by_an_appeal(
    recorded_tools: Tools, people: dict[str, Person], said: Comment
) -> None:
    tools = recorded_tools
    moderation.stand(tools, people["mo"], people["ada"].id, Standing.BANNED, SPAM)
    with tools.database.read() as view:
        assert sessions.of(view, people["ada"].id, tools.now()) == []
        ada = accounts.get(view, people["ada"].id)
    assert ada
    assert not any(may(Person(ada), act) for act in Act)
    with pytest.raises(NotFound):
        reports.appeal_banned(tools, "bo", "What?")
    reports.appeal_banned(tools, "ada", "It was somebody else.")
    with tools.database.read() as view:
        [appeal] = queue.open_appeals(view, 5)
    moderation.judge(tools, people["ow"], appeal.id, "Sorry.", upheld=True)
    with tools.database.read() as view:
        assert accounts.get(view, ada.id).standing is Standing.GOOD  # type: ignore[union-attr]


def test_nobody_acts_on_who_is_not_below_them(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    tools = recorded_tools
    for low, high in (("mo", "eve"), ("mo", "ow"), ("eve", "ed"), ("ow", "ow")):
        with pytest.raises(NotAllowed):
            moderation.stand(tools, people[low], people[high].id, Standing.LIMITED, SPAM)
    made = comments.post(tools, people["ow"], on(article, "I own this."))
    with pytest.raises(NotAllowed):
        moderation.decide(tools, people["mo"], [made.id], Decision.REMOVE, SPAM)
    assert now_kept(tools, made).live
    moderation.stand(tools, people["ow"], people["eve"].id, Standing.LIMITED, SPAM)


def test_a_locked_comment_takes_no_answers_anywhere_below(
    recorded_tools: Tools, people: dict[str, Person], said: Comment
) -> None:
    tools = recorded_tools
    answer = comments.post(tools, people["bo"], Draft("It was not.", parent_id=said.id))
    moderation.lock(tools, people["mo"], said.id, Because(note="enough"), on=True)
    for parent in (said, answer):
        with pytest.raises(NotAllowed, match="no more answers"):
            comments.post(tools, people["cy"], Draft("It was.", parent_id=parent.id))
    moderation.lock(tools, people["mo"], said.id, Because(), on=False)
    comments.post(tools, people["cy"], Draft("It was.", parent_id=answer.id))


def test_slow_mode_slows_readers_there_and_nowhere_else(
    recorded_tools: Tools, article: Article, people: dict[str, Person], said: Comment
) -> None:
    tools = recorded_tools
    moderation.slow(tools, people["eve"], f"article/{article.id}", 60, "tempers")
    with pytest.raises(SlowDown):
        comments.post(tools, people["ada"], on(article, "And another thing"))
    comments.post(tools, people["mo"], on(article, "Calm, please"))
    comments.post(tools, people["mo"], on(article, "I said calm"))
    comments.post(later(tools, timedelta(seconds=61)), people["ada"], on(article, "And another thing"))
    moderation.slow(tools, people["eve"], f"article/{article.id}", 0)
    comments.post(later(tools, timedelta(seconds=63)), people["ada"], on(article, "And one more"))


def test_what_a_limited_account_says_is_not_in_the_public_log(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    lim = make(recorded_tools, "lim", standing=Standing.LIMITED)
    made = comments.post(recorded_tools, lim, on(article, "Pills!"))
    assert made.state is CommentState.HELD
    assert log(recorded_tools) == []


Do = Callable[[Tools, Person | None, Comment], object]
DOES: dict[str, tuple[Act, Do]] = {
    "decide": (Act.MODERATE, lambda tools, who, one: moderation.decide(tools, who, [one.id], Decision.REMOVE, SPAM)),
    "decide_alike": (
        Act.MODERATE,
        lambda tools, who, one: moderation.decide_alike(tools, who, "wave", Decision.REMOVE, SPAM),
    ),
    "lock": (Act.MODERATE, lambda tools, who, one: moderation.lock(tools, who, one.id, SPAM, on=True)),
    "note": (Act.MODERATE, lambda tools, who, one: moderation.note(tools, who, one.account_id or AccountId(0), "Hm.")),
    "stand": (
        Act.BAN,
        lambda tools, who, one: moderation.stand(tools, who, one.account_id or AccountId(0), Standing.LIMITED, SPAM),
    ),
    "judge": (Act.JUDGE_APPEALS, lambda tools, who, one: moderation.judge(tools, who, 1, "No.", upheld=False)),
    "make_rule": (
        Act.EDIT_RULES,
        lambda tools, who, one: moderation.make_rule(tools, who, Rule("word", "pills", Does.HOLD)),
    ),
    "drop_rule": (Act.EDIT_RULES, lambda tools, who, one: moderation.drop_rule(tools, who, 1)),
    "slow": (Act.EDIT_RULES, lambda tools, who, one: moderation.slow(tools, who, "site", 5)),
    "report": (Act.REPORT, lambda tools, who, one: reports.report(tools, who, one.id, "spam")),
    "appeal": (Act.APPEAL, lambda tools, who, one: reports.appeal(tools, who, 1, "No!")),
}


@pytest.mark.parametrize("name", DOES)
@pytest.mark.parametrize("who", ["nobody", "bo", "mo", "eve", "ow"])
def test_every_act_by_every_role(
    recorded_tools: Tools, people: dict[str, Person], said: Comment, name: str, who: str
) -> None:
    act, do = DOES[name]
    asking = people.get(who)
    if asking is None:
        with pytest.raises(SignInRequired):
            do(recorded_tools, None, said)
        return
    if not may(asking, act):
        with pytest.raises(NotAllowed):
            do(recorded_tools, asking, said)
        assert now_kept(recorded_tools, said) == said
        assert log(recorded_tools) == []
        return
    try:
        do(recorded_tools, asking, said)
    except NotFound:
        assert name in ("judge", "drop_rule", "appeal"), "what is to be acted on is not there in this test"


def test_the_command_line_may_do_it_too(recorded_tools: Tools, said: Comment) -> None:
    moderation.decide(recorded_tools, OPERATOR, [said.id, CommentId(7)], Decision.REMOVE, SPAM)
    assert log(recorded_tools) == [("the command line", ModAct.REMOVED, "spam")]
    with recorded_tools.database.read() as view:
        assert kept.get(view, said.id).state is CommentState.REMOVED  # type: ignore[union-attr]


def test_unknown_place(recorded_tools: Tools, people: dict[str, Person], article: Article) -> None:
    assert under_article(article.id).key == f"article/{article.id}"
    for place, seconds in (("word/x", 5), ("site", -1), ("site", 99_999)):
        with pytest.raises(InputError):
            moderation.slow(recorded_tools, people["eve"], place, seconds)
