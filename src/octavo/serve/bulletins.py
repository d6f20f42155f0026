"""Digests in words: plain text and HTML, in the language of the reader's edition, at the reader's clock.

No pixel tells that one was opened, no link who followed it. Pictures are this site's own, and asked for only where the
reader chose them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from octavo.accounts.stopping import stop_token
from octavo.config import Settings
from octavo.domain.bulletin import Bulletin, Item, Said, Section
from octavo.domain.edition import EditionPlan
from octavo.domain.ids import EditionKey
from octavo.domain.mail import Message
from octavo.domain.notification import Rhythm, Why
from octavo.domain.picture import Fitness
from octavo.ports.database import Database, Read
from octavo.serve import editions, languages
from octavo.serve.address import origin_of
from octavo.serve.display import Display
from octavo.serve.here import Here
from octavo.serve.languages import Languages, read_languages
from octavo.serve.pictures import Signer
from octavo.serve.reasons import called, leads, says
from octavo.serve.templating import FOLDER
from octavo.store import facts, pictures, reading, starter
from octavo.text.words import clip

_LONGEST_HEADLINE = 140
_LONGEST_SUBJECT = 90
_PICTURE = 640
"""Pixels of a picture's width, twice what it takes on a phone."""


@dataclass(frozen=True, slots=True)
class Line:
    """A story in a digest: its headline, the language that is in, its address, what stands below, and a picture."""

    headline: str
    language: str
    direction: str
    url: str
    source: str
    when: str
    reports: str
    picture: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a digest: its heading, where that leads ("" for nowhere), its stories, how many more there are."""

    heading: str
    url: str
    lines: Sequence[Line]
    more: str
    more_url: str


@dataclass(frozen=True, slots=True)
class Talk:
    """Something others did: what, the words of it, where it stands."""

    says: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest as its template is given it."""

    title: str
    hello: str
    talk: Sequence[Talk]
    parts: Sequence[Part]
    why: str
    choose: str
    stop: str
    dir: str
    start: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes digests; reads what may be shown, and writes nothing anywhere."""

    settings: Settings
    database: Database
    plans: Mapping[EditionKey, EditionPlan]
    words: Languages
    secret: bytes
    environment: Environment

    def digest(self, bulletin: Bulletin) -> Message:
        """Write a digest."""
        here = self._here(bulletin)
        with self.database.read() as view:
            shown = _shown(view, bulletin, self.settings)
        stop = here.absolute(f"/mail/stop/{stop_token(self.secret, bulletin.account_id)}")
        letter = _letter(here, shown, stop)
        html = self.environment.get_template("mail/digest.html").render(letter=letter, here=here, t=here.t)
        return Message(
            to=bulletin.address,
            subject=_subject(here, shown),
            text=_text(here, letter),
            key=f"digest {bulletin.account_id} {bulletin.until.isoformat()}",
            html=html,
            language=here.language.tag,
            unsubscribe=stop,
            headers={"List-Id": f"<digest.{here.origin.partition('://')[2].partition(':')[0]}>"},
        )

    def _here(self, bulletin: Bulletin) -> Here:
        """Say where the reader is: in their edition, or the one shown to who names none, at their own clock."""
        usual = editions.choose(self.plans, "", self.settings.edition)
        plan = self.plans.get(bulletin.edition, self.plans[usual])
        language = self.words.of(plan.language, plan.country)
        zone = ZoneInfo(bulletin.zone)
        return Here(plan, language, zone, bulletin.until, Signer(self.secret), origin_of(self.settings.web))


def open_writer(settings: Settings, database: Database) -> Writer:
    """Read languages, editions and templates."""
    with database.read() as view:
        secret = facts.get(view, facts.PICTURE_SECRET)
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    plans = starter.read(settings.data_dir).editions
    return Writer(settings, database, plans, read_languages(), secret.encode(), environment)


def _shown(view: Read, bulletin: Bulletin, settings: Settings) -> Bulletin:
    """Leave in a bulletin only the pictures that may be shown, can be had, and are wanted."""
    display = Display(settings.web.default_policy, reading.policies(view), settings.quality.bar)
    cards = [item.card for section in bulletin.sections for item in section.items]
    urls = [one.image.url for one in map(display.card, cards) if one.image and bulletin.pictures]
    ready = {url for url, one in pictures.of(view, urls).items() if one.fitness is Fitness.READY}

    def kept(item: Item) -> Item:
        card = display.card(item.card)
        return replace(item, card=card if card.image and card.image.url in ready else replace(card, image=None))

    sections = [replace(one, items=[kept(item) for item in one.items]) for one in bulletin.sections]
    return replace(bulletin, sections=sections)


def _letter(here: Here, bulletin: Bulletin, stop: str) -> Letter:
    weekly = bulletin.rhythm is Rhythm.WEEKLY
    since = here.language.moment(bulletin.since, here.zone)
    return Letter(
        title=here.t("Your week") if weekly else here.t("Your day"),
        hello=here.t("{name}, this is what came up since {moment}.", name=bulletin.name, moment=since),
        talk=[_talk(here, one) for one in bulletin.said],
        parts=[_part(here, one) for one in bulletin.sections],
        why=here.t("You asked for this letter every week.")
        if weekly
        else here.t("You asked for this letter every day."),
        choose=here.absolute(here.at("notices/settings")),
        stop=stop,
        dir=here.language.direction,
        start="right" if here.language.direction == "rtl" else "left",
    )


def _talk(here: Here, one: Said) -> Talk:
    path = here.absolute(here.at(one.path or "notices"))
    return Talk(_plain(says(here, one.why, one.name, 1)), _plain(one.words), path)


def _part(here: Here, section: Section) -> Part:
    n = len(section.items) + section.more
    if section.why is Why.STORY:
        heading = here.t("Stories you follow")
    else:
        heading = says(here, section.why, called(here, section.why, section.key, section.name), n)
    path = leads(here, section.why, section.key)
    more = here.tn("and {n} more", "and {n} more", section.more) if section.more else ""
    return Part(
        _plain(heading),
        here.absolute(path) if path else "",
        [_line(here, one) for one in section.items],
        more,
        here.absolute(path or here.at("notices")),
    )


def _line(here: Here, item: Item) -> Line:
    card = item.card
    image = f"/picture/{here.signer.token(card.image.url)}/{_PICTURE}.jpg" if card.image else ""
    reports = here.tn("{n} independent report", "{n} independent reports", item.reports) if item.reports > 1 else ""
    return Line(
        headline=clip(_plain(card.headline), _LONGEST_HEADLINE),
        language=card.language,
        direction=languages.direction(card.language),
        url=here.absolute(here.story(item.story_id, card.headline)),
        source=_plain(
            f"{card.publisher_name} ({here.t('Sample newswire')})" if card.fictional else card.publisher_name
        ),
        when=_when(here, card.time),
        reports=reports,
        picture=here.absolute(image) if image else "",
    )


def _when(here: Here, moment: datetime) -> str:
    local = moment.astimezone(here.zone)
    return f"{here.language.short_day(local, here.now)}, {here.language.clock(moment, here.zone)}"


def _subject(here: Here, bulletin: Bulletin) -> str:
    """Say in the subject what is in it: the first headline, and how many more stories; else what others did."""
    headlines = [item.card.headline for section in bulletin.sections for item in section.items]
    if not headlines:
        one = bulletin.said[0]
        return clip(_plain(says(here, one.why, one.name, 1)), _LONGEST_SUBJECT)
    first, more = clip(_plain(headlines[0]), _LONGEST_SUBJECT), bulletin.count - 1
    if not more:
        return first
    return here.tn("{headline} and {n} more story", "{headline} and {n} more stories", more, headline=first)


def _text(here: Here, letter: Letter) -> str:
    """Write the letter as plain text."""
    lines = [f"Octavo · {letter.title}", "", letter.hello]
    for one in letter.talk:
        lines += ["", one.says, *([f"  {one.words}"] if one.words else []), f"  {one.url}"]
    for part in letter.parts:
        lines += ["", "", part.heading, "-" * min(len(part.heading), 60)]
        for line in part.lines:
            lines += [
                "",
                line.headline,
                f"  {' · '.join(one for one in (line.source, line.when, line.reports) if one)}",
            ]
            lines += [f"  {line.url}"]
        if part.more:
            lines += ["", f"{part.more}: {part.more_url}"]
    lines += ["", "", letter.why, f"{here.t('Choose what is in it')}: {letter.choose}"]
    lines += [f"{here.t('Stop these letters')}: {letter.stop}", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Bring what came from anywhere to one line without control characters: it may stand in a subject."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
