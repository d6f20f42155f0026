"""What the pages of the desk share: their tabs, their frame, and acts told in words."""

from urllib.parse import quote

from octavo.accounts.permissions import OPERATOR, Act, demand, may
from octavo.domain.account import Person
from octavo.domain.ids import AccountId, PublisherId, StoryId
from octavo.domain.publisher import DisplayPolicy
from octavo.serve import links
from octavo.serve.desked import Deed, Tab
from octavo.serve.frame import Frame
from octavo.serve.visit import Visit
from octavo.store import accounts, ledger, stories
from octavo.store.audit import Record
from octavo.text.slugs import short_id


def enter(visit: Visit, act: Act = Act.SEE_DESK) -> Person:
    """Let somebody in who may. Raises SignInRequired, NotAllowed."""
    return demand(visit.person, act)


def path_of(visit: Visit, rest: str = "") -> str:
    """Give the path of one of the desk's pages."""
    return f"/{visit.plan.key}/desk{f'/{rest}' if rest else ''}"


def frame(visit: Visit, title: str, rest: str = "") -> Frame:
    """Give the frame of one of the desk's pages: never in a search engine."""
    return Frame(title=title, description=title, path=path_of(visit, rest), kind="desk", index=False)


def tabs(visit: Visit, here: str) -> list[Tab]:
    """List the pages of the desk this reader may see; `here` is the one shown."""
    every = (
        ("", visit.t("Desk"), Act.SEE_DESK),
        ("feeds", visit.t("Feeds"), Act.EDIT_FEEDS),
        ("newsletters", visit.t("Newsletters"), Act.EDIT_FEEDS),
        ("publishers", visit.t("Publishers"), Act.EDIT_FEEDS),
        ("stories", visit.t("Stories"), Act.EDIT_STORIES),
        ("hashtags", visit.t("Hashtags"), Act.EDIT_STORIES),
        ("briefs", visit.t("Reported sentences"), Act.EDIT_STORIES),
        ("jobs", visit.t("The worker’s jobs"), Act.SEE_DESK),
        ("storage", visit.t("Storage"), Act.SEE_DESK),
        ("models", visit.t("Models"), Act.SEE_DESK),
        *((("fediverse", visit.t("Fediverse"), Act.EDIT_RULES),) if visit.site.tools.settings.fediverse.on else ()),
        ("accounts", visit.t("Accounts"), Act.INVITE),
        ("webhooks", visit.t("Webhooks"), Act.MANAGE_WEBHOOKS),
        ("log", visit.t("Log"), Act.SEE_DESK),
    )
    found = [Tab(path_of(visit, rest), label, rest == here) for rest, label, act in every if may(visit.person, act)]
    queue = Tab(f"/{visit.plan.key}/moderation/queue", visit.t("Comments"), here=False)
    return [*found, queue] if may(visit.person, Act.MODERATE) else found


def deed(visit: Visit, one: Record, *, named: bool) -> Deed:
    """Tell an act in words; without the name of who did it, unless `named`."""
    return Deed(
        at=one.at,
        who=_who(visit, one) if named else "",
        what=act_name(visit, one.act),
        subject=_subject(visit, one.subject),
        path=_path(visit, one.subject),
        note=one.note,
    )


def _who(visit: Visit, one: Record) -> str:
    """Name who did it: an account by its name, which nobody translates."""
    by_operator = one.account_id is None and one.actor == OPERATOR.account.name
    return visit.t("the command line") if by_operator else one.actor


def _subject(visit: Visit, subject: str) -> str:
    """Name what was done to, as people would: a story by its headline, a publisher by its name."""
    kind, _, key = subject.partition("/")
    if kind == "hashtag":
        return f"#{key}"
    if kind == "publisher":
        publisher = visit.publisher(PublisherId(key))
        return publisher.name if publisher else key
    if kind == "story" and key.isdecimal():
        story = stories.get(visit.view, StoryId(int(key)))
        return story.headline if story else short_id(int(key))
    if kind == "account" and key.isdecimal():
        account = accounts.get(visit.view, AccountId(int(key)))
        return account.name if account else f"#{key}"
    return subject.replace("/", " ")


def _path(visit: Visit, subject: str) -> str:
    kind, _, key = subject.partition("/")
    edition = visit.plan.key
    if kind == "story" and key.isdecimal():
        return f"/{edition}/story/{short_id(int(key))}"
    if kind == "publisher":
        return links.source(edition, key)
    return f"/{edition}/hashtag/{quote(key)}" if kind == "hashtag" else ""


def act_name(visit: Visit, act: str) -> str:
    """Say what was done; an act that has no words here is given as it was written down."""
    known = {
        "pinned": visit.t("Pinned to a front page"),
        "buried": visit.t("Kept off a front page"),
        "released": visit.t("Pin or burial taken back"),
        "stories merged": visit.t("Two stories made one"),
        "story split": visit.t("A story taken apart"),
        "story let go": visit.t("A story left to the machine again"),
        "hashtag merged": visit.t("A hashtag shown as another"),
        "hashtag muted": visit.t("A hashtag shown nowhere"),
        "hashtag restored": visit.t("A hashtag shown again as it was found"),
        "policy set": visit.t("How much is shown of a source"),
        "texts withdrawn": visit.t("A source left out, as it asked"),
        "source added": visit.t("A source added"),
        "source removed": visit.t("A source removed"),
        "source noted": visit.t("A note on a source"),
        "source readmitted": visit.t("A source readmitted"),
        "brief withdrawn": visit.t("Sentences of a model withdrawn"),
        "feed paused": visit.t("A feed paused"),
        "feed resumed": visit.t("A feed resumed"),
        "feed checked": visit.t("A feed looked at"),
        "newsletter's senders changed": visit.t("Who sends a newsletter, changed"),
        "list of feeds brought": visit.t("A list of feeds brought"),
        "edition followed": visit.t("An edition’s feeds followed"),
        "publisher's facts set": visit.t("A publisher’s facts written down"),
        "job retried": visit.t("A job done again"),
        "quarantine retried": visit.t("Every job in quarantine done again"),
        "invited": visit.t("Somebody invited"),
        "invitation taken back": visit.t("An invitation taken back"),
        "role given": visit.t("A role given"),
        "account made": visit.t("An account made"),
        "server blocked": visit.t("A server blocked"),
        "server allowed": visit.t("A server allowed"),
        "server as any other": visit.t("A server treated as any other again"),
        "new password offered": visit.t("A new password offered"),
        "signed out everywhere": visit.t("Somebody signed out everywhere"),
        "webhook made": visit.t("A webhook made"),
        "webhook removed": visit.t("A webhook removed"),
        "webhook paused": visit.t("A webhook paused"),
        "webhook resumed": visit.t("A webhook resumed"),
        "webhook message sent again": visit.t("A webhook’s message sent again"),
        "comments closed": visit.t("Comments closed"),
        "comments opened": visit.t("Comments opened"),
    }
    return known.get(act, act)


def entry_name(visit: Visit, kind: ledger.Kind) -> str:
    """Say what an entry of the ledger is."""
    return {
        ledger.Kind.REASON: visit.t("Why it is read"),
        ledger.Kind.OBJECTION: visit.t("Objection"),
        ledger.Kind.DECISION: visit.t("Decision"),
        ledger.Kind.POLICY: visit.t("How much is shown"),
        ledger.Kind.REMOVAL: visit.t("Asked to be left out"),
    }[kind]


def policy_name(visit: Visit, policy: DisplayPolicy) -> str:
    """Say how much of an article is shown."""
    return {
        DisplayPolicy.FULL: visit.t("everything"),
        DisplayPolicy.EXCERPT: visit.t("the beginning"),
        DisplayPolicy.HEADLINE: visit.t("the headline alone"),
    }[policy]
