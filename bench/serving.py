"""Requests a CPU second of Octavo's pages while articles come in, beside a static file served by nginx in the same run.

    python bench/run.py serving        (needs nginx and wrk; on Debian: apt-get install nginx-light wrk)

nginx sends the bytes of the article page from a file, nothing packed, no access log, one process. Octavo is a real
`octavo serve` on the sample newswire with its worker, whose articles go on coming in. Both are asked by wrk over 64
connections, round after round in turn. What counts is requests by CPU seconds of the web server's own process
(/proc/PID/stat), because wrk and everything else share the machine; latency is wrk's own.
"""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from collected import SETTINGS, free_port, wait_collected

from octavo.actions import accounts, signing
from octavo.app import open_tools
from octavo.config import Settings

CONNECTIONS = 64
SECONDS = 4
PATIENCE_S = 300.0
TICK = os.sysconf("SC_CLK_TCK")
NGINX = """worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.err;
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; default_type text/html;
client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d;
scgi_temp_path {folder}/e; server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}
"""
PEERS = {"Miniflux": 17_600, "FreshRSS": 50_600}
"""CPU µs of a peer's article page, measured on a machine like the author's: goals, not part of the run."""

_LUA = """local n = 0
request = function() n = n + 1; return wrk.format("GET", "{path}" .. "{joint}asked=" .. n) end
"""
"""A question nobody asked before each time: no kept page answers it."""

_TURNS_LUA = """local n, turns = 0, {{{turns}}}
request = function()
  n = n + 1
  local turn = turns[n % #turns + 1]
  return wrk.format("GET", turn[1], {{["Cookie"] = turn[2], ["Accept-Encoding"] = "{accepts}"}})
end
"""
"""Readers by turns, each at the next article."""

READERS = 16


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is asked for: an address, headers, and whether every request is another question."""

    name: str
    address: str
    process: int
    headers: tuple[str, ...] = ()
    new: bool = False
    turns: tuple[tuple[str, str], ...] = ()
    """(path, cookie) to ask by turns, in place of one address."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one round showed: CPU µs a request, requests a second, milliseconds at the median and 99th of 100."""

    cpu_us: float
    rate: float
    p50_ms: float
    p99_ms: float
    refused: int


def measure(shared: Path, rounds: int) -> None:
    """Print the table; says what is missing and leaves it at that where nginx or wrk are not installed."""
    missing = [name for name in ("nginx", "wrk") if not _program(name)]
    if missing:
        print(f"serving: left out, {' and '.join(missing)} not installed (Debian: apt-get install nginx-light wrk)")
        return
    with tempfile.TemporaryDirectory(prefix="octavo-serving-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with octavo(folder) as (base, web), nginx(folder) as (static, server):
            found = cases(base, web, sign_in(folder / "data" / "demo"))
            page = folder / "www" / "article.html"
            page.write_bytes(read(found[0].address))
            page.chmod(0o644)
            peer = Case("nginx, the article page as a file", f"{static}/article.html", server)
            show(page.stat().st_size, run([peer, *found], rounds))


def sign_in(data: Path) -> list[str]:
    """Make readers with an account, past the forms, with names of many lengths; gives their cookies."""
    with open_tools(Settings(data_dir=data, log_level="error", accounts={"sign_up": "open"})) as tools:
        ticket, cookies = accounts.offer_first(tools), []
        for number in range(READERS + 1):
            wanted = accounts.Wanted(f"reader{'s' * (number % 9)}{number}", f"a lamp in the harbour {number}", "")
            made = accounts.sign_up(tools, wanted, "" if number else ticket)
            cookies.append(f"octavo={signing.begin_new(tools, made, 'bench').token}")
    return cookies[1:]  # the first is the owner, who sees more than marks


def cases(base: str, web: int, cookies: Sequence[str]) -> list[Case]:
    """List what is asked for: the first article of the front page, and pages of every kind."""
    front = read(f"{base}/en-gb").decode()
    every = list(dict.fromkeys(re.findall(r'href="(/en-gb/article/[^"#?]+)"', front)))[: 2 * READERS + 1]
    turns = tuple((path, cookies[number % READERS]) for number, path in enumerate(every))
    article = base + _first(front, r'href="(/en-gb/article/[^"#?]+)"')
    story = base + _first(front, r'href="(/en-gb/story/[^"#?]+)"')
    picture = base + _first(front, r'src="(/picture/[^"]+)"')
    style = base + _first(front, r'href="(/static/[^"]+[.]css)"')
    with urllib.request.urlopen(article) as answer:  # noqa: S310 - our own loopback server
        etag = answer.headers["etag"]
    read(picture)
    return [
        Case("article", article, web),
        Case("article, packed (br)", article, web, ("Accept-Encoding: gzip, br",)),
        Case("article, 304", article, web, (f"If-None-Match: {etag}",)),
        Case("article, signed in", article, web, (f"Cookie: {cookies[0]}",)),
        Case("articles by turns, readers by turns", article, web, turns=turns),
        Case("the same, packed (zstd)", article, web, ("Accept-Encoding: gzip, deflate, br, zstd",), turns=turns),
        Case("story, signed in", story, web, (f"Cookie: {cookies[0]}",)),
        Case("story, made anew each time", story, web, new=True),
        Case("front, signed in", f"{base}/en-gb", web, (f"Cookie: {cookies[0]}",)),
        Case("article with its related ones, made anew each time", article, web, new=True),
        Case("front", f"{base}/en-gb", web),
        Case("search, one question", f"{base}/en-gb/search?q=harbour", web),
        Case("search, made anew each time", f"{base}/en-gb/search?q=harbour", web, new=True),
        Case("style sheet, packed (br)", style, web, ("Accept-Encoding: gzip, br",)),
        Case("picture", picture, web),
    ]


def run(asked: Sequence[Case], rounds: int) -> dict[Case, list[Load]]:
    """Ask everything in turn, round after round."""
    loads: dict[Case, list[Load]] = {case: [] for case in asked}
    for _ in range(rounds):
        for case in asked:
            loads[case].append(load(case))
    return loads


def load(case: Case) -> Load:
    """Ask for one thing over 64 connections for some seconds."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    command += [word for header in case.headers for word in ("-H", header)]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if case.turns:
            listed = ", ".join(f'{{"{path}", "{cookie}"}}' for path, cookie in case.turns)
            accepts = next((one.partition(": ")[2] for one in case.headers if one.startswith("Accept-Enc")), "")
            script.write(_TURNS_LUA.format(turns=listed, accepts=accepts))
            script.flush()
            command += ["-s", script.name]
        elif case.new:
            path = "/" + case.address.split("/", 3)[3]
            script.write(_LUA.format(path=path, joint="&" if "?" in path else "?"))
            script.flush()
            command += ["-s", script.name]
        begun = _cpu(case.process)
        said = subprocess.run([*command, case.address], stdout=subprocess.PIPE, text=True, check=True).stdout
        spent = _cpu(case.process) - begun
    count = int(_first(said, r"(\d+) requests in"))
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return Load(
        spent / count * 1e6,
        float(_first(said, r"Requests/sec:\s+([\d.]+)")),
        _ms(_first(said, r"\n\s+50%\s+(\S+)")),
        _ms(_first(said, r"\n\s+99%\s+(\S+)")),
        int(refused[1]) if refused else 0,
    )


def show(size: int, loads: dict[Case, list[Load]]) -> None:
    """Print medians, and how many requests a CPU second each serves of nginx's, round by round."""
    peer, *others = loads
    print(f"serving: {CONNECTIONS} connections, articles coming in; the article page has {size} bytes as it is")
    print(f"  {'':52}{'CPU µs':>8}{'of nginx (range)':>22}{'a second':>10}{'p50 ms':>8}{'p99 ms':>8}")
    for case in (peer, *others):
        mine = loads[case]
        ratios = [theirs.cpu_us / one.cpu_us for theirs, one in zip(loads[peer], mine, strict=True)]
        middle = {
            name: statistics.median(getattr(one, name) for one in mine)
            for name in ("cpu_us", "rate", "p50_ms", "p99_ms")
        }
        told = f"{statistics.median(ratios):.3f} ({min(ratios):.2f} to {max(ratios):.2f})"
        refused = f"  {sum(one.refused for one in mine)} refused" if any(one.refused for one in mine) else ""
        print(
            f"  {case.name:52}{middle['cpu_us']:8.1f}{told:>22}{middle['rate']:10.0f}{middle['p50_ms']:8.1f}"
            f"{middle['p99_ms']:8.1f}{refused}"
        )
    anew = statistics.median(
        one.cpu_us for case, found in loads.items() if case.new and "article" in case.name for one in found
    )
    for name, cost in PEERS.items():
        print(f"  an article page made anew costs 1/{cost / anew:.1f} of {name}'s ({cost} CPU µs, another run)")


@contextmanager
def octavo(folder: Path) -> Iterator[tuple[str, int]]:
    """Run a real instance on the sample newswire; gives its address and the web process."""
    port = free_port()
    settings = SETTINGS | {
        "OCTAVO_NEWSWIRE__PORT": str(free_port()),
        "OCTAVO_FETCH__DELAY_S": "0.05",
        "OCTAVO_FETCH__MIN_POLL_S": "30",
        "OCTAVO_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "octavo", "--data-dir", str(folder / "data"), "demo", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        base = f"http://127.0.0.1:{port}"
        wait_collected(base, PATIENCE_S)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        [web] = [int(one) for one in children if b"\0web\0" in Path(f"/proc/{one}/cmdline").read_bytes()]
        yield base, web
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@contextmanager
def nginx(folder: Path) -> Iterator[tuple[str, int]]:
    """Run nginx on a folder; gives its address and its worker process."""
    port = free_port()
    (folder / "www").mkdir()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    process = subprocess.Popen([_program("nginx"), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/", "")
        yield f"http://127.0.0.1:{port}", int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text())
    finally:
        process.terminate()
        process.wait(30)


def read(address: str) -> bytes:
    """Read one page."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own loopback server
        found: bytes = answer.read()
        return found


def _wait(address: str, shown: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            if shown in read(address).decode():
                return
        except urllib.error.HTTPError:
            if not shown:
                return
        except OSError:
            pass
        time.sleep(0.3)
    sys.exit(f"{address} did not answer")


def _program(name: str) -> str:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


def _cpu(process: int) -> float:
    spent = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / TICK


def _first(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        sys.exit(f"nothing like {pattern} was found")
    return found[1]


def _ms(told: str) -> float:
    found = re.fullmatch(r"([\d.]+)(us|ms|s|m)", told)
    if found is None:
        sys.exit(f"{told} is no length of time")
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}[found[2]]
