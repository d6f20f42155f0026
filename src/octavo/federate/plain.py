"""A reply's HTML to plain text: paragraphs and line breaks stay, links are written out, whom it names is left off."""

import re

from selectolax.lexbor import LexborNode

from octavo.federate.names import host_of
from octavo.text.html import parse

_BREAKS = frozenset({"p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4"})
_NEVER = ["script", "style", "template", "noscript", "svg", "math", "iframe", "object", "title"]
_LONGEST_LINK = 1_000
_BLANKS = re.compile(r"[\r\n\t]+")
_GAPS = re.compile(r"\n{3,}")


def plain_text(html: str, here: str, most: int, warning: str = "") -> str:
    """Give the words of a reply, at most so many characters. Mentions of actors at the host `here` are left off: every
    reply names the one it answers."""
    tree = parse(_BLANKS.sub(" ", html))
    tree.strip_tags(_NEVER)
    for link in tree.css("a"):
        link.replace_with(_written(link, here))
    for one in tree.css("br"):
        one.replace_with("\n")
    for one in tree.css("li"):
        one.insert_before("\n")
    for one in tree.css(", ".join(sorted(_BREAKS))):
        one.insert_before("\n\n")
        one.insert_after("\n\n")
    words = tree.body.text() if tree.body else ""
    lines = [" ".join(line.split()) for line in words.split("\n")]
    text, heading = _GAPS.sub("\n\n", "\n".join(lines)).strip(), " ".join(warning.split())
    whole = f"{heading}\n\n{text}" if heading and text else text or heading
    return whole if len(whole) <= most else whole[: most - 1].rstrip() + "…"


def _written(link: LexborNode, here: str) -> str:
    """Write a link as people read it: a mention or hashtag by its name, any other by its whole address."""
    to = (link.attributes.get("href") or "").strip()
    kinds = (link.attributes.get("class") or "").split()
    name = " ".join(link.text().split())
    if "mention" in kinds and "hashtag" not in kinds and host_of(to) == here:
        return ""
    if "mention" in kinds or "hashtag" in kinds or name[:1] in ("@", "#"):
        return name
    if to.lower().startswith(("https://", "http://")) and len(to) <= _LONGEST_LINK:
        return to
    return name
