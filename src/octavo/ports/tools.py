"""Tools: one of each port, plus settings and the clock; passed to the shells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from octavo.config import Settings
from octavo.ports.blobs import Blobs
from octavo.ports.classifier import Classifier, NobodyJudges
from octavo.ports.database import Database
from octavo.ports.embedder import Embedder
from octavo.ports.fetcher import Fetcher, NoFetcher
from octavo.ports.language_model import LanguageModel
from octavo.ports.letters import Letters, NoLetters
from octavo.ports.mailer import Mailer
from octavo.ports.meaning import Meaning, NobodyToAsk
from octavo.ports.meter import Meter
from octavo.ports.postings import NoPostings, Postings
from octavo.ports.pusher import Pusher
from octavo.ports.queue import NoQueue, Queue
from octavo.ports.scripts import NoScripts, Scripts
from octavo.ports.search_index import SearchIndex
from octavo.ports.speaker import NoSpeaker, Speaker
from octavo.ports.topics import NoTopics, Topics
from octavo.ports.tracer import NoTracer, Tracer
from octavo.ports.translator import NoTranslator, Translator
from octavo.ports.vector_index import VectorIndex


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything a shell needs from outside; made by app.build_tools. `now` is the only clock, always UTC.

    `metrics_token` lets a reader of figures in, if there is one.
    `strangers` is a fetcher for addresses other servers gave: it reaches no private network but those named for it.
    `provider_secrets` are this instance's at providers of identities, by their keys.
    """

    settings: Settings
    now: Callable[[], datetime]
    database: Database
    blobs: Blobs
    fetcher: Fetcher
    pusher: Pusher
    mailer: Mailer
    embedder: Embedder
    language_model: LanguageModel
    search_index: SearchIndex
    vector_index: VectorIndex
    letters: Letters = field(default_factory=NoLetters)
    meaning: Meaning = field(default_factory=NobodyToAsk)
    classifier: Classifier = field(default_factory=NobodyJudges)
    queue: Queue = field(default_factory=NoQueue)
    topics: Topics = field(default_factory=NoTopics)
    meter: Meter = field(default_factory=Meter)
    tracer: Tracer = field(default_factory=NoTracer)
    metrics_token: str = field(default="", repr=False)
    strangers: Fetcher = field(default_factory=NoFetcher)
    postings: Postings = field(default_factory=NoPostings)
    speaker: Speaker = field(default_factory=NoSpeaker)
    translator: Translator = field(default_factory=NoTranslator)
    scripts: Scripts = field(default_factory=NoScripts)
    provider_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
