"""Every text of the interface is there in every language of the interface, with all its plural forms."""

import gettext
import importlib.util
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from octavo.serve.languages import read_languages

_NAMED = importlib.util.spec_from_file_location("catalogues", Path(__file__).parents[2] / "docs" / "catalogues.py")
assert _NAMED
assert _NAMED.loader
catalogues = importlib.util.module_from_spec(_NAMED)
_NAMED.loader.exec_module(catalogues)

PROMISED = set("ar az de es fr he hi ja tr uk zh zh-Hant".split())
"""Every language of the interface but English, in which the texts are written; Chinese in both scripts."""

FIELD = re.compile(r"\{(\w+)\}")
SAME: Mapping[str, str] = {
    "az": "Fediverse, Moderator, Server",
    "de": "Code, Cookies, Copyright: {holder}, Fediverse, Feed, Feeds, Filter, Hashtag, Hashtags, Inflation, "
    "Interview, Live, Magnitude, Name, Normal, Organisation, Original, Passkey, Passkeys, Person, Podcast, Server, "
    "Webhooks, Website, Wind",
    "es": "Cookies, Copyright: {holder}, Normal, Original, Webhooks, blog, digital, local, {n} tokens",
    "fr": "Articles, Budget, Code, Contact, Contradictions, Cookies, Corrections, Description, "
    "Inflation, Magnitude, Newsletters, Note, Notifications, Opinion, Organisation, Organisations, Original, Pages, "
    "Podcast, Site, Sources, Suggestions, Webhooks, blog, magazine, migrants, {n} articles, {n} minutes, {n} tokens",
    "he": "Webhooks",
    "tr": "Fediverse, Site, blog",
}
"""Words that are the same in English."""


@pytest.fixture(params=catalogues.catalogues(), ids=lambda file: file.stem)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    file: Path = request.param
    read: Catalog = catalogues.read(file)
    return read


def messages(catalogue: Catalog) -> Iterator[tuple[Message, str, list[str]]]:
    """Give each message with its English text (that of more than one, where it depends on a count) and its words."""
    for message in catalogue:
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[-1]
            words = message.string if isinstance(message.string, tuple) else (message.string,)
            yield message, source, [str(one) for one in words]


def test_every_language_that_was_promised_has_a_catalogue() -> None:
    assert {file.stem for file in catalogues.catalogues()} >= PROMISED


def test_texts_are_found_in_templates_and_in_modules() -> None:
    found = catalogues.asked()
    assert {"Related articles", "There is nothing at this address", ("{n} publisher", "{n} publishers")} <= found
    assert len(found) > 120


def test_every_text_is_translated(catalogue: Catalog) -> None:
    assert catalogues.lacking(catalogue) == []


def test_nothing_is_translated_that_nobody_asks_for(catalogue: Catalog) -> None:
    assert catalogues.needless(catalogue) == []


def test_nothing_is_left_in_english(catalogue: Catalog) -> None:
    same = SAME.get(str(catalogue.locale_identifier), "").split(", ")
    left = [source for _, source, words in messages(catalogue) if source in words and source not in same]
    assert left == []


def test_translations_fill_in_what_the_texts_do(catalogue: Catalog) -> None:
    for _, source, words in messages(catalogue):
        for one in words:
            assert set(FIELD.findall(one)) <= set(FIELD.findall(source)), one
        assert set(FIELD.findall(words[-1])) == set(FIELD.findall(source)), words[-1]


def test_plural_forms_are_those_of_cldr(catalogue: Catalog) -> None:
    form = gettext.c2py(catalogue.plural_expr)
    category = Locale.parse(str(catalogue.locale_identifier)).plural_form
    pairs = {(form(n), category(n)) for n in range(1000)}
    assert len(pairs) == catalogue.num_plurals == len({one for one, _ in pairs}) == len({one for _, one in pairs})


def test_a_form_that_stands_for_many_numbers_says_which(catalogue: Catalog) -> None:
    form = gettext.c2py(catalogue.plural_expr)
    seen = [form(n) for n in range(1000)]
    for message, source, words in messages(catalogue):
        if not message.pluralizable or "{n}" not in source:
            continue
        silent = [one for index, one in enumerate(words) if "{n}" not in one and seen.count(index) > 1]
        assert silent == []


@pytest.mark.parametrize(("tag", "comma"), [("en", ", "), ("ar", "، "), ("ja", "、"), ("he", ", "), ("hi", ", ")])
def test_lists_have_the_languages_own_comma(tag: str, comma: str) -> None:
    assert read_languages().of(tag).comma == comma
