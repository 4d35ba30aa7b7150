"""What can go wrong while a file is read or an index is asked. Codes are stable; sentences are for people (Indonesian)."""


class UnreadableFile(Exception):
    """A file that can't become pages. `code` is stable and short; `reason` says in Indonesian what happened and what to do."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class OcrUnavailable(Exception):
    """tesseract or its Indonesian language data is missing on this machine."""


class IndexUnavailable(Exception):
    """The search index is missing, broken, of another version, or being rebuilt."""


class IndexBusy(IndexUnavailable):
    """Another process writes the index, and goes on writing."""


class IndexDamaged(IndexUnavailable):
    """Files of the index are not as they were written: it must be made anew."""
