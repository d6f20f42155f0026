"""Moderation: the public log, what concerns a reader, and for moderators the queue, the rules and accounts."""

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from octavo.accounts.permissions import Act, demand, may
from octavo.actions.reports import APPEAL_FOR, APPEALABLE
from octavo.domain.account import Account, Standing
from octavo.domain.comment import Comment, CommentState
from octavo.domain.ids import AccountId, CommentId
from octavo.domain.moderation import Appeal, ModAct, ModerationAct, Reason, Waiting
from octavo.errors import NotFound
from octavo.serve.frame import Frame
from octavo.serve.moderated import Deed, Judged, MemberPage, ModerationPage, QueuePage, ReportPage, RulesPage
from octavo.serve.pages.account import back_of, role_name
from octavo.serve.visit import Visit
from octavo.store import accounts, closings, discussion, moderation, screening
from octavo.text.markdown import to_html
from octavo.text.slugs import read_short_id, short_id

PAGE = 50


def load_report(visit: Visit, *, done: bool = False) -> ReportPage:
    """Give the page on which a comment is reported. Raises SignInRequired, NotFound."""
    demand(visit.person, Act.REPORT)
    found = comment_at(visit)
    if not found.live and not done:
        raise NotFound("this comment is no longer there")
    return ReportPage(
        frame=_frame(visit, visit.t("Report a comment"), f"comment/{visit.names['comment']}/report"),
        problem=visit.problem,
        said=_judged(visit, found, Waiting(found.id, "")),
        reasons=reasons(visit),
        done=done,
        back=f"/{visit.plan.key}/{back_of(visit)}",
    )


def load_log(visit: Visit) -> ModerationPage:
    """Give the public log: what was done, by whom, why."""
    before = visit.query.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 18 else None
    acts = moderation.log(visit.view, PAGE + 1, number)
    older = f"/{visit.plan.key}/moderation?before={acts[PAGE - 1].id}" if len(acts) > PAGE else ""
    deeds = [_deed(visit, one) for one in acts[:PAGE]]
    title = visit.t("What moderators did")
    return ModerationPage(_frame(visit, title, "moderation"), visit.problem, mine=False, deeds=deeds, older=older)


def load_mine(visit: Visit) -> ModerationPage:
    """Give what was decided that concerns the reader, with a way to appeal. Raises SignInRequired."""
    who = demand(visit.person, Act.OWN_ACCOUNT)
    acts = [one for one in moderation.acts_on(visit.view, who.id, PAGE) if one.act is not ModAct.LIMITED]
    appeals = moderation.appeals_of(visit.view, who.id)
    deeds = [_deed(visit, one, appeals, own=True) for one in acts]
    title = visit.t("Decisions about what you said")
    return ModerationPage(_frame(visit, title, "moderation/mine"), visit.problem, mine=True, deeds=deeds, older="")


def load_queue(visit: Visit) -> QueuePage:
    """Give what waits for a moderator. Raises SignInRequired, NotAllowed."""
    who = demand(visit.person, Act.MODERATE)
    view, group = visit.view, visit.given.get("why") or visit.query.get("why", "")
    after = CommentId(read_short_id(visit.query.get("after", "")) or 0)
    if group:
        found = [Waiting(one, group) for one in moderation.held_alike(view, group, PAGE)]
    else:
        found = moderation.waiting(view, PAGE + 1, after)
    judged = {one.id: one for one in discussion.get_many(view, [one.comment_id for one in found])}
    shown = [_judged(visit, judged[one.comment_id], one) for one in found[:PAGE] if one.comment_id in judged]
    more = (
        f"/{visit.plan.key}/moderation/queue?after={short_id(found[PAGE - 1].comment_id)}" if len(found) > PAGE else ""
    )
    judges = may(who, Act.JUDGE_APPEALS)
    return QueuePage(
        frame=_frame(visit, visit.t("Waiting for a moderator"), "moderation/queue"),
        problem=visit.problem,
        count=moderation.count_waiting(view),
        groups=[(why, why_words(visit, why), n) for why, n in moderation.holds_by_reason(view)],
        group=group,
        waiting=shown,
        reasons=reasons(visit),
        appeals=_appeals(visit) if judges else [],
        judges=judges,
        more=more,
    )


def load_rules(visit: Visit) -> RulesPage:
    """Give the rules comments are held to. Raises SignInRequired, NotAllowed."""
    who = demand(visit.person, Act.MODERATE)
    return RulesPage(
        frame=_frame(visit, visit.t("Rules of the discussion"), "moderation/rules"),
        problem=visit.problem,
        rules=screening.rules(visit.view),
        slow=screening.slow_places(visit.view),
        closed=closings.listed(visit.view),
        edits=may(who, Act.EDIT_RULES),
    )


def load_member(visit: Visit) -> MemberPage:
    """Give an account as moderators see it. Raises SignInRequired, NotAllowed, NotFound."""
    demand(visit.person, Act.MODERATE)
    account = member(visit)
    said = discussion.posted(visit.view, account.id, PAGE)
    return MemberPage(
        frame=_frame(visit, account.name, f"moderation/account/{account.id}"),
        problem=visit.problem,
        account=account,
        role=role_name(visit, account.role),
        standing=standing_name(visit, account.standing),
        notes=moderation.notes_on(visit.view, account.id),
        deeds=[_deed(visit, one) for one in moderation.acts_on(visit.view, account.id, PAGE)],
        said=[_judged(visit, one, Waiting(one.id, "")) for one in said],
        reasons=reasons(visit),
    )


def comment_at(visit: Visit) -> Comment:
    """Give the comment an address names. Raises NotFound."""
    number = read_short_id(visit.names.get("comment", ""))
    found = discussion.get(visit.view, CommentId(number)) if number is not None and number < 2**62 else None
    if found is None:
        raise NotFound("this comment is no longer kept")
    return found


def member(visit: Visit) -> Account:
    """Give the account an address names. Raises NotFound."""
    said = visit.names.get("account", "")
    found = accounts.get(visit.view, AccountId(int(said))) if said.isdecimal() and len(said) < 18 else None
    if found is None:
        raise NotFound("there is no such account")
    return found


def reasons(visit: Visit) -> list[tuple[str, str]]:
    """List the reasons there are, in words."""
    return [(str(one), reason_words(visit, str(one))) for one in Reason]


def reason_words(visit: Visit, reason: str) -> str:
    """Say a reason in words; one that is no word of ours as it is."""
    known = {
        "spam": visit.t("Spam or advertising"),
        "abuse": visit.t("Insults or threatens somebody"),
        "hate": visit.t("Hate against a group"),
        "private": visit.t("Tells what is private"),
        "false": visit.t("States what is false"),
        "off_topic": visit.t("Has nothing to do with this"),
        "illegal": visit.t("Against the law"),
        "other": visit.t("Something else"),
    }
    return known.get(reason, reason)


def why_words(visit: Visit, why: str) -> str:
    """Say why a comment waits."""
    known = {
        "links": visit.t("Links, by a new account"),
        "repeated": visit.t("The same again and again, by new accounts"),
        "wave": visit.t("Very many comments by new accounts at once"),
        "reported": visit.t("Reported by several readers"),
        "learned": visit.t("Like comments that were removed here"),
        "model": visit.t("A language model thinks that moderators should look at it"),
        "limited": visit.t("Its account is limited"),
        "elsewhere": visit.t("It comes from another server"),
    }
    return known.get(why, why)


def standing_name(visit: Visit, standing: Standing) -> str:
    """Say how an account stands."""
    return {
        Standing.GOOD: visit.t("In good standing"),
        Standing.LIMITED: visit.t("Limited: only moderators see what it says"),
        Standing.BANNED: visit.t("Banned"),
    }[standing]


def _appeals(visit: Visit) -> list[tuple[Appeal, Deed, str]]:
    found = []
    names = partial(accounts.names, visit.view)
    for one in moderation.open_appeals(visit.view, PAGE):
        act = moderation.get_act(visit.view, one.act_id)
        if act is not None:
            found.append((one, _deed(visit, act), names([one.account_id]).get(one.account_id, "")))
    return found


def _deed(visit: Visit, act: ModerationAct, appeals: "dict[int, Appeal] | None" = None, *, own: bool = False) -> Deed:
    kind, _, name = act.subject.partition("/")
    path = f"/{visit.plan.key}/comment/{short_id(int(name))}" if kind == "comment" else ""
    appeal = (appeals or {}).get(act.id)
    late = visit.here.now - act.at > APPEAL_FOR
    return Deed(
        act=act,
        words=_words(visit, act),
        reason=why_words(visit, reason_words(visit, act.reason)),
        path=path,
        appeal=appeal,
        appealable=own and appeal is None and act.act in APPEALABLE and not late,
    )


def _words(visit: Visit, act: ModerationAct) -> str:
    name = act.subject.partition("/")[2]
    return {
        ModAct.HELD: visit.t("A comment waits for a moderator"),
        ModAct.REMOVED: visit.t("A comment was removed"),
        ModAct.RESTORED: visit.t("A comment was shown"),
        ModAct.LOCKED: visit.t("A comment takes no more answers"),
        ModAct.UNLOCKED: visit.t("A comment takes answers again"),
        ModAct.LIMITED: visit.t("An account was limited"),
        ModAct.BANNED: visit.t("An account was banned"),
        ModAct.PARDONED: visit.t("An account is in good standing again"),
        ModAct.RULE_MADE: visit.t("A new rule: {name}", name=name),
        ModAct.RULE_DROPPED: visit.t("A rule less: {name}", name=name),
        ModAct.SLOWED: visit.t("Slow mode: {name}", name=act.subject),
        ModAct.UPHELD: visit.t("An appeal was right: the decision was taken back"),
        ModAct.DENIED: visit.t("An appeal was turned down"),
    }[act.act]


def _judged(visit: Visit, comment: Comment, waiting: Waiting) -> Judged:
    seen = comment.state is not CommentState.DELETED
    author = f"/{visit.plan.key}/moderation/account/{comment.account_id}" if comment.account_id is not None else ""
    return Judged(
        comment=comment,
        html=Markup(to_html(comment.text if seen else "")),  # noqa: S704 - an allow-list has gone over it
        path=f"/{visit.plan.key}/comment/{short_id(comment.id)}",
        author=author,
        why=why_words(visit, waiting.why),
        reasons=_counted([reason_words(visit, one) for one in waiting.reasons]),
        notes=waiting.notes,
    )


def _counted(words: Sequence[str]) -> list[str]:
    return [f"{one} ×{words.count(one)}" if words.count(one) > 1 else one for one in dict.fromkeys(words)]


def _frame(visit: Visit, title: str, rest: str) -> Frame:
    return Frame(title=title, description=title, path=f"/{visit.plan.key}/{rest}", kind="moderation", index=False)
