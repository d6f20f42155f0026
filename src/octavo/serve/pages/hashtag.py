"""Everything under one hashtag, newest first; and the hashtags that rise."""

from collections.abc import Sequence

from octavo.domain.hashtag import Day, HashtagRules
from octavo.errors import NotFound
from octavo.serve import links
from octavo.serve.contexts import Frame, HashtagPage, HashtagsPage
from octavo.serve.pages.listed import described_list
from octavo.serve.plots.svg import Drawing
from octavo.serve.plots.trend import Words, draw_trend
from octavo.serve.visit import PAGE, Moved, Visit
from octavo.store import hashtags

_RELATED = 12
DAYS = 14
"""Days a hashtag's use is counted on."""

_RISING = 40


def load(visit: Visit) -> HashtagPage | Moved:
    """Read one page of a hashtag; one that an editor folded into another has moved. Raises NotFound for an unknown."""
    tag = visit.names["tag"]
    rules = hashtags.rules(visit.view)
    shown = shown_tag(rules, tag)
    if shown != tag:
        return Moved(links.hashtag(visit.plan.key, shown), for_good=False)
    own = visit.plan.language.split("-")[0]
    label, count = hashtags.label_and_count(visit.view, tag, own)
    if not count:
        raise NotFound(f"no article carries the hashtag {tag!r}")
    path = links.hashtag(visit.plan.key, tag)
    cards, older = visit.page(hashtags.article_ids(visit.view, tag, visit.before, PAGE + 1), path)
    title = visit.t("Latest news with #{tag}", tag=label)
    days = hashtags.days(visit.view, tag, visit.here.now, DAYS)
    return HashtagPage(
        frame=Frame(
            title=title,
            description=visit.tn(
                "{n} article with #{tag}, newest first.", "{n} articles with #{tag}, newest first.", count, tag=label
            ),
            path=path,
            kind="hashtag",
            live=f"hashtag/{tag}" if visit.before is None else "",
            since=visit.since,
            feed=path,
            alternates=visit.everywhere(path.removeprefix(f"/{visit.plan.key}")),
            index=visit.before is None,
            data=described_list(visit, title, path, cards),
        ),
        label=label,
        tag=tag,
        count=count,
        cards=cards,
        related=hashtags.beside(visit.view, tag, _RELATED, own),
        trend=_trend(visit, days, label),
        older=older,
    )


def _trend(visit: Visit, days: Sequence[Day], label: str) -> Drawing | None:
    here = visit.here
    total = sum(day.articles for day in days)
    words = Words(
        here.t("Articles a day, the last two weeks"),
        here.tn("{n} article with #{tag}.", "{n} articles with #{tag}.", total, tag=label),
        [here.t("Day"), here.t("Articles")],
    )
    return draw_trend([(day.day, day.articles) for day in days], words, here.language)


def shown_tag(rules: HashtagRules, tag: str) -> str:
    """Give the tag a tag is shown as. Raises NotFound for one that an editor muted."""
    if rules.hidden(tag):
        raise NotFound(f"the editors of this newspaper do not show the hashtag {tag!r}")
    return rules.canonical(tag)


def load_rising(visit: Visit) -> HashtagsPage:
    """Read the hashtags that are used more than on a usual day."""
    path = links.hashtags(visit.plan.key)
    own = visit.plan.language.split("-")[0]
    return HashtagsPage(
        frame=Frame(
            title=visit.t("Hashtags on the rise"),
            description=visit.t("What is written about now more than on a usual day."),
            path=path,
            kind="hashtags",
            alternates=visit.everywhere(path.removeprefix(f"/{visit.plan.key}")),
        ),
        rising=hashtags.rising(visit.view, visit.here.now, _RISING, own),
    )
