"""Plain text for programs that may take it for HTML: titles and names in feeds and reader apps."""

import re

_BEGINS = re.compile("<(?=[a-zA-Z/!?])")


def inert(text: str) -> str:
    """Write the bracket that could begin a tag, a comment or a declaration as a quotation mark; all else stays.

    What titles are, plain text or HTML, was settled differently by every format and app. "5 < 6" and "R&D" read the
    same either way; so does "‹script>". (Not the full-width bracket: compatibility normalisation turns it back.)
    """
    return _BEGINS.sub("‹", text) if "<" in text else text
