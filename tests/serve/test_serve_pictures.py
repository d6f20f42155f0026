"""Publishers' pictures: only addresses this instance signed, never private ones, always redrawn."""

import asyncio
import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib.resources import files
from itertools import pairwise
from typing import Any

import httpx
import pytest
from PIL import Image as Picture

from octavo.actions.opening import prepare_site
from octavo.actions.pictures import WIDTHS, Pictures
from octavo.adapters.fetchers.http import HttpFetcher
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.config import FetchSettings
from octavo.domain.picture import Fitness
from octavo.domain.picture import Picture as Known
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, StoreError, UnusablePicture
from octavo.extract.drawing import PALETTE
from octavo.serve.asgi import make_asgi
from octavo.serve.pictures import LOOKS, Signer
from octavo.store import facts, pictures

from .conftest import PICTURE, Reader, png


def signer(reader: Reader) -> Signer:
    with reader.tools.database.read() as view:
        return Signer(facts.get(view, facts.PICTURE_SECRET).encode())


def test_a_picture_is_redrawn_small_and_kept(reader: Reader) -> None:
    token = signer(reader).token(PICTURE)
    answer = reader.get(f"/picture/{token}/320", accept="image/avif,image/webp,*/*")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert "immutable" in answer.headers["cache-control"]
    assert Picture.open(io.BytesIO(answer.content)).size == (320, 160)
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["content-disposition"] == 'inline; filename="picture.webp"'
    assert (answer.headers["vary"], answer.headers["x-content-type-options"]) == ("Accept", "nosniff")
    assert (
        reader.get(f"/picture/{token}/320", accept="image/webp", if_none_match=answer.headers["etag"]).status_code
        == 304
    )
    plain = reader.get(f"/picture/{token}/640")
    assert (plain.status_code, plain.headers["content-type"]) == (200, "image/jpeg")
    assert reader.get(f"/picture/{token}/640.jpg", accept="image/webp").headers["content-type"] == "image/jpeg"
    assert reader.get(f"/picture/{token}/640.png").status_code == 404
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


def test_many_who_ask_at_once_cause_one_request(reader: Reader) -> None:
    shelf = Pictures(reader.tools.fetcher, reader.tools.blobs)
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda width: shelf.get(PICTURE, width, reader.clock.now), [320, 640, 960, 1280] * 4))
    assert len({len(one) for one in drawn}) == 4
    fetcher = reader.tools.fetcher
    assert isinstance(fetcher, RecordedFetcher)
    assert len(fetcher.asked) == 1


class Dripping(RecordedFetcher):
    """Answers as recorded; what is of "drip.example" comes only once `done` is set."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.done = threading.Event()

    def fetch(self, request: Request) -> Response:
        if "drip.example" in request.url:
            self.done.wait(60)
        return super().fetch(request)


def test_no_page_and_no_other_picture_waits_for_a_publisher_that_drips(make_reader: Callable[..., Reader]) -> None:
    other = "https://ledger.example/new.png"
    body = {url: Response(url, 200, {}, png(640, 480)) for url in (PICTURE, other)}
    fetcher = Dripping(body)
    reader = make_reader(fetcher=fetcher)
    sign = signer(reader).token
    assert reader.get(f"/picture/{sign(PICTURE)}/320").status_code == 200
    app = reader.site()

    async def ask() -> list[int]:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://reader.test", timeout=60) as client:
            dripping = [
                asyncio.create_task(client.get(f"/picture/{sign(f'https://drip.example/{number}.png')}/320"))
                for number in range(60)
            ]
            await asyncio.sleep(0.5)
            wanted = ("/en-gb/latest", f"/picture/{sign(PICTURE)}/320", f"/picture/{sign(other)}/320")
            try:
                answers = await asyncio.wait_for(asyncio.gather(*(client.get(path) for path in wanted)), 30)
            finally:
                fetcher.done.set()
                await asyncio.gather(*dripping)
            return [one.status_code for one in answers]

    assert asyncio.run(ask()) == [200, 200, 200]


def test_what_failed_is_left_alone_by_every_process_longer_each_time(reader: Reader) -> None:
    fetcher, now, gone = RecordedFetcher({}), reader.clock.now, "https://pictures.harbour.example/gone.png"
    for later, asked in ((0, 1), (9, 1), (11, 2), (40, 2), (60, 3)):
        another = Pictures(fetcher, reader.tools.blobs)
        with pytest.raises((FetchError, UnusablePicture)):
            another.get(gone, 320, now + timedelta(minutes=later))
        assert len(fetcher.asked) == asked, later


def test_what_is_not_kept_is_fetched_on_demand_only_where_that_is_allowed(reader: Reader) -> None:
    shelf = Pictures(reader.tools.fetcher, reader.tools.blobs, on_demand=False)
    with pytest.raises(UnusablePicture, match="on demand"):
        shelf.get(PICTURE, 320, reader.clock.now)
    assert isinstance(reader.tools.fetcher, RecordedFetcher)
    assert reader.tools.fetcher.asked == []


def test_pages_take_the_tint_and_leave_out_what_is_no_lead(reader: Reader) -> None:
    def front(picture: Known) -> str:
        reader.clock.now += timedelta(minutes=1)
        with reader.tools.database.transaction() as tx:
            pictures.save(tx, [picture])
        return reader.get("/en-gb").text

    token = signer(reader).token(PICTURE)
    page = front(Known(PICTURE, Fitness.READY, reader.clock.now, 7, 700, 400))
    assert f'<img class="t7" src="/picture/{token}/' in page
    assert f"/picture/{token}/960 700w" in page
    assert f"/picture/{token}/1280" not in page, "no wider than the picture is"
    assert '<link rel="preload" as="image"' in page
    assert token not in front(Known(PICTURE, Fitness.UNFIT, reader.clock.now, why="logo"))


def test_the_style_sheet_has_the_palettes_colours(reader: Reader) -> None:
    css = (files("octavo.serve") / "static" / "css" / "cards.css").read_text(encoding="utf-8")
    assert [f".t{n} {{ background: #{r:02x}{g:02x}{b:02x}; }}" in css for n, (r, g, b) in enumerate(PALETTE, 1)] == [
        True
    ] * len(PALETTE)


def test_widths_grow_by_half_at_most_and_every_look_is_drawn() -> None:
    assert all(wide <= 1.5 * narrow for narrow, wide in pairwise(WIDTHS))
    assert all(set(look.widths) <= set(WIDTHS) for look in LOOKS.values())
