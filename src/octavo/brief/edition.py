"""The edition's leading stories in two minutes, without any model: two sentences a story, chosen."""

from collections.abc import Sequence
from datetime import datetime

from octavo.brief.summary import story_summary
from octavo.domain.brief import Brief, BriefKind, Statement
from octavo.domain.telling import Telling
from octavo.text.saying import UNSPACED
from octavo.text.words import count_words

WORDS = 300
"""Words of the whole, two minutes read aloud; in a script without spaces, where a word is a character, twice that."""

STORIES = 8
EACH = 2


def edition_brief(stories: Sequence[Sequence[Telling]], now: datetime, language: str) -> Brief:
    """Choose two sentences a story, the leading story first, at most WORDS words in all.

    Every story has its first sentence before any has its second. `label` is the headline of the story's first telling.
    """
    told = [(story[0].headline, story_summary(story, now, EACH).statements) for story in stories[:STORIES] if story]
    room = WORDS * (2 if language.partition("-")[0] in UNSPACED else 1)
    kept: dict[tuple[int, int], Statement] = {}
    for turn in range(EACH):
        for number, (headline, found) in enumerate(told):
            if turn >= len(found):
                continue
            size = count_words(found[turn].text)
            if size <= room:
                room -= size
                kept[number, turn] = Statement(found[turn].text, found[turn].citations, label=headline)
    return Brief(BriefKind.EDITION, language, tuple(kept[place] for place in sorted(kept)), now)
