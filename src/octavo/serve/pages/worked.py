"""What is worked out from articles' words alone; kept for as long as they are the same, letter for letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from octavo.brief.summary import article_summary, story_summary
from octavo.domain.article import Article
from octavo.domain.difference import Difference
from octavo.domain.ids import ArticleId
from octavo.domain.publisher import Publisher
from octavo.domain.telling import Telling
from octavo.relate.differences import within
from octavo.text.words import reading_minutes

_BRIEF = 3
_KEPT = 512
"""Articles whose values are kept: some five megabytes."""

_STORIES = 128
"""Stories whose sentences are kept, with the six articles of each they were chosen from: some five more."""


@dataclass(frozen=True, slots=True)
class Worked:
    """Values of an article's text, whoever may see them: the chosen sentences, minutes to read, headline's claims."""

    brief: Sequence[str]
    minutes: int
    differences: Sequence[Difference]


def worked_out(article: Article, publisher: Publisher, names: tuple[tuple[str, str], ...]) -> Worked:
    """Give what an article's words say by themselves; `names` are those it names, as (kind, name).

    It is for the page to show no more of it than may be shown.
    """
    return _work(
        Telling(
            id=article.id,
            publisher_id=article.publisher_id,
            publisher=publisher.name,
            language=article.language,
            at=article.time,
            headline=article.headline,
            standfirst=article.standfirst,
            paragraphs=tuple(article.text.split("\n")) if article.text else (),
            owner=publisher.owner,
            country=publisher.country,
            source=article.source,
            byline=article.byline.text,
            dateline=article.dateline.place,
            genre=str(article.genre),
            dated=article.published_at is not None,
            whole=not article.paywalled,
            names=names,
        )
    )


@lru_cache(maxsize=_KEPT)
def _work(telling: Telling) -> Worked:
    """Work it out. All it reads is in `telling`, which is the key it is kept under: nothing old can come back.

    The fingerprint alone is left out, which tells copies apart and says nothing of one text.
    """
    return Worked(
        brief=tuple(one.text for one in article_summary(telling, telling.at, _BRIEF).statements),
        minutes=reading_minutes("\n".join(telling.paragraphs)),
        differences=within(telling) if telling.whole else (),
    )


@lru_cache(maxsize=_STORIES)
def summed_up(tellings: tuple[Telling, ...]) -> Sequence[tuple[str, ArticleId]]:
    """Choose sentences of several articles that sum a story up, each with the article it stands in; the first leads.

    As with an article, all that is read is in the key.
    """
    found = story_summary(tellings, tellings[0].at, _BRIEF).statements if tellings else ()
    return [(one.text, one.citations[0].passage.article_id) for one in found]
