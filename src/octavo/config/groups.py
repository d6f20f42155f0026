"""Groups of settings: the reading of feeds and pages, the website, the worker, models, notifications."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, SecretStr, SerializationInfo, field_validator

from octavo import __version__
from octavo.domain.brief import BriefKind
from octavo.domain.health import Yardstick
from octavo.domain.publisher import DisplayPolicy

ON_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1", ""})
"""Hosts that are this machine; "" is none."""

FOR_CHILDREN = "for children"
"""The context of a dump that goes to a child process: what is secret is written out."""


class Group(BaseModel):
    """Some settings that belong together; what is not one of them is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _write(secret: SecretStr, wanted: SerializationInfo) -> str:
    """Keep a secret out of everything that is written, but for the settings a child process is given."""
    return secret.get_secret_value() if wanted.context == FOR_CHILDREN else ("**********" if secret else "")


Secret = Annotated[SecretStr, PlainSerializer(_write, when_used="json")]
"""A setting that is shown to nobody."""


class FetchSettings(Group):
    """How Octavo behaves on other people's servers."""

    contact: str = Field(
        "", description="An address (URL or e-mail) publishers can reach you at; sent in the User-Agent."
    )
    timeout_s: float = Field(20.0, gt=0, description="Seconds for one whole request, redirects included.")
    max_feed_bytes: int = Field(10_000_000, gt=0, description="Cap on a feed, before and after decompression.")
    max_page_bytes: int = Field(10_000_000, gt=0, description="Cap on a page, before and after decompression.")
    delay_s: float = Field(1.0, ge=0, description="Pause between two requests to one host, in seconds.")
    per_host: int = Field(1, ge=1, le=8, description="Requests at a time to one host.")
    concurrency: int = Field(32, ge=1, le=512, description="Requests at a time in all.")
    max_redirects: int = Field(5, ge=0, le=20, description="Redirects followed before giving up.")
    allow_networks: tuple[str, ...] = Field(
        (),
        description="Networks that are not public but may be fetched all the same, such as 10.1.0.0/16, "
        "or one port of them: 127.0.0.1/32:8010.",
    )
    proxy: str = Field("", description="Forward proxy for every request, such as http://proxy:3128.")
    obey_robots: bool = Field(True, description="Ask robots.txt (RFC 9309) before fetching a page.")
    second_chance: bool = Field(
        True,
        description="Fetch the AMP or print form of a page whose text is in doubt or a teaser, once, and keep "
        "the surer of the two.",
    )
    first_entries: int = Field(
        40, ge=1, description="Newest entries of a feed whose pages are fetched when it is polled for the first time."
    )
    min_poll_s: int = Field(300, ge=30, description="No feed is polled more often than this, in seconds.")
    max_poll_s: int = Field(86_400, ge=60, description="No active feed is polled less often than this, in seconds.")

    @property
    def user_agent(self) -> str:
        """What Octavo calls itself: its name, version, and whom to write to."""
        contact = self.contact or "no contact set by this instance"
        return f"Octavo/{__version__} (+{contact})"


class WebSettings(Group):
    """Where the site is served."""

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    public_url: str = Field(
        "", description="The site's address as readers type it; used in feeds and links that leave the site."
    )
    policy: Literal["auto", "full", "excerpt", "headline"] = Field(
        "auto",
        description="How much of an article is shown when its publisher has no policy of its own. auto: full on a "
        "private instance (it listens on loopback only and has no public_url), else excerpt.",
    )
    live_readers: int = Field(
        500,
        ge=0,
        le=50_000,
        description="Readers who are told at once of new articles, at a time and for each process of the website; the "
        "browsers of others ask once a minute. 0: all of them ask.",
    )

    meaning_ms: int = Field(
        100,
        ge=0,
        le=5000,
        description="Milliseconds a search waits for the worker to say which articles mean the same; then words alone "
        "answer. 0: it is never asked.",
    )

    canonical: Literal["publisher", "own"] = Field(
        "publisher",
        description="Which page search engines are told to list for an article: its publisher's, or the one here.",
    )
    strict_transport: Literal["off", "host", "subdomains"] = Field(
        "host",
        description="What browsers are told where public_url is https (Strict-Transport-Security): nothing, to ask "
        "this host by https alone for a year, or every host below it, too.",
    )

    @property
    def origin(self) -> str:
        """The site's address as readers type it: scheme, host and port, without a path. Never read from a request."""
        if self.public_url:
            parts = urlsplit(self.public_url)
            return f"{parts.scheme}://{parts.netloc}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def default_policy(self) -> DisplayPolicy:
        """What applies to publishers with no policy of their own."""
        if self.policy != "auto":
            return DisplayPolicy(self.policy)
        return DisplayPolicy.FULL if self.private else DisplayPolicy.EXCERPT

    @property
    def private(self) -> bool:
        """Whether only this machine's own users can read the site; a public_url says that a proxy lets others in."""
        try:
            loopback = ip_address(self.host).is_loopback
        except ValueError:
            loopback = self.host == "localhost"
        return loopback and not self.public_url


class WorkSettings(Group):
    """How the worker works."""

    jobs: int = Field(2, ge=1, le=256, description="Processes that extract pages side by side.")
    batch: int = Field(64, ge=1, le=1000, description="Pages in one job.")
    stuck_minutes: float = Field(
        30.0,
        ge=0,
        description="Minutes after which a job that read and wrote nothing is taken for stuck: then the worker ends, "
        "to be started again. 0: never.",
    )
    related_days: int = Field(30, ge=1, description="How many days back related articles are looked for first.")


class QualitySettings(Group):
    """How sure Octavo must be of a text before it is shown, and when a publisher is queued for repair."""

    bar: float = Field(
        0.5,
        ge=0,
        le=1,
        description="How probable it must be that a text is the whole article and nothing else for it to be shown. "
        "Below it readers see the feed's excerpt and a link. 0 shows every text.",
    )
    days: int = Field(14, ge=1, le=365, description="How many days back a publisher's health looks.")
    repair_articles: int = Field(
        5, ge=1, le=30, description="Recent articles a publisher must have before it can be queued for repair."
    )
    repair_share: float = Field(
        0.3,
        gt=0,
        le=1,
        description="Share of a publisher's newest articles below the bar from which it is queued for repair.",
    )

    @property
    def yardstick(self) -> Yardstick:
        """What publishers' health is measured with."""
        return Yardstick(self.bar, self.days, self.repair_articles, self.repair_share)


class PictureSettings(Group):
    """Publishers' pictures, and the pictures made for link previews."""

    ahead: bool = Field(
        True,
        description="Fetch the lead pictures of articles on front pages and of the newest ones before a reader asks, "
        "so that no reader waits for a publisher and no publisher learns when its pictures are looked at.",
    )
    on_demand: bool = Field(
        True, description="Fetch a picture that is not kept when a reader asks for it; without, it is not shown."
    )
    newest: int = Field(
        300, ge=0, le=5000, description="Newest articles whose pictures are fetched ahead, besides the front pages'."
    )
    per_round: int = Field(64, ge=1, le=1000, description="Pictures fetched ahead in one job.")
    max_mb: int = Field(
        2000, ge=10, description="Megabytes of drawn pictures kept on the disk; the oldest go first, every night."
    )
    previews: bool = Field(True, description="Make a picture for link previews of every front page, article and story.")
    fonts: tuple[Path, ...] = Field(
        (Path("/usr/share/fonts"), Path("/usr/local/share/fonts")),
        description="Folders whose fonts set the words on link previews, where the house type lacks letters.",
    )


class Keyed(Group):
    """A server that may ask for a key."""

    key: Secret = Field(SecretStr(""), description="The key its server asks for.")
    key_name: str = Field(
        "", pattern=r"^[A-Za-z0-9._-]*$", description="File in secrets_dir that holds the key, instead of it."
    )


class ModelSettings(Keyed):
    """One language model. Its address is taken as it is written, on this machine or network too."""

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description="What it is called here: in budgets, commands and logs."
    )
    adapter: str = Field(
        "openai",
        description="How it is spoken to. openai: a server with the OpenAI chat API (Ollama, llama.cpp, vLLM, "
        "LM Studio, hosted ones); anthropic: the Messages API; local: a GGUF file, run in the process.",
    )
    address: str = Field(
        "",
        pattern=r"^$|^https?://[^\s/@?#]+(/[^\s@?#]*)?$",
        description="Where its server is, up to what comes before /chat/completions or /messages: "
        "http://127.0.0.1:11434/v1. Redirects are not followed.",
    )
    model: str = Field("", description="What its server calls it; for local, the path of the GGUF file.")
    context: int = Field(8192, ge=512, description="Tokens its prompt and answer may have together.")
    temperature: float = Field(
        0.0, ge=-1, le=2, description="How freely it chooses words; -1: not said, for servers that take none."
    )
    answer_field: Literal["max_tokens", "max_completion_tokens"] = Field(
        "max_tokens", description="What its server calls the most tokens an answer may have."
    )
    price_in: float = Field(0.0, ge=0, description="Price of a million tokens it reads, in whatever currency.")
    price_out: float = Field(0.0, ge=0, description="Price of a million tokens it writes.")
    daily_tokens: int = Field(0, ge=0, description="Tokens it may read and write in a day (UTC). 0: any number.")
    daily_price: float = Field(0.0, ge=0, description="What it may cost in a day (UTC), by its prices. 0: anything.")
    at_once: int = Field(2, ge=1, le=256, description="Prompts it is given at a time, by each process.")
    threads: int = Field(0, ge=0, le=512, description="For local: threads it computes with. 0: as llama.cpp chooses.")
    connect_s: float = Field(5.0, gt=0, description="Seconds for a connection to its server.")
    first_words_s: float = Field(60.0, gt=0, description="Seconds until its first words.")
    whole_s: float = Field(180.0, gt=0, description="Seconds for a whole answer.")
    proxy: str = Field("", description="Forward proxy on the way to its server, such as http://proxy:3128.")

    @property
    def elsewhere(self) -> str:
        """The host it is asked at; "" where that is this machine."""
        host = urlsplit(self.address).hostname or ""
        if self.adapter == "local" or (self.adapter == "openai" and host in ON_THIS_MACHINE):
            return ""
        return host or "api.anthropic.com"


class ModelsSettings(Group):
    """Language models, none by default: each is a table `[[models.order]]` (see `docs/howto/language-models.md`)."""

    order: tuple[ModelSettings, ...] = Field(
        (), description="The models, in the order they are tried; the next one when one does not answer."
    )

    @field_validator("order")
    @classmethod
    def _named_once(cls, order: tuple[ModelSettings, ...]) -> tuple[ModelSettings, ...]:
        names = [one.name for one in order]
        if len(set(names)) < len(names):
            raise ValueError("two models have one name")
        return order


class PushSettings(Group):
    """Notifications by Web Push: whether there are any, and how many."""

    on: bool = Field(True, description="Offer notifications. Browsers allow them on https and on localhost only.")
    contact: str = Field(
        "",
        description="Whom push services write to when something is wrong (RFC 8292): mailto:you@example.org or an "
        "https address. Empty: fetch.contact, then web.public_url. Apple's refuses messages without one.",
    )
    subscriptions: int = Field(5000, ge=0, description="Browsers that may be subscribed at a time.")
    follows: int = Field(50, ge=1, le=200, description="Stories, and hashtags and places, that one may follow each.")
    changes_an_hour: int = Field(60, ge=1, description="Changes to subscriptions taken from one address in an hour.")
    allow_networks: tuple[str, ...] = Field(
        (),
        description="Networks that are not public where a push service may stand all the same; written as in "
        "fetch.allow_networks, whose networks do not count here: these addresses come from readers.",
    )


class EmbeddingSettings(Keyed):
    """A server of sentence vectors, asked where `embedder` is `openai`."""

    address: str = Field(
        "",
        pattern=r"^$|^https?://[^\s/@?#]+(/[^\s@?#]*)?$",
        description="Where it is, up to what comes before /embeddings: http://127.0.0.1:11434/v1.",
    )
    model: str = Field("", description="What its server calls the model.")
    dimensions: int = Field(512, ge=8, le=4096, description="Numbers in one of its vectors.")
    languages: tuple[str, ...] = Field(
        (), description="Languages it tells texts apart in, such as en, de, ar; none: those of the built-in model."
    )
    whole_s: float = Field(60.0, gt=0, description="Seconds for one answer.")


class AiSettings(Group):
    """Features that say something about articles: sentences chosen from them, or written by a model and checked."""

    on: bool = Field(True, description="Offer them. false: no page has a trace of them, and their addresses are none.")
    features: tuple[BriefKind, ...] = Field(
        tuple(BriefKind),
        description="Those that are offered; simpler needs a language model, translation one or a translator.",
    )
    translators: tuple[str, ...] = Field(
        (),
        description="What translates articles on this machine, in the order they are asked; a language model does "
        "where none of them can. bergamot: the extra octavo[translation]; apertium: the system's packages.",
    )
    headlines: bool = Field(
        True,
        description="Translate headlines ahead, for readers who want lists in their language: by the translators, and "
        "into the languages of headline_languages by a language model.",
    )
    headline_languages: tuple[str, ...] = Field(
        (),
        description="Languages (of editions) that a language model translates headlines into where no translator can, "
        "such as de. Each headline costs some 100 tokens a language.",
    )
    translate_s: float = Field(20.0, gt=0, description="Seconds a translator has for a few sentences.")
    questions_an_hour: int = Field(300, ge=1, description="Pages of theirs one network may ask for in an hour.")
    written_an_hour: int = Field(40, ge=0, description="Answers a model writes for one network in an hour. 0: none.")
    written_a_day: int = Field(100, ge=0, description="Answers a model writes for one account in a day (UTC). 0: any.")
    written_at_once: int = Field(
        4, ge=1, le=100, description="Answers written at a time. This and what is counted by the hour are of a process."
    )
    kept_days: int = Field(30, ge=1, description="Days what a model wrote is kept; what was reported is kept a year.")

    @property
    def translates_headlines(self) -> bool:
        """Whether headlines are translated ahead: something is named that can, and nothing of it is off."""
        named = bool(self.translators or self.headline_languages)
        offered = self.on and self.written_an_hour > 0 and BriefKind.TRANSLATION in self.features
        return named and offered and self.headlines

    @field_validator("translators")
    @classmethod
    def _named(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if {"off", "order"} & set(names):
            raise ValueError("name translators, such as bergamot; none where there shall be none")
        return names


class NewswireSettings(Group):
    """The sample newswire: fictional publishers on loopback."""

    port: int = Field(8010, ge=1, le=65535, description="Loopback port the fictional publishers are served on.")
    mode: Literal["auto", "always", "never"] = Field(
        "auto",
        description="auto: run it when no real feed can be reached on a first start; always: octavo demo; "
        "never: not even then.",
    )
