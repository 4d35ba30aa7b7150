"""The same documents asked by SQLite FTS5 and by tantivy: ten hits by BM25 with a snippet each, the total and five facets counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import tantivy

FACETS = ("jenis", "tahun", "wilayah", "penerbit", "status")
SHOWN = 10
NARROWED = ("Perbup", "2012", "2018")
PASSING = f"jenis = '{NARROWED[0]}' AND tahun BETWEEN '{NARROWED[1]}' AND '{NARROWED[2]}'"


class Text(NamedTuple):
    """One document: its id, its title with identity, all its pages as one text, and its values in the order of FACETS."""

    id: int
    title: str
    text: str
    values: Sequence[str]


class Rival(Protocol):
    """Built from texts; `ask` gives the number of documents found, having made the whole answer."""

    def build(self, texts: Iterable[Text]) -> None: ...
    def ask(self, kind: str, words: Sequence[str]) -> int: ...


class Fts5:
    """SQLite FTS5. It knows no spelling mistakes: a mistyped word is asked for by its first three letters."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.db")

    def build(self, texts: Iterable[Text]) -> None:
        self._database.execute("CREATE VIRTUAL TABLE law USING fts5(title, text, prefix='3 4')")
        self._database.execute(f"CREATE TABLE act (id INTEGER PRIMARY KEY, {', '.join(FACETS)})")
        for one in texts:
            self._database.execute("INSERT INTO law (rowid, title, text) VALUES (?, ?, ?)", one[:3])
            self._database.execute("INSERT INTO act VALUES (?, ?, ?, ?, ?, ?)", (one.id, *one.values))
        self._database.commit()

    def ask(self, kind: str, words: Sequence[str]) -> int:
        match, passing = _match(kind, words), PASSING if kind == "filter" else "1"
        hits = self._database.execute(
            "SELECT law.rowid, snippet(law, 1, '<', '>', '…', 32) FROM law JOIN act ON act.id = law.rowid "
            f"WHERE law MATCH ? AND {passing} ORDER BY bm25(law, 4, 1), law.rowid LIMIT {SHOWN}",
            (match,),
        ).fetchall()
        counts = " UNION ALL ".join(f"SELECT '{name}', {name}, count(*) FROM found GROUP BY 2" for name in FACETS)
        told = self._database.execute(
            "WITH found AS MATERIALIZED (SELECT act.* FROM law JOIN act ON act.id = law.rowid "
            f"WHERE law MATCH ? AND {passing}) {counts}",
            (match,),
        ).fetchall()
        total: int = sum(row[2] for row in told if row[0] == FACETS[0])
        return max(len(hits), total)


def _match(kind: str, words: Sequence[str]) -> str:
    if kind.startswith("phrase"):
        return f'"{" ".join(words)}"'
    if kind in ("prefix", "fuzzy"):
        return f'"{words[0][:4] if kind == "prefix" else words[0][:3]}"*'
    return (" OR " if kind == "or" else " AND ").join(f'"{word}"' for word in words)


class Tantivy:
    """tantivy with its default analysis; a mistyped word by one letter's distance."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True)
        builder.add_text_field("title")
        builder.add_text_field("text", stored=True)
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        (folder / "tantivy").mkdir(exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder / "tantivy"))

    def build(self, texts: Iterable[Text]) -> None:
        writer = self._index.writer(64_000_000, 1)
        for one in texts:
            values: dict[str, Any] = dict(zip(FACETS, one.values, strict=True))
            writer.add_document(tantivy.Document(id=one.id, title=one.title, text=one.text, **values))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def ask(self, kind: str, words: Sequence[str]) -> int:
        query, searcher = self._query(kind, words), self._index.searcher()
        found = searcher.search(query, SHOWN, count=True)
        cutter = tantivy.SnippetGenerator.create(searcher, query, self._schema, "text")
        for _, address in found.hits:
            cutter.snippet_from_doc(searcher.doc(address)).to_html()
        counts = {name: {"terms": {"field": name, "size": 1_000}} for name in FACETS}
        searcher.aggregate(query, counts)
        return found.count  # type: ignore[attr-defined, no-any-return]  # tantivy's own types leave it out

    def _query(self, kind: str, words: Sequence[str]) -> tantivy.Query:
        if kind == "fuzzy":
            return tantivy.Query.fuzzy_term_query(self._schema, "text", words[0], 1)
        if kind == "prefix":
            return tantivy.Query.regex_query(self._schema, "text", f"{words[0]}.*")
        asked = f'"{" ".join(words)}"' if kind.startswith("phrase") else " ".join(words)
        if kind == "filter":
            first, last = NARROWED[1:]
            asked = f"+{words[0]} +jenis:{NARROWED[0]} +tahun:[{first} TO {last}]"
        return self._index.parse_query(asked, ["title", "text"], {"title": 4.0}, conjunction_by_default=kind != "or")
