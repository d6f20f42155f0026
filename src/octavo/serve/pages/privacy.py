"""What this instance knows of its readers and for how long, written from its settings and the bounds of its code."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from octavo.config import ModelSettings
from octavo.config.groups import ON_THIS_MACHINE
from octavo.domain.brief import BriefKind
from octavo.domain.retention import (
    ADDRESSES_KEPT,
    LETTERS_KNOWN,
    MESSAGES_KEPT,
    NOTICES_KEPT,
    TOLD_KEPT,
    UNSENT_KEPT,
)
from octavo.serve.desked import PrivacyPage
from octavo.serve.frame import Frame
from octavo.serve.readers import cookie_name
from octavo.serve.visit import Visit
from octavo.store import webhooks

Part = tuple[str, str, Sequence[str]]


def load(visit: Visit) -> PrivacyPage:
    """Write the page."""
    title = visit.t("Privacy")
    parts = (
        *(_reading, _cookies, _addresses, _accounts, _notifications, _mail),
        *(_programs, _models, _pictures, _fediverse, _leaving),
    )
    return PrivacyPage(
        frame=Frame(
            title=title,
            description=visit.t("What this newspaper knows of its readers, and for how long."),
            path=f"/{visit.plan.key}/privacy",
            kind="privacy",
            alternates=visit.everywhere("/privacy"),
        ),
        parts=[made for part in parts if (made := part(visit))[2]],
        contact=visit.site.tools.settings.fetch.contact,
    )


def _reading(visit: Visit) -> Part:
    settings = visit.site.tools.settings
    host = urlsplit(settings.embeddings.address).hostname or "" if settings.embedder == "openai" else ""
    searched = visit.t("What you search for is not written down.")
    if host not in ON_THIS_MACHINE:
        searched = visit.t("What you search for is sent to {host}, to find what is alike in meaning.", host=host)
    return (
        "reading",
        visit.t("Reading"),
        [
            visit.t("Everything can be read without an account, and nobody counts who reads what."),
            visit.t("Nothing is loaded from any other site: no advertisements, no measuring, no fonts or scripts."),
            searched,
            visit.t("Settings, saved articles and what you muted are kept in your browser, where you can clear them."),
        ],
    )


def _cookies(visit: Visit) -> Part:
    settings = visit.site.tools.settings.accounts
    days = settings.session_days
    said = [
        visit.t("No cookie is set until you sign in."),
        visit.tn(
            "Then there is one, {name}: it keeps you signed in, and ends {n} day after you last came.",
            "Then there is one, {name}: it keeps you signed in, and ends {n} days after you last came.",
            days,
            name=cookie_name(visit.site.origin),
        ),
        visit.t("Scripts and other sites cannot read it, and it says nothing about you."),
    ]
    if settings.providers:
        names = ", ".join(one.label for one in settings.providers)
        said.append(
            visit.t(
                "Signing in by {names} leads you to them, and sets one more cookie for at most a quarter of an hour.",
                names=names,
            )
        )
    return "cookies", visit.t("Cookies"), said


def _addresses(visit: Visit) -> Part:
    hours = round(ADDRESSES_KEPT / timedelta(hours=1))
    return (
        "addresses",
        visit.t("Network addresses"),
        [
            visit.t("The address you come from is written nowhere: not to a log, not to the database."),
            visit.tn(
                "So that nobody can flood the site, its memory counts requests by network for {n} hour.",
                "So that nobody can flood the site, its memory counts requests by network for {n} hours.",
                hours,
            ),
            visit.t("A server that stands before this one, such as a proxy of the host, may keep a log of its own."),
        ],
    )


def _accounts(visit: Visit) -> Part:
    settings = visit.site.tools.settings.accounts
    who = {
        "open": visit.t("Anybody may make an account; only a name and a password are needed."),
        "invitation": visit.t("An account needs an invitation; only a name and a password are needed."),
        "closed": visit.t("Nobody can make an account here by themselves."),
    }[settings.sign_up]
    if settings.email == "required" and settings.sign_up != "closed":
        who = visit.t("An account needs a name, a password and an e-mail address.")
    return (
        "accounts",
        visit.t("Accounts"),
        [
            who,
            visit.t("Of a password, only what cannot be turned back into it is kept (argon2id)."),
            visit.t(
                "Kept with it is what you ask to be kept: follows, saved articles, passages, lists, comments, votes."
            ),
            visit.t("What you read is remembered only if you turn that on, and forgotten when you turn it off."),
            visit.t("For each sign-in, the kind of browser and the times are kept, so that you can end it."),
            visit.t("What those with a role do is written down with their name, and kept."),
        ],
    )


def _notifications(visit: Visit) -> Part:
    settings = visit.site.tools.settings.push
    if not settings.on:
        return "push", visit.t("Notifications"), [visit.t("This newspaper sends no notifications to browsers.")]
    return (
        "push",
        visit.t("Notifications"),
        [
            visit.t("They are sent only if you ask for them, through the push service of your browser’s maker."),
            visit.t("That service sees that something was sent, and cannot read it: it is encrypted for your browser."),
            visit.tn(
                "Kept are the address your browser was given, what it follows, and for {n} day what it was told.",
                "Kept are the address your browser was given, what it follows, and for {n} days what it was told.",
                NOTICES_KEPT.days,
            ),
            visit.tn(
                "What could not be delivered is forgotten after {n} day.",
                "What could not be delivered is forgotten after {n} days.",
                UNSENT_KEPT.days,
            ),
            visit.tn(
                "What readers with an account are told on this site is kept for {n} day.",
                "What readers with an account are told on this site is kept for {n} days.",
                TOLD_KEPT.days,
            ),
        ],
    )


def _mail(visit: Visit) -> Part:
    if not visit.site.tools.mailer.on:
        return "mail", visit.t("Mail"), [visit.t("This newspaper sends no mail.")]
    server = visit.site.tools.settings.mail.server
    return (
        "mail",
        visit.t("Mail"),
        [
            visit.t(
                "Letters are sent only if you ask for them, through {server}.", server=server or visit.t("this machine")
            ),
            visit.t("Nothing in them tells whether you opened them, unless you asked for pictures in your digest."),
            visit.t("No link in a digest names you but the one that stops it."),
            visit.tn(
                "That a letter was sent is known for {n} day.",
                "That a letter was sent is known for {n} days.",
                LETTERS_KNOWN.days,
            ),
        ],
    )


def _programs(visit: Visit) -> Part:
    """Say what other programs are told; nothing where none is."""
    settings = visit.site.tools.settings
    said: list[str] = []
    if webhooks.on(visit.view):
        said.append(visit.t("Those who run this newspaper have other programs told of the news; never of readers."))
    if settings.hub:
        said.append(visit.t("Programs that subscribe to a feed leave the address it is brought to."))
        said.append(
            visit.tn(
                "Once that ends, it is forgotten after {n} day.",
                "Once that ends, it is forgotten after {n} days.",
                MESSAGES_KEPT.days,
            )
        )
    if settings.called_back:
        said.append(visit.t("Hubs that bring feeds here know this newspaper’s address, and nothing of its readers."))
    return "programs", visit.t("Other programs"), said


def _models(visit: Visit) -> Part:
    settings = visit.site.tools.settings
    said: list[str] = []
    if not settings.ai.on:
        said.append(visit.t("No model is asked to write anything."))
    elif not settings.models.order:
        said.append(visit.t("No model writes here: sentences are chosen from articles, on this machine."))
    asked = settings.ai.on and bool(settings.models.order)
    if asked or settings.comments.classifier == "model":
        said += [_model(visit, one) for one in settings.models.order]
    if asked:
        said += [
            visit.t("A model is given articles and the question that was asked, never who asked it."),
            visit.tn(
                "Questions and answers are kept for {n} day; those that were reported, for a year.",
                "Questions and answers are kept for {n} days; those that were reported, for a year.",
                settings.ai.kept_days,
            ),
        ]
    return "models", visit.t("Language models"), [*said, *_translators(visit), *_screened(visit)]


def _screened(visit: Visit) -> list[str]:
    """Say what looks at comments besides the rules."""
    settings = visit.site.tools.settings
    if settings.comments.classifier == "off":
        return []
    if settings.comments.classifier == "learned":
        return [visit.t("Comments are compared, on this machine, with those moderators removed here.")]
    return [visit.t("A new comment is given to it, without its author’s name: it may ask moderators to look.")]


def _model(visit: Visit, one: ModelSettings) -> str:
    name = one.model.rpartition("/")[2] if one.adapter == "local" else one.model
    if not one.elsewhere:
        return visit.t("{model} runs on this machine.", model=name or one.name)
    return visit.t("{model} is asked at {host}.", model=name or one.name, host=one.elsewhere)


def _translators(visit: Visit) -> list[str]:
    """Say what translates articles and headlines; nothing where no translator does, or the features are off."""
    tools = visit.site.tools
    if not tools.settings.ai.on or BriefKind.TRANSLATION not in tools.settings.ai.features:
        return []
    names = visit.here.language.comma.join(dict.fromkeys(tools.translator.pairs.values()))
    return [visit.t("Articles are translated on this machine, by {names}: nothing leaves it.", names=names)] * bool(
        names
    )


def _pictures(visit: Visit) -> Part:
    settings = visit.site.tools.settings.pictures
    said = [visit.t("Publishers’ pictures come from this site, so that no publisher learns who looks at them.")]
    if settings.on_demand:
        said.append(visit.t("Where one is not kept yet, this site fetches it, and says nothing of who asked."))
    return "pictures", visit.t("Pictures"), said


def _fediverse(visit: Visit) -> Part:
    said = [
        visit.t("Editions and hashtags can be followed from other servers: what is kept is who follows which."),
        visit.t("Articles are sent to followers’ servers; nothing is sent of readers here, or of what they say."),
        visit.t("Public replies from there become comments, with their authors’ names, until those delete them."),
    ]
    return "fediverse", visit.t("Fediverse"), said if visit.site.tools.settings.fediverse.on else []


def _leaving(visit: Visit) -> Part:
    return (
        "leaving",
        visit.t("Your rights"),
        [
            visit.t("On your account’s page you can take everything that is kept of you with you, as a file."),
            visit.t("There you can also delete your account: what you keep goes at once, comments become “[deleted]”."),
        ],
    )
