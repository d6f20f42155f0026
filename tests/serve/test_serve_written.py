"""Answers a language model writes: streamed once they are borne out, kept, stopped, reported, withdrawn."""

import asyncio
import json
import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import briefs as actions
from octavo.config import AiSettings
from octavo.domain.article import Block, BlockKind
from octavo.errors import ModelBusy
from octavo.ports.language_model import Piece, Prompt
from octavo.serve import links
from octavo.serve.asgi import make_asgi
from octavo.store import articles

from .conftest import ARTICLES, BODY, NOW, Reader

TRUE = "The tide ledger lists every ship that entered the bay between 1801 and 1855."
FALSE = "The tide ledger lists every ship that entered the bay between 1701 and 1755."
HOSTILE = 'The tide ledger <script>alert(1)</script> was found in a <a href="javascript:alert(2)">drowned archive</a>.'
STREAM = {"accept": "text/event-stream"}


@dataclass
class Scripted:
    """Writes what it was told to, a piece at a time; `asked` holds the prompts, `stopped` counts requests cut off."""

    pieces: list[str]
    error: Exception | None = None
    endless: bool = False
    asked: list[Prompt] = field(default_factory=list)
    stopped: int = 0
    model: str = "scripted/1"
    context: int = 8192

    def write(self, prompt: Prompt) -> Generator[Piece]:
        self.asked.append(prompt)
        try:
            for text in self.pieces:
                yield Piece(text)
            while self.endless:
                yield Piece()
            if self.error:
                raise self.error
            yield Piece("", finished=True, model=self.model)
        except GeneratorExit:
            self.stopped += 1
            raise

    def close(self) -> None:
        pass


def _path(reader: Reader, name: str = "ledger") -> str:
    return links.article("en-gb", reader.ids[name], ARTICLES[name].headline)


def _events(text: str) -> Iterator[tuple[str, Any]]:
    for name, told in re.findall(r"event: (\w+)\ndata: (.*)\n\n", text):
        yield name, json.loads(told)


def _post(reader: Reader, path: str, body: str, **headers: str) -> httpx.Response:
    reader.app = reader.app or make_asgi(reader.tools)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(reader.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://reader.test") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            kind = {"content-type": "application/x-www-form-urlencoded"}
            return await client.post(path, content=body, headers=named | kind)

    return asyncio.run(ask())


def test_each_sentence_comes_once_it_is_borne_out_and_the_page_keeps_it(make_reader: Callable[..., Reader]) -> None:
    model = Scripted([TRUE[:30], TRUE[30:] + " [1]\n", f"{FALSE} [1]\n"])
    reader = make_reader(language_model=model)
    before = reader.get(f"{_path(reader)}/summary").text
    assert "Chosen from the articles." in before
    writes = re.search(r'data-writes="([^"]+)"', before)
    assert writes
    answer = reader.get(writes[1], **STREAM)
    events = list(_events(answer.text))
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [name for name, _ in events] == ["ready", "statement", "done"]
    assert events[1][1]["text"] == TRUE
    assert events[1][1]["sources"][0]["name"] == "The Harbour Example"
    assert events[1][1]["sources"][0]["path"].endswith("#p0")
    assert events[2][1]["dropped"] == 1
    after = reader.get(f"{_path(reader)}/summary").text
    assert "Written by scripted/1, checked." in after
    assert "1 sentence is not shown" in after
    assert "1701" not in after
    assert "data-writes" not in after
    assert reader.get(writes[1], **STREAM).status_code == 303
    assert len(model.asked) == 1


def test_without_scripts_the_answer_is_waited_for(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(language_model=Scripted([f"{TRUE} [1]\n"]))
    answer = reader.get(f"{_path(reader)}/summary/written")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{_path(reader)}/summary")
    assert "Written by scripted/1" in reader.get(f"{_path(reader)}/summary").text


@pytest.mark.parametrize("pieces", [["NONE"], [f"{FALSE}\n"], ["\ud83c\udf0a", "}{", "<|im_end|>"], []])
def test_what_is_not_borne_out_is_not_shown_and_the_chosen_answer_stands(
    make_reader: Callable[..., Reader], pieces: list[str]
) -> None:
    reader = make_reader(language_model=Scripted(pieces))
    events = list(_events(reader.get(f"{_path(reader)}/summary/written", **STREAM).text))
    assert "statement" not in dict(events)
    text = reader.get(f"{_path(reader)}/summary").text
    assert "A model wrote an answer, but the articles do not bear it out" in text
    assert "Chosen from the articles." in text
    assert "Written by" not in text


def test_what_a_model_writes_stays_text(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(language_model=Scripted([f"{HOSTILE} [1]\n![x](https://evil.example/a.png) [1]\n{TRUE}\n"]))
    stream = reader.get(f"{_path(reader)}/summary/written", **STREAM).text
    page = reader.get(f"{_path(reader)}/summary").text
    for text in (stream, page.split("told-all")[1].split("</article>")[0]):
        assert "<script" not in text
        assert "javascript:" not in text
        assert "evil.example" not in text


def test_a_model_that_fails_leaves_the_page_as_it_was(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(language_model=Scripted([TRUE], error=ModelBusy("the day's budget is spent")))
    events = list(_events(reader.get(f"{_path(reader)}/summary/written", **STREAM).text))
    assert events[-1] == ("failed", {"busy": True})
    assert "Chosen from the articles." in reader.get(f"{_path(reader)}/summary").text


def test_a_reader_who_leaves_stops_the_model(make_reader: Callable[..., Reader]) -> None:
    model = Scripted([f"{TRUE}\n"], endless=True)
    reader = make_reader(language_model=model)
    app = make_asgi(reader.tools)
    sent: list[bytes] = []
    left = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message.get("body", b""))
        if b": writing" in sent[-1]:
            left.set()

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"{_path(reader)}/summary/written",
        "raw_path": b"",
        "query_string": b"",
        "headers": [(b"accept", b"text/event-stream")],
        "client": ("203.0.113.9", 1),
        "server": ("reader.test", 80),
        "scheme": "http",
        "root_path": "",
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
    }

    async def visit() -> None:
        await asyncio.wait_for(app(scope, receive, send), 30)

    asyncio.run(visit())
    assert model.stopped == 1
    assert "Written by" not in reader.get(f"{_path(reader)}/summary").text


def test_only_so_many_answers_and_only_for_this_site_s_own_pages(make_reader: Callable[..., Reader]) -> None:
    model = Scripted(["NONE"])
    reader = make_reader(language_model=model, settings={"ai": AiSettings(written_an_hour=1)})
    asked = f"{_path(reader)}/ask/written?q="
    assert reader.get(f"{asked}Who", sec_fetch_site="cross-site").status_code == 422
    assert reader.get(f"{asked}Who", sec_fetch_site="same-origin", **STREAM).status_code == 200
    assert reader.get(f"{asked}When", **STREAM).status_code == 429
    assert len(model.asked) == 1


def test_one_account_has_so_many_answers_written_a_day_whatever_it_reads_them_on(
    make_reader: Callable[..., Reader],
) -> None:
    model = Scripted([f"{TRUE} [1]\n"])
    reader = make_reader(
        language_model=model, settings={"ai": AiSettings(written_a_day=1), "accounts": {"sign_up": "open"}}
    )
    ada, phone = (reader.visitor().sign_up("ada"), reader.visitor())
    assert ada.get(f"{_path(reader)}/summary/written").status_code == 303
    phone.post("/en-gb/sign-in", {"name": "ada", "password": "a lamp in the harbour"})
    refused = phone.get(f"{_path(reader)}/define/written?q=ledger")
    assert (refused.status_code, len(model.asked)) == (429, 1)
    assert reader.get(f"{_path(reader)}/define/written?q=ledger").status_code == 303  # whose answers nobody else spends
    reader.clock.now += timedelta(days=1)
    assert phone.get(f"{_path(reader)}/define/written?q=tide").status_code == 303
    assert len(model.asked) == 3


def test_a_changed_article_takes_back_what_it_no_longer_says(make_reader: Callable[..., Reader]) -> None:
    second = "Archivists dried the ledger leaf by leaf for eleven months."
    reader = make_reader(language_model=Scripted([f"{TRUE}\n{second}\n"]))
    reader.get(f"{_path(reader)}/summary/written")
    assert "eleven months" in reader.get(f"{_path(reader)}/summary").text.split("told-list")[1]
    changed = replace(
        ARTICLES["ledger"],
        blocks=(Block(BlockKind.PARAGRAPH, "A note."), Block(BlockKind.PARAGRAPH, BODY[0])),
        modified_at=NOW,
    )
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [changed], now=NOW)
    text = reader.get(f"{_path(reader)}/summary").text
    assert "Articles have changed since" in text
    assert TRUE in text
    assert '#p1"' in text
    assert "eleven months" not in text.split("told-list")[1]


def test_a_report_reaches_an_editor_who_withdraws(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(language_model=Scripted([f"{TRUE}\n"]))
    page = f"{_path(reader)}/summary"
    reader.get(f"{page}/written")
    origin = "http://127.0.0.1:8000"
    assert _post(reader, f"{page}/report", "why=wrong", origin="https://evil.example").status_code == 422
    assert _post(reader, f"{page}/report", "why=nonsense", origin=origin).status_code == 422
    assert _post(reader, f"{page}/report", "x" * 5000, origin=origin).status_code == 422
    answer = _post(reader, f"{page}/report", "why=wrong", origin=origin)
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    assert "Thank you" in answer.text
    found = actions.reported(reader.tools)
    assert [(one.reasons, one.path, one.brief.model) for one in found] == [(("wrong",), page, "scripted/1")]
    actions.withdraw(reader.tools, OPERATOR, found[0].name, "The years are right, the ships are not.")
    text = reader.get(page).text
    assert "An editor withdrew what stood here." in text
    assert "Written by" not in text
    assert "data-writes" not in text
    assert actions.reported(reader.tools)[0].note.startswith("The years")


def test_chosen_answers_can_be_reported_and_withdrawn_too(reader: Reader) -> None:
    page = f"{_path(reader)}/summary"
    assert _post(reader, f"{page}/report", "why=other", origin="http://127.0.0.1:8000").status_code == 200
    actions.withdraw(reader.tools, OPERATOR, actions.reported(reader.tools)[0].name)
    text = reader.get(page).text
    assert "An editor withdrew what stood here." in text
    assert 'class="told-list"' not in text


def test_no_model_reads_what_its_publisher_keeps_from_machines(make_reader: Callable[..., Reader]) -> None:
    model = Scripted(["NONE"])
    reader = make_reader(language_model=model)
    barred = replace(ARTICLES["ledger"], rights=replace(ARTICLES["ledger"].rights, tdm_reserved=True))
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [barred], now=NOW)
    assert "data-writes" not in reader.get(f"{_path(reader)}/summary").text
    assert reader.get(f"{_path(reader)}/summary/written").status_code == 303
    assert model.asked == []
    story = links.story("en-gb", reader.story, ARTICLES["ledger"].headline)
    reader.get(f"{story}/summary/written")
    assert [one for one in model.asked if "The Harbour Example" in one.material] == []
    assert "Ledger Example" in model.asked[0].material


def test_with_a_model_there_is_more_to_try(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(language_model=Scripted([]))
    arabic = links.article("en-gb", reader.ids["arabic"], ARTICLES["arabic"].headline)
    text = reader.get(arabic).text
    assert "/translation" in text
    assert "/simpler" in text
    assert "data-writes" in reader.get(f"{arabic}/translation").text
    assert "/translation" not in reader.get(_path(reader)).text
