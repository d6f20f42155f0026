"""Which language the page is written in: the text says, the page hints."""

import py3langid

from octavo.extract.structured import Statements, Thing

_ENOUGH = 60  # characters below which the page's own word counts for more than the text's look
_SAMPLE = 1_500


def find_language(text: str, statements: Statements, main: Thing | None) -> str:
    """The BCP 47 language of a text, from the text when it is long enough, else as the page states it."""
    stated = stated_language(statements, main)
    if len(text) < _ENOUGH and stated:
        return stated
    return str(py3langid.classify(text[:_SAMPLE])[0])


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
            return {"no": "no", "nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(code, code)
    return ""
