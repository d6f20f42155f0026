"""Words and sentences in any script; counts and reading time."""

import re

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:['’·-][^\W{_UNSPACED}]+)*+")
_UNSPACED_ONE = re.compile(rf"[{_UNSPACED}]")
_SPACED_WORD = re.compile(r"\w+(?:['’·-]\w+)*+")  # the same where no such script is written
_PLAIN_JOIN = re.compile(r"(?<=\w)['-](?=\w)")  # what joins two parts of a word
_GAPS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_STOP = re.compile(r"[.!?…。！？؟।॥]++[\"”’»›)\]」』]*+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Jr|Sr|vs|No|Nr|ca|bzw|Mio|Mrd|Hr|Fr|Sra|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|art|al|approx|etc|Inc|Ltd|Co|Corp|M|Mme|Mlle|т|г|ул|им|prof|inż|mgr|ul|"
    r"(?:[^\W\d_]\.)+[^\W\d_])\.$"
)
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_FULL_WIDTH = frozenset("。！？।॥")

WORDS_A_MINUTE = 230
CHARACTERS_A_MINUTE = 500  # scripts written without spaces


def words(text: str) -> list[str]:
    """Split text into words; in scripts written without spaces every character is one."""
    spaced = text.isascii() or not _UNSPACED_ONE.search(text)
    return (_SPACED_WORD if spaced else _WORD).findall(text)


def count_words(text: str) -> int:
    """Count the words of a text (characters, in scripts written without spaces)."""
    if text.isascii():  # the same by splitting, three times as fast
        return len(_PLAIN_JOIN.sub("", text).translate(_GAPS).split())
    return len(words(text))


def reading_minutes(text: str) -> int:
    """Whole minutes a reader needs, at least 1."""
    found = words(text)
    unspaced = sum(len(word) == 1 and not word.isascii() for word in found)
    minutes = (len(found) - unspaced) / WORDS_A_MINUTE + unspaced / CHARACTERS_A_MINUTE
    return max(1, round(minutes))


def sentences(text: str) -> list[str]:
    """Split text into sentences; a line end always ends one. Abbreviations and ordinals do not."""
    return [sentence for line in text.split("\n") for sentence in _line_sentences(line)]


def _line_sentences(line: str) -> list[str]:
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(line):
        end = stop.end()
        if _ends_sentence(line, stop, start):
            found.append(line[start:end].strip())
            start = end
    rest = line[start:].strip()
    return [sentence for sentence in [*found, rest] if sentence]


def _ends_sentence(line: str, stop: re.Match[str], start: int) -> bool:
    end = stop.end()
    if stop.group()[0] in _FULL_WIDTH or end == len(line):
        return True
    if not line[end].isspace():
        return False
    following = line[end:].lstrip()[:1]
    if following.islower():
        return False
    if stop.group() != ".":
        return True
    before = line[max(start, end - 16) : end]
    return not (_ABBREVIATION.search(before) or (_ORDINAL.search(before) and following.isalpha()))


def clip(text: str, limit: int) -> str:
    """Cut text to at most `limit` characters, at a sentence's end when one lies past the middle, else at a word's."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[: limit + 1]
    ends = [stop.end() for stop in _STOP.finditer(head) if stop.end() <= limit and _ends_sentence(text, stop, 0)]
    if ends and ends[-1] > limit // 2:
        return head[: ends[-1]]
    space = head.rfind(" ", limit // 2)
    return head[: space if space > 0 else limit - 1].rstrip(" ,;:–—-") + "…"
