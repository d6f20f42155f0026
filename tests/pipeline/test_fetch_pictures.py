"""Lead pictures fetched ahead: which, once, and what is remembered of them (fetch_pictures)."""

import io
from dataclasses import replace
from datetime import timedelta

from PIL import Image as Canvas

from octavo.actions.pictures import Pictures, trim
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.config import PictureSettings, Settings
from octavo.domain.article import Article, Image, Rights
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.picture import Fitness, Picture
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.domain.web import Response
from octavo.pipeline.fetch_pictures import fetch_pictures
from octavo.ports.tools import Tools
from octavo.store import articles, pictures, publishers

from .conftest import NOW

GOOD, MISSING, LOGO, SHUT = (f"https://gazette.example/{name}.jpg" for name in ("a", "b", "house", "shut"))


def photo() -> bytes:
    """A picture with more than one colour, as JPEG."""
    out = io.BytesIO()
    Canvas.linear_gradient("L").resize((1600, 1000)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def kept(tools: Tools, leads: list[tuple[str, str, Rights]]) -> None:
    with tools.database.transaction() as tx:
        publishers.save(
            tx,
            [
                Publisher(PublisherId("open"), "Open", policy=DisplayPolicy.EXCERPT),
                Publisher(PublisherId("strict"), "Strict", policy=DisplayPolicy.HEADLINE),
            ],
        )
        articles.save(
            tx,
            [
                Article(
                    ArticleId(0),
                    f"https://{publisher}.example/{number}",
                    PublisherId(publisher),
                    f"Headline {number}",
                    "en",
                    NOW,
                    image=Image(url),
                    rights=rights,
                )
                for number, (publisher, url, rights) in enumerate(leads)
            ],
        )


def known(tools: Tools, *urls: str) -> dict[str, Picture]:
    with tools.database.read() as view:
        return pictures.of(view, urls)


def equipped(tools: Tools, **settings: int | bool) -> tuple[Tools, RecordedFetcher]:
    fetcher = RecordedFetcher({GOOD: Response(GOOD, 200, {}, photo())})
    given = Settings(data_dir=tools.settings.data_dir, pictures=PictureSettings(**settings))
    return replace(tools, fetcher=fetcher, settings=given), fetcher


def test_leads_are_fetched_once_and_what_is_not_shown_never(tools: Tools) -> None:
    ready, fetcher = equipped(tools)
    shut = Rights(robots=("noimageindex",))
    kept(
        ready, [("open", GOOD, Rights()), ("strict", SHUT, Rights()), ("open", SHUT, shut), ("open", MISSING, Rights())]
    )
    assert fetch_pictures(ready) == 2
    found = known(ready, GOOD, MISSING, SHUT)
    assert (found[GOOD].fitness, found[GOOD].width, found[GOOD].height) == (Fitness.READY, 1600, 1000)
    assert found[GOOD].tint > 0
    assert found[MISSING].fitness is Fitness.FAILED
    assert SHUT not in found
    assert fetch_pictures(ready) == 0, "known ones are left alone"
    assert sorted(asked.url for asked in fetcher.asked) == [GOOD, MISSING]
    assert not any(asked.prompt for asked in fetcher.asked), "nobody waits: the host is given its pauses"
    shelf = Pictures(RecordedFetcher({}), ready.blobs, on_demand=False)
    assert len(shelf.get(GOOD, 320, NOW)) < len(shelf.get(GOOD, 1280, NOW))
    assert fetch_pictures(replace(ready, now=lambda: NOW + timedelta(days=2))) == 1, "what failed is tried again"


def test_a_picture_above_many_stories_is_no_lead(tools: Tools) -> None:
    ready, fetcher = equipped(tools)
    kept(ready, [("open", LOGO, Rights())] * 4)
    assert fetch_pictures(ready) == 1
    assert (known(ready, LOGO)[LOGO].fitness, known(ready, LOGO)[LOGO].why) == (Fitness.UNFIT, "repeated")
    assert fetcher.asked == []


def test_it_can_be_turned_off_and_is_bounded(tools: Tools) -> None:
    ready, fetcher = equipped(tools, ahead=False)
    kept(ready, [("open", GOOD, Rights()), ("open", MISSING, Rights())])
    assert fetch_pictures(ready) == 0
    assert fetcher.asked == []
    assert fetch_pictures(equipped(tools, per_round=1)[0]) == 1


def test_the_oldest_drawings_make_room(tools: Tools) -> None:
    ready, _ = equipped(tools)
    shelf = Pictures(ready.fetcher, ready.blobs)
    shelf.add(GOOD, photo(), NOW)
    tools.blobs.put("pages/kept", b"x" * 1000)
    sizes = [one.size for one in ready.blobs.under("pictures")]
    assert len(sizes) == 7
    assert trim(ready.blobs, sum(sizes)) == 0
    assert trim(ready.blobs, 0) == 7
    assert tools.blobs.get("pages/kept")
