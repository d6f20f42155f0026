"""The wiring: settings -> tools -> web application and worker. The only module that knows the adapters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threadpoolctl import threadpool_limits

from octavo import lent
from octavo.actions.classifying import DecisionsLearned
from octavo.actions.opening import prepare_site
from octavo.actions.spending import KeptSpending
from octavo.actions.turns import KeptTurns
from octavo.adapters import process, registry
from octavo.adapters.secret_files import read_secret
from octavo.adapters.tracers.store import TracedDatabase
from octavo.adapters.watched import Watched
from octavo.config import EmbeddingSettings, ModelSettings, Settings, SpeechSettings
from octavo.domain.feed import Feed
from octavo.domain.job import JobRow
from octavo.domain.publisher import Publisher
from octavo.errors import InputError, SettingsError, StoreError
from octavo.ports.classifier import Classifier, NobodyJudges
from octavo.ports.crew import Crew
from octavo.ports.database import Database
from octavo.ports.embedder import Embedder
from octavo.ports.fetcher import Fetcher, NoFetcher
from octavo.ports.language_model import LanguageModel
from octavo.ports.mailer import Mailer
from octavo.ports.speaker import Speaker
from octavo.ports.tools import Tools
from octavo.ports.tracer import Tracer
from octavo.ports.translator import Translator
from octavo.ports.vector_index import VectorIndex
from octavo.store import migrations_path

if TYPE_CHECKING:
    from octavo.adapters.newswire.server import RunningNewswire
    from octavo.pipeline.jobs import Engine
    from octavo.pipeline.locks import Locks
    from octavo.pipeline.move import Target
    from octavo.pipeline.passes import Report


def clock() -> datetime:
    """Tell the time, in UTC: the program's only clock."""
    return datetime.now(UTC)  # noqa: TID251 - here is where `now` comes from


def open_database(settings: Settings) -> Database:
    """Open the database the settings name; its folder is made when missing. Raises StoreError."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the data folder {settings.data_dir} cannot be made: {error.strerror}") from error
    name = _database_name(settings)
    place: Any = settings.database_url if name == "postgres" else settings.data_dir / "octavo.sqlite"
    database: Database = registry.find("database", name)(place, migrations_path())
    return database


@contextmanager
def open_tools(settings: Settings, now: Callable[[], datetime] = clock) -> Iterator[Tools]:
    """Make one of each port, bring the schema up to date, and close everything at the end."""
    # One thread for matrix work: the products here are small, and waiting threads cost more than they bring.
    threadpool_limits(1, "blas")
    tracer = make_tracer(settings)
    database = traced(open_database(settings), tracer, settings)
    try:
        database.migrate()
        search = settings.search_index if settings.search_index != "auto" else _database_name(settings)
        fetcher = make_fetcher(settings, database, now)
        language_model = make_language_model(settings, database, now)
        embedder = make_embedder(settings)
        queue, topics, scripts = _Jobs(), lent.Topics(), lent.Scripts()
        tools = Tools(
            settings=settings,
            now=now,
            database=database,
            blobs=registry.find("blobs", settings.blobs)(settings.data_dir / "blobs", database),
            fetcher=fetcher,
            pusher=registry.find("pusher", settings.pusher)(settings, now),
            mailer=make_mailer(settings, now),
            embedder=embedder,
            language_model=language_model,
            search_index=registry.find("search_index", search)(database),
            vector_index=make_vector_index(settings, embedder),
            letters=lent.Letters(settings, database),
            classifier=make_classifier(settings, database, language_model, now),
            strangers=make_strangers(settings, now),
            postings=lent.Postings(settings, database, now),
            meaning=registry.find("meaning", "worker")(settings.data_dir, settings.web.meaning_ms),
            metrics_token=_metrics_token(settings),
            provider_secrets=_provider_secrets(settings),
            queue=queue,
            topics=topics,
            speaker=make_speaker(settings),
            translator=make_translator(settings),
            tracer=tracer,
            scripts=scripts,
        )
        queue.tools = topics.tools = scripts.tools = tools
        try:
            yield tools
        finally:
            for one in (language_model, tools.vector_index, tools.mailer, tools.pusher, tools.strangers, fetcher):
                one.close()
    finally:
        database.close()
        tracer.close()


class _Jobs:
    """The worker's queue for people to look at: opened when they do, and let go of at once.

    A website keeps no engine in memory for the few times somebody looks.
    """

    tools: Tools | None = None

    @contextmanager
    def _open(self) -> "Iterator[Engine]":
        if self.tools is None:
            raise StoreError("the queue is looked at before the instance is open")
        engine = make_worker(self.tools)
        try:
            yield engine
        finally:
            engine.stop()

    def waiting(self, limit: int) -> list[JobRow]:
        """List the jobs that are not finished; see the port."""
        with self._open() as engine:
            return engine.waiting(limit)

    def failed(self, limit: int) -> list[JobRow]:
        """List the jobs in quarantine; see the port."""
        with self._open() as engine:
            return engine.failed(limit)

    def retry(self, job_id: str) -> bool:
        """Let a failed job be done again; see the port."""
        with self._open() as engine:
            return engine.retry(job_id)


def watched(tools: Tools) -> Tools:
    """Give the same tools with a database that tells the meter when a job gets something done."""
    return replace(tools, database=Watched(tools.database, tools.meter))


def open_target(settings: Settings, to: str) -> "Target":
    """Open the database an instance is to be moved to: a postgresql:// address, or "sqlite" for a file in data_dir.

    Raises InputError and StoreError.
    """
    if to != "sqlite" and not to.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        raise InputError("an instance is moved to a postgresql:// address, or to sqlite: the file in data_dir")
    moved = settings.model_copy(update={"database_url": "" if to == "sqlite" else to, "database": "auto"})
    database = open_database(moved)
    index = registry.find("search_index", _database_name(moved))(database)
    return import_module("octavo.pipeline.move").Target(database, index, settings.quality.bar)  # type: ignore[no-any-return]


def process_name(kind: str) -> str:
    """Name this process among those of an instance."""
    return process.name(kind)


def process_figures() -> dict[str, float]:
    """Give what the system knows of this process."""
    return process.figures()


def make_worker(tools: Tools) -> "Engine":
    """Make the engine that runs the pipeline's steps as durable jobs."""
    url = _queue(tools.settings)
    # Brought in when asked for: a website needs no worker and a worker no website, and each is tens of megabytes.
    engine: Engine = import_module("octavo.pipeline.worker").make_engine(tools, url)
    return engine


@contextmanager
def work_locks(settings: Settings) -> "Iterator[Locks]":
    """Open the locks of the workers, for a command that does their work beside them."""
    made: Locks = import_module("octavo.pipeline.locks").Locks(_queue(settings))
    try:
        yield made
    finally:
        made.close()


def finish(tools: Tools, report: "Report") -> None:
    """Bring everything fetched or imported to the front page, beside the workers there are. Raises StoreBusy."""
    with work_locks(tools.settings) as locks:
        import_module("octavo.pipeline.once").finish(tools, locks, report)


def _queue(settings: Settings) -> str:
    """Say where the workers' queue lies."""
    return settings.database_url or f"sqlite:///{settings.data_dir / 'jobs.sqlite'}"


@contextmanager
def answer_meaning(tools: Tools) -> Iterator[None]:
    """Answer the website's questions about meaning, as a worker that has the model and the vectors."""
    answering = import_module("octavo.adapters.meaning.over_socket").Answering(
        tools.settings.data_dir, import_module("octavo.pipeline.answer_meaning").MeaningByVector(tools)
    )
    answering.start()
    try:
        yield
    finally:
        answering.stop()


def make_web(tools: Tools) -> Any:
    """Make the web application (RSGI), and on a first start the secret it signs pictures' addresses with."""
    prepare_site(tools.database)
    return import_module("octavo.serve.rsgi").make_rsgi(tools)


def run_mcp(tools: Tools) -> None:
    """Let a language model's program read the newspaper on standard input and output, until it goes."""
    prepare_site(tools.database)
    import_module("octavo.serve.mcp.server").run_stdio(tools)


async def receive_newsletters(tools: Tools, started: Callable[[int], None]) -> None:
    """Take in newsletters by LMTP until cancelled; `started` is told the port. Raises OSError where it is taken."""
    lmtp = import_module("octavo.adapters.receivers.lmtp")
    letters = import_module("octavo.pipeline.take_letter")
    said = tools.settings.newsletters
    known, take = partial(letters.known_address, tools), partial(letters.take_letter, tools)
    await lmtp.serve(lmtp.Mailroom(known, take, said.max_mail_bytes), said.listen, said.lmtp_port, started)


def start_newswire(settings: Settings, started: datetime) -> "RunningNewswire":
    """Serve the sample newswire's fictional publishers on loopback."""
    server = import_module("octavo.adapters.newswire.server")  # a library and its pictures, for the few who start it
    return server.start(settings.newswire.port, started, clock=clock)  # type: ignore[no-any-return]


def newswire_feeds(running: "RunningNewswire") -> list[tuple[Publisher, list[Feed]]]:
    """Give the running newswire's publishers and their feeds."""
    nouns = import_module("octavo.adapters.newswire.nouns")
    return nouns.publishers_with_feeds(running)  # type: ignore[no-any-return]


def _database_name(settings: Settings) -> str:
    if settings.database != "auto":
        return settings.database
    return "postgres" if settings.database_url else "sqlite"


def make_embedder(settings: Settings) -> Embedder:
    """Make the embedder alone, for commands that keep nothing."""
    served = (settings.embeddings, _key(settings.embeddings, settings)) if settings.embedder == "openai" else ()
    embedder: Embedder = registry.find("embedder", settings.embedder)(*served)
    return embedder


def make_vector_index(settings: Settings, embedder: Embedder) -> VectorIndex:
    """Make what finds the nearest among the vectors of this embedder's model. Raises SettingsError."""
    shared: tuple[Any, ...] = ()
    if settings.vector_index == "milvus":
        said = settings.milvus
        token = read_secret(said.token, said.token_name, settings.secrets_dir, "milvus.token_name")
        shared = (said, token, embedder.model)
    made: VectorIndex = registry.find("vector_index", settings.vector_index)(*shared)
    return made


def open_crew(ray: str) -> Crew:
    """Join the Ray cluster at this address, or work in this process alone where there is none. Raises CrewFailed."""
    return registry.find("crew", "ray")(ray) if ray else registry.find("crew", "alone")()  # type: ignore[no-any-return]


def make_language_model(settings: Settings, database: Database, now: Callable[[], datetime]) -> LanguageModel:
    """Make the language models the settings name, as one that tries them in order. Raises SettingsError.

    None of their modules is imported where none is named.
    """
    models = make_models(settings, database, now)
    adapter = registry.find("language_model", "order" if models else "off")
    return adapter([*models.values()]) if models else adapter()  # type: ignore[no-any-return]


def make_fetcher(settings: Settings, database: Database, now: Callable[[], datetime]) -> Fetcher:
    """Make the fetcher for what the owner and publishers name; it shares hosts with this instance's other processes."""
    loopback = f"127.0.0.1/32:{settings.newswire.port}"
    more = () if settings.newswire.mode == "never" else (loopback,)
    polite = settings.fetch.model_copy(update={"allow_networks": (*settings.fetch.allow_networks, *more)})
    turns = KeptTurns(database, now)
    return registry.find("fetcher", settings.fetcher)(polite, now, turns)  # type: ignore[no-any-return]


def make_tracer(settings: Settings) -> Tracer:
    """Make what takes traces down. Raises SettingsError where its package is not there."""
    made: Tracer = registry.find("tracer", "otlp" if settings.traces.address else "off")(settings.traces)
    return made


def traced(database: Database, tracer: Tracer, settings: Settings) -> Database:
    """Give a database that tells the tracer, where anybody gathers traces."""
    return TracedDatabase(database, tracer) if settings.traces.address else database


def make_speaker(settings: Settings) -> Speaker:
    """Make what reads aloud. Raises SettingsError."""
    key = _key(settings.speech, settings)
    made: Speaker = registry.find("speaker", settings.speaker)(settings.speech, key)
    return made


def make_translator(settings: Settings) -> Translator:
    """Make what translates on this machine, as one that asks those the settings name. Raises SettingsError."""
    named = [registry.find("translator", one)(settings.ai) for one in settings.ai.translators]
    made: Translator = registry.find("translator", "order" if named else "off")(*([named] if named else ()))
    return made


def make_classifier(
    settings: Settings, database: Database, model: LanguageModel, now: Callable[[], datetime]
) -> Classifier:
    """Make what looks at comments besides the rules. Raises SettingsError."""
    name = settings.comments.classifier
    if name == "off":
        return NobodyJudges()
    if name == "learned":
        return DecisionsLearned(database, now)
    if name == "model" and not model.model:
        raise SettingsError("setting comments.classifier: model needs one of models.order")
    made: Classifier = registry.find("classifier", name)(model, now)
    return made


def make_models(settings: Settings, database: Database, now: Callable[[], datetime]) -> dict[str, LanguageModel]:
    """Make each of the language models the settings name, within its bounds, by its name. Raises SettingsError."""
    made: dict[str, LanguageModel] = {}
    for one in settings.models.order:
        model = registry.find("language_model", one.adapter)(one, _key(one, settings))
        made[one.name] = registry.find("language_model", "limited")(model, one, KeptSpending(database, now))
    return made


def _key(one: ModelSettings | EmbeddingSettings | SpeechSettings, settings: Settings) -> str:
    return read_secret(one.key, one.key_name, settings.secrets_dir, "key_name")


def _metrics_token(settings: Settings) -> str:
    said = settings.metrics
    return read_secret(said.token, said.token_name, settings.secrets_dir, "metrics.token_name")


def _provider_secrets(settings: Settings) -> dict[str, str]:
    return {
        one.key: read_secret(one.secret, one.secret_name, settings.secrets_dir, "secret_name")
        for one in settings.accounts.providers
    }


def make_mailer(settings: Settings, now: Callable[[], datetime] = clock) -> Mailer:
    """Make the mailer alone, for commands that keep nothing. Raises SettingsError."""
    said = settings.mail
    name = settings.mailer if settings.mailer != "auto" else ("smtp" if said.server else "off")
    password = read_secret(said.password, said.password_name, settings.secrets_dir, "mail.password_name")
    made: Mailer = registry.find("mailer", name)(settings, now, password)
    return made


def make_strangers(settings: Settings, now: Callable[[], datetime]) -> Fetcher:
    """Make the fetcher that asks what addresses of other servers lead to. Raises SettingsError where the fediverse is
    on and this instance could not be found from there."""
    said = settings.fediverse
    if not said.on:
        return NoFetcher()
    public = settings.web.public_url
    if not public.startswith("https://") and not (said.allow_networks and public.startswith("http://")):
        raise SettingsError("setting fediverse.on: other servers find this one by web.public_url, an https address")
    careful = settings.fetch.model_copy(update={"allow_networks": said.allow_networks, "delay_s": 0.0})
    return registry.find("fetcher", settings.fetcher)(careful, now)  # type: ignore[no-any-return]


def is_sound(database: Path) -> bool:
    """Tell whether a SQLite file is whole."""
    return bool(registry.find("database", "sqlite").is_sound(database))
