"""What a page was asked in its address: a number; on the tracker the day, the state of knowledge, the budget year, the cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from flask import request
from flask_babel import gettext as _

from compliance.queries.facts import OFFICE, today
from compliance.rules.entries import YEARS

UNEXAMINED = "belum"
LARGEST = 2**31 - 1
"""No row, page or year has a higher number; both databases can compare with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`known_at` None means all that is recorded by now. `problems` are sentences about what could not be read."""

    per: date
    known_at: datetime | None
    year: int | None
    problems: tuple[str, ...]

    @property
    def is_today(self) -> bool:
        return self.per == today()

    @property
    def arguments(self) -> dict[str, str]:
        """What links to other tracker pages carry on, so that they answer as at the same day."""
        carried = {} if self.is_today else {"per": self.per.isoformat()}
        if self.known_at is not None:
            carried["diketahui"] = self.known_at.astimezone(OFFICE).date().isoformat()
        return carried


def asked() -> Asked:
    """The request's `per`, `diketahui` (to the end of that day) and `anggaran`; unreadable ones are named, never guessed."""
    problems: list[str] = []
    per = _day("per", problems)
    known_on = _day("diketahui", problems)
    known_at = datetime.combine(known_on, time.max, OFFICE) if known_on else None
    return Asked(per or today(), known_at, _year(problems), tuple(problems))


def number_asked(name: str) -> int | None:
    """The whole number from 1 that stands in the address under this name; None for anything else."""
    number = request.args.get(name, type=int)
    return number if number is not None and 1 <= number <= LARGEST else None


def number_typed(name: str) -> int | None:
    """The whole number from 1 that the form sent under this name; None for anything else."""
    number = request.form.get(name, type=int)
    return number if number is not None and 1 <= number <= LARGEST else None


def cell_filter(name: str) -> tuple[bool, str | None]:
    """Whether the list is narrowed by `name` (r or b), and to which rung; None is belum diperiksa."""
    typed = request.args.get(name, "").strip()
    return bool(typed), None if typed == UNEXAMINED else typed.upper()


def _day(name: str, problems: list[str]) -> date | None:
    typed = request.args.get(name, "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        problems.append(
            _("Tanggal “%(typed)s” tidak terbaca; ditampilkan tanpa tanggal itu. Contoh: 2021-11-15.", typed=typed)
        )
        return None


def _year(problems: list[str]) -> int | None:
    typed = request.args.get("anggaran", "").strip()
    if not typed:
        return None
    if len(typed) == 4 and typed.isdecimal() and int(typed) in YEARS:
        return int(typed)
    problems.append(_("Tahun anggaran “%(typed)s” tidak terbaca. Contoh: 2024.", typed=typed))
    return None
