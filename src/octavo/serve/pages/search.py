"""Search: the words asked for, where they were found, and what to try when nothing was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from octavo.actions.searches import line_of
from octavo.domain.enrichment import Hashtag
from octavo.errors import StoreError
from octavo.ports.search_index import SearchQuery
from octavo.relate import query as language
from octavo.relate.query import WORD, Part, Question
from octavo.relate.spelling import meant, mistakes
from octavo.serve import features, links
from octavo.serve.asking import ask
from octavo.serve.contexts import Frame, SearchPage
from octavo.serve.finding import Finder, Finds, find
from octavo.serve.followed import CONTROLS
from octavo.serve.marking import shown_finds
from octavo.serve.searched import Chip, Ease, Found
from octavo.serve.visit import Visit
from octavo.store import hashtags, reading, searches, vocabulary
from octavo.text.folding import split

SIZE = 20
DEEPEST = 200
"""Finds a reader can page through: past them, better words find better."""

_SUGGESTIONS = 12
_SAMPLE = 200
_FEW = 3
"""Finds with every word from which nobody is asked whether a word was meant."""

_EASED = 6
_COUNTED = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader's question: as typed, as chosen in the form, and what both say together."""

    typed: Question
    chosen: dict[str, str]
    order: str = ""

    @property
    def whole(self) -> Question:
        """All of it."""
        made = language.merge(self.typed, [language.operator(kind, value) for kind, value in self.chosen.items()])
        newest = [language.operator("sort", "new")] if self.order == "new" else []
        return language.merge(made, newest)

    def path(self, visit: Visit, **more: str) -> str:
        """Give the address of this question."""
        kept = {"q": self.typed.written(), **self.chosen, "sort": self.order, **more}
        return links.search(visit.plan.key, **kept)

    def without(self, part: Part) -> "Asked":
        """Say the same without one part, wherever it was said."""
        chosen = {kind: value for kind, value in self.chosen.items() if (kind, (value,)) != (part.kind, part.values)}
        typed = Question(tuple(one for one in self.typed.parts if _same(one) != _same(part)))
        return Asked(typed, chosen, "" if part.kind == "sort" else self.order)


def _same(part: Part) -> tuple[str, tuple[str, ...], bool]:
    return part.kind, part.values, part.wanted


def load(visit: Visit) -> SearchPage:
    """Search. Odd words find nothing, and a search that fails says so: neither is an error."""
    given = visit.query
    line = " ".join(given.get("q", "").split())[: language.LONGEST]
    chosen = {kind: " ".join(given[kind].split())[:100] for kind in CONTROLS if given.get(kind, "").strip()}
    asked = Asked(language.parse(line), _valid(chosen), "new" if given.get("sort") == "new" else "")
    start = _start(given.get("from", ""))
    query = replace(ask(visit, asked.whole), limit=SIZE + 1, offset=start)
    something = bool(asked.whole.parts)
    finds, failed = _search(visit, query) if something else (Finds((), 0), False)
    found = shown_finds(visit, [hit.id for hit in finds.hits[:SIZE]], asked.whole, finds.alike)
    more = len(finds.hits) > SIZE and start + SIZE < DEEPEST
    title = visit.t("Search")
    few = something and not failed and not start and finds.exact < _FEW
    return SearchPage(
        frame=Frame(
            title=visit.t("Search: {query}", query=asked.whole.written()) if something else title,
            description=visit.t("Search every article, in any language."),
            path=asked.path(visit),
            kind="search",
            feed=asked.path(visit) if something else "",
            index=False,
        ),
        query=line,
        chosen=dict.fromkeys(CONTROLS, "") | asked.chosen,
        chips=_chips(visit, asked),
        found=found,
        exact=finds.exact,
        others=_others(found[finds.exact :]),
        total=_total(visit, len(finds.hits), start) if something and not failed else "",
        sources=sorted(visit.known.names, key=lambda pair: pair[1].casefold()),
        languages=visit.known.languages,
        suggestions=() if found else _suggestions(visit),
        meant=_meant(visit, asked, finds.exact) if few else ("", ""),
        ease=_ease(visit, asked) if few and not found else (),
        order=_order(visit, asked),
        older=asked.path(visit, **{"from": str(start + SIZE)}) if more else "",
        line=line_of(asked.whole.written()) if something else "",
        kept=something and _kept(visit, asked),
        failed=failed,
        panel=features.of_archive(visit, line),
    )


def _kept(visit: Visit, asked: Asked) -> bool:
    """Tell whether the reader keeps this search."""
    if visit.mine is None:
        return False
    line = line_of(asked.whole.written())
    return any(one.query == line for one in searches.of(visit.view, visit.mine.person.id))


def _others(found: Sequence[Found]) -> str:
    kinds = {"alike" if one.alike else "most" for one in found}
    return "both" if len(kinds) > 1 else next(iter(kinds), "")


def _valid(chosen: dict[str, str]) -> dict[str, str]:
    """Leave out what a control cannot say: a date that is none."""
    return {kind: value for kind, value in chosen.items() if kind in _kinds(kind, value)}


def _kinds(kind: str, value: str) -> set[str]:
    return {one.kind for one in language.parse(language.operator(kind, value).written).parts}


def _order(visit: Visit, asked: Asked) -> tuple[str, str]:
    other = replace(asked, order="" if asked.order else "new")
    return ("newest" if language.newest_first(asked.whole) else "best"), other.path(visit)


def _search(visit: Visit, asked: SearchQuery) -> tuple[Finds, bool]:
    tools = visit.site.tools
    own = visit.plan.languages or (visit.plan.language,)
    finder = Finder(tools.search_index, visit.view, own, visit.known.display.bar, tools.meaning)
    try:
        found = find(finder, asked)
    except StoreError:
        return Finds((), 0), True
    return found, False


def _start(text: str) -> int:
    return min(int(text), DEEPEST - SIZE) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _total(visit: Visit, count: int, start: int) -> str:
    number = start + min(count, SIZE)
    if count > SIZE:
        return visit.t("More than {n} articles", n=number)
    return visit.tn("{n} article", "{n} articles", number)


def _suggestions(visit: Visit) -> Sequence[Hashtag]:
    newest = reading.latest_ids(visit.view, visit.languages, None, _SAMPLE) if visit.languages else []
    own = visit.plan.language.split("-")[0]
    return hashtags.common(visit.view, newest, _SUGGESTIONS, own) if newest else []


def _chips(visit: Visit, asked: Asked) -> list[Chip]:
    whole = asked.whole
    return [
        Chip(label_of(visit, one.kind), value_of(visit, one), one.wanted, asked.without(one).path(visit))
        for one in whole.filters
        if one.kind != "sort"
    ]


def label_of(visit: Visit, kind: str) -> str:
    """Name a kind of condition."""
    names = {
        "source": visit.t("Publisher"),
        "tag": visit.t("Hashtag"),
        "place": visit.t("Place"),
        "language": visit.t("Language"),
        "section": visit.t("Section"),
        "by": visit.t("Author"),
        "has": visit.t("With"),
        "after": visit.t("From"),
        "before": visit.t("Before"),
    }
    return names.get(kind, "")


def value_of(visit: Visit, part: Part) -> str:
    """Say what a condition asks for the way readers know it."""
    named: dict[str, str] = {}
    if part.kind == "source":
        named = {str(key): name for key, name in visit.known.names}
    elif part.kind == "section":
        named = {section.topic: section.title for section in visit.plan.sections}
    elif part.kind == "language":
        named = {one: visit.here.language.language_name(one) for one in part.values if _is_language(visit, one)}
    elif part.kind == "has":
        named = dict.fromkeys(part.values, visit.t("picture"))
    elif part.kind == "tag":
        named = {one: f"#{one}" for one in part.values}
    return " / ".join(named.get(one, one) for one in part.values)


def _is_language(visit: Visit, value: str) -> bool:
    return value in visit.known.languages or any(value == tag.split("-")[0] for tag in visit.known.languages)


def _meant(visit: Visit, asked: Asked, exact: int) -> tuple[str, str]:
    """Put words that are nearly others right, where that finds more: (question, path), or two empty texts."""
    parts = list(asked.typed.parts)
    own = [tag.split("-")[0] for tag in (visit.plan.languages or (visit.plan.language,))]
    changed = False
    for place, part in enumerate(parts):
        better = _nearest(visit, part, own) if part.kind == WORD and part.wanted and not part.quoted else ""
        if better:
            parts[place] = replace(part, values=(better,), written=better)
            changed = True
    put = replace(asked, typed=Question(tuple(parts)))
    if not changed:
        return "", ""
    found = visit.site.tools.search_index.search(replace(ask(visit, put.whole), limit=_FEW))
    return (put.typed.written(), put.path(visit)) if len(found) > exact else ("", "")


def _nearest(visit: Visit, part: Part, own: Sequence[str]) -> str:
    folded = split(part.values[0]) if len(part.values) == 1 else []
    far = mistakes(folded[0]) if len(folded) == 1 else 0
    if not far:
        return ""
    length = len(folded[0])
    return meant(folded[0], vocabulary.words(visit.view, list(dict.fromkeys(own)), length - far, length + far))


def _ease(visit: Visit, asked: Asked) -> list[Ease]:
    """Say what is found without each condition or word, the most helpful first."""
    whole = asked.whole
    parts = [one for one in whole.parts if one.kind != "sort"]
    if len(parts) < 2:
        return []
    counted = []
    for part in parts[:_EASED]:
        left = asked.without(part)
        hits = visit.site.tools.search_index.search(replace(ask(visit, left.whole), limit=_COUNTED + 1))
        if hits:
            told = visit.tn("{n} article", "{n} articles", len(hits))
            told = told if len(hits) <= _COUNTED else visit.t("More than {n} articles", n=_COUNTED)
            counted.append((len(hits), Ease(part.written, left.path(visit), told)))
    return [ease for _, ease in sorted(counted, key=lambda pair: -pair[0])]
