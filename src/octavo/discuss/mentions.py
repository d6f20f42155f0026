"""Whom a comment names: @name, but not in what it quotes, nor in code."""

import re

MOST = 10
"""People one comment can call, in all its wordings."""

_CODE = re.compile(r"(?s:```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z))|`[^`\n]*`")
_QUOTED = re.compile(r"^\s{0,3}>.*$", re.MULTILINE)
_NAME = re.compile(r"(?<![\w@/.])@((?:[^\W_]|[\u0300-\u036f])(?:[\w\u0300-\u036f.-]{0,28}[^\W_])?)")


def mentioned(text: str) -> tuple[str, ...]:
    """List the names a comment calls, as they are written, each once."""
    said = _QUOTED.sub("", _CODE.sub(" ", text))
    return tuple(dict.fromkeys(found.group(1) for found in _NAME.finditer(said)))[:MOST]
