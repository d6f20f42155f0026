"""What the forms of keeping do: follow and mute, save, highlight, remember, lists, settings."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from octavo.actions import bookmarks, follows, highlights, lists, preferences, reading, searches
from octavo.actions.highlights import Selected
from octavo.domain.follow import Follow, FollowKind, Quote
from octavo.domain.ids import ArticleId, HighlightId, ListId, SearchId
from octavo.errors import InputError, NotFound
from octavo.serve import followed
from octavo.serve.forms import Form, Post
from octavo.serve.pages import following, keptlists
from octavo.serve.pages import keep as page
from octavo.serve.shownwords import shown_of
from octavo.serve.site import Site
from octavo.store import articles
from octavo.text.slugs import read_short_id

_DIGITS = 15
_MOST_BROUGHT = 5_000
_LONGEST_BACK = 600


def posts(site: Site) -> list[Post]:
    """List the forms of keeping."""
    own = "/{edition}/keep"
    return [
        Post(f"{own}/follow", _follow),
        Post(f"{own}/taste", _weigh),
        Post(f"{own}/search", _search),
        Post(f"{own}/list", _take_up, following.load),
        Post(f"{own}/save", _save),
        Post(f"{own}/highlight", _highlight, page.load_again),
        Post(f"{own}/highlight/{{number}}", _note),
        Post(f"{own}/read", _read),
        Post(f"{own}/history", _history),
        Post(f"{own}/ranking", _forget_ranking),
        Post(f"{own}/feeds", _feeds),
        Post(f"{own}/settings", _settings),
        Post(f"{own}/bring", _bring),
        Post(f"{own}/lists", _make_list, keptlists.load_all),
        Post(f"{own}/lists/{{number}}", _change_list),
    ]


def _follow(form: Form) -> str:
    tools, who, kind, key = form.site.tools, form.person, form.get("kind"), form.get("key")
    match form.get("act"):
        case "follow":
            follows.follow(tools, who, kind, key, form.get("name"))
        case "mute":
            follows.mute(tools, who, kind, key, form.get("name"))
        case "leave":
            follows.leave(tools, who, kind, key)
        case _:
            raise InputError("follow it, mute it, or leave it")
    return form.back("following")


def _search(form: Form) -> str:
    tools, who = form.site.tools, form.person
    match form.get("act"):
        case "save":
            searches.save(tools, who, form.get("query"))
        case "remove":
            searches.remove(tools, who, SearchId(_number(form.get("number"))))
        case _:
            raise InputError("save it, or save it no longer")
    return form.back("following#searches")


def _take_up(form: Form) -> str:
    data = form.files.get("list", b"")
    if not data:
        raise InputError("choose a file first")
    followed.bring(form.site.tools, form.person, form.site.origin, data)
    return form.back("following")


def _weigh(form: Form) -> str:
    steps = {"more": 1, "less": -1, "forget": 0}
    if form.get("act") not in steps:
        raise InputError("say more or less, and of what")
    # A button of many says with its own value what it is about.
    kind, key, name = form.get("kind"), form.get("key"), form.get("name")
    follows.weigh(form.site.tools, form.person, kind, key, name, steps[form.get("act")])
    return form.back("for-you")


def _save(form: Form) -> str:
    act, _, number = form.get("act").partition(":")
    article = _article(number)
    if act == "save":
        bookmarks.save(form.site.tools, form.person, article)
    elif act == "unsave":
        bookmarks.remove(form.site.tools, form.person, [article])
    else:
        raise InputError("save it, or save it no longer")
    return form.back("saved")


def _highlight(form: Form) -> str:
    article = _article(form.get("article"))
    with form.site.tools.database.read() as view:
        whole = next(iter(articles.get_many(view, [article])), None)
        shown = shown_of(form.site, view, whole, form.now) if whole else None
    if whole is None or shown is None:
        raise NotFound("there is no such article")
    text = replace(whole, blocks=shown.blocks).text
    exact, start = form.get("exact"), _number(form.get("start"))
    if form.get("line"):
        lines = text.split("\n")
        at = _number(form.get("line"))
        if at >= len(lines):
            raise InputError("choose a paragraph of the article")
        # Words of a paragraph, or all of it.
        exact = exact.strip() or lines[at]
        start = sum(len(line) + 1 for line in lines[:at])
    quote_ = Quote(exact, form.get("prefix")[-200:], form.get("suffix")[:200], start)
    highlights.add(form.site.tools, form.person, Selected(article, text, quote_), form.get("note"))
    return form.back(f"keep/{form.get('article')}#highlights")


def _note(form: Form) -> str:
    number = HighlightId(_number(form.names["number"]))
    if form.get("act") == "remove":
        highlights.remove(form.site.tools, form.person, number)
    else:
        highlights.note(form.site.tools, form.person, number, form.get("note"))
    return form.back("highlights")


def _read(form: Form) -> str:
    reading.remember(form.site.tools, form.person, _article(form.get("article")))
    return form.back("history")


def _history(form: Form) -> str:
    tools, who = form.site.tools, form.person
    match form.get("act").partition(":"):
        case ("on" | "off" as state, _, _):
            reading.turn_history(tools, who, on=state == "on")
        case ("clear", _, _):
            reading.forget_all(tools, who)
        case ("forget", _, number):
            reading.forget(tools, who, [_article(number)])
        case _:
            raise InputError("turn the history on or off, or clear it")
    return form.back("history")


def _forget_ranking(form: Form) -> str:
    preferences.forget_ranking(form.site.tools, form.person)
    return form.back("for-you")


def _feeds(form: Form) -> str:
    preferences.set_edition_feeds(form.site.tools, form.person, on=form.get("act") == "on")
    return form.back("following")


def _settings(form: Form) -> str:
    preferences.set_shown(form.site.tools, form.person, _json(form.get("settings")))
    return form.back("settings")


def _bring(form: Form) -> str:
    saved, followed = _json(form.get("saved")), _json(form.get("follows"))
    paths = [one for one in saved if isinstance(one, str)] if isinstance(saved, list) else []
    ids = [found for one in paths[:_MOST_BROUGHT] if (found := _of_path(one)) is not None]
    named = [one for one in followed if isinstance(one, dict)] if isinstance(followed, list) else []
    wanted = [one for each in named[:_MOST_BROUGHT] if (one := _followed(each, form)) is not None]
    preferences.bring(form.site.tools, form.person, ids, wanted, _json(form.get("settings")))
    return form.back("saved")


def _followed(given: dict[Any, Any], form: Form) -> Follow | None:
    kind, key, name = given.get("kind"), given.get("key"), given.get("name")
    if not isinstance(kind, str) or not isinstance(key, str) or not isinstance(name, str) or kind not in _KINDS:
        return None
    whole = f"place/{key}" if kind == "place" and not key.startswith("place/") else key
    return Follow(_KINDS[kind], whole, name, form.now)


_KINDS = {"story": FollowKind.STORY, "hashtag": FollowKind.HASHTAG, "place": FollowKind.PLACE}
"""What a browser follows by itself: with notifications."""


def _make_list(form: Form) -> str:
    tools, who = form.site.tools, form.person
    number = lists.make(tools, who, form.get("name"), form.get("about"))
    if form.get("article"):
        lists.put_in(tools, who, number, _article(form.get("article")))
    return form.back(f"lists/{number}")


def _change_list(form: Form) -> str:
    tools, who, number = form.site.tools, form.person, ListId(_number(form.names["number"]))
    act, _, article = form.get("act").partition(":")
    acts: dict[str, Callable[[], object]] = {
        "describe": lambda: lists.describe(tools, who, number, form.get("name"), form.get("about")),
        "share": lambda: lists.share(tools, who, number),
        "withdraw": lambda: lists.withdraw(tools, who, number),
        "put": lambda: lists.put_in(tools, who, number, _article(article)),
        "take": lambda: lists.take_out(tools, who, number, _article(article)),
    }
    if act == "remove":
        lists.remove(tools, who, number)
        return form.back("lists")
    if act not in acts:
        raise InputError("say what to do with the list")
    acts[act]()
    return form.back(f"lists/{number}")


def _article(text: str) -> ArticleId:
    number = read_short_id(text)
    if number is None or number >= 2**62:
        raise NotFound("there is no such article")
    return ArticleId(number)


def _of_path(path: str) -> ArticleId | None:
    parts = unquote(urlsplit(path).path[:_LONGEST_BACK]).split("/")
    number = read_short_id(parts[3]) if len(parts) > 3 and parts[2] == "article" else None
    return ArticleId(number) if number is not None and number < 2**62 else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


def _json(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        raise InputError("this file holds no settings") from None
