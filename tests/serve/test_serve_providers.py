"""Signing in by a provider of identities: the whole way, and every answer that is not to be believed."""

import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.domain.web import Request, Response

from .conftest import NOW, Reader, Visitor

ISSUER = "https://tower.example/realm"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "one"})
CONFIGURATION = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


class Provider(RecordedFetcher):
    """A provider that vouches for whom the test says, with what the test changes in its answer."""

    def __init__(self, configuration: Mapping[str, str] = CONFIGURATION) -> None:
        said = Response("", 200, {}, json.dumps(configuration).encode())
        keys = Response("", 200, {}, json.dumps(KeySet([KEY]).as_dict()).encode())
        super().__init__({f"{ISSUER}/.well-known/openid-configuration": said, f"{ISSUER}/keys": keys})
        self.claims: dict[str, Any] = {}
        self.key: Any = KEY
        self.algorithm = "RS256"
        self.nonce = ""

    def fetch(self, request: Request) -> Response:
        if request.url != f"{ISSUER}/token":
            return super().fetch(request)
        self.asked.append(request)
        moment = int(NOW.timestamp())
        claims = {"iss": ISSUER, "aud": "octavo", "sub": "s-1", "iat": moment, "exp": moment + 60, "nonce": self.nonce}
        claims |= {"preferred_username": "ada.l", "email": "ada@example.org", "email_verified": True} | self.claims
        token = jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.key, algorithms=[self.algorithm])
        return Response(request.url, 200, {}, json.dumps({"id_token": token, "access_token": "x"}).encode())


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def site(make_reader: Callable[..., Reader], provider: Provider) -> Reader:
    """A newspaper for those the tower vouches for."""
    tower = {"key": "tower", "label": "The Tower", "issuer": ISSUER, "client_id": "octavo"}
    accounts = {"password_memory_kib": 7_168, "providers": [tower]}
    return make_reader(settings={"accounts": accounts}, fetcher=provider, provider_secrets={"tower": "s3cret"})


def go(visitor: Visitor, provider: Provider, path: str = "/en-gb/sign-in/with/tower") -> dict[str, str]:
    """Go to the provider; gives what it was asked."""
    answer = visitor.post(path, {"back": "latest"})
    assert answer.status_code == 200, answer.text
    address = html.unescape(re.findall(r'href="([^"]+)"', answer.text)[0])
    assert address.startswith(f"{ISSUER}/authorize?")
    asked = {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
    provider.nonce = asked["nonce"]
    return asked


def come_back(visitor: Visitor, asked: Mapping[str, str], state: str = "") -> httpx.Response:
    return visitor.get(f"/sign-in/from/tower?code=c0de&state={state or asked['state']}")


def test_somebody_vouched_for_gets_an_account_and_keeps_it(site: Reader, provider: Provider) -> None:
    ada = site.visitor()
    assert "Sign in with The Tower" in ada.get("/en-gb/sign-in").text
    asked = go(ada, provider)
    assert asked["code_challenge_method"] == "S256"
    assert come_back(ada, asked).headers["location"] == "/en-gb/latest"
    assert "Your account, ada.l" in ada.get("/en-gb").text
    sent = next(one for one in provider.asked if one.sent)
    assert b"code_verifier=" in (sent.sent or b"")
    again = site.visitor()
    come_back(again, go(again, provider))
    assert "Your account, ada.l" in again.get("/en-gb").text, "the same account, not a second one"


CLAIMS: list[dict[str, Any]] = [
    {"iss": "https://other.example"},
    {"aud": "somebody-else"},
    {"aud": ["octavo", "x"], "azp": "x"},
    {"exp": int(NOW.timestamp()) - 600},
    {"iat": int(NOW.timestamp()) + 600},
    {"nonce": "another"},
    {"sub": ""},
]


@pytest.mark.parametrize("claims", CLAIMS)
def test_claims_that_are_not_for_us_now_are_not_believed(
    site: Reader, provider: Provider, claims: dict[str, Any]
) -> None:
    ada = site.visitor()
    asked = go(ada, provider)
    provider.claims = claims
    assert come_back(ada, asked).status_code == 403
    assert "octavo" not in ada.cookies


@pytest.mark.parametrize("how", ["another key", "shared secret"])
def test_signatures_by_others_are_not_believed(site: Reader, provider: Provider, how: str) -> None:
    ada = site.visitor()
    asked = go(ada, provider)
    if how == "another key":
        provider.key = OTHER
    else:
        provider.key, provider.algorithm = (
            OctKey.import_key("s3cret-s3cret-s3cret-s3cret-s3cret", {"kid": "one"}),
            "HS256",
        )
    assert come_back(ada, asked).status_code == 403


def test_an_answer_is_taken_once_and_only_from_the_browser_that_asked(site: Reader, provider: Provider) -> None:
    ada, eve = site.visitor(), site.visitor()
    asked = go(ada, provider)
    assert come_back(eve, asked).status_code == 403, "eve's browser never left for the provider"
    assert come_back(ada, asked, "made-up").status_code == 403
    assert come_back(ada, asked).status_code == 303
    ada.cookies.pop("octavo")
    assert come_back(ada, asked).status_code == 403


def test_who_has_the_same_address_is_not_taken_for_the_same_person(
    make_reader: Callable[..., Reader], provider: Provider
) -> None:
    tower = {"key": "tower", "label": "The Tower", "issuer": ISSUER, "client_id": "octavo"}
    accounts = {"password_memory_kib": 7_168, "sign_up": "open", "providers": [tower]}
    site = make_reader(settings={"accounts": accounts}, fetcher=provider)
    ada = site.visitor().sign_up("ada", email="ada@example.org")
    stranger = site.visitor()
    come_back(stranger, go(stranger, provider))
    assert "Your account, ada.l" in stranger.get("/en-gb").text
    provider.claims = {"sub": "s-2"}
    assert come_back(ada, go(ada, provider, "/en-gb/account/providers/tower")).headers["location"] == "/en-gb/account"
    other = site.visitor()
    come_back(other, go(other, provider))
    assert "Your account, ada" in other.get("/en-gb").text
    assert ada.post("/en-gb/account/providers/tower/remove").status_code == 303
    assert stranger.post("/en-gb/account/providers/tower/remove").status_code == 403, "it is the only way in"


@pytest.mark.parametrize(
    "changed", [{"issuer": "https://evil.example"}, {"token_endpoint": "http://tower.example/token"}, {"jwks_uri": ""}]
)
def test_a_provider_that_is_not_what_was_named_is_not_asked(
    site: Reader, provider: Provider, changed: dict[str, str]
) -> None:
    said = json.dumps({**CONFIGURATION, **changed}).encode()
    provider.answers[f"{ISSUER}/.well-known/openid-configuration"] = Response("", 200, {}, said)
    assert site.visitor().post("/en-gb/sign-in/with/tower").status_code == 403
