"""What short lines around articles say, in many languages: sign-ups, links, credits, errors; evidence, no proof."""

import re
from collections.abc import Sequence
from functools import cache
from operator import itemgetter

_PHRASES = {
    "signup": (
        "e-bült|تطبيقنا|حمّل|تابعوا|تابعونا|"
        "newsletter|subscri|sign up|sign in|signup|log in|login|abonn|s'inscrire|inscri|suscr|registr|"
        "anmeld|assine|assinante|zapisz się|prenumer|bülten|bulten|подпис|підпис|اشترك|النشرة|订阅|"
        "訂閱|登录|登錄|メルマガ|会員|구독|download the|download our|free trial|join us|join our|"
        "inbox|support us|donat|spende|unterstütz|soutenez"
    ),
    "related": (
        "read more|read also|read next|read the|also read|more on|more from|more about|more stories|"
        "related|recommended|you may|you might|see also|don't miss|up next|watch:|lees ook|lees meer|"
        "meer over|lire aussi|lire la|lire plus|voir aussi|mehr zum|mehr zu|mehr über|mehr dazu|"
        "mehr infos|lesen sie|weiterlesen|auch interessant|lest auch|siehe auch|leia também|leia mais|"
        "saiba mais|veja também|leggi anche|leggi di|leggi tutto|te puede|lea también|lea además|"
        "más información|leer más|czytaj|zobacz|les også|läs mer|läs också|læs også|læs mere|lue myös|"
        "читайте|читать|дивіться|ayrıca|ilgili haber|baca juga|اقرأ|المزيد|شاهد أيضا|延伸阅读|相关|"
        "相關|推荐|関連|あわせて|관련|xem thêm|trending|most read|most popular|meistgelesen|les plus|"
        "click here|learn more|view all|see all"
    ),
    "advert": (
        "advert|sponsor|anzeige|werbung|publicit|publicidad|pubblicit|reklam|annons|annonce|iklan|"
        "affiliate|commission|promo code|реклама|إعلان|广告|廣告|広告|광고|paid content|paid post|"
        "paid partner|shop now|buy now|angebot"
    ),
    "credit": (
        "photo|foto|image|picture|bild:|bildquelle|bildrechte|quelle|source|getty|shutterstock|istock|"
        "unsplash|crédit|crédito|credit:|courtesy|fonte:|fuente:|imago|illustration|фото|صورة|图片|"
        "圖片|写真|사진|screenshot|archiv|afp|dpa"
    ),
    "consent": (
        "cookie|consent|privacy|datenschutz|einwillig|einverstanden|externe inhalt|externen inhalt|"
        "externer inhalt|redaktioneller inhalt|confidentialit|rgpd|privacidad|prywatno|third-party|"
        "third part|tracker|terms of|personenbezogen|drittplattform"
    ),
    "error": (
        "javascript|browser|navigateur|navegador|retrieving data|failed to|try again|could not|"
        "something went|error|loading|please enable|please wait|please upgrade|not supported|"
        "slideshow|wird geladen"
    ),
    "comments": (
        "comment|kommentar|commentaire|comentario|comentári|reageer|reactie|yorum|коммент|комент|"
        "تعليق|评论|評論|留言|コメント|댓글|leave a|be the first|your email|reply"
    ),
    "share": (
        "share|teilen|partage|compart|condivid|facebook|twitter|whatsapp|linkedin|telegram|instagram|"
        "pinterest|copy link|kopier|print|email|e-mail|follow|folge|suivez|sígu|segui|شارك|分享|"
        "シェア|공유|save article|youtube"
    ),
    "rights": (
        "©|copyright|all rights|alle rechte|tous droits|todos los derechos|版权|版權|無断転載|저작권|"
        "disclaimer|disclosure"
    ),
    "date": (
        "minute|hour|days ago|min read|lesezeit|lesedauer|updated|published|aktualisiert|mis à|publi|"
        "actualizado|stand:|posted|uppdaterad|publicerad|opublikowan|обновлен|güncelle"
    ),
    "byline": (
        "reporter|editor|correspondent|redakteur|journalist|redaktion|contributed|freelance|author|"
        "autor|written by|reporting by|редак|автор|記者|记者|is a |about the"
    ),
    "contents": (
        "table of|contents|inhaltsverzeichnis|in this|jump to|skip to|sommaire|índice|key takeaway|"
        "frequently asked|references|sources|footnotes|faq"
    ),
}

_PLACEHOLDERS = (
    "externen inhalt", "externe inhalte", "externer inhalt", "redaktioneller inhalt", "personenbezogene daten",
    "mit einem klick", "datenschutzerklärung", "javascript", "html5 video", "your browser", "contenu externe",
    "contenido externo", "external content", "third-party", "cookie", "privacy settings", "consent", "retrieving data",
    "access your portfolio", "einwilligung", "drittplattformen", "tracking",
)  # fmt: skip
_TWO = 2  # of them in one short text: an article says one, a box in place of a video or for subscribers says several
_TIME = re.compile(r"\d{1,2}[:h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|(?:19|20)\d{2}年|\b(?:19|20)\d{2}\b")
_DIGIT = re.compile(r"\d")
_BY = frozenset("by von par por di door av af przez text autor author oleh yazan автор".split())
NAMES = (*_PHRASES, "time", "by")
_OPENING = "(\"'[*>→»|"
_LONGEST = 260  # characters; longer text is judged by its other looks
_LONGEST_PITCH = 700  # characters; a longer text says something else too
_START = 3
_BEGINNING = itemgetter(slice(_START))


@cache
def _by_start() -> tuple[dict[str, list[tuple[str, int]]], list[tuple[str, int]]]:
    """Phrases by their first letters; and those of scripts written without spaces, which may stand anywhere."""
    starts: dict[str, list[tuple[str, int]]] = {}
    anywhere = []
    for number, listed in enumerate(_PHRASES.values()):
        for phrase in listed.split("|"):
            if len(phrase) < _START or "\u3000" < phrase[0] < "\ud7ff":
                anywhere.append((phrase, 1 << number))
            else:
                starts.setdefault(phrase[:_START], []).append((phrase, 1 << number))
    return starts, anywhere


@cache
def _starts() -> frozenset[str]:
    return frozenset(_by_start()[0])


@cache
def _anywhere() -> re.Pattern[str]:
    """The first letters of the phrases that may stand anywhere."""
    return re.compile("[" + re.escape("".join({phrase[0] for phrase, _ in _by_start()[1]})) + "]")


def is_placeholder(text: str) -> bool:
    """Tell the text of a box that stands where something could not, or may not yet, be shown."""
    if len(text) > 2 * _LONGEST:
        return False
    lowered = text.lower()
    return sum(phrase in lowered for phrase in _PLACEHOLDERS) >= _TWO


def placeholders(texts: Sequence[str]) -> list[int]:
    """Find the placeholders among many texts, by number."""
    whole = "\n".join(texts).lower()
    if sum(phrase in whole for phrase in _PLACEHOLDERS) < _TWO:
        return []
    return [number for number, text in enumerate(texts) if is_placeholder(text)]


@cache
def _signing_up() -> re.Pattern[str]:
    """What asks to sign up, subscribe or give, at the beginning of a word; in scripts without spaces, anywhere."""
    listed = _PHRASES["signup"].split("|")
    spaced = [re.escape(phrase) for phrase in listed if not "\u3000" < phrase[0] < "\ud7ff"]
    others = [re.escape(phrase) for phrase in listed if "\u3000" < phrase[0] < "\ud7ff"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})|{'|'.join(others)}")


def is_pitch(text: str) -> bool:
    """Tell a text that asks for more than one thing: to sign up, to subscribe, to give, to join."""
    return len(text) <= _LONGEST_PITCH and len(set(_signing_up().findall(text.lower()))) >= _TWO


def phrases_in(text: str) -> int:
    """Tell which kinds of phrase a short text holds: bit n for NAMES[n]; 0 for long text."""
    return phrases_of([text.replace("\n", " ")])[0]


def phrases_of(texts: Sequence[str]) -> list[int]:
    """Tell of each of many texts, none of them with line ends, which kinds of phrase it holds (see phrases_in)."""
    short = [text if len(text) <= _LONGEST else "" for text in texts]
    whole = "\n".join(short).lower()
    if not whole.isascii():
        whole = whole.replace("i\u0307", "i")  # what a Turkish capital I with a dot becomes
    opened = whole
    for mark in _OPENING:
        opened = opened.replace(mark, " ")
    unspaced = not whole.isascii() and _anywhere().search(whole) is not None
    return [
        _judge(lowered, split.split(), unspaced=unspaced) if lowered else 0
        for lowered, split in zip(whole.split("\n"), opened.split("\n"), strict=True)
    ]


def _judge(lowered: str, words: list[str], *, unspaced: bool) -> int:
    found = _found(lowered, words, unspaced=unspaced)
    digit = _DIGIT.search(lowered)
    if digit and _TIME.search(lowered, digit.start()):
        found |= 1 << len(_PHRASES)
    if len(words) < 12 and words and words[0].strip(":") in _BY:
        found |= 1 << (len(_PHRASES) + 1)
    return found


def _found(lowered: str, words: list[str], *, unspaced: bool) -> int:
    """The kinds of the phrases that begin a word of a text; in scripts without spaces, of those anywhere in it."""
    starts, anywhere = _by_start()
    found = 0
    for start in _starts().intersection(map(_BEGINNING, words)):
        for phrase, bit in starts[start]:
            if phrase in lowered:
                found |= bit
    if unspaced and not lowered.isascii() and _anywhere().search(lowered):
        for phrase, bit in anywhere:
            if phrase in lowered:
                found |= bit
    return found
