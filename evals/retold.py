"""True and subtly false sentences made by program from real texts, for the evaluation of grounding."""

import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling
from octavo.enrich.entities import find_mentions, ranked_names
from octavo.enrich.words import words as cut
from octavo.relate.utterances import utterances
from octavo.text.dates import month_names
from octavo.text.momentwords import moment_words
from octavo.text.numerals import NumeralKind, numerals
from octavo.text.quotes import find_quoted
from octavo.text.saying import saying_words
from octavo.text.words import sentences, words

PAGES = "data/pages/expected.jsonl"
STREAM = "data/labelled/stream_meantime.dev.jsonl"
FRENCH = "data/labelled/keywords_wikinews_fr.jsonl"
SEED = 12
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
EACH = 3
"""Sentences of one text that one kind is made of."""

SHORTEST, LONGEST = 8, 60
LANGUAGES = {"ita": "it", "spa": "es", "nld": "nl", "eng": "en"}
Made = Iterator[str]


@dataclass(frozen=True, slots=True)
class Text:
    """A telling with what may be put in its sentences: names by kind, numbers as printed."""

    telling: Telling
    names: dict[str, tuple[str, ...]]
    numbers: tuple[str, ...]
    people: tuple[str, ...]


def half(text: str) -> str:
    """Say which half a text is in."""
    return "tune" if hashlib.blake2b(text[:200].encode(), digest_size=1).digest()[0] % 2 else "report"


def rows(shared: Path, name: str) -> list[dict[str, object]]:
    """Read lines of JSON."""
    return [json.loads(line) for line in (shared / name).read_text(encoding="utf-8").split("\n") if line.strip()]


def texts(shared: Path, which: str) -> Iterator[Text]:
    """Read the texts of one half."""
    listed = [(row["title"], row["text"], str(row["language"] or "en")) for row in rows(shared, PAGES)]
    listed += [(row["title"], row["text"], LANGUAGES[str(row["lang"])]) for row in rows(shared, STREAM)]
    listed += [("", row["text"], "fr") for row in rows(shared, FRENCH)]
    number = 0
    for title, body, language in listed:
        primary = language.split("-")[0]
        if moment_words(primary) is None or len(str(body)) < 400 or half(str(body)) != which or "\\n" in str(body):
            continue
        number += 1
        yield _text(number, str(title or ""), str(body), primary)


def _text(number: int, title: str, body: str, language: str) -> Text:
    paragraphs = tuple(line.strip() for line in body.split("\n") if line.strip())
    whole = "\n".join((title, *paragraphs))
    mentions = find_mentions(whole, cut(whole, language), language)
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    for one in mentions:
        kinds[one.kind.value][whole[one.start : one.end]] = None
    names = {kind: tuple(listed) for kind, listed in kinds.items()}
    telling = Telling(
        ArticleId(number), PublisherId(f"p{number}"), f"P{number}", language, AT, title, "", paragraphs,
        names=ranked_names(mentions),
    )  # fmt: skip
    printed = tuple(dict.fromkeys(re.findall(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])", whole)))
    people = tuple(one for one in names.get("person", ()) if " " in one)
    return Text(telling, names, printed, people)


# True sentences


def as_it_stands(text: str, one: Text, chance: random.Random) -> Made:
    """The sentence itself."""
    yield text


_RELATIVE = re.compile(
    r",\s(?:which|who|where|die|der|das|welche|qui|que|che|que|waar|który|która|который|которая)\s[^,.;:“”\"()]{12,120}(?:,\s|(?=\.$))"
)
_ASIDE = re.compile(r"\s\([^()]{3,80}\)")


def clause_dropped(text: str, one: Text, chance: random.Random) -> Made:
    """An aside or a relative clause left out."""
    for pattern in (_RELATIVE, _ASIDE):
        found = pattern.search(text)
        if found and not find_quoted(text):
            joined = text[: found.start()] + (" " if text[found.end() :].strip(" .") else "") + text[found.end() :]
            yield re.sub(r"\s+([.,])", r"\1", " ".join(joined.split()))
            return


_JOINT = re.compile(
    r";\s|,\s(?:and|but|und|aber|et|mais|y|pero|e|ma|en|maar|och|men|i|ale|и|но)\s(?=(?:the|he|she|they|it|der|die|das|er|sie|le|la|les|il|elle|el|los|las|de|het|hij|[A-ZÀ-Þ])\b)",
    re.IGNORECASE,
)


def split(text: str, one: Text, chance: random.Random) -> Made:
    """Two sentences made of one joined by "and"."""
    found = _JOINT.search(text)
    if found and not find_quoted(text):
        for part in (text[: found.start()] + ".", text[found.end() :]):
            if len(words(part)) >= SHORTEST:
                yield part[0].upper() + part[1:]


_ABOUT = {"en": "about", "de": "rund", "fr": "environ", "es": "unos", "it": "circa", "nl": "ongeveer", "pt": "cerca de"}


def rounded(text: str, one: Text, chance: random.Random) -> Made:
    """A number rounded to two digits, and said to be about that."""
    language = one.telling.language
    for found in numerals(text, language):
        plain = text[found.start : found.end]
        whole = int(found.low)
        long = found.kind is NumeralKind.AMOUNT and plain.isascii() and whole >= 1000 and found.low == found.high
        if language not in _ABOUT or not long or found.bound or not re.fullmatch(r"\d+(?:[.,]\d{3})*", plain):
            continue
        step = 10 ** (len(str(whole)) - 2)
        near = round(whole / step) * step
        if near != whole and not text[: found.start].rstrip().endswith(("€", "$", "£")):
            mark = "," if language == "en" else "."
            yield (
                f"{text[: found.start]}{_ABOUT[language]} {near:,}".replace(",", mark, 0).replace(
                    f"{near:,}", f"{near:,}".replace(",", mark)
                )
                + text[found.end :]
            )
            return


def turned(text: str, one: Text, chance: random.Random) -> Made:
    """ "X said that Y." as "Y, X said."."""
    if one.telling.language == "en" and not find_quoted(text):
        found = re.match(r"([A-Z][\w.’' -]{2,60}?\ssaid)\s(?:that\s)?(.{30,})\.$", text)
        if found and "," not in found[1] and not re.match(r"(?:on|in|at|to|there|the move|it would be)\s", found[2]):
            told, who = found[2], found[1]
            small = who[0].lower() if who.startswith(("The ", "A ")) else who[0]
            yield f"{told[0].upper()}{told[1:]}, {small}{who[1:]}."


def headline_like(text: str, one: Text, chance: random.Random) -> Made:
    """The sentence without articles and full stop."""
    dropped = {"en": r"\b(?:the|a|an)\s", "de": r"\b(?:der|die|das|den|dem)\s", "nl": r"\b(?:de|het|een)\s"}
    pattern = dropped.get(one.telling.language)
    if pattern and len(words(text)) < 25 and not find_quoted(text):
        short = re.sub(pattern, "", text, flags=re.IGNORECASE).rstrip(".")
        if short != text.rstrip("."):
            yield short[0].upper() + short[1:]


# False sentences


def _swapped(text: str, one: Text, others: Callable[[str], Sequence[str]], chance: random.Random) -> Made:
    found = (
        [
            (kind, name)
            for kind, listed in one.names.items()
            for name in listed
            if len(name) > 1 and len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) == 1
        ]
        if one.telling.language not in {"zh", "ja"}
        else [
            (kind, name)
            for kind, listed in one.names.items()
            for name in listed
            if len(name) > 1 and text.count(name) == 1
        ]
    )
    chance.shuffle(found)
    for kind, name in found:
        parts = set(re.findall(r"\w+", name.casefold()))
        fit = [
            other
            for other in others(kind)
            if not any(part[:4] == mine[:4] for part in re.findall(r"\w+", other.casefold()) for mine in parts)
            and other not in text
            and not set(re.findall(r"\w+", other)) & set(re.findall(r"\w+", text))
        ]
        if fit:
            yield text.replace(name, chance.choice(fit), 1)
            return


def name_here(text: str, one: Text, chance: random.Random) -> Made:
    """A name put out for another of its kind in the text."""
    yield from _swapped(text, one, lambda kind: one.names.get(kind, ()), chance)


def name_elsewhere(text: str, one: Text, chance: random.Random) -> Made:
    """A name put out for one of another text."""
    elsewhere = ELSEWHERE[one.telling.language]
    yield from _swapped(
        text, one, lambda kind: [name for name in elsewhere[kind] if name not in one.names.get(kind, ())], chance
    )


def number(text: str, one: Text, chance: random.Random) -> Made:
    """One digit changed."""
    found = list(re.finditer(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)", text))
    if found:
        place = chance.choice(found)
        digits = [at for at in range(place.start(), place.end()) if text[at].isdigit()]
        at = chance.choice(digits)
        allowed = [digit for digit in "123456789" if digit != text[at]]
        yield text[:at] + chance.choice(allowed) + text[at + 1 :]


def number_here(text: str, one: Text, chance: random.Random) -> Made:
    """A number put out for another of the text."""
    found = list(re.finditer(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)", text))
    if found:
        place = chance.choice(found)
        fit = [
            other
            for other in one.numbers
            if other.lstrip("0") != place[0].lstrip("0")
            and abs(len(other) - len(place[0])) <= 1
            and not re.search(rf"(?<![\d.,]){re.escape(other)}(?![\d])", text)
        ]
        if fit:
            yield text[: place.start()] + chance.choice(fit) + text[place.end() :]


def date(text: str, one: Text, chance: random.Random) -> Made:
    """A weekday, a month or a year changed."""
    listed = moment_words(one.telling.language)
    months = {name: month for name, month in month_names(one.telling.language).items() if len(name) > 4}
    tables = [listed.weekdays if listed else {}, months]
    for table in tables:
        names = [
            name for name in table if len(name) > 2 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.lower())
        ]
        names = [
            name
            for name in names
            if not name.islower() or one.telling.language not in {"en", "de"} or name.capitalize() in text
        ]
        if names:
            name = chance.choice(sorted(names))
            other = chance.choice(
                sorted(
                    word
                    for word, value in table.items()
                    if value != table[name] and abs(len(word) - len(name)) < 4 and word[-1:] == name[-1:]
                )
                or [""]
            )
            at = text.lower().find(name)
            if other and len(text.lower()) == len(text):
                yield text[:at] + (other.capitalize() if text[at].isupper() else other) + text[at + len(name) :]
                return
    year = re.search(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]|\s?%)", text)
    if year:
        yield text[: year.start()] + str(int(year[0]) + chance.choice((-3, -2, -1, 1, 2))) + text[year.end() :]


def quote(text: str, one: Text, chance: random.Random) -> Made:
    """A word inside quotation marks left out or put out for another of the text."""
    found = [run for run in find_quoted(text) if run.closed and len(text[run.start : run.end].split()) > 2]
    if found:
        run = chance.choice(found)
        parts = text[run.start : run.end].split(" ")
        at = chance.randrange(1, len(parts) - 1)
        pool = [
            word
            for word in words(" ".join(one.telling.paragraphs))
            if word.islower() and len(word) > 3 and word not in parts
        ]
        parts[at : at + 1] = [] if chance.random() < 0.5 or not pool else [chance.choice(pool)]
        yield text[: run.start] + " ".join(parts) + text[run.end :]


def speaker(text: str, one: Text, chance: random.Random) -> Made:
    """Who says it changed for somebody else in the text."""
    listed = saying_words(one.telling.language)
    if listed is None or not listed.verb.search(text.lower()):
        return
    for said in utterances(one.telling):
        name = said.speaker
        if name and name in text and text.count(name) == 1 and said.passage.text[:15] in text:
            others = [other for other in one.people if not set(other.split()) & set(name.split()) and other not in text]
            if others:
                yield text.replace(name, chance.choice(others))
            return


_PUT_IN = {
    "en": (r"\b(is|was|are|were|has|have|had|will|would|can|could|should)\b", r"\1 not"),
    "de": (r"\b(ist|war|sind|waren|hat|haben|wird|werden|kann|soll)\b", r"\1 nicht"),
    "fr": (r"\b(a|ont|sont|était|sera) (\w+é)\b", r"n'\1 pas \2"),
    "es": (r"\b(ha|han|fue|está|son|será)\b", r"no \1"),
    "it": (r"\b(ha|hanno|sono|sarà|era)\b", r"non \1"),
    "nl": (r"\b(is|was|zijn|heeft|hebben|wordt|werd)\b", r"\1 niet"),
    "sv": (r"\b(är|var|har|hade|ska)\b", r"\1 inte"),
    "ru": (r"\b(был|была|было|были|будет)\b", r"не \1"),
    "pl": (r"\b(jest|był|była|będzie|są)\b", r"nie \1"),
}
_TAKEN = {
    "en": r"\b(?:not|never)\s|n['’]t\b", "de": r"\b(?:nicht|nie)\s", "fr": r"\bn['’]|\bne\s|\s(?:pas|jamais)\b",
    "es": r"\b(?:no|nunca)\s", "it": r"\bnon\s", "nl": r"\b(?:niet|nooit)\s", "sv": r"\b(?:inte|aldrig)\s",
    "pt": r"\bnão\s", "ru": r"\bне\s", "uk": r"\bне\s", "pl": r"\bnie\s", "zh": "不|没有", "ar": r"\b(?:لا|لم|لن)\s",
}  # fmt: skip


def negation_in(text: str, one: Text, chance: random.Random) -> Made:
    """A "not" put in."""
    pattern, new = _PUT_IN.get(one.telling.language, ("(?!)", ""))
    found = list(re.finditer(pattern, text))
    if found and not find_quoted(text):
        place = chance.choice(found)
        behind = text[place.end() : place.end() + 8]
        if not re.match(r"\W*(?:not|nicht|no|niet|pas|inte)\b", behind):
            yield text[: place.start()] + place.expand(new) + text[place.end() :]


def negation_out(text: str, one: Text, chance: random.Random) -> Made:
    """A "not" taken out."""
    pattern = _TAKEN.get(one.telling.language)
    if (
        pattern
        and re.search(pattern, text)
        and not find_quoted(text)
        and not re.search(r"\bnot only\b|\bwhether or not\b|nicht nur|no solo|non solo|ne que", text)
    ):
        yield re.sub(pattern, "", text)


TRUE = (as_it_stands, clause_dropped, split, rounded, turned, headline_like)
FALSE = (name_here, name_elsewhere, number, number_here, date, quote, speaker, negation_in, negation_out)
ELSEWHERE: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))


def cases(listed: Sequence[Text]) -> Iterator[tuple[Text, str, str, str]]:
    """Make the sentences: text, kind, what is stated, and what it was made of."""
    chance = random.Random(SEED)  # noqa: S311 - the same sentences every time
    ELSEWHERE.clear()
    for one in listed:
        for kind, names in one.names.items():
            ELSEWHERE[one.telling.language][kind] += names[:6]
    for one in listed:
        found = [piece for line in one.telling.paragraphs[:30] for piece in sentences(line)]
        fit = [piece for piece in found if _fit(piece, one.telling.language)]
        chance.shuffle(fit)
        for make in (*TRUE, *FALSE):
            yield from _cases_of(make, fit, one, chance)


def _cases_of(
    make: Callable[[str, Text, random.Random], Made], fit: Sequence[str], one: Text, chance: random.Random
) -> Iterator[tuple[Text, str, str, str]]:
    made = 0
    for piece in fit:
        for stated in make(piece, one, chance):
            if make not in FALSE or stated not in piece:
                yield one, make.__name__, stated, piece
                made += 1
        if made >= EACH:
            return


def _fit(piece: str, language: str) -> bool:
    size = len(words(piece)) // (2 if language in {"zh", "ja"} else 1)
    return SHORTEST <= size <= LONGEST and piece[-1] in ".。" and not piece.startswith(("(", "-"))
