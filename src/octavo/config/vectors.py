"""Settings of an engine of vectors beside the database."""

from pydantic import Field, SecretStr

from octavo.config.groups import Group, Secret


class MilvusSettings(Group):
    """A Milvus server, which all workers share where `vector_index` is `milvus` (see `docs/howto/milvus.md`)."""

    url: str = Field(
        "",
        pattern=r"^$|^https?://[^\s/@?#]+(/[A-Za-z0-9_]+)?/?$",
        description="Where it is: http://127.0.0.1:19530, or https://milvus.internal:19530/news, where news is a "
        "database in it. Taken as it is written, on this machine or network too.",
    )
    token: Secret = Field(SecretStr(""), description="What it asks for: user:password, or a key.")
    token_name: str = Field(
        "", pattern=r"^[A-Za-z0-9._-]*$", description="File in secrets_dir that holds the token, instead of it."
    )
    prefix: str = Field(
        "octavo",
        pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,39}$",
        description="What its collections' names begin with: another one for each instance that shares the server.",
    )
    ef: int = Field(
        256,
        ge=16,
        le=16_384,
        description="Vectors weighed in a search for the nearest (HNSW's ef), and never fewer than twice those asked "
        "for: the more, the fewer are overlooked, and the longer it takes.",
    )
    connect_s: float = Field(5.0, gt=0, description="Seconds for a connection to it.")
    whole_s: float = Field(30.0, gt=0, description="Seconds for one answer.")
