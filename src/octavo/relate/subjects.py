"""Who is meant by a phrase: the name in it, the role, or only a pronoun, in many languages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from octavo.text.momentwords import moment_words
from octavo.text.rarity import rarities
from octavo.text.saying import SayingWords

CASELESS = frozenset({"ar", "he", "fa", "ur", "hi"})
"""Languages whose scripts have no capitals: names cannot be told from other words."""

_NAME_LENGTH = 5
_ROLE_LENGTH = 9
_UNTITLED = 4
_CASELESS_NAME = 8
_CASELESS_PLAIN = 3
_UNSPACED_NAME = 24
"""Words of a name; of a role; of one without a word for a role; of a description in a script without capitals, with
a word for a role and without; characters of one in a script without spaces."""

_NAMES_TOO = frozenset("may april june august marta mai abril avril".split())
_LONG_MONTH = 4
"""Names of months that people bear too; letters from which a month's short name is nobody's."""

_CONJUNCTIONS = frozenset(
    "and but und aber et mais y pero e ma mas en maar och men i ale и но та і але that when while as".split()
)
_ENDING = 6
_GIVEN_AND_FAMILY = 2
_COMMON = 5.2
"""Zipf value from which a capitalised first word of a sentence is no name: "But", "Als", "Mais"."""

_TOKEN = re.compile(r"[^\W_](?:[\w'’.‑\u0300-\u036f]*\w)?(?:-\w+)*\.?", re.UNICODE)
_PARTICLES = frozenset("de del della di da do dos das van von ten ter el al bin ibn ben bint zu".split())
_AFTER_PARTICLE = frozenset("la le der den los".split())
_MODIFIERS = frozenset(
    "first senior major general head former acting foreign interior finance defence defense health vice prime deputy "
    "read innen außen finanz bundes premier primer primera primo".split()
)
"""Words of titles that alone name nobody."""

_OF = frozenset(
    "of de du des der del della dello dei degli di da do dos das von vom van av af for from in i at w z o el la los "
    "im am aus bei для из від з із".split()
)
"""Small words inside names; others behind them; those behind which a name is a place or body the speaker is of."""

_COURTESY = frozenset(
    {"Mr", "Mrs", "Ms", "Miss", "Mr.", "Mrs.", "Ms.", "Frau", "Herr", "M", "M.", "Mme", "don", "doña"}
)
"""Titles that say nothing of what a person is."""

_EASTERN_CUT = re.compile(
    r"在|对|對|向|就|于|於|周[一二三四五六日]|星期|昨|今天|今日|接受|随后|隨後|则|則|也|还|還|\d|并|並"
)
_ARTICLED = re.compile(r"(?:al|el|ul|as|ad|an|at|ar|ash|d|l|o|dell|mac|mc)[-’'](?=[^\W\d_])(?=\w)")
_POSSESSIVE = re.compile(r"['’]s?$")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks as one sentence has it: a name, a role, or only a pronoun."""

    name: str = ""
    role: str = ""
    pronoun: bool = False

    def __bool__(self) -> bool:
        return bool(self.name or self.role or self.pronoun)


NOBODY = Speaker()


def untitled(name: str, words: SayingWords) -> str:
    """A person's name without the title a text sets before it."""
    kept, _ = _without_title(name.split(), words)
    return " ".join(kept) or name


def in_phrase(phrase: str, words: SayingWords, people: Sequence[str]) -> Speaker:
    """Find the name or role in a phrase before a verb, or in a script without capitals behind it."""
    if words.language in CASELESS:
        return _caseless(phrase.partition(",")[0].partition("،")[0], words, people)
    return cased(phrase.partition(",")[0], words, people)


def behind_verb(phrase: str, words: SayingWords, people: Sequence[str], *, named: bool = False) -> Speaker:
    """Find the name or role behind a verb; a role may have its name behind a comma: "le maire, Paul Roche"."""
    first, _, second = phrase.partition(",")
    if first.split() and first.split()[0].lower() in words.ends - words.leads:
        return NOBODY
    found = cased(first, words, people, first=True)
    if found.role and not found.name and second:
        apart = cased(second, words, people, first=True)
        if apart.name and second.split()[: len(apart.name.split())] == apart.name.split():
            return Speaker(apart.name, found.role)
    return found if found.name or not named else NOBODY


def cased(phrase: str, words: SayingWords, people: Sequence[str], *, first: bool = False) -> Speaker:
    """Find the name or role in a phrase of a language with capitals: the last name in it, or the `first`."""
    tokens = _tokens(phrase, words)
    if not tokens:
        return NOBODY
    if tokens[-1].lower() in words.pronouns or tokens[0].lower() in words.pronouns:
        return Speaker(pronoun=True)
    run, place = _name_run(tokens, words, first=first)
    led = place > 0 and tokens[place - 1].lower() in words.leads
    name, title = _known(run, people) or _without_title(run, words)
    if led and not title and len(run) > _GIVEN_AND_FAMILY and not rarities(words.language).holds(run[-1].lower()):
        name, title = list(run[-_GIVEN_AND_FAMILY:]), list(run[:-_GIVEN_AND_FAMILY])
    if name and not (led and not title):
        role = _role([*tokens[:place], *title], words)
        return Speaker(_POSSESSIVE.sub("", " ".join(name).rstrip(".")), "" if role in _COURTESY else role)
    return Speaker(role=_role(tokens, words))


def _known(run: Sequence[str], people: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Part a run at a person's name that is known: what stands before it is a title."""
    for cut in range(1, len(run) - 1):
        if " ".join(run[cut:]) in people:
            return list(run[cut:]), list(run[:cut])
    return None


def _tokens(phrase: str, words: SayingWords) -> list[str]:
    """The words of a phrase up to one that ends a description, if it is not the first; elided articles apart."""
    found: list[str] = []
    for match in _TOKEN.finditer(phrase):
        token = match.group()
        article, mark, rest = token.partition("’" if "’" in token else "'")
        if mark and rest and f"{article.lower()}{mark}" in words.leads:
            found.append(article + mark)
            token = rest
        if token.lower().rstrip(".") in words.ends and found and not _in_name(found, token):
            if _capital(found):
                break
            found.append(token)
            continue
        found.append(token)
    return found


def _in_name(found: Sequence[str], token: str) -> bool:
    return token.lower() in _PARTICLES and found[-1][:1].isupper() and token.islower() and token not in {"of", "for"}


def _capital(tokens: Iterable[str]) -> bool:
    return any(token[:1].isupper() for token in tokens)


def _name_run(tokens: Sequence[str], words: SayingWords, *, first: bool) -> tuple[list[str], int]:
    """The run of capitalised words that no "of" stands before, the last or the first of several, and its place."""
    best: tuple[list[str], int] = ([], len(tokens))
    dated = _calendar(words.language)
    start = 0
    while start < len(tokens):
        if not _capitalised(tokens[start]) or (start == 0 and _plain(tokens, words)):
            start += 1
            continue
        end = start + 1
        while end < len(tokens) and (_capitalised(tokens[end]) or _joins(tokens, end)):
            end += 1
        article = tokens[start - 1].lower() if start else ""
        owned = (article in _OF or article in words.ends - _CONJUNCTIONS) and (article not in words.leads or start > 1)
        owned = owned or bool(_POSSESSIVE.search(tokens[end - 1]) and end < len(tokens))
        calendar = any(token.lower() in dated for token in tokens[start:end])
        owned = owned or calendar or any(_POSSESSIVE.search(token) for token in tokens[start : end - 1])
        owned = owned or (first and end < len(tokens) - 1 and is_role(tokens[end], words))  # Kyiv resident Anna Berg
        if not owned and end - start <= _NAME_LENGTH + 3 and not (first and best[0]):
            best = (list(tokens[start:end]), start)
        start = end
    return best


def _capitalised(token: str) -> bool:
    """Whether a word has a capital, be it behind an article: al-Rumaihi, d’Arcy."""
    article = _ARTICLED.match(token)
    return token[:1].isupper() or bool(article and token[article.end()].isupper())


@cache
def _calendar(language: str) -> frozenset[str]:
    """Names of months and weekdays, which are nobody's."""
    listed = moment_words(language)
    if listed is None:
        return frozenset()
    return frozenset(name for name in (*listed.months, *listed.weekdays) if len(name) >= _LONG_MONTH) - _NAMES_TOO


def _joins(tokens: Sequence[str], place: int) -> bool:
    """Whether a small word binds two parts of one name: Paul de Wit, Anna van der Berg."""
    if place + 1 >= len(tokens):
        return False
    token, following = tokens[place], tokens[place + 1]
    if token in _AFTER_PARTICLE:
        return tokens[place - 1] in _PARTICLES and following[:1].isupper()
    return token in _PARTICLES and (following[:1].isupper() or following in _AFTER_PARTICLE)


def _plain(tokens: Sequence[str], words: SayingWords) -> bool:
    """Tell a sentence's first word, capitalised for that alone, from a name."""
    word = tokens[0].lower()
    if word in words.leads or word in words.pronouns or word in words.ends:
        return True
    return rarities(words.language).zipf(word) >= _COMMON and not word.startswith(words.roles)


def _without_title(run: Sequence[str], words: SayingWords) -> tuple[list[str], list[str]]:
    """Part a run into name and title: "Interior Minister" and "Ada Corrigan"."""
    cut = 0
    for place, token in enumerate(run[:-1] if len(run) > 1 else run):
        if is_role(token, words):
            cut = place + 1
    name = list(run[cut:])
    while name and name[0].lower() in _PARTICLES - {"de", "van", "von", "al", "el", "bin", "ben"}:
        name.pop(0)
    return (name if len(name) <= _NAME_LENGTH else []), list(run[:cut])


def is_role(token: str, words: SayingWords) -> bool:
    """Say whether a word says what a person is: minister, Sprecherin, мэр."""
    lowered = token.lower().rstrip(".")
    if words.language == "de":
        return lowered.startswith(words.roles) or lowered.endswith(_GERMAN_ROLES)
    return any(
        lowered == role or (len(role) > 4 and lowered.startswith(role) and len(lowered) <= len(role) + _ENDING)
        for role in words.roles
    )


_GERMAN_ROLES = (
    "minister", "ministerin", "präsident", "präsidentin", "sprecher", "sprecherin", "chef", "chefin", "leiter",
    "leiterin", "meister", "meisterin", "trainer", "trainerin", "kanzler", "kanzlerin", "direktor", "direktorin",
    "anwalt", "anwältin",
    "richter", "richterin", "forscher", "forscherin", "experte", "expertin", "sekretär", "sekretärin", "vorsitzende",
    "vorsitzender", "beauftragte", "rat", "rätin", "obmann", "obfrau", "rechtler", "rechtlerin", "händler", "händlerin",
    "analystin", "chemiker", "chemikerin", "physiker", "physikerin", "lehrer", "lehrerin", "hauptmann", "beauftragter",
    "politiker", "politikerin", "gründer", "gründerin", "berater", "beraterin", "führer", "führerin", "autor",
    "autorin", "inhaber", "inhaberin", "koordinator", "koordinatorin",
)  # fmt: skip


def _role(tokens: Sequence[str], words: SayingWords) -> str:
    """The description of a speaker among some words, from the article before a word for a role to the end.

    Without such a word ("the Kremlin", "die Feuerwehr") it is the whole of a short phrase that an article opens.
    """
    lowered = [token.lower() for token in tokens]
    named = [token not in words.leads and token not in _MODIFIERS for token in lowered]
    roles = [place for place, token in enumerate(tokens) if named[place] and is_role(token, words)]
    if roles:
        leads = [place for place in range(roles[0]) if lowered[place] in words.leads]
        start = roles[0]
        while start and lowered[start - 1] in _MODIFIERS:
            start -= 1
        kept = tokens[leads[-1] if leads else start :]
    else:
        short = lowered and lowered[0] in words.leads and 1 < len(tokens) <= _UNTITLED
        kept = tokens if short else ()
    return " ".join(kept).replace("’ ", "’").replace("' ", "'") if len(kept) <= _ROLE_LENGTH else ""


def _caseless(phrase: str, words: SayingWords, people: Sequence[str]) -> Speaker:
    tokens: list[str] = []
    for token in _SPACE.split(phrase.strip(" :،,")):
        if token in words.ends or token.startswith(("لل", "إن")):
            break
        tokens.append(token)
    plain = " ".join(tokens)
    if not plain or len(tokens) > _CASELESS_NAME:
        return NOBODY
    if tokens[0] in words.pronouns:
        return Speaker(pronoun=True)
    name = next((one for one in people if plain.endswith(one)), "")
    if name:
        return Speaker(name, plain.removesuffix(name).strip())
    if any(token.startswith(words.roles) for token in tokens):
        return Speaker(role=plain)
    return Speaker(plain) if len(tokens) <= _CASELESS_PLAIN else NOBODY


def eastern(phrase: str, people: Sequence[str]) -> Speaker:
    """Find the speaker in a Chinese or Japanese phrase: a name that is known, else the whole of it."""
    name = next((one for one in people if one in phrase), "")
    if name:
        return Speaker(name)
    cut = _EASTERN_CUT.split(phrase.strip(" ，,、：:").rpartition("的")[2])[0].strip()
    if cut in {"他", "她", "彼", "彼女", "他们", "我"}:
        return Speaker(pronoun=True)
    return Speaker(cut) if 2 <= len(cut) <= _UNSPACED_NAME else NOBODY
