"""Feeds that have nothing new: CPU microseconds a feed from due to noted, beside a bare pycurl that asks the same.

    python bench/unchanged.py [--feeds 1000] [--rounds 3]

A proxy in a process of its own answers 304 to whatever it is asked. Each feed is on a host of its own, in a fresh
SQLite database, and is asked twice in a round's time: the first time its host is new.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pycurl

from octavo.app import open_tools
from octavo.config import Settings
from octavo.domain.feed import Feed, PollState
from octavo.domain.ids import FeedId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.pipeline.poll_feed import poll_feeds
from octavo.ports.tools import Tools
from octavo.store import feeds as feed_store
from octavo.store import publishers

AT_ONCE = 64
PER_JOB = 200
"""Feeds in one round of the worker."""

ANSWER = b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\nContent-Length: 0\r\n\r\n'
SERVER = f"""
import asyncio
class Answer(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
    def data_received(self, data):
        self.transport.write({ANSWER!r} * data.count(b"\\r\\n\\r\\n"))
async def serve():
    server = await asyncio.get_running_loop().create_server(Answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(serve())
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--feeds", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    try:
        port = int(server.stdout.readline() if server.stdout else 0)
        urls = [f"http://feed{number}.example/rss" for number in range(given.feeds)]
        with tempfile.TemporaryDirectory() as folder, open_tools(settings(Path(folder), port)) as tools:
            followed = [follow(tools, url) for url in urls]
            for number in range(given.rounds):
                bare, ours = pycurl_alone(urls, port), polled(tools, followed)
                told = f"pycurl {bare:.0f} µs a feed, Octavo {ours:.0f} ({ours / bare:.1f} times)"
                print(f"round {number + 1}: {told}, load {Path('/proc/loadavg').read_text().split()[0]}")
    finally:
        server.kill()


def settings(folder: Path, port: int) -> Settings:
    """An instance behind the proxy."""
    fetch = {"proxy": f"http://127.0.0.1:{port}", "delay_s": 0.0, "concurrency": AT_ONCE}
    return Settings(data_dir=folder, embedder="off", fetch=fetch)


def follow(tools: Tools, url: str) -> Feed:
    """Follow a feed that was read before."""
    told = PollState(etag='"one"', last_success_at=datetime.now(UTC) - timedelta(hours=1))
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("p"), "P")])
        made = Feed(FeedId(0), url, PublisherId("p"), poll=told, added_at=datetime.now(UTC))
        return feed_store.add(tx, made)


def polled(tools: Tools, feeds: list[Feed]) -> float:
    """Poll them as the worker does."""
    begun = time.process_time()
    unchanged = sum(poll_feeds(tools, feeds[at : at + PER_JOB]).unchanged for at in range(0, len(feeds), PER_JOB))
    if unchanged != len(feeds):
        sys.exit(f"only {unchanged} of {len(feeds)} feeds were unchanged")
    return (time.process_time() - begun) / len(feeds) * 1e6


def pycurl_alone(urls: list[str], port: int) -> float:
    """Ask for the same with nothing but libcurl's multi interface."""
    multi, waiting = pycurl.CurlMulti(), list(urls)
    begun = time.process_time()
    idle = []
    for _ in range(AT_ONCE):
        one = pycurl.Curl()
        one.setopt(pycurl.PROXY, f"http://127.0.0.1:{port}")
        one.setopt(pycurl.HTTPHEADER, ['If-None-Match: "one"'])
        one.setopt(pycurl.WRITEFUNCTION, lambda _: None)
        idle.append(one)
    running = 0
    while waiting or running:
        while waiting and idle:
            one = idle.pop()
            one.setopt(pycurl.URL, waiting.pop())
            multi.add_handle(one)
            running += 1
        multi.perform()
        for one in multi.info_read()[1]:
            multi.remove_handle(one)
            idle.append(one)
            running -= 1
        multi.select(0.1)
    return (time.process_time() - begun) / len(urls) * 1e6


if __name__ == "__main__":
    main()
