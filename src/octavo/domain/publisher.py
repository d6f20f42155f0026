"""Publisher: who publishes; its hosts, country, languages, owner."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import PublisherId


class DisplayPolicy(StrEnum):
    """How much of a publisher's article this instance shows."""

    FULL = "full"
    EXCERPT = "excerpt"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes.

    `country` is ISO 3166-1 alpha-2, lower case, "" when unknown; `languages` are BCP 47 tags; `kind` is one of
    newspaper, broadcaster, public-broadcaster, agency, magazine, local, digital, blog, state-media, "" when unknown.
    `contact` is how to reach it, for editors alone. `edited_at`: an editor wrote what is said here; `withdrawn_at`: the
    publisher asked not to be read here.
    """

    id: PublisherId
    name: str
    country: str = ""
    languages: tuple[str, ...] = ()
    owner: str = ""
    kind: str = ""
    hosts: tuple[str, ...] = ()
    homepage: str = ""
    description: str = ""
    policy: DisplayPolicy | None = None
    contact: str = ""
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    fictional: bool = field(default=False, kw_only=True)
