"""Pairs of headlines that contradict each other, agree, or are about something else; and how values compare."""

import pytest

from octavo.relate.agreement import Label, judge
from octavo.relate.figures import figures
from octavo.relate.scope import Values, values

from .tellings import telling


@pytest.mark.parametrize(
    ("one", "other", "label"),
    [
        ("Ferry sinking in Norway kills 17", "19 dead as ferry sinks off Norway", Label.CONFLICT),
        ("Harrow dam collapse toll hits 42", "Death toll of Harrow dam collapse rises to 25", Label.CONFLICT),
        ("Two fishermen killed in Chile boat accident", "Four fishermen killed in Chile boat accident", Label.CONFLICT),
        ("Ferry sinking in Norway kills 17", "Seventeen dead as ferry sinks off Norway", Label.AGREE),
        ("Dozens dead in Norway ferry disaster", "48 dead in Norway ferry disaster", Label.AGREE),
        ("About 60 hurt in Harrow stampede", "61 hurt in Harrow stampede", Label.AGREE),
        ("Ferry sinking in Norway kills 17", "Train crash in Chile kills 4", Label.UNRELATED),
        ("Quake in Peru kills 40", "Bus crash in Peru kills 12", Label.UNRELATED),
        ("Harrow shares close up 0.4 percent", "Harrow shares close down 1.2 percent", Label.UNRELATED),
        ("Bomb kills 10 civilians in Peru", "Bomb kills 5 policemen in Peru", Label.UNRELATED),
        (
            "Roadside bomb near Harrow in Peru kills 10 civilians",
            "Roadside bomb near Harrow in Peru kills 9 policemen",
            Label.UNRELATED,
        ),
        ("The regatta begins", "The regatta ends", Label.UNRELATED),
    ],
)
def test_two_headlines(one: str, other: str, label: Label) -> None:
    assert judge(one, other, "en").label == label


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("17 dead", "17 dead", Values.SAME),
        ("1.2 million displaced", "1,234,000 displaced", Values.ROUNDED),
        ("about 60 dead", "61 dead", Values.ROUNDED),
        ("dozens dead", "98 dead", Values.ROUNDED),
        ("at least 19 dead", "26 dead", Values.BOUND),
        ("more than 100 dead", "130 dead", Values.BOUND),
        ("at least 26 dead", "19 dead", Values.DIFFER),
        ("17 dead", "19 dead", Values.DIFFER),
        ("547,000 displaced", "548,000 displaced", Values.DIFFER),
        ("dozens dead", "2,000 dead", Values.DIFFER),
    ],
)
def test_values(one: str, other: str, expected: Values) -> None:
    (left,), (right,) = figures(telling(1, one, padded=False)), figures(telling(2, other, padded=False))
    assert values(left, right) == values(right, left) == expected
