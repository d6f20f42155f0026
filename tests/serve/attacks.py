"""Attacks by markup, of our own making: each class of them once; and what may lie in wait in a page or an answer."""

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

ATTACKS = (
    "<script>octavo()</script>",
    "<ScRiPt\n>octavo()</sCrIpT\t>",
    "<img src=x onerror=octavo()>",
    "<img/src='x'/onerror=octavo()//",
    '"><svg/onload=octavo()>',
    "'><details open ontoggle='octavo()'>",
    "--><iframe srcdoc='<script>octavo()</script>'>",
    "]]><script>octavo()</script>",
    "</title></textarea></style></script><script>octavo()</script>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=octavo()&gt;'>",
    "<svg><style><img title='</style><img src=x onerror=octavo()>'>",
    "<noscript><p title='</noscript><img src=x onerror=octavo()>'>",
    "<template><script>octavo()</script></template>",
    "<a href='javascript:octavo()'>quay</a>",
    "<a href=' &#1;JaVa&Tab;Script&colon;octavo()'>quay</a>",
    "<a href='data:text/html,<script>octavo()</script>'>quay</a>",
    "<form action='javascript:octavo()'><button formaction='javascript:octavo()'>go</button></form>",
    "<meta http-equiv=refresh content='0;url=javascript:octavo()'>",
    "<base href='https://elsewhere.example/'>",
    "<object data='javascript:octavo()'></object><embed src='javascript:octavo()'>",
    "<link rel=stylesheet href='https://elsewhere.example/x.css'>",
    "<p style='background:url(javascript:octavo())' onclick=octavo()>tide</p>",
    "<x onpointerrawupdate=octavo() autofocus tabindex=1 onfocus=octavo()>",
    "&lt;script&gt;octavo()&lt;/script&gt;",
    "&amp;lt;img src=x onerror=octavo()&amp;gt;",
    "{{ 7 * 7 }}{% raw %}${octavo()}<%= octavo() %>",
    '[quay](javascript:octavo()) ![x](x"onerror=octavo())',
    '<https://harbour.example/"onmouseover=octavo()>',
    "[quay]( https://harbour.example/ \"' onmouseover=octavo() '\" )",
    "`</code><script>octavo()</script>`",
    "```html\n</pre><img src=x onerror=octavo()>\n```",
    "javascript:octavo()",
    " \x01JaVaScRiPt:octavo()",
    "java\tscript:octavo()",
    "data:text/html;base64,PHNjcmlwdD5vY3Rhdm8oKTwvc2NyaXB0Pg==",
    "vbscript:octavo()",
    "//elsewhere.example/x",
    "\u202e<script>octavo()</script>",
    "<scr\x00ipt>octavo()</scr\x00ipt>",
    "\ufeff<svg onload=octavo()>",
    "<!--><script>octavo()</script>-->",
    "<?xml-stylesheet href='javascript:octavo()'?>",
    "<![CDATA[<script>octavo()</script>",
)

_SCRIPT = re.compile(r"[\x00-\x20]*(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript|data)\s*:", re.IGNORECASE)
_ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset", "ping", "background"}
_NEVER = {"iframe", "frame", "object", "embed", "base", "math", "applet", "portal"}
_ADDRESSED = {"url", "href", "htmlUrl", "site_url", "feed_url", "external_url", "link", "homepage"}


def latent(html: str, *, bare: bool = False) -> list[str]:
    """List what could run in HTML; the site's own scripts count only where there may be none (`bare`)."""
    found = []
    for one in LexborHTMLParser(html).css("*"):
        attributes = one.attributes
        found += [f"<{one.tag} {name}>" for name in attributes if name.startswith("on") or name == "srcdoc"]
        addresses = {name: value or "" for name, value in attributes.items() if name in _ADDRESSES}
        found += [f"<{one.tag} {name}={value}>" for name, value in addresses.items() if _SCRIPT.match(value)]
        own = (attributes.get("src") or "").startswith("/static/") or "json" in (attributes.get("type") or "")
        if (
            one.tag in _NEVER
            or (one.tag == "script" and (bare or not own))
            or attributes.get("http-equiv") == "refresh"
        ):
            found.append(f"<{one.tag}>")
    return found


def texts(told: Any, names: set[str]) -> Iterator[str]:
    """Give the texts with these names in JSON."""
    if isinstance(told, dict):
        yield from (value for name, value in told.items() if name in names and isinstance(value, str))
        for value in told.values():
            yield from texts(value, names)
    elif isinstance(told, list):
        for value in told:
            yield from texts(value, names)


def astray(told: Any) -> list[str]:
    """List the addresses in JSON that lead elsewhere than to the web."""
    return [one for one in texts(told, _ADDRESSED) if one and not one.startswith(("http://", "https://", "/"))]
