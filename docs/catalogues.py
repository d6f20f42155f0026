"""List what the interface's catalogues lack, and add it to them, to be translated.

python docs/catalogues.py           say how many texts each catalogue lacks, and has that nobody asks for
python docs/catalogues.py --add     write the lacking ones into each catalogue, without a translation; drop the others
python docs/catalogues.py --new xx  begin a catalogue for a language, every text in it, none translated
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.plurals import PLURALS
from babel.messages.pofile import read_po, write_po

SERVE = Path(__file__).parents[1] / "src" / "octavo" / "serve"
LOCALE = SERVE / "locale"

_TEXT = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
_ONE = re.compile(rf"\bt\(\s*{_TEXT}")
_MANY = re.compile(rf"(?:\btn|\.forms)\(\s*{_TEXT}\s*,\s*{_TEXT}")
KINDS = "newspaper broadcaster public-broadcaster agency magazine local digital blog state-media".split()
"""What publishers are, as the data says it: source.html translates these words."""

ERRORS = frozenset("InputError NotAllowed VerifyAgain Conflict NotFound SlowDown SignInRequired".split())
"""Errors whose words people read on pages."""

HEADER = "# The interface in {name}.\n# Glossary: story = …\n"

Message = str | tuple[str, str]


def asked() -> set[Message]:
    """Give every text that templates and modules ask to have translated; a pair where it depends on a count."""
    return {*_from_templates(), *_from_modules(), *_from_errors(), *KINDS}


def _from_templates() -> Iterator[Message]:
    for file in (SERVE / "templates").rglob("*.html"):
        text = file.read_text("utf-8")
        yield from (one or other for one, other in _ONE.findall(text))
        yield from ((a or b, c or d) for a, b, c, d in _MANY.findall(text))


def _from_modules() -> Iterator[Message]:
    for file in SERVE.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
        for call in calls:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            words = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name == "t" and words:
                yield words[0]
            elif name == "tn" and len(words) > 1:
                yield words[0], words[1]


def _from_errors() -> Iterator[Message]:
    """Give what is raised where people act: pages show it beside the form (Here.said)."""
    for file in [
        *SERVE.glob("*.py"),
        *(SERVE.parent / "accounts").glob("*.py"),
        *(SERVE.parent / "discuss").glob("*.py"),
    ]:
        yield from _raised(ast.parse(file.read_text("utf-8")))
    for file in (SERVE.parent / "actions").glob("*.py"):
        text = file.read_text("utf-8")
        if "octavo.accounts.permissions" in text:
            yield from _raised(ast.parse(text))


def _raised(module: ast.Module) -> Iterator[str]:
    known = {
        target.id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        call = node.exc if isinstance(node, ast.Raise) else None
        if not (
            isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ERRORS and call.args
        ):
            continue
        said = call.args[0]
        if isinstance(said, ast.Constant) and isinstance(said.value, str):
            yield said.value
        elif isinstance(said, ast.Name) and said.id in known:
            yield known[said.id]


def catalogues() -> list[Path]:
    """List the catalogues, by language."""
    return sorted(LOCALE.glob("*.po"))


def read(file: Path) -> Catalog:
    """Read a catalogue, whose name is its language's tag."""
    return read_po(io.BytesIO(file.read_bytes()), locale=file.stem.replace("-", "_"))


def lacking(catalogue: Catalog) -> list[Message]:
    """List the texts that a catalogue has no translation of, or not one for each plural form."""
    return sorted((one for one in asked() if not translated(catalogue, one)), key=_first)


def needless(catalogue: Catalog) -> list[str]:
    """List the texts of a catalogue that nobody asks for."""
    known = {_first(one) for one in asked()}
    return [_first(one.id) for one in catalogue if one.id and _first(one.id) not in known]


def translated(catalogue: Catalog, message: Message) -> bool:
    """Tell whether a text has a translation, and one for each plural form."""
    found = catalogue.get(_first(message))
    if found is None:
        return False
    words = found.string if isinstance(found.string, tuple) else (found.string,)
    return all(words) and len(words) == (catalogue.num_plurals if isinstance(message, tuple) else 1)


def complete(catalogue: Catalog) -> None:
    """Put every text that is asked for into a catalogue, and take the others out; what is translated stays."""
    for text in needless(catalogue):
        catalogue.delete(text)
    for message in lacking(catalogue):
        found = catalogue.get(_first(message))
        was = found.string if found and isinstance(found.string, tuple) is isinstance(message, tuple) else None
        catalogue.delete(_first(message))
        catalogue.add(message, was or (("",) * catalogue.num_plurals if isinstance(message, tuple) else ""))


def write(file: Path, catalogue: Catalog) -> None:
    """Write a catalogue: sorted by text, a line for each, plural forms as its header had them."""
    written = io.BytesIO()
    write_po(written, catalogue, width=0, sort_output=True, no_location=True)
    file.write_bytes(written.getvalue().rstrip(b"\n") + b"\n")


def begin(tag: str) -> Catalog:
    """Begin a catalogue; the plural forms are GNU gettext's for the language, to be checked against CLDR."""
    locale = Locale.parse(tag.replace("-", "_"))
    catalogue = Catalog(locale=locale, project="Octavo", version="0.1", copyright_holder="The Octavo authors")
    catalogue.header_comment = HEADER.format(name=locale.get_display_name("en"))
    catalogue.fuzzy = False
    if locale.language not in PLURALS:
        sys.stdout.write(f"{tag}: see to the line Plural-Forms: gettext's rule for it is not known here\n")
    complete(catalogue)
    return catalogue


def _first(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def main() -> int:
    """Do what the options ask; 1 where a catalogue lacks something and nothing was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--add", action="store_true", help="write lacking texts into the catalogues")
    parser.add_argument("--new", metavar="TAG", default="", help="begin a catalogue for a language")
    options = parser.parse_args()
    if options.new:
        write(LOCALE / f"{options.new}.po", begin(options.new))
    wrong = 0
    for file in catalogues():
        catalogue = read(file)
        lacks, extra = lacking(catalogue), needless(catalogue)
        wrong += bool(lacks or extra)
        sys.stdout.write(f"{file.name}: {len(lacks)} lacking, {len(extra)} that nobody asks for\n")
        sys.stdout.writelines(f"  + {_first(one)}\n" for one in lacks)
        sys.stdout.writelines(f"  - {one}\n" for one in extra)
        if options.add and (lacks or extra):
            complete(catalogue)
            write(file, catalogue)
    return 0 if options.add or not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
