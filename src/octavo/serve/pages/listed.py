"""Lists of articles described for programs: the list, and the way to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from octavo.domain.article import ArticleCard
from octavo.serve import links
from octavo.serve.pages.described import breadcrumbs, list_description
from octavo.serve.visit import Visit


def described_list(visit: Visit, name: str, path: str, cards: Sequence[ArticleCard]) -> tuple[Mapping[str, Any], ...]:
    """Describe a page that lists articles, one step below the front page."""
    front = (visit.plan.title, links.front(visit.plan.key))
    return list_description(visit.here, name, path, cards), breadcrumbs(visit.here, [front, (name, path)])
