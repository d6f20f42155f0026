"""record_episode on a real store: one episode a day, made again when its articles change. All is fictional."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from octavo.actions.opening import prepare_site
from octavo.domain.edition import Edition, Slot
from octavo.domain.ids import ArticleId, EditionKey, PublisherId, StoryId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.speech import Episode, Recording, Spoken
from octavo.errors import NotFound, SpeakerError
from octavo.pipeline.record_episode import forget_episodes, record_episodes
from octavo.pipeline.worker import make_engine
from octavo.ports.tools import Tools
from octavo.serve.aloud import open_scripts
from octavo.store import articles, editions, episodes, publishers

from .conftest import NOW, Keep

GB = EditionKey("en-gb")
TEXTS = (
    (
        "gull",
        "Ferry aground off Port Ember",
        "The ferry Star of Kalden ran aground off Port Ember on Friday with 214 people on board.",
    ),
    (
        "tern",
        "Lumen Labs must disclose",
        "Lumen Labs must disclose its sources within ninety days, the Tessaly tribunal ruled on Friday.",
    ),
)


@dataclass
class Whistler:
    """A speaker that whistles each line for as many seconds as it has words."""

    voice: str = "A whistle"
    tongues: tuple[str, ...] = ("en",)
    broken: bool = False
    said: list[Sequence[Spoken]] = field(default_factory=list)

    def speaks(self, language: str) -> bool:
        return language in self.tongues

    def record(self, lines: Sequence[Spoken]) -> Recording:
        if self.broken:
            raise SpeakerError("out of breath")
        self.said.append(lines)
        return Recording(f"whistle {len(self.said)}".encode(), "audio/mpeg", 9.0, tuple(map(float, range(len(lines)))))


@dataclass
class Clock:
    """The time as the tests set it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def whistler() -> Whistler:
    return Whistler()


@pytest.fixture
def told(tools: Tools, keep: Keep, whistler: Whistler) -> Tools:
    """An instance with an edition of two stories, and somebody to whistle it."""
    ids = keep(TEXTS)
    prepare_site(tools.database)
    slots = tuple(Slot(StoryId(number), one, 2.0 - number) for number, one in enumerate(ids))
    with tools.database.transaction() as tx:
        editions.save(tx, Edition(GB, NOW, slots))
    settings = tools.settings.model_copy(update={"speaker": "espeak"})
    made = replace(tools, settings=settings, speaker=whistler, now=Clock())
    return replace(made, scripts=open_scripts(made))


def clock(tools: Tools) -> Clock:
    assert isinstance(tools.now, Clock)
    return tools.now


def kept(tools: Tools) -> list[Episode]:
    with tools.database.read() as view:
        return episodes.kept(view)


def rewrite(tools: Tools, text: str) -> None:
    with tools.database.transaction() as tx:
        old = articles.by_url(tx, "https://gull.example/0")
        assert old is not None
        [whole] = articles.get_many(tx, [old.id])
        articles.save(tx, [replace(whole, blocks=(replace(whole.blocks[0], text=text),))], now=NOW)


def test_a_day_has_one_episode(told: Tools, whistler: Whistler) -> None:
    assert record_episodes(told) == 1
    assert record_episodes(told) == 0
    [one] = kept(told)
    assert (one.edition, one.day.isoformat(), one.voice) == (GB, "2026-11-20", "A whistle")
    assert told.blobs.get(one.blob) == b"whistle 1"
    assert one.size == len(b"whistle 1")
    assert one.script.lines == tuple(whistler.said[0])
    assert [line.text for line in one.script.lines if line.quoted] == [text for _, _, text in TEXTS]
    clock(told).now += timedelta(days=1)
    assert record_episodes(told) == 1
    assert [one.day.isoformat() for one in kept(told)] == ["2026-11-20", "2026-11-21"]


def test_it_is_made_from_its_hour_on(told: Tools) -> None:
    clock(told).now = datetime(2026, 11, 20, 5, 59, tzinfo=UTC)
    assert record_episodes(told) == 0
    clock(told).now += timedelta(minutes=1)
    assert record_episodes(told) == 1


def test_what_was_rewritten_is_said_anew(told: Tools, whistler: Whistler) -> None:
    record_episodes(told)
    [old] = kept(told)
    rewrite(told, "The ferry Star of Kalden was towed to Port Ember on Friday with nobody on board.")
    assert record_episodes(told) == 1
    assert "towed" in " ".join(line.text for line in whistler.said[1])
    with pytest.raises(NotFound):
        told.blobs.get(old.blob)
    [one] = kept(told)
    assert told.blobs.get(one.blob) == b"whistle 2"


def test_an_old_episode_is_forgotten_with_its_audio(told: Tools) -> None:
    record_episodes(told)
    [one] = kept(told)
    clock(told).now += timedelta(days=told.settings.speech.days)
    assert forget_episodes(told) == 0
    clock(told).now += timedelta(days=1)
    assert forget_episodes(told) == 1
    assert kept(told) == []
    with pytest.raises(NotFound):
        told.blobs.get(one.blob)


def test_what_may_not_be_quoted_any_more_is_deleted(told: Tools) -> None:
    record_episodes(told)
    with told.database.transaction() as tx:
        gull = publishers.get(tx, PublisherId("gull"))
        assert gull is not None
        publishers.save(tx, [replace(gull, policy=DisplayPolicy.HEADLINE)])
    clock(told).now += timedelta(minutes=5)
    assert forget_episodes(told) == 1


def test_a_speaker_that_fails_leaves_nothing_behind(told: Tools, whistler: Whistler) -> None:
    whistler.broken = True
    assert record_episodes(told) == 0
    assert (kept(told), [*told.blobs.under("episodes")]) == ([], [])
    whistler.broken = False
    assert record_episodes(told) == 1


def test_nobody_speaks_a_language_they_do_not_read(told: Tools, whistler: Whistler) -> None:
    whistler.tongues = ("de",)
    assert record_episodes(told) == 0
    assert whistler.said == []


def test_without_a_speaker_there_is_no_episode(told: Tools) -> None:
    silent = replace(told, speaker=Whistler(voice=""))
    assert record_episodes(silent) == 0


def test_an_edition_without_stories_has_none(told: Tools) -> None:
    with told.database.transaction() as tx:
        editions.save(tx, Edition(GB, NOW + timedelta(minutes=1), (Slot(StoryId(9), ArticleId(99), 1.0),)))
    assert record_episodes(told) == 0


@pytest.mark.parametrize("voice", ["", "A whistle"])
def test_the_worker_does_it_where_somebody_speaks(told: Tools, voice: str) -> None:
    engine = make_engine(
        replace(told, speaker=Whistler(voice=voice)), f"sqlite:///{told.settings.data_dir / 'jobs.sqlite'}"
    )
    try:
        assert ("record_episodes" in {kind for _, kind in engine._plan.schedules}) is bool(voice)
    finally:
        engine.stop()
