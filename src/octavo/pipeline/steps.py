"""STEPS: every step, in order, with what it reads and writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the pipeline: its name, the nouns it reads and the nouns it writes."""

    name: str
    reads: frozenset[str]
    writes: frozenset[str]


STEPS = (
    Step("poll_feed", frozenset({"feed"}), frozenset({"entry", "hub"})),
    Step("ask_hubs", frozenset({"hub"}), frozenset({"subscription"})),
    Step("take_brought", frozenset({"feed", "subscription"}), frozenset({"entry"})),
    Step("fetch_page", frozenset({"entry"}), frozenset({"page"})),
    Step("take_letter", frozenset({"feed", "entry"}), frozenset({"entry", "page"})),
    Step("extract_article", frozenset({"entry", "page"}), frozenset({"article", "revision"})),
    Step("enrich_article", frozenset({"article"}), frozenset({"enrichment"})),
    Step("relate_article", frozenset({"article", "enrichment"}), frozenset({"relation", "story"})),
    Step("digest_story", frozenset({"story", "article", "enrichment"}), frozenset({"digest"})),
    Step("settle_stories", frozenset({"article", "enrichment", "story"}), frozenset({"story"})),
    Step("lay_out_edition", frozenset({"story", "article"}), frozenset({"edition"})),
    Step("translate_headlines", frozenset({"article", "enrichment"}), frozenset({"headline"})),
    Step("record_episode", frozenset({"edition", "article"}), frozenset({"episode"})),
    Step("fetch_pictures", frozenset({"edition", "article"}), frozenset({"picture"})),
    Step("notice_followed", frozenset({"story", "article", "enrichment"}), frozenset({"notice"})),
    Step("tell_followers", frozenset({"story", "article", "enrichment"}), frozenset({"notification", "notice"})),
    Step("tell_programs", frozenset({"story", "article", "digest", "revision"}), frozenset({"letter"})),
    Step("send_webhooks", frozenset({"letter"}), frozenset({"message"})),
    Step("confirm_subscribers", frozenset({"article"}), frozenset({"subscriber"})),
    Step("publish_feeds", frozenset({"article", "story", "edition", "subscriber"}), frozenset({"message"})),
    Step("write_digests", frozenset({"notification", "story", "article"}), frozenset({"letter"})),
    Step("send_mail", frozenset({"letter"}), frozenset({"message"})),
    Step("send_notices", frozenset({"notice", "story"}), frozenset({"message"})),
    Step("post_fediverse", frozenset({"edition", "article", "enrichment"}), frozenset({"activity"})),
    Step("deliver_fediverse", frozenset({"activity"}), frozenset({"message"})),
    Step("hear_fediverse", frozenset({"activity", "article"}), frozenset({"activity", "comment"})),
)

GIVEN = frozenset({"feed"})
"""What people bring."""


def check_order(steps: Sequence[Step], given: frozenset[str] = GIVEN) -> None:
    """Refuse an order in which a step reads what nothing before it wrote. Raises SettingsError saying which."""
    written = set(given)
    for step in steps:
        missing = step.reads - written
        if missing:
            raise SettingsError(f"step {step.name} reads {', '.join(sorted(missing))}, which no step before it writes")
        written |= step.writes
