"""Groups of settings about programs that read the newspaper: the REST API, the MCP server."""

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
