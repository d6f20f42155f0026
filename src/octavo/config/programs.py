"""Groups of settings about programs: the REST API, the MCP server, webhooks, WebSub."""

from pydantic import Field

from octavo.config.groups import Group


class ApiSettings(Group):
    """The REST API at /api/v1 (see `docs/howto/api.md`)."""

    on: bool = Field(True, description="Answer programs at /api/v1. false: there is no such address.")
    requests_a_minute: int = Field(600, ge=1, description="Requests one network may make there in a minute.")


class McpSettings(Group):
    """The MCP server, for programs of language models (see `docs/howto/mcp.md`)."""

    http: bool = Field(
        False, description="Answer language models' programs at /mcp. `octavo mcp` serves them without it."
    )


class WebhookSettings(Group):
    """Webhooks, which tell programs what happens in the news (see `docs/howto/webhooks.md`)."""

    days: int = Field(5, ge=1, le=30, description="Days a webhook may take nothing before it is turned off.")
    most: int = Field(50, ge=0, description="Webhooks there may be.")


class WebSubSettings(Group):
    """Feeds brought at once, both ways (see `docs/howto/websub.md`). Needs web.public_url: hubs have to find us."""

    hub: bool = Field(True, description="Bring our feeds to programs that subscribe (WebSub hub at /hub).")
    subscribe: bool = Field(True, description="Ask the hubs that feeds name to bring new entries at once.")
    most: int = Field(5_000, ge=0, description="Subscriptions at our hub, in all.")
    per_host: int = Field(100, ge=1, description="Subscriptions at our hub of callbacks at one host.")
    host_an_hour: int = Field(200, ge=1, description="Requests an hour to our hub that name callbacks at one host.")
    requests_an_hour: int = Field(120, ge=1, description="Requests an hour to our hub from one network.")
    days: int = Field(3, ge=1, le=30, description="Days a callback may take nothing before it is dropped.")
