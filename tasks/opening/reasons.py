"""Why a file or a page of it can't be read: one sentence that says what it is and what to do."""

from __future__ import annotations


class UnreadableFileError(ValueError):
    """A file, or a page of it, can't be read; the message says what it is and what to do."""
