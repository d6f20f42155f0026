"""Which countries a text speaks of, told by the beginnings of their names and of what their people are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from octavo.text.numberwords import data
from octavo.text.tokens import Token, fold, tokenise

_STEM = 5
"""Letters by which the name of a country and of its people are known as one: Pakistan, Pakistani."""

_SHORTEST = 4
_NOT_COUNTRIES = frozenset(
    {"ZZ", "XA", "XB", "QO", "UN", "EZ", "EU", "AQ", "BV", "HM", "TF", "IO", "CP", "DG", "EA", "IC", "TA", "AC"}
)
_CASELESS = frozenset("zh ja th ko ar he fa ur hi bn ta km lo my ka".split())
_SMALL_LETTERS = frozenset("fr es it pt ru uk pl de".split())
"""Languages that write what a country's people are called without a capital."""

_COMMON = frozenset("north south east west central saint island islands united republic democratic new".split())


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries as one language names them."""

    names: Mapping[tuple[str, ...], str]
    stems: Mapping[str, str]
    firsts: frozenset[str]
    whole: Mapping[str, str]
    """Stem to the name less its last letter, which endings replace."""
    declared: frozenset[str]
    longest: int
    caseless: bool

    def among(self, tokens: Sequence[Token]) -> list[tuple[int, str]]:
        """Give (token, ISO 3166-1 code) of every country named or whose people are named."""
        found: list[tuple[int, str]] = []
        here = 0
        while here < len(tokens):
            token = tokens[here]
            if not (
                token.capital or self.caseless or token.key[:_STEM] in self.whole or token.key[:_STEM] in self.declared
            ):
                here += 1
                continue
            code, size = self._at(tokens, here)
            if code:
                found.append((here, code))
            here += max(1, size)
        return found

    def _small(self, key: str) -> bool:
        """Say whether a word without a capital means a country's people: one of our data, or its whole name's."""
        stem = key[:_STEM]
        whole = self.whole.get(stem, "")
        return stem in self.declared or (len(whole) > _STEM and key.startswith(whole))

    def _at(self, tokens: Sequence[Token], here: int) -> tuple[str, int]:
        token = tokens[here]
        if token.digits or not (token.capital or self.caseless or self._small(token.key)):
            return "", 1
        if token.key in self.firsts:
            for size in range(self.longest, 0, -1):
                code = self.names.get(tuple(one.key for one in tokens[here : here + size]))
                if code:
                    return code, size
        if len(token.key) >= _SHORTEST and not self.caseless:
            return self.stems.get(token.key[:_STEM], ""), 1
        return "", 1


@cache
def countries(language: str) -> Countries:
    """Gather a language's names of countries once: those of the CLDR, and the further ones of our data."""
    primary = language.lower().partition("-")[0]
    held = data(primary).get("places", {})
    names: dict[tuple[str, ...], str] = {}
    stems: dict[str, str] = {}
    clashing: set[str] = set()
    for code, name in _territories(primary):
        words = tuple(token.key for token in tokenise(name.split(" (")[0], primary, frozenset()))
        if not words:
            continue
        names.setdefault(words, code)
        stem = words[0][:_STEM]
        usable = len(words) == 1 and len(stem) >= _SHORTEST and stem not in _COMMON
        if usable and stems.setdefault(stem, code) != code:
            clashing.add(stem)
    for word, code in held.items():
        folded = fold(word.rstrip("*"))
        if word.endswith("*"):
            stems[folded[:_STEM]] = code
            clashing.discard(folded[:_STEM])
        else:
            names[tuple(token.key for token in tokenise(word, primary, frozenset()))] = code
    return Countries(
        names=names,
        stems={stem: code for stem, code in stems.items() if stem not in clashing},
        firsts=frozenset(words[0] for words in names),
        whole={words[0][:_STEM]: words[0][:-1] for words in names if len(words) == 1},
        declared=frozenset(
            fold(word.rstrip("*"))[:_STEM] for word in held if word.islower() and primary in _SMALL_LETTERS
        ),
        longest=max(map(len, names), default=1),
        caseless=primary in _CASELESS,
    )


def _territories(language: str) -> list[tuple[str, str]]:
    try:
        locale = Locale.parse({"no": "nb"}.get(language, language))
    except (UnknownLocaleError, ValueError):
        return []
    return [(code, name) for code, name in locale.territories.items() if len(code) == 2 and code not in _NOT_COUNTRIES]
