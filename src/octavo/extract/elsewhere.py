"""Where else a page says that its article stands: as AMP, or set for print."""

from octavo.extract.images import absolute
from octavo.extract.structured import Statements
from octavo.text.urls import canonical_url, host_of, publisher_host

_CACHE = "cdn.ampproject.org"
_FORMS = ("amphtml", "print")


def other_form(statements: Statements, url: str) -> str:
    """The address of the page's AMP form, else of its print form; "" where it names none of its own.

    It counts on the publisher's own host, and AMP in the AMP cache too.
    """
    for form in _FORMS:
        for relation, _, stated in statements.links:
            address = absolute(url, stated) if relation == form else ""
            if address and canonical_url(address) != canonical_url(url) and _is_own(address, url, form):
                return address
    return ""


def _is_own(address: str, url: str, form: str) -> bool:
    host = host_of(address)
    cached = form == "amphtml" and (host == _CACHE or host.endswith(f".{_CACHE}"))
    return cached or publisher_host(host) == publisher_host(host_of(url))
