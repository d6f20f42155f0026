"""Headlines in another language, for lists: which may be translated, by whom, and what of it holds."""

from collections.abc import Sequence
from statistics import fmean

from octavo.brief.addressed import aim_of
from octavo.brief.prompt import CITED, rules_of, tame
from octavo.brief.reading import read_sentence
from octavo.brief.translated import Pieces, lost
from octavo.brief.written import plain
from octavo.domain.article import ArticleCard
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.telling import Telling
from octavo.ports.language_model import Prompt
from octavo.relate.tellings import passages, written_on

LONGEST = 300
"""Characters of a headline that is translated; longer ones are no headlines."""

PROMPT = "headlines"
_TOKENS_A_HEADLINE = 70


def withheld(card: ArticleCard, policy: DisplayPolicy) -> bool:
    """Say whether a publisher lets nothing be made of its headline, as of its articles."""
    most = card.rights.longest_snippet
    short = most is not None and most < len(card.headline)
    return short or policy is DisplayPolicy.HEADLINE or card.rights.machines_barred


def fit(card: ArticleCard, policy: DisplayPolicy) -> bool:
    """Say whether a headline may be translated: it is one, speaks to no machine, and is not withheld."""
    return 0 < len(card.headline) <= LONGEST and not withheld(card, policy) and not aim_of(card.headline)


def telling_of(card: ArticleCard) -> Telling:
    """Give a headline as the check of translations reads it: an article of nothing else."""
    return Telling(
        card.id,
        card.publisher_id,
        card.publisher_name,
        card.language,
        card.time,
        card.headline,
        country=card.country,
        dated=card.published_at is not None,
    )


def cut(card: ArticleCard) -> Pieces:
    """Cut a headline into the sentences a translator is given; most are one."""
    telling = telling_of(card)
    return Pieces(telling, tuple(passages(telling, headline=True)))


def joined(pieces: Pieces, made: Sequence[str], language: str) -> str:
    """Check what a translator made of a headline's sentences; "" where any of it does not hold."""
    said = pieces.statements(made, language)
    return "" if not said or any(one.chosen for one in said) else " ".join(one.text for one in said)


def prompt_for_headlines(cards: Sequence[ArticleCard], language: str) -> Prompt:
    """Frame headlines for a language model: fenced and numbered, a line each."""
    version, rules = rules_of(PROMPT)
    lines = [f"[{number}] {tame(one.headline)}" for number, one in enumerate(cards, 1)]
    material = "\n".join(["<<<ARTICLE 1>>>", *lines, "<<<END 1>>>"])
    name = f"{PROMPT}/{version}"
    return Prompt(name, rules.replace("{language}", language), material, most_tokens=_TOKENS_A_HEADLINE * len(cards))


def read_headlines(written: str, cards: Sequence[ArticleCard], language: str) -> list[str]:
    """Read a language model's answer, and check each line against its headline; "" for one that does not hold."""
    found: dict[int, str] = {}
    for line in written.splitlines():
        numbers = [int(one) for one in CITED.findall(line) if one.isdigit()]
        if len(numbers) == 1:
            found.setdefault(numbers[0], plain(CITED.sub("", line)))
    return [_held(one, found.get(number, ""), language) for number, one in enumerate(cards, 1)]


def _held(card: ArticleCard, text: str, language: str) -> str:
    written = written_on(telling_of(card))
    if not text or lost(card.headline, card.language, text, language, written):
        return ""
    return text if _usual(text, language) >= _usual(text, card.language) else ""


def _usual(text: str, language: str) -> float:
    """Say how usual a text's words are in a language (mean Zipf value): models may answer in another than was asked."""
    read = read_sentence(text, language, None)
    return fmean(read.words.rarities.zipf(one.key) for one in read.tokens) if read.tokens else 0.0
