"""Settings: the only module that reads the environment.

Sources, first wins: flags (passed to `load`), OCTAVO_* variables, a secrets directory, octavo.toml, the defaults here.
An empty environment runs on SQLite in ./octavo-data with no language model.
"""

import json
import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from octavo.config.federation import FediverseSettings
from octavo.config.groups import (
    FOR_CHILDREN,
    AiSettings,
    EmbeddingSettings,
    FetchSettings,
    ModelSettings,
    ModelsSettings,
    NewswireSettings,
    PictureSettings,
    PushSettings,
    QualitySettings,
    WebSettings,
    WorkSettings,
)
from octavo.config.keeping import KeepSettings, RetentionSettings
from octavo.config.mail import MailSettings
from octavo.config.newsletters import NewsletterSettings
from octavo.config.people import AccountSettings, CommentSettings, ProviderSettings
from octavo.config.programs import ApiSettings, McpSettings, WebhookSettings, WebSubSettings
from octavo.config.speaking import SpeechSettings
from octavo.config.vectors import MilvusSettings
from octavo.config.watching import MetricsSettings, TracesSettings
from octavo.errors import SettingsError

_KEYED = frozenset({"models", "embeddings", "speech", "mail", "accounts", "metrics", "milvus"})
"""Groups that may hold a key: what was given is not repeated."""

__all__ = [
    "AccountSettings",
    "AiSettings",
    "ApiSettings",
    "CommentSettings",
    "EmbeddingSettings",
    "FediverseSettings",
    "FetchSettings",
    "KeepSettings",
    "MailSettings",
    "McpSettings",
    "MetricsSettings",
    "MilvusSettings",
    "ModelSettings",
    "ModelsSettings",
    "NewsletterSettings",
    "NewswireSettings",
    "PictureSettings",
    "ProviderSettings",
    "PushSettings",
    "QualitySettings",
    "RetentionSettings",
    "Settings",
    "SpeechSettings",
    "TracesSettings",
    "WebSettings",
    "WebSubSettings",
    "WebhookSettings",
    "WorkSettings",
    "as_environment",
    "load",
]


class Settings(BaseSettings):
    """Every setting Octavo has."""

    model_config = SettingsConfigDict(
        env_prefix="OCTAVO_", env_nested_delimiter="__", toml_file="octavo.toml", frozen=True, extra="ignore"
    )

    data_dir: Path = Field(Path("octavo-data"), description="Folder for the database, kept pages and backups.")
    secrets_dir: str = Field("", description="Folder with a file for each key or password, such as /run/secrets.")
    database_url: str = Field("", description="postgresql://… to use PostgreSQL; empty for SQLite in data_dir.")
    edition: str = Field(
        "", description="Edition shown first, such as en-gb; empty: chosen from the reader's languages."
    )
    database: str = Field("auto", description="Adapter: sqlite, postgres, or auto (by database_url).")
    search_index: str = Field("auto", description="Adapter: sqlite, postgres, or auto (the database's own).")
    vector_index: str = Field("exact", description="Adapter for nearest neighbours: exact, or milvus (see milvus).")
    fetcher: str = Field("http", description="Adapter for fetching: http or recorded.")
    embedder: str = Field("local", description="Adapter for embeddings: local, off, or openai (see embeddings).")
    speaker: str = Field("off", description="Adapter for what reads the podcast: off, espeak, or openai (see speech).")
    pusher: str = Field("http", description="Adapter for notifications: http or recorded.")
    mailer: str = Field("auto", description="Adapter for mail: smtp, console, off, or auto (smtp with mail.server).")
    blobs: str = Field("disk", description="Adapter for kept bytes: disk, or database (PostgreSQL).")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severe log line printed."
    )
    log_format: Literal["text", "json"] = Field("text", description="How log lines are printed; json: for programs.")
    backup_days: int = Field(
        7, ge=0, description="Days after which `octavo doctor` finds the last backup old. 0: others see to backups."
    )
    fetch: FetchSettings = FetchSettings()
    web: WebSettings = WebSettings()
    work: WorkSettings = WorkSettings()
    quality: QualitySettings = QualitySettings()
    pictures: PictureSettings = PictureSettings()
    models: ModelsSettings = ModelsSettings()
    embeddings: EmbeddingSettings = EmbeddingSettings()
    milvus: MilvusSettings = MilvusSettings()
    speech: SpeechSettings = SpeechSettings()
    push: PushSettings = PushSettings()
    mail: MailSettings = MailSettings()
    newsletters: NewsletterSettings = NewsletterSettings()
    ai: AiSettings = AiSettings()
    accounts: AccountSettings = AccountSettings()
    keep: KeepSettings = KeepSettings()
    retention: RetentionSettings = RetentionSettings()
    comments: CommentSettings = CommentSettings()
    api: ApiSettings = ApiSettings()
    mcp: McpSettings = McpSettings()
    webhooks: WebhookSettings = WebhookSettings()
    websub: WebSubSettings = WebSubSettings()
    metrics: MetricsSettings = MetricsSettings()
    traces: TracesSettings = TracesSettings()
    fediverse: FediverseSettings = FediverseSettings()
    newswire: NewswireSettings = NewswireSettings()

    @property
    def hub(self) -> str:
        """The full address of our WebSub hub; "" where there is none, or nobody could reach it."""
        return f"{self.web.origin}/hub" if self.websub.hub and self.web.public_url else ""

    @property
    def called_back(self) -> str:
        """What the addresses begin with that hubs of feeds call; "" where none is asked to."""
        return f"{self.web.origin}/websub/" if self.websub.subscribe and self.web.public_url else ""

    @property
    def push_contact(self) -> str:
        """Whom push services may write to: a mailto: or https: address, "" where nobody said."""
        for said in (self.push.contact, self.fetch.contact, self.web.public_url):
            if said.startswith(("mailto:", "https://")):
                return said
            if "@" in said and "/" not in said:
                return f"mailto:{said}"
        return ""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put octavo.toml below flags, variables and secrets."""
        return init_settings, env_settings, file_secret_settings, TomlConfigSettingsSource(settings_cls)


def as_environment(settings: Settings) -> dict[str, str]:
    """Write settings as environment variables, beside those of this process: how a child gets the same ones."""
    written = dict(os.environ)
    for name, value in settings.model_dump(mode="json", context=FOR_CHILDREN).items():
        if isinstance(value, dict):
            written |= {f"OCTAVO_{name}__{inner}".upper(): _as_variable(one) for inner, one in value.items()}
        else:
            written[f"OCTAVO_{name}".upper()] = _as_variable(value)
    return written


def _as_variable(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def load(**flags: Any) -> Settings:
    """Read every source. Raises SettingsError naming the setting and what is wrong with it."""
    try:
        return Settings(**flags)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["loc"][0] in _KEYED:
            raise SettingsError(f"setting {name}: {first['msg']}") from None
        raise SettingsError(f"setting {name}: {first['msg']} (got {first['input']!r})") from error
    except OSError as error:
        raise SettingsError(f"octavo.toml cannot be read: {error}") from error
    except ValueError as error:  # tomllib's error for a broken file
        raise SettingsError(f"octavo.toml is not valid TOML: {error}") from error
