"""What a reader sets, as one object: docs/reference/reader-settings.md. Takes what makes sense, whoever wrote it."""

import re
from collections.abc import Mapping
from typing import Any

VERSION = 1
MOST = 200
LONGEST = 80

CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("light", "dark", "contrast"),
    "text": ("1", "2", "4", "5"),
    "density": ("compact",),
    "motion": ("none",),
    "ai": ("off",),
    "headlines": ("translated",),
    "pictures": ("saver", "none"),
}
_EDITION = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,30}){1,6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TRIED = 2000
"""Entries of a list that are looked at, whatever they are."""


def clean_settings(given: object) -> dict[str, Any]:
    """Give the settings in an object from anywhere, without what is muted; the rest is as if it were never set."""
    named: Mapping[Any, Any] = given if isinstance(given, Mapping) else {}
    chosen = {name: one if (one := named.get(name)) in all_ else "" for name, all_ in CHOICES.items()}
    edition = named.get("edition")
    languages = [tag for tag in _texts(named.get("languages")) if _LANGUAGE.fullmatch(tag)]
    return {
        "version": VERSION,
        "edition": edition if isinstance(edition, str) and _EDITION.fullmatch(edition) else "",
        **chosen,
        "languages": languages[:MOST],
    }


def muted_in(given: object) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Give what an object of settings mutes: sources and hashtags with their names, and words."""
    named: Mapping[Any, Any] = given if isinstance(given, Mapping) else {}
    muted = named.get("muted")
    kinds: Mapping[Any, Any] = muted if isinstance(muted, Mapping) else {}
    return _named(kinds.get("sources")), _named(kinds.get("hashtags")), _texts(kinds.get("words"))[:MOST]


def _texts(given: object) -> list[str]:
    if not isinstance(given, list | tuple):
        return []
    return list(dict.fromkeys(short for one in given[:_TRIED] if (short := _short(one))))


def _named(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping):
        return {}
    pairs = [(_short(key), _short(name)) for key, name in list(given.items())[:_TRIED]]
    return dict([(key, name or key) for key, name in pairs if key][:MOST])


def _short(given: object) -> str:
    return given.strip()[:LONGEST] if isinstance(given, str) else ""
