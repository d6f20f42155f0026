"""Where a reader may send something to read: links to services of their own choice, opened by browsers only."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from octavo.errors import InputError, UnusableUrl
from octavo.text.urls import absolute_url

KINDS: Mapping[str, tuple[str, str]] = {
    "wallabag": ("wallabag", "/bookmarklet?url={url}"),
    "linkding": ("Linkding", "/bookmarks/new?url={url}&title={title}"),
    "karakeep": ("Karakeep", "/dashboard/bookmarks"),
    "other": ("", ""),
}
"""Programs people run on a server of their own: what they are called, and where they take something in.

Karakeep has no address that takes one: its page opens, and what is to be saved is in the clipboard. Any other is given
as a whole address with {url}, and {title} where it takes one.
"""

SERVICES: tuple[tuple[str, str], ...] = (
    ("Instapaper", "https://www.instapaper.com/hello2?url={url}&title={title}"),
    ("Raindrop.io", "https://app.raindrop.io/add?link={url}&title={title}"),
)
"""Services that take a link from anybody who has an account there."""

_LONGEST = 500


def filled(template: str, url: str, title: str) -> str:
    """Put what is sent into an address."""
    return template.replace("{url}", quote(url, safe="")).replace("{title}", quote(title, safe=""))


def server_link(kind: str, server: str, url: str, title: str) -> str:
    """Give the address that sends something to a reader's own server. Raises InputError.

    Nothing here ever asks that server: the reader's browser does, when the reader opens the link.
    """
    given = server.strip()
    if kind not in KINDS or not given or len(given) > _LONGEST:
        raise InputError("give an address that begins with https:// or http://")
    if kind == "other":
        if "{url}" not in given:
            raise InputError("the address needs {place} where the link goes", place="{url}")
        return _web(filled(given, url, title))
    address = given if "://" in given else f"https://{given}"
    parts = urlsplit(_web(address))
    base = parts._replace(path=parts.path.rstrip("/"), query="", fragment="").geturl()
    return base + filled(KINDS[kind][1], url, title)


def _web(address: str) -> str:
    try:
        return absolute_url(address)
    except (UnusableUrl, ValueError) as error:
        raise InputError("give an address that begins with https:// or http://") from error


def mail_link(title: str, url: str) -> str:
    """Give a mailto: address that opens a letter with the title and the link in it."""
    said = " ".join(title.split())
    return f"mailto:?subject={quote(said, safe='')}&body={quote(f'{said}{chr(13)}{chr(10)}{url}', safe='')}"
