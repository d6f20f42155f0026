"""Which AI features a page offers: as the instance set them, as far as they make sense there."""

from collections.abc import Iterable

from octavo.domain.brief import BriefKind
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.story import Story
from octavo.ports.translator import pair_of
from octavo.serve import links
from octavo.serve.briefed import Feature, Field, Panel
from octavo.serve.closely import Closely
from octavo.serve.visit import Visit

WORDS = {
    BriefKind.SUMMARY: "summary",
    BriefKind.ANSWER: "ask",
    BriefKind.BACKGROUND: "background",
    BriefKind.PERSPECTIVES: "perspectives",
    BriefKind.CHANGES: "new",
    BriefKind.DEFINITION: "define",
    BriefKind.SIMPLER: "simpler",
    BriefKind.TRANSLATION: "translation",
}
"""What stands for a feature in an address."""

KINDS = {word: kind for kind, word in WORDS.items()}

WRITTEN_ONLY = frozenset({BriefKind.SIMPLER, BriefKind.TRANSLATION})
"""Features that choosing sentences cannot stand in for: a language model writes, or a translator translates."""

OF_ARTICLE = (
    BriefKind.SUMMARY,
    BriefKind.BACKGROUND,
    BriefKind.SIMPLER,
    BriefKind.TRANSLATION,
    BriefKind.ANSWER,
    BriefKind.DEFINITION,
)
OF_STORY = (
    BriefKind.SUMMARY,
    BriefKind.CHANGES,
    BriefKind.PERSPECTIVES,
    BriefKind.BACKGROUND,
    BriefKind.ANSWER,
    BriefKind.DEFINITION,
)

LONGEST = 200
"""Characters of a question."""

_FIELDS = (BriefKind.ANSWER, BriefKind.DEFINITION)


def offered(visit: Visit, language: str = "") -> frozenset[BriefKind]:
    """Give the features this instance offers, for articles in a language; none where they are off."""
    ai = visit.site.tools.settings.ai
    kinds = frozenset(BriefKind(one) for one in ai.features) if ai.on else frozenset()
    return kinds - {one for one in WRITTEN_ONLY if not writer_of(visit, one, language)}


def chosen_on(visit: Visit) -> bool:
    """Tell whether pages open with sentences chosen from their articles."""
    return BriefKind.SUMMARY in offered(visit)


def writer_of(visit: Visit, kind: BriefKind, language: str) -> str:
    """Name, with its version, what writes a feature about articles in a language; "" where nothing does.

    A translator where one has the pair of languages, else the language model.
    """
    tools = visit.site.tools
    if tools.settings.ai.written_an_hour <= 0:
        return ""
    translator = translator_of(visit, language) if kind is BriefKind.TRANSLATION else ""
    return translator or tools.language_model.model


def translator_of(visit: Visit, language: str) -> str:
    """Name the translator from a language into the reader's; "" where none has that pair."""
    translator = visit.site.tools.translator
    return translator.pairs.get(pair_of(language, visit.plan.language), "")


def translates_headlines(visit: Visit) -> bool:
    """Tell whether headlines are translated into the reader's language, from any other."""
    tools, tag = visit.site.tools, visit.plan.language
    if not tools.settings.ai.translates_headlines:
        return False
    into = pair_of("", tag)[1]
    asked = tag in tools.settings.ai.headline_languages and bool(tools.language_model.model)
    return asked or any(target == into for _, target in tools.translator.pairs)


def label_of(visit: Visit, kind: BriefKind) -> str:
    """Name a feature."""
    return {
        BriefKind.SUMMARY: visit.t("Summary"),
        BriefKind.ANSWER: visit.t("Ask"),
        BriefKind.BACKGROUND: visit.t("Background"),
        BriefKind.PERSPECTIVES: visit.t("How outlets tell it"),
        BriefKind.CHANGES: visit.t("What is new"),
        BriefKind.DEFINITION: visit.t("Define"),
        BriefKind.SIMPLER: visit.t("In simple words"),
        BriefKind.TRANSLATION: visit.t("Translate"),
        BriefKind.EDITION: visit.t("The Eight in two minutes"),
    }[kind]


def of_article(visit: Visit, path: str, policy: DisplayPolicy, story: Story | None, language: str) -> Panel | None:
    """Give what an article's page offers; None where that is nothing."""
    kinds = [one for one in OF_ARTICLE if one is not BriefKind.TRANSLATION or not _own(visit, language)]
    if policy is DisplayPolicy.HEADLINE:
        kinds = [BriefKind.BACKGROUND]
    panel = _panel(visit, path, kinds, language)
    if story is None or story.article_count < 2:
        return panel
    whole = links.story(visit.plan.key, story.id, story.headline)
    found = offered(visit)
    more = [
        Feature("perspectives", label_of(visit, BriefKind.PERSPECTIVES), f"{whole}/perspectives", opens=True)
        for _ in range(BriefKind.PERSPECTIVES in found)
    ]
    return _with(panel, more)


def of_story(visit: Visit, path: str, closely: Closely | None) -> Panel | None:
    """Give what a story's page offers; None where that is nothing. The timeline and the numbers stand on the page."""
    kinds = OF_STORY if closely is not None else tuple(one for one in OF_STORY if one is not BriefKind.PERSPECTIVES)
    panel = _panel(visit, path, kinds)
    more = []
    if panel and closely and closely.days:
        more.append(Feature("timeline", visit.t("Timeline"), "#days-title", opens=False))
    if panel and closely and closely.figures:
        more.append(Feature("figures", visit.t("Check the figures"), "#ledger-title", opens=False))
    return _with(panel, more)


def of_edition(visit: Visit) -> Panel | None:
    """Give what a front page offers; None where that is nothing."""
    if BriefKind.EDITION not in offered(visit):
        return None
    path = f"{links.front(visit.plan.key)}/briefing"
    return Panel([Feature("edition", label_of(visit, BriefKind.EDITION), path, opens=True)], [])


def of_archive(visit: Visit, question: str) -> Panel | None:
    """Give what a search page offers; None where that is nothing."""
    return (
        Panel([], [field(visit, f"/{visit.plan.key}/ask", BriefKind.ANSWER, question)])
        if (BriefKind.ANSWER in offered(visit))
        else None
    )


def field(visit: Visit, path: str, kind: BriefKind, question: str = "", before: Iterable[str] = ()) -> Field:
    """Make a line to ask in; `before` holds what was asked before, oldest first."""
    asks = kind is BriefKind.ANSWER
    label = visit.t("A question about this") if asks else visit.t("A word or name to define")
    if asks and path.endswith(f"{visit.plan.key}/ask"):
        label = visit.t("A question to every article here")
    hidden = [(f"q{number}", one) for number, one in enumerate(before, 1)]
    return Field(path, label, hidden, question, visit.t("Ask") if asks else visit.t("Define"))


def _panel(visit: Visit, path: str, kinds: Iterable[BriefKind], language: str = "") -> Panel | None:
    found = offered(visit, language)
    kept = [one for one in kinds if one in found]
    links_ = [
        Feature(str(one), label_of(visit, one), f"{path}/{WORDS[one]}", opens=True)
        for one in kept
        if one not in _FIELDS
    ]
    asks = [field(visit, f"{path}/{WORDS[one]}", one) for one in kept if one in _FIELDS]
    return Panel(links_, asks) if kept else None


def _with(panel: Panel | None, more: list[Feature]) -> Panel | None:
    if not more:
        return panel
    return Panel([*panel.features, *more], panel.asks) if panel else Panel(more, [])


def _own(visit: Visit, language: str) -> bool:
    """Say whether an article is in the page's own language."""
    return language.split("-")[0] == visit.plan.language.split("-")[0]
