"""The REST API, /api/v1: what pages show, as JSON for programs; loaded when it is first asked."""
