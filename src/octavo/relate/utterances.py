"""What people say in one telling: direct speech, its pieces joined, with who says it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from octavo.domain.telling import HEADLINE, Passage, Telling
from octavo.relate.speakers import incise, says, speaker_after, speaker_before, topic
from octavo.relate.subjects import CASELESS, NOBODY, Speaker, untitled
from octavo.relate.tellings import LONGEST, PARTS, READ
from octavo.text.quotes import Quoted, find_dialogue, find_quoted
from octavo.text.rarity import rarities
from octavo.text.saying import UNSPACED, SayingWords, saying_words
from octavo.text.words import sentences, words

MOST = 60
"""Utterances of one telling."""

_SPEECH = 4
"""Words from which quoted text is taken for speech without a verb beside it, when it reads as a sentence."""

_LEAST = 2
_CLEAR = 8
"""Words of speech at least; words from which it need not end as a sentence does."""

_GAP = 130
_BESIDE = 70
_CONTEXT = 260
"""Characters between two pieces of one utterance; between a verb and a fragment; looked at on either side."""

_BREAK = " … "
"""What stands for the words between two pieces of an utterance."""

_STOPS = ".!?…。！？؟।"
_ENDS = re.compile(r"[.!?…。！？؟।,，、]$")
_SENTENCE_END = re.compile(r"[.!?…؟।](?=\s)|[。！？]")
_OPENING_VERB = re.compile(r"[:：]?\s{0,2}$")
_CLOSING = re.compile("^\\s{0,2}[”“\"»«」』’'‘›]?\\s{0,2}")
_QUIET = "”“\"»«」』’'‘›‹„‚"
_WORD = re.compile(r"[^\W\d_]+")
_VERB_LAST = frozenset({"ja", "tr"})
_BROKEN = frozenset({"fr", "it", "pt", "es", "ru", "uk"})
"""Languages that name the speaker inside the quotation marks."""

_PAIR = re.compile(r"(?<![.!?…“”\"«»„:]\s)(?<![^\W_])(?<=\s)[^\W\d_][\w’-]{1,20}\s[^\W\d_][\w’-]{1,24}")
_TOLD = 320
"""Characters of a paragraph before "he said" in which the one person named is meant."""

_TITLE = 0.6
"""Share of a phrase's longer words with a capital from which it is a title."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words somebody says in one telling. `speaker` is "" where the text does not say for sure."""

    telling: Telling
    passage: Passage
    words: str
    speaker: str = ""
    role: str = ""
    verb: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """Speech in a paragraph before it is known who speaks: its runs, and the text on each side and between them."""

    runs: tuple[Quoted, ...]
    before: str
    between: str
    after: str


@lru_cache(READ)
def utterances(telling: Telling) -> tuple[Utterance, ...]:
    """List what people say in a telling, in order; titles, slogans and words held at a distance are left out."""
    listed = saying_words(telling.language)
    if listed is None:
        return ()
    people = tuple(untitled(name, listed) for kind, name in telling.names if kind == "person")
    found: list[Utterance] = []
    known: list[str] = []
    last = _Last(people, caseless=listed.language in CASELESS)
    for part in telling.parts[: PARTS + 2]:
        if part == HEADLINE:
            continue
        text, rest = telling.part(part)[:LONGEST], 0
        for piece in _pieces(text, listed, people):
            speaker = _spoken_by(piece, listed, people)
            made = _made(telling, part, text, piece, speaker, listed)
            if made is None:
                continue
            told = text[rest : piece.runs[0].start].rstrip(_QUIET + " \u00a0")
            lead = speaker_after(_last_sentence(told), listed, people) if told.endswith(tuple(_STOPS)) else NOBODY
            led = (lead.name or last.caseless) and lead and (speaker.pronoun or not (speaker or piece.after))
            named = last.name(made, lead if led else speaker, piece, told)
            rest = piece.runs[-1].end
            if named.speaker and named.speaker not in known:
                known.append(named.speaker)
            found.append(named)
            if len(found) >= MOST:
                return tuple(_full_names(found, known, people, telling))
        last.paragraph_ends(text, rest)
    return tuple(_full_names(found, known, people, telling))


class _Last:
    """Who spoke last and who was named since, for "he said" and for speech that goes on."""

    def __init__(self, people: Sequence[str], *, caseless: bool) -> None:
        self.people = people
        self.caseless = caseless
        self.speaker = NOBODY
        self.since = ""
        self.quiet = 0

    def name(self, made: Utterance, speaker: Speaker, piece: _Piece, told: str) -> Utterance:
        """Put a name to an utterance and remember it; `told` is what the paragraph says before it."""
        if speaker.name or speaker.role:
            self._remember(speaker)
            return replace(made, speaker=speaker.name, role=speaker.role)
        alone = not piece.before.strip(_QUIET + " ") and not piece.after.strip(_QUIET + " .") and not piece.between
        if not speaker.pronoun and not (alone and not told.strip(_QUIET + " ")):
            return made
        meant = self._meant(told)
        if meant:
            self._remember(meant)
        return replace(made, speaker=meant.name, role=meant.role)

    def _meant(self, told: str) -> Speaker:
        """The one person the text speaks of: named before in the paragraph, else who spoke last; nobody if in doubt."""
        if self.caseless:  # names cannot be told from other words
            return NOBODY
        named = _named_in(told[-_TOLD:], self.people)
        if len(named) == 1:
            name = named.pop()
            if _holds(self.speaker.name, name) or _holds(name, self.speaker.name):
                return self.speaker
            return Speaker(name) if name in self.people else NOBODY
        others = {one for one in _named_in(self.since, self.people) if not _holds(one, self.speaker.name)}
        return NOBODY if named or others or self.quiet > 1 else self.speaker

    def _remember(self, speaker: Speaker) -> None:
        self.speaker, self.since, self.quiet = speaker, "", 0

    def paragraph_ends(self, text: str, rest: int) -> None:
        """Take note of who is named behind the last speech; forget the speaker where paragraphs pass without speech."""
        self.since = text[rest:][-LONGEST:] if rest else f"{self.since} {text}"[-LONGEST:]
        self.quiet = 0 if rest else self.quiet + 1


def _named_in(text: str, people: Sequence[str]) -> set[str]:
    """The people named in a text: those known, by whole or last name, and whoever bears two capitalised names."""
    known = {one for one in people if one in text or (" " in one and one.split()[-1] in text)}
    family = {one.split()[-1] for one in known}
    return known | {pair for pair in _PAIR.findall(text) if pair[pair.rfind(" ") + 1 :] not in family and _proper(pair)}


def _proper(pair: str) -> bool:
    return all(word[0].isupper() for word in pair.split())


def _pieces(text: str, listed: SayingWords, people: Sequence[str]) -> Iterator[_Piece]:
    dialogue = list(find_dialogue(text))
    if len(dialogue) > 1 and says(text[dialogue[1][0] : dialogue[1][1]], listed):
        yield _of_dialogue(text, dialogue)
        return
    quoted = find_quoted(text)
    number = 0
    while number < len(quoted):
        last = number
        while last + 1 < len(quoted) and _goes_on(text, quoted[last], quoted[last + 1], listed):
            last += 1
        piece = _piece(text, quoted, number, last)
        yield _broken(text, piece, listed, people) if listed.language in _BROKEN and number == last else piece
        number = last + 1


def _broken(text: str, piece: _Piece, listed: SayingWords, people: Sequence[str]) -> _Piece:
    """Take who speaks out of the speech, where it stands inside the marks."""
    run = piece.runs[0]
    found = incise(text[run.start : run.end], listed, people)
    if found is None:
        return piece
    start, end = run.start + found[0], run.start + found[1]
    rest = Quoted(end + len(text[end : run.end]) - len(text[end : run.end].lstrip()), run.end, run.mark, run.closed)
    runs = (Quoted(run.start, start, run.mark), *((rest,) if rest.start < rest.end else ()))
    return _Piece(runs, piece.before, text[start:end], piece.after)


def _of_dialogue(text: str, dialogue: Sequence[tuple[int, int, bool]]) -> _Piece:
    runs = tuple(Quoted(start, end, "—") for start, end, spoken in dialogue if spoken)
    told = [text[start:end] for start, end, spoken in dialogue if not spoken]
    return _Piece(runs, "", told[0], "")


def _piece(text: str, quoted: Sequence[Quoted], first: int, last: int) -> _Piece:
    floor = quoted[first - 1].end + 1 if first else 0
    ceiling = quoted[last + 1].start - 1 if last + 1 < len(quoted) else len(text)
    before = text[max(floor, quoted[first].start - _CONTEXT) : quoted[first].start].rstrip(_QUIET + " \u00a0")
    after = text[quoted[last].end : min(ceiling, quoted[last].end + _CONTEXT)].lstrip(_QUIET + " \u00a0")
    between = " ".join(
        text[one.end : two.start] for one, two in zip(quoted[first:last], quoted[first + 1 :], strict=False)
    )
    before = "" if before.endswith(tuple(_STOPS)) else _last_sentence(before)
    return _Piece(tuple(quoted[first : last + 1]), before, between, _first_sentence(after))


def _last_sentence(text: str) -> str:
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        if stop.end() < len(text.rstrip()):
            start = stop.end()
    found = sentences(text[start:])
    return found[-1] if found else ""


def _first_sentence(text: str) -> str:
    found = sentences(text)
    return found[0] if found else ""


def _goes_on(text: str, one: Quoted, two: Quoted, listed: SayingWords) -> bool:
    """Say whether the next quoted run continues this one: "A," said X, "B"; not: X said "A" and called it "B"."""
    gap = text[one.end : two.start].strip(_QUIET + " \u00a0")
    if not gap or len(gap) > _GAP or len(sentences(gap)) > 1 or not says(gap, listed):
        return False
    ended = bool(_ENDS.search(text[one.start : one.end])) or gap.startswith((",", "，"))
    opens = listed.verb.search(gap.lower()[-24:]) and gap[-1] not in ".,،，。"
    return ended and not opens


def _spoken_by(piece: _Piece, listed: SayingWords, people: Sequence[str]) -> Speaker:
    if piece.between:
        found = speaker_after(piece.between.lstrip(_QUIET + " ,"), listed, people)
        if found:
            return found
    if listed.language in _VERB_LAST:
        beside = says(piece.after[:_BESIDE], listed)
        found = speaker_after(piece.after, listed, people) if listed.language == "tr" else NOBODY
        return found or (topic(piece.before, listed, people) if beside and piece.before else NOBODY)
    if says(piece.before, listed):
        found = speaker_before(piece.before, listed, people)
        if found:
            return found
    found = speaker_after(piece.after, listed, people)
    return found or speaker_before(piece.before, listed, people)


def _made(
    telling: Telling, part: int, text: str, piece: _Piece, speaker: Speaker, listed: SayingWords
) -> Utterance | None:
    said = _joined(text, piece.runs)
    units = _units(said, listed)
    verb = bool(speaker) or says(piece.before[-_BESIDE:] + " " + piece.between + " " + piece.after[:_BESIDE], listed)
    apart = listed.language in CASELESS or listed.language in UNSPACED
    least = _LEAST if (speaker.name or speaker.role) and not apart else _SPEECH
    if units < least or (not verb and not _sentence(said, piece, units)):
        return None
    if units < _CLEAR and _title(said, listed):
        return None
    start, end = piece.runs[0].start, piece.runs[-1].end
    return Utterance(telling, Passage(telling.id, part, start, end, text[start:end]), said, verb=verb)


def _joined(text: str, runs: Sequence[Quoted]) -> str:
    """Put the pieces of an utterance together; dots stand where the text breaks in."""
    return _BREAK.join(text[run.start : run.end].strip(" \u00a0—–").rstrip(",，") for run in runs)


def _units(said: str, listed: SayingWords) -> int:
    return len(words(said)) // 2 if listed.language in UNSPACED else len(words(said))


def _sentence(said: str, piece: _Piece, units: int) -> bool:
    """Say whether quoted words with no verb beside them read as speech: they end as a sentence, or are long."""
    closed = said.rstrip()[-1:] in _STOPS + ","
    capital = said[:1].isupper() or not said[:1].islower()
    whole = not piece.before or piece.before[-1] in _STOPS + ":："
    return (closed and capital and whole) or units >= 2 * _CLEAR


def _title(said: str, listed: SayingWords) -> bool:
    """Tell a title by its capitals: The Lantern in the Rain."""
    if said[-1:] in _STOPS + "," or listed.language == "de":
        return False
    longer = [word for word in _WORD.findall(said) if len(word) > 3]
    return bool(longer) and sum(word[0].isupper() for word in longer) / len(longer) >= _TITLE


def _full_names(
    found: Sequence[Utterance], known: Sequence[str], people: Sequence[str], telling: Telling
) -> list[Utterance]:
    """Give every speaker the fullest form of the name that this telling has."""
    full = {name: _full_name(name, known, people, telling) for name in known}
    roles = {full[one.speaker]: one.role for one in reversed(found) if one.speaker and one.role}
    return [
        replace(one, speaker=full[one.speaker], role=one.role or roles.get(full[one.speaker], ""))
        if one.speaker
        else one
        for one in found
    ]


def _full_name(name: str, known: Sequence[str], people: Sequence[str], telling: Telling) -> str:
    """The one longer form of a name, else the name; "" for a single word that may be no name at all."""
    longer = {one for one in (*people, *known) if len(one) > len(name) and _holds(one, name)}
    longer = longer or _in_text(name, telling)
    if len(longer) == 1:
        return longer.pop()
    single = " " not in name and name[:1].isupper() and not longer and name not in people
    return "" if single and rarities(telling.language).holds(name.lower()) else name


def _holds(longer: str, name: str) -> bool:
    parts = longer.split()
    return name.split() == parts[-len(name.split()) :]


def _in_text(name: str, telling: Telling) -> set[str]:
    """A given name before a family name, where the text itself has it."""
    if " " in name or not name[:1].isupper():
        return set()
    pattern = re.compile(rf"(?<![^\W_])([^\W\d_][\w’'-]{{1,20}})\s{re.escape(name)}(?![^\W_])")
    found = {
        match.group(1)
        for part in telling.parts[:PARTS]
        for match in pattern.finditer(telling.part(part)[:LONGEST])
        if match.group(1)[:1].isupper()
    }
    places = {one for kind, one in telling.names if kind != "person"}
    return {f"{given} {name}" for given in found if _given(given, telling) and given not in places}


def _given(word: str, telling: Telling) -> bool:
    """Say whether a capitalised word before a family name is a given name: a known one, or no common word."""
    listed = saying_words(telling.language)
    lowered = word.lower()
    if listed is None or lowered.startswith(listed.roles) or lowered in listed.leads or lowered in listed.ends:
        return False
    return lowered in _given_names() or not (
        lowered.endswith(("’s", "'s")) or rarities(telling.language).holds(lowered)
    )


@cache
def _given_names() -> frozenset[str]:
    text = files("octavo").joinpath("data/bylines/given.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.split("\n") if not line.startswith("#") for word in line.split())
