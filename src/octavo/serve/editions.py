"""Which edition a reader sees: by name, or by the languages their browser asks for. Never by their address."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from octavo.domain.edition import EditionPlan
from octavo.domain.ids import EditionKey

FIRST = EditionKey("en-gb")

_ZONES = dict(
    pair.split("=")
    for pair in (
        "ae=Asia/Dubai ar=America/Argentina/Buenos_Aires at=Europe/Vienna au=Australia/Sydney az=Asia/Baku "
        "be=Europe/Brussels br=America/Sao_Paulo ca=America/Toronto ch=Europe/Zurich cn=Asia/Shanghai "
        "de=Europe/Berlin eg=Africa/Cairo es=Europe/Madrid fr=Europe/Paris gb=Europe/London ie=Europe/Dublin "
        "il=Asia/Jerusalem in=Asia/Kolkata it=Europe/Rome jp=Asia/Tokyo mx=America/Mexico_City ng=Africa/Lagos "
        "pl=Europe/Warsaw pt=Europe/Lisbon sa=Asia/Riyadh tr=Europe/Istanbul tw=Asia/Taipei ua=Europe/Kyiv "
        "us=America/New_York za=Africa/Johannesburg"
    ).split()
)


def zone_of(plan: EditionPlan) -> ZoneInfo:
    """Give an edition's own time zone, else that of its country's capital or largest city; UTC where none is known."""
    try:
        return ZoneInfo(plan.zone or _ZONES.get(plan.country, "UTC"))
    except ZoneInfoNotFoundError:
        return ZoneInfo("UTC")


def choose(plans: Mapping[EditionKey, EditionPlan], accept_language: str, preferred: str = "") -> EditionKey:
    """Choose an edition: the instance's own, else the first whose language and country, then language, is asked for."""
    if preferred in plans:
        return EditionKey(preferred)
    for tag in accepted(accept_language):
        if tag in plans:
            return EditionKey(tag)
        same = in_language(plans, tag)
        if same:
            return same[0]
    return FIRST if FIRST in plans else next(iter(plans))


def in_language(plans: Mapping[EditionKey, EditionPlan], tag: str) -> list[EditionKey]:
    """List the countries' editions in a language: first that of the country named after it, Britain's for English."""
    primary = tag.split("-")[0].lower()
    home = {"en": "gb", "ar": "ae", "uk": "ua", "zh": "cn", "ja": "jp", "he": "il", "hi": "in", "pt": "br"}
    wanted = home.get(primary, primary)
    same = [plan for plan in plans.values() if plan.language.split("-")[0] == primary and not plan.places]
    return [plan.key for plan in sorted(same, key=lambda plan: (plan.country != wanted, plan.key))]


def accepted(header: str) -> list[str]:
    """Read Accept-Language (RFC 9110 §12.5.4): tags in lower case, most wanted first, those refused left out."""
    wanted: list[tuple[float, int, str]] = []
    for position, part in enumerate(header[:500].split(",")[:20]):
        tag, _, parameter = part.strip().partition(";")
        quality = parameter.strip().removeprefix("q=") or "1"
        try:
            weight = float(quality)
        except ValueError:
            continue
        if tag.strip() and tag.strip() != "*" and 0 < weight <= 1:
            wanted.append((-weight, position, tag.strip().lower()))
    return [tag for _, _, tag in sorted(wanted)]
