"""Per-host exceptions, kept as data: rules/<host>.toml, those that come along and those of the owner.

The last resort: a rule helps one host, and only until that host changes its pages. It is applied after everything else
and has the last word. docs/howto/write-a-site-rule.md tells how to write one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from octavo.domain.site_rule import SiteRule
from octavo.errors import UnreadableFile
from octavo.extract.body import Body
from octavo.extract.layout import Layout
from octavo.extract.walk import lay_out
from octavo.text.unseen import tidy
from octavo.text.urls import host_of

MAX_FILE_BYTES = 20_000
MAX_RULES = 2_000
MAX_SELECTORS = 30
MAX_SELECTOR = 200
MAX_NODES = 2_000
"""Elements of one page that a selector may name; the others are left as they are."""

_PROMISE = 0.95  # F1 of a body that a rule names
_LISTS = ("drop", "body", "keep")
_NAMES = frozenset({"why", "title", *_LISTS})
_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")
_SLOW = (":has(", ":contains", "lexbor-contains")  # they look through all that is in an element, for every element
_LONGEST_TITLE = 500


def rule_for(url: str, rules: Mapping[str, SiteRule]) -> SiteRule | None:
    """The rule of an address's host, else that of the nearest host above it; None when there is none."""
    host = host_of(url)
    while "." in host:
        if host in rules:
            return rules[host]
        host = host.partition(".")[2]
    return None


@cache
def shipped() -> Mapping[str, SiteRule]:
    """The rules that come with the program, by host."""
    with as_file(files("octavo") / "data" / "rules") as folder:
        return read_rules(folder)


def read_rules(folder: Path) -> Mapping[str, SiteRule]:
    """Read every <host>.toml of a folder, by host; none when there is no such folder. Raises UnreadableFile."""
    found = sorted(folder.glob("*.toml"))
    if len(found) > MAX_RULES:
        raise UnreadableFile(f"{folder} holds more than {MAX_RULES} rules for sites")
    rules = (_read(path) for path in found)
    return {rule.host: rule for rule in rules}


def _read(path: Path) -> SiteRule:
    host = path.stem
    if not _HOST.fullmatch(host):
        raise UnreadableFile(
            f"{path}: a rule's file is named for its host, in lower case, such as gazette.example.toml"
        )
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_FILE_BYTES:
            raise UnreadableFile(f"{path} is larger than {MAX_FILE_BYTES} bytes, too large for a rule")
        table = tomllib.loads(raw.decode())
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path} cannot be read: {error}") from error
    unknown = sorted(set(table) - _NAMES)
    if unknown:
        raise UnreadableFile(f"{path}: {unknown[0]!r} is no part of a rule; there are {', '.join(sorted(_NAMES))}")
    lists = {name: tuple(_selectors(table.get(name, []), name, path)) for name in _LISTS}
    title = next(_selectors([table["title"]], "title", path)) if "title" in table else ""
    why = table.get("why")
    if not isinstance(why, str) or not why.strip().endswith("."):
        raise UnreadableFile(f"{path}: why is to be a sentence that says what goes wrong without the rule")
    if not title and not any(lists.values()):
        raise UnreadableFile(f"{path} names nothing to drop, keep or take")
    return SiteRule(host, why.strip(), title=title, **lists)


def _selectors(value: object, name: str, path: Path) -> Iterator[str]:
    if not isinstance(value, list) or len(value) > MAX_SELECTORS:
        raise UnreadableFile(f"{path}: {name} is to be a list of at most {MAX_SELECTORS} selectors")
    nothing = LexborHTMLParser("<p>")
    for selector in value:
        if not isinstance(selector, str) or len(selector) > MAX_SELECTOR:
            raise UnreadableFile(f"{path}: a selector in {name} is to be a text of at most {MAX_SELECTOR} characters")
        if any(slow in selector.lower() for slow in _SLOW):
            raise UnreadableFile(f"{path}: {selector!r} in {name} looks inside elements, which takes too long")
        try:
            nothing.css(selector)
        except SelectolaxError as error:
            raise UnreadableFile(f"{path}: {selector!r} in {name} is no CSS selector") from error
        yield selector


def prune(tree: LexborHTMLParser, rule: SiteRule | None) -> None:
    """Take what the rule drops out of the page; the page's body itself stays."""
    for selector in rule.drop if rule else ():
        for node in tree.css(selector)[:MAX_NODES]:
            if node.tag not in ("html", "head", "body") and node.parent is not None:
                node.decompose()


def settle_by(body: Body, tree: LexborHTMLParser, layout: Layout, rule: SiteRule | None) -> Body:
    """Give the body the rule names in place of the one that was chosen, and add what it keeps besides."""
    if rule is None or not (rule.body or rule.keep):
        return body
    named, kept = _pieces(tree, layout, rule.body), _pieces(tree, layout, rule.keep)
    chosen = tuple(sorted(kept | (named or set(body.chosen))))
    return replace(body, chosen=chosen, expected=max(body.expected, _PROMISE) if named else body.expected)


def title_by(tree: LexborHTMLParser, rule: SiteRule | None) -> str:
    """The headline the rule names; "" when it names none that is there."""
    node = tree.css_first(rule.title) if rule and rule.title else None
    return tidy(node.text(separator=" ")[: 4 * _LONGEST_TITLE])[:_LONGEST_TITLE] if node else ""


def _pieces(tree: LexborHTMLParser, layout: Layout, selectors: tuple[str, ...]) -> set[int]:
    """The pieces of the elements that selectors name: the place on the page where the same texts follow each other."""
    texts = [piece.text for piece in layout.pieces]
    found: set[int] = set()
    for node in (node for selector in selectors for node in tree.css(selector)[:MAX_SELECTORS]):
        named = _texts(node)
        starts = (number for number, text in enumerate(texts) if named and text == named[0] and number not in found)
        start = next((number for number in starts if texts[number : number + len(named)] == named), None)
        if start is not None:
            found.update(range(start, start + len(named)))
    return found


def _texts(node: LexborNode) -> list[str]:
    return [piece.text for piece in lay_out(node).pieces]
