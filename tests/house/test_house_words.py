"""What must not stand in any file: places of one machine, addresses of one package index, real people's articles."""

import re

import pytest

from .tree import ROOT, files

# Written in pieces, so that this file does not find itself.
MACHINE = re.compile(r"/(?:work|opt/pypi|opt/wheels|root|home/\w+)/" r"|/tmp/bash_" r"jobs")
INDEX = re.compile(r"pythonhosted[.]org|pypi[.]org|--(?:extra-)?index-u" r"rl |file:///op[t]/")
BINARY = {".png", ".jpg", ".webp", ".ico", ".woff2", ".gz", ".whl", ".tar", ".zip", ".npz"}

HOST = re.compile(rb"https?://([A-Za-z0-9.-]+)")
NOBODYS = re.compile(rb"(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|org|net))$|^127\.|^10\.|^192\.168\.")
VOCABULARIES = {
    b"www.w3.org", b"schema.org", b"purl.org", b"www.sitemaps.org", b"search.yahoo.com", b"www.google.com", b"ogp.me",
    b"backend.userland.com", b"my.netscape.com", b"channel.netscape.com", b"jsonfeed.org", b"www.itunes.com",
    b"wellformedweb.org", b"www.rssboard.org", b"creativecommons.org", b"web.resource.org", b"cv.iptc.org",
    b"ostatus.org", b"joinmastodon.org", b"w3id.org",
    b"opml.org", b"www.opml.org", b"cyber.law.harvard.edu", b"blogs.law.harvard.edu", b"podcastindex.org",
}  # fmt: skip
"""Hosts that name a vocabulary, not a publisher."""

FIXTURES = ("tests/cases/", "src/octavo/data/newswire/", "src/octavo/adapters/newswire/")


@pytest.mark.parametrize("pattern", [MACHINE, INDEX], ids=["machine", "index"])
def test_no_file_names_a_machine_or_an_index(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in files()
        if path.suffix not in BINARY and path.name != "LICENSE"
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_nothing_built_is_kept() -> None:
    assert [path.name for path in files() if path.suffix in {".whl", ".pyc", ".sqlite", ".db", ".log"}] == []


def test_fixtures_are_fictional() -> None:
    """Every address in a fixture lies below a name nobody can own (RFC 2606) or names a vocabulary."""
    real = {
        f"{path.relative_to(ROOT)}: {host.decode()}"
        for path in files()
        if path.relative_to(ROOT).as_posix().startswith(FIXTURES)
        for host in HOST.findall(path.read_bytes())
        if not NOBODYS.search(host.lower()) and host.lower() not in VOCABULARIES
    }
    assert real == set()
