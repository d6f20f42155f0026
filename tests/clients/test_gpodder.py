"""gPodder 3.11 at a website: it subscribes to the podcast of the briefing, downloads the episode, and that plays."""

import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from octavo import app as wiring
from octavo.config import Settings
from octavo.config.speaking import SpeechSettings
from octavo.domain.edition import Edition, Slot
from octavo.domain.ids import EditionKey, StoryId
from octavo.domain.speech import Episode
from octavo.pipeline.record_episode import record_episodes
from octavo.store import editions, episodes

from .newsroom import PATIENCE_S, Newsroom

GPO = shutil.which("gpo")
ESPEAK = shutil.which("espeak-ng") and find_spec("soundfile")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not GPO, reason="gPodder is not installed: apt-get install gpodder"),
    pytest.mark.skipif(not ESPEAK, reason="espeak-ng or the extra octavo[speech] is not installed"),
]
GB = EditionKey("en-gb")


@pytest.fixture
def briefing(newsroom: Newsroom) -> Episode:
    """The newsroom with two stories laid out, and this hour's episode as eSpeak NG reads it."""
    now = newsroom.began
    slots = tuple(Slot(StoryId(number), one, 2.0 - number) for number, one in enumerate(newsroom.ids[:2]))
    with newsroom.database.transaction() as tx:
        editions.save(tx, Edition(GB, now, slots))
    settings = Settings(
        data_dir=newsroom.folder, embedder="off", speaker="espeak", speech=SpeechSettings(hour=0, editions=("en-gb",))
    )
    with wiring.open_tools(settings) as tools:
        assert record_episodes(tools) == 1
    with newsroom.database.read() as view:
        [one] = episodes.kept(view)
    newsroom.kill()
    newsroom.settings["OCTAVO_SPEAKER"] = "espeak"
    newsroom.start()
    return one


def gpo(home: Path, *words: str) -> str:
    """Have gPodder do something, with a home of its own; gives what it says."""
    assert GPO
    clean = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home), "GPODDER_HOME": str(home / "gpodder")}
    done = subprocess.run(
        [GPO, *words],
        env=clean,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S * 2,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_briefing_is_subscribed_to_downloaded_and_plays(
    newsroom: Newsroom, briefing: Episode, tmp_path: Path
) -> None:
    home = tmp_path / "listener"
    home.mkdir()
    address = f"{newsroom.address}/en-gb/podcast.rss"
    gpo(home, "subscribe", address)
    assert "The Eight in two minutes · United Kingdom · Octavo" in gpo(home, "list")
    pending = gpo(home, "pending")
    assert briefing.script.title in pending
    gpo(home, "download", address)
    [file] = (home / "gpodder" / "Downloads").rglob("*.mp3")
    assert file.stat().st_size == briefing.size, "the length that the feed names"
    assert briefing.script.title not in gpo(home, "pending")
    assert _seconds(file) == pytest.approx(briefing.seconds, abs=0.5)
    probed = _probed(file)
    if probed:
        assert probed["format_name"] == "mp3"
        assert float(probed["duration"]) == pytest.approx(briefing.seconds, abs=0.5)


def _seconds(file: Path) -> float:
    """Decode a whole recording; gives how long it is."""
    heard = pytest.importorskip("soundfile").SoundFile(str(file))
    assert heard.format == "MP3"
    return float(len(heard.read()) / heard.samplerate)


def _probed(file: Path) -> dict[str, Any]:
    """Ask ffprobe what a file is, where it is here."""
    program = shutil.which("ffprobe")
    if not program:
        return {}
    words = [program, "-v", "error", "-show_format", "-of", "json", str(file)]
    found: dict[str, Any] = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)["format"]
    return found
