"""What an article is made of: mainly text, or pictures, a film, a recording; by evidence that adds up."""

import re
from collections.abc import Sequence

from octavo.domain.article import Block, BlockKind, Form
from octavo.extract.layout import Layout
from octavo.extract.structured import Statements, Thing
from octavo.text.urls import path_of

_ENOUGH = 2.0
_MOST_WORDS = {Form.VIDEO: 150, Form.AUDIO: 250, Form.GALLERY: 1_500}
"""Words of a text that is more than what is said beside a film, a recording, a row of pictures."""

_TYPES = {
    Form.VIDEO: frozenset({"videoobject", "movie", "clip", "tvepisode", "videogallery"}),
    Form.AUDIO: frozenset({"audioobject", "podcastepisode", "radioepisode", "episode"}),
    Form.GALLERY: frozenset({"imagegallery", "mediagallery", "photogallery"}),
}
_OPEN_GRAPH = {Form.VIDEO: ("video",), Form.AUDIO: ("music", "audio", "podcast"), Form.GALLERY: ("gallery", "photo")}
_NAMES = {
    Form.VIDEO: frozenset(
        "video videos vidéo vidéos vídeo vídeos vídeos watch filmy wideo tv-video film clips filmpje filmpjes videolar "
        "видео відео فيديو 视频 影片 動画 영상 동영상 वीडियो".split()
    ),
    Form.AUDIO: frozenset(
        "audio podcast podcasts podcasty radio listen ecouter hören escuchar ascolta подкаст подкасты بودكاست 播客 "
        "音频 ポッドキャスト 팟캐스트 पॉडकास्ट".split()
    ),
    Form.GALLERY: frozenset(
        "gallery galleries galerie galeries galeria galerias galería galerías galleria gallerie galeri fotogaleri "
        "fotogalerie fotogaleria fotogalería fotogallery fotos foto photos photo pictures in-pictures photo-gallery "
        "slideshow slideshows diaporama diaporamas bilderstrecke bilderstrecken fotostrecke fotostrecken bilder "
        "bildspel billedserie fotoreportage photoessay photo-essay zdjecia zdjęcia фото фоторепортаж صور 图集 组图 "
        "写真 写真特集 화보 포토 तस्वीरें".split()
    ),
}
_PLAYERS = re.compile(
    r"youtube(?:-nocookie)?\.com/|youtu\.be/|vimeo\.com/|dailymotion\.com/|brightcove|jwplayer|jwplatform|/player/|"
    r"video|twitch\.tv/|rutube\.|bilibili|nicovideo",
    re.IGNORECASE,
)
_SOUNDS = re.compile(
    r"soundcloud|open\.spotify|podcasts\.apple|podigee|acast|megaphone|simplecast|buzzsprout|podbean|audioboom|spreaker|"
    r"libsyn|podcast|audio",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[/_\s|,·:]+")
_MANY, _VERY_MANY = 6, 12  # pictures
_WORDS_EACH = 60  # words a picture in a gallery, at most


def find_form(
    statements: Statements, main: Thing | None, layout: Layout, blocks: Sequence[Block], words: int, address: str
) -> Form:
    """The form whose evidence is enough, the best of several; text where there is none or too many words.

    `address` is the article's URL; `words` counts its text without captions.
    """
    sums = {form: _stated(form, statements, main, address) for form in _TYPES}
    framed = [
        media.attributes.get("src") or media.attributes.get("data-src") or ""
        for media in layout.media
        if media.tag.endswith("iframe")
    ]
    sums[Form.VIDEO] += any(media.tag == "video" for media in layout.media) or any(map(_PLAYERS.search, framed))
    sums[Form.AUDIO] += any(map(_SOUNDS.search, framed))
    pictures = sum(block.kind is BlockKind.FIGURE for block in blocks)
    if words < _WORDS_EACH * pictures:
        sums[Form.GALLERY] += (pictures >= _MANY) + (pictures >= _VERY_MANY)
    fit = {form: found for form, found in sums.items() if found >= _ENOUGH and words < _MOST_WORDS[form]}
    return max(fit, key=fit.__getitem__) if fit else Form.TEXT


def _stated(form: Form, statements: Statements, main: Thing | None, address: str) -> float:
    """What the page states for a form: types of JSON-LD and Open Graph, a part of its address, its section."""
    found = 0.0
    if main and main.types & _TYPES[form]:
        found += 2.0
    elif statements.types & _TYPES[form]:
        found += 1.0
    if statements.first("og:type").lower().startswith(_OPEN_GRAPH[form]):
        found += 1.5
    sections = f"{main.section if main else ''}|{statements.first('article:section')}".lower()
    named = {*_SEPARATOR.split(path_of(address).lower()), *_SEPARATOR.split(sections)}
    if named & _NAMES[form]:
        found += 1.0
    if form is Form.VIDEO and (statements.first("og:video", "og:video:url", "twitter:player")):
        found += 0.5
    return found
