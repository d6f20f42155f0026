"""What a publisher changed in an article since it was first read, as its page shows it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from octavo.domain.article import Article
from octavo.domain.edit import EditKind
from octavo.domain.revision import Revision
from octavo.relate.diffs import word_diff
from octavo.relate.edits import classify_edit
from octavo.serve.closely import Altered, Edited
from octavo.serve.visit import Visit

EDITS = 6
CHANGES = 8
"""Edits of an article that are shown, the newest; and passages of one edit."""

_SILENT = (EditKind.TYPO, EditKind.STYLE)
"""Kinds that change nothing a reader was told: counted, their words not shown."""


def edits(visit: Visit, article: Article, earlier: Sequence[Revision]) -> list[Edited]:
    """Give an article's edits, newest first; its wordings are compared two by two, in the order they were seen."""
    wordings: list[Revision | Article] = [*sorted(earlier, key=lambda one: one.number), article]
    found = []
    for before, after in list(pairwise(wordings))[-EDITS:]:
        note = article.correction if after is article else ""
        edit = classify_edit(before, after, language=article.language, correction=note)
        if edit:
            changed = [one for one in edit.changes if one.kind not in _SILENT][:CHANGES]
            altered = [
                Altered(str(one.kind), _label(visit, one.kind), _pieces(one.before, one.after)) for one in changed
            ]
            labels = tuple(_label(visit, kind) for kind in edit.kinds)
            found.append(Edited(_seen(after, article), tuple(map(str, edit.kinds)), labels, altered))
    return found[::-1]


def _seen(wording: Revision | Article, article: Article) -> datetime | None:
    """Tell when a wording was first seen; the present one's time is the publisher's word, if it gave any."""
    return wording.seen_at if isinstance(wording, Revision) else article.modified_at


def _pieces(before: str, after: str) -> tuple[tuple[str, str], ...]:
    return tuple((text, str(piece)) for text, piece in word_diff(before, after))


def _label(visit: Visit, kind: EditKind) -> str:
    return {
        EditKind.RETRACTED: visit.t("withdrawn"),
        EditKind.CORRECTION: visit.t("corrected"),
        EditKind.FIGURE: visit.t("number changed"),
        EditKind.SOFTENED: visit.t("softened"),
        EditKind.HARDENED: visit.t("made surer"),
        EditKind.DELETED: visit.t("passages removed"),
        EditKind.UPDATE: visit.t("updated"),
        EditKind.STYLE: visit.t("reworded"),
        EditKind.TYPO: visit.t("spelling"),
    }[kind]
