"""Where apps ask: the base addresses people and programs put together, slashes too many or too few included."""

import re

_APPS = re.compile(
    r"^/+(?:(?:api/+(?:greader\.php|greader)/+)?(?:accounts/+ClientLogin|reader(?:/|$))"
    r"|api/+greader(?:\.php)?(?:/|$)|(?:api/+)?fever(?:\.php)?/*$|v1(?:/|$)|(?:healthcheck|version)/*$)"
)
_SLASHES = re.compile("/{2,}")


def for_apps(path: str) -> str:
    """Give the address an app means, without needless slashes; "" for one that is no app's.

    Apps send forms, which a redirect would lose.
    """
    if not _APPS.match(path):
        return ""
    if "://" in path:  # a feed's address is part of it, and has two slashes
        return path.rstrip("/")
    return _SLASHES.sub("/", path).rstrip("/")
