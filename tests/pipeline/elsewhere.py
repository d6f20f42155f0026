"""An instance that takes part in the fediverse, and another server in Mastodon's shape, recorded."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from octavo.accounts.permissions import OPERATOR
from octavo.actions import fediverse as actions
from octavo.actions.opening import prepare_site
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.config import FediverseSettings, Settings, WebSettings
from octavo.domain.comment import Comment, under_article
from octavo.domain.edition import Edition, Slot
from octavo.domain.enrichment import Enrichment, Hashtag
from octavo.domain.fediverse import Known, Stance
from octavo.domain.ids import ArticleId, EditionKey, StoryId
from octavo.domain.web import Request, Response
from octavo.pipeline.hear_fediverse import hear_fediverse
from octavo.ports.tools import Tools
from octavo.serve.federated import open_postings
from octavo.store import (
    articles,
    comment_origins,
    discussion,
    editions,
    fediverse,
    fediverse_hosts,
    fediverse_outbox,
)

from .conftest import NOW, Keep

CASES = Path(__file__).parents[1] / "cases" / "fediverse"
HERE = "https://news.example"
MAREN = "https://social.example/users/maren"
SHARED = "https://social.example/inbox"


@dataclass
class Room:
    """An instance that takes part, with one article, and the servers it can ask."""

    tools: Tools
    clock: list[datetime]
    world: RecordedFetcher
    article: ArticleId

    def send(self, name: str, **changed: Any) -> bool:
        """Send a recorded request as it was, or with other fields or another body."""
        case = json.loads((CASES / f"{name}.json").read_text("utf-8"))
        body = changed.pop("body", case["body"]).encode()
        fields = case["fields"] | changed
        return actions.receive(self.tools, case["path"], fields, body)

    def heard(self, name: str, **changed: Any) -> int:
        self.send(name, **changed)
        return hear_fediverse(self.tools)

    def said(self) -> list[Comment]:
        with self.tools.database.read() as view:
            thread = discussion.thread_of(view, under_article(self.article))
            ids = [one.comment_id for one in comment_origins.by_author(view, MAREN)] if thread else []
            return sorted(discussion.get_many(view, ids), key=lambda one: one.id)

    def followers(self) -> dict[str, int]:
        with self.tools.database.read() as view:
            return fediverse.counts(view)

    def waiting(self) -> list[dict[str, Any]]:
        """The activities on their way."""
        with self.tools.database.read() as view:
            return [json.loads(one.body) for one in fediverse_outbox.due(view, self.clock[-1], (), 100, 100)]

    def posted(self) -> list[Request]:
        """The requests that carried activities."""
        return [one for one in self.world.asked if one.sent is not None]

    def allow(self, stance: Stance = Stance.ALLOWED) -> None:
        actions.decide(self.tools, OPERATOR, "social.example", stance)


def make_room(tools: Tools, keep: Keep) -> Room:
    """Open an instance that takes part, on these tools."""
    clock = [NOW]
    [number] = keep([("harbour", "Tide ledger found", "It was found in a drowned archive, dry and whole.")])
    prepare_site(tools.database)
    settings = Settings(
        data_dir=tools.settings.data_dir,
        embedder="off",
        web=WebSettings(public_url=HERE),
        fediverse=FediverseSettings(on=True),
    )
    document = (CASES / "actor.json").read_bytes()
    world = RecordedFetcher(
        {
            MAREN: Response(MAREN, 200, {}, document),
            SHARED: Response(SHARED, 202),
            f"{MAREN}/inbox": Response(f"{MAREN}/inbox", 202),
        }
    )
    now: Callable[[], datetime] = lambda: clock[-1]  # noqa: E731
    postings = open_postings(settings, tools.database, now)
    with tools.database.transaction() as tx:
        articles.save_enrichments(tx, [Enrichment(number, "en", hashtags=(Hashtag("tide", "Tide", 0.9),))])
        slots = (Slot(StoryId(5), number, 2.0),)
        editions.save(tx, Edition(EditionKey("en-gb"), NOW - timedelta(minutes=9), slots))
    made = replace(tools, settings=settings, now=now, strangers=world, postings=postings)
    return Room(made, clock, world, number)


def follow(room: Room, actor: str) -> None:
    """Let Maren follow an actor here."""
    with room.tools.database.transaction() as tx:
        fediverse.follow(tx, actor, MAREN, f"f {actor}", NOW)


def host(room: Room) -> Known:
    with room.tools.database.read() as view:
        return fediverse_hosts.get(view, "social.example")
