"""The podcast of an edition's briefing: its feed with what podcast apps ask for, its audio, words and chapters."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, timedelta
from email.utils import format_datetime
from html import escape
from uuid import UUID, uuid5

from lxml import etree
from starlette.requests import Request
from starlette.responses import Response

from octavo.domain.article import ArticleCard
from octavo.domain.brief import BriefKind
from octavo.domain.speech import Episode
from octavo.errors import NotFound
from octavo.serve import answering, features, links
from octavo.serve.airing import cards_of, has_podcast, heard, may_be_heard
from octavo.serve.answers import Answer, answer
from octavo.serve.display import web_address
from octavo.serve.drawn import send_picture
from octavo.serve.feedxml import ATOM, CONTENT, add, identity, written
from octavo.serve.previews.cover import draw_cover
from octavo.serve.previews.letters import find_letters
from octavo.serve.ranges import send_file
from octavo.serve.site import Site
from octavo.serve.syndication import inert_card
from octavo.serve.visit import Visit
from octavo.store import episodes
from octavo.text.inert import inert

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
_NAMES = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""What podcast:guid is derived from, with the feed's address (Podcasting 2.0, podcast:guid)."""

_CACHING = "public, max-age=300"
_ANYWHERE = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
"""Players on other sites may play an episode, and show what is said in it."""


def feed(site: Site, request: Request) -> Response:
    """Answer with the podcast."""

    def make(visit: Visit) -> Answer:
        found = heard(visit)
        media_type = "application/rss+xml; charset=utf-8"
        return answer(_write(visit, found), media_type, caching=_CACHING, robots="noindex")

    return answering.answered(site, request, make, keep=False)


def file(site: Site, request: Request) -> Response:
    """Answer with an episode: its audio, in parts where parts are asked for; its words; its chapters."""
    day, _, kind = request.path_params["name"].partition(".")
    with answering.visiting(site, request) as visit:
        episode = _found(visit, day)
        told = {"vtt": _captions, "json": _chapters}.get(kind)
        if told is not None:
            media_type = {"vtt": "text/vtt; charset=utf-8", "json": "application/json+chapters"}[kind]
            headers = {"cache-control": _CACHING, **_ANYWHERE}
            return Response(told(visit, episode), 200, headers, media_type)
    if kind != "mp3":
        raise NotFound("nothing is kept under this address")
    etag = f'"{episode.blob.rpartition("-")[2].partition(".")[0]}"'
    headers = {"cache-control": _CACHING, "x-robots-tag": "noindex", **_ANYWHERE}
    return send_file(site.tools.blobs.get(episode.blob), episode.media_type, etag, request.headers, headers)


def cover(site: Site, request: Request) -> Response:
    """Answer with the picture that podcast apps show."""
    with answering.visiting(site, request) as visit:
        title, language = visit.plan.title, visit.here.language
    key = f"previews/cover-{hashlib.sha256(f'{language.tag} {title}'.encode()).hexdigest()[:32]}.jpg"
    try:
        drawn = site.tools.blobs.get(key)
    except NotFound:
        drawn = draw_cover(title, language.tag, find_letters(site.tools.settings.pictures.fonts))
        site.tools.blobs.put(key, drawn)
    response = send_picture(drawn, "jpg", request, "public, max-age=86400")
    response.headers["cross-origin-resource-policy"] = "cross-origin"
    return response


def _found(visit: Visit, day: str) -> Episode:
    try:
        episode = episodes.get(visit.view, visit.plan.key, date.fromisoformat(day))
    except ValueError as error:
        raise NotFound("nothing is kept under this address") from error
    if episode is None or not has_podcast(visit.site.tools.settings) or not may_be_heard(visit, episode):
        raise NotFound("nothing is kept under this address")
    return episode


def _write(visit: Visit, found: Sequence[Episode]) -> bytes:
    here = visit.here
    spaces = {"atom": ATOM, "content": CONTENT, "itunes": ITUNES, "podcast": PODCAST}
    root = etree.Element("rss", nsmap=spaces, version="2.0")
    channel = etree.SubElement(root, "channel")
    label = features.label_of(visit, BriefKind.EDITION)
    title = f"{label} · {visit.plan.title} · Octavo"
    about = visit.t(
        "What matters now, from many publishers, in sentences chosen from their articles; read by a machine."
    )
    own = here.absolute(links.podcast(visit.plan.key))
    picture = here.absolute(f"/{visit.plan.key}/podcast.jpg")
    add(channel, "title", title, space="")
    add(channel, "link", here.absolute(links.front(visit.plan.key)), space="")
    add(channel, "description", about, space="")
    add(channel, "language", here.language.tag, space="")
    add(channel, "lastBuildDate", format_datetime(found[0].made_at if found else here.now), space="")
    add(channel, "link", rel="self", type="application/rss+xml", href=own)
    add(channel, "author", "Octavo", space=ITUNES)
    add(channel, "image", space=ITUNES, href=picture)
    image = add(channel, "image", space="")
    for name, text in (("url", picture), ("title", title), ("link", here.absolute(links.front(visit.plan.key)))):
        add(image, name, text, space="")
    subject = etree.SubElement(channel, f"{{{ITUNES}}}category", text="News")
    etree.SubElement(subject, f"{{{ITUNES}}}category", text="Daily News")
    add(channel, "explicit", "false", space=ITUNES)
    add(channel, "type", "episodic", space=ITUNES)
    add(channel, "guid", str(uuid5(_NAMES, own.partition("://")[2])), space=PODCAST)
    add(channel, "medium", "podcast", space=PODCAST)
    for one in found:
        _add_episode(channel, visit, one)
    return written(root)


def _add_episode(channel: etree._Element, visit: Visit, episode: Episode) -> None:
    here, day = visit.here, episode.day.isoformat()
    cards = [inert_card(one) for one in cards_of(visit, episode).values()]
    one = etree.SubElement(channel, "item")
    add(one, "title", inert(episode.script.title), space="")
    add(one, "link", here.absolute(f"{links.front(visit.plan.key)}/briefing"), space="")
    named = identity(here, "briefing", 0).rpartition("/")[0]
    add(one, "guid", f"{named}/{visit.plan.key}/{day}", space="", isPermaLink="false")
    add(one, "pubDate", format_datetime(episode.made_at), space="")
    add(one, "description", escape(" · ".join(card.headline for card in cards), quote=False), space="")
    add(one, "encoded", _notes(visit, episode, cards), space=CONTENT)
    audio = here.absolute(links.episode(visit.plan.key, day, "mp3"))
    add(one, "enclosure", space="", url=audio, length=str(episode.size), type=episode.media_type)
    add(one, "duration", str(round(episode.seconds)), space=ITUNES)
    add(one, "explicit", "false", space=ITUNES)
    add(one, "episodeType", "full", space=ITUNES)
    words = here.absolute(links.episode(visit.plan.key, day, "vtt"))
    add(one, "transcript", space=PODCAST, url=words, type="text/vtt", language=episode.script.language)
    chapters = here.absolute(links.episode(visit.plan.key, day, "json"))
    add(one, "chapters", space=PODCAST, url=chapters, type="application/json+chapters")


def _notes(visit: Visit, episode: Episode, cards: Sequence[ArticleCard]) -> str:
    """Write an episode's notes as HTML: the articles it is from, here and at their publishers; how it was made."""
    rows = []
    for card in cards:
        page, original = visit.here.absolute(visit.here.card(card)), web_address(card.url)
        name = escape(card.publisher_name)
        source = f'<a href="{escape(original)}">{name}</a>' if original else name
        rows.append(f'<li><a href="{escape(page)}">{escape(card.headline)}</a> ({source})</li>')
    how = visit.t("Sentences as they stand there, not written by a machine.")
    read = visit.t("Read aloud by a machine: {voice}.", voice=inert(episode.voice))
    return f"<ul>{''.join(rows)}</ul><p>{escape(how)} {escape(read)}</p>"


def _ends(episode: Episode) -> Sequence[float]:
    return (*episode.starts[1:], episode.seconds)


def _captions(visit: Visit, episode: Episode) -> bytes:
    """Write what is said, and when (WebVTT)."""
    cues = ["WEBVTT"]
    for line, start, end in zip(episode.script.lines, episode.starts, _ends(episode), strict=True):
        text = escape(line.text.replace("\n", " "), quote=False)
        cues.append(f"{_stamp(start)} --> {_stamp(max(end, start + 0.001))}\n{text}")
    return "\n\n".join((*cues, "")).encode("utf-8", "replace")


def _stamp(seconds: float) -> str:
    whole, milliseconds = divmod(timedelta(seconds=seconds) // timedelta(milliseconds=1), 1000)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}.{milliseconds:03}"


def _chapters(visit: Visit, episode: Episode) -> bytes:
    """Write where each story begins, with the page of its article (JSON chapters 1.2)."""
    cards = cards_of(visit, episode)
    chapters = []
    for line, start in zip(episode.script.lines, episode.starts, strict=True):
        if line.chapter:
            card = cards.get(line.article_id)
            place = {"url": visit.here.absolute(visit.here.card(card))} if card else {}
            chapters.append({"startTime": round(start, 2), "title": inert(line.chapter), **place})
    return json.dumps({"version": "1.2.0", "chapters": chapters}, ensure_ascii=False).encode("utf-8", "replace")
