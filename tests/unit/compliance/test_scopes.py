"""The condition in SQL and `Actor.reads` say the same of every region."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Actor, Grant, Role
from compliance.models import Region, Regulation
from compliance.queries.scopes import lies_in, readable

ACTORS = (
    Actor.system("uji"),
    Actor(None, "tamu"),
    Actor(1, "pembaca", (Grant(Role.PEMBACA, "62"),)),
    Actor(2, "operator", (Grant(Role.OPERATOR, "62.06"), Grant(Role.PENILAI, "52"))),
    Actor(3, "nasional", (Grant(Role.VERIFIKATOR, NATIONAL),)),
)


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_a_query_gives_what_the_actor_reads(session: Session, actor: Actor) -> None:
    codes = set(session.scalars(select(Region.kode)))
    assert set(session.scalars(select(Region.kode).where(readable(actor, Region.kode)))) == {
        code for code in codes if actor.reads(code)
    }
    acts = session.execute(select(Regulation.id, Regulation.wilayah)).all()
    seen = set(session.scalars(select(Regulation.id).where(readable(actor, Regulation.wilayah))))
    assert seen == {number for number, wilayah in acts if actor.reads(wilayah)}


def test_a_provinces_code_includes_its_kabupaten_and_nothing_else(session: Session) -> None:
    def listed(wilayah: str) -> list[str]:
        return list(session.scalars(select(Region.kode).where(lies_in(Region.kode, wilayah)).order_by(Region.kode)))

    assert (listed("62")[0], len(listed("62"))) == ("62", 15)
    assert listed("62.06") == ["62.06"]
    assert listed(NATIONAL) == [NATIONAL]
    assert listed("%") == listed("6") == []
