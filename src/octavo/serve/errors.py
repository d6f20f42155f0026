"""Our errors to HTTP answers: one table, and a page that says what to do next and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from octavo.domain.edition import EditionPlan
from octavo.domain.ids import EditionKey
from octavo.errors import (
    Conflict,
    FetchError,
    Gone,
    InputError,
    NoRoom,
    NotAllowed,
    NotFound,
    OctavoError,
    SignInRequired,
    SlowDown,
    StoreBusy,
    StoreError,
    StoreFull,
)
from octavo.serve.contexts import Frame, PlainPage
from octavo.serve.here import Here

STATUSES: tuple[tuple[type[OctavoError], int], ...] = (
    (NotFound, 404),
    (InputError, 422),
    (SignInRequired, 401),
    (NotAllowed, 403),
    (Conflict, 409),
    (SlowDown, 429),
    (Gone, 410),
    (FetchError, 502),
    (NoRoom, 503),
    (StoreError, 503),
)
"""The first class an error belongs to decides."""

_RETRY = {429: "60", 502: "60", 503: "10"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader is told: both sentences are translated."""

    heading: str
    words: str


def status_of(error: Exception) -> int:
    """Give the status of an error; 500 for one nobody raised on purpose."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def headers_of(status: int, error: Exception | None = None) -> Mapping[str, str]:
    """Give the headers an error's answer has: never kept, and when to come back where that helps."""
    headers = {"cache-control": "no-store"}
    if status in _RETRY:
        headers["retry-after"] = "2" if isinstance(error, StoreBusy) else _RETRY[status]
    return headers


def error_page(status: int, here: Here, path: str, error: Exception | None = None) -> PlainPage:
    """Make the page of an error. The error's own words stay here: they are for those who run the instance."""
    said = _full(here) if isinstance(error, StoreFull) else _said(status, here)
    frame = Frame(title=said.heading, description=said.words, path=path, kind="error", index=False)
    return PlainPage(frame=frame, heading=said.heading, words=said.words)


def _full(here: Here) -> Said:
    return Said(
        here.t("There is no room left"),
        here.t(
            "The disk of this newspaper is full, so nothing new can be kept. What was kept is safe; "
            "try again once there is room."
        ),
    )


def _said(status: int, here: Here) -> Said:
    known = {
        401: Said(here.t("Sign in first"), here.t("This needs an account on this newspaper.")),
        403: Said(
            here.t("This is not allowed"),
            here.t("Your account may not do this, or the page you came from was too old: go back and load it anew."),
        ),
        409: Said(here.t("Somebody was faster"), here.t("This was changed meanwhile: go back and load the page anew.")),
        404: Said(
            here.t("There is nothing at this address"),
            here.t(
                "The article may have been withdrawn, or the address mistyped. Search for it, or go to the front page."
            ),
        ),
        405: Said(here.t("This page can only be read"), here.t("Go back, and open it by its link.")),
        410: Said(
            here.t("This page is gone"), here.t("It was withdrawn for good. Search for what else there is about it.")
        ),
        429: Said(here.t("That was a lot at once"), here.t("Wait a minute, then go on reading.")),
        503: Said(
            here.t("The newspaper is busy"),
            here.t("Its database does not answer just now. Try again in a few seconds."),
        ),
    }
    if status in known:
        return known[status]
    if status < 500:
        return Said(here.t("This cannot be asked"), here.t("Check the address, or go to the front page."))
    return Said(
        here.t("Something went wrong here"),
        here.t("It is our fault, and it was written down. Try again, or go to the front page."),
    )


def plan_in(path: str, plans: Mapping[EditionKey, EditionPlan]) -> EditionPlan | None:
    """Give the edition an address names, if it names one."""
    return plans.get(EditionKey(path.lstrip("/").split("/", 1)[0].split(".", 1)[0]))
