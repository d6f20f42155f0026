"""Why somebody is told something, in one sentence: on the page of notifications and in digests alike."""

from octavo.domain.moderation import ModAct
from octavo.domain.notification import Why
from octavo.serve.here import Here


def says(here: Here, why: Why, name: str, n: int, reports: int = 1, decision: str = "") -> str:
    """Say why somebody is told something; `n` counts the stories of it, `reports` the reports of a followed one;
    `decision` is what moderators did, where they did."""
    decided = {
        ModAct.REMOVED: lambda: here.t("Moderators removed your comment"),
        ModAct.RESTORED: lambda: here.t("Moderators show your comment to everybody now"),
        ModAct.UPHELD: lambda: here.t("Your appeal was right: the decision was taken back"),
        ModAct.DENIED: lambda: here.t("Your appeal was turned down"),
    }
    if decision in decided:
        return decided[ModAct(decision)]()
    return {
        Why.REPLY: lambda: here.t("{name} answered you", name=name),
        Why.MENTION: lambda: here.t("{name} mentioned you", name=name),
        Why.WATCHED: lambda: here.t("A new comment in a discussion you watch"),
        Why.DECISION: lambda: here.t("Moderators decided on your comment"),
        Why.APPEAL: lambda: here.t("Your appeal was answered"),
        Why.LIST: lambda: here.t("{name} shared a list with you", name=name),
        Why.STORY: lambda: here.tn(
            "A story you follow has {n} independent report now",
            "A story you follow has {n} independent reports now",
            reports,
        ),
        Why.HASHTAG: lambda: here.tn("{n} new story with #{name}", "{n} new stories with #{name}", n, name=name),
        Why.PLACE: lambda: here.tn("{n} new story about {name}", "{n} new stories about {name}", n, name=name),
        Why.PERSON: lambda: here.tn("{n} new story about {name}", "{n} new stories about {name}", n, name=name),
        Why.ORGANISATION: lambda: here.tn("{n} new story about {name}", "{n} new stories about {name}", n, name=name),
        Why.PUBLISHER: lambda: here.tn("{n} new story from {name}", "{n} new stories from {name}", n, name=name),
        Why.WORD: lambda: here.tn("{n} new story with “{name}”", "{n} new stories with “{name}”", n, name=name),
    }[why]()


def leads(here: Here, why: Why, key: str) -> str:
    """Give the address of what is followed; "" where it has no page."""
    pages = {Why.HASHTAG: here.hashtag, Why.PLACE: here.place, Why.PUBLISHER: here.source}
    return pages[why](key) if why in pages and key else ""


def called(here: Here, why: Why, key: str, name: str) -> str:
    """Name what is followed, in the page's language where that is known."""
    return here.place_name(key, name) if why is Why.PLACE else name
