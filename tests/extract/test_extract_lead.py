"""The picture a publisher leads with, and who is credited for it."""

import time

import pytest

from octavo.domain.article import Image
from octavo.extract.layout import Layout
from octavo.extract.lead import find_lead_image, is_same
from octavo.extract.metadata import choose_main
from octavo.extract.picture_credit import split_credit
from octavo.extract.structured import read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import parse

URL = "https://gazette.example/news/ferry"
TEXT = "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings until the end of March.</p>"


def _lead(body: str, head: str = "", feed: str = "", stated: str = "") -> Image | None:
    script = f'<script type="application/ld+json">{stated}</script>' if stated else ""
    tree = parse(f"<html><head>{head}{script}</head><body>{body}{TEXT}</body></html>")
    assert tree.body
    statements, layout = read_statements(tree), lay_out(tree.body)
    begins = next(number for number, piece in enumerate(layout.pieces) if piece.text.startswith("The winter"))
    return find_lead_image(statements, choose_main(statements, layout, URL), layout, URL, feed, begins)


def _url(image: Image | None) -> str:
    return image.url.removeprefix("https://gazette.example") if image else ""


def _figure(source: str, words: str = "", attributes: str = "") -> str:
    return f'<figure><img src="{source}" {attributes}><figcaption>{words}</figcaption></figure>'


def _shared(source: str) -> str:
    return f'<meta property="og:image" content="{source}">'


def test_a_picture_is_described_by_what_the_page_states() -> None:
    stated = (
        '{"@type":"NewsArticle","headline":"x","image":{"@type":"ImageObject","url":"/quay-7431.jpg?w=9",'
        '"caption":"A boat","creditText":"Photo: Ann Lee","width":"1600px","height":{"@value":900}}}'
    )
    image = _lead("", _shared("/quay-7431.jpg"), stated=stated)
    assert image == Image("https://gazette.example/quay-7431.jpg", "A boat", "Ann Lee", "", 1600, 900)


def test_the_words_of_its_figure_come_first() -> None:
    figure = _figure(
        "/640/quay-7431.jpg", "The quay on Monday. Photo: Ann Lee/Tarn Press", 'alt="A quay" width=640 height=400'
    )
    image = _lead("<h1>Ferry</h1>" + figure, _shared("/1200/quay-7431.jpg"))
    assert image == Image(
        "https://gazette.example/1200/quay-7431.jpg", "The quay on Monday.", "Ann Lee/Tarn Press", "A quay", 640, 400
    )


def test_the_picture_above_the_text_is_the_lead_where_another_is_shared() -> None:
    head = _shared("/cards/ferry-stays-91.png")
    assert _url(_lead("<h1>Ferry</h1>" + _figure("/quay-7431.jpg"), head)) == "/quay-7431.jpg"
    assert _url(_lead("<h1>Ferry</h1>" + _figure("/quay-7431_w250.jpg"), head)) == "/cards/ferry-stays-91.png", (
        "a thumb"
    )
    aside = f'<div class="related">{_figure("/storm-5512.jpg")}</div>'
    assert _url(_lead("<h1>Ferry</h1>" + aside, head)) == "/cards/ferry-stays-91.png"


def test_a_file_made_for_sharing_gives_way_to_the_same_picture() -> None:
    stated = '{"@type":"NewsArticle","headline":"x","image":["/square/quay-7431.jpg","/wide/quay-7431.jpg"]}'
    assert _url(_lead("", _shared("/branded/quay-7431.jpg"), stated=stated)) == "/wide/quay-7431.jpg"
    assert _url(_lead("", _shared("/branded/quay-7431.jpg"))) == "/branded/quay-7431.jpg"
    shown = "<h1>Ferry</h1>" + _figure("/640/quay-7431.jpg")
    assert _url(_lead(shown, _shared("/branded/quay-7431.jpg"))) == "/640/quay-7431.jpg"


def test_a_page_that_states_none() -> None:
    figure = _figure("/boat-1.jpg", attributes='alt="A boat"')
    body = f'<img src="/logo.png" width=900><img src="/icon.jpg" width=32>{figure}'
    image = _lead(body)
    assert image is not None
    assert (_url(image), image.alt) == ("/boat-1.jpg", "A boat")
    assert _url(_lead("", feed="/feed-200.jpg")) == "/feed-200.jpg"
    assert _lead("", _shared("/default-share.png"), "javascript:alert(1)") is None


def test_a_page_of_nothing() -> None:
    assert find_lead_image(read_statements(parse("")), None, Layout(), URL, "") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/1200/quay-7431.jpg", "/640/quay-7431.jpg", True),
        ("/quay-7431-1024x683.jpg", "/quay-7431-scaled.jpg", True),
        ("/alternates/SOCIAL/157526023", "/alternates/ORIGINAL/157526023", True),
        ("/resize?url=https%3A%2F%2Fcdn.example%2F9c36b38b2b0b.jpg&w=3", "/x/9c36b38b2b0b.webp", True),
        ("/assets/quay-tarn-100~1280x720?cb=1", "/assets/quay-tarn-100~2400x1350?cb=2", True),
        ("/12345678_1742411809_v16_9_1600.jpeg", "/87654321_1742411000_v16_9_1600.jpeg", False),
        ("/photo/a/large.jpg", "/photo/b/large.jpg", False),
        ("/quay-7431.jpg", "/quay-7432.jpg", False),
    ],
)
def test_one_picture_in_two_sizes(one: str, other: str, same: bool) -> None:
    assert is_same(f"https://gazette.example{one}", f"https://cdn.example{other}") is same


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("A boat. Photo: Ann Lee", ("A boat.", "Ann Lee")),
        ("A boat (Foto: Ann Lee)", ("A boat", "Ann Lee")),
        ("A boat. © Ann Lee", ("A boat.", "Ann Lee")),
        ("A boat. Bild © Bo Ray (tv)", ("A boat.", "Bo Ray (tv)")),
        ("A boat.Bo Ray/dpa", ("A boat.", "Bo Ray/dpa")),
        ("A boat on the quay. Getty Images/Bo Ray", ("A boat on the quay.", "Getty Images/Bo Ray")),
        ("A boat on the quay. (AP Photo/Ann Lee) AP Photo", ("A boat on the quay.", "AP Photo/Ann Lee")),
        ("A boat on the quay. (Ann Lee)", ("A boat on the quay.", "Ann Lee")),
        ("A boat. — Picture by Bo Ray", ("A boat.", "Bo Ray")),
        ("Photos by Ann Lee; illustration by Bo Ray", ("", "Ann Lee; illustration by Bo Ray")),
        ("Photo courtesy of Ann Lee", ("", "Ann Lee")),
        ("Un ferry à quai, le 3 mars 2026. ANN LEE / AFP", ("Un ferry à quai, le 3 mars 2026.", "ANN LEE / AFP")),
        ("La barca in porto (foto ANSA)", ("La barca in porto", "ANSA")),
        ("Prom na rzece. Fot. Jan Lis / Agencja", ("Prom na rzece.", "Jan Lis / Agencja")),
        ("Färjan vid kajen. Foto: Bo Ray/TT Visa mer", ("Färjan vid kajen.", "Bo Ray/TT")),
        ("Паром у причала. Фото: Анна Ли, Вестник", ("Паром у причала.", "Анна Ли, Вестник")),
        ("Пором біля причалу (фото: Анна Лі)", ("Пором біля причалу", "Анна Лі")),
        ("العبارة في الميناء (تصوير: آن لي)", ("العبارة في الميناء", "آن لي")),
        ("العبارة في الميناء (رويترز)", ("العبارة في الميناء", "رويترز")),
        ("岸壁の渡船＝13日（港湾局提供）", ("岸壁の渡船＝13日", "港湾局提供")),
        ("渡轮停靠。新华社记者 李明 摄", ("渡轮停靠。", "李明")),
        ("부두의 여객선 [사진 출처 = 연합뉴스]", ("부두의 여객선", "연합뉴스")),
        ("Vapur iskelede. Fotoğraf: Ayşe Ak", ("Vapur iskelede.", "Ayşe Ak")),
        ("Phà cập bến. Ảnh: An Lê", ("Phà cập bến.", "An Lê")),
        ("המעבורת ברציף. צילום: אן לי", ("המעבורת ברציף.", "אן לי")),
        ("Getty Images", ("", "Getty Images")),
        ("A boat", ("A boat", "")),
        ("Ann Lee", ("Ann Lee", "")),
        ("Mayor Ann R. Lee", ("Mayor Ann R. Lee", "")),
        ("Ann Lee (left) and Bo Ray (right)", ("Ann Lee (left) and Bo Ray (right)", "")),
        ("The quay before the storm. (Archivbild)", ("The quay before the storm. (Archivbild)", "")),
        ("", ("", "")),
    ],
)
def test_credits_leave_captions(caption: str, parts: tuple[str, str]) -> None:
    assert split_credit(caption) == parts


@pytest.mark.parametrize("unit", ["(", "Foto ", "A ", "Ab.Ab.", "A/", "©", "Foto:", "[a", "摄 ", "Photo by "])
def test_hostile_captions_take_no_time(unit: str) -> None:
    begun = time.process_time()
    split_credit(unit * 100_000)
    assert time.process_time() - begun < 0.2
