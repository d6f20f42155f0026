"""Servers that lie, drip, flood and lead astray: each is an error that says why, in bounded time and memory."""

import resource
import time

import pytest

from octavo.adapters.fetchers.http import HttpFetcher
from octavo.config import FetchSettings
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, UnsafeAddress

from .publisher import GOOD, HARMLESS, NOW, TRAPS, open_publisher

pytestmark = pytest.mark.enable_socket

TIMEOUT_S = 12.0
"""What drips takes all of it; on a busy machine good ones need some of it, too."""
MOST_MB = 150

Answers = dict[str, Response | FetchError]


@pytest.fixture(scope="module")
def answers() -> tuple[Answers, dict[str, float], float]:
    """What came of asking for every trap, and for good feeds among them: after what time, and what memory it took."""
    with open_publisher() as publisher:
        usual = {"delay_s": 0, "timeout_s": TIMEOUT_S, "allow_networks": (f"127.0.0.1/32:{publisher.port}",)}
        fetcher = HttpFetcher(FetchSettings.model_validate(usual | {"concurrency": 512}), lambda: NOW)
        names = [*TRAPS, *HARMLESS, *(f"good-{number}" for number in range(20))]
        asked = {publisher.url(name): name for name in names}
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
        found: Answers = {}
        taken: dict[str, float] = {}
        for request, answer in fetcher.fetch_all(Request(url, max_bytes=2_000_000) for url in asked):
            found[asked[request.url]] = answer
            taken[asked[request.url]] = time.monotonic() - began
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        fetcher.close()
    return found, taken, grown


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_an_error_that_says_why(answers: tuple[Answers, dict[str, float], float], name: str) -> None:
    answer = answers[0][name]
    assert isinstance(answer, FetchError), f"{name} brought {answer}"
    assert "\n" not in str(answer)
    assert 10 < len(str(answer)) < 2_500
    assert answers[1][name] < TIMEOUT_S + 4
    assert (answer.status or 0) < 1000, "it is kept as a number of three digits"


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_only_odd_is_read(answers: tuple[Answers, dict[str, float], float], name: str) -> None:
    answer = answers[0][name]
    assert isinstance(answer, Response), answer
    assert answer.body.startswith(GOOD)


def test_nobody_waits_for_a_trap_and_memory_is_bounded(answers: tuple[Answers, dict[str, float], float]) -> None:
    found, taken, grown = answers
    good = [name for name in found if name.startswith("good-")]
    assert len(good) == 20
    assert all(isinstance(found[name], Response) for name in good)
    assert max(taken[name] for name in good) < TIMEOUT_S + 2
    assert grown < MOST_MB


@pytest.mark.parametrize("name", [one for one in TRAPS if one.startswith("redirect-")])
def test_no_redirect_leads_inside(answers: tuple[Answers, dict[str, float], float], name: str) -> None:
    answer = answers[0][name]
    assert isinstance(answer, FetchError)
    inside = "hex octal number wide dots mapped zone ula nat64 6to4 teredo cgnat zero tiny private slash user local"
    if name.removeprefix("redirect-") in inside.split():
        assert isinstance(answer, UnsafeAddress) or answer.retry == "never" or "cannot be found" in str(answer), answer
