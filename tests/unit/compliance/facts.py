"""Made-up claims for the tests of the rules: name only what matters, the rest is plain."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from compliance.rules.facts import BudgetFact, CoverageFact, StageFact

NUMBERS = count(1)


def shared(on: str, more: dict[str, Any]) -> dict[str, Any]:
    plain = {
        "claim": next(NUMBERS), "wilayah": "62.06", "segment": None, "period": None, "title": "", "valid_to": None,
        "precision": "hari", "told_on": None, "recorded_at": datetime(2026, 1, 1, tzinfo=UTC), "source": "laporan uji",
        "document_id": None, "page": None, "conflict_group": None, "note": "",
    }  # fmt: skip
    return plain | {"valid_from": date.fromisoformat(on)} | more


def stage(rung: str | None, on: str, **more: Any) -> StageFact:
    plain = {"rung": rung, "stage": None, "bentuk": None, "nomor": None, "tahun": None, "regulation_id": None}
    return StageFact(**shared(on, plain | more))


def budget(rung: str | None, on: str, **more: Any) -> BudgetFact:
    year = int(on[:4])
    plain = {
        "rung": rung, "period": year, "segment": "pekerja rentan", "amount_rupiah": None, "persons": None, "months": None,
        "fund": None,
    }  # fmt: skip
    return BudgetFact(**shared(on, plain | more))


def coverage(on: str, **more: Any) -> CoverageFact:
    plain = {
        "segment": "total", "participants": None, "eligible": None, "denominator": None, "percent": None,
        "percent_text": None,
    }  # fmt: skip
    if isinstance(more.get("percent"), str):
        more["percent"] = Decimal(more["percent"])
    return CoverageFact(**shared(on, plain | more))
