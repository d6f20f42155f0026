"""How a story's card is put on another site: the HTML to copy."""

from html import escape

from octavo.serve import links
from octavo.serve.cardstyle import SANDBOX
from octavo.serve.here import Here

WIDTH, HEIGHT = 550, 260


def snippet(here: Here, story: int, title: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> str:
    """Give the HTML that shows a story's card on another site."""
    source = here.absolute(links.story_card(here.edition, story))
    width, height = size
    return (
        f'<iframe src="{escape(source)}" width="{width}" height="{height}" title="{escape(title)}" loading="lazy" '
        f'sandbox="{SANDBOX}" style="border:0;max-width:100%"></iframe>'
    )
