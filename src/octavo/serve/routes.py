"""Every URL, on one page."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from octavo.serve import (
    accounts,
    answering,
    comments,
    desk,
    drawn,
    embedded,
    entrances,
    fediverse,
    forms,
    keepers,
    links,
    moderating,
    notices,
    podcast,
    pushing,
    pwa,
    statics,
    stopping,
    syndication,
    taken,
    wellness,
    writing,
)
from octavo.serve import following as streams
from octavo.serve.airing import has_podcast
from octavo.serve.allowance import Allowance
from octavo.serve.answering import Load
from octavo.serve.clients import fever, greader, miniflux
from octavo.serve.later import Later, Under
from octavo.serve.pages import (
    about,
    account,
    article,
    briefs,
    deeds,
    desk_fediverse,
    desk_newsletters,
    desk_people,
    desk_sources,
    desk_stories,
    desk_webhooks,
    differing,
    discussion,
    editions,
    following,
    foryou,
    front,
    hashtag,
    health,
    highlights,
    history,
    keep,
    keptlists,
    latest,
    made,
    moderation,
    named,
    notifications,
    offline,
    place,
    privacy,
    publisher,
    saved,
    search,
    section,
    send,
    settings,
    share,
    sources,
    story,
    suggest,
)
from octavo.serve.pages import desk as desk_pages
from octavo.serve.pages import notices as notices_pages
from octavo.serve.previews.answer import Previews
from octavo.serve.site import Site

_XML = "application/xml; charset=utf-8"
_JSON = "application/json"

LISTS: tuple[tuple[str, Load], ...] = (
    ("/{edition}", front.load),
    ("/{edition}/latest", latest.load),
    ("/{edition}/section/{topic}", section.load),
    ("/{edition}/hashtag/{tag:path}", hashtag.load),
    ("/{edition}/place/{place}", place.load),
    ("/{edition}/person/{name:path}", named.load_person),
    ("/{edition}/organisation/{name:path}", named.load_organisation),
    ("/{edition}/source/{publisher}", publisher.load),
    ("/{edition}/story/{number}/{words}", story.load),
    ("/{edition}/search", search.load),
    ("/{edition}/corrections", differing.load_corrections),
    ("/{edition}/contradictions", differing.load_contradictions),
    ("/{edition}/only-here", differing.load_only_here),
)
"""Pages that list articles: each has its feeds at the same address with .atom, .rss or .json after it."""

PAGES: tuple[tuple[str, Load], ...] = (
    ("/{edition}/article/{number}/{words}", article.load),
    ("/{edition}/article/{number}", article.load),
    ("/{edition}/story/{number}", story.load),
    ("/{edition}/hashtags", hashtag.load_rising),
    ("/{edition}/sources", sources.load),
    ("/{edition}/source/{publisher}/health", health.load),
    ("/{edition}/editions", editions.load),
    ("/{edition}/made", made.load),
    ("/{edition}/about", about.load),
    ("/{edition}/privacy", privacy.load),
    ("/{edition}/decisions", deeds.load),
    ("/{edition}/suggest", suggest.load),
    ("/{edition}/saved", saved.load),
    ("/{edition}/settings", settings.load),
    ("/{edition}/offline", offline.load),
    ("/{edition}/notifications", notifications.load),
    ("/{edition}/share", share.load),
)

DESK: tuple[tuple[str, Load], ...] = (
    ("/{edition}/desk", desk_pages.load),
    ("/{edition}/desk/feeds", desk_sources.load_feeds),
    ("/{edition}/desk/newsletters", desk_newsletters.load),
    ("/{edition}/desk/publishers", desk_sources.load_publishers),
    ("/{edition}/desk/publishers/{publisher}", desk_sources.load_publisher),
    ("/{edition}/desk/stories", desk_stories.load_stories),
    ("/{edition}/desk/stories/{number}", desk_stories.load_story),
    ("/{edition}/desk/hashtags", desk_stories.load_hashtags),
    ("/{edition}/desk/briefs", desk_stories.load_briefs),
    ("/{edition}/desk/jobs", desk_pages.load_jobs),
    ("/{edition}/desk/storage", desk_pages.load_storage),
    ("/{edition}/desk/models", desk_pages.load_models),
    ("/{edition}/desk/fediverse", desk_fediverse.load),
    ("/{edition}/desk/accounts", desk_people.load_accounts),
    ("/{edition}/desk/webhooks", desk_webhooks.load),
    ("/{edition}/desk/log", desk_pages.load_log),
)
"""The editor's desk."""

OWN: tuple[tuple[str, Load], ...] = (
    ("/{edition}/sign-in", account.load_sign_in),
    ("/{edition}/sign-up", account.load_sign_up),
    ("/{edition}/reset", account.load_reset),
    ("/{edition}/forgotten", account.load_forgotten),
    ("/{edition}/confirm", account.load_confirm),
    ("/{edition}/account", account.load_account),
    ("/{edition}/account/verify", account.load_verify),
    ("/{edition}/account/second-factor", account.load_enrol),
    ("/{edition}/comment/{comment}/report", moderation.load_report),
    ("/{edition}/moderation", moderation.load_log),
    ("/{edition}/moderation/mine", moderation.load_mine),
    ("/{edition}/moderation/queue", moderation.load_queue),
    ("/{edition}/moderation/rules", moderation.load_rules),
    ("/{edition}/moderation/account/{account}", moderation.load_member),
    ("/{edition}/notices", notices_pages.load),
    ("/{edition}/notices/settings", notices_pages.load_wishes),
    ("/{edition}/comment/{number}", discussion.load_comment),
    ("/{edition}/comment/{number}/edit", discussion.load_edit),
    ("/{edition}/comment/{number}/delete", discussion.load_delete),
    *DESK,
    ("/{edition}/following", following.load),
    ("/{edition}/for-you", foryou.load),
    ("/{edition}/highlights", highlights.load),
    ("/{edition}/history", history.load),
    ("/{edition}/lists", keptlists.load_all),
    ("/{edition}/lists/{number}", keptlists.load_one),
    ("/{edition}/list/{token}", keptlists.load_shared),
    ("/{edition}/keep/{number}", keep.load),
)
"""Pages for one reader, or with a query that is nobody else's: never kept."""

SHEETS: Mapping[Load, str] = MappingProxyType(
    {
        article.load: "article",
        front.load: "front",
        hashtag.load: "hashtag",
        latest.load: "latest",
        named.load_organisation: "organisation",
        named.load_person: "person",
        place.load: "place",
        publisher.load: "source",
        section.load: "section",
        story.load: "story",
    }
)
"""Pages that differ in marks alone from one signed-in reader to the next, by what loads them: see serve/sheets.py."""

SENDS: tuple[tuple[str, Load], ...] = (
    ("story/{number}", send.load_story),
    ("article/{number}", send.load_article),
    *((f"{kind}/{{number}}/{{words}}", partial(send.load_named, kind=kind)) for kind in comments.KINDS),
)
"""What is sent by e-mail, by where it stands."""

POSTS: tuple[Callable[[Site], list[forms.Post]], ...] = (
    accounts.posts,
    comments.posts,
    entrances.posts,
    desk.posts,
    moderating.posts,
    notices.posts,
    keepers.posts,
)
"""What people send by forms: each gives its addresses."""

TALK: tuple[tuple[str, Load, Load, answering.Write], ...] = tuple(
    (
        f"/{{edition}}/{kind}/{{number}}/{{words}}/comments",
        partial(discussion.load_comments, kind=kind),
        partial(discussion.load_newest, kind=kind),
        partial(discussion.write_count, kind=kind),
    )
    for kind in comments.KINDS
)
"""All comments on something, what their feeds are written from, and how many there are."""

BRIEFS: tuple[tuple[str, str, Load], ...] = (
    ("/{edition}/article/{number}/{words}/{feature}", "article", briefs.load_article),
    ("/{edition}/story/{number}/{words}/{feature}", "story", briefs.load_story),
    ("/{edition}/briefing", "edition", briefs.load_edition),
    ("/{edition}/ask", "archive", briefs.load_archive),
)
"""What AI features say; there are none of these where they are off."""

FILES: tuple[tuple[str, str, answering.Write], ...] = (
    ("/feeds.opml", "text/x-opml; charset=utf-8", syndication.write_subscriptions),
    ("/sitemap.xml", _XML, syndication.write_sitemap),
    ("/robots.txt", "text/plain; charset=utf-8", syndication.write_robots),
    ("/manifest.webmanifest", pwa.MANIFEST, pwa.write_manifest),
    ("/{edition}/manifest.webmanifest", pwa.MANIFEST, pwa.write_manifest),
)
"""Files for programs, written when asked for."""


def routes(site: Site) -> list[BaseRoute]:
    """List every address there is; the first that fits answers."""

    def get(path: str, answer: Callable[[Site, Request], Response | Awaitable[Response]]) -> BaseRoute:
        return Route(path, partial(answer, site), methods=["GET"])

    feeds = [
        get(f"{path}.{kind}", partial(answering.feed, load=load, kind=kind))
        for path, load in LISTS
        for kind in links.FORMATS
    ]
    allowance = Allowance(site.tools.settings.push.changes_an_hour)
    previews, room = Previews(site.tools.blobs), drawn.waiting_room()
    return [
        get("/", answering.welcome),
        get("/healthz", wellness.alive),
        get("/readyz", wellness.ready),
        *((get("/metrics", wellness.figures),) if site.tools.settings.metrics.on else ()),
        get("/static/{path:path}", statics.static),
        get("/picture/{token}/{width}", partial(drawn.picture, room=room)),
        get("/card/{kind}/{name}.jpg", partial(drawn.preview, previews=previews, room=room)),
        get("/sw.js", statics.service_worker),
        get("/push/key", pushing.key),
        *(
            Route(f"/push/{name}", partial(pushing.answer, site, allowance, act=act), methods=["POST"])
            for name, act in pushing.ACTS.items()
        ),
        get("/favicon.ico", statics.favicon),
        *(get(path, partial(answering.file, media_type=kind, write=write)) for path, kind, write in FILES),
        get("/offline", partial(answering.page, load=offline.load)),
        get("/saved", partial(answering.page, load=saved.load)),
        get("/share", partial(answering.page, load=share.load)),
        get("/settings", partial(answering.page, load=settings.load)),
        get("/sign-in/from/{provider}", entrances.returned),
        *(get(f"/{name}", answering.welcome_to) for name in ("sign-in", "sign-up", "reset", "account")),
        *fediverse.routes(site),
        *_programs(site),
        get("/oembed", embedded.oembed),
        get("/{edition}/story/{number}/card", embedded.card),
        *(get(f"/{{edition}}/{path}/send", partial(answering.page, load=load, keep=False)) for path, load in SENDS),
        get("/{edition}/live", streams.follow),
        *_kept(site),
        *feeds,
        *_talk(site),
        *_briefs(site),
        *_podcast(site),
        *_forms(site),
        *(get(path, partial(answering.page, load=load, keep=False)) for path, load in OWN),
        *(get(path, partial(answering.page, load=load, sheet=SHEETS.get(load, ""))) for path, load in (*LISTS, *PAGES)),
    ]


def _forms(site: Site) -> list[BaseRoute]:
    export, stop = partial(forms.download, site, write=accounts.exported), partial(stopping.stop, site)
    return [
        *forms.routes(site, [post for posts in POSTS for post in posts(site)]),
        Route("/{edition}/account/export", export, methods=["POST"]),
        Route("/mail/stop/{token}", partial(answering.page, site, load=stopping.load, keep=False), methods=["GET"]),
        Route("/mail/stop/{token}", stop, methods=["POST"]),
    ]


def _kept(site: Site) -> list[BaseRoute]:
    lists = {
        f"/{{edition}}/list/{{token}}.{kind}": partial(
            answering.feed, site, load=keptlists.load_shared, kind=kind, keep=False
        )
        for kind in links.FORMATS
    }
    found: list[BaseRoute] = [
        Route("/{edition}/keep/taken.json", partial(taken.answer, site), methods=["GET"]),
        Route("/{edition}/following.opml", partial(taken.subscriptions, site), methods=["GET"]),
    ]
    return [*found, *(Route(path, answer, methods=["GET"]) for path, answer in lists.items())]


def _programs(site: Site) -> list[BaseRoute]:
    settings = site.tools.settings
    api = Under("/api/v1", Later(site, "octavo.serve.api.app", "make_api"))
    mcp = Under("/mcp", Later(site, "octavo.serve.mcp.http", "make_http"))
    readers = [*greader.routes(site), *fever.routes(site), *miniflux.routes(site)]
    return [*readers, *((api,) if settings.api.on else ()), *((mcp,) if settings.mcp.http else ())]


def _talk(site: Site) -> list[BaseRoute]:
    found: list[BaseRoute] = []
    for path, load, newest, count in TALK:
        answers = {f"{path}.{kind}": partial(answering.feed, load=newest, kind=kind) for kind in links.FORMATS}
        answers[path] = partial(answering.page, load=load)
        answers[f"{path}/count"] = partial(answering.file, media_type=_JSON, write=count)
        found += [Route(at, partial(answer, site), methods=["GET"]) for at, answer in answers.items()]
    return found


def _briefs(site: Site) -> list[BaseRoute]:
    ai = site.tools.settings.ai
    if not ai.on:
        return []
    allowance = Allowance(ai.questions_an_hour)
    desk = writing.Desk(site, Allowance(ai.written_an_hour))
    found: list[BaseRoute] = []
    for path, what, load in BRIEFS:
        shown = partial(answering.asked, site, load=load, allowance=allowance)
        written, report = partial(writing.written, desk, place=what), partial(writing.report, desk, place=what)
        found += [
            Route(path, shown, methods=["GET"]),
            Route(f"{path}/written", written, methods=["GET"]),
            Route(f"{path}/report", report, methods=["POST"]),
        ]
    return found


def _podcast(site: Site) -> list[BaseRoute]:
    if not has_podcast(site.tools.settings):
        return []
    answers = {"podcast.rss": podcast.feed, "podcast.jpg": podcast.cover, "podcast/{name}": podcast.file}
    return [Route(f"/{{edition}}/{path}", partial(answer, site), methods=["GET"]) for path, answer in answers.items()]
