"""Names of a sentence, their words put together."""

from dataclasses import dataclass

from octavo.brief.reading import Read


@dataclass(frozen=True, slots=True)
class Run:
    """A name: tokens `first` to `last` (not included) of a sentence."""

    first: int
    last: int
    text: str

    @property
    def places(self) -> range:
        """Its tokens."""
        return range(self.first, self.last)


def runs(sentence: Read) -> list[Run]:
    """Put name tokens that follow one another together."""
    found: list[Run] = []
    start = -2
    last = -2
    for place in [*sentence.names, -9]:
        together = place == last + 1 and (sentence.words.spaceless or not _parted(sentence, last))
        if not together:
            if last >= 0:
                text = sentence.text[sentence.tokens[start].start : sentence.tokens[last].end]
                found.append(Run(start, last + 1, text))
            start = place
        last = place
    return found


def _parted(sentence: Read, place: int) -> bool:
    one, two = sentence.tokens[place], sentence.tokens[place + 1]
    return bool(sentence.text[one.end : two.start].strip())
