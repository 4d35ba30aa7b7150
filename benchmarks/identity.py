"""How often a real file's kind, number, year and region are read right, against labels made by eye.

`python -m benchmarks.identity --pdfs DIR --labels CSV --json`; `--cache DIR` keeps the pages once read.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.errors import UnreadableFile
from indexer.identify import Field, Identity, identify
from indexer.pages import Page, Word
from indexer.regions import RegionNames
from indexer.relations import relations
from indexer.sandbox import read_file
from indexer.structure import parts_of, pasal_count

REGIONS = Path(__file__).resolve().parents[1] / "compliance" / "data" / "wilayah"
COUNTED = ("jenis", "nomor", "tahun", "wilayah")
ALSO_SHOWN = ("judul", "penerbit", "ditetapkan")
ALTERING = ("mengubah", "mencabut")
_NUMBER_OF_YEAR = re.compile(r"(\d+[A-Z]?)\s*/\s*(\d{4})")


def region_names(files: Sequence[Path]) -> RegionNames:
    """The names in these files; a row without `jenis` is a province, one with `alias` an alias."""
    rows = [row for file in files for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.get("alias"):
            aliases[row["kode"]].append(row["alias"])
    named = (r for r in rows if r.get("nama"))
    return RegionNames.from_rows(
        (r["kode"], r.get("jenis") or "provinsi", r["nama"], aliases[r["kode"]]) for r in named
    )


def pages_of(pdf: Path, cache: Path | None) -> Sequence[Page]:
    """The pages of a file, read in the sandbox or taken from the cache."""
    kept = cache / f"{hashlib.sha256(pdf.read_bytes()).hexdigest()}.json" if cache else None
    if kept and kept.exists():
        return [_page(raw) for raw in json.loads(kept.read_text(encoding="utf-8"))]
    pages = read_file(pdf).pages
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([asdict(page) for page in pages]), encoding="utf-8")
    return pages


def _page(raw: dict[str, Any]) -> Page:
    return Page(**{**raw, "words": tuple(Word(**word) for word in raw["words"])})


def folded(value: object) -> str:
    """A value for comparing: no case, no spaces, no leading zeros of any number in it."""
    text = re.sub(r"\s+", "", "" if value is None else str(value)).lower()
    return re.sub(r"(?<!\d)0+(?=\d)", "", text)


def verdict(identity: Identity, label: Mapping[str, str]) -> dict[str, Any]:
    """Whether the counted fields are right, whether one is flagged, and what differs."""
    read: dict[str, Field[Any]] = {name: getattr(identity, name) for name in (*COUNTED, *ALSO_SHOWN)}
    fields = {name: folded(field.value) == folded(label.get(name)) for name, field in read.items()}
    flagged = any(read[n].doubtful or (read[n].value is None and label.get(n)) for n in COUNTED)
    equal = all(fields[n] for n in COUNTED)
    silent = [n for n in COUNTED if not fields[n]] if not equal and not flagged else []
    wrong = {n: [label.get(n), str(read[n].value), read[n].reason] for n in read if not fields[n]}
    doubts = {n: read[n].reason for n in read if read[n].doubtful}
    return {
        "equal": equal,
        "flagged": bool(flagged),
        "fields": fields,
        "silent": silent,
        "wrong": wrong,
        "doubts": doubts,
    }


def relations_labelled(text: str) -> set[tuple[str, str, int]]:
    """What a label says is amended or repealed: (verb, number, year). "mencabut UU 3/1992; PP 4/1992" repeals both."""
    found: set[tuple[str, str, int]] = set()
    verb = ""
    for piece in text.split(";"):
        verb = next((v for v in (*ALTERING, "menetapkan") if piece.strip().startswith(v)), verb)
        named = piece.split("(Perppu")[0]
        found |= {(verb, folded(number), int(year)) for number, year in _NUMBER_OF_YEAR.findall(named)}
    return {row for row in found if row[0] in ALTERING}


def relations_read(pages: Sequence[Page]) -> set[tuple[str, str, int]]:
    """What the pages amend or repeal, in whole or in part, with number and year."""
    rows = [(row.kind.split("_")[0], folded(row.nomor), row.tahun) for row in relations(pages)]
    return {(kind, nomor, tahun) for kind, nomor, tahun in rows if kind in ALTERING and tahun}


def measured(pdfs: Path, labels: Path, regions: RegionNames, cache: Path | None) -> dict[str, Any]:
    """Counts over every labelled file that is there; `scan` is everything not born digital."""
    groups: dict[str, Counter[str]] = {"digital": Counter(), "scan": Counter()}
    per_field: dict[str, Counter[str]] = {name: Counter() for name in (*COUNTED, *ALSO_SHOWN, "relations")}
    mistakes: list[dict[str, Any]] = []
    pasal: Counter[str] = Counter()
    wrong_unflagged = 0
    for label, pages in _labelled_pages(pdfs, labels, cache):
        group = "digital" if label["kualitas"] == "digital" else "scan"
        result = verdict(identify(pages, regions, label["file"]), label)
        right = result["equal"] and not result["flagged"]
        groups[group].update(n=1, right=int(right))
        wrong_unflagged += bool(result["silent"])
        for name, good in result["fields"].items():
            per_field[name].update(n=1, right=int(good), doubtful=int(name in result["doubts"]))
        wanted, read = relations_labelled(label.get("mencabut_mengubah") or ""), relations_read(pages)
        per_field["relations"].update(
            n=1, right=int(wanted == read), wanted=len(wanted), found=len(wanted & read), more=len(read - wanted)
        )
        count = pasal_count(parts_of(pages))
        same_count = bool(label.get("n_pasal")) and count == int(label["n_pasal"])
        pasal.update({f"{group}_n": 1, f"{group}_right": int(same_count)})
        if not right or result["wrong"] or not same_count or wanted != read:
            shown = {key: result[key] for key in ("silent", "wrong", "doubts") if result[key]}
            count_shown = {} if same_count else {"pasal": [label.get("n_pasal"), count]}
            bonds = {} if wanted == read else {"relations": [sorted(wanted), sorted(read)]}
            mistakes.append({"file": label["file"], "right": right, **shown, **count_shown, **bonds})
    return {
        **{name: {"n": counts["n"], "right": counts["right"]} for name, counts in groups.items()},
        "n": sum(counts["n"] for counts in groups.values()),
        "wrong_unflagged": wrong_unflagged,
        "per_field": {name: dict(counts) for name, counts in per_field.items()},
        "pasal": dict(pasal),
        "mistakes": mistakes,
    }


def _labelled_pages(pdfs: Path, labels: Path, cache: Path | None) -> Iterator[tuple[dict[str, str], Sequence[Page]]]:
    for label in csv.DictReader(labels.read_text(encoding="utf-8").splitlines(keepends=True)):
        pdf = pdfs / label["file"]
        if not pdf.exists():
            print(f"tidak ada: {pdf}", file=sys.stderr)
            continue
        try:
            yield label, pages_of(pdf, cache)
        except UnreadableFile as error:
            print(f"{pdf.name}: {error.reason}", file=sys.stderr)
            yield label, ()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdfs", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--regions", type=Path, nargs="+", default=sorted(REGIONS.glob("*.csv")))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of an indented one")
    arguments = parser.parse_args()
    result = measured(arguments.pdfs, arguments.labels, region_names(arguments.regions), arguments.cache)
    print(json.dumps(result, ensure_ascii=False, indent=None if arguments.json else 1))


if __name__ == "__main__":
    main()
