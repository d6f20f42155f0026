"""Signatures by value: Standard Webhooks' own example, WebSub's HMACs, and what is none."""

import hashlib
import hmac

import pytest

from octavo.text.signatures import PREFIX, hub_signature, is_signed_by, new_secret, signed

BODY = b'{"test": 2432232314}'


def test_a_message_is_signed_as_the_standard_shows() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    made = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    others = (
        signed(secret, "msg_other", 1614265330, BODY),
        signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265331, BODY),
        signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY + b" "),
        signed(new_secret(), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY),
    )
    assert made not in others


def test_secrets_are_long_and_never_twice_the_same() -> None:
    made = {new_secret() for _ in range(50)}
    assert len(made) == 50
    assert all(one.startswith(PREFIX) and len(one) == len(PREFIX) + 44 for one in made)
    with pytest.raises(ValueError, match="no secret"):
        signed("whsec_not base64", "msg", 1, BODY)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_what_a_hub_signed_is_known_by_any_method_the_standard_names(method: str) -> None:
    said = hmac.new(b"hush", BODY, getattr(hashlib, method)).hexdigest()
    assert is_signed_by("hush", f"{method}={said}", BODY)
    assert is_signed_by("hush", f" {method}={said.upper()} ", BODY)
    assert not is_signed_by("other", f"{method}={said}", BODY)
    assert not is_signed_by("hush", f"{method}={said}", BODY + b"x")
    assert not is_signed_by("hush", f"{method}={said[:-2]}", BODY)


def test_our_own_signature_is_known() -> None:
    assert hub_signature("hush", BODY).startswith("sha256=")
    assert is_signed_by("hush", hub_signature("hush", BODY), BODY)


@pytest.mark.parametrize(
    "said", ["", "sha256", "sha256=", "=aa", "md5=00", "blake2b=00", "sha256=zz", "sha256=" + "0" * 64, "sha256=00 00"]
)
def test_what_is_no_signature_is_refused(said: str) -> None:
    assert not is_signed_by("hush", said, BODY)


def test_nothing_is_signed_without_a_secret() -> None:
    said = f"sha256={hmac.new(b'', BODY, hashlib.sha256).hexdigest()}"
    assert not is_signed_by("", said, BODY)
