"""An editor's word on hashtags: fold one into another, mute one, take either back; what was found stays."""

from octavo.accounts.permissions import Act, demand
from octavo.actions.audit import record, short_note
from octavo.domain.account import Person
from octavo.domain.hashtag import HashtagRule, HashtagUse
from octavo.errors import InputError, NotFound
from octavo.ports.tools import Tools
from octavo.store import hashtags as hashtag_store


def merge(tools: Tools, person: Person | None, tag: str, into: str, note: str = "") -> HashtagRule:
    """Show articles under `tag` as under `into`, those to come too. Raises NotFound, InputError."""
    who, said = demand(person, Act.EDIT_STORIES), short_note(note)
    tag, into = _bare(tag), _bare(into)
    with tools.database.transaction() as tx:
        rules = hashtag_store.rules(tx)
        target = rules.canonical(into)
        if target == tag:
            raise InputError(f"#{tag} cannot be folded into itself: #{into} is shown as #{target}")
        for one in (tag, target):
            if not hashtag_store.label_and_count(tx, one)[1]:
                raise NotFound(f"no article carries the hashtag #{one}")
        rule = HashtagRule(tag, tools.now(), into=target, note=said)
        hashtag_store.set_rule(tx, rule)
        record(tx, who, "hashtag merged", f"hashtag/{tag}", f"#{target}. {said}".strip(), rule.made_at)
    return rule


def mute(tools: Tools, person: Person | None, tag: str, note: str = "") -> HashtagRule:
    """Show a hashtag nowhere, and nothing that is folded into it. Raises InputError for an empty one."""
    who = demand(person, Act.EDIT_STORIES)
    rule = HashtagRule(_bare(tag), tools.now(), muted=True, note=short_note(note))
    with tools.database.transaction() as tx:
        hashtag_store.set_rule(tx, rule)
        record(tx, who, "hashtag muted", f"hashtag/{rule.tag}", rule.note, rule.made_at)
    return rule


def restore(tools: Tools, person: Person | None, tag: str) -> None:
    """Take back what was decided on a hashtag. Raises NotFound when nothing was."""
    who = demand(person, Act.EDIT_STORIES)
    with tools.database.transaction() as tx:
        if not hashtag_store.drop_rule(tx, _bare(tag)):
            raise NotFound(f"nothing was decided on #{_bare(tag)}: `octavo hashtags rules` lists what was")
        record(tx, who, "hashtag restored", f"hashtag/{_bare(tag)}", "", tools.now())


def rules(tools: Tools) -> list[HashtagRule]:
    """Give every rule, latest first."""
    with tools.database.read() as view:
        return hashtag_store.all_rules(view)


def rising(tools: Tools, limit: int) -> list[HashtagUse]:
    """Give the hashtags used most in the last 24 hours against a usual day, most risen first."""
    with tools.database.read() as view:
        return hashtag_store.rising(view, tools.now(), limit)


def _bare(tag: str) -> str:
    bare = tag.strip().lstrip("#")
    if not bare:
        raise InputError(f"{tag!r} is no hashtag")
    return bare
