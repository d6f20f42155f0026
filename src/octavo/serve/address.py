"""The site's address as readers type it. Never read from a request: a request can lie."""

from octavo.config import WebSettings


def origin_of(web: WebSettings) -> str:
    """Give scheme, host and port, without a path."""
    return web.origin
