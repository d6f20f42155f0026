"""The site's address as readers type it. Never read from a request: a request can lie."""

from urllib.parse import urlsplit

from octavo.config import WebSettings


def origin_of(web: WebSettings) -> str:
    """Give scheme, host and port, without a path."""
    if web.public_url:
        parts = urlsplit(web.public_url)
        return f"{parts.scheme}://{parts.netloc}"
    host = f"[{web.host}]" if ":" in web.host else web.host
    return f"http://{host}:{web.port}"
