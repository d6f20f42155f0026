"""Handing on: the page with every way to share an article or a story, and a story's card for other sites."""

from dataclasses import replace

from octavo.errors import InputError, NotFound
from octavo.serve import links
from octavo.serve.cardstyle import style
from octavo.serve.embedding import snippet
from octavo.serve.frame import Frame
from octavo.serve.handing import hand_on_article, hand_on_story
from octavo.serve.pages import article as article_page
from octavo.serve.pages import story as story_page
from octavo.serve.sending import KINDS, SERVICES, filled, server_link
from octavo.serve.sharing import Sending, SendPage, StoryCard
from octavo.serve.visit import Moved, Visit
from octavo.text.slugs import read_short_id
from octavo.text.words import clip

_NAMED = 4
_EXCERPT = 170
_HEADLINE = 140
_LOOKS = frozenset({"light", "dark"})


def load_article(visit: Visit) -> SendPage:
    """Give every way to share an article. Raises NotFound."""
    page = article_page.read(visit)
    return _page(visit, hand_on_article(visit.here, page.article, page.frame.path), page.frame)


def load_story(visit: Visit) -> SendPage:
    """Give every way to share a story. Raises NotFound."""
    page = story_page.read(visit)
    made = _page(visit, hand_on_story(visit.here, page.story, page.frame.path), page.frame)
    html = snippet(visit.here, page.story.id, page.story.headline)
    return replace(made, snippet=html, card=links.story_card(visit.plan.key, page.story.id))


def _page(visit: Visit, sending: Sending, about: Frame) -> SendPage:
    given = {name: visit.query.get(name, "")[:600] for name in ("kind", "server")}
    made = problem = ""
    if given["server"]:
        try:
            made = server_link(given["kind"], given["server"], sending.url, sending.title)
        except InputError as error:
            problem = visit.here.said(error)
    title = visit.t("Share")
    return SendPage(
        frame=Frame(title=title, description=sending.title, path=sending.page, kind="send", index=False),
        problem=problem,
        sending=sending,
        back=about.path,
        services=[(name, filled(template, sending.url, sending.title)) for name, template in SERVICES],
        kinds=[(kind, name or visit.t("Another service")) for kind, (name, _) in KINDS.items()],
        given=given,
        made=made,
        snippet="",
        card="",
    )


def load_named(visit: Visit, *, kind: str) -> Moved:
    """Lead from the address with the headline's words in it, as pages have one, to the one without. Raises NotFound."""
    number = read_short_id(visit.names["number"])
    if number is None:
        raise NotFound("nothing is kept under this id")
    root = links.article_root if kind == "article" else links.story_root
    return Moved(links.send(root(visit.plan.key, number)))


def load_card(visit: Visit) -> StoryCard:
    """Give a story's card. Raises NotFound."""
    story = story_page.kept(visit)
    cards = story_page.newest(visit, story)
    lead = story_page.lead_of(visit, story, cards)
    names = list(dict.fromkeys([lead.publisher_name, *(card.publisher_name for card in reversed(cards))]))
    path = links.story(visit.plan.key, story.id, story.headline)
    look = visit.query.get("theme", "")
    return StoryCard(
        frame=Frame(title=lead.headline, description=lead.excerpt, path=path, kind="card", index=False),
        story=replace(story, headline=clip(lead.headline, _HEADLINE), language=lead.language),
        lead=replace(lead, excerpt=clip(lead.excerpt, _EXCERPT)),
        publishers=[clip(name, 40) for name in names[:_NAMED]],
        others=max(0, len(names) - _NAMED),
        look=look if look in _LOOKS else "",
        style=style(),
    )
