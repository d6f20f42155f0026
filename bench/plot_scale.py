"""Draw how work grows with the archive: docs/images/scale.svg, from the lines bench/scale.py printed.

    python bench/plot_scale.py [--figures bench/scale.ndjson] [--out docs/images/scale.svg]

Both scales are logarithmic: what grows as the archive does is a line that rises as steeply as the diagonal.
"""

import argparse
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 400, 60, 20, 240, 44
LOW, HIGH = 0.1, 200.0
HERE = Path(__file__).parent

LINES: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], float]]] = {
    "a search, 99th of a hundred": ("#b3261e", lambda line: float(line["search"]["all"][1])),
    "nearest vectors of all": ("#7a5195", lambda line: float(line["nearest"]["all"]["ms"][1])),
    "an article placed, mean": ("#1f6f43", lambda line: float(line["placing"]["ms_an_article"])),
    "a search, median": ("#e07b39", lambda line: float(line["search"]["all"][0])),
    "nearest vectors of thirty days": ("#2a5b9e", lambda line: float(line["nearest"]["30 days"]["ms"][1])),
    "what is related, read": ("#555555", lambda line: float(line["related"][1])),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--figures", type=Path, default=HERE / "scale.ndjson")
    options.add_argument("--out", type=Path, default=HERE.parent / "docs" / "images" / "scale.svg")
    given = options.parse_args()
    lines = [json.loads(line) for line in given.figures.read_text(encoding="utf-8").splitlines()]
    kept = sorted((line for line in lines if line["database"] == "sqlite"), key=lambda line: line["articles"])
    given.out.write_text(drawn(kept), encoding="utf-8")


def drawn(lines: list[Mapping[str, Any]]) -> str:
    """Write the picture."""
    sizes = [line["articles"] for line in lines]

    def across(articles: float) -> float:
        share = math.log10(articles / sizes[0]) / math.log10(sizes[-1] / sizes[0])
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def down(ms: float) -> float:
        share = math.log10(max(LOW, ms) / LOW) / math.log10(HIGH / LOW)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" '
        'font-size="12"><title>CPU milliseconds by the number of articles kept</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for ms in (0.1, 1, 10, 100):
        parts.append(f'<path d="M{LEFT} {down(ms):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{down(ms) + 4:.1f}" text-anchor="end">{ms:g} ms</text>')
    for size in sizes:
        parts.append(f'<text x="{across(size):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{size:,}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" text-anchor="middle">articles kept</text>')
    ends: list[float] = []
    for label, (colour, of) in sorted(LINES.items(), key=lambda pair: -pair[1][1](lines[-1])):
        points = [(across(line["articles"]), down(of(line))) for line in lines]
        parts.append(
            f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="none" stroke="{colour}" '
            'stroke-width="2"/>'
        )
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        at = max(points[-1][1] + 4, (ends[-1] + 15) if ends else 0.0)
        ends.append(at)
        told = f"{label}: {of(lines[-1]):.3g} ms"
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{at:.1f}" fill="{colour}">{escape(told)}</text>')
    return "\n".join([*parts, "</svg>\n"])


if __name__ == "__main__":
    main()
