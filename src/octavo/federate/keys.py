"""Keys of HTTP Signatures: RSA of 2048 bits, PKCS #1 v1.5 with SHA-256, as Mastodon takes them."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from octavo.domain.fediverse import KeyPair

_BITS = 2048
_LEAST, _MOST = 2048, 8192
"""Bits of other servers' keys: smaller ones can be broken, larger ones cost too much to check."""


def make_pair() -> KeyPair:
    """Make the key of an instance."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    private = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return KeyPair(private.decode(), public.decode())


def sign(private: str, text: bytes) -> bytes:
    """Sign a text with a key of ours."""
    key = load_pem_private_key(private.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the key of this instance is no RSA key")
    return key.sign(text, padding.PKCS1v15(), SHA256())


def is_signed(public: str, text: bytes, signature: bytes) -> bool:
    """Tell whether the owner of a public key signed a text; what is no key of a fitting size signed nothing."""
    try:
        key = load_pem_public_key(public.encode())
        if not isinstance(key, rsa.RSAPublicKey) or not _LEAST <= key.key_size <= _MOST:
            return False
        key.verify(signature, text, padding.PKCS1v15(), SHA256())
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True
