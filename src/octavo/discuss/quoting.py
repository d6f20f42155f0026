"""Quoting a passage of the article: what stands between quotation marks stands in the article."""

from octavo.errors import InputError

_ALIKE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": None, "\u200b": None})


def passage(article: str, said: str) -> str:
    """Give a passage as the article has it, on one line. Raises InputError when it is not in there.

    What a browser gives of a selection differs in white space alone: lines break elsewhere.
    """
    wanted = _bare(said)
    if not wanted:
        return ""
    if wanted not in _bare(article):
        raise InputError("the passage that is quoted does not stand in the article")
    return wanted


def _bare(text: str) -> str:
    return " ".join(text.translate(_ALIKE).split())
