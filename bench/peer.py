"""Octavo's pages and those of a peer, Tiny Tiny RSS, on the same newswire, seen by the same browser in one run.

    python bench/peer.py [--rounds 3]

Needs root, and on Debian: apt-get install --no-install-recommends tt-rss php-fpm php-pgsql nginx-light chromium
The peer reads the feeds of the demo's sample newswire, and is served by nginx (its files packed) with PHP's own
process manager and compiled code kept, on PostgreSQL: as its authors recommend. It is in its single-user mode, so that
no form of signing in stands between; its list is of all articles, its article is the first of them, opened.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path

import pages
from browser import HEAD, PAGES, Seen, line, look
from playwright.sync_api import Browser, sync_playwright

import postgres

INSTALLED = Path("/usr/share/tt-rss")
FPM = """[global]
error_log = {folder}/fpm.log
[www]
user = nobody
group = nogroup
listen = {folder}/fpm.sock
listen.mode = 0666
pm = static
pm.max_children = 4
"""
NGINX = """worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.err; user nobody nogroup;
events {{ worker_connections 512; }}
http {{ include /etc/nginx/mime.types; access_log off; sendfile on; gzip on; gzip_vary on; gzip_types text/css
application/javascript application/json text/javascript image/svg+xml;
client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d;
scgi_temp_path {folder}/e; server {{ listen 127.0.0.1:{port}; root {folder}/www; index index.php;
location ~ [.]php$ {{ include /etc/nginx/fastcgi_params; fastcgi_pass unix:{folder}/fpm.sock;
fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; }} }} }}
"""
LIST, OPENED = "index.php#f=-4&c=0", "#headlines-frame .cdm, #headlines-frame .hl"
"""The peer's list of all articles, and one of them in it."""


def main() -> None:
    """Print one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    with pages.demo() as address, sync_playwright() as playwright:
        browser = pages.launch(playwright)
        finder = browser.new_page()
        found = pages.kinds(finder, address, "en-gb")
        feeds = feeds_of(browser, address)
        finder.close()
        with peer(feeds) as other:
            rows = {name: (address + found[name], "", "") for name in PAGES if name in found}
            rows |= {"tt-rss, list": (other + LIST, OPENED, ""), "tt-rss, article": (other + LIST, OPENED, OPENED)}
            print(HEAD)
            for name, (url, shown, opened) in rows.items():
                times = [look(browser, url, shown=shown, opened=opened) for _ in range(given.rounds)]
                columns = zip(*map(astuple, times), strict=True)
                print(line(name, Seen(*map(statistics.median, columns))), flush=True)
        browser.close()


def feeds_of(browser: Browser, address: str) -> list[str]:
    """Give the feeds the demo reads, but those in forms the peer does not read: JSON Feed, news sitemaps."""
    page = browser.new_page()
    told = page.request.get(f"{address}/feeds.opml").text()
    page.close()
    return [one for one in re.findall(r'xmlUrl="([^"]+)"', told) if not one.endswith((".json", "sitemap.xml"))]


@contextmanager
def peer(feeds: list[str]) -> Iterator[str]:
    """Run the peer with these feeds read; gives its address."""
    port = pages._free_port()
    with tempfile.TemporaryDirectory(prefix="octavo-peer-") as name, postgres.serving() as server:
        folder = Path(name)
        folder.chmod(0o755)
        server.run("CREATE DATABASE ttrss")
        with server.connect("ttrss") as connection:
            connection.execute((INSTALLED / "schema" / "ttrss_schema_pgsql.sql").read_bytes())
            for feed in feeds:
                new = "INSERT INTO ttrss_feeds (owner_uid, title, feed_url) VALUES (1, %s, %s)"
                connection.execute(new, (feed, feed))
        shutil.copytree(INSTALLED / "www", folder / "www", ignore=shutil.ignore_patterns("config.php", "feed-icons"))
        for one in ("lock", "cache/feeds", "cache/images", "cache/upload", "cache/export", "www/feed-icons"):
            (folder / one).mkdir(parents=True)
            shutil.chown(folder / one, "nobody")
        (folder / "www" / "config.php").write_text(configured(folder, server.folder, port))
        (folder / "fpm.conf").write_text(FPM.format(folder=folder))
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
        read = ["php", folder / "www" / "update.php", "--feeds", "--force-update"]
        subprocess.run(read, user="nobody", check=True, stdout=sys.stderr, cwd=folder / "www")
        fpm = shutil.which("php-fpm8.2") or "php-fpm"
        running = [
            subprocess.Popen([fpm, "-F", "-y", folder / "fpm.conf"], stderr=subprocess.DEVNULL),
            subprocess.Popen(["nginx", "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL),
        ]
        try:
            time.sleep(2)
            yield f"http://127.0.0.1:{port}/"
        finally:
            for process in running:
                process.terminate()
                process.wait(30)


def configured(folder: Path, database: Path, port: int) -> str:
    """Write the peer's configuration: Debian's own, with the places and the single user of this run."""
    own = {
        "DB_TYPE": "pgsql",
        "DB_HOST": database,
        "DB_PORT": "5432",
        "DB_USER": "postgres",
        "DB_NAME": "ttrss",
        "DB_PASS": "",
        "SELF_URL_PATH": f"http://127.0.0.1:{port}/",
        "LOCK_DIRECTORY": folder / "lock",
        "CACHE_DIR": folder / "cache",
    }
    kept = re.sub(r"include_once.*", "", Path("/etc/tt-rss/config.php").read_text())
    for name, value in own.items():
        kept = re.sub(rf"define\('{name}',[^;]*;", f"define('{name}', '{value}');", kept)
    return re.sub(r"('SINGLE_USER_MODE'|'CHECK_FOR_UPDATES'), \w+", lambda one: f"{one[1]}, {'SINGLE' in one[1]}", kept)


if __name__ == "__main__":
    main()
