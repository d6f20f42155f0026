"""One NewType per id, so a FeedId cannot be passed for a StoryId."""

from typing import NewType

PublisherId = NewType("PublisherId", str)
"""A short readable key: the host without "www.", or a key from the starter data."""

FeedId = NewType("FeedId", int)
EntryId = NewType("EntryId", int)

PageKey = NewType("PageKey", str)
"""SHA-256 of the canonical URL, first 32 hex digits: one page however many feeds list it."""

ArticleId = NewType("ArticleId", int)
"""Seconds since 1970 of first publication, times 2**20, plus a tie-breaker: ordered by time, and below
2**53 so that every client's JSON numbers hold it. 0 until saved."""

StoryId = NewType("StoryId", int)
"""Built like an ArticleId from the time the story was first seen."""

EditionKey = NewType("EditionKey", str)
"""`language-country`, lower case: "en-gb"."""

AccountId = NewType("AccountId", int)
SessionId = NewType("SessionId", int)
TokenId = NewType("TokenId", int)

HighlightId = NewType("HighlightId", int)
ListId = NewType("ListId", int)
SearchId = NewType("SearchId", int)

CommentId = NewType("CommentId", int)
"""Built like an ArticleId from the time the comment was posted: the later one has the larger id."""

ThreadId = NewType("ThreadId", int)

TIE_BITS = 20


def first_article_id(epoch_seconds: int) -> ArticleId:
    """Give the smallest id an article published at `epoch_seconds` or later can have."""
    return ArticleId(max(0, epoch_seconds) << TIE_BITS)
