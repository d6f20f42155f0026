"""The pictures of a story's page: its coverage by outlet, where it is, what happened when."""

from collections.abc import Sequence

from octavo.domain.digest import Located
from octavo.serve.closely import Happened
from octavo.serve.here import Here
from octavo.serve.plots import days, places, strip
from octavo.serve.plots.axis import Clock
from octavo.serve.plots.svg import Drawing
from octavo.serve.storied import Told

_TEXT = 90
"""Letters of a headline or a sentence that are kept in a picture."""

_COUNTRIES = 2


def clock_of(here: Here) -> Clock:
    """Tell how the reader tells the time."""
    return Clock(here.language, here.zone, here.now)


def draw_coverage(here: Here, told: Sequence[Told]) -> Drawing | None:
    """Draw a story's articles over time, one row an outlet."""
    rows: dict[str, list[strip.Mark]] = {}
    for one in sorted(told, key=lambda one: one.card.time):
        mark = strip.Mark(one.card.time, _clipped(one.card.headline), one.kind)
        rows.setdefault(one.card.publisher_name, []).append(mark)
    own = sum(one.kind != "copy" for one in told)
    outlets = here.tn("{n} outlet", "{n} outlets", len(rows))
    firsthand = here.tn("{n} own report", "{n} own reports", own)
    carried = here.tn("{n} carried from others", "{n} carried from others", len(told) - own)
    words = strip.Words(
        here.t("When each outlet reported"),
        f"{outlets}: {firsthand}, {carried}.",
        [here.t("Outlet"), here.t("When")],
        {"own": here.t("own report"), "agency": here.t("agency report"), "copy": here.t("carried")},
    )
    return strip.draw_strip([strip.Row(name, marks) for name, marks in rows.items()], words, clock_of(here))


def draw_calendar(here: Here, found: Sequence[Happened]) -> Drawing | None:
    """Draw dated events, numbered as in their list; months and years stand in the list alone."""
    events = [
        days.Event(number, one.day, here.span(one.day, one.precision), _clipped(one.said.text), one.ahead)
        for number, one in enumerate(found, 1)
        if one.precision in {"day", "week"}
    ]
    told = here.tn("{n} dated event", "{n} dated events", len(events))
    head = [here.t("Day"), here.t("Event")]
    words = days.Words(here.t("What happened when"), f"{told}.", head, here.t("today"))
    return days.draw_days(events, words, clock_of(here))


def draw_places(here: Here, found: Sequence[Located]) -> Drawing | None:
    """Draw where a story is: one place below its country, or countries; None where one country says it all."""
    shown = worth_showing(found)
    if not shown:
        return None
    spots = [
        places.Spot(name_of(here, one), one.latitude, one.longitude, one.articles, one.whole, one.country)
        for one in shown
    ]
    listed = "، " if here.language.tag == "ar" else ", "
    words = places.Words(
        here.t("Where it is"),
        here.t("A map that shows {places}.", places=listed.join(spot.name for spot in spots)),
        [here.t("Place"), here.t("Articles about it")],
    )
    return places.draw_map(spots, words, here.language)


def worth_showing(found: Sequence[Located]) -> list[Located]:
    """Choose the places a map is worth: below a country, or several countries; none that another of them lies in."""
    named = {one.country for one in found if not one.whole}
    shown = [one for one in found if not one.whole or one.country not in named]
    return shown if named or len(shown) >= _COUNTRIES else []


def name_of(here: Here, place: Located) -> str:
    """Name a place in the page's language, as far as it has a name for it."""
    if place.whole:
        return here.language.country_name(place.country)
    return here.language.city_name(place.name, place.country)


def _clipped(text: str) -> str:
    return text if len(text) <= _TEXT else f"{text[:_TEXT].rsplit(' ', 1)[0]}…"
