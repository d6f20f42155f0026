"""A world of two readers and a paper, for tests of what readers keep."""

from datetime import timedelta

from octavo.actions import highlights
from octavo.actions.highlights import Selected
from octavo.domain.account import Account, Person, Role
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.edition import EditionPlan
from octavo.domain.enrichment import Enrichment, Mention
from octavo.domain.entity import Entity, EntityKind
from octavo.domain.feed import Feed
from octavo.domain.follow import Quote
from octavo.domain.ids import AccountId, ArticleId, EditionKey, FeedId, HighlightId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.story import Placement
from octavo.ports.tools import Tools
from octavo.store import accounts, articles, feeds, publishers, stories
from octavo.store import follows as follow_store
from octavo.text.slugs import short_id

PAPER = PublisherId("paper.example")
PLAN = EditionPlan(EditionKey("en-gb"), "", "en", "gb", local_publishers=(PAPER,), languages=("en",))
TEXT = "The tide rose overnight."


class World:
    """Two readers, a paper with a feed, and three articles, the first with a story."""

    def __init__(self, tools: Tools) -> None:
        now = tools.now()
        self.tools = tools
        with tools.database.transaction() as tx:
            publishers.save(tx, [Publisher(PAPER, "The Paper", "gb", ("en",))])
            self.feed = feeds.add(tx, Feed(FeedId(0), "https://paper.example/rss", PAPER, language="en", added_at=now))
            self.articles = articles.save(tx, [self._article(n) for n in range(3)])
            named = Entity("place/7", EntityKind.PLACE, "Varn", "Varn", 1.0, about=True)
            said = Mention("Varn", EntityKind.PLACE, 0, 4, "place/7")
            articles.save_enrichments(tx, [Enrichment(self.ids[0], "en", mentions=(said,), entities=(named,))])
            self.story = short_id(stories.place(tx, Placement(self.ids[0], None, 1.0), now))
            made = [Account(AccountId(0), name, Role.READER, now) for name in ("Ana", "Ben")]
            self.ana, self.ben = (Person(accounts.add(tx, one, "")) for one in made)

    def _article(self, number: int) -> Article:
        return Article(
            ArticleId(0),
            f"https://paper.example/{number}",
            PAPER,
            f"Headline {number}",
            "en",
            self.tools.now(),
            (Block(BlockKind.PARAGRAPH, TEXT),),
            published_at=self.tools.now() - timedelta(hours=9 - number),
            feed_id=self.feed.id,
        )

    @property
    def ids(self) -> list[ArticleId]:
        return [one.id for one in self.articles]

    def follows(self, who: Person) -> list[tuple[str, str, str]]:
        with self.tools.database.read() as view:
            return [(str(one.stance), one.kind, one.key) for one in follow_store.of(view, who.id)]

    def highlight(self, who: Person, note: str = "") -> HighlightId:
        quote = Quote("tide rose", start=4)
        return highlights.add(self.tools, who, Selected(self.ids[0], TEXT, quote), note)
