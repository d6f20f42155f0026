"""Tables: hashtag_rules; and what readers see of hashtags, as an editor's rules let them be seen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, desc, func, select, union_all

from octavo.domain.enrichment import Hashtag
from octavo.domain.hashtag import Day, HashtagRule, HashtagRules, HashtagUse
from octavo.domain.ids import TIE_BITS, ArticleId, first_article_id
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks, upsert
from octavo.store.tables import article_hashtags, articles, hashtag_rules

SAMPLE = 400
"""Newest articles of a hashtag that its label and the tags beside it are counted in."""

_RULES = select(hashtag_rules.c.tag, hashtag_rules.c.into, hashtag_rules.c.muted)
_TAGS = (
    select(article_hashtags.c.article_id, article_hashtags.c.tag)
    .where(any_of(article_hashtags.c.article_id))
    .order_by(article_hashtags.c.article_id, desc(article_hashtags.c.score), article_hashtags.c.tag)
)
_CARRIED = (
    select(*article_hashtags.c, articles.c.language)
    .select_from(article_hashtags.join(articles, articles.c.id == article_hashtags.c.article_id))
    .where(any_of(article_hashtags.c.article_id))
)

_TOGETHER = 8
"""Tags whose labels one statement counts."""

_WEEK = 7
_LEAST = 2
"""Articles of the last day from which a hashtag may be rising."""


def rules(read: Read) -> HashtagRules:
    """Give every rule; there are few."""
    found = read.execute(_RULES).all()
    return HashtagRules({row.tag: row.into for row in found if row.into}, frozenset(r.tag for r in found if r.muted))


def all_rules(read: Read) -> list[HashtagRule]:
    """Give every rule with its note, latest first."""
    query = select(hashtag_rules).order_by(desc(hashtag_rules.c.made_at), hashtag_rules.c.tag)
    return [HashtagRule(row.tag, row.made_at, row.into, row.muted, row.note) for row in read.execute(query)]


def set_rule(tx: Transaction, rule: HashtagRule) -> None:
    """Keep a rule in place of any there was on that tag; tags folded into it before are folded where it is now."""
    row = {"tag": rule.tag, "into": rule.into, "muted": rule.muted, "note": rule.note, "made_at": rule.made_at}
    tx.execute(upsert(hashtag_rules, ["into", "muted", "note", "made_at"]), row)
    if rule.into:
        tx.execute(hashtag_rules.update().where(hashtag_rules.c.into == rule.tag).values(into=rule.into))


def drop_rule(tx: Transaction, tag: str) -> bool:
    """Take the rule on a tag back; says whether there was one."""
    return tx.execute(delete(hashtag_rules).where(hashtag_rules.c.tag == tag)).rowcount > 0


def article_ids(read: Read, tag: str, before: ArticleId | None, limit: int) -> list[ArticleId]:
    """List the newest articles under a hashtag and those folded into it."""
    query = select(article_hashtags.c.article_id).where(article_hashtags.c.tag.in_(rules(read).spellings(tag)))
    if before is not None:
        query = query.where(article_hashtags.c.article_id < before)
    newest = query.distinct().order_by(desc(article_hashtags.c.article_id)).limit(limit)
    return [ArticleId(one) for one in read.execute(newest).scalars()]


def beside(read: Read, tag: str, limit: int, language: str = "") -> list[Hashtag]:
    """List the hashtags met most often beside `tag` in its newest articles; `score` is the share of them."""
    known = rules(read)
    ids = article_ids(read, tag, None, SAMPLE)
    found = _carried(read, ids, known, language)
    found.pop(tag, None)
    return _ranked(read, found, len(ids), limit, language)


def common(
    read: Read, ids: Sequence[ArticleId], limit: int, language: str = "", known: HashtagRules | None = None
) -> list[Hashtag]:
    """List the hashtags these articles share, the commonest first; `score` is the share of the articles.

    `known` saves reading the rules.
    """
    known = rules(read) if known is None else known
    return _ranked(read, _carried(read, ids, known, language), len(ids), limit, language)


def label_and_count(read: Read, tag: str, language: str = "") -> tuple[str, int]:
    """Give how a hashtag is written most, in articles of a language where it has any, and how many carry it.

    ("", 0) for one that nothing carries.
    """
    spelt = rules(read).spellings(tag)
    label = labels(read, [tag], language).get(tag, "")
    if not label:
        return "", 0
    carry = select(func.count(article_hashtags.c.article_id.distinct())).where(article_hashtags.c.tag.in_(spelt))
    return label, int(read.execute(carry).scalar_one())


def labels(read: Read, tags: Iterable[str], language: str = "") -> dict[str, str]:
    """Give how each tag is written most in articles of a language; in any, where that language has none. In order."""
    wanted = list(dict.fromkeys(tags))
    found = _written(read, wanted, language) if language else {}
    found |= _written(read, [tag for tag in wanted if tag not in found], "")
    return {tag: found[tag] for tag in wanted if tag in found}


def _written(read: Read, tags: Sequence[str], language: str) -> dict[str, str]:
    """Give the commonest label of each tag among its newest articles, in one statement for some tags."""
    found: dict[str, str] = {}
    for some in chunks(tags, _TOGETHER):
        given = {f"tag{number}": tag for number, tag in enumerate(some)} | ({"language": language} if language else {})
        rows = read.execute(_labelled(len(some), bool(language)), given).all()
        for row in sorted(rows, key=lambda row: (-row.n, row.label)):
            found.setdefault(row.tag, row.label)
    return found


@lru_cache(maxsize=2 * _TOGETHER)
def _labelled(number: int, spoken: bool) -> Any:
    """Put together the statement that counts the labels of so many tags, in articles of one language or of any."""
    counted = [_counted(f"tag{one}", spoken) for one in range(number)]
    return union_all(*counted) if number > 1 else counted[0]


def _counted(name: str, spoken: bool) -> Select[tuple[str, str, int]]:
    of_tag = article_hashtags.join(articles, articles.c.id == article_hashtags.c.article_id)
    query = select(article_hashtags.c.tag, article_hashtags.c.label).select_from(of_tag)
    query = query.where(article_hashtags.c.tag == bindparam(name))
    query = query.where(articles.c.language == bindparam("language")) if spoken else query
    newest = query.order_by(desc(article_hashtags.c.article_id)).limit(SAMPLE).subquery()
    return select(newest.c.tag, newest.c.label, func.count().label("n")).group_by(newest.c.tag, newest.c.label)


def days(read: Read, tag: str, now: datetime, back: int) -> list[Day]:
    """Count a hashtag's articles on each of the last days, today's last, by the time they are ordered by."""
    first = (now - timedelta(days=back - 1)).date()
    since = first_article_id(int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()))
    query = (
        select(article_hashtags.c.article_id)
        .where(article_hashtags.c.tag.in_(rules(read).spellings(tag)), article_hashtags.c.article_id >= since)
        .distinct()
    )
    counts = Counter(_day(one) for one in read.execute(query).scalars())
    return [Day(day, counts[day]) for day in (first + timedelta(days=number) for number in range(back))]


def rising(read: Read, now: datetime, limit: int, language: str = "") -> list[HashtagUse]:
    """List the hashtags used most in the last 24 hours against a usual day of the week before, most risen first."""
    known = rules(read)
    since = _first(now - timedelta(days=1))
    last = _used(read, known, since, _first(now) + (1 << TIE_BITS))
    before = _used(read, known, _first(now - timedelta(days=1 + _WEEK)), since)
    found = [(tag, count, before[tag] / _WEEK) for tag, count in last.items() if count >= _LEAST]
    found.sort(key=lambda one: (-one[1] / (1.0 + one[2]) ** 0.5, one[0]))
    shown = labels(read, [tag for tag, _, _ in found[:limit]], language)
    return [HashtagUse(tag, shown.get(tag, tag), count, usual) for tag, count, usual in found[:limit]]


def _used(read: Read, known: HashtagRules, since: ArticleId, until: int) -> Counter[str]:
    within = (article_hashtags.c.article_id >= since) & (article_hashtags.c.article_id < until)
    query = select(article_hashtags.c.tag, func.count().label("n")).where(within).group_by(article_hashtags.c.tag)
    used: Counter[str] = Counter()
    for row in read.execute(query):
        if not known.hidden(row.tag):
            used[known.canonical(row.tag)] += row.n
    return used


@dataclass(slots=True)
class _Carried:
    """The articles under one tag, its best score among them, and how they write it."""

    ids: set[int] = field(default_factory=set)
    best: float = 0.0
    own: Counter[str] = field(default_factory=Counter)
    """Labels in articles of the reader's language."""


def _carried(read: Read, ids: Sequence[ArticleId], known: HashtagRules, language: str) -> dict[str, _Carried]:
    found: dict[str, _Carried] = {}
    for some in chunks(ids):
        for row in read.execute(_CARRIED, {"ids": some}):
            if known.hidden(row.tag):
                continue
            held = found.setdefault(known.canonical(row.tag), _Carried())
            held.ids.add(row.article_id)
            held.best = max(held.best, row.score)
            if row.tag not in known.into and row.language == language:
                held.own[row.label] += 1
    return found


def _ranked(read: Read, found: dict[str, _Carried], of: int, limit: int, language: str) -> list[Hashtag]:
    order = sorted(found, key=lambda tag: (-len(found[tag].ids), -found[tag].best, tag))[:limit]
    shown = {tag: found[tag].own.most_common(1)[0][0] for tag in order if found[tag].own}
    shown |= labels(read, [tag for tag in order if tag not in shown], language)
    return [Hashtag(tag, shown.get(tag, tag), len(found[tag].ids) / max(1, of)) for tag in order]


def _first(moment: datetime) -> ArticleId:
    return first_article_id(int(moment.timestamp()))


def _day(article_id: int) -> date:
    return datetime.fromtimestamp(article_id >> TIE_BITS, UTC).date()


def of_articles(
    read: Read, ids: Sequence[ArticleId], known: HashtagRules | None = None
) -> dict[ArticleId, tuple[str, ...]]:
    """Give the hashtags each of these articles is shown under, most fitting first; `known` saves reading the rules."""
    known = rules(read) if known is None else known
    found: dict[ArticleId, dict[str, None]] = {}
    for some in chunks(dict.fromkeys(ids)):
        for row in read.execute(_TAGS, {"ids": some}):
            if not known.hidden(row.tag):
                found.setdefault(ArticleId(row.article_id), {})[known.canonical(row.tag)] = None
    return {one: tuple(tags) for one, tags in found.items()}
