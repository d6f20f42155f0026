"""Replays saved answers: tests, benchmarks."""

from collections.abc import Iterable, Iterator, Mapping

from octavo.domain.web import Request, Response
from octavo.errors import FetchError


class RecordedFetcher:
    """Fetcher that answers from a table of URLs; `asked` lists what was asked for, in order.

    A recorded answer with an ETag is answered with 304 when the request already has it, as a server would.
    """

    def __init__(self, answers: Mapping[str, Response | FetchError]) -> None:
        self.answers = dict(answers)
        self.asked: list[Request] = []

    def fetch(self, request: Request) -> Response:
        """Give the recorded answer, or raise it; a URL without one is a 404."""
        self.asked.append(request)
        answer = self.answers.get(request.url)
        if answer is None:
            raise FetchError(f"nothing is recorded for {request.url} (404)", url=request.url, status=404)
        if isinstance(answer, FetchError):
            raise answer
        etag = answer.headers.get("etag", "")
        if etag and etag == request.etag:
            return Response(url=answer.url, status=304, headers=answer.headers, permanent_url=answer.permanent_url)
        return answer

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Response | FetchError]]:
        """Give each its recorded answer, in order."""
        for request in requests:
            try:
                yield request, self.fetch(request)
            except FetchError as error:
                yield request, error

    def close(self) -> None:
        """Nothing is open."""
