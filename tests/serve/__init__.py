"""The website, asked through its ASGI interface."""
