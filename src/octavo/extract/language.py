"""Which language the page is written in: the text says, the page hints."""

from octavo.extract.structured import Statements, Thing
from octavo.text.telling import likeliest

_ENOUGH = 60  # characters below which the page's own word counts for more than the text's look
_GLANCE, _SAMPLE = 240, 1_500  # characters looked at: when page and text agree, and when not
_NEAR = (
    frozenset({"bs", "hr", "sr"}), frozenset({"id", "ms"}), frozenset({"da", "no"}), frozenset({"cs", "sk"}),
    frozenset({"gl", "pt"}), frozenset({"es", "gl", "an"}), frozenset({"xh", "zu"}), frozenset({"af", "nl"}),
)  # fmt: skip
_CODES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "sh": "sr"}


def find_language(text: str, statements: Statements, main: Thing | None) -> str:
    """The BCP 47 language of a text, from the text when it is long enough, else as the page states it.

    Between languages so near that their looks do not part them the page's own word is taken.
    """
    stated = stated_language(statements, main)
    if len(text) < _ENOUGH and stated:
        return stated
    seen = _look(text[:_GLANCE])
    if seen != stated and len(text) > _GLANCE:
        seen = _look(text[:_SAMPLE])
    return stated if any({seen, stated} <= group for group in _NEAR) else seen


def _look(text: str) -> str:
    code = likeliest(text)
    return _CODES.get(code, code)


def stated_language(statements: Statements, main: Thing | None) -> str:
    """The primary language subtag the page states, "" when it states none."""
    offers = (
        main.language if main else "",
        statements.language,
        statements.first("og:locale", "language", "dc.language"),
    )
    for offer in offers:
        code = offer.replace("_", "-").partition("-")[0].strip().lower()
        if 2 <= len(code) <= 3 and code.isalpha():
            return _CODES.get(code, code)
    return ""
