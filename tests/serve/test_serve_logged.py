"""What is written down when something fails: where, and nothing of who asked or what for."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from octavo.cli.logs import hide_addresses, start_logging
from octavo.serve import answering

from .conftest import Reader


@pytest.fixture
def logging_again() -> Iterator[None]:
    """Logging is as it was afterwards."""
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    root.handlers[:] = before
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.usefixtures("logging_again")
def test_a_failed_request_names_its_route_and_nothing_that_was_sent(
    make_reader: Callable[..., Reader], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging("debug", "json")
    reader = make_reader(settings={"accounts": {"sign_up": "open"}})
    visitor = reader.visitor().sign_up("ada-quill", email="ada.quill@letters.example")

    asked = [""]

    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"cannot read {asked[-1]} that ada.quill@letters.example asked from 198.51.100.7")

    monkeypatch.setattr(answering, "plan_in", lambda path, plans: next(iter(plans.values())))
    monkeypatch.setattr(reader.app._app.routes[0].endpoint.args[0].tools.database.__class__, "read", broken)
    for path, word in (
        ("/en-gb/search?q=tide+tables", "tide tables"),
        ("/en-gb/moderation/account/ada-quill", "ada-quill"),
        ("/mail/stop/secret-token", "secret-token"),
    ):
        asked.append(word)
        answer = visitor.reader.get(path, x_forwarded_for="198.51.100.7", cookie="octavo=secret-session")
        assert answer.status_code == 500
    text = capsys.readouterr().err
    written = [json.loads(line) for line in text.splitlines()]
    assert [one["path"] for one in written if one["event"] == "request failed"] == [
        "/{edition}/search",
        "/{edition}/moderation/account/{account}",
        "/mail/stop/{token}",
    ]
    assert "ValueError" in text
    for word in ("ada", "tide tables", "198.51", "letters.example", "secret-token", "secret-session"):
        assert word not in text, word


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("550 5.1.1 <ada.quill@letters.example>: no such user", "550 5.1.1 <[address]>: no such user"),
        ("refused from 203.0.113.9:443", "refused from [address]:443"),
        ("refused from 2001:db8::9", "refused from [address]"),
        ("at 12:30:45 on http://127.0.0.1:8010/a", "at 12:30:45 on http://127.0.0.1:8010/a"),
        ("version 1.2.3 of https://harbour.example/@quay", "version 1.2.3 of https://harbour.example/@quay"),
    ],
)
def test_addresses_are_taken_out_of_what_others_said(said: str, written: str) -> None:
    assert hide_addresses(None, "info", {"event": "x", "said": said}) == {"event": "x", "said": written}


@pytest.mark.usefixtures("logging_again")
def test_what_libraries_log_is_one_line_of_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("info", "json")
    logging.getLogger("somebody.else").warning("cannot reach %s", "ada@letters.example")
    logging.getLogger("somebody.else").info("of no interest")
    structlog.get_logger().info("feed polled", feed="https://harbour.example/feed", new=3)
    structlog.get_logger().debug("of no interest")
    told = lines(capsys)
    assert [(one["event"], one["level"]) for one in told] == [
        ("cannot reach [address]", "warning"),
        ("feed polled", "info"),
    ]
    assert (told[1]["feed"], told[1]["new"]) == ("https://harbour.example/feed", 3)
    assert all(one["timestamp"].endswith("Z") for one in told)


@pytest.mark.usefixtures("logging_again")
def test_lines_for_people_are_no_json(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("info")
    structlog.get_logger().info("feed polled", new=3)
    assert "[info     ] feed polled" in capsys.readouterr().err


@pytest.mark.usefixtures("logging_again")
def test_a_stack_names_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(password: str) -> None:
        raise ValueError(len(password))

    start_logging("info")
    try:
        broken("a lamp in the harbour")
    except ValueError as error:
        structlog.get_logger().error("a page could not be read", exc_info=error)
    said = capsys.readouterr().err
    assert "in broken" in said
    assert "a lamp in" not in said.replace('broken("a lamp in', "")
