"""The MCP server: the newspaper for programs of language models, read-only; loaded when it is asked for."""
