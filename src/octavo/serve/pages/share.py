"""What a reader's device hands over: the article kept under its address, or what comes near."""

import re
from urllib.parse import unquote, urlsplit

from octavo.domain.ids import ArticleId
from octavo.errors import StoreError, UnusableUrl
from octavo.ports.search_index import SearchQuery
from octavo.serve import links
from octavo.serve.contexts import Frame, SharePage
from octavo.serve.finding import Finder, find
from octavo.serve.visit import Moved, Visit
from octavo.store import articles
from octavo.text.urls import absolute_url, canonical_url
from octavo.text.words import clip, words

SHOWN = 8
_LONGEST = 2048
_WORDS = 12
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_ENDING = re.compile(r"\.[a-z]{2,5}$")
_TRAILING = ".,;:!?)]}»”…،؟"


def load(visit: Visit) -> SharePage | Moved:
    """Find what was shared. Devices put an address into `url`, `text` or `title`, alone or within words.

    Only an http(s) address is taken for one; everything else is words to look for.
    """
    given = [visit.query.get(name, "")[:_LONGEST].strip() for name in ("url", "text", "title")]
    address = _address(given)
    if address:
        moved = _inside(visit, address) or _kept(visit, address)
        if moved:
            return moved
    query = _words(given, address)
    title = visit.t("Shared with this newspaper")
    return SharePage(
        frame=Frame(
            title=title,
            description=visit.t("Looks for what you shared among the articles kept here."),
            path=f"/{visit.plan.key}/share",
            kind="share",
            index=False,
        ),
        address=address,
        query=query,
        cards=visit.cards(_near(visit, query)) if query else [],
        search=links.search(visit.plan.key, q=query),
    )


def _address(given: list[str]) -> str:
    for text in given:
        for found in _ADDRESS.findall(text)[:4]:
            try:
                return absolute_url(found.rstrip(_TRAILING))
            except UnusableUrl:
                continue
    return ""


def _inside(visit: Visit, address: str) -> Moved | None:
    """A page of this site, which a reader shared with the site itself."""
    path = urlsplit(address).path
    known = path.split("/")[1] in visit.site.plans
    return Moved(path, for_good=False) if known and address.startswith(f"{visit.here.origin}/") else None


def _kept(visit: Visit, address: str) -> Moved | None:
    tried = _spellings(address)
    known = articles.known_urls(visit.view, tried)
    url = next((one for one in tried if one in known), "")
    article = articles.by_url(visit.view, url) if url else None
    path = links.article(visit.plan.key, article.id, article.headline) if article else ""
    return Moved(path, for_good=False) if path else None


def _spellings(address: str) -> list[str]:
    """Write one address the ways it may be kept: with http or https, with "www." or without, with a last "/" or not."""
    parts = urlsplit(canonical_url(address))
    bare = parts.netloc.removeprefix("www.")
    hosts = list(dict.fromkeys((parts.netloc, bare, f"www.{bare}")))
    paths = [parts.path, parts.path.rstrip("/") if parts.path.endswith("/") else f"{parts.path}/"]
    queries = dict.fromkeys((parts.query, ""))
    made = [
        parts._replace(scheme=scheme, netloc=host, path=path or "/", query=query).geturl()
        for query in queries
        for path in paths
        for host in hosts
        for scheme in dict.fromkeys((parts.scheme, "https", "http"))
    ]
    return list(dict.fromkeys(made))


def _words(given: list[str], address: str) -> str:
    """The title without addresses, else the text, else the words of the address itself."""
    for text in (given[2], given[1], given[0]):
        said = " ".join(_ADDRESS.sub(" ", text).split())
        if len(words(said)) > 1 and "://" not in said:
            return clip(said, 200)
    last = next((one for one in reversed(unquote(urlsplit(address).path).split("/")) if one), "")
    spoken = [one for one in words(_ENDING.sub("", last).replace("-", " ").replace("_", " ")) if not one.isdigit()]
    return " ".join(spoken[:_WORDS]) if len(spoken) > 1 else ""


def _near(visit: Visit, query: str) -> list[ArticleId]:
    asked = SearchQuery(" ".join(words(query)[:_WORDS]), limit=SHOWN)
    spoken = list(visit.plan.languages or (visit.plan.language,))
    try:
        tools = visit.site.tools
        found = find(Finder(tools.search_index, visit.view, spoken, visit.known.display.bar, tools.meaning), asked)
    except StoreError:
        return []
    return [hit.id for hit in found.hits]
