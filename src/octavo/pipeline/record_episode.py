"""edition -> episode: the day's briefing, read aloud and kept; and those gone that may not be heard any more."""

import hashlib
from datetime import timedelta

import structlog

from octavo.domain.ids import EditionKey
from octavo.domain.speech import Episode, Script
from octavo.errors import SettingsError, SpeakerError
from octavo.ports.tools import Tools
from octavo.store import episodes

log = structlog.get_logger()


def record_episodes(tools: Tools) -> int:
    """Make the episode of the day of every edition whose hour has come; gives how many.

    An episode whose articles changed, went, or may be quoted no more is deleted first: that of today is made again.
    """
    forget_episodes(tools)
    if not tools.speaker.voice:
        return 0
    return sum(_record(tools, edition) for edition in tools.scripts.editions())


def forget_episodes(tools: Tools) -> int:
    """Forget episodes that are old, or do not stand any more; gives how many."""
    before = tools.now().date() - timedelta(days=tools.settings.speech.days)
    with tools.database.read() as view:
        kept = episodes.kept(view)
    gone = [one for one in kept if one.day < before or not tools.scripts.stands(one)]
    for one in gone:
        with tools.database.transaction() as tx:
            episodes.forget(tx, one)
        tools.blobs.delete(one.blob)
    if gone:
        log.info("episodes forgotten", episodes=len(gone))
    return len(gone)


def _record(tools: Tools, edition: EditionKey) -> bool:
    """Make today's episode, unless it is there, it is too early, or there is nothing that the speaker can say."""
    there = tools.scripts.there(edition)
    if there.hour < tools.settings.speech.hour:
        return False
    with tools.database.read() as view:
        if episodes.get(view, edition, there.date()) is not None:
            return False
    script = tools.scripts.briefing(edition)
    if script is None or not _can_say(tools, script):
        return False
    try:
        recording = tools.speaker.record(script.lines)
    except (SpeakerError, SettingsError) as error:
        log.warning("no episode recorded", edition=edition, said=str(error))
        return False
    name = hashlib.sha256(recording.data).hexdigest()[:32]
    blob = f"episodes/{edition}-{there.date().isoformat()}-{name}.mp3"
    episode = Episode(
        edition,
        there.date(),
        tools.now(),
        script,
        recording.starts,
        recording.seconds,
        recording.media_type,
        blob,
        len(recording.data),
        tools.speaker.voice,
    )
    tools.blobs.put(blob, recording.data)
    with tools.database.transaction() as tx:
        episodes.save(tx, episode)
    log.info("episode recorded", edition=edition, seconds=round(recording.seconds), bytes=len(recording.data))
    return True


def _can_say(tools: Tools, script: Script) -> bool:
    return all(tools.speaker.speaks(one) for one in {line.language for line in script.lines})
