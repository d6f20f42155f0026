"""Settings of newsletters that come in by mail."""

from pathlib import Path

from pydantic import Field, field_validator

from octavo.config.groups import Group


class NewsletterSettings(Group):
    """Newsletters read like feeds: each is sent to an address of its own."""

    domain: str = Field(
        "",
        description="Domain of the addresses newsletters are sent to, such as in.news.example; empty: there are none.",
    )
    listen: str = Field("127.0.0.1", description="Address on which newsletters are taken in by LMTP.")
    lmtp_port: int = Field(0, ge=0, le=65535, description="Port on which newsletters are taken in by LMTP; 0: none.")
    maildir: Path | None = Field(
        None, description="A Maildir the worker reads newsletters from, once a minute; empty: none."
    )
    max_mail_bytes: int = Field(10_000_000, ge=10_000, le=50_000_000, description="Cap on one mail.")
    checked_by: str = Field(
        "",
        description="Name with which your mail server signs its Authentication-Results. When set, only mail that "
        "it says passed DMARC is taken.",
    )

    @field_validator("domain")
    @classmethod
    def _bare(cls, given: str) -> str:
        return given.strip().strip("@.").lower()

    @field_validator("maildir", mode="before")
    @classmethod
    def _no_folder(cls, given: object) -> object:
        return None if given in ("", "null") else given
