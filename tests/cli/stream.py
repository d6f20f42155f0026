"""Fictional articles as `octavo import` reads them: two events and a few that belong to neither."""

import json
from collections.abc import Sequence
from pathlib import Path

FERRY = (
    "The ferry Star of Kalden ran aground off Port Ember on Monday with 214 people on board, the coast guard said. "
    "All passengers were brought ashore by the evening. The captain, Ilse Brandt, told reporters that the steering "
    "failed in high seas. Investigators from the Kalden Maritime Office will examine the ship this week."
)
LAKE = (
    "The water of Lake Orrin has fallen to its lowest level in forty years, the Tessaly Water Authority reported. "
    "Farmers around the lake were told to halve what they draw. Minister Dana Holt said rationing would begin in the "
    "towns of Varn and Selwyn if no rain fell by the end of the month."
)


def row(number: int, **other: object) -> dict[str, object]:
    """One article; every third one is about nothing in particular."""
    title, text = [
        (f"Ferry runs aground off Port Ember, report {number}", f"{FERRY} Report number {number} of the day."),
        (f"Lake Orrin at forty-year low, report {number}", f"{LAKE} Report number {number} of the day."),
        (f"Column {number}", f"Some thoughts about {['bread', 'bees', 'snow', 'chess'][number % 4]}, number {number}."),
    ][number % 3]
    made: dict[str, object] = {
        "id": f"a{number}",
        "url": f"https://paper{number % 5}.example/{number}",
        "title": title,
        "text": text,
        "published": f"2026-11-{10 + number % 4:02d}T{number % 24:02d}:00:00+00:00",
        "publisher": f"Paper {number % 5}",
        "language": "en",
        "authors": ["Ada Quill"],
        "section": "World",
    }
    return made | other


def write(file: Path, rows: Sequence[object]) -> Path:
    """Write NDJSON; a string stands for a line as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in rows]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file
