"""Settings of the fediverse: whether editions and hashtags can be followed from other servers (ActivityPub)."""

from typing import Literal

from pydantic import Field

from octavo.config.groups import Group


class FediverseSettings(Group):
    """Editions and hashtags as actors people at other servers follow (see `docs/howto/fediverse.md`)."""

    on: bool = Field(False, description="Take part. It needs web.public_url, which must then stay what it is.")
    posts_an_hour: int = Field(6, ge=1, le=60, description="Articles one actor tells its followers of in an hour.")
    most_followers: int = Field(50_000, ge=1, description="Followers of all actors together.")
    hold: Literal["unknown", "all"] = Field(
        "unknown",
        description="Whose replies wait for a moderator: those from servers editors did not allow, or all of them.",
    )
    replies_an_hour: int = Field(60, ge=0, description="Replies taken from one server in an hour.")
    arrivals_an_hour: int = Field(3_000, ge=1, description="Activities taken from one network in an hour.")
    give_up_days: int = Field(
        7, ge=1, le=90, description="Days a server takes nothing until its followers are dropped."
    )
    allow_networks: tuple[str, ...] = Field(
        (),
        description="Networks that are not public where other servers may stand all the same, as in "
        "fetch.allow_networks; where there are any, plain http is spoken, too. To try two instances on one machine.",
    )
