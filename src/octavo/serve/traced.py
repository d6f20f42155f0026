"""Every page that is made is a span, by its route: what is sent from memory is none."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from octavo.ports.tracer import Tracer
from octavo.serve.logged import route_of


class Traced:
    """An application whose requests are spans."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self._app = app
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._tracer.span(scope["method"]) as span:

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.tell(**{"http.response.status_code": message["status"]})
                await send(message)

            try:
                await self._app(scope, receive, sent)
            finally:
                # Where no route takes it the address is whatever somebody typed.
                route = route_of(Request(scope)) if scope.get("endpoint") else "none"
                span.call(f"{scope['method']} {route}")
                span.tell(**{"http.request.method": scope["method"], "http.route": route})
