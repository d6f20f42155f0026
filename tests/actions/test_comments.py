"""Saying something, editing it, deleting it, voting, watching, closing: who may, and what it leaves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from octavo.accounts.permissions import Act
from octavo.actions import comments, discussion, leaving
from octavo.actions.comments import Draft
from octavo.config import CommentSettings
from octavo.domain.account import Account, Person, Role, Scope, Standing
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.comment import Cause, Comment, CommentState, under_article, under_story
from octavo.domain.ids import AccountId, ArticleId, CommentId, PublisherId, StoryId
from octavo.domain.publisher import Publisher
from octavo.domain.story import Placement
from octavo.errors import Conflict, InputError, NotAllowed, NotFound, SignInRequired, SlowDown
from octavo.ports.tools import Tools
from octavo.store import accounts, articles, notifications, publishers, stories, votes, watches
from octavo.store import audit as audit_store
from octavo.store import comments as comment_store
from octavo.store import discussion as kept

PAPER = PublisherId("paper.example")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def article(recorded_tools: Tools) -> Article:
    """The only article."""
    with recorded_tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PAPER, "The Paper", hosts=(PAPER,))])
        made = Article(
            ArticleId(0),
            "https://paper.example/ferry",
            PAPER,
            "Ferry is late",
            "en",
            recorded_tools.now(),
            (Block(BlockKind.PARAGRAPH, "The ferry was two hours late."),),
            published_at=recorded_tools.now(),
        )
        return articles.save(tx, [made])[0]


@pytest.fixture
def people(recorded_tools: Tools) -> dict[str, Person]:
    """An editor and three readers, one of limited standing."""
    given = {"Eve": (Role.EDITOR, Standing.GOOD), "Ada": (Role.READER, Standing.GOOD)}
    given |= {"Bo": (Role.READER, Standing.GOOD), "Lim": (Role.READER, Standing.LIMITED)}
    found = {}
    with recorded_tools.database.transaction() as tx:
        for name, (role, standing) in given.items():
            made = accounts.add(tx, Account(AccountId(0), name, role, recorded_tools.now(), standing), "")
            found[name.lower()] = Person(made)
    return found


def with_settings(tools: Tools, **given: Any) -> Tools:
    settings = tools.settings.model_copy(update={"comments": CommentSettings(**given)})
    return replace(tools, settings=settings)


def on(article: Article, text: str = "Well.", **given: Any) -> Draft:
    return Draft(text, under_article(article.id), **given)


def now_kept(tools: Tools, one: Comment) -> Comment:
    with tools.database.read() as view:
        found = kept.get(view, one.id)
    assert found
    return found


def test_a_comment_is_there_once_it_was_posted(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    said = comments.post(recorded_tools, people["ada"], on(article, " Two *hours*? ", quote="two hours\nlate"))
    assert (said.text, said.quote, said.name) == ("Two *hours*?", "two hours late", "Ada")
    assert (said.posted_at, said.state) == (recorded_tools.now(), CommentState.LIVE)
    assert now_kept(recorded_tools, said) == said


def test_the_same_sending_is_done_once_even_when_more_would_be_too_often(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    tools = with_settings(recorded_tools, a_minute=1)
    one = comments.post(tools, people["ada"], on(article, client_key="k"))
    assert comments.post(tools, people["ada"], on(article, "Other words", client_key="k")) == one
    with pytest.raises(SlowDown):
        comments.post(tools, people["ada"], on(article, client_key="l"))
    comments.post(tools, people["bo"], on(article, client_key="k"))


def test_an_answer_stands_where_what_it_answers_stands(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    one = comments.post(recorded_tools, people["ada"], on(article))
    two = comments.post(recorded_tools, people["bo"], Draft("No.", under_story(StoryId(5)), parent_id=one.id))
    assert (two.thread_id, two.parent_id, two.path) == (one.thread_id, one.id, (one.id,))
    assert now_kept(recorded_tools, one).descendants == 1
    comments.delete(recorded_tools, people["ada"], one.id)
    with pytest.raises(NotAllowed, match="no longer there"):
        comments.post(recorded_tools, people["bo"], Draft("No.", parent_id=one.id))
    with pytest.raises(NotFound):
        comments.post(recorded_tools, people["bo"], Draft("No.", parent_id=CommentId(7)))


def test_what_is_said_about_a_story_follows_it(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    with recorded_tools.database.transaction() as tx:
        story = stories.place(tx, Placement(article.id, None, 1.0), recorded_tools.now())
    said = comments.post(recorded_tools, people["ada"], Draft("Well.", under_story(story)))
    with recorded_tools.database.read() as view:
        assert comments.venue_of(view, said.thread_id) == under_story(story)
    for draft in (Draft("Well.", under_story(StoryId(9))), Draft("Well.", under_article(ArticleId(9)))):
        with pytest.raises(NotFound):
            comments.post(recorded_tools, people["ada"], draft)
    with pytest.raises(InputError):
        comments.post(recorded_tools, people["ada"], Draft("Well."))


@pytest.mark.parametrize(
    "draft",
    [
        {"text": " "},
        {"text": "x" * 5_001},
        {"quote": "three hours late"},
        {"quote": "x" * 601},
        {"client_key": "x" * 201},
    ],
)
def test_what_cannot_be_taken_is_refused(
    recorded_tools: Tools, article: Article, people: dict[str, Person], draft: dict[str, Any]
) -> None:
    with pytest.raises(InputError):
        comments.post(recorded_tools, people["ada"], replace(on(article), **draft))


def test_nobody_quotes_an_article_under_a_story(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    with recorded_tools.database.transaction() as tx:
        story = stories.place(tx, Placement(article.id, None, 1.0), recorded_tools.now())
    with pytest.raises(InputError, match="from an article"):
        comments.post(recorded_tools, people["ada"], Draft("Well.", under_story(story), quote="two hours late"))


def test_what_a_limited_account_says_waits(recorded_tools: Tools, article: Article, people: dict[str, Person]) -> None:
    said = comments.post(recorded_tools, people["lim"], on(article, "@Ada look"))
    assert said.state is CommentState.HELD
    with recorded_tools.database.read() as view:
        thread = kept.thread_of(view, under_article(article.id))
        assert thread
        assert thread.comments == 0
        assert comments.to_tell(view, said) == {}


def test_an_edit_keeps_what_was_said_before_and_a_second_window_is_told(
    recorded_tools: Tools, article: Article, people: dict[str, Person], moments: list[datetime]
) -> None:
    said = comments.post(recorded_tools, people["ada"], on(article, "One", quote="The ferry"))
    moments.append(moments[-1] + 14 * MINUTE)
    edited = comments.edit(recorded_tools, people["ada"], said.id, "Two", 0)
    assert (edited.text, edited.quote, edited.edits, edited.edited_at) == ("Two", "The ferry", 1, moments[-1])
    with recorded_tools.database.read() as view:
        assert [one.text for one in kept.wordings(view, said.id)] == ["One"]
    with pytest.raises(Conflict):
        comments.edit(recorded_tools, people["ada"], said.id, "Three", 0)
    moments.append(moments[-1] + MINUTE)
    assert comments.edit(recorded_tools, people["ada"], said.id, "Two", 0) == edited
    with pytest.raises(NotAllowed, match="15 minutes"):
        comments.edit(recorded_tools, people["ada"], said.id, "Three", 1)
    assert now_kept(recorded_tools, said).text == "Two"


def test_a_comment_is_deleted_with_its_words_and_stays_deleted(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    said = comments.post(recorded_tools, people["ada"], on(article))
    gone = comments.delete(recorded_tools, people["ada"], said.id)
    assert (gone.state, gone.text) == (CommentState.DELETED, "")
    assert comments.delete(recorded_tools, people["ada"], said.id) == gone
    with pytest.raises(NotAllowed):
        comments.edit(recorded_tools, people["ada"], said.id, "Back", 0)


def test_what_moderators_removed_is_not_deleted(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    said = comments.post(recorded_tools, people["ada"], on(article))
    with recorded_tools.database.transaction() as tx:
        comment_store.set_state(tx, [said.id], CommentState.REMOVED)
    with pytest.raises(NotAllowed, match="appeal"):
        comments.delete(recorded_tools, people["ada"], said.id)
    assert now_kept(recorded_tools, said).text == "Well."


def test_a_vote_counts_once_changes_and_is_never_ones_own(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    said = comments.post(recorded_tools, people["ada"], on(article))
    for value, expected in ((1, (1, 0)), (1, (1, 0)), (-1, (0, 1)), (0, (0, 0))):
        found = discussion.vote(recorded_tools, people["bo"], said.id, value)  # type: ignore[arg-type]
        assert (found.ups, found.downs) == expected
    with pytest.raises(NotAllowed, match="themselves"):
        discussion.vote(recorded_tools, people["ada"], said.id, 1)
    comments.delete(recorded_tools, people["ada"], said.id)
    with pytest.raises(NotFound):
        discussion.vote(recorded_tools, people["bo"], said.id, 1)


def test_only_so_many_votes_an_hour(
    recorded_tools: Tools, article: Article, people: dict[str, Person], moments: list[datetime]
) -> None:
    tools = with_settings(recorded_tools, votes_an_hour=1)
    one, two = (comments.post(tools, people["ada"], on(article, str(n))) for n in range(2))
    discussion.vote(tools, people["bo"], one.id, 1)
    with pytest.raises(SlowDown):
        discussion.vote(tools, people["bo"], two.id, 1)
    moments.append(moments[-1] + 61 * MINUTE)
    discussion.vote(tools, people["bo"], two.id, 1)


def test_who_is_told_of_a_comment(recorded_tools: Tools, article: Article, people: dict[str, Person]) -> None:
    for name in ("eve", "bo"):
        discussion.watch(recorded_tools, people[name], under_article(article.id), on=True)
    one = comments.post(recorded_tools, people["ada"], on(article))
    two = comments.post(recorded_tools, people["bo"], Draft("@eve, @bo, @nobody: no.", parent_id=one.id))
    with recorded_tools.database.read() as view:
        assert comments.to_tell(view, one) == {people["eve"].id: Cause.WATCHED, people["bo"].id: Cause.WATCHED}
        assert comments.to_tell(view, two) == {people["ada"].id: Cause.REPLY, people["eve"].id: Cause.MENTION}
    discussion.watch(recorded_tools, people["bo"], under_article(article.id), on=False)
    with recorded_tools.database.read() as view:
        assert watches.watchers(view, one.thread_id, 9) == [people["eve"].id]
    with pytest.raises(NotFound):
        discussion.watch(recorded_tools, people["bo"], under_article(ArticleId(9)), on=True)


@pytest.mark.parametrize("key", ["edition/EN-GB", f"publisher/{PAPER}", "article"])
def test_where_it_is_closed_nobody_comments(
    recorded_tools: Tools, article: Article, people: dict[str, Person], key: str
) -> None:
    where = f"article/{article.id}" if key == "article" else key
    one = comments.post(recorded_tools, people["ada"], on(article, edition="en-gb"))
    discussion.close(recorded_tools, people["eve"], where, " Too  heated ")
    with pytest.raises(NotAllowed, match="closed"):
        comments.post(recorded_tools, people["ada"], on(article, edition="en-gb"))
    with pytest.raises(NotAllowed, match="closed"):
        comments.post(recorded_tools, people["bo"], Draft("No.", parent_id=one.id, edition="en-gb"))
    (closing,) = discussion.closed_places(recorded_tools)
    assert (closing.note, closing.account_id) == ("Too heated", people["eve"].id)
    discussion.reopen(recorded_tools, people["eve"], where)
    comments.post(recorded_tools, people["ada"], on(article, edition="en-gb"))
    with pytest.raises(NotFound):
        discussion.reopen(recorded_tools, people["eve"], where)
    with recorded_tools.database.read() as view:
        assert [one.act for one in audit_store.newest(view, 5)] == ["comments opened", "comments closed"]


def test_an_edition_that_is_closed_leaves_others_open(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    discussion.close(recorded_tools, people["eve"], "edition/en-gb")
    said = comments.post(recorded_tools, people["ada"], on(article, edition="en-ie"))
    assert now_kept(recorded_tools, said).live
    with pytest.raises(NotAllowed, match="closed"):
        comments.post(recorded_tools, people["ada"], on(article, "And more.", edition="en-gb"))


@pytest.mark.parametrize("key", ["", "edition/", "hashtag/x", "article", "edition/" + "x" * 300])
def test_what_can_be_closed(recorded_tools: Tools, people: dict[str, Person], key: str) -> None:
    with pytest.raises(InputError):
        discussion.close(recorded_tools, people["eve"], key)
    with pytest.raises(InputError):
        discussion.reopen(recorded_tools, people["eve"], key)


def test_an_instance_without_comments(recorded_tools: Tools, article: Article, people: dict[str, Person]) -> None:
    with pytest.raises(NotAllowed, match="closed"):
        comments.post(with_settings(recorded_tools, open=False), people["ada"], on(article))


def told_of(tools: Tools, who: Person) -> list[str]:
    with tools.database.read() as view:
        return [one["why"] for one in notifications.export(view, who.id)]


def test_an_edit_tells_whom_it_names_anew_and_nobody_twice(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    ada, bo, eve = people["ada"], people["bo"], people["eve"]
    said = comments.post(recorded_tools, ada, on(article, "Well, @Bo?"))
    assert told_of(recorded_tools, bo) == ["mention"]
    comments.edit(recorded_tools, ada, said.id, "Well, @Bo and @Eve?", 0)
    comments.edit(recorded_tools, ada, said.id, "Well?", 1)
    comments.edit(recorded_tools, ada, said.id, "Well, @Eve, @Bo, @Ada?", 2)
    assert (told_of(recorded_tools, bo), told_of(recorded_tools, eve)) == (["mention"], ["mention"])
    assert told_of(recorded_tools, ada) == []


def test_all_wordings_together_call_so_many_at_most(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    ada, bo = people["ada"], people["bo"]
    said = comments.post(recorded_tools, ada, on(article, " ".join(f"@n{number}" for number in range(10))))
    comments.edit(recorded_tools, ada, said.id, "@Bo, look", 0)
    assert told_of(recorded_tools, bo) == []


def test_an_account_leaves_nothing_of_its_own(
    recorded_tools: Tools, article: Article, people: dict[str, Person]
) -> None:
    ada, bo = people["ada"], people["bo"]
    mine = comments.post(recorded_tools, ada, on(article, "Mine"))
    theirs = comments.post(recorded_tools, bo, Draft("Theirs", parent_id=mine.id))
    discussion.vote(recorded_tools, ada, theirs.id, 1)
    discussion.watch(recorded_tools, ada, under_article(article.id), on=True)
    with recorded_tools.database.read() as view:
        taken = {name: len(give(view, ada.id)) for name, give in leaving.EXPORTS.items()}
    assert (taken["comments"], taken["votes"], taken["watched_discussions"]) == (1, 1, 1)
    with recorded_tools.database.transaction() as tx:
        discussion.forget_account(tx, ada.id)
        accounts.remove(tx, ada.id)
    gone = now_kept(recorded_tools, mine)
    assert (gone.text, gone.name, gone.account_id, gone.state) == ("", "", None, CommentState.DELETED)
    assert now_kept(recorded_tools, theirs).ups == 0
    with recorded_tools.database.read() as view:
        assert votes.of(view, ada.id, [theirs.id]) == {}


ACTS: dict[str, tuple[Act, Callable[[Tools, Person | None, Comment], object]]] = {
    "post": (Act.COMMENT, lambda tools, who, said: comments.post(tools, who, Draft("No.", parent_id=said.id))),
    "edit": (Act.COMMENT, lambda tools, who, said: comments.edit(tools, who, said.id, "Other", 0)),
    "delete": (Act.COMMENT, lambda tools, who, said: comments.delete(tools, who, said.id)),
    "vote": (Act.VOTE, lambda tools, who, said: discussion.vote(tools, who, said.id, 1)),
    "watch": (
        Act.COMMENT,
        lambda tools, who, said: discussion.watch(tools, who, under_article(ArticleId(1)), on=True),
    ),
    "close": (Act.EDIT_RULES, lambda tools, who, said: discussion.close(tools, who, "edition/en-gb")),
    "reopen": (Act.EDIT_RULES, lambda tools, who, said: discussion.reopen(tools, who, "edition/en-gb")),
}


@pytest.mark.parametrize("name", ACTS)
def test_nobody_does_what_they_may_not(
    recorded_tools: Tools, article: Article, people: dict[str, Person], name: str
) -> None:
    said = comments.post(recorded_tools, people["ada"], on(article))
    act, do = ACTS[name]
    with pytest.raises(SignInRequired):
        do(recorded_tools, None, said)
    banned = Person(replace(people["ada"].account, standing=Standing.BANNED))
    reading = replace(people["ada"], scopes=frozenset({Scope.READ}))
    for who in (banned, reading, *([people["lim"]] if act is Act.VOTE else [])):
        with pytest.raises(NotAllowed):
            do(recorded_tools, who, said)
    if act is Act.EDIT_RULES:
        with pytest.raises(NotAllowed):
            do(recorded_tools, people["ada"], said)
    assert now_kept(recorded_tools, said) == said


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_nobody_changes_what_somebody_else_said(
    recorded_tools: Tools, article: Article, people: dict[str, Person], name: str
) -> None:
    said = comments.post(recorded_tools, people["ada"], on(article))
    for who in ("bo", "eve"):
        with pytest.raises(NotAllowed, match="somebody else"):
            ACTS[name][1](recorded_tools, people[who], said)
    with pytest.raises(NotFound):
        ACTS[name][1](recorded_tools, people["bo"], replace(said, id=CommentId(7)))
