"""The MCP server as programs reach it: on standard input and output, and by HTTP, by the SDK's own client."""

import asyncio
import os
import sys
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.types import TextContent

from .conftest import Newspaper

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def stdio(newspaper: Newspaper) -> StdioServerParameters:
    """Start `octavo mcp` as a program would."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    command = ["-m", "octavo", "--data-dir", str(newspaper.folder), "mcp"]
    return StdioServerParameters(command=sys.executable, args=command, env=clean | {"OCTAVO_EMBEDDER": "off"})


async def journey(server: Any, newspaper: Newspaper) -> list[str]:
    """Look at the front page, read its first story and article; everything by what was said before."""
    async with Client(server) as client:
        assert len((await client.list_tools()).tools) == 7
        said = []
        for tool, given in (
            ("edition", {"key": "en-gb"}),
            ("search", {"query": "tide ledger"}),
            ("article", {"id": newspaper.id("ledger")}),
            ("compare_coverage", {"id": newspaper.story}),
        ):
            result = await client.call_tool(tool, given)
            assert not result.is_error, result.content
            said += [one.text for one in result.content if isinstance(one, TextContent)]
        refused = await client.call_tool("article", {"id": "0"})
        assert refused.is_error
    return said


@pytest.mark.parametrize("way", ["stdio", "http"])
def test_a_program_reads_the_newspaper(newspaper: Newspaper, way: str) -> None:
    server: Any = stdio(newspaper) if way == "stdio" else f"{newspaper.address}/mcp"
    front, found, article, compared = asyncio.run(journey(server, newspaper))
    assert f"ARTICLE {newspaper.id('ledger')}" in front
    assert f"ARTICLE {newspaper.id('copy')}" in found
    assert "publisher: The Harbour Example (harbour)" in article
    assert "WHO REPORTS" in compared
