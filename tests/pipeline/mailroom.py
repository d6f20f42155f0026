"""A newsroom with a mail server, for tests of digests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from octavo.config import Settings
from octavo.domain.account import Account, Role
from octavo.domain.enrichment import Enrichment, Hashtag
from octavo.domain.follow import Follow, FollowKind
from octavo.domain.ids import AccountId, EditionKey, StoryId
from octavo.domain.notification import DigestWishes, Rhythm, Wishes
from octavo.domain.story import Placement
from octavo.pipeline.send_mail import send_mail
from octavo.pipeline.settle_stories import CONSUMER as SETTLER
from octavo.pipeline.tell_followers import tell_followers
from octavo.pipeline.write_digests import write_digests
from octavo.ports.tools import Tools
from octavo.store import accounts, articles, changes, follows, stories, tables, wishes
from postoffice import Post

from .conftest import Keep

BERLIN = Wishes(EditionKey("en-gb"), "Europe/Berlin", DigestWishes(Rhythm.DAILY, 7))


@dataclass
class Room:
    """A newsroom with a mail server: people follow, stories come in, the clock goes on."""

    tools: Tools
    keep: Keep
    clock: list[datetime]
    post: Post
    _number: int = 0

    def later(self, **more: float) -> None:
        self.clock.append(self.clock[-1] + timedelta(**more))

    def until(self, moment: str) -> None:
        self.clock.append(datetime.fromisoformat(moment))

    def person(self, name: str = "ada", wanted: Wishes = BERLIN, *, confirmed: bool = True) -> AccountId:
        with self.tools.database.transaction() as tx:
            made = accounts.add(tx, Account(AccountId(0), name, Role.READER, self.clock[-1]), "").id
            accounts.set_email(tx, made, f"{name}@reader.example", verified=confirmed)
            self._wish(tx, made, wanted)
        return made

    def wish(self, who: AccountId, wanted: Wishes) -> None:
        with self.tools.database.transaction() as tx:
            self._wish(tx, who, wanted)

    def _wish(self, tx: Any, who: AccountId, wanted: Wishes) -> None:
        now = self.clock[-1]
        wishes.save(tx, who, wanted, wanted.digest.next_after(now, ZoneInfo(wanted.zone)), now)

    def follow(self, who: AccountId, key: str = "tide", name: str = "Tide") -> None:
        with self.tools.database.transaction() as tx:
            follows.save(tx, who, Follow(FollowKind.HASHTAG, key, name, self.clock[-1]))

    def story(self, headline: str = "The quay opened", *, language: str = "en", reports: int = 1) -> StoryId:
        self._number += 1
        ids = self.keep([(f"paper{self._number}", headline, "It opened.\nAnd more.")], language)
        with self.tools.database.transaction() as tx:
            articles.save_enrichments(tx, [Enrichment(ids[0], language, hashtags=(Hashtag("tide", "Tide", 0.9),))])
            seen = tables.articles.update().where(tables.articles.c.id.in_(ids))
            tx.execute(seen.values(first_seen_at=self.clock[-1], published_at=self.clock[-1]))
            found = stories.place(tx, Placement(ids[0], None, 1.0), self.clock[-1])
            stories.describe(tx, found, lead=ids[0], reports=reports)
            changes.set_position(tx, SETTLER, changes.last_seq(tx))
        return found

    def work(self) -> list[EmailMessage]:
        """Run the steps, twice: the second run may do nothing. Gives the letters that arrived."""
        before = len(self.post.raw)
        for _ in range(2):
            tell_followers(self.tools)
            write_digests(self.tools)
            send_mail(self.tools)
            after = len(self.post.raw)
        assert len(self.post.raw) == after
        return self.post.messages[before:]


def settings_of(folder: Path, post: Post) -> Settings:
    return Settings.model_validate(
        {
            "data_dir": folder,
            "embedder": "off",
            "web": {"public_url": "https://news.example"},
            "mail": {"server": "127.0.0.1", "port": post.port, "tls": "none", "sender": "Paper <news@news.example>"},
        }
    )


def parts(one: EmailMessage) -> tuple[str, str]:
    plain, marked = one.get_body(("plain",)), one.get_body(("html",))
    assert plain is not None
    assert marked is not None
    return str(plain.get_content()), str(marked.get_content())


class Elements(HTMLParser):
    """Every element of a letter, with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
