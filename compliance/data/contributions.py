"""The monthly JKK + JKM contribution of own-account workers (BPU) by date, to judge whether a budget is plausible."""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any

from compliance.data.files import toml_tables


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """One tariff in whole rupiah per person-month, for contribution months from `sejak` to `sampai` (None: open)."""

    kode: str
    jkk_rupiah: int
    jkm_rupiah: int
    sejak: datetime.date
    sampai: datetime.date | None
    dibayar_pemerintah: bool
    """Whether it holds where APBN or APBD pays."""
    dibayar_sendiri: bool
    sektor: str
    peraturan: str
    """Code of the instrument in the catalogue."""
    catatan: str
    sumber: str

    @property
    def rupiah(self) -> int:
        """JKK and JKM together."""
        return self.jkk_rupiah + self.jkm_rupiah

    def holds_on(self, day: datetime.date) -> bool:
        """Whether `day` lies in the months it is for."""
        return self.sejak <= day and (self.sampai is None or day <= self.sampai)


@cache
def contributions() -> tuple[ContributionRow, ...]:
    """All tariffs in the order of the file."""
    return tuple(_contribution(table) for table in toml_tables("contributions.toml")["contribution"])


def government_contribution(day: datetime.date) -> ContributionRow | None:
    """The tariff for workers whose contribution APBN or APBD pays, in force on `day`; None before the first one known."""
    return next((row for row in contributions() if row.dibayar_pemerintah and row.holds_on(day)), None)


def _contribution(table: dict[str, Any]) -> ContributionRow:
    return ContributionRow(**{"sampai": None, **table})
