"""octavo mcp: the newspaper for a language model's program, on standard input and output."""

import typer

from octavo import app as wiring
from octavo.cli.main import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(mcp)


def mcp(context: typer.Context) -> None:
    """Let a language model's program read the newspaper (Model Context Protocol, on standard input and output).

    It can search, read articles and stories, compare coverage, and read front pages; it can change nothing. Programs
    start it themselves: docs/howto/mcp.md says how.
    """
    with wiring.open_tools(load_settings(context)) as tools:
        wiring.run_mcp(tools)
