"""Log lines: one for each outcome, to the second output, so that the first stays data. None tells of a reader.

Lines name feeds, pages, routes and numbers of rows. What other programs said (mail servers, push services, drivers)
may quote an address: addresses of people and of machines are taken out of every line, whatever wrote it.
"""

import ipaddress
import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

_MAIL = re.compile(r"[\w.+%!#$&'*=?^{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_NUMBERS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:]))"
)
_HIDDEN = "[address]"

Line = MutableMapping[str, Any]


def start_logging(level: str, form: Literal["text", "json"] = "text") -> None:
    """Log from here on, and have what libraries log written alike."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_addresses,
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            exception_formatter=structlog.dev.plain_traceback,  # the other one writes down what variables hold
        )
    )
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    _take_libraries(shared, last)


def hide_addresses(_logger: object, _method: str, line: Line) -> Line:
    """Take addresses of people and of machines out of a line; the hosts of loopback stay, as they are nobody's."""
    for key, value in line.items():
        if isinstance(value, str) and key not in ("timestamp", "level"):
            line[key] = _NUMBERS.sub(_hidden, _MAIL.sub(_HIDDEN, value))
    return line


def _hidden(found: "re.Match[str]") -> str:
    try:
        address = ipaddress.ip_address(found[0])
    except ValueError:
        return found[0]
    return found[0] if address.is_loopback else _HIDDEN


class _Handler(logging.StreamHandler[Any]):
    """Ours, to be known again."""


def _take_libraries(shared: list[structlog.typing.Processor], last: structlog.typing.Processor) -> None:
    handler = _Handler(sys.stderr)
    handler.setLevel(logging.WARNING)
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[drop, last]))
    root = logging.getLogger()
    root.handlers[:] = [*(one for one in root.handlers if not isinstance(one, _Handler)), handler]
