"""Trying again what failed: documents whose reading failed wait to be read once more."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.queries.work import failed_documents
from compliance.services.documents import read_again


def try_again(session: Session, actor: Actor, document_ids: Collection[int] | None = None) -> int:
    """The failed ones among these documents, or all failed ones that are the actor's, wait again; returns how many.

    Raises:
        Forbidden: the actor records nothing anywhere.
    """
    actor.require(Action.CATAT)
    chosen = [document for document in failed_documents(session, actor) if actor.may(Action.CATAT, document.wilayah)]
    if document_ids is not None:
        chosen = [document for document in chosen if document.id in document_ids]
    for document in chosen:
        read_again(session, actor, document)
    return len(chosen)
