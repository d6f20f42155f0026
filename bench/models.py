"""Language models on the sample newswire's articles: time to first words, time in all, tokens, price of a thousand.

    python bench/models.py [--articles 8] [--file MODEL.gguf] [--threads 2]

Asks every model the settings name, or with --file that file in two ways: in the process, and behind llama.cpp's own
server on loopback, by the OpenAI chat API. Each is asked for three sentences about each article. No budget counts here.
"""

import argparse
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from octavo import config
from octavo.adapters import registry
from octavo.adapters.newswire.library import read_library
from octavo.adapters.secret_files import read_secret
from octavo.config import ModelSettings
from octavo.ports.language_model import LanguageModel, Piece, Prompt

RULES = "Say in three sentences what this article reports. Use only what it says."
MOST_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer: seconds to its first words and in all, seconds of processor time of this process, and its tokens."""

    first_s: float
    whole_s: float
    cpu_s: float
    last: Piece


def ask(model: LanguageModel, text: str, name: str = "") -> Asked:
    """Ask for one article; `name` in the rules keeps one way of asking from what a server remembers of another."""
    began, cpu, first, last = time.monotonic(), time.process_time(), 0.0, Piece()
    with closing(model.write(Prompt("bench/1", f"{name}: {RULES}", text[:MOST_CHARACTERS], most_tokens=120))) as pieces:
        for last in pieces:
            first = first or (time.monotonic() - began if last.text else 0.0)
    return Asked(first, time.monotonic() - began, time.process_time() - cpu, last)


def named() -> Iterator[tuple[ModelSettings, LanguageModel]]:
    """Make the models the settings name."""
    settings = config.load()
    for one in settings.models.order:
        key = read_secret(one.key, one.key_name, settings.secrets_dir, "key_name")
        yield one, registry.find("language_model", one.adapter)(one, key)


def of_file(path: str, threads: int) -> Iterator[tuple[ModelSettings, LanguageModel]]:
    """Make one file's model twice: in the process, and asked over loopback."""
    patient = {"context": 4096, "whole_s": 600.0, "first_words_s": 600.0, "at_once": 1}
    settings = ModelSettings.model_validate(
        {"name": "file", "adapter": "local", "model": path, "threads": threads} | patient
    )
    local = registry.find("language_model", "local")(settings, "")
    yield settings, local
    engine = local._load()  # the same engine: it listens on loopback as well, behind its key
    served = ModelSettings.model_validate({"name": "loopback", "address": f"{engine.listening_address}/v1"} | patient)
    yield served, registry.find("language_model", "openai")(served, local._key)


def main() -> None:
    """Ask and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=8)
    options.add_argument("--file", default="")
    options.add_argument("--threads", type=int, default=2)
    given = options.parse_args()
    library = read_library()
    english = {one.key for one in library.publishers if one.language.startswith("en")}
    articles = [one for one in library.articles if one.publisher in english][: given.articles]
    texts = [f"{one.title}\n\n{one.body}" for one in articles]
    print("model      first words s   in all s   CPU s   tokens read   written   price of 1000 articles   (medians)")
    for settings, model in of_file(given.file, given.threads) if given.file else named():
        ask(model, "One word.")  # loads what is to be loaded
        rows = [ask(model, text, settings.name) for text in texts]
        read = statistics.mean(one.last.tokens_in for one in rows)
        wrote = statistics.mean(one.last.tokens_out for one in rows)
        price = (read * settings.price_in + wrote * settings.price_out) / 1000
        first, whole, cpu = (
            statistics.median(getattr(one, name) for one in rows) for name in ("first_s", "whole_s", "cpu_s")
        )
        print(f"{settings.name:10} {first:13.2f} {whole:10.2f} {cpu:7.2f} {read:13.0f} {wrote:9.0f} {price:24.2f}")


if __name__ == "__main__":
    main()
