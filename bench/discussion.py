"""Ten thousand comments on one article: what its pages cost, and what posting one does.

    python bench/discussion.py [--comments 10000] [--rounds 300] [--database-url postgresql+psycopg://...]

Fills a store of its own and asks the application in this process, page after page at random places: first as a reader
who is signed in (each page is made anew), then as a stranger, just after something was said. Prints SQL statements, CPU
milliseconds (median) and milliseconds by the clock (median, 99th of 100), beside an article nobody commented on.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from octavo import app as wiring
from octavo.actions import comments as actions
from octavo.actions import signing
from octavo.actions.comments import Draft
from octavo.actions.opening import prepare_site
from octavo.config import CommentSettings, Settings
from octavo.discuss.ranking import rank
from octavo.discuss.tree import path_below
from octavo.domain.account import Account, Person, Role
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.comment import NOBODY, Comment, CommentState, Order, under_article
from octavo.domain.ids import AccountId, ArticleId, CommentId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.ports.tools import Tools
from octavo.serve import links
from octavo.serve.asgi import make_asgi
from octavo.store import accounts, articles, comments, discussion, publishers

PEOPLE = 50
_WARM = 5
WORDS = "tide ledger harbour quay archive the of a ferry keeper late said on Monday that which nobody read".split()
FREE = {"a_minute": 10_000, "an_hour": 100_000, "an_hour_a_network": 100_000, "new_in_ten_minutes": 100_000,
        "same_an_hour": 100_000}  # fmt: skip


def main() -> None:
    """Fill a store and ask it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--comments", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=300)
    options.add_argument("--database-url", default="")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="octavo-discussion-") as name:
        pages(Path(name), given.comments, given.rounds, given.database_url)


def pages(folder: Path, count: int, rounds: int, database_url: str) -> None:
    """Print what pages cost."""
    settings = Settings(data_dir=folder, database_url=database_url, embedder="off", comments=CommentSettings(**FREE))
    with wiring.open_tools(settings) as tools:
        prepare_site(tools.database)
        talked, silent = _articles(tools)
        people = _people(tools)
        begun = time.perf_counter()
        said = _fill(tools, talked, people, count)
        print(f"{tools.database.dialect}: {count} comments written in {time.perf_counter() - begun:.0f} s")
        asker = Asker(tools, people[0])
        where = links.article("en-gb", talked, "An article that is talked about")
        empty = links.article("en-gb", silent, "An article nobody talks about")
        scene = Scene(tools, asker, where, empty, people, said)
        _print_pages(scene, rounds)
        _print_acts(scene, rounds)


@dataclass(frozen=True, slots=True)
class Scene:
    """A store with a discussion: its pages, who takes part, what was said."""

    tools: Tools
    asker: "Asker"
    where: str
    empty: str
    people: Sequence[Person]
    said: Sequence[CommentId]
    dice: random.Random = field(default_factory=lambda: random.Random(11))  # noqa: S311 - the same pages each time


def _print_pages(scene: Scene, rounds: int) -> None:
    cursors = _cursors(scene)

    def anywhere(order: Order) -> str:
        return f"{scene.where}/comments?sort={order}{scene.dice.choice(cursors)}"

    asked: dict[str, Callable[[], str]] = {
        "article without comments": lambda: scene.empty,
        "article": lambda: scene.where,
        "all comments, best first, anywhere": lambda: anywhere(Order.BEST),
        "all comments, new first, anywhere": lambda: anywhere(Order.NEW),
        "all comments, old first, anywhere": lambda: anywhere(Order.OLD),
        "one comment": lambda: links.comment("en-gb", scene.dice.choice(scene.said)),
    }
    print(f"{'':66} {'statements':>10} {'CPU ms':>8} {'p50 ms':>8} {'p99 ms':>8}")
    for name, path in asked.items():
        for _ in range(_WARM):
            scene.asker.ask(path(), signed=True)
        _line(f"{name}, signed in", [scene.asker.ask(path(), signed=True) for _ in range(rounds)])
    for name in ("article without comments", "article"):
        found = []
        for number in range(rounds):
            _say(scene.tools, scene.people[number % PEOPLE], talked_of(scene.where), f"No. {number}")
            scene.asker.hear()
            found.append(scene.asker.ask(asked[name](), signed=False))
        _line(f"{name}, to a stranger, just after a comment", found)


def _line(name: str, found: Sequence["Cost"]) -> None:
    ms = sorted(one.wall_s * 1000 for one in found)
    cpu = statistics.median(one.cpu_s * 1000 for one in found)
    most = max(one.statements for one in found)
    print(f"{name:66} {most:>10} {cpu:>8.1f} {statistics.median(ms):>8.1f} {ms[int(len(ms) * 0.99)]:>8.1f}")


def _print_acts(scene: Scene, rounds: int) -> None:
    took = []
    for number in range(rounds):
        parent = scene.dice.choice((NOBODY, *scene.said[-50:]))
        draft = Draft(f"No. {number} of the measured", under_article(talked_of(scene.where)), parent)
        with scene.asker.measured() as cost:
            actions.post(scene.tools, scene.people[number % PEOPLE], draft)
        took += cost
    _line("posting one, until it is committed", took)


def talked_of(path: str) -> ArticleId:
    """Read the article's id out of its path."""
    return ArticleId(int(path.split("/")[3], 36))


def _articles(tools: Tools) -> tuple[ArticleId, ArticleId]:
    paper = PublisherId("paper.example")
    now = tools.now()
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(paper, "The Paper", "gb", ("en",), hosts=(paper,))])
        made = [
            Article(
                ArticleId(0),
                f"https://paper.example/{number}",
                paper,
                headline,
                "en",
                now,
                tuple(Block(BlockKind.PARAGRAPH, " ".join(WORDS * 5)) for _ in range(8)),
                published_at=now - timedelta(hours=number),
                excerpt=" ".join(WORDS),
                word_count=700,
            )
            for number, headline in enumerate(("An article that is talked about", "An article nobody talks about"))
        ]
        one, two = articles.save(tx, made)
    return one.id, two.id


def _people(tools: Tools) -> list[Person]:
    since = tools.now() - timedelta(days=400)
    with tools.database.transaction() as tx:
        made = [Account(AccountId(0), f"reader-{number}", Role.READER, since) for number in range(PEOPLE)]
        return [Person(accounts.add(tx, one, "")) for one in made]


def _fill(tools: Tools, talked: ArticleId, people: Sequence[Person], count: int) -> list[CommentId]:
    """Say a lot: four in ten answer nobody, the first is answered a thousand times, the rest answer one of late."""
    dice = random.Random(7)  # noqa: S311 - the same discussion each time
    begun = datetime.now(UTC) - timedelta(seconds=count * 4)
    made: list[Comment] = []
    for some in _chunks(range(count), 500):
        with tools.database.transaction() as tx:
            comments.begin(tx)
            thread = comments.open_thread(tx, under_article(talked)).id
            for number in some:
                parent = _parent(dice, made, number)
                path = path_below(parent)
                words = " ".join(dice.choices(WORDS, k=dice.randint(6, 60)))
                one = Comment(
                    CommentId(0),
                    thread,
                    f"*{words}*, [he said](https://x.example/{number}).",
                    begun + timedelta(seconds=number * 4),
                    people[dice.randrange(PEOPLE)].id,
                    parent_id=path[-1] if path else NOBODY,
                    path=path,
                    rank=rank(0, 0),
                    state=CommentState.LIVE,
                )
                made.append(comments.add(tx, one))
            votes = {made[number].id: (dice.randint(0, 40), dice.randint(0, 12)) for number in some}
            comments.count_votes(tx, votes, rank)
    return [one.id for one in made]


def _parent(dice: random.Random, made: Sequence[Comment], number: int) -> Comment | None:
    if not made or dice.random() < 0.4:
        return None
    return made[0] if number % 10 == 0 else made[-dice.randint(1, min(200, len(made)))]


def _chunks(numbers: range, size: int) -> Iterator[range]:
    return (numbers[at : at + size] for at in range(0, len(numbers), size))


def _cursors(scene: Scene) -> list[str]:
    """Places all over the discussion to go on from."""
    some = scene.dice.sample(list(scene.said), min(400, len(scene.said)))
    with scene.tools.database.read() as view:
        tops = [one for one in discussion.get_many(view, some) if one.parent_id == NOBODY]
    return ["", *(f"&after={one.rank}.{_short(one.id)}" for one in tops)]


def _short(number: int) -> str:
    return links.anchor(number)[2:]


def _say(tools: Tools, who: Person, talked: ArticleId, words: str) -> None:
    actions.post(tools, who, Draft(words, under_article(talked)))


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took: seconds by the clock and of this process, and SQL statements."""

    wall_s: float
    cpu_s: float
    statements: int


@dataclass
class Asker:
    """Asks the application in this process, and counts the statements a page takes."""

    tools: Tools
    person: Person
    app: Any = None
    token: str = ""
    statements: int = 0
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        self.app = make_asgi(self.tools)
        self.token = signing.begin_new(self.tools, self.person.account, "bench").token
        database: Any = self.tools.database
        both = hasattr(database, "_readers")
        for engine in (database._readers, database._writer) if both else (database._engine,):
            event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        self.statements += 1

    def hear(self) -> None:
        """Let the application know what was said, as a form of its own would."""
        with self.tools.database.read() as view:
            self.app._kept.heard.look(view)

    @contextmanager
    def measured(self) -> Iterator[list[Cost]]:
        """Measure what is done meanwhile: the one cost is in the list afterwards."""
        found: list[Cost] = []
        before, wall, cpu = self.statements, time.perf_counter(), time.process_time()
        yield found
        found.append(Cost(time.perf_counter() - wall, time.process_time() - cpu, self.statements - before))

    def ask(self, path: str, *, signed: bool) -> Cost:
        """Give what one page cost."""
        with self.measured() as cost:
            status = self.loop.run_until_complete(self._ask(path, signed=signed))
        if status != 200:
            sys.exit(f"{path} answered {status}")
        return cost[0]

    async def _ask(self, path: str, *, signed: bool) -> int:
        plain, _, query = path.partition("?")
        headers = [(b"cookie", f"octavo={self.token}".encode())] if signed else []
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": urllib.parse.unquote(plain),
            "raw_path": plain.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(b"host", b"reader.test"), *headers],
            "server": ("reader.test", 80),
            "client": ("192.0.2.7", 5000),
        }
        found: list[int] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                found.append(message["status"])

        await self.app(scope, receive, send)
        return found[0]


if __name__ == "__main__":
    main()
