"""Where a region stands on a day on the two ladders, from its claims.

Regulation R0-R4 and budget B0-B6 as in docs/decisions/0004-dates-of-claims.md: a state holds from the first date it is attested, never
earlier, until a later claim. Nothing here reads a rung out of prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from compliance.rules.conflicts import disagree
from compliance.rules.facts import BudgetFact, StageFact, holding
from compliance.rules.states import BudgetLine, BudgetState, RegulationState, source_of

REGULATION_RUNGS = ("R0", "R1", "R2", "R3", "R4")
BUDGET_RUNGS = ("B0", "B1", "B2", "B3", "B4", "B5", "B6")
STAGES = ("perencanaan", "penyusunan", "pembahasan", "harmonisasi", "fasilitasi", "penetapan", "pengundangan")
RUNG_WORDS = {
    "R0": "belum ada peraturan", "R1": "baru edaran atau instruksi", "R2": "rancangan", "R3": "Perkada berlaku",
    "R4": "Perda berlaku", "B0": "tidak dianggarkan", "B1": "diusulkan", "B2": "ada dalam APBD",
    "B3": "penerima ditetapkan atau PKS ditandatangani", "B4": "pekerja terdaftar", "B5": "iuran dibayar",
    "B6": "iuran lunas 12 bulan",
}  # fmt: skip
"""Every rung in words."""
PERDA_FORMS = frozenset({"Perda", "Qanun", "Perdasi", "Perdasus"})
FULL_YEAR = 12


def in_force(rung: str | None) -> bool:
    return rung in ("R3", "R4")


def regulation_state(facts: Iterable[StageFact], day: date) -> RegulationState:
    """R of a region on `day`: the highest regulation in force, else the furthest draft, else a circular, else R0.

    A draft above what is in force stands beside it. Without any rung the state is empty, and names the claims there are.
    """
    held = holding(facts, day)
    standing = _standing([fact for fact in held if fact.rung is not None])
    drafts = [fact for fact in standing if fact.rung == "R2"]
    shown = _highest(standing)
    if shown is None:
        return _unexamined(held)
    above = drafts if shown.rung == "R2" else [fact for fact in drafts if _is_above(fact, shown)]
    return _state(shown, _furthest(above), standing, day)


def _standing(rated: Sequence[StageFact]) -> list[StageFact]:
    """Those not overtaken by a later claim: of the same regulation, a later "there is none", or the draft's own adoption."""
    return [
        fact for place, fact in enumerate(rated) if not any(_overtakes(later, fact) for later in rated[place + 1 :])
    ]


def _overtakes(later: StageFact, fact: StageFact) -> bool:
    if later.rung == "R0":
        return _speaks_of(later, fact)
    if fact.rung == "R0":
        return True
    if fact.rung == "R2" and in_force(later.rung):
        return _may_be_same(later, fact)
    return _same_regulation(later, fact) and (later.rung, later.stage) != (fact.rung, fact.stage)


def _speaks_of(none: StageFact, fact: StageFact) -> bool:
    """Whether "there is none" covers this claim: for every part it names, the claim has the same."""
    pairs = ((none.bentuk, fact.bentuk), (none.nomor, fact.nomor), (none.tahun, fact.tahun))
    return all(said in (None, held) for said, held in pairs)


def _same_regulation(one: StageFact, other: StageFact) -> bool:
    """Whether both name the same numbered regulation; without a number this can't be known."""
    if one.regulation_id is not None:
        return one.regulation_id == other.regulation_id
    return one.nomor is not None and (one.bentuk, one.nomor, one.tahun) == (other.bentuk, other.nomor, other.tahun)


def _may_be_same(adopted: StageFact, draft: StageFact) -> bool:
    """A draft is taken for adopted by the next regulation of its form, unless both are numbered differently."""
    if draft.nomor is not None and adopted.nomor is not None:
        return _same_regulation(adopted, draft)
    return draft.bentuk in (None, adopted.bentuk)


def _highest(standing: Sequence[StageFact]) -> StageFact | None:
    """R4 before R3 before drafts before circulars; of equals the numbered one, then the furthest draft, then the first attested."""
    return max(standing, key=_height, default=None)


def _height(fact: StageFact) -> tuple[str, bool, int]:
    return (fact.rung or "", fact.nomor is not None, stage_rank(fact.stage))


def _furthest(drafts: Sequence[StageFact]) -> StageFact | None:
    """The draft at the furthest stage; of equals the one attested last."""
    return max(drafts, key=lambda fact: (stage_rank(fact.stage), fact.valid_from), default=None)


def stage_rank(stage: str | None) -> int:
    """Place of a draft stage in the procedure, from 0; -1 where the source names none."""
    return STAGES.index(stage) if stage in STAGES else -1


def _is_above(draft: StageFact, shown: StageFact) -> bool:
    """Whether the draft would stand higher than what is in force. A draft of unknown form may, over anything but a Perda."""
    target = "R4" if draft.bentuk in PERDA_FORMS or draft.bentuk is None else "R3"
    return target > (shown.rung or "")


def _state(shown: StageFact, draft: StageFact | None, standing: Sequence[StageFact], day: date) -> RegulationState:
    same = [fact for fact in standing if fact.rung == shown.rung and _backs(fact, shown)]
    confirmed = max(fact.valid_from for fact in same)
    first = min(same, key=lambda fact: fact.valid_from)
    others = [fact for fact in standing if fact not in same and _stands_beside(fact, shown)]
    return RegulationState(
        rung=shown.rung,
        label=regulation_label(shown.rung, shown.bentuk, shown.nomor, shown.tahun),
        bentuk=shown.bentuk,
        nomor=shown.nomor,
        tahun=shown.tahun,
        regulation_id=shown.regulation_id,
        since=first.valid_from,
        since_precision=first.precision,
        confirmed_on=confirmed,
        age_days=(day - confirmed).days,
        has_draft=draft is not None,
        draft_stage=None if draft is None else draft.stage,
        draft_source=None if draft is None else source_of(draft),
        note=shown.note,
        sources=tuple(source_of(fact) for fact in (shown, *(f for f in same if f is not shown), *others)),
    )


def _backs(fact: StageFact, shown: StageFact) -> bool:
    """Whether the claim attests the rung shown: any of that rung does, drafts only of the same stage."""
    return fact.rung != "R2" or fact.stage == shown.stage


def _stands_beside(fact: StageFact, shown: StageFact) -> bool:
    """Whether the claim is named with the state: whatever else is in force, or another claim of its rung."""
    return fact.rung == shown.rung or (in_force(fact.rung) and in_force(shown.rung))


def regulation_label(rung: str | None, bentuk: str | None, nomor: str | None, tahun: int | None) -> str:
    """ "Perbup 6/2019", "Perbup (nomor belum tercatat)", "rancangan Perbup", else the rung in words."""
    if bentuk is None or rung == "R0":
        return RUNG_WORDS.get(rung or "", "tingkat belum diketahui")
    name = f"rancangan {bentuk}" if rung == "R2" else bentuk
    if nomor is None:
        return name if rung == "R2" else f"{name} (nomor belum tercatat)"
    return f"{name} {nomor}/{tahun}" if tahun else f"{name} {nomor}"


def _unexamined(held: Sequence[StageFact]) -> RegulationState:
    label = "tingkat belum diketahui" if held else "belum diperiksa"
    return RegulationState(
        rung=None,
        label=label,
        bentuk=None,
        nomor=None,
        tahun=None,
        regulation_id=None,
        since=None,
        since_precision="hari",
        confirmed_on=None,
        age_days=None,
        has_draft=False,
        draft_stage=None,
        draft_source=None,
        note="",
        sources=tuple(source_of(fact) for fact in held),
    )


def budget_state(facts: Iterable[BudgetFact], year: int, day: date) -> BudgetState:
    """B of a region in a fiscal year as known on `day`: the highest line, behind it all lines, highest first.

    A later "there is none" (B0) for the same workers and money ends what was attested before it.
    """
    held = holding((fact for fact in facts if fact.period == year), day)
    lines = sorted(
        (budget_line(fact, held) for fact in _not_withdrawn(held)), key=lambda line: line.rung or "", reverse=True
    )
    top = next((line.rung for line in lines if line.rung is not None), None)
    dates = [line.source.on for line in lines if line.rung == top and line.source.on is not None]
    return BudgetState(
        year=year,
        rung=top,
        lines=tuple(lines),
        since=min(dates) if dates and top is not None else None,
        age_days=(day - max(dates)).days if dates and top is not None else None,
    )


def _not_withdrawn(held: Sequence[BudgetFact]) -> Iterator[BudgetFact]:
    """The claims that no later B0 ends."""
    refusals = [(place, fact) for place, fact in enumerate(held) if fact.rung == "B0"]
    for place, fact in enumerate(held):
        if not any(later > place and _withdraws(refusal, fact) for later, refusal in refusals):
            yield fact


def _withdraws(later: BudgetFact, fact: BudgetFact) -> bool:
    pairs = ((later.segment, fact.segment), (later.fund, fact.fund))
    return fact.rung != "B0" and all(said in (None, held) for said, held in pairs)


def budget_line(fact: BudgetFact, held: Sequence[BudgetFact] = ()) -> BudgetLine:
    """The claim as a line of the budget; `held` are the claims it may conflict with."""
    return BudgetLine(
        rung=budget_rung(fact),
        title=fact.title,
        segment=fact.segment,
        fund=fact.fund,
        amount_rupiah=fact.amount_rupiah,
        persons=fact.persons,
        months=fact.months,
        monthly_rupiah=monthly_rupiah(fact),
        is_coverage=fact.is_coverage,
        is_conflicting=any(disagree(fact, other) for other in held if other is not fact),
        source=source_of(fact),
    )


def budget_rung(fact: BudgetFact) -> str | None:
    """The rung of the claim; B6 where contributions were paid for twelve months and the year's last month had begun.

    A source of May can't attest that twelve months were paid, whatever number of months stands beside the amount.
    """
    year = fact.period
    paid_up = fact.rung == "B5" and fact.months == FULL_YEAR and year is not None
    return "B6" if paid_up and year is not None and fact.valid_from >= date(year, FULL_YEAR, 1) else fact.rung


def monthly_rupiah(fact: BudgetFact) -> Decimal | None:
    """Amount ÷ (persons × months), unrounded; None where one of the three is unknown or nobody is counted."""
    if fact.amount_rupiah is None or not fact.persons or not fact.months:
        return None
    return Decimal(fact.amount_rupiah) / (fact.persons * fact.months)
