"""Who wrote it: the authors that the page as a whole says most, and the line that names them."""

from collections.abc import Iterable, Sequence

from octavo.domain.article import Byline
from octavo.extract.attribution import Claim, Source, gather_claims
from octavo.extract.authorship import Reading, Setting, choose, identity
from octavo.extract.evidence import key
from octavo.extract.layout import Layout
from octavo.extract.names import split_role, strip_prefix
from octavo.extract.structured import Statements, Thing
from octavo.text.urls import host_of

_LONGEST = 140  # characters of a line that is a byline
_LONGEST_TEXT = 300
_READ = 60_000  # characters of the body whose words are known


def find_byline(
    statements: Statements,
    main: Thing | None,
    layout: Layout,
    chosen: Sequence[int],
    publisher: str,
    feed: Iterable[str],
) -> Byline:
    """Choose the authors on whom the page's statements, marks and lines agree best.

    When they name no people, the line as printed is kept: an agency, an outlet, a desk, initials.
    """
    source = Source(statements, main, layout, chosen, publisher, tuple(feed))
    claims = gather_claims(source)
    reading = choose(claims, setting_of(source))
    if reading is None:
        return Byline()
    if not reading.people:
        return Byline(next(iter(reading.names.values()))[:_LONGEST_TEXT])
    people = tuple(_as_printed(one, name, claims) for one, name in reading.names.items())
    return Byline(_text(reading, people)[:_LONGEST_TEXT], people)


def setting_of(source: Source) -> Setting:
    """What the page tells of the words, titles and publisher around its author lines."""
    heads = [mark.text for mark in source.layout.marked if mark.kind == "h1"]
    host = key(host_of(source.statements.canonical).rpartition(".")[0]) if source.statements.canonical else ""
    titles = key(" ".join([*heads[:4], source.statements.title]))
    return Setting(_body(source), titles, source.publisher, host)


def _body(source: Source) -> str:
    """The beginning of the body, its words apart by one space."""
    parts, left = [""], _READ
    for number in source.chosen:
        text = source.layout.pieces[number].text[:left]
        left -= len(text)
        parts.append(text)
        if left <= 0:
            break
    return " ".join([*parts, ""])


def _as_printed(one: str, name: str, claims: Iterable[Claim]) -> str:
    """A name in capitals and small letters where the page writes it so anywhere."""
    if not (name.isupper() or name.islower()):
        return name
    forms = (other for claim in claims for other in claim.people if identity(other) == one)
    return next((other for other in forms if not other.isupper() and not other.islower()), name)


def _text(reading: Reading, people: Sequence[str]) -> str:
    line = strip_prefix(reading.line)
    whole = all(key(name) in key(line) for name in people)
    return line if whole and len(line) < _LONGEST else ", ".join(people)


def is_byline(text: str, byline: Byline) -> bool:
    """Tell a line of the body that only says who wrote it."""
    if not byline.text or len(text) >= _LONGEST:
        return False
    plain = key(split_role(text)[1])
    return bool(plain) and plain in {key(byline.text), *map(key, byline.people)}
