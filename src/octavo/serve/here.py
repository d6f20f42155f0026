"""Where the reader is: the edition, its language, the time. What templates ask for words, times and addresses."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import unquote, urlencode
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from octavo.domain.article import ArticleCard, Image
from octavo.domain.edition import EditionPlan
from octavo.errors import OctavoError
from octavo.serve import languages, links
from octavo.serve.languages import Language
from octavo.serve.mine import Mine
from octavo.serve.pictures import Look, Signer, candidates, look_of
from octavo.text.slugs import short_id


@dataclass(frozen=True, slots=True)
class Here:
    """One reader's edition, language and moment. Methods return text, or addresses inside the site."""

    plan: EditionPlan
    language: Language
    zone: ZoneInfo
    now: datetime
    signer: Signer
    origin: str
    mine: Mine | None = None
    """What the reader keeps; None where nobody is signed in."""
    hub: str = ""
    """The full address of the hub that brings this site's feeds; "" for none."""

    @property
    def edition(self) -> str:
        """The edition's key: the first part of every address."""
        return self.plan.key

    def t(self, text: str, **values: object) -> str:
        """Translate; see Language.t."""
        return self.language.t(text, **values)

    def tn(self, one: str, many: str, n: int, **values: object) -> str:
        """Translate by number; see Language.tn."""
        return self.language.tn(one, many, n, **values)

    def said(self, error: OctavoError) -> str:
        """Say what is wrong, in the page's language."""
        words = self.t(error.message, **error.values)
        return words[:1].upper() + words[1:]

    def time(self, moment: datetime, style: str = "ago") -> Markup:
        """Write a <time>: `ago`, `clock` or `day`; the full moment is in its title, and in print."""
        full = self.language.moment(moment, self.zone)
        said = {"ago": self.ago, "clock": self._clock, "day": self._day, "full": self._full}[style](moment)
        iso = moment.isoformat(timespec="seconds")
        return Markup('<time datetime="{}" title="{}" data-time="{}">{}</time>').format(iso, full, style, said)

    def ago(self, moment: datetime) -> str:
        """Say how long ago that was, without markup."""
        return self.language.ago(moment, self.now)

    def _clock(self, moment: datetime) -> str:
        return self.language.clock(moment, self.zone)

    def _day(self, moment: datetime) -> str:
        return self.language.long_day(moment, self.zone)

    def _full(self, moment: datetime) -> str:
        return self.language.moment(moment, self.zone)

    def tongue(self, tag: str) -> Markup:
        """Write lang and dir for a block of text, where its language is not the page's own."""
        if not tag or tag == self.language.tag:
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(tag, languages.direction(tag))

    def card(self, card: ArticleCard) -> str:
        """Address of an article's page."""
        return links.card(self.edition, card)

    def story(self, number: int, headline: str) -> str:
        """Address of a story's page."""
        return links.story(self.edition, number, headline)

    def hashtag(self, tag: str) -> str:
        """Address of a hashtag's page."""
        return links.hashtag(self.edition, tag)

    def short(self, number: int) -> str:
        """Write an id as addresses and forms have it."""
        return short_id(number)

    def hashtags(self) -> str:
        """Address of the hashtags that rise."""
        return links.hashtags(self.edition)

    def day(self, day: date) -> str:
        """Write a day of the calendar."""
        return self.language.day(day)

    def span(self, day: date, precision: str) -> str:
        """Write a day, or the week, month or year that begins with it."""
        return self.language.span(day, precision)

    def place(self, key: str) -> str:
        """Address of a place's news, by the key of its entity: "place/" and what names it."""
        return links.place(self.edition, key.removeprefix("place/"))

    def entity(self, key: str) -> str:
        """Address of the page of a person, an organisation or a place, by the key of its entity."""
        return links.entity(self.edition, key)

    def place_name(self, key: str, name: str) -> str:
        """Name a place in the page's language: a country, or a city that CLDR names; any other as given."""
        code = key.removeprefix("place/")
        if len(code) == 2 and code.isalpha():
            return self.language.country_name(code)
        return self.language.city_name(name)

    def source(self, publisher: str) -> str:
        """Address of a publisher's page."""
        return links.source(self.edition, publisher)

    def health(self, publisher: str) -> str:
        """Address of the page that says how well a publisher's articles are read."""
        return links.health(self.edition, publisher)

    def section(self, topic: str) -> str:
        """Address of a section."""
        return links.section(self.edition, topic)

    def elsewhere(self, path: str) -> str:
        """Address of the list of editions, each with the page at `path` where it has one."""
        rest = path.removeprefix(f"/{self.edition}")
        asked = f"?{urlencode({'at': unquote(rest)})}" if rest and rest != path else ""
        return self.at("editions") + asked

    def at(self, page: str) -> str:
        """Address of one of the edition's own pages: latest, search, sources, editions, about."""
        return f"/{self.edition}/{page}"

    def sign_in(self, path: str) -> str:
        """Address of the page to sign in on, which leads back to `path`, a page of this edition."""
        rest = path.removeprefix(f"/{self.edition}").strip("/")
        return self.at("sign-in") + (f"?{urlencode({'back': unquote(rest)})}" if rest and rest != path else "")

    def picture(self, image: Image, look: str, *, eager: bool = False) -> Markup:
        """Write an <img> that asks this instance, never the publisher, in the width the reader's screen needs.

        `look` is a key of LOOKS. `eager` is for the one picture that is seen first.
        """
        token, found = self.signer.token(image.url), look_of(look)
        loading = Markup(' fetchpriority="high"') if eager else Markup(' loading="lazy"')
        tint = Markup(' class="t{}"').format(image.tint) if image.tint else Markup("")
        return Markup(
            '<img{} src="/picture/{}/{}" srcset="{}" sizes="{}" width="960" height="640" alt="{}" decoding="async"{}>'
        ).format(tint, token, _middle(found), self._files(image, found), found.sizes, image.alt or "", loading)

    def preload(self, image: Image | None, look: str) -> Markup:
        """Write the <link> that has the first picture fetched before the page is laid out."""
        if image is None:
            return Markup("")
        found = look_of(look)
        return Markup('<link rel="preload" as="image" imagesrcset="{}" imagesizes="{}" fetchpriority="high">').format(
            self._files(image, found), found.sizes
        )

    def _files(self, image: Image, look: Look) -> str:
        return candidates(self.signer.token(image.url), look, image.width if image.tint else 0)

    def image(self, url: str, alt: str = "") -> Markup:
        """Write an <img> for a picture inside a text."""
        return self.picture(Image(url, alt=alt), "figure")

    def own_name(self, tag: str) -> str:
        """Name a language the way those who speak it do."""
        return languages.own_name(tag)

    def absolute(self, path: str) -> str:
        """Give the full address of a path on this site."""
        return f"{self.origin}{path}"

    def parts(self, pieces: list[tuple[str, bool]]) -> Markup:
        """Write a text in pieces, with what was searched for marked."""
        return Markup("").join(Markup("<mark>{}</mark>").format(text) if hit else escape(text) for text, hit in pieces)


def _middle(look: Look) -> int:
    """Give the width for browsers that know no srcset."""
    return look.widths[len(look.widths) // 2]
