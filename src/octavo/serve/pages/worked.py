"""What is worked out from one article's words alone; kept for as long as they are the same, letter for letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from octavo.brief.summary import article_summary
from octavo.domain.article import Article
from octavo.domain.difference import Difference
from octavo.domain.publisher import Publisher
from octavo.domain.telling import Telling
from octavo.relate.differences import within
from octavo.text.words import reading_minutes

_BRIEF = 3
_KEPT = 512
"""Articles whose values are kept: some five megabytes."""


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
