"""The reference page of the API: every address, what can be asked and what is answered, from its OpenAPI document."""

from collections.abc import Iterator
from typing import Any

from octavo.serve.api.app import make_fastapi
from octavo.serve.api.document import document, operations
from octavo.serve.api.examples import EXAMPLES

INTRO = """# The API

Every address below begins with the site's own and is asked with GET where nothing else stands. [How to ask by
program](../howto/api.md) says what all of them have in common.
"""


def written() -> str:
    """Write the page."""
    made = document(make_fastapi())
    lines = [INTRO, made["info"]["description"], ""]
    for tag in made["tags"]:
        found = [one for one in operations(made) if tag["name"] in one[2].get("tags", ())]
        if found:
            lines += [f"## {tag['name'].capitalize()}\n", f"{tag['description']}\n"]
            for path, method, operation in found:
                lines += _operation(path, method, operation, made)
    lines.append("## What is answered\n")
    for name, schema in made["components"]["schemas"].items():
        lines += _schema(name, schema)
    return "\n".join(lines).rstrip() + "\n"


def _operation(path: str, method: str, operation: dict[str, Any], made: dict[str, Any]) -> Iterator[str]:
    yield f"### {'' if method == 'get' else method.upper() + ' '}{path}\n"
    yield f"{operation['description']}\n"
    asked = operation.get("parameters", ())
    if asked:
        yield "| parameter | default | what it is |"
        yield "| --- | --- | --- |"
        for one in asked:
            yield f"| `{one['name']}` | {_default(one)} | {_cell(one.get('description', ''))} |"
        yield ""
    sent = operation.get("requestBody")
    if sent:
        yield f"Takes {_kind(sent['content']['application/json']['schema'])}.\n"
    for status, said in operation["responses"].items():
        if status.startswith("2") and "content" in said:
            yield f"Gives {_kind(said['content']['application/json']['schema'])}.\n"
    examples = [one for one in EXAMPLES if one.operation == operation["operationId"]]
    for one in examples:
        yield f"{one.title}:\n\n```bash\n{one.command('https://news.example')}\n```\n"


def _default(one: dict[str, Any]) -> str:
    if one.get("required"):
        return "must be given"
    default = one["schema"].get("default", "")
    return "none" if default in ("", None) else f"`{str(default).lower() if default is False else default}`"


def _schema(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"{schema.get('description', '')}\n"
    yield "| field | type | always | what it is |"
    yield "| --- | --- | --- | --- |"
    always = schema.get("required", ())
    for field, one in schema.get("properties", {}).items():
        yield f"| `{field}` | {_kind(one)} | {'yes' if field in always else ''} | {_cell(one.get('description', ''))} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "allOf" in schema:
        return _kind(schema["allOf"][0])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{one}`" if one else "empty" for one in schema.get("enum", [schema.get("const")]))
    kind = {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(schema.get("type", ""), "")
    return {"date-time": "moment", "date": "day"}.get(schema.get("format", ""), kind or schema.get("type", "anything"))
