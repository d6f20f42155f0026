"""Settings of what readers with an account keep: how much of each there may be."""

from pydantic import Field

from octavo.config.groups import Group


class RetentionSettings(Group):
    """How long articles are kept, and how much room their original pages take; what readers hold on to stays."""

    days: int = Field(
        0,
        ge=0,
        description="Days articles are kept; what was saved, marked, listed, discussed, pinned or followed stays, with "
        "all of its story. 0: for good.",
    )
    pages_mb: int = Field(
        0,
        ge=0,
        description="Megabytes of original pages that are kept; the oldest go first, their articles stay. 0: all.",
    )


class KeepSettings(Group):
    """How much one reader may keep."""

    follows: int = Field(2_000, ge=0, description="Stories, hashtags, names, publishers and words of one reader.")
    bookmarks: int = Field(50_000, ge=0, description="Articles one reader may save.")
    highlights: int = Field(10_000, ge=0, description="Passages one reader may mark.")
    searches: int = Field(200, ge=0, description="Searches one reader may keep.")
    lists: int = Field(100, ge=0, description="Lists one reader may make.")
    list_articles: int = Field(2_000, ge=0, description="Articles in one list.")
