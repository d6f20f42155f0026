"""What every speaker must do: the program eSpeak NG for real, a server of the OpenAI speech API on loopback."""

import io
import json
import os
import shutil
import struct
import wave
from array import array
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec
from pathlib import Path

import pytest

from octavo.adapters import registry
from octavo.adapters.speakers import espeak, tape, waves
from octavo.adapters.speakers.espeak import EspeakSpeaker
from octavo.adapters.speakers.off import OffSpeaker
from octavo.adapters.speakers.openai_api import OpenAiSpeaker
from octavo.config import SpeechSettings
from octavo.domain.speech import Sound, Spoken
from octavo.errors import SettingsError, SpeakerError, SpeakerOff
from octavo.ports.speaker import Speaker

from .conftest import Web, send

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not find_spec("soundfile"), reason="soundfile, of the extra octavo[speech], is not installed"),
]

KEY = "sk-harbour-and-tide"
LINES = [
    Spoken("The harbour office of Varn found the tide ledger.", "en", pause_s=0.5),
    Spoken("It lists every ship.", "en", pause_s=1.0),
]


def tone(seconds: float = 0.5, rate: int = 24_000, channels: int = 1) -> bytes:
    """A WAV file with something to hear in it."""
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", ([4000] * channels + [-4000] * channels) * round(seconds * rate / 2)).tobytes())
    return written.getvalue()


def served(web: Web, **changes: object) -> OpenAiSpeaker:
    usual: dict[str, object] = {
        "address": web.url("/v1", "127.0.0.1"),
        "model": "small",
        "voice": "gull",
        "whole_s": 20,
    }
    return OpenAiSpeaker(SpeechSettings.model_validate(usual | changes), KEY)


@pytest.fixture(params=["espeak", "openai"])
def speaker(request: pytest.FixtureRequest, web: Web) -> Iterator[Speaker]:
    if request.param == "espeak":
        if not shutil.which("espeak-ng"):
            pytest.skip("the program espeak-ng is not on this machine")
        yield EspeakSpeaker(SpeechSettings())
        return
    web.answer("/v1/audio/speech", tone())
    yield served(web)


def test_lines_become_one_mp3_and_each_is_found_in_it(speaker: Speaker) -> None:
    made = speaker.record(LINES)
    assert made.media_type == "audio/mpeg"
    assert made.data[:2] == b"\xff\xf3" or made.data[:3] == b"ID3"
    assert made.starts[0] == 0
    assert made.starts[1] > 0.9, "the first line and its pause"
    assert made.seconds > made.starts[1] + 1.4, "the second line and its pause"
    heard = tape.encoder().SoundFile(io.BytesIO(made.data))
    assert heard.frames / heard.samplerate == pytest.approx(made.seconds, abs=0.2)
    assert 3_000 < len(made.data) / made.seconds < 10_000, "bytes a second"


def test_it_has_a_name_and_knows_its_languages(speaker: Speaker) -> None:
    assert speaker.voice
    assert speaker.speaks("en")
    assert speaker.speaks("en-GB")
    assert speaker.speaks("de")


def test_odd_text_is_said_or_refused_and_nothing_breaks(speaker: Speaker) -> None:
    odd = ["-w /tmp/octavo-odd.wav", "[[h@l'oU]] $(id) `id` ; id", "a\x00b\ud800c", "‮مرحبا 🦉", "x" * 9000, "<mark/>"]
    made = speaker.record([Spoken(one, "en") for one in odd])
    assert len(made.starts) == len(odd)
    assert not Path("/tmp/octavo-odd.wav").exists()


def test_silence_is_no_recording(speaker: Speaker, web: Web) -> None:
    web.answer("/v1/audio/speech", tone(0))
    with pytest.raises(SpeakerError, match="silent"):
        speaker.record([Spoken(" ", "en")])
    with pytest.raises(SpeakerError, match="silent"):
        speaker.record([])


def test_where_nobody_speaks_nothing_is_recorded() -> None:
    nobody = OffSpeaker(SpeechSettings())
    assert (nobody.voice, nobody.speaks("en")) == ("", False)
    with pytest.raises(SpeakerOff):
        nobody.record(LINES)
    assert registry.find("speaker", "off") is OffSpeaker


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="the program espeak-ng is not on this machine")
def test_espeak_is_not_asked_for_what_it_cannot_read() -> None:
    here = EspeakSpeaker(SpeechSettings())
    spoken = {one for one in "az de en es fr hi tr uk nb no pt-BR".split() if here.speaks(one)}
    assert spoken == set("az de en es fr hi tr uk nb no pt-BR".split())
    assert [one for one in "ar fa he ja zh zh-Hant xx".split() if here.speaks(one)] == []
    spelled, spoken_as = (here.record([Spoken(one, "en")]).seconds for one in ("[[h@l'oU]]", "hello"))
    assert spelled > 1.5 * spoken_as, "what stands in brackets is text, too, and no notation"
    with pytest.raises(SpeakerError, match="does not read 'ja'"):
        here.record([Spoken("潮位記録", "ja")])


@pytest.mark.parametrize(
    ("script", "match"),
    [
        ("sleep 30", "not done within"),
        ("exit 3", "ended with code 3"),
        ("cat /dev/zero", "more than it was asked for"),
        ("echo nonsense", "no sound"),
    ],
)
def test_a_program_that_misbehaves_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, match: str
) -> None:
    program = tmp_path / "espeak-ng"
    listed = "printf 'Pty Language Age VoiceName\\n 5 en-gb --/M English\\n'"
    program.write_text(f'#!/bin/sh\ncase "$*" in *--voices*) {listed} ;; *) {script} ;; esac\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    speaker = EspeakSpeaker(SpeechSettings(whole_s=1 if "sleep" in script else 20))
    with pytest.raises(SpeakerError, match=match):
        speaker.record(LINES)


def test_a_machine_without_the_program_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "_PLACES", ("no-such-program",))
    with pytest.raises(SettingsError, match="apt install espeak-ng"):
        EspeakSpeaker(SpeechSettings())


def test_a_server_is_asked_line_by_line(web: Web) -> None:
    web.answer("/v1/audio/speech", tone())
    served(web).record(LINES)
    assert [json.loads(one.body) for one in web.visits] == [
        {"model": "small", "voice": "gull", "input": line.text, "response_format": "wav"} for line in LINES
    ]
    assert web.visits[0].fields["authorization"] == f"Bearer {KEY}"


def test_a_server_is_asked_for_its_languages_alone(web: Web) -> None:
    some = served(web, languages=["en", "pt-BR"])
    assert [one for one in ("en", "en-GB", "pt-br", "de", "pt") if some.speaks(one)] == ["en", "en-GB", "pt-br"]
    with pytest.raises(SpeakerError, match=r"speech\.languages"):
        some.record([Spoken("Der Hafen.", "de")])
    assert not web.visits


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "9000")
    handler.end_headers()
    handler.wfile.write(tone()[:500])
    handler.close_connection = True


@pytest.mark.parametrize(
    ("answer", "match"),
    [
        (lambda handler: send(handler, b"nonsense"), "no sound"),
        (lambda handler: send(handler, b'{"error": "sk-harbour-and-tide"}', 500), "with an error"),
        (lambda handler: send(handler, b"{}", 401), "does not take the key"),
        (lambda handler: send(handler, b"", 302, Location="http://one.localhost/"), "redirects"),
        (lambda handler: send(handler, tone()[:40]), "cut off"),
        (lambda handler: send(handler, b"RIFF\0\0\0\0WAVE" + b"fmt \xff\xff\xff\xff"), "cut off"),
        (cut, "broke off"),
    ],
)
def test_what_is_no_sound_is_an_error(web: Web, answer: Callable[[BaseHTTPRequestHandler], None], match: str) -> None:
    web.pages["/v1/audio/speech"] = answer
    with pytest.raises(SpeakerError, match=match) as caught:
        served(web).record(LINES)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("missing", ["address", "model", "voice"])
def test_a_server_has_to_be_named(web: Web, missing: str) -> None:
    with pytest.raises(SettingsError, match=rf"speech\.{missing}"):
        served(web, **{missing: ""})


def test_a_wave_that_was_written_as_it_was_spoken_is_read() -> None:
    whole = tone(0.25)
    for size in (0, 0xFFFFFFFF, 0x7FFFF000):
        streamed = whole[:40] + struct.pack("<I", size) + whole[44:]
        assert waves.read_wave(streamed, "it").seconds == pytest.approx(0.25)
    assert waves.read_wave(tone(0.25, channels=2), "it").samples == waves.read_wave(whole, "it").samples
    with pytest.raises(SpeakerError, match="16 bits"):
        waves.read_wave(whole[:34] + struct.pack("<H", 8) + whole[36:], "it")


def test_a_tape_keeps_its_pace_and_its_bounds() -> None:
    made = tape.Tape()
    made.add(Sound(24_000, b"\1\0" * 24_000), 0.5)
    assert made.seconds == pytest.approx(1.5)
    with pytest.raises(SpeakerError, match="changed from 24000 to 22050"):
        made.add(Sound(22_050, b"\1\0"), 0.0)
    with pytest.raises(SpeakerError, match="longer than"):
        made.add(Sound(24_000, b"\1\0"), tape.MOST_SECONDS)
