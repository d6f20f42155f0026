"""The languages of the interface: catalogues, plurals, numbers, dates and relative times, from CLDR through Babel."""

import gettext
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    format_timedelta,
    get_datetime_format,
    get_timezone_name,
)
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

FALLBACK = "en"

_RTL = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())
_RTL_SCRIPTS = frozenset("Arab Hebr Syrc Thaa Nkoo Adlm".split())
_DIGITS = {
    "arab": str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪"),
    "arabext": str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪"),
    "deva": str.maketrans("0123456789", "०१२३४५६७८९"),
    "beng": str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"),
}

_PLURALS_SEEN = 120
"""Counts tried to meet every plural category of whole numbers there is below a million."""

_STEPS = ((60, "second", 1), (3600, "minute", 60), (86_400, "hour", 3600), (7 * 86_400, "day", 86_400))


def direction(tag: str) -> str:
    """Tell which way a language is written: "rtl" or "ltr"; a script subtag decides where there is one."""
    primary, *rest = tag.split("-")
    for part in rest:
        if len(part) == 4:
            return "rtl" if part.title() in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary.lower() in _RTL else "ltr"


def own_name(tag: str) -> str:
    """Name a language in itself; its tag when CLDR has no name."""
    locale = _locale(tag, "")
    primary = tag.split("-")[0]
    name = str(locale.languages.get(tag.replace("-", "_")) or locale.languages.get(primary) or tag)
    return name[:1].upper() + name[1:]


_FONTS = ("newsreader-display", "newsreader-text")


@dataclass(frozen=True, slots=True)
class Language:
    """An interface language in one country: its words, and how it writes numbers and times."""

    tag: str
    locale: Locale
    catalogue: gettext.NullTranslations

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.tag)

    @property
    def fonts(self) -> Sequence[str]:
        """Name the font files its letters are in: a letter that is late is not drawn anew, so that nothing moves."""
        latin = get_global("likely_subtags").get(self.tag, "").partition("_")[2].startswith("Latn")
        beyond = [f"{one}-latin" for one in _FONTS] if latin and self.tag != FALLBACK else []
        return [*_FONTS, *beyond] if latin else _FONTS[:1]

    def t(self, text: str, **values: object) -> str:
        """Translate `text`, then fill in its {names}; numbers among them are written the language's way."""
        said = self.catalogue.gettext(text)
        return said.format(**self._written(values)) if values else said

    def tn(self, one: str, many: str, n: int, **values: object) -> str:
        """Translate a text that depends on the count `n`, by the language's own plural rule."""
        return self.catalogue.ngettext(one, many, n).format(**self._written({"n": n, **values}))

    def _written(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}

    def forms(self, one: str, many: str) -> dict[str, str]:
        """Give a text that depends on a count, with {n} left in, by CLDR's plural category: what a script needs."""
        found = {form: self.catalogue.ngettext(one, many, n) for form, n in _plurals(str(self.locale)).items()}
        return {"other": found.get("other", many), **found}

    @property
    def intl(self) -> str:
        """The locale as browsers' Intl is asked for it (BCP 47, with -u-nu-): the same digits as the server writes."""
        system = str(self.locale.default_numbering_system)
        return f"{str(self.locale).replace('_', '-')}-u-nu-{system if system in _DIGITS else 'latn'}"

    def number(self, value: float) -> str:
        """Write a number with the language's separators and digits."""
        return self.digits(_number(str(self.locale), value))

    def percent(self, share: float) -> str:
        """Write a share (0 to 1) as a whole percentage."""
        return self.digits(str(format_percent(share, locale=self.locale)))

    @property
    def comma(self) -> str:
        """What stands between the names of a list: ", ", "، ", "、"."""
        middle: str = self.locale.list_patterns["standard"]["middle"]
        mark = middle.removeprefix("{0}").removesuffix("{1}")
        # The CLDR's Arabic lists have an "and" there, which clings to the next word: to names in other letters, too.
        return "، " if any(map(str.isalpha, mark)) else mark

    def digits(self, text: str) -> str:
        """Write the digits of a text the way the country does: ٢٤ in Cairo, 24 in Dubai."""
        table = _DIGITS.get(str(self.locale.default_numbering_system))
        return text.translate(table) if table else text

    def ago(self, moment: datetime, now: datetime) -> str:
        """Say how long ago `moment` was; a day of the calendar once that is a week or more."""
        seconds = max(0, int((now - moment).total_seconds()))
        for limit, unit, size in _STEPS:
            if seconds < limit:
                count = seconds // size
                return self.t("now") if unit == "second" else self.digits(_ago(str(self.locale), unit, count))
        return self.short_day(moment, now)

    def short_day(self, moment: datetime, now: datetime) -> str:
        """Write a day briefly: without its year when that is the present one."""
        skeleton = "MMMd" if moment.year == now.year else "yMMMd"
        return self.digits(format_skeleton(skeleton, moment, locale=self.locale))

    def calendar_day(self, day: date) -> str:
        """Write a day briefly, without its year: 24 Nov."""
        return self.digits(format_skeleton("MMMd", day, locale=self.locale))

    def city_name(self, name: str, country: str = "") -> str:
        """Name a city by its English name, in this language where CLDR does: it does for those that name time zones.

        Without its country, a name that only one zone has is taken: a namesake is written in the same letters.
        """
        facts = self.locale.time_zones.get(_zones().get((name.replace("_", " "), country.upper()), ""), {})
        return str(facts.get("city", name))

    def long_day(self, moment: datetime, zone: ZoneInfo) -> str:
        """Write a day in full: Tuesday, 24 November 2026."""
        return self.digits(_long_day(str(self.locale), moment.astimezone(zone).date()))

    def day(self, day: date) -> str:
        """Write a day of the calendar with its year: 24 November 2026."""
        return self.digits(format_date(day, "long", locale=self.locale))

    def span(self, day: date, precision: str) -> str:
        """Write a day, or the month or year it begins; a week by its first day."""
        if precision == "year":
            return self.digits(str(day.year))
        if precision == "month":
            return self.digits(format_skeleton("yMMMM", day, locale=self.locale))
        return self.t("week of {day}", day=self.day(day)) if precision == "week" else self.day(day)

    def month(self, number: int) -> str:
        """Name a month, 1 to 12, as it stands alone; "" for any other number."""
        return str(self.locale.months["stand-alone"]["wide"].get(number, ""))

    def moment(self, moment: datetime, zone: ZoneInfo) -> str:
        """Write a point in time in full, to the minute, in `zone`."""
        return self.digits(_moment(str(self.locale), moment.replace(second=0, microsecond=0), zone))

    def clock(self, moment: datetime, zone: ZoneInfo) -> str:
        """Write the time of day: 14:05."""
        return self.digits(format_time(moment, "short", tzinfo=zone, locale=self.locale))

    def weekdays(self) -> list[str]:
        """Name the days of the week, Monday first."""
        names = self.locale.days["stand-alone"]["wide"]
        return [str(names[number]) for number in range(7)]

    def hour(self, at: time) -> str:
        """Write a time of day of no particular day: 7:00 AM."""
        return self.digits(format_time(at, "short", locale=self.locale))

    def language_name(self, tag: str) -> str:
        """Name a language in this one; its tag when CLDR has no name."""
        primary = tag.split("-")[0]
        return str(self.locale.languages.get(tag.replace("-", "_")) or self.locale.languages.get(primary) or tag)

    def country_name(self, code: str) -> str:
        """Name a country in this language; "" for none."""
        return str(self.locale.territories.get(code.upper(), code.upper())) if code else ""


@lru_cache(maxsize=1)
def _zones() -> Mapping[tuple[str, str], str]:
    """Give time zones by (English name of their city, country), and by (name, "") where no other has that name."""
    listed = get_global("zone_territories")
    found = {(zone.rsplit("/", 1)[-1].replace("_", " "), str(land)): zone for zone, land in listed.items()}
    often = Counter(name for name, _ in found)
    return found | {(name, ""): zone for (name, _), zone in found.items() if often[name] == 1}


@lru_cache(maxsize=256)
def _plurals(locale: str) -> Mapping[str, int]:
    """Give, for each plural category whole numbers have in a language, the smallest number in it."""
    category, found = Locale.parse(locale).plural_form, dict[str, int]()
    for n in range(_PLURALS_SEEN):
        found.setdefault(str(category(n)), n)
    return found


@lru_cache(maxsize=4096)
def _number(locale: str, value: float) -> str:
    return str(format_decimal(value, locale=locale))


@lru_cache(maxsize=256)
def _long_day(locale: str, day: date) -> str:
    return str(format_date(day, "full", locale=locale))


@lru_cache(maxsize=16_384)
def _moment(locale: str, moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    together = str(get_datetime_format("long", locale=locale)).replace("'", "")
    clock = f"{format_time(local, 'short', locale=locale)} {get_timezone_name(local, width='short', locale=locale)}"
    return together.replace("{0}", clock).replace("{1}", str(format_date(local, "long", locale=locale)))


@lru_cache(maxsize=8192)
def _ago(locale: str, unit: str, count: int) -> str:
    seconds = {"minute": 60, "hour": 3600, "day": 86_400}[unit] * max(1, count)
    said = str(format_timedelta(timedelta(seconds=-seconds), add_direction=True, threshold=1, locale=locale))
    # CLDR says "before"; Arabic newspapers say "since".
    return said.replace("قبل", "منذ", 1) if locale.startswith("ar") else said


@dataclass(frozen=True, slots=True)
class Languages:
    """Every catalogue there is, by language."""

    catalogues: Mapping[str, gettext.NullTranslations]

    def of(self, tag: str, country: str = "") -> Language:
        """Give the interface language for an edition's language and country; English where there is no catalogue."""
        spoken = tag if tag in self.catalogues else tag.split("-")[0]
        spoken = spoken if spoken in self.catalogues else FALLBACK
        return Language(tag=spoken, locale=_locale(spoken, country), catalogue=self.catalogues[spoken])


@lru_cache(maxsize=256)
def _locale(tag: str, country: str) -> Locale:
    for name in (f"{tag.replace('-', '_')}_{country.upper()}", tag.replace("-", "_"), FALLBACK):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(FALLBACK)


@cache
def read_languages() -> Languages:
    """List the catalogues in locale/, once; English is the language the texts are written in."""
    listed = sorted((files("octavo.serve") / "locale").iterdir(), key=lambda entry: entry.name)
    return Languages(Catalogues({file.name[:-3]: file for file in listed if file.name.endswith(".po")}))


class Catalogues(Mapping[str, gettext.NullTranslations]):
    """Catalogues, each read and compiled when it is first asked for: a site is begun in a moment, and few need all."""

    def __init__(self, places: Mapping[str, Traversable]) -> None:
        self._places = places
        self._read: dict[str, gettext.NullTranslations] = {FALLBACK: gettext.NullTranslations()}

    def __getitem__(self, tag: str) -> gettext.NullTranslations:
        """Give the catalogue of a language. Raises KeyError where there is none."""
        if tag not in self._read:
            compiled = io.BytesIO()
            write_mo(compiled, read_po(io.BytesIO(self._places[tag].read_bytes()), locale=tag.replace("-", "_")))
            compiled.seek(0)
            self._read[tag] = gettext.GNUTranslations(compiled)
        return self._read[tag]

    def __contains__(self, tag: object) -> bool:
        """Tell whether there is a catalogue of a language, without reading it."""
        return tag in self._read or tag in self._places

    def __iter__(self) -> Iterator[str]:
        """Go through the languages."""
        return iter({**self._read, **self._places})

    def __len__(self) -> int:
        """Count the languages."""
        return len({**self._read, **self._places})
