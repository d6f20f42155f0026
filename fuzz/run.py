"""Fuzz one target with atheris (libFuzzer): `python fuzz/run.py feed -max_total_time=1800`.

atheris is no part of the project's own environment: `pip install '.[fuzz]'`. New inputs go to a folder of their own,
not into the corpus; what makes a target fail is written to the present folder as crash-*.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["octavo", "feedparser", "protego"]):
    sys.path.insert(0, str(Path(__file__).parent))
    import targets


def main() -> None:
    """Run the target that is named first; the rest is for libFuzzer."""
    name, rest = sys.argv[1], sys.argv[2:]
    seeds = targets.CORPUS / name
    for seed in sorted(seeds.iterdir())[:1] if seeds.is_dir() else ():
        targets.run(name, seed.read_bytes())  # what is loaded at the first time is no input's fault
    folders = [tempfile.mkdtemp(prefix=f"octavo-fuzz-{name}-"), *([str(seeds)] if seeds.is_dir() else [])]
    atheris.Setup(
        [sys.argv[0], "-timeout=10", "-rss_limit_mb=2048", *rest, *folders], lambda data: targets.run(name, data)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
