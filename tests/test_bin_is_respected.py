"""Wherever the program looks documents up, it says what it does with those in the bin."""

from __future__ import annotations

import ast
from pathlib import Path

from compliance.config import ROOT

CONDITIONS = {"held_documents", "readable_documents", "document_by_id", "deleted_at"}
"""What leaves documents in the bin out."""
WITH_THE_BIN = {
    "compliance/queries/bin.py": "shows what lies in the bin",
    "compliance/queries/scopes.py": "is the condition itself",
    "compliance/queries/evidence.py": "says which proofs lie in the bin",
    "compliance/queries/corrections.py": "finds corrections by their file, also of documents merged into this one",
    "compliance/services/bin.py:restore": "takes a document out of the bin",
    "compliance/services/bin.py:_part_from": "the document that took over, whether or not it lies in the bin itself",
    "compliance/services/claims.py:_wrong_document": "says that the proof lies in the bin",
    "compliance/services/documents.py:_document_of": "knows bytes again that lie in the bin",
    "compliance/queries/documents.py:document_by_id": "says that the document lies in the bin",
    "compliance/queries/documents.py:outcomes": "tells what became of a file that was offered",
    "compliance/queries/versions.py:_parts": "finds corrections of documents merged into this one",
    "compliance/services/identity.py:_value": "asks only how long a column may be",
    "compliance/services/reading.py:_fitting": "asks only how long a column may be",
    "compliance/services/standing.py:_differing": "a status follows its act in the bin too, so that it is right when restored",
    "compliance/services/versions.py:lock": "locks the row that the caller holds",
    "compliance/services/indexing.py:_units": "is asked for units that wanted_units chose",
    "compliance/services/work.py": "is bookkeeping of the machine; _wanted leaves the bin out",
    "compliance/tasks.py": "reads what services/work.py handed out",
}
LOOKUPS = {"select", "get", "get_one", "scalar", "scalars", "execute"}
Functions = dict[str, ast.FunctionDef]


def _functions(path: Path) -> Functions:
    return {node.name: node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def _looks_documents_up(function: ast.FunctionDef) -> bool:
    """Whether it asks the database, and asks for documents or by their columns."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    asks = {call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "") for call in calls}
    given = [argument for call in calls for argument in call.args]
    columns = [node.value for node in ast.walk(function) if isinstance(node, ast.Attribute)]
    return bool(asks & LOOKUPS) and any(isinstance(one, ast.Name) and one.id == "Document" for one in given + columns)


def _minds_the_bin(function: ast.FunctionDef, others: Functions, seen: frozenset[str] = frozenset()) -> bool:
    """Whether it says a condition of the bin, or calls a function of its module that does."""
    names = {part.id for part in ast.walk(function) if isinstance(part, ast.Name)}
    names |= {part.attr for part in ast.walk(function) if isinstance(part, ast.Attribute)}
    called = (names & others.keys()) - seen - {function.name}
    return bool(names & CONDITIONS) or any(_minds_the_bin(others[name], others, seen | called) for name in called)


def test_no_query_forgets_the_bin() -> None:
    silent = set()
    for path in (ROOT / "compliance").rglob("*.py"):
        file, functions = str(path.relative_to(ROOT)), _functions(path)
        for name, function in functions.items():
            explained = {file, f"{file}:{name}"} & set(WITH_THE_BIN)
            if _looks_documents_up(function) and not explained and not _minds_the_bin(function, functions):
                silent.add(f"{file}:{name}")
    assert not silent


def test_every_exception_is_still_one() -> None:
    gone = {place for place in WITH_THE_BIN if not (ROOT / place.partition(":")[0]).is_file()}
    gone |= {
        place
        for place in WITH_THE_BIN
        if ":" in place and place.partition(":")[2] not in _functions(ROOT / place.partition(":")[0])
    }
    assert not gone
