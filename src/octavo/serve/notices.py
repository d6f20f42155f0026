"""What the forms about notifications do."""

from datetime import time
from functools import partial
from zoneinfo import ZoneInfo

from octavo.accounts.permissions import Act, demand
from octavo.actions import lists, notices
from octavo.domain.follow import FollowKind
from octavo.domain.ids import EditionKey, ListId
from octavo.domain.notification import CHOSEN_BY_KIND, Channel, DigestWishes, Rhythm, Wishes
from octavo.domain.push import Quiet
from octavo.errors import InputError
from octavo.serve.allowance import Allowance
from octavo.serve.forms import Form, Post, To
from octavo.serve.pages import keptlists
from octavo.serve.pages import notices as pages
from octavo.serve.site import Site

_LONGEST = 300
_WAYS = {"site": Channel.SITE, "push": Channel.PUSH, "digest": Channel.DIGEST}


TOLD_AN_HOUR = 20
"""People one may tell of one's lists in an hour."""


def posts(_: Site) -> list[Post]:
    """List the forms about notifications."""
    return [
        Post("/{edition}/notices/read", _read),
        Post("/{edition}/notices/settings", _set_wishes, pages.load_wishes),
        Post("/{edition}/notices/follows", _set_follows, pages.load_wishes),
        Post("/{edition}/lists/{number}/tell", partial(_tell_of_list, Allowance(TOLD_AN_HOUR)), keptlists.load_one),
    ]


def _read(form: Form) -> To:
    """Mark one topic, or everything, as read as far as the page showed it; then go on to what it is about."""
    notices.mark_read(form.site.tools, form.person, form.get("topic")[:_LONGEST], form.number(form.get("last")))
    return To(f"/{form.names['edition']}/notices")


def _set_wishes(form: Form) -> To:
    edition = form.names["edition"]
    wanted = Wishes(
        edition=EditionKey(edition),
        zone=_zone(form.get("zone")),
        digest=DigestWishes(
            rhythm=_rhythm(form.get("rhythm")),
            hour=_within(form.number(form.get("hour")), 24),
            weekday=_within(form.number(form.get("weekday")), 7),
            pictures="pictures" in form,
        ),
        quiet=_quiet(form),
        chosen={why: _ways(form, str(why)) for why in CHOSEN_BY_KIND},
    )
    notices.set_wishes(form.site.tools, form.person, wanted)
    return To(f"/{edition}/notices/settings")


def _set_follows(form: Form) -> To:
    ways: dict[tuple[FollowKind, str], Channel] = {}
    chosen = {name: set(form.all(name)) for name in _WAYS}
    for one in form.all("follow"):
        kind, _, key = one.partition(" ")
        if kind not in {str(each) for each in FollowKind}:
            raise InputError("this is nothing that can be followed")
        found = Channel.NONE
        for name, channel in _WAYS.items():
            found |= channel if one in chosen[name] else Channel.NONE
        ways[FollowKind(kind), key] = found
    notices.set_follow_ways(form.site.tools, form.person, ways)
    return To(f"/{form.names['edition']}/notices/settings")


def _tell_of_list(allowance: Allowance, form: Form) -> To:
    """Tell somebody here of one's list; so many people in an hour."""
    who = demand(form.person, Act.KEEP)
    allowance.take(f"account {who.id}", form.now)
    number = form.number(form.names["number"])
    lists.tell(form.site.tools, who, ListId(number), form.get("name"))
    return To(f"/{form.names['edition']}/lists/{number}")


def _ways(form: Form, name: str) -> Channel:
    """Read by which ways a kind of thing is told: fields such as push=reply."""
    found = Channel.NONE
    for way, channel in _WAYS.items():
        found |= channel if name in form.all(way) else Channel.NONE
    return found


def _zone(said: str) -> str:
    try:
        return ZoneInfo(said).key if len(said) <= 64 else ""
    except (ValueError, OSError, KeyError) as error:
        raise InputError("there is no such time zone") from error


def _rhythm(said: str) -> Rhythm:
    if said not in {str(one) for one in Rhythm}:
        raise InputError("a digest comes daily, weekly or not at all")
    return Rhythm(said)


def _quiet(form: Form) -> Quiet | None:
    if "quiet" not in form:
        return None
    begin, end = _minute(form.get("begin")), _minute(form.get("end"))
    return Quiet(begin, end) if begin != end else None


def _minute(said: str) -> int:
    try:
        found = time.fromisoformat(said)
    except ValueError as error:
        raise InputError("this is no time of day") from error
    return found.hour * 60 + found.minute


def _within(number: int, below: int) -> int:
    if number >= below:
        raise InputError("this is no hour or day")
    return number
