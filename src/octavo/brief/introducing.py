"""How plainly a sentence says who or what a name in it is: "X, the engineer", "the river X", "X is a …"."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from octavo.text.saying import UNSPACED, saying_words

SAID_OUT = 2.0
BEHIND = 1.8
BEFORE = 1.6
LED_IN = 1.5
NAMED = 1.4
"""What a sentence is worth by how it introduces a name: "is a", behind it, before it, as a title or a kind."""

WHERE, _AGE = 1.2, 1.1
"""The same for what happens there, and for no more than an age."""

_FAR = 8
"""Words of a description that are looked at."""

_MARKS = re.compile(r"[,،;:.!?()«»“”„\"—–…，。；：]")
_CLOSED = re.compile(r"[”»\"’'“]?\s*(?:[,،;:.!?)—–]|$)")
_COMMA = re.compile(r"^[”»\"“]?\s?[,،]\s*")
_YEARS = re.compile(r"^\d{1,3}\s?[,،.]\s*")
_WORD = re.compile(
    r"[^\W_](?:[\w'’\"\u0591-\u05c7\u064b-\u0652\u0900-\u0963\u200d-]*[\w\u064b-\u0652\u0900-\u0963])?['’]?"
)
_OPEN = " \t«“„\"‘’'「『（("


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's words (data/briefs/introducing.toml)."""

    language: str
    roles: tuple[str, ...]
    endings: tuple[str, ...]
    things: tuple[str, ...]
    articles: frozenset[str]
    possessives: tuple[str, ...]
    who: tuple[str, ...]
    where: tuple[str, ...]
    copulas: tuple[str, ...]
    called: tuple[str, ...]
    polite: frozenset[str]
    of: frozenset[str]
    places: frozenset[str]
    never: frozenset[str]
    the: str
    between: int
    ways: frozenset[str]

    def role(self, word: str) -> bool:
        """Whether a word says what a person is."""
        if word in self.never or len(word) < 3:
            return False
        bare = word.removeprefix(self.the)
        return (
            word.startswith(self.roles)
            or bare.startswith(self.roles)
            or (len(word) > 4 and word.endswith(self.endings))
        )

    def thing(self, word: str) -> bool:
        """Whether a word says what a place, a body or a thing is."""
        if "joining" in self.ways:
            return word.startswith(self.things) or (self.language == "de" and word.endswith(self.things))
        return word in self.things or (self.language == "en" and word.removesuffix("s") in self.things)

    def article(self, word: str) -> bool:
        """Whether a word opens a description."""
        return word in self.articles or (bool(self.possessives) and word.endswith(self.possessives))


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("octavo").joinpath("data/briefs/introducing.toml").read_text(encoding="utf-8"))


@cache
def _words(language: str) -> _Words | None:
    table = _tables().get(language)
    if table is None:
        return None

    def listed(key: str) -> tuple[str, ...]:
        return tuple(word for word in table.get(key, "").split("|") if word)

    saying, articles = saying_words(language), listed("articles")
    return _Words(
        language,
        (*(saying.roles if saying else ()), *listed("roles")),
        listed("endings"),
        listed("things"),
        frozenset(one for one in articles if one[0] != "…"),
        tuple(one[1:] for one in articles if one[0] == "…"),
        listed("who"),
        listed("where"),
        listed("is"),
        listed("called"),
        frozenset(listed("polite")),
        frozenset(listed("of")),
        frozenset(listed("in")),
        frozenset(listed("never")),
        table.get("the", ""),
        int(table.get("between", 0)),
        frozenset(listed("ways")),
    )


def introduces(name: str, text: str, language: str, names: Collection[str] = ()) -> float:
    """Say how plainly a sentence introduces a name; 0 where it does not. `names` are lower-case words of names."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    words = _words(primary)
    if words is None or not name:
        return 0.0
    edge = "" if primary in UNSPACED else r"(?!-?\w)"
    front = "" if primary in UNSPACED else r"(?<![\w-])"
    found = re.finditer(f"{front}{re.escape(name)}{edge}", text)
    judge = _unspaced if primary in UNSPACED else _spaced
    return max((judge(text[: one.start()], text[one.end() :], words, names) for one in found), default=0.0)


def _spaced(before: str, behind: str, words: _Words, names: Collection[str]) -> float:
    given = _without_names(before, words, names)
    if _in_brackets(before, behind) or _belongs(behind, words):
        return BEHIND
    return max(_said_of(given, behind, words, names), _led_in(given, behind, words), _kind_behind(behind, words))


def _in_brackets(before: str, behind: str) -> bool:
    """Say whether a name is the short one of what stands before it: "the Gulf Producers' Forum (GPF)"."""
    return before.endswith("(") and behind.startswith((")", ",")) and bool(_WORD.search(before))


def _without_names(before: str, words: _Words, names: Collection[str]) -> str:
    """Leave out what stands before a name and belongs to it: other words of the name, "Mrs", "Dr."."""
    rest = before.rstrip(_OPEN)
    while True:
        last = list(_WORD.finditer(rest.rstrip(".")))[-1:]
        if not last or last[0].end() < len(rest.rstrip(". ")):
            return rest
        word = last[0].group().lower()
        if "cased" in words.ways and last[0].group()[:1].islower() and word not in words.polite:
            return rest
        if word not in words.polite and (word not in names or words.role(word) or words.thing(word)):
            return rest
        rest = rest[: last[0].start()].rstrip(_OPEN)


def _said_of(before: str, behind: str, words: _Words, names: Collection[str]) -> float:
    """What stands behind the name says what it is."""
    lowered = behind.lower()
    if _opens(lowered.lstrip('”»"’ ,،'), words.copulas) and not _COMMA.match(lowered):
        return SAID_OUT
    if re.match(r"\s\([^\W\d][^()\d]{5,80}\)", behind):
        return NAMED
    comma = _COMMA.match(behind)
    if comma is None:
        return BEFORE if _dashed(lowered, words) else 0.0
    rest, aged = behind[comma.end() :], 0.0
    years = _YEARS.match(rest)
    if years:
        rest, aged = rest[years.end() :], _AGE
    if _starts_with_place(before, words) and not aged:
        return 0.0
    if _opens(rest.lower(), words.where):
        return max(aged, WHERE)
    return max(aged, BEHIND if _describes(rest, words, names) else 0.0)


def _describes(rest: str, words: _Words, names: Collection[str]) -> bool:
    """Say whether what follows a comma is a description: "who …", "the engineer …", "head of …"."""
    lowered = rest.lower()
    if _opens(lowered, words.who):
        return True
    tokens = _WORD.findall(_MARKS.split(rest)[0])[:_FAR]
    if not tokens:
        return False
    if words.language == "fr":
        tokens = [*re.split(r"(?<=['’])", tokens[0]), *tokens[1:]]
    if words.article(tokens[0].lower().rstrip("'’")):
        return any(one[:1].islower() for one in tokens[1:]) or "naming" not in words.ways
    for place, token in enumerate(tokens[:3]):
        plain = token.lower()
        if plain in words.places or plain in words.never or words.article(plain):
            return False
        if words.role(plain) or words.thing(plain):
            behind = tokens[place + 1 : place + 2]
            if "naming" in words.ways and any(one[:1].isupper() for one in (token, *behind)):
                return False
            return "naming" in words.ways or not any(one.lower() in names for one in behind)
    return False


def _dashed(lowered: str, words: _Words) -> bool:
    if words.language not in ("uk", "az"):
        return False
    held = re.match(r"\s?[—–]\s(?:це\s)?([^\W\d_]+)", lowered)
    return held is not None and (words.thing(held[1]) or words.role(held[1]))


def _starts_with_place(before: str, words: _Words) -> bool:
    """Say whether a name ends what a sentence opens with: "In Port Selwyn, the minister …"."""
    opening = [one.lower() for one in _WORD.findall(before)]
    return len(opening) in (1, 2, 3) and opening[0] in words.places and not _MARKS.search(before.strip(_OPEN))


def _led_in(before: str, behind: str, words: _Words) -> float:
    """What stands before the name says what it is."""
    stripped = before.rstrip(_OPEN)
    if stripped.endswith((",", "،")):
        return BEFORE if _apposed(stripped[:-1], behind, words) else 0.0
    tokens = _last_words(stripped)
    if not tokens:
        return 0.0
    lowered = [one.lower().rstrip("'’") for one in tokens]
    if lowered[-1] in words.called or " ".join(lowered[-2:]) in words.called:
        return BEFORE
    if lowered[-1] in words.of:
        return NAMED if len(lowered) > 1 and words.thing(lowered[-2]) else 0.0
    if lowered[-1] in words.places or (words.language == "de" and not tokens[-1][:1].isupper()):
        return 0.0
    return NAMED if words.thing(lowered[-1]) else _titled(lowered, words)


def _titled(tokens: Sequence[str], words: _Words) -> float:
    """What a person is stands before the name, alone or with words that tell of what: "minister", "مدير الطوارئ"."""
    for number, word in enumerate(reversed(tokens[-1 - words.between :])):
        if words.role(word) or (number and words.thing(word) and "kind behind" in words.ways):
            return LED_IN
        if word in words.places and "goes on" not in words.ways:
            return 0.0
    return 0.0


def _last_words(before: str) -> list[str]:
    """Give the words right before a name, back to the last mark; quotation marks round a body's name are none."""
    plain = (
        re.sub(r"[«“„\"]([^«»“”„\"]{2,40})[»”\"]", r" \1 ", before)
        if before.count("«") == before.count("»")
        else before
    )
    return _WORD.findall(_MARKS.split(plain)[-1])[-_FAR - 1 :]


def _apposed(before: str, behind: str, words: _Words) -> bool:
    """Say whether a description stands before the comma: "its owner, X", "the head of the office, X"."""
    tokens = [one.lower() for one in _last_words(before)]
    if words.language == "fr":
        tokens = [part for one in tokens for part in re.split(r"(?<=['’])", one) if part]
    tokens = [one if words.possessives and one.endswith(words.possessives) else one.rstrip("'’") for one in tokens]
    closed = _CLOSED.match(_rest_of_name(behind)) is not None
    for start, token in enumerate(tokens):
        if words.article(token) or (start == 0 and words.role(token)):
            if start and tokens[start - 1] in words.places and not closed:
                continue
            head = list(_until(tokens[start:], words.places | words.of))
            whole = len(head) == len(tokens) - start
            kinds = (words.role(one) or (whole and words.thing(one)) for one in head[:_FAR])
            if any(kinds) and (closed or start == 0):
                return True
    return False


def _until(tokens: Iterable[str], stops: Collection[str]) -> Iterator[str]:
    for number, token in enumerate(tokens):
        if number and token in stops:
            return
        yield token


def _rest_of_name(behind: str) -> str:
    return re.sub(r"^(?:\s[A-ZÀ-ÝА-ЯІЇЄҐ][\w'’-]*)*", "", behind)


def _belongs(behind: str, words: _Words) -> bool:
    """Say whether a name of several words is told by where it belongs: "Colne Valve of Huddersfield, which …"."""
    return (
        words.language == "en"
        and re.match(r"\s(?:of|on|in|at)\s(?:[A-Z][\w’'-]*\s?)+,\s(?:who|which)", behind) is not None
    )


def _kind_behind(behind: str, words: _Words) -> float:
    """What a thing is may stand right behind its name: "the Harrow dam, eight miles off", "Kestrel sondası"."""
    held = re.match(r"[”»\"'’]?\s([\w-]+)(\S?)\s?([\w-]*)", behind.lower())
    if held is None or words.language not in ("en", "tr", "az"):
        return 0.0
    if words.language == "en":
        told = held[2] == "," or held[3] in ("in", "of", "on", "near", "where", "that", "which")
        return NAMED if words.thing(held[1]) and told else 0.0
    return NAMED if words.thing(held[1]) or held[1] in words.called or held[1] in words.copulas else 0.0


def _opens(text: str, phrases: Iterable[str]) -> bool:
    """Say whether a text opens with a phrase, whole; one that ends in "…" may go on: "של…"."""
    for phrase in phrases:
        if phrase.endswith("…"):
            if text.startswith(phrase[:-1]):
                return True
        elif text.startswith(phrase) and not text[len(phrase) : len(phrase) + 1].isalnum():
            return True
    return False


def _unspaced(before: str, behind: str, words: _Words, names: Collection[str]) -> float:
    """The same for Chinese and Japanese."""
    del names
    rest = behind.lstrip("”」』》 ")
    if words.language == "ja":
        ends = re.search(r"(?:だ|である|です|だった|でした)。", behind)
        if rest.startswith("とは") or (rest.startswith("は") and ends and _any_thing(behind[-16:], words)):
            return SAID_OUT
        kind = re.match(r"(?:氏|さん)?[（(]([^（）()\d][^（）()]{2,})", rest)
        if kind and _any_thing(kind[1], words):
            return BEHIND
    elif _opens_with(rest, words.copulas):
        return SAID_OUT
    if re.match(r"[（(][^（）()\d]{3,40}[）)]", rest):
        return NAMED
    held = re.match(r"[，、,]\s?([^，。、]{2,24})", rest)
    if held and (_opens_with(held[1], words.who) or (words.language == "zh" and _any_thing(held[1][-6:], words))):
        return BEHIND
    front = before.rstrip('“「『《〈" 、の・')
    if front.endswith(words.called):
        return BEFORE
    if front.endswith(words.roles):
        return LED_IN
    if front.endswith(words.things) and len(before) > len(front) - 1:
        return NAMED
    return LED_IN if words.language == "ja" and _opens_with(rest, words.roles, words.never) else 0.0


def _opens_with(text: str, phrases: tuple[str, ...], never: Collection[str] = ()) -> bool:
    return any(text.startswith(one) for one in phrases if one not in never)


def _any_thing(text: str, words: _Words) -> bool:
    return any(one in text for one in (*words.roles, *words.things) if one not in words.never)
