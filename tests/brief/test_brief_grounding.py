"""A written sentence passes only when its passages have its names, numbers, days, quotations and denials."""

import pytest

from octavo.brief.grounding import Grounds, check
from octavo.brief.proofs import Fault
from octavo.text.versions import version_of

from .grounds import HARBOUR

GROUNDS = Grounds([HARBOUR])


@pytest.mark.parametrize(
    "text",
    [
        "The harbour at Millbrook reopened on Tuesday.",
        "The harbour at Millbrook reopened on 3 March.",
        "About 14,000 tonnes of sand were cleared in nine days.",
        "More than 14,000 tonnes of sand were cleared in 9 days.",
        "Ada Corrigan said: “We did not sleep.”",
        "Corrigan said ferries to Ostrey would sail again on Friday.",
        "Profits rose by 12 per cent last year.",
        "Mayor Paul Roche denied that the council had paid 2 million euros.",
    ],
)
def test_what_the_text_says_passes(text: str) -> None:
    verdict = GROUNDS.check(text)
    assert verdict.holds, verdict.reasons


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Engineers cleared 14,000 tonnes of sand in nine days.", Fault.NUMBER),
        ("Engineers cleared 14,320 tonnes of sand in nine days.", Fault.NUMBER),
        ("Engineers cleared 14,230 tonnes of sand in eight days.", Fault.NUMBER),
        ("Engineers cleared 14,230 tonnes of sand in nine weeks.", Fault.NUMBER),
        ("The harbour at Ostrey reopened on Tuesday.", Fault.NAME),
        ("The harbour at Brackwater reopened on Tuesday.", Fault.NAME),
        ("Ferries to Ostrey will sail again on Monday.", Fault.DATE),
        ("The harbour at Millbrook reopened on 2 March.", Fault.DATE),
        ("Ada Corrigan said “We did sleep”.", Fault.QUOTE),
        ("“We did not sleep,” said Paul Roche.", Fault.SPEAKER),
        ("Roche said ferries to Ostrey would sail again on Friday.", Fault.NAME),
        ("The council had paid 2 million euros.", Fault.NEGATION),
        ("The harbour did not reopen on Tuesday.", Fault.NEGATION),
        ("Profits fell by 12% last year.", Fault.OPPOSITE),
        ("The harbour will be sold to a foreign company next to the station.", Fault.WORDS),
    ],
)
def test_what_it_does_not_say_fails_for_its_reason(text: str, fault: Fault) -> None:
    verdict = GROUNDS.check(text)
    assert not verdict.holds
    assert fault in {reason.fault for reason in verdict.reasons}


def test_a_verdict_cites_the_passage_and_the_wording_it_has_now() -> None:
    verdict = check("The harbour at Millbrook reopened on Tuesday.", [HARBOUR])
    first = verdict.citations[0]
    assert first.passage.part == 0
    assert first.passage.text == HARBOUR.paragraphs[0][first.passage.start : first.passage.end]
    assert first.version == version_of(HARBOUR.wording)


def test_nothing_to_rest_on_bears_nothing_out() -> None:
    assert not check("The harbour at Millbrook reopened on Tuesday.", []).holds
    assert not GROUNDS.check("").holds
