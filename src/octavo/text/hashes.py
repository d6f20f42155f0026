"""Content hashes: stable names for texts and addresses."""

import hashlib


def content_hash(*parts: str) -> str:
    """Name a text by its content: 32 hex digits of SHA-256 over the parts, which cannot run into each other."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()[:32]


def bytes_hash(data: bytes) -> str:
    """Name bytes by their content: 32 hex digits of SHA-256."""
    return hashlib.sha256(data).hexdigest()[:32]


def small_hash(text: str, bits: int) -> int:
    """Spread `text` evenly over [0, 2**bits); `bits` at most 64."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - bits)
