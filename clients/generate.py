"""Write the Python client from the API's OpenAPI document.

python clients/generate.py            write clients/python/octavo_client/{models,client}.py
python clients/generate.py --check    change nothing; exit code 1 and the names of the files that are stale
"""

import argparse
import keyword
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from octavo.serve.api.app import make_fastapi
from octavo.serve.api.document import document, operations

FOLDER = Path(__file__).parent / "python" / "octavo_client"
MADE = "Written by clients/generate.py from the OpenAPI document: change the API, then run it again."
LEFT_OUT = ("Problem", "Fault")
WIDTH = 112
SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
NOTHING = {"str": '""', "int": "0", "float": "0.0", "bool": "False"}


def models(made: dict[str, Any]) -> str:
    """Write what is answered as frozen dataclasses, each after those it holds."""
    schemas = {name: one for name, one in made["components"]["schemas"].items() if name not in LEFT_OUT}
    lines = [f'"""What the API answers. {MADE}"""', "", "from __future__ import annotations", ""]
    lines += ["from dataclasses import dataclass, field", "from datetime import date, datetime"]
    lines += ["from typing import Literal", ""]
    for name in schemas:
        lines += _model(name, schemas[name])
    lines += ["", f"__all__ = {sorted(schemas)!r}", ""]
    return _formatted("\n".join(lines))


def _model(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield "@dataclass(frozen=True, kw_only=True)"
    yield f"class {name}:"
    yield from _docstring(schema.get("description", ""), 1)
    yield ""
    always = schema.get("required", ())
    for field, one in schema.get("properties", {}).items():
        kind = _kind(one)
        yield f"    {_safe(field)}: {kind}" + ("" if field in always else f" = {_default(kind, one)}")
        yield from _docstring(one.get("description", ""), 1)
    yield ""
    yield ""


def _docstring(text: str, depth: int) -> Iterator[str]:
    indent = "    " * depth
    text = text.replace("\\", "\\\\")
    lines = textwrap.wrap(text, WIDTH - len(indent))
    if len(lines) == 1:
        yield f'{indent}"""{lines[0]}"""'
    elif lines:
        yield f'{indent}"""{lines[0]}'
        yield from (f"{indent}{one}" for one in lines[1:])
        yield f'{indent}"""'


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join("None" if one.get("type") == "null" else _kind(one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return f"Literal[{', '.join(repr(one) for one in schema.get('enum', [schema.get('const')]))}]"
    if schema.get("type") == "array":
        return f"list[{_kind(schema['items'])}]"
    if schema.get("type") == "object":
        return "dict[str, object]"
    return {"date-time": "datetime", "date": "date"}.get(schema.get("format", ""), SIMPLE[schema["type"]])


def _default(kind: str, schema: dict[str, Any]) -> str:
    if kind.endswith("| None"):
        return "None"
    if kind.startswith("list["):
        return "field(default_factory=list)"
    if "$ref" in schema:
        return f"field(default_factory=lambda: {kind}())"
    return repr(schema["default"]) if "default" in schema else NOTHING[kind]


def _safe(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def client(made: dict[str, Any]) -> str:
    """Write a method for each operation."""
    lines = [f'"""The client. {MADE}"""', "", "from typing import Literal", ""]
    lines += ["from octavo_client import models", "from octavo_client.asking import Connection", "", ""]
    lines += ["class Octavo(Connection):", '    """An instance of Octavo, asked by its REST API."""', ""]
    for path, method, operation in operations(made):
        lines += _method(path, method, operation)
    return _formatted("\n".join(lines))


def _method(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    parameters = operation.get("parameters", ())
    names = [one for one in parameters if one["in"] == "path"]
    query = [one for one in parameters if one["in"] == "query"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    given = ["self", *(f"{_argument(one['name'])}: str" for one in names)]
    given += [f"body: {_sent(body)}"] if body else []
    given += ["*"] if query else []
    given += [f"{_argument(one['name'])}: {_kind(one['schema'])} = {_given(one)}" for one in query]
    answer = _answer(operation)
    yield f"    def {operation['operationId']}({', '.join(given)}) -> {answer or 'None'}:"
    yield from _docstring(operation["description"].replace("\n", " "), 2)
    held = "{" + ", ".join(f"{one['name']!r}: {_argument(one['name'])}" for one in names) + "}"
    template = path.replace(":path}", "}")
    if method == "get":
        yield f"        return self.read({answer}, {template!r}, {held}, {_query(query)})"
    else:
        sent = "body" if body else "None"
        asked = f"{method.upper()!r}, {template!r}, {held}, {_query(query)}, {sent}"
        yield f"        return self.send({answer}, {asked})" if answer else f"        self.change({asked})"
    yield ""


def _query(query: list[dict[str, Any]]) -> str:
    return "{" + ", ".join(f"{one['name']!r}: {_argument(one['name'])}" for one in query) + "}"


def _argument(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) or name == "id" else name


def _sent(schema: dict[str, Any]) -> str:
    return f"models.{_kind(schema)}"


def _given(one: dict[str, Any]) -> str:
    kind = _kind(one["schema"])
    return repr(one["schema"]["default"]) if "default" in one["schema"] else NOTHING[kind]


def _answer(operation: dict[str, Any]) -> str:
    for status, said in operation["responses"].items():
        if status.startswith("2") and "content" in said:
            return f"models.{_kind(said['content']['application/json']['schema'])}"
    return ""


def _formatted(text: str) -> str:
    """Lay the code out as the project's own is."""
    program = Path(sys.executable).with_name("ruff")
    for order in (["check", "--select", "I,RUF022", "--fix", "--quiet"], ["format", "--quiet"]):
        command = [str(program), *order, "--stdin-filename", str(FOLDER / "made.py"), "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout  # noqa: S603
    return text


def written() -> dict[str, str]:
    """Give the files by name."""
    made = document(make_fastapi())
    return {"models.py": models(made), "client.py": client(made)}


def main() -> None:
    """Write the files, or check them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; say which files are stale")
    check = parser.parse_args().check
    for name, text in written().items():
        path = FOLDER / name
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            sys.exit(f"stale: {name}: python clients/generate.py writes it anew")
        if not check:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
