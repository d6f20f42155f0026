"""make_asgi(tools): the whole web application."""

from html import escape
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from octavo.ports.tools import Tools
from octavo.store import articles as article_store

LATEST = 60


def make_asgi(tools: Tools) -> Any:
    """Make the web application. The pages of the design are being built in this folder; until they are wired here,
    the site is one page: the newest headlines, each with its publisher and a link to the original."""

    def latest(request: Request) -> HTMLResponse:
        with tools.database.read() as view:
            cards = article_store.latest(view, LATEST)
        rows = "".join(
            f'<li lang="{escape(card.language)}" dir="auto"><a href="{escape(card.url)}">{escape(card.headline)}</a> '
            f"<small>{escape(card.publisher_name)}</small></li>"
            for card in cards
        )
        page = f'<!doctype html><html lang="en"><title>Octavo</title><h1>Octavo</h1><ol>{rows}</ol></html>'
        return HTMLResponse(page, headers={"Content-Security-Policy": "default-src 'none'"})

    def healthz(request: Request) -> PlainTextResponse:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/", latest), Route("/healthz", healthz)])
