"""What short lines around articles say, in many languages: sign-ups, links, credits, errors; evidence, no proof."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

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
_FEW, _LONG_BY = 12, 40  # words of a line that may name the writer; characters that hold its first word
_SPACE, _LINE_END = map(ord, " \n")


@cache
def _by_start() -> dict[int, list[tuple[str, int]]]:
    """Phrases by their first letters, as `_number` has them: those that stand at the beginning of a word."""
    starts: dict[int, list[tuple[str, int]]] = {}
    for number, listed in enumerate(_PHRASES.values()):
        for phrase in listed.split("|"):
            start = phrase[:_START]
            if not _stands_anywhere(phrase) and " " not in start:
                letters = np.array([[ord(letter)] for letter in start], np.int64)
                starts.setdefault(int(_number(*letters)[0]), []).append((phrase, 1 << number))
    return starts


@cache
def _starts() -> Numbers:
    return np.array(sorted(_by_start()), np.int64)


def _stands_anywhere(phrase: str) -> bool:
    """Tell the phrases of scripts written without spaces."""
    return len(phrase) < _START or "\u3000" < phrase[0] < "\ud7ff"


@cache
def _anywhere() -> tuple[re.Pattern[str], list[tuple[str, int]]]:
    """Phrases that may stand anywhere; and a pattern of their first letters."""
    listed = [(phrase, 1 << n) for n, phrases in enumerate(_PHRASES.values()) for phrase in phrases.split("|")]
    found = [(phrase, bit) for phrase, bit in listed if _stands_anywhere(phrase)]
    return re.compile("[" + re.escape("".join({phrase[0] for phrase, _ in found})) + "]"), found


def _number(first: Numbers, second: Numbers, third: Numbers) -> Numbers:
    """Three letters as one number."""
    return (first << 42) | (second << 21) | third


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
    whole = "\n".join([text if len(text) <= _LONGEST else "" for text in texts]).lower()
    if not whole.isascii():
        whole = whole.replace("i\u0307", "i")  # what a Turkish capital I with a dot becomes
    lines = whole.split("\n")
    found = [0] * len(lines)
    _find_begun(whole, lines, found)
    unspaced, anywhere = _anywhere()
    if not whole.isascii() and unspaced.search(whole):
        for number, line in enumerate(lines):
            if not line.isascii() and unspaced.search(line):
                found[number] |= sum({bit for phrase, bit in anywhere if phrase in line})
    for number, line in enumerate(lines):
        digit = _DIGIT.search(line)
        if digit and _TIME.search(line, digit.start()):
            found[number] |= 1 << len(_PHRASES)
    return found


def _find_begun(whole: str, lines: list[str], found: list[int]) -> None:
    """Add the kinds of the phrases that begin a word of a line, and whether a short line begins with "By"."""
    opened = f"\n{whole}\n\n\n"
    for mark in _OPENING:
        opened = opened.replace(mark, " ")
    codes = np.frombuffer(opened.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    line_ends = codes == _LINE_END
    space = line_ends | (codes == _SPACE)
    begins = np.flatnonzero(space[:-1] > space[1:]) + 1
    of_line = np.searchsorted(np.flatnonzero(line_ends), begins) - 1
    starts = _number(codes[begins], codes[begins + 1], codes[begins + 2])
    known = _starts()
    hits = np.flatnonzero(known[np.minimum(np.searchsorted(known, starts), len(known) - 1)] == starts)
    for number, start in set(zip(of_line[hits].tolist(), starts[hits].tolist(), strict=True)):
        for phrase, bit in _by_start()[start]:
            if phrase in lines[number]:
                found[number] |= bit
    counts = np.bincount(of_line, minlength=len(lines))
    firsts = begins[np.searchsorted(of_line, np.flatnonzero((counts > 0) & (counts < _FEW)))]
    few = np.isin(codes[firsts], _by_letters())
    for first, number in zip(firsts[few].tolist(), np.searchsorted(begins, firsts[few]).tolist(), strict=True):
        if opened[first : first + _LONG_BY].split(None, 1)[0].strip(":") in _BY:
            found[int(of_line[number])] |= 1 << (len(_PHRASES) + 1)


@cache
def _by_letters() -> Numbers:
    return np.array(sorted({ord(word[0]) for word in _BY} | {ord(":")}), np.int64)
