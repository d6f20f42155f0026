"""What the newswire shows at a moment: relative ages become times, late articles appear, texts change."""

from dataclasses import dataclass
from datetime import datetime

from octavo.adapters.newswire.library import Library, SampleArticle


@dataclass(frozen=True, slots=True)
class PublishedArticle:
    """An article as it stands at one moment. Times are aware; `modified_at` is never earlier."""

    draft: SampleArticle
    title: str
    body: str
    published_at: datetime
    modified_at: datetime


def visible(library: Library, started: datetime, now: datetime) -> tuple[PublishedArticle, ...]:
    """The articles that can be read at `now` on a newswire begun at `started`, newest first."""
    shown = [publish(draft, started, now) for draft in library.articles if started - draft.age <= now]
    return tuple(sorted(shown, key=lambda article: article.published_at, reverse=True))


def publish(draft: SampleArticle, started: datetime, now: datetime) -> PublishedArticle:
    """One article with absolute times, in its revised wording once `revise_after` has passed."""
    published_at = started - draft.age
    modified_at = started - (draft.age if draft.modified_age is None else draft.modified_age)
    title, body = draft.title, draft.body
    if draft.revise_after is not None and now >= started + draft.revise_after:
        title = draft.revision_title or title
        body = draft.revision_body or body
        modified_at = started + draft.revise_after
    return PublishedArticle(draft, title, body, published_at, modified_at)
