"""A brief beside the articles as they are now: a statement stands only as long as the passages it rests on do."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from octavo.domain.brief import Brief, Citation, Statement
from octavo.domain.ids import ArticleId
from octavo.domain.telling import Telling
from octavo.text.versions import version_of


def recheck(brief: Brief, tellings: Iterable[Telling]) -> Brief:
    """Leave out the statements of which a passage is gone; passages that moved are found where they stand now.

    An article that is not among the `tellings` is gone with all its passages.
    """
    now = {one.id: (one, version_of(one.wording)) for one in tellings}
    kept = tuple(made for one in brief.statements if (made := _standing(one, now)) is not None)
    return replace(brief, statements=kept)


def _standing(statement: Statement, now: Mapping[ArticleId, tuple[Telling, str]]) -> Statement | None:
    found = [_found(one, now) for one in statement.citations]
    there = tuple(one for one in found if one is not None)
    return replace(statement, citations=there) if there and len(there) == len(found) else None


def _found(citation: Citation, now: Mapping[ArticleId, tuple[Telling, str]]) -> Citation | None:
    passage = citation.passage
    if passage.article_id not in now:
        return None
    telling, version = now[passage.article_id]
    if version == citation.version:
        return citation
    parts = telling.parts
    for part in sorted(parts, key=lambda one: (abs(one - passage.part), one)):
        start = telling.part(part).find(passage.text)
        if start >= 0:
            moved = replace(passage, part=part, start=start, end=start + len(passage.text))
            return Citation(moved, version)
    return None
