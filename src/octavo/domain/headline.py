"""TranslatedHeadline: an article's headline in another language, made ahead for lists."""

from dataclasses import dataclass
from datetime import datetime

from octavo.domain.ids import ArticleId


@dataclass(frozen=True, slots=True)
class TranslatedHeadline:
    """What a headline became in one language (BCP 47); `text` is "" where no translation of it holds.

    `original` are the words it was made from, `made_by` and `checked_by` name what made and checked it, with versions.
    """

    article_id: ArticleId
    language: str
    original: str
    text: str
    made_by: str
    checked_by: str
    made_at: datetime
