"""Publishers' pictures: only addresses this instance signed, never private ones, always redrawn."""

import io
from collections.abc import Callable

import pytest
from PIL import Image as Picture

from octavo.actions.opening import prepare_site
from octavo.adapters.fetchers.http import HttpFetcher
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.config import FetchSettings
from octavo.domain.web import Response
from octavo.errors import StoreError
from octavo.serve.asgi import make_asgi
from octavo.serve.pictures import Signer
from octavo.store import facts

from .conftest import PICTURE, Reader, png


def signer(reader: Reader) -> Signer:
    with reader.tools.database.read() as view:
        return Signer(facts.get(view, facts.PICTURE_SECRET).encode())


def test_a_picture_is_redrawn_small_and_kept(reader: Reader) -> None:
    token = signer(reader).token(PICTURE)
    answer = reader.get(f"/picture/{token}/320")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert "immutable" in answer.headers["cache-control"]
    assert Picture.open(io.BytesIO(answer.content)).size == (320, 160)
    assert reader.get(f"/picture/{token}/640").status_code == 200
    fetcher = reader.tools.fetcher
    assert isinstance(fetcher, RecordedFetcher)
    assert [asked.url for asked in fetcher.asked] == [PICTURE], "the publisher is asked once"


def test_pages_ask_only_this_instance_for_pictures(reader: Reader) -> None:
    page = reader.get("/en-gb").text
    assert f"/picture/{signer(reader).token(PICTURE)}/640" in page
    assert f'src="{PICTURE}' not in page


@pytest.mark.parametrize("token", ["", "x", "A" * 40, "not-base64-é", "a" * 5000])
def test_forged_tokens_are_not_there(reader: Reader, token: str) -> None:
    assert reader.get(f"/picture/{token}/640").status_code == 404


def test_a_token_of_another_secret_is_not_there(reader: Reader) -> None:
    assert reader.get(f"/picture/{Signer(b'other').token(PICTURE)}/640").status_code == 404
    assert reader.get(f"/picture/{signer(reader).token(PICTURE)}/641").status_code == 404
    assert reader.get(f"/picture/{signer(reader).token(PICTURE)}/9999999999").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.png",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/a.png",
        "http://10.0.0.1/a.png",
    ],
)
def test_private_addresses_are_refused(make_reader: Callable[..., Reader], url: str) -> None:
    fetcher = HttpFetcher(FetchSettings(), lambda: reader.clock.now)
    reader = make_reader(fetcher=fetcher)
    try:
        answer = reader.get(f"/picture/{signer(reader).token(url)}/640")
    finally:
        fetcher.close()
    assert answer.status_code == 404
    assert "127.0.0.1" not in answer.text


def test_what_is_no_picture_is_not_shown(make_reader: Callable[..., Reader]) -> None:
    svg = "https://pictures.harbour.example/a.svg"
    cut = "https://pictures.harbour.example/cut.png"
    answers = {
        svg: Response(svg, 200, {"content-type": "image/svg+xml"}, b"<svg onload='alert(1)'/>"),
        cut: Response(cut, 200, {}, png()[:60]),
    }
    reader = make_reader(fetcher=RecordedFetcher(answers))
    for url in answers:
        answer = reader.get(f"/picture/{signer(reader).token(url)}/640")
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")


def test_the_secret_is_made_once_and_nothing_is_served_without_it(
    reader: Reader, sqlite_database: SqliteDatabase
) -> None:
    before = signer(reader).secret
    prepare_site(sqlite_database)
    assert signer(reader).secret == before
    assert len(before) == 64
    with sqlite_database.transaction() as tx:
        facts.set(tx, facts.PICTURE_SECRET, "")
    with pytest.raises(StoreError, match=r"app\.make_web"):
        make_asgi(reader.tools)
