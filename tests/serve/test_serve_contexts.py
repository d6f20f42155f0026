"""Contexts and templates: every field is described, and every page has its template."""

import re
from dataclasses import fields
from importlib.resources import files

import pytest

from octavo.serve import briefed, closely, storied
from octavo.serve.all_contexts import CONTEXTS
from octavo.serve.contexts import Chosen, Frame, Place, Related, Shelf
from octavo.serve.plots.svg import Drawing
from octavo.serve.searched import Chip, Ease, Found, Offer

IN_THE_TITLE = {"frame", "label"}
"""Fields that reach the page through its frame: a hashtag's label stands in the title."""


@pytest.mark.parametrize(
    "kind",
    [
        *CONTEXTS,
        *storied.PARTS,
        *closely.PARTS,
        *briefed.PARTS,
        Drawing,
        Frame,
        Place,
        Shelf,
        Chosen,
        Related,
        Found,
        Chip,
        Ease,
        Offer,
    ],
)
def test_every_field_says_what_it_is(kind: type) -> None:
    for one in fields(kind):
        assert one.metadata["help"].endswith((".", "?")), one.name


@pytest.mark.parametrize("kind", CONTEXTS)
def test_every_page_has_a_template_that_uses_its_fields(kind: type) -> None:
    template = _read(kind.template)  # type: ignore[attr-defined]
    for parent in re.findall(r'{% extends "(parts/[^"]+)"', template):
        template += _read(parent)
    unused = [one.name for one in fields(kind) if one.name not in template and one.name not in IN_THE_TITLE]
    assert unused == []


def _read(template: str) -> str:
    return (files("octavo.serve") / "templates" / template).read_text("utf-8")
