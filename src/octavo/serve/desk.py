"""What the forms of the editor's desk do."""

from collections.abc import Callable
from functools import partial
from threading import BoundedSemaphore
from urllib.parse import urlencode

from octavo.accounts.permissions import Act, demand
from octavo.actions import (
    accounts,
    briefs,
    desk,
    editions,
    fediverse,
    hashtags,
    leaving,
    newsletters,
    publishers,
    sources,
    stories,
)
from octavo.domain.account import Person, Role
from octavo.domain.fediverse import Stance
from octavo.domain.feed import FeedState
from octavo.domain.ids import AccountId
from octavo.errors import InputError, NotFound, SlowDown
from octavo.serve import hooking
from octavo.serve.desked import DeskFeedsPage
from octavo.serve.forms import Again, Form, Post
from octavo.serve.pages import desk as pages
from octavo.serve.pages import desk_fediverse, desk_newsletters, desk_people, desk_sources, desk_stories
from octavo.serve.site import Site
from octavo.serve.visit import Visit
from octavo.store.ledger import Kind
from octavo.text.slugs import short_id

_STANCES = {"block": Stance.BLOCKED, "allow": Stance.ALLOWED, "forget": Stance.NONE}
_SITES_AT_ONCE = 2
"""Sites asked for their feeds at a time: each may answer slowly, and readers' forms wait behind them."""


def posts(site: Site) -> list[Post]:
    """List the forms of the desk."""
    return [
        *_source_posts("/{edition}/desk/feeds", BoundedSemaphore(_SITES_AT_ONCE)),
        *_newsletter_posts("/{edition}/desk/newsletters"),
        *_publisher_posts("/{edition}/desk/publishers/{publisher}"),
        *_story_posts("/{edition}/desk/stories/{number}"),
        *_other_posts("/{edition}/desk"),
        *hooking.posts(),
    ]


def _source_posts(feeds: str, room: BoundedSemaphore) -> list[Post]:
    page = desk_sources.load_feeds
    return [
        Post(feeds, partial(_asking, room, _follow), page),
        Post(f"{feeds}/import", _bring, page),
        Post(f"{feeds}/many", _act_on_many, page),
        Post(f"{feeds}/{{feed}}/check", partial(_asking, room, _check), page),
        Post(f"{feeds}/{{feed}}/pause", partial(_set_state, FeedState.PAUSED), page),
        Post(f"{feeds}/{{feed}}/resume", partial(_set_state, FeedState.ACTIVE), page),
        Post(f"{feeds}/{{feed}}/remove", _remove, page),
    ]


def _newsletter_posts(every: str) -> list[Post]:
    page = desk_newsletters.load
    return [
        Post(every, _subscribe, page),
        Post(f"{every}/{{feed}}/accept", _accept_sender, page),
        Post(f"{every}/{{feed}}/refuse", _refuse_sender, page),
    ]


def _publisher_posts(one: str) -> list[Post]:
    page = desk_sources.load_publisher
    return [
        Post(f"{one}/facts", _facts, page),
        Post(f"{one}/policy", _policy, page),
        Post(f"{one}/note", _note, page),
        Post(f"{one}/withdraw", _withdraw_texts, page),
        Post(f"{one}/readmit", _readmit, page),
    ]


def _story_posts(one: str) -> list[Post]:
    page = desk_stories.load_story
    return [
        Post(f"{one}/pin", _pin, page),
        Post(f"{one}/bury", _bury, page),
        Post(f"{one}/release", _release, page),
        Post(f"{one}/merge", _merge, page),
        Post(f"{one}/split", _split, page),
        Post(f"{one}/let-go", _let_go, page),
    ]


def _other_posts(own: str) -> list[Post]:
    return [
        Post(f"{own}/hashtags/merge", _merge_hashtag, desk_stories.load_hashtags),
        Post(f"{own}/hashtags/mute", _mute_hashtag, desk_stories.load_hashtags),
        Post(f"{own}/hashtags/restore", _restore_hashtag, desk_stories.load_hashtags),
        Post(f"{own}/briefs/{{brief}}/withdraw", _withdraw_brief, desk_stories.load_briefs),
        *(
            Post(f"{own}/fediverse/{name}", partial(_decide_server, stance), desk_fediverse.load)
            for name, stance in _STANCES.items()
        ),
        Post(f"{own}/jobs/retry", _retry, pages.load_jobs),
        Post(f"{own}/storage/measure", _measure, pages.load_storage),
        Post(f"{own}/accounts/invite", _invite, desk_people.load_accounts),
        Post(f"{own}/accounts/uninvite", _uninvite, desk_people.load_accounts),
        Post(f"{own}/accounts/{{account}}/role", _give_role, desk_people.load_accounts),
        Post(f"{own}/accounts/{{account}}/reset", _offer_reset, desk_people.load_accounts),
    ]


def _at(form: Form, rest: str) -> str:
    return f"/{form.names['edition']}/desk/{rest}"


def _asking(room: BoundedSemaphore, act: Callable[[Form], str | Again], form: Form) -> str | Again:
    """Ask a site for something, where not too many are being asked already. Raises SlowDown."""
    if not room.acquire(blocking=False):
        raise SlowDown("other sites are being asked just now: try again in a minute")
    try:
        return act(form)
    finally:
        room.release()


def _follow(form: Form) -> str:
    feed = sources.follow(form.site.tools, form.person, form.get("address"), form.get("why"))
    return _at(form, f"feeds?{urlencode({'q': feed.url})}")


def _bring(form: Form) -> str:
    data = form.files.get("list", b"")
    if not data:
        raise InputError("choose a file first")
    sources.bring(form.site.tools, form.person, data)
    return _at(form, "feeds")


def _check(form: Form) -> Again:
    found = sources.check(form.site.tools, form.person, form.names["feed"])

    def load(visit: Visit) -> DeskFeedsPage:
        said = found.problem or visit.tn("{n} entry found.", "{n} entries found.", found.entries)
        return desk_sources.load_feeds(visit, f"{found.feed.url}: {said}")

    return Again(load)


def _set_state(state: FeedState, form: Form) -> str:
    sources.set_state(form.site.tools, form.person, form.names["feed"], state, form.get("note"))
    return _at(form, "feeds")


def _remove(form: Form) -> str:
    _sure(form)
    sources.remove(form.site.tools, form.person, form.names["feed"], form.get("note"))
    return _at(form, "feeds")


def _act_on_many(form: Form) -> str:
    acts = {str(one): one for one in sources.Many}
    act = acts.get(form.get("act"))
    if act is None:
        raise InputError("choose what is to happen")
    if act is sources.Many.REMOVE:
        _sure(form)
    sources.act_on_many(form.site.tools, form.person, form.all("feed"), act, form.get("note"))
    return _at(form, "feeds")


def _subscribe(form: Form) -> str:
    newsletters.add(form.site.tools, form.person, form.get("site"), form.get("title"), form.get("why"))
    return _at(form, "newsletters")


def _accept_sender(form: Form) -> str:
    newsletters.accept(form.site.tools, form.person, form.names["feed"], form.get("sender"))
    return _at(form, "newsletters")


def _refuse_sender(form: Form) -> str:
    newsletters.refuse(form.site.tools, form.person, form.names["feed"], form.get("sender"))
    return _at(form, "newsletters")


def _sure(form: Form) -> None:
    if form.get("sure") != "yes":
        raise InputError("tick the box first")


def _publisher(form: Form) -> str:
    return _at(form, f"publishers/{form.names['publisher']}")


def _facts(form: Form) -> str:
    given = {name: values[0] for name, values in form.values.items() if name != "token" and values}
    publishers.set_facts(form.site.tools, form.person, form.names["publisher"], given)
    return _publisher(form)


def _policy(form: Form) -> str:
    publishers.set_policy(form.site.tools, form.person, form.names["publisher"], form.get("policy"), form.get("note"))
    return _publisher(form)


def _note(form: Form) -> str:
    kinds = {str(one): one for one in (Kind.REASON, Kind.OBJECTION, Kind.DECISION)}
    kind = kinds.get(form.get("kind"))
    if kind is None:
        raise InputError("this is no kind of entry")
    public = form.get("public") == "yes"
    publishers.note(form.site.tools, form.person, form.names["publisher"], kind, form.get("note"), public=public)
    return _publisher(form) + "#ledger"


def _withdraw_texts(form: Form) -> str:
    _sure(form)
    publishers.withdraw(form.site.tools, form.person, form.names["publisher"], form.get("note"))
    return _publisher(form)


def _readmit(form: Form) -> str:
    publishers.readmit(form.site.tools, form.person, form.names["publisher"], form.get("note"))
    return _publisher(form)


def _story(form: Form, name: str = "") -> str:
    return _at(form, f"stories/{name or form.names['number']}")


def _pin(form: Form) -> str:
    editions.pin(form.site.tools, form.person, form.names["edition"], form.names["number"], form.get("note"))
    return _story(form)


def _bury(form: Form) -> str:
    editions.bury(form.site.tools, form.person, form.names["edition"], form.names["number"], form.get("note"))
    return _story(form)


def _release(form: Form) -> str:
    editions.release(form.site.tools, form.person, form.names["edition"], form.names["number"])
    return _story(form)


def _merge(form: Form) -> str:
    kept = stories.merge(form.site.tools, form.person, form.get("other"), form.names["number"], form.get("note"))
    return _story(form, short_id(kept))


def _split(form: Form) -> str:
    made = stories.split(form.site.tools, form.person, form.names["number"], form.all("article"), form.get("note"))
    return _story(form, short_id(made))


def _let_go(form: Form) -> str:
    stories.let_go(form.site.tools, form.person, form.names["number"])
    return _story(form)


def _merge_hashtag(form: Form) -> str:
    hashtags.merge(form.site.tools, form.person, form.get("tag"), form.get("into"), form.get("note"))
    return _at(form, "hashtags")


def _mute_hashtag(form: Form) -> str:
    hashtags.mute(form.site.tools, form.person, form.get("tag"), form.get("note"))
    return _at(form, "hashtags")


def _restore_hashtag(form: Form) -> str:
    hashtags.restore(form.site.tools, form.person, form.get("tag"))
    return _at(form, "hashtags")


def _decide_server(stance: Stance, form: Form) -> str:
    fediverse.decide(form.site.tools, form.person, form.get("host"), stance, form.get("note"))
    return _at(form, "fediverse")


def _withdraw_brief(form: Form) -> str:
    briefs.withdraw(form.site.tools, form.person, form.names["brief"], form.get("note"))
    return _at(form, "briefs")


def _retry(form: Form) -> str:
    if form.get("job"):
        desk.retry(form.site.tools, form.person, form.get("job"))
    else:
        desk.retry_all(form.site.tools, form.person)
    return _at(form, "jobs")


def _measure(form: Form) -> str:
    desk.measure(form.site.tools, form.person)
    return _at(form, "storage")


def _role(form: Form) -> Role:
    try:
        return Role(form.get("role") or "reader")
    except ValueError as error:
        raise InputError("this is no role") from error


def _invite(form: Form) -> Again:
    token = accounts.invite(form.site.tools, form.person, _role(form), form.get("note"))
    return _shown_once(form, f"sign-up?{urlencode({'ticket': token})}")


def _shown_once(form: Form, rest: str) -> Again:
    """Show an address that nobody can look up later."""
    address = f"{form.site.origin}/{form.names['edition']}/{rest}"
    return Again(partial(desk_people.load_accounts, secret=address), data={"address": address})


def _uninvite(form: Form) -> str:
    accounts.uninvite(form.site.tools, form.person, form.get("name"))
    return _at(form, "accounts")


def _account(form: Form) -> AccountId:
    said = form.names["account"]
    if not said.isdecimal() or len(said) > 18:
        raise NotFound("there is no such account")
    return AccountId(int(said))


def _grave(form: Form) -> Person:
    """Let somebody change accounts who has proved a short while ago who they are. Raises NotAllowed, VerifyAgain."""
    demand(form.person, Act.MANAGE_ACCOUNTS)
    return leaving.demand_fresh(form.site.tools, form.person)


def _give_role(form: Form) -> str:
    _grave(form)
    accounts.give_role(form.site.tools, form.person, _account(form), _role(form), form.get("note"))
    return _at(form, "accounts")


def _offer_reset(form: Form) -> Again:
    token = accounts.offer_reset(form.site.tools, _grave(form), _account(form))
    return _shown_once(form, f"reset?{urlencode({'ticket': token})}")
