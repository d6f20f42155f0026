"""Sound out of RIFF/WAVE files as speakers write them: also those that were written as they were spoken.

Such a file cannot say beforehand how long it is: its sizes are 0, or as large as can be. What is there is what counts.
"""

import struct
from array import array

from octavo.domain.speech import Sound
from octavo.errors import SpeakerError

RATES = range(8_000, 48_001)
_PCM, _EXTENSIBLE = 1, 0xFFFE
_HEAD = 12
_CHUNK = struct.Struct("<4sI")
_FORMAT = struct.Struct("<HHIIHH")


def read_wave(data: bytes, name: str) -> Sound:
    """Read a file of 16-bit samples; two channels become one. Raises SpeakerError for what is none."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise SpeakerError(f"{name} answers with something that is no sound: it has to be asked for WAV")
    form: tuple[int, ...] = ()
    place = _HEAD
    while place + _CHUNK.size <= len(data):
        kind, size = _CHUNK.unpack_from(data, place)
        place += _CHUNK.size
        if kind == b"fmt " and place + _FORMAT.size <= len(data):
            form = _FORMAT.unpack_from(data, place)
        elif kind == b"data":
            return _sound(form, data[place:] if size in (0, 0xFFFFFFFF) else data[place : place + size], name)
        place += size + size % 2
    raise SpeakerError(f"{name} gives a sound that is cut off before it begins")


def _sound(form: tuple[int, ...], samples: bytes, name: str) -> Sound:
    if not form or form[0] not in (_PCM, _EXTENSIBLE) or form[5] != 16 or form[1] not in (1, 2) or form[2] not in RATES:
        raise SpeakerError(f"{name} gives a sound of a kind that is not read: one or two channels of 16 bits, PCM")
    channels, rate = form[1], form[2]
    whole = samples[: len(samples) - len(samples) % (2 * channels)]
    return Sound(rate, whole if channels == 1 else _mixed(whole))


def _mixed(samples: bytes) -> bytes:
    both = array("h", samples)
    return array("h", [(left + right) // 2 for left, right in zip(both[::2], both[1::2], strict=True)]).tobytes()
