"""Fetcher: a Request in, a Response out, politely."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from octavo.domain.web import Request, Response
from octavo.errors import FetchError


class Fetcher(Protocol):
    """The one way out to the network. Public addresses only, checked at the socket and on every redirect;
    one request at a time per host with a pause between; caps on bytes and time; safe to use from many threads."""

    def fetch(self, request: Request) -> Response:
        """Get one URL. Answers of 2xx and 304 return; everything else raises a FetchError of the fitting kind."""
        ...

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Response | FetchError]]:
        """Get many URLs at once, different hosts side by side; yields each as it is done, in any order."""
        ...

    def close(self) -> None:
        """Let go of every connection."""
        ...


class NoFetcher:
    """For programs that ask nobody anything."""

    def fetch(self, request: Request) -> Response:
        """Raise FetchError."""
        raise FetchError("this program asks nobody", url=request.url)

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Response | FetchError]]:
        """Fail each."""
        for request in requests:
            yield request, FetchError("this program asks nobody", url=request.url)

    def close(self) -> None:
        """Nothing is open."""
