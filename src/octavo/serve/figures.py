"""Figures of a story in a reader's language: what is counted, of whom, where and of when; which rows can be shown."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from octavo.domain.figure import Figure, LedgerRow
from octavo.serve.here import Here

ROWS = 8
_FAR = 20.0
"""Times the middle value from which a number of a row is another thing's, and is not shown."""

_TWO = 2
_CURRENCY = 3
"""Letters of a currency's code (ISO 4217)."""


def presentable(rows: Sequence[LedgerRow]) -> list[tuple[LedgerRow, list[tuple[str, Figure]]]]:
    """Choose the rows that readers can compare: a known quantity, two outlets at least, one row for each scope.

    Gives each row with the figure that speaks for each outlet: its latest, where that stands most prominently.
    """
    chosen: dict[tuple[object, ...], tuple[LedgerRow, list[tuple[str, Figure]]]] = {}
    for row in rows:
        if not row.figures or not row.figures[0].known or not _nameable(row):
            continue
        spoken = _without_outliers([(outlet.publisher, _speaking(outlet.figures)) for outlet in row.outlets])
        if len(spoken) >= _TWO:
            chosen.setdefault((row.quantity, row.unit, row.who, row.where, row.period), (row, spoken))
    return list(chosen.values())[:ROWS]


def _nameable(row: LedgerRow) -> bool:
    return row.who <= WHO.keys() and all(part.split(":")[0] in {"m", "y"} or part in PERIODS for part in row.period)


def _speaking(figures: Sequence[Figure]) -> Figure:
    latest = max(figure.at for figure in figures)
    return min((one for one in figures if one.at == latest), key=lambda one: (one.part, one.passage.start))


def _without_outliers(spoken: Sequence[tuple[str, Figure]]) -> list[tuple[str, Figure]]:
    middle = median(figure.high for _, figure in spoken)
    return [
        (who, one)
        for who, one in spoken
        if middle / _FAR <= one.high <= middle * _FAR or (middle == 0 and one.high == 0)
    ]


def scope(here: Here, row: LedgerRow) -> str:
    """Say of whom, where and of when a row speaks."""
    parts = [WHO[who](here) for who in sorted(row.who) if who != "people"]
    parts += [here.language.country_name(country) for country in sorted(row.where)]
    parts += [_period(here, period) for period in sorted(row.period)]
    return " · ".join(part for part in parts if part)


def _period(here: Here, period: str) -> str:
    kind, _, value = period.partition(":")
    if kind == "m" and value.isdigit():
        return here.language.month(int(value))
    return here.language.digits(value) if kind == "y" else PERIODS[period](here)


Words = Callable[[Here], str]

PERIODS: Mapping[str, Words] = {
    "last_week": lambda here: here.t("last week"),
    "this_week": lambda here: here.t("this week"),
    "last_month": lambda here: here.t("last month"),
    "this_month": lambda here: here.t("this month"),
    "last_year": lambda here: here.t("last year"),
    "this_year": lambda here: here.t("this year"),
    "next_year": lambda here: here.t("next year"),
}

WHO: Mapping[str, Words] = {
    "people": lambda here: here.t("people"),
    "civilian": lambda here: here.t("civilians"),
    "soldier": lambda here: here.t("soldiers"),
    "police": lambda here: here.t("police"),
    "militant": lambda here: here.t("fighters"),
    "child": lambda here: here.t("children"),
    "woman": lambda here: here.t("women"),
    "man": lambda here: here.t("men"),
    "student": lambda here: here.t("students"),
    "tourist": lambda here: here.t("tourists"),
    "worker": lambda here: here.t("workers"),
    "journalist": lambda here: here.t("journalists"),
    "prisoner": lambda here: here.t("prisoners"),
    "migrant": lambda here: here.t("migrants"),
    "passenger": lambda here: here.t("passengers"),
    "foreigner": lambda here: here.t("foreigners"),
    "protester": lambda here: here.t("protesters"),
}

QUANTITIES: Mapping[str, Words] = {
    "killed": lambda here: here.t("Killed"),
    "injured": lambda here: here.t("Injured"),
    "missing": lambda here: here.t("Missing"),
    "arrested": lambda here: here.t("Arrested"),
    "evacuated": lambda here: here.t("Evacuated"),
    "displaced": lambda here: here.t("Displaced"),
    "homeless": lambda here: here.t("Homeless"),
    "rescued": lambda here: here.t("Rescued"),
    "trapped": lambda here: here.t("Trapped"),
    "abducted": lambda here: here.t("Abducted"),
    "infected": lambda here: here.t("Infected"),
    "hospitalised": lambda here: here.t("In hospital"),
    "vaccinated": lambda here: here.t("Vaccinated"),
    "crowd": lambda here: here.t("Crowd"),
    "votes": lambda here: here.t("Votes"),
    "turnout": lambda here: here.t("Turnout"),
    "seats": lambda here: here.t("Seats"),
    "price": lambda here: here.t("Price"),
    "growth": lambda here: here.t("Growth"),
    "inflation": lambda here: here.t("Inflation"),
    "unemployment": lambda here: here.t("Unemployment"),
    "rate": lambda here: here.t("Interest rate"),
    "jobs": lambda here: here.t("Jobs"),
    "barrels": lambda here: here.t("Barrels a day"),
    "magnitude": lambda here: here.t("Magnitude"),
    "wind": lambda here: here.t("Wind"),
    "temperature": lambda here: here.t("Temperature"),
    "rain": lambda here: here.t("Rain"),
    "revenue": lambda here: here.t("Revenue"),
    "profit": lambda here: here.t("Profit"),
    "loss": lambda here: here.t("Loss"),
    "deal": lambda here: here.t("Value of the deal"),
    "fine": lambda here: here.t("Fine"),
    "damage": lambda here: here.t("Damage"),
    "budget": lambda here: here.t("Budget"),
    "debt": lambda here: here.t("Debt"),
    "aboard": lambda here: here.t("On board"),
    "houses": lambda here: here.t("Homes"),
    "rockets": lambda here: here.t("Rockets"),
    "sentence": lambda here: here.t("Sentence"),
    "ceasefire": lambda here: here.t("Ceasefire"),
    "tariff": lambda here: here.t("Tariff"),
    "shares": lambda here: here.t("Shares"),
    "deployed": lambda here: here.t("Deployed"),
    "condemned": lambda here: here.t("Sentenced to death"),
}
"""Every quantity of the vocabulary (data/figures) by its key; a test holds the two together."""


def amount(here: Here, figure: Figure) -> str:
    """Write a number in the page's language: a range as such, a share and money with their signs."""
    number = here.language.number
    written = number(figure.low) if figure.low == figure.high else f"{number(figure.low)}–{number(figure.high)}"
    if figure.unit == "%":
        return here.language.digits(f"{written}%")
    return f"{written} {figure.unit}" if len(figure.unit) == _CURRENCY and figure.unit.isupper() else written


def label(here: Here, quantity: str) -> str:
    """Name a quantity of the vocabulary."""
    return QUANTITIES[quantity](here)
