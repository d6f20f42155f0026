"""What the forms of moderation do: report, decide, limit and ban, rules, appeals."""

from collections.abc import Callable
from functools import partial

from octavo.actions import discussion, moderation, reports
from octavo.actions.moderation import Because, Decision
from octavo.domain.account import Standing
from octavo.domain.ids import AccountId, CommentId
from octavo.domain.moderation import Does, Rule
from octavo.errors import InputError, NotFound
from octavo.serve.forms import Again, Form, Post, To
from octavo.serve.pages import moderation as pages
from octavo.serve.site import Site
from octavo.text.slugs import read_short_id

_AUTHORS = {"": None, "limit": Standing.LIMITED, "ban": Standing.BANNED}


def posts(site: Site) -> list[Post]:
    """List the forms of moderation."""
    base = "/{edition}/moderation"
    return [
        Post("/{edition}/comment/{comment}/report", _report, pages.load_report),
        Post("/{edition}/comment/{comment}/lock", partial(_lock, on=True)),
        Post("/{edition}/comment/{comment}/unlock", partial(_lock, on=False)),
        Post(f"{base}/queue", _decide, pages.load_queue),
        Post(f"{base}/queue/alike", _decide_alike, pages.load_queue),
        Post(f"{base}/appeals/{{number}}", _judge, pages.load_queue),
        Post(f"{base}/acts/{{number}}/appeal", _appeal, pages.load_mine),
        Post(f"{base}/account/{{account}}/standing", _stand, pages.load_member),
        Post(f"{base}/account/{{account}}/notes", _note, pages.load_member),
        Post(f"{base}/rules", _make_rule, pages.load_rules),
        Post(f"{base}/rules/{{number}}/drop", _drop_rule, pages.load_rules),
        Post(f"{base}/slow", _slow, pages.load_rules),
        Post(f"{base}/close", partial(_close, act=discussion.close), pages.load_rules),
        Post(f"{base}/reopen", partial(_close, act=discussion.reopen), pages.load_rules),
    ]


def _at(form: Form, rest: str) -> To:
    return To(f"/{form.names['edition']}/moderation/{rest}")


def _report(form: Form) -> Again:
    reports.report(form.site.tools, form.person, _comment(form), form.get("reason"), form.get("note"))
    return Again(partial(pages.load_report, done=True), data={"done": True})


def _lock(form: Form, *, on: bool) -> To:
    moderation.lock(form.site.tools, form.person, _comment(form), _because(form), on=on)
    return To(f"/{form.names['edition']}/comment/{form.names['comment']}")


def _decide(form: Form) -> To:
    ids = [CommentId(number) for one in form.all("comment") if (number := read_short_id(one)) is not None]
    if not ids:
        raise InputError("choose the comments first")
    moderation.decide(form.site.tools, form.person, ids, _decision(form), _because(form))
    return _at(form, "queue")


def _decide_alike(form: Form) -> To:
    why = form.get("why")
    if not why:
        raise InputError("choose the comments first")
    moderation.decide_alike(form.site.tools, form.person, why, _decision(form), _because(form))
    return _at(form, "queue")


def _judge(form: Form) -> To:
    number, upheld = form.number(form.names["number"]), form.get("upheld") == "yes"
    moderation.judge(form.site.tools, form.person, number, form.get("note"), upheld=upheld)
    return _at(form, "queue#appeals")


def _appeal(form: Form) -> To:
    reports.appeal(form.site.tools, form.person, form.number(form.names["number"]), form.get("text"))
    return _at(form, "mine")


def _stand(form: Form) -> To:
    account, standing = AccountId(form.number(form.names["account"])), form.get("standing")
    if standing not in tuple(Standing):
        raise InputError("choose what is to happen")
    moderation.stand(form.site.tools, form.person, account, Standing(standing), _because(form))
    return _at(form, f"account/{account}")


def _note(form: Form) -> To:
    account = AccountId(form.number(form.names["account"]))
    moderation.note(form.site.tools, form.person, account, form.get("text"))
    return _at(form, f"account/{account}")


def _make_rule(form: Form) -> To:
    does = form.get("does")
    if does not in tuple(Does):
        raise InputError("choose what is to happen")
    rule = Rule(form.get("kind"), form.get("pattern"), Does(does), form.get("note"))
    moderation.make_rule(form.site.tools, form.person, rule)
    return _at(form, "rules")


def _drop_rule(form: Form) -> To:
    moderation.drop_rule(form.site.tools, form.person, form.number(form.names["number"]), form.get("note"))
    return _at(form, "rules")


def _slow(form: Form) -> To:
    seconds = form.number(form.get("seconds") or "0")
    moderation.slow(form.site.tools, form.person, form.get("place").strip(), seconds, form.get("note"))
    return _at(form, "rules#slow")


def _close(form: Form, *, act: Callable[..., None]) -> To:
    act(form.site.tools, form.person, form.get("place"), form.get("note"))
    return _at(form, "rules#closed")


def _comment(form: Form) -> CommentId:
    number = read_short_id(form.names["comment"])
    if number is None:
        raise NotFound("this comment is no longer kept")
    return CommentId(number)


def _decision(form: Form) -> Decision:
    said = form.get("decision")
    if said not in tuple(Decision):
        raise InputError("choose what is to happen")
    return Decision(said)


def _because(form: Form) -> Because:
    authors = form.get("authors")
    if authors not in _AUTHORS:
        raise InputError("choose what is to happen")
    return Because(form.get("reason"), form.get("note"), _AUTHORS[authors], form.get("others") == "yes")
