"""What stands right below a picture and says what it says for the blind is its caption, whatever its element."""

from datetime import UTC, datetime

import pytest

from octavo.domain.page import PageSource
from octavo.extract.article import extract_article

CAPTION = "An artist’s view of the probe Kestrel above the clouds"
PAGE = """<!doctype html><html lang="en"><head><title>Kestrel sees sulphur</title></head><body><div class="css-9x">
<h1>Kestrel sees a plume of sulphur above the clouds</h1>
<div class="css-1m"><img src="/kestrel.jpg" alt="{alt}"><div class="css-t1">{below}</div></div>
<p>The probe Kestrel has measured a plume of sulphur compounds above a highland, the agency said on Monday evening.</p>
<p>“It is clear enough not to be ignored,” said the mission’s head, Ines Calder, “and not enough to write volcano.”</p>
<p>A second pass over the same place is planned for Friday, when the instrument will look at the gases again.</p>
</div></body></html>"""


@pytest.mark.parametrize(
    ("alt", "below", "kept"),
    [
        (CAPTION, CAPTION, False),
        (CAPTION, f"{CAPTION}. Illustration: Octavo", False),
        (
            "",
            f"{CAPTION} were shown to reporters by the agency on Monday, with figures that nobody had expected to see.",
            True,
        ),
    ],
)
def test_a_caption_is_no_paragraph(alt: str, below: str, kept: bool) -> None:
    page = PageSource("https://gazette.example/kestrel", PAGE.format(alt=alt, below=below).encode())
    article = extract_article(page, now=datetime(2026, 11, 20, tzinfo=UTC))
    assert (CAPTION in article.text) is kept
    assert article.text.endswith("look at the gases again.")


def test_damaged_or_whole_a_page_without_pictures_is_read() -> None:
    bare = PAGE.format(alt="", below="").replace('<img src="/kestrel.jpg" alt="">', "")
    assert extract_article(
        PageSource("https://gazette.example/k", bare.encode()), now=datetime(2026, 11, 20, tzinfo=UTC)
    )
