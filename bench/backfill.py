"""octavo backfill in one process, on a Ray cluster of one node and of two: pages a processor second, and wall time.

    python bench/backfill.py [--pages 100000] [--keep FOLDER] [--ways alone,one,two]

Run it as root: the nodes are network namespaces on a bridge of their own, one worker each; PostgreSQL runs in the first
one's. The archive is made here (fictional pages of 400 sites, WARC, a gzip member a record). Processor time is counted
over all processes, Octavo's, Ray's and PostgreSQL's, from starting `octavo backfill` to its end, with --later (relating
is a worker's). Ray's own processes are told apart, for they cost by the hour and not by the page.
"""

import argparse
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hosts import Hosts, cpu_of, load, postgres

PORT = 6379
SITES = 400
NAMES = ("Kalden", "Varn", "Selwyn", "Port Ember", "Tessaly", "Orrin", "Brennock", "Maru", "Ostrava Bay", "Lindqvist",
         "Ilse Brandt", "Dana Holt", "Omar Reyes", "Ruth Aslan", "Pavel Novak", "Mina Sato")  # fmt: skip
NOUNS = ("ferry", "harbour", "council", "bridge", "reservoir", "hospital", "railway", "election", "harvest", "strike",
         "museum", "airport", "budget", "trial", "storm", "factory", "school", "treaty", "prison", "dam")  # fmt: skip
DID = ("rejected", "reopened", "inspected", "sold", "closed", "defended", "criticised", "repaired", "postponed", "won")
DAEMONS = ("raylet", "gcs_server", "ray::Dash", "ray::Runtime")
"""Ray's own programs."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=100_000)
    options.add_argument("--keep", type=Path, help="Leave the archive in this folder, and use what is there.")
    options.add_argument("--ways", default="alone,one,two", help="Which, in what order.")
    given = options.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="octavo-backfill-"))
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"pages-{given.pages}.warc.gz"
    if not archive.exists():
        write(archive, given.pages)
    print(f"{given.pages} pages, {archive.stat().st_size / 1e6:.0f} MB; load {load()}", flush=True)
    nodes = {"alone": 0, "one": 1, "two": 2}
    try:
        for way in given.ways.split(","):
            print(json.dumps(measure(folder, archive, nodes[way])), flush=True)
    finally:
        if not given.keep:
            shutil.rmtree(folder)


def write(file: Path, pages: int) -> None:
    """Write the archive."""
    chance = random.Random(7)  # noqa: S311 - varies a text, guards nothing
    unfinished = file.with_suffix(".unfinished")
    with unfinished.open("wb") as out:
        out.write(gzip.compress(record("warcinfo", "urn:octavo", b"software: bench\r\n"), 1))
        for number in range(pages):
            url = f"https://www.site{number % SITES}.example/news/{number}/story.html"
            out.write(gzip.compress(record("request", url, b"GET / HTTP/1.1\r\n\r\n"), 1))
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            out.write(gzip.compress(record("response", url, head + page(number, chance).encode()), 1))
    unfinished.rename(file)


def record(kind: str, url: str, block: bytes) -> bytes:
    """One WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-05-04T03:02:01Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(number: int, chance: random.Random) -> str:
    """A page as newspapers have them: much around the article, and a script."""
    site = number % SITES
    links = "".join(f"<li><a href='/{noun}/'>{noun.title()} desk {site}</a></li>" for noun in NOUNS)
    teasers = "".join(
        f"<div class='teaser'><a href='/news/{number - n}/'>{sentence(chance)}</a><p>{sentence(chance)}</p></div>"
        for n in range(1, 13)
    )
    title = sentence(chance)
    body = "".join(
        f"<p>{' '.join(sentence(chance) for _ in range(chance.randint(2, 5)))}</p>"
        for _ in range(chance.randint(8, 22))
    )
    script = f"<script>var state={json.dumps({f'key{n}': chance.random() for n in range(200)})}</script>"
    day = f"2026-{1 + number % 5:02d}-{1 + number % 28:02d}T{number % 24:02d}:00:00Z"
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | Site {site}</title>{script}"
        f"<meta property='og:type' content='article'><meta property='og:site_name' content='Site {site}'>"
        f"<meta property='article:published_time' content='{day}'></head><body><header><nav><ul>{links}</ul></nav>"
        f"</header><main><article><h1>{title}</h1><p class=byline>By {chance.choice(NAMES[10:])}</p>{body}"
        f"<p>Subscribe to the letter of Site {site} for more.</p></article><aside>{teasers}</aside></main>"
        f"<footer><ul>{links}</ul><p>Site {site}, all rights kept</p></footer></body></html>"
    )


def sentence(chance: random.Random) -> str:
    """A sentence of no meaning."""
    who, noun, other = chance.choice(NAMES), chance.choice(NOUNS), chance.choice(NOUNS)
    rest = f"after {chance.randint(2, 900)} people had asked for it in {chance.choice(NAMES[:10])}"
    return f"{who} {chance.choice(DID)} the {noun} beside the {other} {rest}."


def measure(folder: Path, archive: Path, nodes: int) -> dict[str, object]:
    """Bring the archive in with so many nodes (none: alone), and count."""
    hosts = Hosts([f"node{number}" for number in range(max(1, nodes))], mark="ob")
    try:
        with postgres(hosts, "node0") as url:
            env = {"OCTAVO_DATABASE_URL": url, "OCTAVO_DATA_DIR": str(folder / "data"), "OCTAVO_LOG_LEVEL": "error",
                   "RAY_USAGE_STATS_ENABLED": "0"}  # fmt: skip
            command = [sys.executable, "-m", "octavo", "backfill", archive, "--later", "--json"]
            if nodes:
                start_cluster(hosts, nodes, env, folder)
                command += ["--ray", f"{hosts.address('node0')}:{PORT}"]
            begun, at, waited = time.monotonic(), load(), sum(os.times()[2:4])
            child = subprocess.Popen(
                hosts.command("node0", *command), env=os.environ | env, stdout=subprocess.PIPE, text=True
            )
            told, others = watched(hosts, child)
            seconds, own = time.monotonic() - begun, sum(os.times()[2:4]) - waited
            return figures(told, nodes, seconds, own, others) | {"load": [at, load()]}
    finally:
        hosts.close()
        shutil.rmtree(folder / "data", ignore_errors=True)


def start_cluster(hosts: Hosts, nodes: int, env: dict[str, str], folder: Path) -> None:
    """Start a head and the other nodes, one CPU each, and wait until they are there."""
    ray = str(Path(sys.executable).parent / "ray")
    common = ("--num-cpus=1", "--object-store-memory=300000000", "--disable-usage-stats")
    for number in range(nodes):
        name = f"node{number}"
        own = [f"--node-ip-address={hosts.address(name)}"]
        if number:
            own += [f"--address={hosts.address('node0')}:{PORT}"]
        else:
            own += ["--temp-dir=/tmp/ob-ray0", "--head", f"--port={PORT}", "--include-dashboard=false"]
        words = hosts.command(name, ray, "start", *own, *common)
        with (folder / "ray.log").open("ab") as log:
            subprocess.run(words, env=os.environ | env, stdout=log, stderr=log, check=True, timeout=300)


def watched(hosts: Hosts, child: subprocess.Popen[str]) -> tuple[dict[str, object], dict[str, float]]:
    """Wait for the command; gives what it printed, and the processor seconds of all others on the hosts, by program.

    They are looked at twice a second: a cluster's workers end with the command, and nobody is told what they took.
    """
    first: dict[int, float] = {}
    latest: dict[int, tuple[str, float]] = {}
    while True:
        ended = child.poll() is not None
        seen = {pid: spent for pid, spent in looked(hosts).items() if pid != child.pid}
        for pid, (_, seconds) in seen.items():
            first.setdefault(pid, 0.0 if latest else seconds)
        latest |= seen
        if ended:
            break
        time.sleep(0.5)
    out, _ = child.communicate()
    grown: dict[str, float] = {}
    for pid, (program, seconds) in latest.items():
        grown[program] = grown.get(program, 0.0) + seconds - first[pid]
    return json.loads(out), grown


def looked(hosts: Hosts) -> dict[int, tuple[str, float]]:
    """The program and the processor seconds of every process on the hosts."""
    pids = [pid for name in hosts.names for pid in hosts.pids(name)]
    return {pid: spent for pid in pids for spent in cpu_of([pid]).items()}


def figures(
    told: dict[str, object], nodes: int, seconds: float, own: float, others: dict[str, float]
) -> dict[str, object]:
    """What a run came to: `own` are the command's processor seconds, `others` those of the other programs."""
    saved = int(str(told["saved"]))
    daemons = sum(cost for name, cost in others.items() if name.startswith(DAEMONS))
    everything = own + sum(others.values())
    return {
        "nodes": nodes,
        "saved": saved,
        "wall_s": round(seconds, 1),
        "cpu_s": round(everything, 1),
        "of_command": round(own, 1),
        "of_ray_daemons": round(daemons, 1),
        "by_program": {name: round(cost, 1) for name, cost in sorted(others.items(), key=lambda one: -one[1])[:8]},
        "pages_a_cpu_s": round(saved / everything, 2),
        "pages_a_cpu_s_without_daemons": round(saved / (everything - daemons), 2),
        "pages_a_s": round(saved / seconds, 2),
    }


if __name__ == "__main__":
    main()
