"""Pages with holes: each reader's own in its place, and nothing an article says taken for a hole."""

import pytest
from markupsafe import Markup

from octavo.serve import stencils


def page() -> str:
    ways: dict[stencils.Value, str] = {
        one: Markup("<i>{} {}</i>").format(one, stencils.text("name")) for one in ("", "follow")
    }
    return f"<b>{stencils.text('name')}</b> {stencils.choice(('stance', 'hashtag', 'tide'), ways)} end"


def test_holes_are_filled_with_what_is_known_of_a_reader() -> None:
    sheet = stencils.read(page())
    assert sheet.keys == (("stance", "hashtag", "tide"),)
    known: dict[stencils.Key, stencils.Value] = {("stance", "hashtag", "tide"): "follow"}
    assert sheet.fill(known, {"name": "ada"}) == b"<b>ada</b> <i>follow ada</i> end"
    assert sheet.fill({}, {"name": "<eve>"}) == b"<b>&lt;eve&gt;</b> <i> &lt;eve&gt;</i> end"


def test_what_is_not_given_is_never_left_open() -> None:
    with pytest.raises(KeyError):
        stencils.read(page()).fill({}, {})
    with pytest.raises(KeyError):
        stencils.read(page()).fill({("stance", "hashtag", "tide"): "mute"}, {"name": "ada"})


def test_marks_that_do_not_pair_make_no_stencil() -> None:
    for broken in (stencils.text("name")[:-1], page()[:-40], stencils.choice(("a",), {False: page(), True: ""})):
        with pytest.raises(ValueError, match=r"mark|zip|JSON|Expecting|many|unpack"):
            stencils.read(broken)


def test_an_article_cannot_write_a_mark() -> None:
    said = "\x02" + "0" * 32 + "tname\x02" + "0" * 32 + "u \x1f \x03"
    assert stencils.read(said).fill({}, {"name": "ada"}) == said.encode()
