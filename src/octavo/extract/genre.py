"""The genre a publisher claims: opinion, analysis, review, interview, live; by types, labels, address, structure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from octavo.domain.article import Genre
from octavo.extract.hints import Hint
from octavo.extract.layout import TAG_BITS, Layout
from octavo.extract.structured import Statements, Thing
from octavo.text.urls import path_of

_TYPES = {
    Genre.LIVE: frozenset({"liveblogposting"}),
    Genre.OPINION: frozenset({"opinionnewsarticle"}),
    Genre.ANALYSIS: frozenset({"analysisnewsarticle", "backgroundnewsarticle"}),
    Genre.REVIEW: frozenset({"reviewnewsarticle", "review", "criticreview"}),
    Genre.INTERVIEW: frozenset({"interview"}),
}
_WORDS = {
    Genre.LIVE: """
        live liveblog live-blog liveticker live-ticker ticker newsticker newsblog live-updates
        live-update en-direct en-directo en-vivo minuto-a-minuto ao-vivo in-diretta diretta canlı
        canlı-anlatım онлайн прямой-эфир наживо مباشر بث-مباشر زنده লাইভ लाइव 直播 文字直播 ライブ 실시간 na-żywo
        na-zywo direkte siaran-langsung trực-tiếp liverapport
    """,
    Genre.OPINION: """
        opinion opinions op-ed oped comment commentary column columns columnist columnists editorial
        editorials viewpoint viewpoints letters commentisfree meinung meinungen kommentar kommentare
        kolumne kolumnen leitartikel gastbeitrag gastkommentar gastbeitrage glosse leserbrief
        leserbriefe standpunkt tribune tribunes chronique chroniques éditorial editos edito édito
        point-de-vue points-de-vue débats debats idees opinión opinio columna columnas columnistas
        editoriales tribuna firmas opinioni commenti commento editoriale editoriali opinião opiniao
        coluna colunas colunistas opinie opiniestuk ledare ledarsida leder lederartikkel kronik kronikk
        krönika kolumn debatt mielipide pääkirjoitus paakirjoitus kolumni komentarz komentarze felieton
        felietony názory nazory komentáře vélemény velemeny publicisztika opinii gnomi γνώμη απόψεις
        görüş gorus köşe-yazıları kose-yazilari yazarlar мнение мнения колонка колонки колумнисты думка
        думки погляд погляди رأي آراء مقالات مقالات-رأي کالم یادداشت דעות विचार संपादकीय राय মতামত
        সম্পাদকীয় opini tajuk kolom góc-nhìn goc-nhin quan-điểm quan-diem 社说 社评 社評 社論 社论 评论 評論 时评
        观点 觀點 社説 論説 オピニオン コラム 사설 칼럼 오피니언 maoni essay
    """,
    Genre.ANALYSIS: """
        analysis news-analysis analyses analyse analysen hintergrund explainer explainers explained
        décryptage decryptage décryptages análisis analisis análise analises analise analisi
        approfondimenti approfondimento analyysi analiza analizy analýza analyzy elemzés elemzes анализ
        аналитика аналіз аналітика تحليل تحليلات تحلیل ניתוח विश्लेषण বিশ্লেষণ analiz phân-tích
        phan-tich 分析 深度分析 解説 분석 해설 uchambuzi bakgrund
    """,
    Genre.REVIEW: """
        review reviews book-review film-review movie-reviews film-reviews book-reviews album-reviews
        restaurant-reviews rezension rezensionen filmkritik buchkritik critique critiques reseña reseñas
        resena resenas crítica críticas critica criticas recensione recensioni recensie recensies
        recension recensioner anmeldelse anmeldelser arvostelu arvostelut recenzja recenzje recenze
        рецензия рецензии рецензія eleştiri elestiri مراجعة مراجعات समीक्षा 书评 影评 書評 影評 レビュー 리뷰 서평
        ulasan resensi
    """,
    Genre.INTERVIEW: """
        interview interviews im-gespräch gespräch gespraech entretien entretiens entrevista entrevistas
        intervista interviste intervju intervjuer haastattelu haastattelut wywiad wywiady rozhovor
        rozhovory interjú interju röportaj roportaj söyleşi soylesi интервью інтервю інтервʼю مقابلة
        مقابلات حوار حوارات گفتگو مصاحبه ראיון ראיונות साक्षात्कार इंटरव्यू সাক্ষাৎকার wawancara
        phỏng-vấn phong-van 专访 專訪 访谈 訪談 インタビュー 인터뷰 mahojiano
    """,
}
_BY_WORD = {word: genre for genre, words in _WORDS.items() for word in words.split()}
_LIVE_ADDRESS = re.compile(
    r"/live/|[-/]live(?:-updates|blog|ticker)?(?:-\d+)?(?:\.\w{3,5})?$|live-?(?:blog|ticker)(?![a-z])"
)
_LIVE_TITLE = re.compile(
    r"(?:^|[|:–—+-]\s?)(?:live|liveticker|liveblog|live[- ](?:updates|blog|ticker)|en direct|en directo|en vivo|"
    r"minuto a minuto|ao vivo|(?:in )?diretta|canlı|онлайн|прям(?:ой эфир|ая трансляция)|наживо|مباشر|بث مباشر|"
    r"直播|ライブ|실시간|na żywo|direkte|trực tiếp|siaran langsung)(?:\s?[|:–—+-]|$)",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^[\W_]{0,3}([^\W\d_][\w’' -]{2,24}?)\s?(?:[:：|¦]|\s[–—-]\s)")
_CLOCK = re.compile(
    r"^\W{0,3}((?:[01]?\d|2[0-3])(?:[:h][0-5]\d|\.[0-5]\d(?=\s?uhr)))(?:\s?(?:uhr|am|pm|a\.m\.|p\.m\.|h|hs|น))?(?:\W|$)",
    re.IGNORECASE,
)
_POST = 45  # characters of a line that heads a post with its time
_POSTS = 7  # timed posts that make a ticker
_LABEL = 30  # characters of a kicker
_ABOVE = 2  # pieces above a headline
_NAVIGATION = Hint.NAVIGATION | Hint.SIDEBAR | Hint.POPUP | Hint.HIDDEN | TAG_BITS["nav"] | TAG_BITS["ul"]
_ELSEWHERE = Hint.RELATED | Hint.COMMENTS | Hint.SIDEBAR | Hint.FOOTER | Hint.NAVIGATION | Hint.CARDS
_TYPE, _NAMED, _HINTED, _ENOUGH = 3.0, 2.0, 1.0, 2.0
_DEEPEST = 4  # parts of an address that name sections


@dataclass(frozen=True, slots=True)
class Claims:
    """Where a genre may be named: address, section, keywords, headline, and the labels printed above the headline."""

    url: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    headline: str = ""
    labels: tuple[str, ...] = ()
    posts: int = 0
    """Posts with a time of their own in the text."""


def find_genre(statements: Statements, main: Thing | None, claims: Claims) -> Genre:
    """The genre with the most evidence, when it is enough; news otherwise. A keyword alone never is."""
    sums = dict.fromkeys(_TYPES, 0.0)
    types = main.types if main else frozenset()
    for genre, names in _TYPES.items():
        sums[genre] += _TYPE * bool(types & names)
    sums[Genre.LIVE] += _NAMED * ("liveblogposting" in statements.types) + _NAMED * (claims.posts >= _POSTS)
    path = path_of(claims.url).lower().rstrip("/")
    sums[Genre.LIVE] += _NAMED * bool(_LIVE_ADDRESS.search(path)) + _NAMED * bool(_LIVE_TITLE.search(claims.headline))
    prefix = _PREFIX.match(claims.headline)
    named = [*path.split("/")[1:][:_DEEPEST], claims.section, *claims.labels, prefix.group(1) if prefix else ""]
    for genre in _named(named) - {Genre.LIVE}:
        sums[genre] += _NAMED
    if Genre.LIVE in _named([claims.section, *claims.labels]):
        sums[Genre.LIVE] += _NAMED
    first = path.rpartition("/")[2].partition("-")[0]
    for hinted in (claims.keywords, (first,)):
        for genre in _named(hinted):
            sums[genre] += _HINTED
    best = max(sums, key=sums.__getitem__)
    return best if sums[best] >= _ENOUGH else Genre.NEWS


def _named(texts: Iterable[str]) -> set[Genre]:
    """The genres these texts are the names of, whole; "Opinion | Sport" is two texts."""
    parts = (part for text in texts for part in re.split(r"[|/·,;›>]", text[:200]))
    found = (_BY_WORD.get("-".join(part.lower().replace("'", "ʼ").split())) for part in parts)
    return {genre for genre in found if genre}


def claims_of(layout: Layout, chosen: Sequence[int], stated: Claims) -> Claims:
    """Add to what is stated of the genre what the page prints: labels above the headline, posts with times."""
    heads = [mark.piece for mark in layout.marked if mark.kind == "h1"] or list(chosen[:1])
    labels = [text for head in heads[:2] for text in _labels(layout, head)]
    return replace(stated, labels=tuple(labels), posts=_posts(layout, chosen))


def _labels(layout: Layout, head: int) -> Iterator[str]:
    for piece in layout.pieces[max(0, head - _ABOVE) : head]:
        boxes = layout.chain(piece.box)[:2]
        named = piece.hints & Hint.LABEL or any(layout.boxes[box].hints & Hint.LABEL for box in boxes)
        if named and len(piece.text) <= _LABEL and not layout.around.local[piece.box] & _NAVIGATION:
            yield piece.text


def _posts(layout: Layout, chosen: Sequence[int]) -> int:
    """Count the different times of day that head posts between the first and the last piece of the text."""
    if not chosen:
        return 0
    times = set()
    for piece in layout.pieces[chosen[0] : chosen[-1] + 1]:
        clock = _CLOCK.match(piece.text) if len(piece.text) <= _POST else None
        if clock and not any(layout.boxes[box].hints & _ELSEWHERE for box in layout.chain(piece.box)[:5]):
            times.add(clock.group(1))
    return len(times)
