"""No secret lies in the project: nothing that looks like a key, a token or a password of the world outside."""

import re

from .tree import ROOT, files

SECRETS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}"),
    "a cloud's key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b"),
    "a code host's token": re.compile(r"\b(?:ghp|gho|ghs|ghu|github_pat|glpat)[_-][0-9A-Za-z_]{20,}"),
    "a chat's token": re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{10,}"),
    "a model's key": re.compile(r"\bsk-(?:ant-|proj-)?[0-9A-Za-z_-]{24,}"),
    "a payment's key": re.compile(r"\b[sr]k_live_[0-9A-Za-z]{16,}"),
    "a signed token": re.compile(r"\beyJ[0-9A-Za-z_-]{16,}\.eyJ[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}"),
    "a password in an address": re.compile(
        r"\b(?:postgresql|postgres|mysql|redis|amqp|smtp)://[^\s:/@{]+:[^\s@/{]{8,}@(?!127\.|localhost)"
    ),
}


def found_in(text: str) -> list[str]:
    """Name the kinds of secrets a text seems to hold."""
    return [kind for kind, looks in SECRETS.items() if looks.search(text)]


def test_no_file_holds_a_secret() -> None:
    held = {}
    for path in files():
        try:
            kinds = found_in((ROOT / path).read_text("utf-8"))
        except (UnicodeDecodeError, IsADirectoryError):
            continue
        if kinds:
            held[str(path)] = kinds
    assert held == {}


def test_secrets_are_told_from_words() -> None:
    assert found_in("AK" + "IA" + "ABCDEFGHIJKLMNOP") == ["a cloud's key"]
    assert found_in("gh" + "p_" + "a" * 36) == ["a code host's token"]
    assert found_in("sk-" + "ant-" + "a1" * 20) == ["a model's key"]
    assert found_in("ask-everything-and-answer-all-of-it") == []
    assert found_in("postgresql://octavo:" + "swordfish9@db.example/octavo") == ["a password in an address"]
