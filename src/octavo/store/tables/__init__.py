"""Every table, once (SQLAlchemy Core). How they came to be is in migrations/; a test holds the two together.

Ids of articles and stories are ordered by time (domain/ids.py), so "the latest" is a walk down the primary key.
Long names are looked up by a 16-byte hash (keys.py). Bodies lie apart from articles, so no list can touch them.
"""

from octavo.store.tables.base import metadata
from octavo.store.tables.briefs import brief_articles, briefs
from octavo.store.tables.collected import (
    entries,
    feeds,
    hosts,
    pages,
    publisher_hosts,
    publishers,
    robots,
)
from octavo.store.tables.keeping import (
    bookmarks,
    feed_choices,
    follows,
    highlights,
    kept_preferences,
    list_articles,
    lists,
    read_history,
    read_marks,
    read_watermarks,
    tastes,
)
from octavo.store.tables.kept import (
    boilerplate_counts,
    boilerplate_lines,
    changes,
    journal,
    model_spending,
    pictures,
    positions,
    repairs,
    settings_kept,
)
from octavo.store.tables.people import (
    accounts,
    api_tokens,
    audit,
    identities,
    passkeys,
    sessions,
    tickets,
)
from octavo.store.tables.pushed import (
    push_follows,
    push_notices,
    push_stories,
    push_subscriptions,
)
from octavo.store.tables.related import (
    editions,
    hashtag_rules,
    relations,
    stories,
    story_articles,
    story_digests,
    story_redirects,
)
<<<<<<< HEAD
from octavo.store.tables.told import mail_outbox
=======
from octavo.store.tables.talked import (
    closings,
    comment_edits,
    comment_watches,
    comments,
    threads,
    votes,
)
>>>>>>> 09ee462 (Discussion: nouns, rules, tables, what is kept)
from octavo.store.tables.words import vocabulary
from octavo.store.tables.written import (
    article_bodies,
    article_hashtags,
    article_mentions,
    article_topics,
    articles,
    embeddings,
    fingerprints,
    revisions,
)

__all__ = [
    "accounts",
    "api_tokens",
    "article_bodies",
    "article_hashtags",
    "article_mentions",
    "article_topics",
    "articles",
    "audit",
    "boilerplate_counts",
    "boilerplate_lines",
    "bookmarks",
    "brief_articles",
    "briefs",
    "changes",
    "closings",
    "comment_edits",
    "comment_watches",
    "comments",
    "editions",
    "embeddings",
    "entries",
    "feed_choices",
    "feeds",
    "fingerprints",
    "follows",
    "hashtag_rules",
    "highlights",
    "hosts",
    "identities",
    "journal",
    "kept_preferences",
    "list_articles",
    "lists",
    "mail_outbox",
    "metadata",
    "model_spending",
    "pages",
    "passkeys",
    "pictures",
    "positions",
    "publisher_hosts",
    "publishers",
    "push_follows",
    "push_notices",
    "push_stories",
    "push_subscriptions",
    "read_history",
    "read_marks",
    "read_watermarks",
    "relations",
    "repairs",
    "revisions",
    "robots",
    "sessions",
    "settings_kept",
    "stories",
    "story_articles",
    "story_digests",
    "story_redirects",
<<<<<<< HEAD
    "tastes",
=======
    "threads",
>>>>>>> 09ee462 (Discussion: nouns, rules, tables, what is kept)
    "tickets",
    "vocabulary",
    "votes",
]
