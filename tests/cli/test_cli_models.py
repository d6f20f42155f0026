"""octavo models list|try, and doctor, with a server of models on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .conftest import Octavo

KEY = "sk-very-secret-0123456789"
ANSWER = b'data: {"choices": [{"delta": {"content": "A tide."}, "finish_reason": null}]}\n\n' \
    b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\n' \
    b'data: {"choices": [], "usage": {"prompt_tokens": 30, "completion_tokens": 4}}\n\ndata: [DONE]\n\n'  # fmt: skip

pytestmark = pytest.mark.enable_socket


class Answering(BaseHTTPRequestHandler):
    """Answers at /v1, and is busy elsewhere."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        well = self.path == "/v1/chat/completions"
        self.send_response(200 if well else 503)
        self.end_headers()
        self.wfile.write(ANSWER if well else KEY.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


@pytest.fixture
def port(socket_enabled: None) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def named(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    order = [
        {"name": "busy", "address": f"http://127.0.0.1:{port}/busy", "key": KEY, "price_in": 2, "price_out": 5},
        {"name": "near", "address": f"http://127.0.0.1:{port}/v1", "key": KEY, "price_in": 2, "price_out": 5},
    ]
    monkeypatch.setenv("OCTAVO_MODELS__ORDER", json.dumps(order))


def test_models_are_tried_and_what_they_took_is_shown(octavo: Octavo, named: None) -> None:
    done = octavo("models", "try", "What is that?")
    assert (done.code, done.out) == (0, "A tide.\n")
    assert "30 tokens read, 4 written" in done.err
    assert KEY not in done.out + done.err
    listed = octavo("models", "list", "--json")
    rows = json.loads(listed.out)
    assert [(one["name"], one["asked"], one["tokens"], one["price"]) for one in rows][1] == ("near", 1, 34, 80 / 1e6)
    table = octavo("models", "list")
    assert KEY not in listed.out + table.out
    assert "near" in table.out


def test_a_model_that_fails_says_why(octavo: Octavo, named: None) -> None:
    done = octavo("models", "try", "--model", "busy", "What is that?")
    assert done.code == 1
    assert "busy is busy (503)" in done.err
    assert KEY not in done.out + done.err
    assert octavo("models", "try", "--model", "far", "?").sentence.endswith("there are busy, near")


def test_doctor_asks_each_model(octavo: Octavo, named: None) -> None:
    found = {one["name"]: one for one in json.loads(octavo("doctor", "--json").out)}
    assert (found["model near"]["well"], found["model near"]["found"]) == (
        True,
        "answers, on this machine: nothing leaves it",
    )
    assert (found["model busy"]["well"], found["model busy"]["found"]) == (False, "busy is busy (503)")


def test_without_a_model(octavo: Octavo) -> None:
    assert "none" in octavo("models", "list").out
    done = octavo("models", "try", "?")
    assert (done.code, done.sentence) == (2, "octavo: there is no language model: the setting models.order names none")
    found = {one["name"]: one for one in json.loads(octavo("doctor", "--json").out)}
    assert found["language model"]["well"]
