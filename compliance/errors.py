"""What can go wrong in the product, by name. The sentence is shown to the user; it says what happened and what to do."""


class PatuhError(Exception):
    """Any refusal that a user can understand. `str(error)` is an Indonesian sentence."""


class NotFound(PatuhError):
    """What was asked for does not exist, or may not be seen by this actor (the two are not told apart)."""


class InBin(NotFound):
    """The document lies in the bin; `replaced_by_id` is the document that took over its file and its addresses, if one did."""

    def __init__(self, document_id: int, replaced_by_id: int | None) -> None:
        super().__init__(f"Dokumen {document_id} ada di keranjang. Pulihkan dulu untuk membacanya.")
        self.document_id = document_id
        self.replaced_by_id = replaced_by_id


class Forbidden(PatuhError):
    """The actor's roles do not allow this here."""


class Invalid(PatuhError):
    """What was given can't be recorded. `fields` maps a field's name to what is wrong with it."""

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class Unreadable(PatuhError):
    """A file that can't be read. `code` is stable, the sentence says what to do."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class SearchUnavailable(PatuhError):
    """The index is missing, broken, of another version or being rebuilt; everything else works."""


class UnauditedWrite(AssertionError):
    """A transaction changed something and left no audit row: a fault of the program, never of the user."""
