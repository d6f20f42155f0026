"""Language models over HTTP: streaming, and everything a server can do wrong, from a real server on loopback."""

import json
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from octavo.adapters.language_models.off import OffModel
from octavo.adapters.language_models.openai_api import OpenAiModel
from octavo.adapters.language_models.order import InOrder
from octavo.adapters.model_servers import server as server_module
from octavo.config import ModelSettings
from octavo.errors import ModelBusy, ModelError, ModelOff, ModelRefused
from octavo.ports.language_model import LanguageModel, Piece, Prompt

from .conftest import Web

pytestmark = pytest.mark.enable_socket

PATH = "/v1/chat/completions"
PROMPT = Prompt("answer/1", "Answer from the article.", "The tide rose. ارتفع المدّ.", most_tokens=50, stop=("\n\n",))
KEY = "sk-very-secret-0123456789"


def event(told: object) -> bytes:
    return b"data: " + json.dumps(told, ensure_ascii=False).encode() + b"\n\n"


def said(text: str, reason: str | None = None) -> bytes:
    return event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": reason}]})


END = event({"choices": [], "usage": {"prompt_tokens": 31, "completion_tokens": 4}}) + b"data: [DONE]\n\n"
WHOLE = said("The tide ") + said("rose. ") + said("مدّ") + said("", "stop") + END


def stream(parts: Iterable[bytes], until: threading.Event | None = None) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer with these parts, each sent by itself; with `until`, leave the answer open till then."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
        if until is not None:
            until.wait(20)

    return page


@pytest.fixture
def make(web: Web) -> Callable[..., OpenAiModel]:
    def one(**changes: Any) -> OpenAiModel:
        key = changes.pop("key", KEY)
        usual = {"name": "here", "address": web.url("/v1", "127.0.0.1"), "model": "small", "context": 2048}
        return OpenAiModel(ModelSettings.model_validate(usual | changes), key)

    return one


Make = Callable[..., OpenAiModel]
Expected = tuple[type[ModelError], str, float]


def text_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def failing(model: LanguageModel, match: str, kind: type[ModelError] = ModelError) -> tuple[ModelError, str]:
    """Ask a model that fails: its error, and what it had written till then."""
    written: list[str] = []
    with pytest.raises(kind, match=match) as caught:
        written.extend(piece.text for piece in model.write(PROMPT))
    assert KEY not in str(caught.value)
    assert KEY not in repr(caught.value.__cause__)
    return caught.value, "".join(written)


def test_an_answer_comes_piece_by_piece(web: Web, make: Make) -> None:
    web.pages[PATH] = stream([WHOLE])
    pieces = [*make().write(PROMPT)]
    assert [piece.text for piece in pieces] == ["The tide ", "rose. ", "مدّ", ""]
    assert pieces[-1] == Piece("", finished=True, tokens_in=31, tokens_out=4, model="small")
    assert not any(piece.finished for piece in pieces[:-1])
    asked = json.loads(web.visits[0].body)
    assert asked == {
        "model": "small",
        "messages": [
            {"role": "system", "content": PROMPT.rules},
            {"role": "user", "content": PROMPT.material},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 50,
        "temperature": 0.0,
        "stop": ["\n\n"],
    }
    assert web.visits[0].fields["authorization"] == f"Bearer {KEY}"


def test_what_a_server_cannot_take_is_not_sent(web: Web, make: Make) -> None:
    web.pages[PATH] = stream([WHOLE])
    text_of(make(temperature=-1, answer_field="max_completion_tokens", key="").write(PROMPT))
    asked = json.loads(web.visits[0].body)
    assert "temperature" not in asked
    assert "max_tokens" not in asked
    assert asked["max_completion_tokens"] == 50
    assert "authorization" not in web.visits[0].fields


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_events_may_be_cut_anywhere_and_lines_end_in_any_way(web: Web, make: Make, size: int) -> None:
    body = b": a comment\r\n\r\n" + WHOLE.replace(b"\n", b"\r\n")
    web.pages[PATH] = stream(body[at : at + size] for at in range(0, len(body), size))
    assert text_of(make().write(PROMPT)) == "The tide rose. مدّ"
    web.pages[PATH] = stream(part.replace(b"\n", b"\r") for part in (WHOLE,))
    assert text_of(make().write(PROMPT)) == "The tide rose. مدّ"


def test_an_answer_at_its_bound_is_not_a_whole_one(web: Web, make: Make) -> None:
    web.pages[PATH] = stream([said("The tide"), said("", "length"), END])
    last = [*make().write(PROMPT)][-1]
    assert (last.finished, last.tokens_out) == (False, 4)


@pytest.mark.parametrize(
    ("answer", "match", "written"),
    [
        ([said("The ti")], "broke off", "The ti"),
        ([said("The ti"), b"data: [DONE]\n\n"], "broke off", "The ti"),
        ([said("The "), b'data: {"choices": [{"del'], "broke off", "The "),
        ([said("The "), event({"error": {"message": KEY}})], "error", "The "),
        ([b"data: {nonsense\n\n"], "not JSON", ""),
        ([b"data: [1]\n\n"], "not JSON objects", ""),
        ([b"data: " + b"[" * 200_000 + b"\n\n"], "not JSON", ""),
        ([event({"choices": ["x"]})], "no part", ""),
        ([event({"choices": 7})], "no part", ""),
        ([b"<html>busy</html>"], "broke off", ""),
        ([b"\xff\xfe\x00garbage\n\n"], "broke off", ""),
        ([], "broke off", ""),
        ([b"data: " + b"x" * 1_200_000], "without an end", ""),
        ([b": ping\n\n" * 10_000] * 60, "more than an answer", ""),
        ([said("word " * 100)] * 20, "more than it was asked", "word " * 200),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_an_error(web: Web, make: Make, answer: list[bytes], match: str, written: str) -> None:
    web.pages[PATH] = stream(answer)
    assert failing(make(), match)[1] == written


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ([event({"choices": [{"delta": {"refusal": "I cannot"}}]})], ""),
        ([said("Well"), said("", "content_filter")], "Well"),
    ],
)
def test_a_refusal_is_told_from_an_answer(web: Web, make: Make, answer: list[bytes], written: str) -> None:
    web.pages[PATH] = stream(answer)
    error, wrote = failing(make(), "will not answer", ModelRefused)
    assert (error.retry, wrote) == ("never", written)


def test_odd_fields_are_no_text(web: Web, make: Make) -> None:
    odd = [{"choices": [{"delta": {"content": 7}}]}, {"choices": [{"delta": None}]}, {"usage": {"prompt_tokens": -3}}]
    web.pages[PATH] = stream([*map(event, odd), WHOLE])
    assert text_of(make().write(PROMPT)) == "The tide rose. مدّ"


@pytest.mark.parametrize(
    ("status", "body", "fields", "expected"),
    [
        (429, b"", {"Retry_After": "7"}, (ModelBusy, "busy .429", 7.0)),
        (429, b"", {"Retry_After": "9" * 40}, (ModelBusy, "busy", 600.0)),
        (429, b"", {"Retry_After": "Fri, 01 Jan 2100 00:00:00 GMT"}, (ModelBusy, "busy", 600.0)),
        (503, b"", {"Retry_After": "soon"}, (ModelBusy, "busy .503", 30.0)),
        (529, b"", {}, (ModelBusy, "busy", 30.0)),
        (500, b"x" * 100_000, {}, (ModelError, "error .500.", 15.0)),
        (401, b'{"error": {"message": "bad key %s"}}' % KEY.encode(), {}, (ModelError, "does not take the key", 30.0)),
        (404, b"", {}, (ModelError, "no such model", 0.0)),
        (400, b'{"error": {"code": "context_length_exceeded"}}', {}, (ModelError, "context_length_exceeded", 0.0)),
        (400, b'{"error": {"code": "content_filter"}}', {}, (ModelRefused, "will not answer", 0.0)),
        (400, b'{"error": {"code": "Look: %s"}}' % KEY.encode(), {}, (ModelError, r"error \(400\)", 0.0)),
        (204, b"", {}, (ModelError, "204", 0.0)),
    ],
)  # fmt: skip
def test_statuses_are_errors_of_their_kind(
    web: Web,
    make: Make,
    status: int,
    body: bytes,
    fields: dict[str, str],
    expected: tuple[type[ModelError], str, float],
) -> None:
    kind, match, wait_s = expected
    web.answer(PATH, body, status, **fields)
    error, _ = failing(make(), match, kind)
    assert type(error) is kind
    assert error.wait_s == wait_s


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(web: Web, make: Make, status: int) -> None:
    web.answer("/secret", b"never asked")
    web.redirect(PATH, web.url("/secret", "127.0.0.1"), status)
    failing(make(), "redirects elsewhere")
    assert [visit.path for visit in web.visits] == [PATH]


def test_a_server_that_is_gone(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    error, _ = failing(make(address=f"http://127.0.0.1:{port}/v1"), "cannot be reached")
    assert error.wait_s == 15.0


def test_time_is_bounded_to_the_first_words_and_in_all(web: Web, make: Make) -> None:
    done = threading.Event()
    try:
        web.pages[PATH] = stream([], done)
        failing(make(first_words_s=0.2), "nothing within 0.2 s")
        web.pages[PATH] = stream([said("")], done)
        failing(make(first_words_s=0.2), "nothing within 0.2 s")
        web.pages[PATH] = stream([said("The ")], done)
        assert failing(make(whole_s=2), "not done within 2 s")[1] == "The "
    finally:
        done.set()


def test_who_waits_hears_a_beat_and_can_stop(web: Web, make: Make) -> None:
    done = threading.Event()
    left = threading.Event()

    def page(handler: BaseHTTPRequestHandler) -> None:
        stream([said("The ")])(handler)
        handler.connection.settimeout(20)
        assert handler.connection.recv(1) == b""  # the other side hung up
        left.set()
        done.wait(20)

    web.pages[PATH] = page
    try:
        with closing(make().write(PROMPT)) as pieces:
            assert next(pieces).text == "The "
            assert next(pieces) == Piece()
        assert left.wait(20)
    finally:
        done.set()


def test_a_key_is_in_no_text_of_ours(make: Make) -> None:
    model = make()
    assert KEY not in repr(model) + repr(model._server)
    shown = ModelSettings(name="a", key=KEY)
    assert KEY not in repr(shown) + str(shown) + shown.model_dump_json() + str(shown.model_dump(mode="json"))


def test_no_model_says_so() -> None:
    model = OffModel()
    assert (model.model, model.context) == ("", 0)
    with pytest.raises(ModelOff, match=r"models\.order"):
        next(model.write(PROMPT))


def test_the_next_model_is_tried_when_one_gives_nothing(web: Web, make: Make) -> None:
    web.answer("/first" + PATH, b"", 500)
    web.pages[PATH] = stream([WHOLE])
    first = make(name="first", address=web.url("/first/v1", "127.0.0.1"), model="large", context=9000)
    order = InOrder([first, make()])
    assert (order.model, order.context) == ("large", 2048)
    pieces = [*order.write(PROMPT)]
    assert (text_of(pieces), pieces[-1].model) == ("The tide rose. مدّ", "small")
    assert text_of(order.write(PROMPT)) == "The tide rose. مدّ"
    assert [visit.path for visit in web.visits] == ["/first" + PATH, PATH, PATH], "the first is left alone for a while"


def test_no_other_model_goes_on_with_an_answer_that_broke_off(web: Web, make: Make) -> None:
    web.pages["/first" + PATH] = stream([said("The ti")])
    web.pages[PATH] = stream([WHOLE])
    order = InOrder([make(address=web.url("/first/v1", "127.0.0.1")), make()])
    assert failing(order, "broke off")[1] == "The ti"
    assert len(web.visits) == 1


def test_what_all_models_said_is_one_error(web: Web, make: Make) -> None:
    web.answer(PATH, b"", 429)
    web.answer("/b" + PATH, b'{"error": {"code": "content_filter"}}', 400)
    refusing = make(name="b", address=web.url("/b/v1", "127.0.0.1"))
    failing(InOrder([refusing, make()]), "b will not answer.*; here is busy", ModelBusy)
    assert [visit.path for visit in web.visits] == ["/b" + PATH, PATH]
    failing(InOrder([refusing, refusing]), "will not answer", ModelRefused)
    failing(InOrder([]), "no language model", ModelOff)


def test_no_proxy_of_the_environment_has_a_say(web: Web, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    web.pages[PATH] = stream([WHOLE])
    assert text_of(make().write(PROMPT)) == "The tide rose. مدّ"
    assert server_module.BEAT_S == 1.0
