"""Article items written into a page's markup: microdata, RDFa Lite, h-entry; given in the shape of JSON-LD.

HTML Living Standard §5 (microdata), W3C RDFa Lite 1.1, microformats2 h-entry.
"""

from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from octavo.text.unseen import tidy

_MOST_NODES = 1_500
_MOST_ITEMS = 40
_MOST_VALUES = 20
_HIGHEST = 60  # elements between a property and the item it belongs to
_LONGEST = 2_000  # characters; a longer value is the text itself, which the page shows anyway
_ADDRESSES = {
    "a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "embed": "src", "iframe": "src",
    "source": "src", "track": "src", "video": "src", "amp-img": "src", "object": "data", "data": "value",
    "meter": "value", "time": "datetime",
}  # fmt: skip
_WORDED = frozenset("name headline author creator description caption keywords articlesection".split())
_UNREAD = frozenset({"articlebody", "text", "review", "comment", "itemlistelement"})
_SPELLED = {
    name.lower(): name
    for name in (
        "headline alternativeHeadline name description author creator datePublished dateCreated dateModified "
        "uploadDate articleSection keywords image thumbnailUrl inLanguage publisher isAccessibleForFree url "
        "mainEntityOfPage contentUrl caption creditText copyrightHolder copyrightNotice license usageInfo width "
        "height about backstory"
    ).split()
}
_CLASSES = {
    "p-name": "headline", "p-summary": "description", "p-author": "author", "dt-published": "datePublished",
    "dt-updated": "dateModified", "p-category": "keywords", "u-url": "url", "u-featured": "image",
}  # fmt: skip

Item = dict[str, Any]


def read_items(tree: LexborHTMLParser) -> list[Item]:
    """Give the outermost items of a page, in order, each as JSON-LD would write it; none without markup of this kind.

    The text itself (articleBody) is left out: what the page shows is read from there. `itemref` is not followed.
    """
    roots = tree.css("[itemscope],[typeof],.h-entry")
    if not roots:
        return []
    nodes = tree.css("[itemscope],[itemprop],[typeof],[property]:not(meta)")
    items: dict[int, Item] = {}
    outer: list[Item] = []
    owners: dict[int, LexborNode | None] = {}
    seen: set[int] = set()
    for node in nodes[:_MOST_NODES]:
        if node.mem_id in seen:  # found once for each part of the selector it fits
            continue
        seen.add(node.mem_id)
        attributes = node.attributes
        item = _new(attributes) if _is_item(attributes) and len(items) < _MOST_ITEMS else None
        if item is not None:
            items[node.mem_id] = item
        names = (attributes.get("itemprop") or attributes.get("property") or "").split()
        owner = _owner(node, owners) if names or item is not None else None
        holder = items.get(owner.mem_id) if owner is not None else None
        kept = holder is not None and _add(holder, names, item if item is not None else _value(node, attributes, names))
        if item is not None and not kept:
            outer.append(item)
    return outer or _entries(tree)


def _is_item(attributes: dict[str, str | None]) -> bool:
    return "itemscope" in attributes or "typeof" in attributes


def _new(attributes: dict[str, str | None]) -> Item:
    types = (attributes.get("itemtype") or attributes.get("typeof") or "").split()
    item: Item = {"@type": types[:5]}
    identity = attributes.get("itemid") or attributes.get("resource")
    if identity:
        item["@id"] = identity
    return item


def _owner(node: LexborNode, owners: dict[int, LexborNode | None]) -> LexborNode | None:
    """The nearest item around a node; what is found for one element is kept for all below it."""
    passed: list[int] = []
    around = node.parent
    found: LexborNode | None = None
    while around is not None and len(passed) < _HIGHEST:
        if around.mem_id in owners:
            found = owners[around.mem_id]
            break
        if _is_item(around.attributes):
            found = around
            owners[around.mem_id] = around
            break
        passed.append(around.mem_id)
        around = around.parent
    owners.update(dict.fromkeys(passed, found))
    return found


def _add(item: Item, names: list[str], value: Any) -> bool:
    """Keep a value under those of its names that say anything of an article; tells whether there is one."""
    known = False
    for name in names[:4]:
        plain = _plain(name)
        spelled = _SPELLED.get(plain)
        if spelled is None or plain in _UNREAD or value in ("", None):
            continue
        known = True
        held = item.setdefault(spelled, value)
        if held is value:
            continue
        listed = held if isinstance(held, list) else [held]
        if len(listed) < _MOST_VALUES and value not in listed:
            item[spelled] = [*listed, value]
    return known


def _plain(name: str) -> str:
    """A property's name without its vocabulary, lower case."""
    return name.rpartition("/")[2].rpartition(":")[2].lower()


def _value(node: LexborNode, attributes: dict[str, str | None], names: list[str]) -> str:
    """A property's value: a stated one first, then the address or time of an element that has one, then its text.

    A linked name is its words: the standard says its address, but what is meant is the name.
    """
    stated = attributes.get("content")
    if stated is None and not (node.tag == "a" and not _WORDED.isdisjoint(map(_plain, names))):
        stated = attributes.get(_ADDRESSES.get(node.tag or "", ""))
    if stated is None and node.tag == "img":
        stated = attributes.get("data-src")
    if stated is not None:
        return tidy(stated[:_LONGEST])
    text = tidy(node.text(separator=" "))
    return text if len(text) <= _LONGEST else ""


def _entries(tree: LexborHTMLParser) -> list[Item]:
    """The one h-entry of a page that has one; a page of several lists them."""
    found = tree.css(".h-entry")
    if len(found) != 1:
        return []
    item: Item = {"@type": ["BlogPosting"]}
    for name, spelled in _CLASSES.items():
        for node in found[0].css(f".{name}")[:_MOST_VALUES]:
            value = _value(node, node.attributes, [spelled])
            if spelled == "author":
                _add(item, [spelled], {"@type": ["Person"], "name": tidy(node.text(separator=" "))[:200]})
            elif value:
                _add(item, [spelled], value)
    return [item]
