"""Documents and activities of ours: values in, JSON-LD out (ActivityPub, WebFinger, NodeInfo 2.1)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from octavo import __version__
from octavo.federate import names
from octavo.text.inert import inert

MEDIA_TYPE = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
CONTENT = "application/activity+json"
JRD = "application/jrd+json"
NODEINFO = "http://nodeinfo.diaspora.software/ns/schema/2.1"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"

_ACTIVITIES = "https://www.w3.org/ns/activitystreams"
_SECURITY = "https://w3id.org/security/v1"
_WORDS = {"Hashtag": "as:Hashtag", "toot": "http://joinmastodon.org/ns#", "discoverable": "toot:discoverable"}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Profile:
    """What an actor of ours says of itself. `page` is its page here."""

    name: str
    title: str
    summary: str
    page: str
    icon: str


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as an actor of ours tells of it: what its publisher lets be shown. `tags` are (name, page)."""

    headline: str
    excerpt: str
    publisher: str
    url: str
    page: str
    language: str
    published: datetime
    tags: Sequence[tuple[str, str]] = ()
    picture: str = ""
    described: str = ""
    """What the picture shows."""


def actor(origin: str, profile: Profile, public_key: str) -> Json:
    """Write an actor's document."""
    own = names.actor(origin, profile.name)
    return {
        "@context": [_ACTIVITIES, _SECURITY, _WORDS],
        "id": own,
        "type": "Service",
        "preferredUsername": profile.name,
        "name": inert(profile.title),
        "summary": f"<p>{escape(profile.summary)}</p>",
        "url": profile.page,
        "inbox": f"{own}/inbox",
        "outbox": f"{own}/outbox",
        "followers": f"{own}/followers",
        "endpoints": {"sharedInbox": names.shared_inbox(origin)},
        "manuallyApprovesFollowers": False,
        "discoverable": True,
        "icon": {"type": "Image", "mediaType": "image/png", "url": profile.icon},
        "publicKey": {"id": names.key(origin, profile.name), "owner": own, "publicKeyPem": public_key},
    }


def note(origin: str, name: str, number: str, told: Telling) -> Json:
    """Write an article as an object. It is a Note, which other servers show whole; an Article they show as a bare link.

    The first link of its text is the publisher's page. `url` names the page here first: servers take only an address
    at the host an object comes from, and the publisher's as what this one is about (docs/decisions).
    """
    own = names.actor(origin, name)
    made: Json = {
        "id": f"{own}/article/{number}",
        "type": "Note",
        "attributedTo": own,
        "to": [PUBLIC],
        "cc": [f"{own}/followers"],
        "published": _moment(told.published),
        "url": [
            {"type": "Link", "mediaType": "text/html", "href": told.page},
            {"type": "Link", "mediaType": "text/html", "rel": "canonical", "href": told.url},
        ],
        "content": _content(told),
        "tag": [{"type": "Hashtag", "name": f"#{inert(tag)}", "href": page} for tag, page in told.tags],
    }
    if told.language:
        made["contentMap"] = {told.language: made["content"]}
    if told.picture:
        shown = {"type": "Image", "mediaType": "image/jpeg", "url": told.picture, "name": inert(told.described)}
        made["attachment"] = [shown]
    return made


def _content(told: Telling) -> str:
    parts = [f"<p><strong>{escape(told.headline)}</strong></p>"]
    if told.excerpt:
        parts.append(f"<p>{escape(told.excerpt)}</p>")
    parts.append(f'<p><a href="{escape(told.url)}" rel="noopener">{escape(told.publisher)}</a></p>')
    if told.tags:
        links = (
            f'<a href="{escape(page)}" class="mention hashtag" rel="tag">#{escape(tag)}</a>' for tag, page in told.tags
        )
        parts.append(f"<p>{' '.join(links)}</p>")
    return "".join(parts)


def create(shown: Json, at: datetime) -> Json:
    """Tell followers of an article."""
    return _activity(shown["attributedTo"], "Create", f"{shown['id']}/create", shown, at)


def update(shown: Json, at: datetime, number: int) -> Json:
    """Tell those who heard of an article that it reads otherwise now."""
    made = _activity(shown["attributedTo"], "Update", f"{shown['id']}#update-{number}", shown, at)
    return {**made, "object": {**shown, "updated": _moment(at)}}


def delete(actor_address: str, address: str, at: datetime) -> Json:
    """Tell those who heard of an article that it is no longer told of."""
    gone = {"id": address, "type": "Tombstone"}
    return _activity(actor_address, "Delete", f"{address}#delete", gone, at)


def announce(actor_address: str, address: str, at: datetime) -> Json:
    """Pass on to followers what another actor here told of."""
    number = address.rpartition("/")[2]
    return _activity(actor_address, "Announce", f"{actor_address}/article/{number}/announce", address, at)


def accept(actor_address: str, follow: str, follower: str) -> Json:
    """Take a follower in."""
    asked = {"id": follow, "type": "Follow", "actor": follower, "object": actor_address}
    mark = hashlib.sha256(follow.encode()).hexdigest()[:16]
    return {
        "@context": _ACTIVITIES,
        "id": f"{actor_address}#accept-{mark}",
        "type": "Accept",
        "actor": actor_address,
        "object": asked,
    }


def collection(address: str, total: int, *, first: bool = False) -> Json:
    """Write a collection by how many are in it; with pages only where `first`."""
    made: Json = {"@context": _ACTIVITIES, "id": address, "type": "OrderedCollection", "totalItems": total}
    return made | ({"first": f"{address}?page=1"} if first else {})


def page(address: str, items: Sequence[Json], older: str, *, of_older: str = "") -> Json:
    """Write the page of a collection, the one older than `of_older`; `older` names what the next is older than."""
    made: Json = {
        "@context": [_ACTIVITIES, _WORDS],
        "id": f"{address}?page=1{f'&before={of_older}' if of_older else ''}",
        "type": "OrderedCollectionPage",
        "partOf": address,
        "orderedItems": [{name: value for name, value in one.items() if name != "@context"} for one in items],
    }
    return made | ({"next": f"{address}?page=1&before={older}"} if older else {})


def webfinger(origin: str, name: str, page_here: str) -> Json:
    """Say where an actor is (RFC 7033)."""
    own = names.actor(origin, name)
    return {
        "subject": f"acct:{name}@{names.host_of(origin)}",
        "aliases": [own, page_here],
        "links": [
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page_here},
            {"rel": "self", "type": CONTENT, "href": own},
        ],
    }


def nodeinfo_links(origin: str) -> Json:
    """Say where NodeInfo is."""
    return {"links": [{"rel": NODEINFO, "href": f"{origin}{names.ROOT}/nodeinfo/2.1"}]}


def nodeinfo(actors: int, posts: int, *, open_to_all: bool) -> Json:
    """Say what this server is (NodeInfo 2.1): nothing of it tells who reads what."""
    return {
        "version": "2.1",
        "software": {"name": "octavo", "version": __version__},
        "protocols": ["activitypub"],
        "services": {"inbound": ["atom1.0", "rss2.0"], "outbound": ["atom1.0", "rss2.0"]},
        "openRegistrations": open_to_all,
        "usage": {"users": {"total": actors}, "localPosts": posts},
        "metadata": {},
    }


def with_context(shown: Mapping[str, Any]) -> Json:
    """Write an object that stands for itself."""
    return {"@context": [_ACTIVITIES, _WORDS], **shown}


def _activity(who: str, kind: str, address: str, what: Any, at: datetime) -> Json:
    return {
        "@context": [_ACTIVITIES, _WORDS],
        "id": address,
        "type": kind,
        "actor": who,
        "published": _moment(at),
        "to": [PUBLIC],
        "cc": [f"{who}/followers"],
        "object": what,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
