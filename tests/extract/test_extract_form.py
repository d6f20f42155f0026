"""Text, gallery, film or recording: by evidence that adds up."""

import pytest

from octavo.domain.article import Block, BlockKind, Form
from octavo.extract.form import find_form
from octavo.extract.structured import Thing, read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import parse

_FILM = '<video src="/ferry.mp4"></video>'
_FRAME = '<iframe src="https://www.youtube.com/embed/abcd"></iframe>'
_SOUND = '<iframe src="https://w.soundcloud.com/player/?url=1"></iframe>'


def _form(
    body: str = "", head: str = "", *, words: int = 40, pictures: int = 0, path: str = "", kind: str = ""
) -> Form:
    tree = parse(f"<html><head>{head}</head><body>{body}<p>Seven crossings a day.</p></body></html>")
    assert tree.body
    main = Thing(types=frozenset({kind})) if kind else None
    blocks = [Block(BlockKind.FIGURE, url=f"https://gazette.example/{number}.jpg") for number in range(pictures)]
    url = f"https://gazette.example{path or '/news/ferry'}"
    return find_form(read_statements(tree), main, lay_out(tree.body), blocks, words, url)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (Form.TEXT, {}),
        (Form.TEXT, {"body": _FILM}),
        (Form.TEXT, {"body": _FILM, "path": "/video/ferry", "words": 600}),
        (Form.VIDEO, {"body": _FILM, "path": "/video/ferry"}),
        (Form.VIDEO, {"body": _FRAME, "path": "/de/videos/faehre"}),
        (Form.VIDEO, {"kind": "videoobject"}),
        (Form.VIDEO, {"head": '<meta property="og:type" content="video.other">', "body": _FRAME}),
        (Form.VIDEO, {"head": '<meta property="article:section" content="فيديو">', "body": _FRAME}),
        (Form.AUDIO, {"body": _SOUND, "path": "/podcasts/the-quay"}),
        (Form.AUDIO, {"kind": "podcastepisode"}),
        (Form.TEXT, {"body": _SOUND, "path": "/podcasts/the-quay", "words": 900}),
        (Form.GALLERY, {"pictures": 14, "words": 300}),
        (Form.GALLERY, {"pictures": 7, "path": "/fotostrecke/faehre"}),
        (Form.GALLERY, {"pictures": 7, "path": "/写真特集/1"}),
        (Form.TEXT, {"pictures": 7}),
        (Form.TEXT, {"pictures": 14, "words": 1_200}),
    ],
)
def test_forms(wanted: Form, given: dict[str, object]) -> None:
    assert _form(**given) is wanted  # type: ignore[arg-type]
