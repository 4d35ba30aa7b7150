"""Who asks. Every query and service takes an Actor; what it may see and do is decided here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compliance.errors import Forbidden

NATIONAL = "00"


class Role(StrEnum):
    PEMBACA = "pembaca"
    OPERATOR = "operator wilayah"
    VERIFIKATOR = "verifikator provinsi"
    PENILAI = "penilai"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    BACA = "baca"
    CATAT = "catat"
    PILIH = "pilih"
    NILAI = "nilai"
    KELOLA = "kelola"


RIGHTS: dict[Role, frozenset[Action]] = {
    Role.PEMBACA: frozenset({Action.BACA}),
    Role.OPERATOR: frozenset({Action.BACA, Action.CATAT}),
    Role.VERIFIKATOR: frozenset({Action.BACA, Action.CATAT, Action.PILIH, Action.NILAI}),
    Role.PENILAI: frozenset({Action.BACA, Action.NILAI}),
    Role.ADMINISTRATOR: frozenset(Action),
}


def covers(scope: str, wilayah: str) -> bool:
    """Whether a membership for `scope` reaches `wilayah`: the nation reaches all, a province its kabupaten/kota."""
    return scope in (NATIONAL, wilayah) or wilayah.startswith(scope + ".")


@dataclass(frozen=True, slots=True)
class Grant:
    role: Role
    wilayah: str


@dataclass(frozen=True, slots=True)
class Actor:
    """`user_id` is None for the program itself (setup, ingest from the command line)."""

    user_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()

    @staticmethod
    def system(name: str) -> Actor:
        return Actor(None, name, (Grant(Role.ADMINISTRATOR, NATIONAL),))

    def may(self, action: Action, wilayah: str | None = None) -> bool:
        """Whether some role allows `action` for `wilayah`; without a wilayah, anywhere at all."""
        return any(
            action in RIGHTS[grant.role] and (wilayah is None or covers(grant.wilayah, wilayah))
            for grant in self.grants
        )

    def require(self, action: Action, wilayah: str | None = None) -> None:
        """Raises Forbidden unless `may`."""
        if not self.may(action, wilayah):
            where = f" untuk wilayah {wilayah}" if wilayah else ""
            raise Forbidden(
                f"Peran Anda tidak mencakup tindakan “{action.value}”{where}. Mintalah kepada administrator."
            )

    def read_scopes(self) -> tuple[str, ...] | None:
        """The provinces whose records the actor reads (its own kabupaten's neighbours included), None for all of them."""
        codes = {grant.wilayah for grant in self.grants if Action.BACA in RIGHTS[grant.role]}
        return None if NATIONAL in codes else tuple(sorted({code[:2] for code in codes}))

    def reads(self, wilayah: str | None) -> bool:
        """Whether records of `wilayah` are visible. What belongs to no region or to the nation is visible to every reader."""
        scopes = self.read_scopes()
        if scopes is None or (scopes and wilayah in (None, NATIONAL)):
            return True
        return wilayah is not None and wilayah[:2] in scopes
