"""`make bench`: every measurement whose material is here. Without ../shared it says what is missing and measures nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
CACHE = Path("var") / "bench"
PDFS = str(CORPUS / "pdf")
MEASUREMENTS = (
    ("benchmarks.identity", "--pdfs", PDFS, "--labels", str(CORPUS / "labels.csv"), "--cache", str(CACHE)),
    ("benchmarks.ocr", "--pdfs", PDFS, "--truth", str(CORPUS / "ocr_truth")),
    ("benchmarks.intake", "--pdfs", PDFS),
    (
        "benchmarks.relevance",
        "--texts",
        str(CORPUS / "text" / "uu_pp.jsonl.gz"),
        "--queries",
        str(CORPUS / "queries" / "queries.tsv"),
        "--qrels",
        str(CORPUS / "queries" / "qrels.tsv"),
    ),
    ("benchmarks.kills",),
    ("benchmarks.latency", "--pages", "1000"),
    ("benchmarks.latency", "--pages", "10000"),
)


def main() -> int:
    """Runs the measurements one after the other; the exit code is that of the first that failed."""
    if not CORPUS.is_dir():
        sys.stderr.write(
            f"{CORPUS} is not here: nothing to measure. Run a benchmark on your own material: see benchmarks/README.md\n"
        )
        return 0
    codes = [
        subprocess.run([sys.executable, "-m", *measurement, "--json"], check=False).returncode
        for measurement in MEASUREMENTS
    ]
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    raise SystemExit(main())
