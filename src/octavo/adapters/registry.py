"""Adapter names in settings to classes; also entry points, so that others can ship adapters without a fork."""

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoints, entry_points
from typing import Any

from octavo.errors import SettingsError

KNOWN: dict[str, dict[str, str]] = {
    "database": {
        "sqlite": "octavo.adapters.sqlite.database:SqliteDatabase",
        "postgres": "octavo.adapters.postgres.database:PostgresDatabase",
    },
    "search_index": {
        "sqlite": "octavo.adapters.sqlite.search:SqliteSearch",
        "postgres": "octavo.adapters.postgres.search:PostgresSearch",
    },
    "vector_index": {
        "exact": "octavo.adapters.vector_indexes.exact:ExactIndex",
        "milvus": "octavo.adapters.vector_indexes.milvus:MilvusIndex",
    },
    "meaning": {"worker": "octavo.adapters.meaning.over_socket:WorkerMeaning"},
    "fetcher": {
        "http": "octavo.adapters.fetchers.http:HttpFetcher",
        "recorded": "octavo.adapters.fetchers.recorded:RecordedFetcher",
    },
    "embedder": {
        "local": "octavo.adapters.embedders.local:LocalEmbedder",
        "off": "octavo.adapters.embedders.off:OffEmbedder",
        "openai": "octavo.adapters.embedders.openai_api:OpenAiEmbedder",
    },
    "language_model": {
        "off": "octavo.adapters.language_models.off:OffModel",
        "order": "octavo.adapters.language_models.order:InOrder",
        "limited": "octavo.adapters.language_models.limited:Limited",
        "openai": "octavo.adapters.language_models.openai_api:OpenAiModel",
        "anthropic": "octavo.adapters.language_models.anthropic_api:AnthropicModel",
        "local": "octavo.adapters.language_models.local:LocalModel",
    },
    "classifier": {"model": "octavo.adapters.classifiers.model:ModelClassifier"},
    "speaker": {
        "off": "octavo.adapters.speakers.off:OffSpeaker",
        "espeak": "octavo.adapters.speakers.espeak:EspeakSpeaker",
        "openai": "octavo.adapters.speakers.openai_api:OpenAiSpeaker",
    },
    "translator": {
        "off": "octavo.adapters.translators.off:OffTranslator",
        "order": "octavo.adapters.translators.order:InOrder",
        "bergamot": "octavo.adapters.translators.bergamot:BergamotTranslator",
        "apertium": "octavo.adapters.translators.apertium:ApertiumTranslator",
    },
    "pusher": {
        "http": "octavo.adapters.pushers.http:HttpPusher",
        "recorded": "octavo.adapters.pushers.recorded:RecordedPusher",
    },
    "mailer": {
        "smtp": "octavo.adapters.mailers.smtp:SmtpMailer",
        "console": "octavo.adapters.mailers.console:ConsoleMailer",
        "off": "octavo.adapters.mailers.off:OffMailer",
    },
    "tracer": {
        "off": "octavo.adapters.tracers.off:OffTracer",
        "otlp": "octavo.adapters.tracers.otlp:OtlpTracer",
    },
    "crew": {
        "alone": "octavo.adapters.crews.alone:Alone",
        "ray": "octavo.adapters.crews.over_ray:RayCrew",
    },
    "blobs": {
        "disk": "octavo.adapters.blobs.disk:DiskBlobs",
        "database": "octavo.adapters.postgres.blobs:PostgresBlobs",
    },
}
"""Port, then name in settings, then module and class: imported only when chosen."""

GROUP = "octavo.adapters"


def find(port: str, name: str) -> Any:
    """Import the class of the adapter `name` for `port`. Raises SettingsError listing the names there are.

    Outsiders register in the entry-point group `octavo.adapters` under "port.name".
    """
    places = KNOWN[port] | {
        point.name.removeprefix(f"{port}."): point.value for point in _registered() if point.name.startswith(f"{port}.")
    }
    if name not in places:
        known = ", ".join(sorted(places))
        raise SettingsError(f"setting {port}: there is no adapter called {name!r}; there are {known}")
    module, _, attribute = places[name].partition(":")
    try:
        return getattr(import_module(module), attribute)
    except ImportError as error:
        raise SettingsError(f"setting {port}: {name!r} needs a package that is not installed: {error}") from error


@cache
def _registered() -> EntryPoints:
    """Read what outsiders registered, once: it is looked for in the files of every package that is installed."""
    return entry_points(group=GROUP)
