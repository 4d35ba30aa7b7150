"""The description of the API for the eye: names of shapes and types, and an example of each address."""

from __future__ import annotations

from typing import Any

EXAMPLES = {"document_id": "1", "regulation_id": "1", "number": "1", "address": "pasal/7/ayat/2"}
QUESTIONS = {"search": "?q=pekerja+rentan&jenis=Perbup&tahun=2021..2024", "documents": "?wilayah=62&limit=50"}


def example_of(path: str) -> str:
    """The address with values in place of its names."""
    for name, value in EXAMPLES.items():
        path = path.replace(f"{{{name}}}", value)
    return path + QUESTIONS.get(path.rpartition("/")[2], "")


def shape_of(operation: dict[str, Any]) -> str:
    """The name of what an address answers."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return type_of(schema)


def type_of(schema: dict[str, Any]) -> str:
    """ "string or null", "list of Relation"."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(type_of(each) for each in schema["anyOf"])
    kinds = schema.get("type", "object")
    named = [kinds] if isinstance(kinds, str) else kinds
    return " or ".join(_named(kind, schema) for kind in named)


def _named(kind: str, schema: dict[str, Any]) -> str:
    if kind == "array":
        return f"list of {type_of(schema['items'])}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {type_of(schema['additionalProperties'])}"
    return str(schema.get("format", kind)) if kind == "string" else kind
