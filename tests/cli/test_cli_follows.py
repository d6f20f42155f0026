"""octavo accounts follows|follow: what somebody follows, as OPML, out and in again."""

from pathlib import Path

from octavo.collect.opml import read_opml

from .conftest import Octavo

LIST = """<opml version="2.0"><body>
<outline text="Tide" xmlUrl="http://127.0.0.1:8000/en-gb/hashtag/tide.atom"/>
<outline text="Rain" xmlUrl="http://127.0.0.1:8000/en-gb/search.atom?q=rain&amp;sort=new"/>
<outline text="Unknown" xmlUrl="https://unknown.example/feed"/>
</body></opml>"""


def test_a_list_is_followed_and_printed(octavo: Octavo, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(LIST)
    assert octavo("accounts", "add", "ada", "--password", "a lamp in the harbour").code == 0
    done = octavo("accounts", "follow", "ada", tmp_path / "list.opml")
    assert done.code == 0
    assert "1 followed, 1 searches kept, 0 feeds read" in done.out
    assert "not read here: https://unknown.example/feed" in done.out
    printed = octavo("accounts", "follows", "ada", "--edition", "en-gb")
    assert [(one.folder, one.title, one.url) for one in read_opml(printed.out.encode())] == [
        ("hashtag", "#Tide", "http://127.0.0.1:8000/en-gb/hashtag/tide.atom"),
        ("search", "Rain", "http://127.0.0.1:8000/en-gb/search.atom?q=rain&sort=new"),
    ]
    assert octavo("accounts", "follows", "eve").code == 4
    assert octavo("accounts", "follows", "ada", "--edition", "xx-xx").code == 2
