"""A written sentence passes only when its passages have its names, numbers, days, quotations and denials."""

import pytest

from octavo.brief.grounding import Grounds, check
from octavo.brief.proofs import Fault
from octavo.text.versions import version_of

from .grounds import BRIDGE, HARBOUR, telling

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
        ("2 million euros had been paid by the council, not by Mayor Paul Roche.", Fault.NEGATION),
        ("The council had paid 2 million euros, Mayor Paul Roche said.", Fault.NEGATION),
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


ABOUT_THE_BRIDGE = Grounds([HARBOUR, BRIDGE])


@pytest.mark.parametrize(
    "text",
    [
        "At least 40 people were hurt when the bridge at Ostrey collapsed.",
        "The ORS said at least forty people were hurt.",
        "Lena Marsh found 12 cracks.",
        "The contractor allegedly used weak steel.",
        "Lorries of 30 tonnes crossed it daily.",
        "Engineer Lena Marsh inspected the bridge in 2019.",
    ],
)
def test_names_by_pronoun_and_initials_and_bounds_that_are_kept_pass(text: str) -> None:
    assert not ABOUT_THE_BRIDGE.check(text).reasons


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("40 people were hurt when the old bridge at Ostrey collapsed on Monday.", Fault.NUMBER),
        ("At most 40 people were hurt when the old bridge at Ostrey collapsed on Monday.", Fault.NUMBER),
        ("More than 30 people were hurt when the old bridge at Ostrey collapsed on Monday.", Fault.NUMBER),
        ("Lorries of 12 tonnes crossed it daily before the collapse.", Fault.NUMBER),
        ("Lorries of 30 miles crossed it daily before the collapse.", Fault.NUMBER),
        ("Engineer Lena Marsh inspected the bridge in 2018.", Fault.NUMBER),
        ("The contractor used weak steel.", Fault.CERTAINTY),
        ("Lorries of 30 tonnes crossed it daily after the collapse.", Fault.OPPOSITE),
        ("Engineer Ada Corrigan inspected the bridge in 2019.", Fault.NAME),
        ("Inspectors from Wales will examine the pillars.", Fault.NAME),
        ("At least 40 people were hurt when the old bridge at Millbrook collapsed on Monday.", Fault.NAME),
    ],
)
def test_bounds_units_reserve_and_whose_it_is_are_held_to_the_source(text: str, fault: Fault) -> None:
    assert fault in {reason.fault for reason in ABOUT_THE_BRIDGE.check(text).reasons}


def test_a_number_of_two_tellings_is_cited_from_the_one_that_says_it() -> None:
    verdict = ABOUT_THE_BRIDGE.check("Engineers cleared 14,230 tonnes of sand in nine days.")
    assert {one.passage.article_id for one in verdict.citations} == {HARBOUR.id}


def test_characters_that_fold_to_nothing_are_no_words() -> None:
    odd = telling(3, "en", "\u200c", "The \u200d harbour \u0640 at Millbrook reopened \u00ad on Tuesday.")
    assert check("The harbour at Millbrook reopened on Tuesday.", [odd]).holds
