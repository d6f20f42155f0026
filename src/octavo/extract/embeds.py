"""What a page embeds from other sites, as the address a reader would open: a film, a post, a map, a chart."""

import re
from urllib.parse import parse_qs, unquote

from octavo.domain.article import Block, BlockKind
from octavo.extract.images import absolute
from octavo.extract.layout import Marked, Media
from octavo.text.unseen import tidy
from octavo.text.urls import host_of, path_of

_FRAMES = frozenset({"iframe", "amp-iframe", "video"})
_LABEL = 300  # characters of a post that stand for it
_ID = r"([A-Za-z0-9_-]{4,40})"
_PLAYERS = (
    (r"(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|shorts|v)/(?!videoseries)" + _ID, "https://www.youtube.com/watch?v={}"),
    (r"player\.vimeo\.com/video/(\d{4,20})", "https://vimeo.com/{}"),
    (r"(?:www\.|geo\.)?dailymotion\.com/embed/video/" + _ID, "https://www.dailymotion.com/video/{}"),
    (r"(?:www\.)?instagram\.com/(?:p|reel|tv)/" + _ID, "https://www.instagram.com/p/{}/"),
    (r"(?:www\.)?tiktok\.com/(?:embed(?:/v\d)?|player/v\d)/(\d{8,30})", "https://www.tiktok.com/@/video/{}"),
    (r"open\.spotify\.com/embed(?:-podcast)?/([a-z]{4,10}/[A-Za-z0-9]{10,40})", "https://open.spotify.com/{}"),
    (r"embed\.podcasts\.apple\.com/([\w/%.-]{4,200})", "https://podcasts.apple.com/{}"),
)  # fmt: skip
"""Addresses of players, and that of the page which shows the same."""

_PLAYER = tuple((re.compile(pattern), page) for pattern, page in _PLAYERS)
_NAMED = {  # where a query parameter names the thing: whole, or as an id in an address
    "facebook.com": ("href", "{}"),
    "w.soundcloud.com": ("url", "{}"),
    "platform.twitter.com": ("id", "https://x.com/i/status/{}"),
    "geo.dailymotion.com": ("video", "https://www.dailymotion.com/video/{}"),
}
_POST = re.compile(
    r"https?://(?:[a-z-]{1,12}\.)?(?:(?:twitter|x)\.com/\w{1,40}/status/\d|instagram\.com/(?:p|reel|tv)/|"
    r"tiktok\.com/@|facebook\.com/\w|(?:t\.me|bsky\.app|threads\.(?:net|com)|reddit\.com)/\w)"
)
_NEVER = re.compile(
    r"(?:^|\.)(?:googletagmanager|doubleclick|googlesyndication|amazon-adsystem|outbrain|taboola|disqus|recaptcha|"
    r"adnxs|criteo|scorecardresearch|widgets\.wp|jetpack\.wordpress)\.(?:com|net)$"
)
_NEVER_AT = re.compile(r"/recaptcha/|/ns\.html|/plugins/(?:like|share_button|page|follow|comments)")
_IDS = {
    "data-videoid": "https://www.youtube.com/watch?v={}",
    "videoid": "https://www.youtube.com/watch?v={}",
    "data-tweetid": "https://x.com/i/status/{}",
    "data-shortcode": "https://www.instagram.com/p/{}/",
}
_WHOLE_ID = re.compile(_ID)
_FIELDS = 50  # of a query that are read
_TINY = 10  # pixels; a frame this small counts readers


def of_frame(media: Media, base: str) -> Block | None:
    """Make a link of a frame or film; None when it counts readers, sells or asks."""
    attributes = media.attributes
    if media.tag not in _FRAMES or _unseen(attributes):
        return None
    offers = map(attributes.get, ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data-cmp-src"))
    address = next((found for offer in offers if offer and (found := absolute(base, offer))), "")
    if not address or _NEVER.search(host_of(address)) or _NEVER_AT.search(path_of(address)):
        return None
    return Block(BlockKind.EMBED, tidy(attributes.get("title") or "")[:_LABEL], url=page_of(address))


def of_post(mark: Marked, base: str) -> Block | None:
    """Make a link of a post set as a quotation, or of an AMP player: its words are the label."""
    attributes = mark.attributes
    for name, page in _IDS.items():
        found = _WHOLE_ID.fullmatch(attributes.get(name) or "")
        if found and mark.kind == "embed":
            return Block(BlockKind.EMBED, tidy(attributes.get("title") or "")[:_LABEL], url=page.format(found.group(1)))
    offers = [attributes.get("cite"), attributes.get("data-instgrm-permalink"), attributes.get("data-href")]
    offers += [link.attributes.get("href") for link in mark.node.css("a[href]")[-8:][::-1]]
    for offer in offers:
        address = absolute(base, offer or "")
        if address and _POST.match(address):
            return Block(BlockKind.EMBED, mark.text[:_LABEL], url=page_of(address.partition("?")[0]))
    return None


def page_of(address: str) -> str:
    """The page on which a reader finds what a player shows; the address itself where that is not known.

    The forms of players' addresses are those that the sites' own "embed" buttons write.
    """
    bare = address.partition("://")[2]
    for pattern, page in _PLAYER:
        found = pattern.match(bare)
        if found:
            return page.format(found.group(1))
    name, page = _NAMED.get(host_of(address).removeprefix("www."), ("", ""))
    if name:
        asked = address.partition("?")[2].split("&", _FIELDS)[:_FIELDS]
        stated = unquote(parse_qs("&".join(asked)).get(name, [""])[0])
        stated = absolute("", stated) if page == "{}" else stated if _WHOLE_ID.fullmatch(stated) else ""
        if stated:
            return page.format(stated)
    return address


def _unseen(attributes: dict[str, str | None]) -> bool:
    sides = [side.removesuffix("px") for name in ("width", "height") if (side := attributes.get(name))]
    small = any(side.isdecimal() and len(side) < 5 and int(side) <= _TINY for side in sides)
    style = (attributes.get("style") or "")[:500].replace(" ", "").lower()
    return small or "display:none" in style or "visibility:hidden" in style or "hidden" in attributes
