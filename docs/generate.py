"""Write the reference pages that say what the code says: settings, commands, errors, template contexts.

python docs/generate.py            write docs/reference/*.md
python docs/generate.py --check    change nothing; exit code 1 and the names of the pages that are stale
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_args

import api_page
import typer
import typer.main
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from typer.testing import CliRunner

from octavo import config, errors
from octavo.cli import main as cli
from octavo.serve import all_contexts, briefed, closely, contexts, storied
from octavo.serve.plots.svg import Drawing

REFERENCE = Path(__file__).parent / "reference"
MADE = "<!-- Written by docs/generate.py: change the code, then `make fix`. -->\n\n"
WIDTH = "100"

SETTINGS_INTRO = """# Settings

Every setting has a default: with none of them set, Octavo keeps everything in `./octavo-data` and listens on
127.0.0.1:8000. Where a setting is given more than once, the first of these wins: an option of the command, an
`OCTAVO_…` variable, `octavo.toml` in the folder Octavo is started in, the default. A setting that makes no sense
stops Octavo with exit code 3 and a sentence that names it.

In `octavo.toml` a setting of a group stands under the group's heading:

```toml
data_dir = "/var/lib/octavo"

[fetch]
contact = "https://news.example/about"
```
"""

CLI_INTRO = """# Commands

What `octavo COMMAND --help` prints. Exit codes: 0 done; 1 done, but something is wrong; 2 something given cannot be
used; 3 a setting makes no sense; 4 nothing is kept under that name; 5 the database cannot do it; 130 stopped with
Ctrl-C. An error is one sentence on standard error; standard output is for what was asked for.
"""

ERRORS_INTRO = """# Errors

Everything Octavo raises on purpose (`src/octavo/errors.py`). A person sees one sentence that names the thing and the
next step; a command ends with the exit code below; `later` means that the worker tries again by itself.

| error | what it means | exit code | tried again |
| --- | --- | --- | --- |"""

CONTEXTS_INTRO = """# What templates are given

Each page has one template (`src/octavo/serve/templates/`), which is given `page`, a context with the fields below;
`frame`, the page's own; `here`, the reader's edition, language and time (`src/octavo/serve/here.py`); and `t` and `tn`,
which translate. Nothing else reaches a template, so nothing else can be shown.
"""

CONTEXT_PARTS = (
    contexts.Frame,
    contexts.Place,
    contexts.Shelf,
    contexts.Chosen,
    contexts.Related,
    contexts.Source,
    *storied.PARTS,
    *closely.PARTS,
    *briefed.PARTS,
    Drawing,
    contexts.Found,
)


def settings_page() -> str:
    """Every setting: its name, its variable, its default and what it is for."""
    lines = [SETTINGS_INTRO]
    fields = config.Settings.model_fields
    lines += [
        "## General\n",
        *_settings_table("", {name: field for name, field in fields.items() if not _group(field)}),
    ]
    for name, field in fields.items():
        if group := _group(field):
            lines += [f"\n## {name}\n", f"{(group.__doc__ or '').strip()}\n"]
            lines += _settings_table(f"{name}.", group.model_fields)
            lines += _lists(name, group)
    return "\n".join(lines) + "\n"


def _group(field: FieldInfo) -> type[BaseModel] | None:
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _lists(name: str, group: type[BaseModel]) -> Iterator[str]:
    """Describe what a group's settings are lists of."""
    for inner, field in group.model_fields.items():
        if each := _each(field):
            yield f"\n### Each of `{name}.{inner}`\n"
            yield f"{(each.__doc__ or '').strip()}\n"
            yield from _table_of_each(each.model_fields)


def _each(field: FieldInfo) -> type[BaseModel] | None:
    """Give the group a setting is a list of, if it is one."""
    kinds = [one for one in get_args(field.annotation) if isinstance(one, type) and issubclass(one, BaseModel)]
    return kinds[0] if kinds else None


def _table_of_each(fields: dict[str, FieldInfo]) -> Iterator[str]:
    yield "| setting | default | what it is for |"
    yield "| --- | --- | --- |"
    for name, field in fields.items():
        default = "must be given" if field.is_required() else _default(field.default)
        yield f"| `{name}` | {default} | {field.description or ''} |"


def _settings_table(prefix: str, fields: dict[str, FieldInfo]) -> Iterator[str]:
    yield "| setting | variable | default | what it is for |"
    yield "| --- | --- | --- | --- |"
    for name, field in fields.items():
        variable = "OCTAVO_" + f"{prefix}{name}".replace(".", "__").upper()
        yield f"| `{prefix}{name}` | `{variable}` | {_default(field.default)} | {field.description or ''} |"


def _default(value: Any) -> str:
    if value in ("", ()) or value == SecretStr(""):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`{', '.join(map(str, value))}`"
    return f"`{value}`"


def cli_page() -> str:
    """Every command, as its own --help says it."""
    group: Any = typer.main.get_command(_octavo())
    lines = [CLI_INTRO]
    for words in _commands(group, ()):
        lines += [f"## {' '.join(('octavo', *words))}\n", "```text", _help(words), "```\n"]
    return "\n".join(lines)


def _commands(group: Any, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield before
    for name, command in group.commands.items():
        if command.hidden:
            continue
        if hasattr(command, "commands"):
            yield from _commands(command, (*before, name))
        else:
            yield (*before, name)


@cache
def _octavo() -> typer.Typer:
    cli._register("")
    return cli.app


def _help(words: tuple[str, ...]) -> str:
    runner = CliRunner(env={"COLUMNS": WIDTH, "NO_COLOR": "1"})
    asked = runner.invoke(_octavo(), [*words, "--help"], prog_name="octavo")
    if asked.exit_code:
        raise SystemExit(f"octavo {' '.join(words)} --help ends with {asked.exit_code}: {asked.exception!r}")
    return "\n".join(line.rstrip() for line in asked.output.strip().splitlines())


def errors_page() -> str:
    """Every error: what it means, what a command exits with, and whether trying again helps."""
    lines = [ERRORS_INTRO]
    for depth, kind in _error_tree(errors.OctavoError, 0):
        first = (kind.__doc__ or "").strip().splitlines()[0]
        indent = "&nbsp;&nbsp;" * 2 * depth
        lines.append(f"| {indent}`{kind.__name__}` | {first} | {kind.exit_code} | {kind.retry} |")
    return "\n".join(lines) + "\n"


def _error_tree(kind: type[errors.OctavoError], depth: int) -> Iterator[tuple[int, type[errors.OctavoError]]]:
    yield depth, kind
    for one in kind.__subclasses__():
        if one.__module__ == errors.__name__:
            yield from _error_tree(one, depth + 1)


def contexts_page() -> str:
    """Every page's template: the fields of its context and of what they hold, as the context describes them."""
    lines = [CONTEXTS_INTRO]
    for kind in all_contexts.CONTEXTS:
        lines += [f"## {kind.template}\n", *_context_table(kind)]
    lines.append("# What the fields hold\n")
    for part in CONTEXT_PARTS:
        lines += [f"## {part.__name__}\n", *_context_table(part)]
    return "\n".join(lines)


def _context_table(kind: type) -> Iterator[str]:
    yield f"{(kind.__doc__ or '').strip().splitlines()[0]}\n"
    yield "| field | type | what it is |"
    yield "| --- | --- | --- |"
    for one in fields(kind):
        written = one.type.__name__ if isinstance(one.type, type) and "[" not in str(one.type) else str(one.type)
        plain = re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])", "", written)
        yield f"| `{one.name}` | `{plain.replace('|', 'or')}` | {one.metadata['help']} |"
    yield ""


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "cli.md": cli_page,
    "errors.md": errors_page,
    "template-contexts.md": contexts_page,
    "api.md": api_page.written,
}


def stale() -> list[str]:
    """Name the pages that do not say what the code says."""
    return [name for name, make in PAGES.items() if _read(REFERENCE / name) != MADE + make()]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> None:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; say which pages are stale")
    if parser.parse_args().check:
        found = stale()
        if found:
            sys.exit(f"stale in docs/reference: {', '.join(found)}: make fix writes them anew")
        return
    REFERENCE.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(MADE + make(), encoding="utf-8")


if __name__ == "__main__":
    main()
