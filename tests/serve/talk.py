"""Saying things on the site of the tests, and reading what its pages show of them."""

from typing import Any

from selectolax.lexbor import LexborHTMLParser

from octavo.domain.ids import CommentId
from octavo.serve import links
from octavo.text.slugs import read_short_id, short_id

from .conftest import Reader, Visitor

OPEN: dict[str, Any] = {
    "accounts": {"sign_up": "open", "password_memory_kib": 7_168},
    "comments": {"new_in_ten_minutes": 1_000},
}
"""Anybody may make an account, and new ones may say a lot."""


def page_of(site: Reader, name: str = "ledger") -> str:
    headline = {"ledger": "Tide ledger found in drowned archive", "second": "Drowned archive gives up its tide ledger"}
    return links.article("en-gb", site.ids[name], headline[name])


def story_of(site: Reader) -> str:
    return site.get(f"/en-gb/story/{short_id(site.story)}").headers["location"]


def tree(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text)


def said(text: str) -> list[str]:
    """The words of all comments a page shows, in its order."""
    return [one.text().strip() for one in tree(text).css(".remark-words")]


def posted(answer: Any) -> CommentId:
    assert answer.status_code == 303, answer.text
    number = read_short_id(answer.headers["location"].partition("#c-")[2])
    assert number
    return CommentId(number)


def say(who: Visitor, page: str, text: str, **fields: str) -> CommentId:
    """Post a comment with the form on a page."""
    return posted(who.post(f"{page}/comments", {"text": text, "back": page.removeprefix("/en-gb/"), **fields}))


def answer(who: Visitor, to: CommentId, text: str) -> CommentId:
    return posted(who.post(f"{links.comment('en-gb', to)}/reply", {"text": text}))
