"""What robots may do with a page: what the publisher says of its own, and no more than the policy shows."""

from octavo.domain.article import Rights
from octavo.domain.publisher import DisplayPolicy

_PASSED_ON = frozenset("noindex none nosnippet noimageindex noarchive notranslate noai noimageai".split())
_PASSED_ON_WITH = ("max-snippet:", "max-image-preview:", "max-video-preview:", "unavailable_after:")
_MOST = 8

LIST_PICTURES = "max-image-preview:standard"


def article_robots(rights: Rights, policy: DisplayPolicy) -> str:
    """Write the content of an article page's robots element (REP directives as search engines document them)."""
    said = [one for one in rights.robots if one in _PASSED_ON or one.startswith(_PASSED_ON_WITH)][:_MOST]
    if policy is DisplayPolicy.HEADLINE:
        said += ["nosnippet", "noimageindex", "max-image-preview:none"]
    barred = {"noindex", "none"} & set(said)
    if not any(one.startswith("max-image-preview:") for one in said):
        said.append("max-image-preview:large" if policy is DisplayPolicy.FULL else LIST_PICTURES)
    return ",".join(dict.fromkeys([*(() if barred else ("index", "follow")), *said]))


def may_index(rights: Rights) -> bool:
    """Tell whether a publisher lets search engines list its article at all."""
    return {"noindex", "none"}.isdisjoint(rights.robots)
