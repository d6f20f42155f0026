"""What may be forgotten: old articles that nobody saved, marked, listed or talked about; no table of its own.

A story goes with all its articles or stays with all: its count, its timeline and what it says never tell of articles
that are gone.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select

from octavo.domain.ids import ArticleId, StoryId, first_article_id
from octavo.domain.page import PageState
from octavo.ports.database import Read
from octavo.store.tables import (
    articles,
    bookmarks,
    comments,
    edition_pins,
    followed_stories,
    highlights,
    list_articles,
    pages,
    publishers,
    push_stories,
    revisions,
    stories,
    story_articles,
    threads,
)


def old_stories(read: Read, before: datetime, limit: int) -> list[StoryId]:
    """List stories whose newest article is from before then, and that nobody holds on to; the oldest first."""
    mine = select(story_articles.c.article_id).where(story_articles.c.story_id == stories.c.id).correlate(stories)
    held = or_(
        *(exists().where(kept.c.article_id.in_(mine)) for kept in (bookmarks, highlights, list_articles)),
        _talked(threads.c.article_id.in_(mine)),
        _talked(threads.c.story_id == stories.c.id),
        exists().where(edition_pins.c.story_id == stories.c.id),
        exists().where(followed_stories.c.story_id == stories.c.id),
        exists().where(push_stories.c.story_id == stories.c.id),
    )
    query = select(stories.c.id).where(stories.c.last_at < before, ~held).order_by(stories.c.last_at, stories.c.id)
    return [StoryId(found) for found in read.execute(query.limit(limit)).scalars()]


def old_articles(read: Read, before: datetime, limit: int) -> list[ArticleId]:
    """List articles of no story from before then that nobody holds on to; the oldest first."""
    held = or_(
        *(
            exists().where(kept.c.article_id == articles.c.id)
            for kept in (bookmarks, highlights, list_articles, story_articles)
        ),
        _talked(threads.c.article_id == articles.c.id),
    )
    old = articles.c.id < first_article_id(int(before.timestamp()))
    query: Select[tuple[int]] = select(articles.c.id).where(old, ~held).order_by(articles.c.id).limit(limit)
    return [ArticleId(found) for found in read.execute(query).scalars()]


def withdrawn_articles(read: Read, before: datetime, limit: int) -> list[ArticleId]:
    """List articles of which more than the headline is kept, though their publisher withdrew before then."""
    columns = (articles.c.excerpt, articles.c.standfirst, articles.c.correction)
    page = (pages.c.key == articles.c.page_key) & (pages.c.blob != "") & (pages.c.state != str(PageState.FETCHED))
    kept = or_(
        articles.c.word_count > 0,
        *(column != "" for column in columns),
        exists().where(revisions.c.article_id == articles.c.id),
        exists().where(page),
    )
    whose = select(articles.c.id).join(publishers, publishers.c.id == articles.c.publisher_id)
    query = whose.where(publishers.c.withdrawn_at < before, kept).order_by(articles.c.id).limit(limit)
    return [ArticleId(found) for found in read.execute(query).scalars()]


def _talked(here: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(here, comments.c.thread_id == threads.c.id)
