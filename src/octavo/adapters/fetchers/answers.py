"""What a server's answer, or the lack of one, means: a Response, or an error in one sentence."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pycurl

from octavo.errors import FetchError, Forbidden, Gone, HostBusy

REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)

_LISTS = ("cache-control", "link", "content-encoding")  # fields that may come in several lines and mean one list
_LINES = ("x-robots-tag",)  # fields whose lines each begin anew: a robot's name holds to the end of its line


def read_head(lines: Sequence[bytes]) -> tuple[int, dict[str, str]]:
    """Read the last head among `lines` (interim answers come first) into its status and fields."""
    start = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].startswith(b"HTTP/")), 0)
    fields: dict[str, str] = {}
    if not lines:
        return 0, fields
    words = lines[start].split(None, 2)
    for line in lines[start + 1 :]:
        raw, colon, value = line.decode("latin-1").partition(":")
        if not colon:
            continue
        name = raw.strip().lower()
        if name not in fields:
            fields[name] = value.strip()
        elif name in _LISTS:
            fields[name] += ", " + value.strip()
        elif name in _LINES:
            fields[name] += "\n" + value.strip()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() and len(words[1]) == 3 else 0, fields


def location(fields: dict[str, str]) -> str:
    """Read where a redirect leads; raw UTF-8 in it is common."""
    value = fields.get("location", "")
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def retry_after(value: str, now: datetime) -> datetime | None:
    """Read Retry-After, in seconds or as a date (RFC 9110 §10.2.3); None when it says nothing."""
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return now + timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def refusal(url: str, status: int, fields: dict[str, str], now: datetime) -> FetchError:
    """Turn a status that brings nothing into the error it stands for."""
    where = netloc(url)
    if status in (429, 503):
        until = retry_after(fields.get("retry-after", ""), now)
        wait = f" until {until:%Y-%m-%d %H:%M} UTC" if until else ""
        return HostBusy(
            f"{where} is busy and asks to be left alone{wait} ({status})", url=url, status=status, until=until
        )
    if status == 410:
        return Gone(f"{url} is gone for good (410)", url=url, status=status)
    if status in (401, 403, 451):
        return Forbidden(f"{where} does not let Octavo read {url} ({status})", url=url, status=status)
    if status == 404:
        return FetchError(f"{where} has nothing at {url} (404)", url=url, status=status)
    if status >= 500:
        return FetchError(f"{where} has a fault of its own ({status})", url=url, status=status)
    return FetchError(f"{where} answered {status}, which brings nothing to read", url=url, status=status)


def not_asked(url: str, status: int, until: datetime) -> HostBusy:
    """Say that a host is left alone because it answered an earlier request with `status`."""
    told = f"{netloc(url)} is left alone until {until:%Y-%m-%d %H:%M} UTC, as it asked ({status})"
    return HostBusy(told, url=url, status=status, until=until, asked=False)


def failure(url: str, code: int, told: str) -> FetchError:
    """Turn one of curl's error codes into a sentence that names the host."""
    where = netloc(url)
    sentences = {
        pycurl.E_COULDNT_RESOLVE_HOST: f"the name {where} cannot be found (DNS)",
        pycurl.E_COULDNT_RESOLVE_PROXY: "the name of the proxy (setting fetch.proxy) cannot be found (DNS)",
        pycurl.E_COULDNT_CONNECT: f"{where} takes no connections",
        pycurl.E_OPERATION_TIMEDOUT: f"{where} took too long to answer",
        pycurl.E_GOT_NOTHING: f"{where} closed the connection without an answer",
        pycurl.E_RECV_ERROR: f"{where} broke off the connection",
        pycurl.E_SEND_ERROR: f"{where} broke off the connection",
        pycurl.E_PARTIAL_FILE: f"{where} broke off in the middle of its answer",
        pycurl.E_PEER_FAILED_VERIFICATION: f"the certificate of {where} cannot be trusted: {told}",
        pycurl.E_SSL_CONNECT_ERROR: f"no secure connection to {where} could be made: {told}",
        pycurl.E_UNSUPPORTED_PROTOCOL: f"{where} does not speak HTTP",
    }
    return FetchError(sentences.get(code, f"{where} could not be read: {told or f'curl error {code}'}")[:400], url=url)


def netloc(url: str) -> str:
    """Name host and port as the URL does."""
    return urlsplit(url).netloc
