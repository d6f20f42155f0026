"""What an AI feature is asked about: one article, a story, an edition's Eight or all there is, and what is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlencode

from octavo.domain.brief import BriefKind
from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.relation import RelationKind
from octavo.errors import InputError, NotFound
from octavo.ports.search_index import SearchQuery
from octavo.serve import features, links
from octavo.serve.finding import Finder, find
from octavo.serve.readable import Readable, readable
from octavo.serve.visit import Moved, Visit
from octavo.store import articles, editions, reading, relations, stories
from octavo.text.slugs import read_short_id, short_id

EARLIER = 3
"""Earlier questions an address holds."""

READ = 24
"""Articles that are read for one answer."""

_FOUND = 12
_BEFORE = 12
_TOP = 2**62


@dataclass(frozen=True, slots=True)
class Subject:
    """`key` names it in the store; `home` is the address and title of the page it belongs to.

    `path` is the feature's own address without a question, `asks_in` the language of who asks. `about` says how many
    of `read` come first because it is they that are asked about; those behind them are there for what they know.
    """

    kind: BriefKind
    key: str
    home: tuple[str, str]
    language: str
    path: str
    read: Sequence[Readable]
    about: int
    asks_in: str
    question: str = ""
    before: tuple[str, ...] = ()
    since: datetime | None = None

    @property
    def single(self) -> bool:
        """Whether one article is asked about."""
        return self.key.startswith("article/")

    @property
    def asked(self) -> str:
        """The whole address, with the questions."""
        return self.beside("")

    def beside(self, word: str) -> str:
        """Give the address of something that can be done with the answer: "/written", "/report"."""
        given = {f"q{number}": one for number, one in enumerate(self.before, 1)}
        given |= {"q": self.question} if self.question else {}
        given |= {"since": self.since.isoformat(timespec="seconds")} if self.since else {}
        path = f"{self.path}{word}"
        return f"{path}?{urlencode(given)}" if given else path


def of_article(visit: Visit) -> Subject | Moved:
    """Read what an article's page asks for. Raises NotFound."""
    number = _number(visit)
    card = next(iter(articles.cards(visit.view, [ArticleId(number)])), None)
    if card is None:
        raise NotFound("no article is kept under this address")
    kind = _kind(visit, features.OF_ARTICLE, card.language)
    home = links.article(visit.plan.key, card.id, card.headline)
    path = f"{home}/{visit.names['feature']}"
    if moved := _moved(visit, "article", path):
        return moved
    ids = [card.id]
    if kind is BriefKind.BACKGROUND:
        ids += _before(visit, card.id)
    elif kind is BriefKind.DEFINITION:
        ids += _mates(visit, card.id) + _hits(visit, _question(visit, "q"))
    read = readable(visit, list(dict.fromkeys(ids))[:READ])
    about = sum(one.telling.id == card.id for one in read)
    return _asked(
        visit, Subject(kind, f"article/{card.id}", (home, card.headline), card.language, path, read, about, _own(visit))
    )


def of_story(visit: Visit) -> Subject | Moved:
    """Read what a story's page asks for. Raises NotFound."""
    kind = _kind(visit, features.OF_STORY)
    story = stories.get(visit.view, StoryId(_number(visit)))
    if story is None:
        raise NotFound("no story is kept under this address")
    home = links.story(visit.plan.key, story.id, story.headline)
    path = f"{home}/{visit.names['feature']}"
    if moved := _moved(visit, "story", path):
        return moved
    ids = reading.story_ids(visit.view, story.id, READ)
    if kind is not BriefKind.CHANGES:
        lead = story.lead_article_id
        ids = sorted(ids, key=lambda one: (one != lead, one))
    own = len(ids)
    if kind is BriefKind.BACKGROUND:
        ids = [*ids, *_before(visit, *ids)]
    elif kind is BriefKind.DEFINITION:
        ids += _hits(visit, _question(visit, "q"))
    first = set(ids[:own])
    read = readable(visit, list(dict.fromkeys(ids)))
    about = sum(one.telling.id in first for one in read)
    return _asked(
        visit,
        Subject(kind, f"story/{story.id}", (home, story.headline), story.language, path, read, about, _own(visit)),
    )


def of_edition(visit: Visit) -> Subject:
    """Read the Eight. Raises NotFound where none were laid out."""
    laid_out = editions.latest(visit.view, visit.plan.key)
    if BriefKind.EDITION not in features.offered(visit) or laid_out is None:
        raise NotFound("there is no briefing")
    read = readable(visit, [slot.article_id for slot in laid_out.eight])
    home = links.front(visit.plan.key)
    key = f"edition/{visit.plan.key}"
    own = _own(visit)
    return Subject(BriefKind.EDITION, key, (home, visit.plan.title), own, f"{home}/briefing", read, len(read), own)


def of_archive(visit: Visit) -> Subject:
    """Find what a question to the whole archive is answered from."""
    if BriefKind.ANSWER not in features.offered(visit):
        raise NotFound("questions are not answered here")
    asked = " ".join(_questions(visit)[-2:])
    read = readable(visit, _hits(visit, asked))
    home = f"/{visit.plan.key}/search"
    own, title = _own(visit), visit.t("Search")
    about = len(read)
    return _asked(
        visit, Subject(BriefKind.ANSWER, "archive", (home, title), own, f"/{visit.plan.key}/ask", read, about, own)
    )


PLACES = {"article": of_article, "story": of_story, "edition": of_edition, "archive": of_archive}
"""What can be asked about, by the part of the address that says so."""


def _own(visit: Visit) -> str:
    return visit.plan.language


def _kind(visit: Visit, kinds: Sequence[BriefKind], language: str = "") -> BriefKind:
    kind = features.KINDS.get(visit.names["feature"])
    if kind is None or kind not in kinds or kind not in features.offered(visit, language):
        raise NotFound("there is no such feature")
    return kind


def _number(visit: Visit) -> int:
    number = read_short_id(visit.names["number"])
    if number is None or number >= _TOP:
        raise NotFound("nothing is kept under this address")
    return number


def _moved(visit: Visit, place: str, path: str) -> Moved | None:
    """Lead to the address as it is now, when the headline in it is an old one; what was asked goes along."""
    names = visit.names
    if unquote(path) == f"/{visit.plan.key}/{place}/{names['number']}/{names['words']}/{names['feature']}":
        return None
    return Moved(f"{path}?{urlencode(visit.query)}" if visit.query else path, for_good=False)


def _asked(visit: Visit, subject: Subject) -> Subject:
    """Add what was asked, as far as the feature asks anything."""
    if subject.kind is BriefKind.CHANGES:
        return replace(subject, since=_since(visit))
    if subject.kind is BriefKind.DEFINITION:
        return replace(subject, question=_question(visit, "q"))
    if subject.kind is not BriefKind.ANSWER:
        return subject
    *before, question = _questions(visit) or [""]
    return replace(subject, question=question, before=tuple(before))


def _questions(visit: Visit) -> list[str]:
    """Give what was asked, oldest first, this question last."""
    given = [_question(visit, f"q{number}") for number in range(1, EARLIER + 1)]
    return [one for one in (*given, _question(visit, "q")) if one]


def _question(visit: Visit, name: str) -> str:
    question = " ".join(visit.query.get(name, "").split())
    if len(question) > features.LONGEST:
        raise InputError(f"a question has {features.LONGEST} characters at most")
    return question


def _since(visit: Visit) -> datetime:
    """Read since when; a day ago where nothing, or nothing that makes sense, was said."""
    now = visit.here.now
    try:
        moment = datetime.fromisoformat(visit.query.get("since", "")[:40])
    except ValueError:
        return (now - timedelta(days=1)).replace(second=0, microsecond=0)
    return min(now, moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _before(visit: Visit, *members: ArticleId) -> list[ArticleId]:
    """Find what came before: related articles that are older, those told as background first, then the newest."""
    oldest = min(members, default=ArticleId(0))
    found: Mapping[ArticleId, bool] = {
        one.other_id: one.kind is RelationKind.BACKGROUND
        for found_by in relations.of_many(visit.view, members).values()
        for one in found_by
        if one.other_id < oldest and one.kind is not RelationKind.DUPLICATE
    }
    return sorted(found, key=lambda one: (not found[one], -one))[:_BEFORE]


def _mates(visit: Visit, article: ArticleId) -> list[ArticleId]:
    story = stories.stories_of(visit.view, [article]).get(article)
    return reading.story_ids(visit.view, story.id, _BEFORE) if story else []


def _hits(visit: Visit, question: str) -> list[ArticleId]:
    """Search for the words of a question: the articles that have all or most of them."""
    if not question:
        return []
    tools = visit.site.tools
    own = visit.plan.languages or (visit.plan.language,)
    finder = Finder(tools.search_index, visit.view, own, visit.known.display.bar, tools.meaning)
    found = find(finder, SearchQuery(question, limit=_FOUND))
    return [hit.id for hit in found.hits]


def shown_key(subject: Subject) -> str:
    """Name the subject in addresses and lists for people."""
    place, _, number = subject.key.partition("/")
    return f"{place}/{short_id(int(number))}" if number.isdigit() else subject.key
