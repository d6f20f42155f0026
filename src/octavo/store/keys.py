"""Short keys for long names: an index row has a limit, an address has none."""

import hashlib

CLIPPED = 300
"""Characters kept of an indexed name (a hashtag, a section, a reason); longer ones are junk or an attack."""


def key_of(name: str) -> bytes:
    """Name `name` by 16 bytes of its SHA-256; two names in the lifetime of an instance will not share one."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:16]


def clip(name: str) -> str:
    """Cut an indexed name to what an index can hold."""
    return name[:CLIPPED]
