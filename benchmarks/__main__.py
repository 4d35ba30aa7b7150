"""`make bench`: every measurement whose material is here. Without ../shared it says what is missing and measures nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
CACHE = Path("var") / "bench"


def main() -> int:
    """Runs the measurements one after the other; the exit code is that of the first that failed."""
    if not CORPUS.is_dir():
        sys.stderr.write(
            f"{CORPUS} is not here: nothing to measure. Run a benchmark on your own material: see benchmarks/README.md\n"
        )
        return 0
    material = ["--pdfs", str(CORPUS / "pdf"), "--labels", str(CORPUS / "labels.csv"), "--cache", str(CACHE)]
    return subprocess.run([sys.executable, "-m", "benchmarks.identity", *material, "--json"], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
