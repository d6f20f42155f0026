"""Who speaks: the subject of the verb of saying beside a quotation, by name or by role, in many languages."""

import re
from collections.abc import Sequence

from octavo.relate.subjects import CASELESS, NOBODY, Speaker, behind_verb, cased, eastern, in_phrase, is_role
from octavo.text.saying import SayingWords

_BREAK = re.compile(
    r"[,;:()\[\]“”„«»\"،؛]|\s[—–-]\s|"
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!Mrs)(?<!Prof)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\s\w)"
    r"\.(?:\s|$)|[!?。！？，；：「」『』]"
)
_TOPIC = re.compile(r"[はがも]")
_TOPIC_ADVERB = re.compile(r".*[、。]")
_PRONOUN_TAIL = re.compile(r"^-(?:t-)?(?:il|elle|on|ils|elles)\b")
_AUXILIARY = re.compile(
    r"\s(?:a|ont|avait|avaient|ha|han|hat|haben|hatte|has|had|have|è|then|later|also|then|further|herself|himself|n’a|"
    r"har|hade|heeft|had|será|lo|le|se|zudem|dazu|auch|ensuite|aussi|poi|anche|также|також|ще)\s?$"
)
_SUBJECT_NEEDED = frozenset({"en", "de", "fr", "nl", "sv"})
"""Languages in which a verb does not stand without its subject."""

_ROLE_START = 12
_INCISE = re.compile(r"[,!?…]\s(?:[—–-]\s)?(?:(?:a|ha|avait|aveva)\s)?$")
_INCISE_END = re.compile(r"[.,](?:\s[—–-])?(?=\s|$)")
_INCISE_LENGTH, _INCISE_AFTER = 90, 8


def speaker_after(context: str, words: SayingWords, people: Sequence[str]) -> Speaker:
    """Read the speaker from what follows a quotation: ", sagte X am Montag"."""
    verb = words.verb.search(_lower(context))
    if verb is None:
        return _according(context, words, people)
    if words.language == "tr":
        return behind_verb(_first_phrase(context[verb.end() :]), words, people, named=True)
    found = _subject(context, verb, words, people, behind=True)
    return found if found.name or found.pronoun or not words.before else NOBODY


def incise(speech: str, words: SayingWords, people: Sequence[str]) -> tuple[int, int] | None:
    """Where inside quotation marks the text breaks in to say who speaks: "On dort peu, raconte X, et mal"."""
    for verb in words.verb.finditer(_lower(speech)):
        lead = _INCISE.search(speech[: verb.start()])
        stop = _INCISE_END.search(speech, verb.end(), verb.end() + _INCISE_LENGTH)
        if lead and stop and lead.start() > _INCISE_AFTER:
            told = speech[verb.start() : stop.start()]
            match = words.verb.match(_lower(told))
            if match and _subject(told, match, words, people, behind=True).name:
                return lead.start() + 1, stop.end()
    return None


def speaker_before(context: str, words: SayingWords, people: Sequence[str]) -> Speaker:
    """Read the speaker from what leads a quotation in: "X said: ", "X, the mayor: "."""
    verbs = list(words.verb.finditer(_lower(context)))
    for number in range(len(verbs) - 1, -1, -1):
        begins = verbs[number - 1].end() if number else 0
        verb = verbs[number]
        found = _subject(context[begins:], _moved(verb, begins, context, words), words, people)
        sure = found.name or found.pronoun or any(is_role(token, words) for token in found.role.split())
        if number == 0 or (sure and not found.pronoun):
            return found
    stripped = context.rstrip()
    if stripped.endswith((":", "：")) and len(stripped) < 80:
        named = in_phrase(_last_phrase(stripped[:-1]), words, people)
        return named if named.name in people or named.name == stripped[:-1].strip() else NOBODY
    return _according(context, words, people)


def _moved(verb: "re.Match[str]", begins: int, context: str, words: SayingWords) -> "re.Match[str]":
    """The same verb, found in the text from `begins` on."""
    return words.verb.search(_lower(context[begins:]), verb.start() - begins) or verb


def says(context: str, words: SayingWords) -> bool:
    """Say whether a verb of saying, or "according to", stands in a text."""
    lowered = _lower(context)
    return bool(words.verb.search(lowered) or words.according.search(lowered))


def topic(context: str, words: SayingWords, people: Sequence[str]) -> Speaker:
    """Read the speaker where the verb stands behind the quotation and its subject before it (Japanese, Turkish)."""
    if words.language == "ja":
        mark = _TOPIC.search(context)
        return eastern(_TOPIC_ADVERB.sub("", context[: mark.start()]), people) if mark else NOBODY
    return behind_verb(_first_phrase(context), words, people, named=True)


def _according(context: str, words: SayingWords, people: Sequence[str]) -> Speaker:
    match = words.according.search(_lower(context))
    if match is None:
        return NOBODY
    found = in_phrase(_first_phrase(context[match.end() :]), words, people)
    told = found.name or any(is_role(token, words) for token in found.role.split())
    return found if told else NOBODY


def _subject(
    context: str, verb: "re.Match[str]", words: SayingWords, people: Sequence[str], *, behind: bool = False
) -> Speaker:
    """The subject of a verb; `behind` says that the quotation stands before it, so that a description may follow."""
    left, right = context[: verb.start()], context[verb.end() :]
    if words.language == "zh":
        return eastern(_last_phrase(left), people)
    if words.language in CASELESS:
        return in_phrase(_first_phrase(right), words, people) or _dropped(words)
    if _PRONOUN_TAIL.match(right):
        return Speaker(pronoun=True)
    left = _AUXILIARY.sub("", left)
    set_off = left.rstrip().endswith(",")
    found = in_phrase(_last_phrase(left), words, people)
    if set_off and not found.name:  # Ada Corrigan, the minister, said; Ada Corrigan, who is 61, said
        apart = _last_phrase(left)
        named = _named_before(left, found.role if apart.startswith(found.role[:_ROLE_START]) else "", words, people)
        if named:
            return named
    if found and not set_off:
        return found
    after = behind_verb(_first_phrase(right), words, people)
    return after if after.name or after.pronoun or (behind and after.role) else _dropped(words)


def _dropped(words: SayingWords) -> Speaker:
    """Where a verb needs no pronoun, one without a subject says "he said" all the same."""
    return NOBODY if words.language in _SUBJECT_NEEDED else Speaker(pronoun=True)


def _named_before(left: str, role: str, words: SayingWords, people: Sequence[str]) -> Speaker:
    """A name before a description set off by commas, when nothing stands between the two."""
    phrase = _phrase_before_last(left)
    found = cased(phrase, words, people)
    direct = found.name and phrase.rstrip().endswith(found.name.split()[-1])
    return Speaker(found.name, role) if direct else NOBODY


def _lower(text: str) -> str:
    lowered = text.replace("İ", "i").lower()
    return lowered if len(lowered) == len(text) else text


def _first_phrase(text: str) -> str:
    """What stands before the first mark, and behind one comma a name in apposition: "le maire, Paul Roche"."""
    text = text.lstrip(" ,،\u00a0")
    mark = _BREAK.search(text)
    if mark is None:
        return text
    first = text[: mark.start()]
    if mark.group() in ",،" and first.strip():
        following = _BREAK.search(text, mark.end())
        second = text[mark.end() : following.start() if following else len(text)]
        return f"{first},{second}"
    return first


def _last_phrase(text: str) -> str:
    last = 0
    for mark in _BREAK.finditer(text):
        if mark.end() < len(text.rstrip()):
            last = mark.end()
    return text[last:].strip()


def _phrase_before_last(text: str) -> str:
    parts = [part for part in _BREAK.split(text) if part.strip()]
    return parts[-2].strip() if len(parts) > 1 else ""
