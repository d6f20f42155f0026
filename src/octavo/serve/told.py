"""What is said to something asked: what a model wrote, where it still stands, else sentences chosen now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from octavo.actions.briefs import Wanted, prompt_name
from octavo.brief.rechecking import recheck
from octavo.brief.translated import VERSION as TRANSLATED
from octavo.domain.brief import Brief, BriefKind, KeptBrief
from octavo.domain.ids import ArticleId
from octavo.serve import features
from octavo.serve.choosing import choose
from octavo.serve.readable import Readable, for_models, readable, within_limits
from octavo.serve.subjects import Subject
from octavo.serve.visit import Visit
from octavo.store import briefs
from octavo.store.keys import key_of
from octavo.text.folding import fold
from octavo.text.versions import version_of

_TO_READER = frozenset({BriefKind.ANSWER, BriefKind.SIMPLER, BriefKind.TRANSLATION, BriefKind.EDITION})
"""What is written in the language of who asks; the rest is in that of the articles."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said: `brief`, with how it is kept, or would be when it is reported.

    `changed`: articles changed since it was written. `unsaid`: a model wrote, but the articles do not bear it out.
    `fresh`: a model has nothing to add. `read` are the articles it rests on and could rest on.
    """

    brief: Brief
    kept: KeptBrief
    read: Mapping[ArticleId, Readable]
    changed: bool = False
    withdrawn: bool = False
    unsaid: bool = False
    fresh: bool = True


def wanted(subject: Subject) -> Wanted:
    """Give what a model would be asked to write; publishers that keep machines from their texts are left out."""
    language = subject.asks_in if subject.kind in _TO_READER else subject.language
    question = subject.question
    if subject.since is not None:
        question = subject.since.isoformat(timespec="minutes")
    tellings = for_models(subject.read)
    if subject.kind is BriefKind.SIMPLER:
        language = subject.language
    return Wanted(subject.kind, tellings, language, question, subject.before)


def say(visit: Visit, subject: Subject) -> Saying:
    """Give what is said now."""
    asked = asked_key(subject)
    there = briefs.newest(visit.view, asked)
    now = choose(subject, visit.here.now, visit.site.tools.meaning.vectors)
    read = {one.telling.id: one for one in subject.read}
    if there is None or (there.brief.model and not writer_of(visit, subject)):
        own = KeptBrief(content_key(subject, ""), asked, subject.key, subject.asked, now)
        return Saying(now, own, read, fresh=not can_write(visit, subject))
    missing = [ArticleId(one) for one in there.brief.versions if ArticleId(one) not in read]
    read |= {one.telling.id: one for one in readable(visit, missing)}
    fresh = there.key == key_now(visit, subject) or not can_write(visit, subject)
    if there.withdrawn_at is not None:
        same = there.key == content_key(subject, "") or bool(there.brief.model)
        empty = now if there.brief.model else replace(now, statements=())
        return Saying(empty, there, read, withdrawn=same, fresh=fresh)
    if not there.brief.model:
        return Saying(now, replace(there, key=content_key(subject, ""), brief=now), read, fresh=fresh)
    standing = _standing(there.brief, read)
    if there.brief.silent or not standing.statements:
        return Saying(now, there, read, unsaid=there.brief.silent, fresh=fresh)
    return Saying(standing, there, read, changed=len(standing.statements) < len(there.brief.statements), fresh=fresh)


def _standing(brief: Brief, read: Mapping[ArticleId, Readable]) -> Brief:
    """Leave in a written brief what its articles still say and their publishers still allow."""
    checked = recheck(brief, [one.telling for one in read.values() if not one.barred])
    return within_limits(checked, read.values())


def can_write(visit: Visit, subject: Subject) -> bool:
    """Tell whether a model can be asked: there is one, and something it may read."""
    return bool(writer_of(visit, subject)) and any(not one.barred for one in subject.read)


def writer_of(visit: Visit, subject: Subject) -> str:
    """Name the model that writes this, or the translator; "" for none."""
    return features.writer_of(visit, subject.kind, subject.language)


def is_translated(visit: Visit, subject: Subject) -> bool:
    """Tell whether a translator, and no language model, makes this."""
    return subject.kind is BriefKind.TRANSLATION and bool(features.translator_of(visit, subject.language))


def asked_key(subject: Subject) -> bytes:
    """Name what is asked: feature, subject, language, question; spelled this way or that."""
    since = subject.since.isoformat(timespec="minutes") if subject.since else ""
    language = subject.asks_in if subject.kind in _TO_READER else ""
    questions = [" ".join(fold(one).split()) for one in (*subject.before, subject.question)]
    return key_of("\n".join([str(subject.kind), subject.key, language, since, *questions]))


def key_now(visit: Visit, subject: Subject) -> bytes:
    """Name what would be written now is made from."""
    return content_key(subject, writer_of(visit, subject), translated=is_translated(visit, subject))


def content_key(subject: Subject, model: str, *, translated: bool = False) -> bytes:
    """Name what an answer is made from: what is asked, the articles as they are, the model and the prompt."""
    versions = sorted(f"{one.telling.id}:{version_of(one.telling.wording)}" for one in subject.read)
    prompt = prompt_name(wanted(subject)) if model else ""
    if translated:
        prompt = TRANSLATED
    return key_of("\n".join([asked_key(subject).hex(), model, prompt, *versions]))
